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
        for (at, token) in (0..).zip(&text.tokens) {
            hits.first.push(index(hits.all.len()));
            if token.word == WordId::NONE {
                position = Position::START;
                continue;
            }
            if let Some(key) = keys.of_word(token.word) {
                hits.all.push(Hit { key, tokens: TokenSpan::new(at, at + 1) });
            }
            if let Some(automaton) = &self.automaton {
                let from = if token.gap == Gap::Blank { Position::START } else { position };
                let longer = |key| insert(hits, key, at + 1 - index(keys.words(key).len()), at + 1);
                position = automaton.step(keys, from, token.word, longer);
            }
        }
        hits.first.push(index(hits.all.len()));
        self.shows.fill(&text.tokens, hits);
    }
}

/// Puts a key of several words before what starts with it or later: hits are found in order of their ends, the shorter
/// first, and kept in order of their starts, longest first. So few have to move, since no key is long.
fn insert(hits: &mut Hits, key: KeyId, start: u32, end: u32) {
    let (_, from) = hits.first.split_at_mut(start as usize);
    let Some((place, later)) = from.split_first_mut() else { return };
    hits.all.insert(*place as usize, Hit { key, tokens: TokenSpan::new(start, end) });
    for first in later {
        *first += 1;
    }
}
