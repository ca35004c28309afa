//! What a token shows at a glance: how it looks, the word lists that have a row for it, the word that some pattern names.

use super::token::{Case, Gap, Token, TokenKind};

/// How a token looks; one bit of [`Shows::looks`] each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// Letters or digits.
    Wordlike,
    /// Digits only.
    Number,
    /// Letters and digits.
    Mixed,
    /// Letters with periods.
    Dotted,
    /// `'s`.
    Possessive,
    /// A mark.
    Punctuation,
    /// Wordlike with a capital first letter.
    Capitalized,
    /// Wordlike, a capital first, then small letters.
    Title,
    /// Wordlike, all capitals.
    Upper,
    /// Wordlike, capitals inside.
    Camel,
    /// Wordlike, all small.
    Lower,
    /// First on its line.
    LineStart,
    /// No blank stands before it.
    Glued,
    /// A row of several words of a word list begins here.
    Phrase,
    /// A row of a word list for the word has its say about case.
    Cased,
}

/// What a token shows; 6 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shows {
    /// A bit for each [`Look`].
    pub looks: u16,
    /// Number of the set of rows of word lists that the word is; see `Gazetteer::rows_of_set`.
    pub rows: u16,
    /// Number of the word among those that patterns name, from 1; 0 for the others.
    pub named: u16,
}

impl Shows {
    /// How the token looks.
    pub fn of_token(token: &Token) -> Self {
        let mut looks = match token.kind {
            TokenKind::Word => bit(Look::Wordlike),
            TokenKind::Number => bit(Look::Wordlike) | bit(Look::Number),
            TokenKind::Mixed => bit(Look::Wordlike) | bit(Look::Mixed),
            TokenKind::Dotted => bit(Look::Wordlike) | bit(Look::Dotted),
            TokenKind::Possessive => bit(Look::Possessive),
            TokenKind::Punctuation => bit(Look::Punctuation),
            TokenKind::Address => 0,
        };
        if token.is_wordlike() {
            looks |= match token.case {
                Case::None => 0,
                Case::Lower => bit(Look::Lower),
                Case::Capital => bit(Look::Capitalized) | bit(Look::Title),
                Case::Upper => bit(Look::Capitalized) | bit(Look::Upper),
                Case::Camel => bit(Look::Capitalized) | bit(Look::Camel),
            };
        }
        looks |= match token.gap {
            Gap::None => bit(Look::Glued),
            Gap::Space => 0,
            Gap::Line | Gap::Blank => bit(Look::LineStart),
        };
        Self { looks, rows: 0, named: 0 }
    }

    /// Does the token look so?
    pub const fn has(&self, look: Look) -> bool {
        self.looks & bit(look) != 0
    }

    /// The numbers of its looks' bits.
    #[inline]
    pub fn each_look(self) -> impl Iterator<Item = u32> {
        let mut left = self.looks;
        std::iter::from_fn(move || {
            let look = left.trailing_zeros();
            (left != 0).then(|| {
                left &= left - 1;
                look
            })
        })
    }

    /// Adds a look.
    pub fn add(&mut self, look: Look) {
        self.looks |= bit(look);
    }
}

const fn bit(look: Look) -> u16 {
    1 << look as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WordId;

    #[test]
    fn a_token_shows_how_it_looks() {
        let (kind, case, gap) = (TokenKind::Mixed, Case::Upper, Gap::None);
        let shows = Shows::of_token(&Token { start: 0, end: 7, word: WordId::NONE, kind, case, gap });
        for look in [Look::Wordlike, Look::Mixed, Look::Capitalized, Look::Upper, Look::Glued] {
            assert!(shows.has(look), "{look:?}");
        }
        for look in [Look::Number, Look::Punctuation, Look::Lower, Look::LineStart, Look::Phrase] {
            assert!(!shows.has(look), "{look:?}");
        }
        assert_eq!(size_of::<Shows>(), 6);
    }
}
