//! Lexis: the lists and words that patterns are compiled with, and a guess how common in texts is what patterns ask for. The
//! guess decides nothing but the order in which rules are ruled out.

use super::code::Listed;
use super::program::Step;
use super::test::Test;
use crate::gazetteer::{Gazetteer, ListedWord, WordCase};
use crate::model::{KeyId, WordId};
use crate::text::Vocabulary;

/// What patterns are compiled with.
#[derive(Clone, Copy)]
pub struct Lexis<'a> {
    /// The lists.
    pub gazetteer: &'a Gazetteer,
    /// The words.
    pub vocabulary: &'a Vocabulary,
}

/// How common a usual word is.
const WORD: usize = 2;
/// A mark.
const MARK: usize = 40;
/// A number, a possessive.
const RARE_LOOK: usize = 10;
/// Any other look.
const LOOK: usize = 100;
/// A word in more rows than this is likely a small one ("the"), the more so the more they are …
const FEW_ROWS: usize = 3;
/// … by so much for each.
const FOR_EACH: usize = 4;

impl<'a> Lexis<'a> {
    fn of_word(self, word: WordId) -> usize {
        if !self.vocabulary.word(word).chars().any(char::is_alphanumeric) {
            return MARK;
        }
        WORD + FOR_EACH * self.gazetteer.rows_of_word(word).len().saturating_sub(FEW_ROWS)
    }

    /// How common the tokens are that a step takes.
    pub(super) fn of_step(self, step: &Step, is_rare: bool) -> usize {
        match step {
            Step::Words(words) => words.iter().map(|&word| self.of_word(word)).sum(),
            Step::Test(Test::Word(word) | Test::Spelled(word, _)) => self.of_word(*word),
            _ if is_rare => RARE_LOOK,
            _ => LOOK,
        }
    }

    /// How common rows of a list are.
    pub(super) fn of_rows(self, listed: &Listed) -> usize {
        let common = |rows: usize| FOR_EACH * rows.saturating_sub(FEW_ROWS);
        let all = self.rows(listed).map(|(key, _)| common(self.gazetteer.words(key).len()));
        WORD + 1 + all.sum::<usize>()
    }

    /// Are these rows single words, whatever their case?
    pub(super) fn are_plain_words(self, listed: &Listed) -> bool {
        self.rows(listed)
            .all(|(key, row)| row.case == WordCase::Any && self.gazetteer.key_words(key).len() == 1)
    }

    fn rows<'l>(self, listed: &'l Listed) -> impl Iterator<Item = (KeyId, &'a ListedWord)> + use<'a, 'l> {
        let rows = self.gazetteer.words_of(listed.list);
        rows.filter(|(_, row)| listed.values.is_empty() || listed.values.contains(&row.value))
    }
}
