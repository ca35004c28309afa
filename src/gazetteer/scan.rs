//! The one scan of a document: every key at every place, overlapping ones too. What a hit means is looked up by later stages.
//! A key never crosses a blank line.

use super::Gazetteer;
use super::automaton::Position;
use super::table::index;
use crate::model::{Gap, Hit, Hits, KeyId, Text, TokenSpan, WordId};

impl Gazetteer {
    /// Finds all keys in a text. Needs [`Gazetteer::build`]; without it only single words are found.
    pub fn scan(&self, text: &Text, hits: &mut Hits) {
        hits.all.clear();
        hits.first.clear();
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
                insert(&mut hits.all, Hit { key, tokens: TokenSpan::new(first, end) });
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
        count_starts(text.tokens.len(), hits);
        self.shows.fill(&text.tokens, hits);
    }
}

/// Hits come in order of their ends, the shorter first; here they are put in order of their starts, longest first. One goes
/// before those that start with it or later, which are few: no key is long.
#[inline]
fn insert(all: &mut Vec<Hit>, hit: Hit) {
    let mut at = all.len();
    all.push(hit);
    while at > 0 && all[at - 1].tokens.start >= hit.tokens.start {
        all[at] = all[at - 1];
        at -= 1;
    }
    all[at] = hit;
}

/// Says of each token, and of the end, how many hits start before it.
fn count_starts(tokens: usize, hits: &mut Hits) {
    let Hits { all, first, .. } = hits;
    first.reserve(tokens + 1);
    let mut before = 0;
    for hit in &*all {
        let start = hit.tokens.start as usize;
        if first.len() <= start {
            first.resize(start + 1, before);
        }
        before += 1;
    }
    first.resize(tokens + 1, before);
}
