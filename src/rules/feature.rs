//! Features: the things that a token can show, each with a number, and which of them the steps of patterns ask for.

use super::program::Step;
use super::test::{Class, Test};
use crate::model::{Look, Token, WordId};
use crate::text::Vocabulary;

/// Something that a token can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Feature(pub(super) u32);

/// The first number of marks, after those of looks.
const MARKS: u32 = 16;
/// The first number of rows of lists, of which each has every other one.
const ROWS: u32 = 32;
/// The first number of words, between those of rows.
const WORDS: u32 = 33;

/// Marks that patterns tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Hyphens and dashes.
    Dash,
    /// Quotation marks.
    Quote,
    /// What no `<gap>` goes over.
    Stop,
    /// What may stand in a noun phrase.
    Phrase,
}

impl Mark {
    /// What the token is, if it is one.
    pub(super) fn at(token: &Token, source: &str) -> Option<Self> {
        token.mark(source).and_then(Self::of)
    }

    pub(super) fn of(c: char) -> Option<Self> {
        match c {
            '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some(Self::Dash),
            '"' | '“' | '”' | '„' | '«' | '»' | '‟' | '\'' | '‘' | '’' | '‚' | '‹' | '›' => {
                Some(Self::Quote)
            }
            ';' | '!' | '?' => Some(Self::Stop),
            '$' | '€' | '£' | '%' | '.' => Some(Self::Phrase),
            _ => None,
        }
    }
}

impl Feature {
    pub(super) const fn of_look(look: Look) -> Self {
        Self(look as u32)
    }

    pub(super) const fn of_mark(mark: Mark) -> Self {
        Self(MARKS + mark as u32)
    }

    /// Rows of a list that begin there, by their number among those that patterns name.
    pub(super) const fn of_rows(number: u16) -> Self {
        Self(ROWS + 2 * number as u32)
    }

    /// Is it more than a look that many tokens have?
    pub(super) const fn is_rare(self) -> bool {
        self.0 >= MARKS || self.0 == Look::Possessive as u32 || self.0 == Look::Number as u32
    }

    /// A word by its number among those that patterns name.
    pub(super) const fn of_named(number: u16) -> Self {
        Self(WORDS + 2 * number as u32)
    }
}

/// A set of features; marks are always in it.
#[derive(Clone, Debug, Default)]
pub(super) struct FeatureSet(Vec<bool>);

impl FeatureSet {
    pub(super) fn add(&mut self, feature: Feature) {
        let at = feature.0 as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, false);
        }
        self.0[at] = true;
    }

    #[inline]
    pub(super) fn has(&self, feature: Feature) -> bool {
        feature.0 < ROWS || self.0.get(feature.0 as usize).copied().unwrap_or(false)
    }
}

/// The tokens that a step takes, by what they show.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// One of these; `None`: whatever they show.
    pub(super) any_of: Option<Vec<Feature>>,
    /// All tokens that show that.
    pub(super) exact: bool,
}

impl Asked {
    const UNKNOWN: Self = Self { any_of: None, exact: false };

    fn looks(looks: &[Look], exact: bool) -> Self {
        Self { any_of: Some(looks.iter().map(|&look| Feature::of_look(look)).collect()), exact }
    }

    fn mark(mark: Mark) -> Self {
        Self { any_of: Some(vec![Feature::of_mark(mark)]), exact: true }
    }

    fn words(words: &[WordId], vocabulary: &Vocabulary, exact: bool) -> Self {
        let numbers = words.iter().map(|&word| vocabulary.number_of_named(word));
        let Some(numbers) = numbers.collect::<Option<Vec<u16>>>() else { return Self::UNKNOWN };
        let own = numbers.iter().all(|&number| number < u16::MAX);
        Self { any_of: Some(numbers.into_iter().map(Feature::of_named).collect()), exact: exact && own }
    }

    /// Of a step that takes one token.
    pub(super) fn by(step: &Step, vocabulary: &Vocabulary) -> Self {
        match step {
            Step::Words(words) => Self::words(words, vocabulary, true),
            Step::Test(Test::Word(word)) => Self::words(&[*word], vocabulary, true),
            Step::Test(Test::Spelled(word, _)) => Self::words(&[*word], vocabulary, false),
            Step::Test(Test::Class(class)) => Self::by_class(*class),
            Step::Test(Test::Ends(_)) => Self::looks(&[Look::Lower], false),
            // `window` knows these
            _ => Self::UNKNOWN,
        }
    }

    fn by_class(class: Class) -> Self {
        match class {
            Class::Any => Self { any_of: None, exact: true },
            Class::Initial => Self::looks(&[Look::Dotted, Look::Title], false),
            Class::Number { .. } | Class::Digits { .. } => Self::looks(&[Look::Number], false),
            Class::Quote => Self::mark(Mark::Quote),
            Class::Dash => Self::mark(Mark::Dash),
            Class::Word => Self::looks(&[Look::Wordlike], true),
            Class::Capitalized => Self::looks(&[Look::Capitalized], true),
            Class::Title => Self::looks(&[Look::Title], true),
            Class::Upper => Self::looks(&[Look::Upper], true),
            Class::Camel => Self::looks(&[Look::Camel], true),
            Class::Lower => Self::looks(&[Look::Lower], true),
            Class::Mixed => Self::looks(&[Look::Mixed], true),
            Class::Punctuation => Self::looks(&[Look::Punctuation], true),
            Class::Possessive => Self::looks(&[Look::Possessive], true),
            Class::LineStart => Self::looks(&[Look::LineStart], true),
        }
    }
}
