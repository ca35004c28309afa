//! A token: where it stands, which known word it is, how it is written.

/// Number of a distinct folded word of the gazetteers and rules; [`WordId::NONE`] for any other word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no name, word list or rule has.
    pub const NONE: Self = Self(u32::MAX);
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with apostrophes inside (`O'Brien`).
    Word,
    /// Digits only.
    Number,
    /// Letters and digits (`UNC1151`, `3rd`, `1990s`).
    Mixed,
    /// Single letters each with a period (`U.S.`, `J.F.`, `a.m.`); folded without the periods.
    Dotted,
    /// `'s`, or the bare apostrophe after a plural.
    Possessive,
    /// One character that is neither letter nor digit.
    Punctuation,
    /// A URL, mail address or bare domain: never matched, one token.
    Address,
}

/// How the letters of a token are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// No cased letter.
    None,
    /// All lower.
    Lower,
    /// First letter upper, the rest lower; also a single upper letter.
    Capital,
    /// Two letters or more, all upper.
    Upper,
    /// Anything else (`McCain`, `iPhone`, `YouTube`).
    Camel,
}

/// What separates a token from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nothing.
    None,
    /// Blanks within a line (also hard and thin spaces).
    Space,
    /// One line end.
    Line,
    /// A blank line, or the start of the text: no name crosses it.
    Blank,
}

/// One token; 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the decoded text.
    pub start: u32,
    /// First byte after.
    pub end: u32,
    /// The folded word's number.
    pub word: WordId,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub case: Case,
    /// What stands before it.
    pub gap: Gap,
}

impl Token {
    /// Starts with an upper-case letter?
    pub const fn is_capitalized(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper | Case::Camel)
    }

    /// The character of a mark.
    #[inline]
    pub fn mark(&self, source: &str) -> Option<char> {
        if self.kind != TokenKind::Punctuation {
            return None;
        }
        match *source.as_bytes().get(self.start as usize)? {
            byte @ 0..128 => Some(char::from(byte)),
            _ => source.get(self.start as usize..)?.chars().next(),
        }
    }

    /// Letters or digits, not punctuation?
    pub const fn is_wordlike(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number | TokenKind::Mixed | TokenKind::Dotted)
    }
}
