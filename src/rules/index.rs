//! Which rules can start at a token: found by its word, its list rows, its shape, or the mention that starts there.

use super::matcher::Field;
use super::program::Anchor;
use crate::gazetteer::{ValueId, WordListId};
use crate::model::{TokenKind, WordId};
use hashbrown::HashMap;

/// Rules that start with a row of a list: any row, or one with that value.
#[derive(Clone, Debug, Default)]
struct ListRules {
    any: Vec<u32>,
    valued: Vec<(ValueId, u32)>,
}

/// Rules (numbers of the caller's) by what they can start with.
#[derive(Clone, Debug, Default)]
pub struct RuleIndex {
    words: HashMap<WordId, Vec<u32>>,
    /// One bit for each word of the vocabulary: is it in `words`? Most words are not, and cost no look-up.
    known: Vec<u64>,
    /// By number of the list.
    lists: Vec<ListRules>,
    digits: Vec<u32>,
    punctuation: Vec<u32>,
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
                Anchor::Word(word) => self.add_word(*word, rule),
                Anchor::List(list) => self.of_list(*list).any.push(rule),
                Anchor::Value(list, value) => self.of_list(*list).valued.push((*value, rule)),
                Anchor::Punctuation => self.punctuation.push(rule),
                Anchor::Digit => self.digits.push(rule),
                Anchor::Capital => self.capitals.push(rule),
                Anchor::Mention => self.mentions.push(rule),
            }
        }
    }

    fn add_word(&mut self, word: WordId, rule: u32) {
        let at = word.0 as usize / 64;
        if word != WordId::NONE && self.known.len() <= at {
            self.known.resize(at + 1, 0);
        }
        if let Some(bits) = self.known.get_mut(at) {
            *bits |= 1 << (word.0 % 64);
        }
        self.words.entry(word).or_default().push(rule);
    }

    fn of_list(&mut self, list: WordListId) -> &mut ListRules {
        let at = usize::from(list.0);
        if self.lists.len() <= at {
            self.lists.resize(at + 1, ListRules::default());
        }
        &mut self.lists[at]
    }

    fn knows(&self, word: WordId) -> bool {
        self.known.get(word.0 as usize / 64).is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
    }

    /// Rules that can start at token `at`, in order of their numbers, each once, in `out`.
    pub fn at(&self, field: &Field<'_>, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let Some(token) = field.tokens.get(at) else { return };
        let mut sources = usize::from(!self.anywhere.is_empty());
        out.extend_from_slice(&self.anywhere);
        let mut take = |rules: &[u32]| {
            sources += usize::from(!rules.is_empty());
            out.extend_from_slice(rules);
        };
        if token.word != WordId::NONE {
            self.at_word(field, at, token.word, &mut take);
        }
        match token.kind {
            TokenKind::Number | TokenKind::Mixed => take(&self.digits),
            TokenKind::Punctuation => take(&self.punctuation),
            _ => {}
        }
        if token.is_capitalized() {
            take(&self.capitals);
        }
        if !self.mentions.is_empty() && field.mentions.type_starting(at).is_some() {
            take(&self.mentions);
        }
        // the rules of one source are in order already
        if sources > 1 {
            out.sort_unstable();
        }
        out.dedup();
    }

    fn at_word(&self, field: &Field<'_>, at: usize, word: WordId, take: &mut impl FnMut(&[u32])) {
        if self.knows(word)
            && let Some(rules) = self.words.get(&word)
        {
            take(rules);
        }
        for hit in field.hits.starting_at(at) {
            for row in field.gazetteer.words(hit.key) {
                let Some(rules) = self.lists.get(usize::from(row.list.0)) else { continue };
                take(&rules.any);
                for (_, rule) in rules.valued.iter().filter(|(value, _)| *value == row.value) {
                    take(std::slice::from_ref(rule));
                }
            }
        }
    }
}
