//! Tests on single tokens: classes of tokens, written `<class>` or `<class:argument>`.

use super::feature::Mark;
use super::pattern::PatternError;
use crate::model::{Case, Gap, Token, TokenKind, WordId};

/// A class of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// `<any>`: every token.
    Any,
    /// `<word>`: letters or digits.
    Word,
    /// `<cap>`: a word with a capital first letter (all capitals too).
    Capitalized,
    /// `<title>`: a capital first, then lower-case letters.
    Title,
    /// `<upper>`: two letters or more, all capitals.
    Upper,
    /// `<camel>`: capitals inside.
    Camel,
    /// `<lower>`: all lower case.
    Lower,
    /// `<initial>`: one capital letter, or letters with periods.
    Initial,
    /// `<mixed>`: letters and digits.
    Mixed,
    /// `<punct>`: a mark.
    Punctuation,
    /// `<poss>`: 's or the plural apostrophe.
    Possessive,
    /// `<quote>`: a quotation mark.
    Quote,
    /// `<dash>`: a hyphen or dash.
    Dash,
    /// `<num>`, `<num:1-31>`: digits with a value in the range.
    Number { least: u64, most: u64 },
    /// `<digits:4>`, `<digits:1-2>`: so many digits.
    Digits { least: u8, most: u8 },
    /// `<line>`: first on its line.
    LineStart,
}

impl Class {
    pub(super) fn parse(name: &str, argument: &str) -> Result<Self, PatternError> {
        let plain = match name {
            "any" => Self::Any,
            "word" => Self::Word,
            "cap" => Self::Capitalized,
            "title" => Self::Title,
            "upper" => Self::Upper,
            "camel" => Self::Camel,
            "lower" => Self::Lower,
            "initial" => Self::Initial,
            "mixed" => Self::Mixed,
            "punct" => Self::Punctuation,
            "poss" => Self::Possessive,
            "quote" => Self::Quote,
            "dash" => Self::Dash,
            "line" => Self::LineStart,
            "num" if argument.is_empty() => Self::Number { least: 0, most: u64::MAX },
            "num" => {
                let (least, most) = range(argument)?;
                Self::Number { least, most }
            }
            "digits" => {
                let (least, most) = range(argument)?;
                Self::Digits { least: narrow(least), most: narrow(most) }
            }
            _ => return Err(error(format!("unknown class <{name}>"), "a class of the table in rules")),
        };
        if argument.is_empty() || matches!(plain, Self::Number { .. } | Self::Digits { .. }) {
            return Ok(plain);
        }
        Err(error(format!("<{name}> takes no argument"), format!("<{name}>")))
    }

    pub(super) fn accepts(self, token: &Token, source: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Word => token.is_wordlike(),
            Self::Capitalized => token.is_wordlike() && token.is_capitalized(),
            Self::Title => token.is_wordlike() && token.case == Case::Capital,
            Self::Upper => token.is_wordlike() && token.case == Case::Upper,
            Self::Camel => token.is_wordlike() && token.case == Case::Camel,
            Self::Lower => token.is_wordlike() && token.case == Case::Lower,
            Self::Initial => is_initial(token, source),
            Self::Mixed => token.kind == TokenKind::Mixed,
            Self::Punctuation => token.kind == TokenKind::Punctuation,
            Self::Possessive => token.kind == TokenKind::Possessive,
            Self::Quote => Mark::at(token, source) == Some(Mark::Quote),
            Self::Dash => Mark::at(token, source) == Some(Mark::Dash),
            Self::Number { least, most } => {
                token.kind == TokenKind::Number
                    && number(token, source).is_some_and(|n| least <= n && n <= most)
            }
            Self::Digits { least, most } => {
                let count = text(token, source).chars().count();
                token.kind == TokenKind::Number && (usize::from(least)..=usize::from(most)).contains(&count)
            }
            Self::LineStart => matches!(token.gap, Gap::Line | Gap::Blank),
        }
    }
}

/// A test that one token passes or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Test {
    /// This word, any spelling.
    Word(WordId),
    /// This word, spelled so.
    Spelled(WordId, Box<str>),
    /// A class.
    Class(Class),
    /// Part of `<words>`: wordlike, hyphen or possessive; the matcher also asks that no mention covers it.
    Running,
    /// Part of `<gap>`.
    Gap,
    /// Part of `<bare>`: as `<gap>`; the matcher also asks that no person or organization covers it.
    Bare,
    /// Part of `<np>`: wordlike, hyphen, possessive, quotation mark, part of a number.
    InPhrase,
    /// `<ends:ly>`: a word in lower case with this end.
    Ends(Box<str>),
}

impl Test {
    pub(super) fn accepts(&self, token: &Token, source: &str) -> bool {
        match self {
            Self::Word(word) => token.word == *word,
            Self::Spelled(word, spelling) => token.word == *word && text(token, source) == &**spelling,
            Self::Class(class) => class.accepts(token, source),
            Self::Running => {
                token.is_wordlike()
                    || token.kind == TokenKind::Possessive
                    || Class::Dash.accepts(token, source)
            }
            Self::InPhrase => {
                Self::Running.accepts(token, source)
                    || matches!(Mark::at(token, source), Some(Mark::Quote | Mark::Phrase))
            }
            Self::Ends(end) => {
                let word =
                    source.as_bytes().get(token.start as usize..token.end as usize).unwrap_or_default();
                Class::Lower.accepts(token, source)
                    && word.len() > end.len()
                    && word.ends_with(end.as_bytes())
            }
            Self::Gap | Self::Bare => Mark::at(token, source) != Some(Mark::Stop),
        }
    }
}

fn text<'a>(token: &Token, source: &'a str) -> &'a str {
    source.get(token.start as usize..token.end as usize).unwrap_or_default()
}

fn number(token: &Token, source: &str) -> Option<u64> {
    text(token, source).parse().ok()
}

fn is_initial(token: &Token, source: &str) -> bool {
    match token.kind {
        TokenKind::Dotted => token.case != Case::Lower,
        TokenKind::Word => token.case == Case::Capital && text(token, source).chars().count() == 1,
        _ => false,
    }
}

fn range(argument: &str) -> Result<(u64, u64), PatternError> {
    let (least, most) = argument.split_once('-').unwrap_or((argument, argument));
    match (least.parse(), most.parse()) {
        (Ok(least), Ok(most)) if least <= most => Ok((least, most)),
        _ => Err(error(format!("bad range {argument:?}"), "4 or 1-31")),
    }
}

fn narrow(n: u64) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

fn error(what: String, expected: impl Into<String>) -> PatternError {
    PatternError { at: 1, what, expected: expected.into() }
}
