//! Which words a period does not end, and which words begin a sentence after one. The words themselves are data.

use crate::model::WordId;

/// What an abbreviation stands for, which says what a period after it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbbreviationClass {
    /// Before a person's name: never ends a sentence.
    Title,
    /// A month's name: a number after it goes on.
    Month,
    /// A unit of measure: a number after it goes on.
    Unit,
    /// After a company's name: may end a sentence, if a starter follows.
    Company,
    /// In addresses and references, before a name or number.
    Address,
    /// Of Latin origin, in running text.
    Latin,
    /// Part of a name or a degree, like a single letter.
    Initial,
    /// No abbreviation: a word that begins a sentence when capitalized after any period.
    Starter,
}

impl AbbreviationClass {
    /// All classes with the word that names each in the list.
    pub const ALL: [(&'static str, Self); 8] = [
        ("title", Self::Title),
        ("month", Self::Month),
        ("unit", Self::Unit),
        ("company", Self::Company),
        ("address", Self::Address),
        ("latin", Self::Latin),
        ("initial", Self::Initial),
        ("starter", Self::Starter),
    ];

    /// The class of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, class)| class)
    }
}

/// Abbreviations and sentence starters by word.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    /// Sorted by word, then class; a word may have several.
    rows: Vec<(WordId, AbbreviationClass)>,
}

impl Abbreviations {
    /// Takes the rows in any order. Of a row like `Gen.` the word is what stands before the period.
    pub fn new(rows: impl Iterator<Item = (WordId, AbbreviationClass)>) -> Self {
        let mut rows: Vec<_> = rows.filter(|(word, _)| *word != WordId::NONE).collect();
        rows.sort_unstable();
        rows.dedup();
        Self { rows }
    }

    /// The abbreviation's class; the first one if there are several, and no starters.
    pub fn class(&self, word: WordId) -> Option<AbbreviationClass> {
        self.of(word).find(|&class| class != AbbreviationClass::Starter)
    }

    /// Does the word, capitalized, begin a sentence after any period?
    pub fn is_starter(&self, word: WordId) -> bool {
        self.of(word).any(|class| class == AbbreviationClass::Starter)
    }

    fn of(&self, word: WordId) -> impl Iterator<Item = AbbreviationClass> {
        let from = self.rows.partition_point(|row| row.0 < word);
        self.rows[from..].iter().take_while(move |row| row.0 == word).map(|row| row.1)
    }
}
