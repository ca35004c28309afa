//! The one scan of a document: every key at every place, overlapping ones too. What a hit means is looked up by later stages.
//! A key never crosses a blank line.

use super::Gazetteer;
use super::automaton::Position;
use super::table::index;
use crate::model::{Gap, Hit, Hits, KeyId, Text, TokenSpan, WordId};

/// Buffers of a scan, reused between documents.
#[derive(Clone, Debug, Default)]
pub struct ScanScratch {
    /// Hits in order of their ends.
    found: Vec<Hit>,
    /// For each token, where the next of its hits goes.
    next: Vec<u32>,
}

impl Gazetteer {
    /// Finds all keys in a text. Needs [`Gazetteer::build`]; without it only single words are found.
    pub fn scan(&self, text: &Text, scratch: &mut ScanScratch, hits: &mut Hits) {
        scratch.found.clear();
        let keys = &self.store.keys;
        let mut position = Position::START;
        for (at, token) in text.tokens.iter().enumerate() {
            let end = index(at + 1);
            if token.word == WordId::NONE {
                position = Position::START;
                continue;
            }
            let mut found = |key: KeyId, words: usize| {
                let first = end.saturating_sub(index(words));
                scratch.found.push(Hit { key, tokens: TokenSpan::new(first, end) });
            };
            if let Some(key) = keys.of_word(token.word) {
                found(key, 1);
            }
            if let Some(automaton) = &self.automaton {
                let from = if token.gap == Gap::Blank { Position::START } else { position };
                let longer = |key| found(key, keys.words(key).len());
                position = automaton.step(keys, from, token.word, longer);
            }
        }
        sort_by_start(scratch, text.tokens.len(), hits);
        self.shows.fill(&text.tokens, hits);
    }
}

/// Puts hits, which come in order of their ends, in order of their starts, longest first; linear in both.
fn sort_by_start(scratch: &mut ScanScratch, tokens: usize, hits: &mut Hits) {
    let ScanScratch { found, next } = scratch;
    hits.first.clear();
    hits.first.resize(tokens + 1, 0);
    for hit in &*found {
        hits.first[hit.tokens.start as usize + 1] += 1;
    }
    let mut total = 0;
    for first in &mut hits.first {
        total += *first;
        *first = total;
    }
    hits.all.clear();
    let Some(&some) = found.first() else { return };
    hits.all.resize(found.len(), some);
    // Filled from behind: of hits with one start the shortest, which was found first, goes last.
    next.clear();
    next.extend(hits.first.iter().skip(1));
    for hit in &*found {
        let slot = &mut next[hit.tokens.start as usize];
        *slot -= 1;
        hits.all[*slot as usize] = *hit;
    }
}
