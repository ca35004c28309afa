//! Signs: what a token shows at a glance, one bit for each thing: how it looks, the word lists that have a row beginning
//! there, the word that some pattern names. Who looks for one of many things tests all of them at once.
//!
//! Several lists or words may share a bit: a sign can say "perhaps", and its "no" is certain.

use super::token::{Case, Gap, Token, TokenKind};

/// 64 bits each.
const LANES: usize = 4;
/// All bits.
pub const SIGN_BITS: usize = LANES * 64;
/// The first bit of word lists, after those of looks.
const LISTS: usize = 16;
/// Bits of word lists.
const LIST_BITS: usize = 160;
/// The first bit of words.
const WORDS: usize = LISTS + LIST_BITS;
/// Bits of words that patterns name.
pub const WORD_BITS: usize = SIGN_BITS - WORDS;

/// How a token looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// A row of several words of a word list begins here.
    Phrase,
    /// No blank stands before it.
    Glued,
}

/// A set of things that a token shows, or that somebody looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sign([u64; LANES]);

impl Sign {
    /// Nothing.
    pub const NONE: Self = Self([0; LANES]);
    /// Everything.
    pub const ALL: Self = Self([u64::MAX; LANES]);

    /// One look.
    pub const fn of_look(look: Look) -> Self {
        Self::of_bit(look as usize)
    }

    /// A row of this list begins here.
    pub const fn of_list(list: u16) -> Self {
        Self::of_bit(LISTS + list as usize % LIST_BITS)
    }

    /// The word that has this bit among the words of patterns.
    pub const fn of_word(bit: u8) -> Self {
        Self::of_bit(WORDS + bit as usize % WORD_BITS)
    }

    const fn of_bit(bit: usize) -> Self {
        let mut lanes = [0; LANES];
        lanes[bit / 64] = 1 << (bit % 64);
        Self(lanes)
    }

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
        if matches!(token.gap, Gap::Line | Gap::Blank) {
            looks |= bit(Look::LineStart);
        }
        if token.gap == Gap::None {
            looks |= bit(Look::Glued);
        }
        let mut sign = Self::NONE;
        sign.0[0] = looks;
        sign
    }

    /// Adds all that `other` has.
    #[inline]
    pub fn add(&mut self, other: &Self) {
        for lane in 0..LANES {
            self.0[lane] |= other.0[lane];
        }
    }

    /// Do the two share a bit?
    #[inline]
    pub fn meets(&self, other: &Self) -> bool {
        let both = |lane: usize| self.0[lane] & other.0[lane];
        both(0) | both(1) | both(2) | both(3) != 0
    }

    /// Calls `each` with the number of each bit that both have, in order.
    #[inline]
    pub fn each_common(&self, other: &Self, mut each: impl FnMut(usize)) {
        for (lane, (mine, theirs)) in self.0.iter().zip(&other.0).enumerate() {
            let mut bits = mine & theirs;
            while bits != 0 {
                each(lane * 64 + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }
}

const fn bit(look: Look) -> u64 {
    1 << look as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_gives_back_its_bits() {
        let mut sign = Sign::of_look(Look::Upper);
        sign.add(&Sign::of_list(70));
        sign.add(&Sign::of_word(79));
        let mut bits = Vec::new();
        sign.each_common(&Sign::ALL, |bit| bits.push(bit));
        assert_eq!(bits, [Look::Upper as usize, LISTS + 70, WORDS + 79]);
        assert!(sign.meets(&Sign::of_list(70)) && !sign.meets(&Sign::of_list(71)));
        assert!(!sign.meets(&Sign::NONE));
    }
}
