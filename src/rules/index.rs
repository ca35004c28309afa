//! Which rules can start at a token: found by its word, its list rows, its shape, or the mention that starts there.

use super::matcher::Field;
use super::program::Anchor;
use crate::gazetteer::WordListId;
use crate::model::{TokenKind, WordId};
use hashbrown::HashMap;

/// Rules (numbers of the caller's) by what they can start with.
#[derive(Clone, Debug, Default)]
pub struct RuleIndex {
    words: HashMap<WordId, Vec<u32>>,
    lists: HashMap<WordListId, Vec<u32>>,
    digits: Vec<u32>,
    capitals: Vec<u32>,
    mentions: Vec<u32>,
    anywhere: Vec<u32>,
}

impl RuleIndex {
    /// Adds rule `rule`, which starts with any of `anchors`; none means anything.
    pub fn add(&mut self, rule: u32, anchors: &[Anchor]) {
        if anchors.is_empty() {
            self.anywhere.push(rule);
        }
        for anchor in anchors {
            match anchor {
                Anchor::Word(word) => self.words.entry(*word).or_default().push(rule),
                Anchor::List(list) => self.lists.entry(*list).or_default().push(rule),
                Anchor::Digit => self.digits.push(rule),
                Anchor::Capital => self.capitals.push(rule),
                Anchor::Mention => self.mentions.push(rule),
            }
        }
    }

    /// Rules that can start at token `at`, in order of their numbers, each once, in `out`.
    pub fn at(&self, field: &Field<'_>, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let Some(token) = field.tokens.get(at) else { return };
        out.extend_from_slice(&self.anywhere);
        if token.word != WordId::NONE {
            self.at_word(field, at, token.word, out);
        }
        if matches!(token.kind, TokenKind::Number | TokenKind::Mixed) {
            out.extend_from_slice(&self.digits);
        }
        if token.is_capitalized() {
            out.extend_from_slice(&self.capitals);
        }
        if !self.mentions.is_empty() && field.mentions.covering(at).is_some() {
            out.extend_from_slice(&self.mentions);
        }
        out.sort_unstable();
        out.dedup();
    }

    fn at_word(&self, field: &Field<'_>, at: usize, word: WordId, out: &mut Vec<u32>) {
        if let Some(rules) = self.words.get(&word) {
            out.extend_from_slice(rules);
        }
        for hit in field.hits.starting_at(at) {
            for row in field.gazetteer.words(hit.key) {
                if let Some(rules) = self.lists.get(&row.list) {
                    out.extend_from_slice(rules);
                }
            }
        }
    }
}
