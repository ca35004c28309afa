//! The tokenizer: one pass over the bytes, a table for ASCII, characters only beyond it. Each token gets its word's
//! number on the way; no token is allocated. Sentences are not its business.
//!
//! What must hold: tokens are in order, do not overlap, start and end between characters and leave out only blanks.

use std::sync::LazyLock;

use super::Vocabulary;
use super::address;
use super::characters::{
    BLANK, CLASS, DIGIT, HIGH, LETTER, LINE, LOWER, PUNCTUATION, UPPER, WORD, is_apostrophe, is_blank,
    is_ignorable, is_line_end, is_word,
};
use super::fold::fold_word;
use crate::model::{Case, Gap, Token, TokenKind, WordId};

/// Buffers of the tokenizer, reused between documents.
#[derive(Clone, Debug, Default)]
pub struct TokenScratch {
    folded: String,
}

/// Cuts `source` (shorter than 4 GiB) into `tokens`, which are cleared first.
pub fn tokenize(source: &str, vocabulary: &Vocabulary, scratch: &mut TokenScratch, tokens: &mut Vec<Token>) {
    tokens.clear();
    let folded = &mut scratch.folded;
    let bytes = source.as_bytes();
    Scanner { source, bytes, at: 0, vocabulary, folded, tokens, gap: Gap::Blank, quote_open: false }.run();
}

/// Hands each word of a name, folded and as written, to `each`: the words that the tokenizer finds in such a text.
pub fn folded_words(name: &str, mut each: impl FnMut(&str, &str)) {
    static NO_WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);
    let (mut tokens, mut folded) = (Vec::new(), String::new());
    tokenize(name, &NO_WORDS, &mut TokenScratch::default(), &mut tokens);
    for token in &tokens {
        let word = &name[token.start as usize..token.end as usize];
        folded.clear();
        fold_word(word, &mut folded);
        each(&folded, word);
    }
}

/// Where the words of a name end that is nothing but ASCII letters with single blanks between them: the tokens that it
/// would be cut into, found faster. Most names are such; of others nothing is told.
pub fn plain_words(name: &str, ends: &mut Vec<usize>) -> bool {
    ends.clear();
    let mut inside = false;
    for (at, &byte) in name.as_bytes().iter().enumerate() {
        if CLASS[usize::from(byte)] & LETTER != 0 {
            inside = true;
        } else if byte == b' ' && inside {
            ends.push(at);
            inside = false;
        } else {
            return false;
        }
    }
    ends.push(name.len());
    inside
}

/// What the letters and digits of a run look like.
struct Run {
    /// Byte after the run.
    end: usize,
    /// Class bits of the ASCII bytes after the first.
    rest: u8,
    /// ASCII only?
    ascii: bool,
}

/// The bit that tells lower from upper letters, in each byte.
const BIT_OF_CASE: u64 = 0x2020_2020_2020_2020;

/// Bytes that end a word for certain: ASCII but letters, digits, and the marks that words or addresses go on with.
static ENDS_WORD: [bool; 256] = ends_word();

const fn ends_word() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        let goes_on = byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b'.' | b':');
        table[byte as usize] = !goes_on;
        byte += 1;
    }
    table
}

/// How many of the eight bytes, from the lowest on, are ASCII letters.
#[inline]
const fn leading_letters(eight: u64) -> u32 {
    const HIGHEST: u64 = 0x8080_8080_8080_8080;
    const EACH: u64 = 0x0101_0101_0101_0101;
    let seven = (eight | BIT_OF_CASE) & !HIGHEST;
    let from_a = seven + EACH * (0x80 - b'a' as u64);
    let past_z = seven + EACH * (0x7f - b'z' as u64);
    let letters = from_a & !past_z & !eight & HIGHEST;
    (letters ^ HIGHEST).trailing_zeros() / 8
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    vocabulary: &'a Vocabulary,
    folded: &'a mut String,
    tokens: &'a mut Vec<Token>,
    /// Gap since the last token.
    gap: Gap,
    /// Is a single quote open, so that an apostrophe after an s may close it?
    quote_open: bool,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASS[usize::from(byte)] {
                BLANK => self.blank(1),
                LINE => self.line_end(byte),
                PUNCTUATION => self.punctuation(byte),
                HIGH => self.beyond_ascii(),
                class => self.word(class),
            }
        }
    }

    #[inline]
    fn blank(&mut self, len: usize) {
        self.at += len;
        self.gap = self.gap.max(Gap::Space);
    }

    fn line_end(&mut self, byte: u8) {
        let pair = byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
        self.at += 1 + usize::from(pair);
        self.next_line();
    }

    fn next_line(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Blank } else { Gap::Line };
        self.quote_open &= self.gap != Gap::Blank;
    }

    fn punctuation(&mut self, byte: u8) {
        match byte {
            b'\'' => self.apostrophe(1),
            b'@' => self.at_sign(),
            _ => self.push(self.at + 1, self.vocabulary.get_byte(byte), TokenKind::Punctuation, Case::None),
        }
    }

    fn beyond_ascii(&mut self) {
        let Some(c) = self.char_at(self.at) else { return };
        if is_apostrophe(c) {
            self.apostrophe(c.len_utf8());
        } else if is_line_end(c) {
            self.at += c.len_utf8();
            self.next_line();
        } else if is_blank(c) {
            self.blank(c.len_utf8());
        } else if c.is_alphanumeric() {
            self.word(HIGH);
        } else {
            let end = self.at + c.len_utf8();
            self.push_folded(end, TokenKind::Punctuation, Case::None);
        }
    }

    /// Most words: one to seven ASCII letters and then a blank or a plain mark. All at once, without a loop.
    #[inline]
    fn short_word(&mut self) -> bool {
        let Some(eight) = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) else {
            return false;
        };
        let eight = u64::from_le_bytes(*eight);
        let len = leading_letters(eight);
        if len == 0 || len == 8 || !ENDS_WORD[(eight >> (8 * len) & 0xff) as usize] {
            return false;
        }
        let mask = (1 << (8 * len)) - 1;
        let upper = !eight & BIT_OF_CASE & mask;
        let rest = match upper >> 8 {
            0 => LOWER,
            all if all == (BIT_OF_CASE & mask) >> 8 => UPPER,
            _ => LETTER,
        };
        let first = if upper.trailing_zeros() >= 8 { LOWER } else { UPPER };
        let word = self.vocabulary.get_short((eight | BIT_OF_CASE) & mask, len);
        let (kind, case) = of_letter_first(first, rest);
        self.push(self.at + len as usize, word, kind, case);
        true
    }

    #[inline]
    fn word(&mut self, class: u8) {
        if self.short_word() {
            return;
        }
        let start = self.at;
        let run = self.run_from(start, class);
        match self.bytes.get(run.end) {
            Some(b'.') if self.after_period(start, &run) => return,
            Some(b':') if self.address(address::url(self.source, start, run.end)) => return,
            _ => {}
        }
        if run.ascii {
            let word = self.vocabulary.get_ascii(self.bytes, start, run.end);
            let (kind, case) = if class == DIGIT {
                of_digits_first(&self.bytes[start..run.end], run.rest)
            } else {
                of_letter_first(class, run.rest)
            };
            self.push(run.end, word, kind, case);
        } else {
            let (kind, case) = of_characters(&self.source[start..run.end]);
            self.push_folded(run.end, kind, case);
        }
    }

    /// The letters, digits, marks and inner apostrophes from `start`, whose character is known to be one.
    #[inline]
    fn run_from(&self, start: usize, class: u8) -> Run {
        let mut run = Run { end: start, rest: 0, ascii: class != HIGH };
        if class == HIGH {
            run.end += self.char_at(start).map_or(1, char::len_utf8);
        } else {
            run.end += 1;
        }
        loop {
            let class = self.bytes.get(run.end).map_or(0, |&byte| CLASS[usize::from(byte)]);
            if class & WORD != 0 {
                run.rest |= class;
                run.end += 1;
            } else if class == HIGH {
                let Some(next) = self.goes_on(run.end) else { return run };
                run.ascii = false;
                run.end = next;
            } else if class == PUNCTUATION && self.bytes[run.end] == b'\'' && self.joins(run.end, 1) {
                run.end += 1;
            } else {
                return run;
            }
        }
    }

    /// Where the word goes on after the character beyond ASCII at `at`, if it does.
    fn goes_on(&self, at: usize) -> Option<usize> {
        let c = self.char_at(at)?;
        let next = at + c.len_utf8();
        let inside = if is_apostrophe(c) {
            self.joins(at, c.len_utf8())
        } else {
            is_word(c) || is_ignorable(c) && self.is_word_at(next)
        };
        inside.then_some(next)
    }

    /// Does the apostrophe at `at` stand between letters, and not before a possessive s?
    fn joins(&self, at: usize, len: usize) -> bool {
        let before = self.source[..at].chars().next_back();
        before.is_some_and(|c| is_word(c) && !c.is_numeric())
            && self.char_at(at + len).is_some_and(|c| c.is_alphabetic() && is_word(c))
            && !self.is_possessive(at, len)
    }

    fn is_possessive(&self, at: usize, len: usize) -> bool {
        matches!(self.bytes.get(at + len), Some(b's' | b'S')) && !self.is_word_at(at + len + 1)
    }

    /// `'s`, the bare apostrophe of a plural, or a quotation mark.
    fn apostrophe(&mut self, len: usize) {
        let at = self.at;
        let owner =
            self.tokens.last().filter(|last| self.gap == Gap::None && last.kind != TokenKind::Punctuation);
        let owned = owner.is_some_and(|last| last.kind != TokenKind::Possessive);
        if owned && self.is_possessive(at, len) {
            return self.push_folded(at + len + 1, TokenKind::Possessive, Case::None);
        }
        let plural = owned && matches!(self.bytes[at - 1], b's' | b'S') && !self.is_word_at(at + len);
        let kind = if plural && !self.quote_open { TokenKind::Possessive } else { TokenKind::Punctuation };
        let opens = owner.is_none() && self.char_at(at + len).is_some_and(char::is_alphabetic);
        self.quote_open = opens || self.quote_open && owner.is_none();
        self.push_folded(at + len, kind, Case::None);
    }

    /// After a word and before a period: an abbreviation of single letters, or an address.
    fn after_period(&mut self, start: usize, run: &Run) -> bool {
        if let Some(end) = self.dotted(start, run.end) {
            let (_, case) = of_characters(&self.source[start..end]);
            self.push_folded(end, TokenKind::Dotted, case);
            return true;
        }
        self.address(address::host(self.source, start, run.end))
    }

    /// The end of the single letters with periods that start at `start`, if there are two or more.
    fn dotted(&self, start: usize, first_end: usize) -> Option<usize> {
        let (mut letter_end, mut found) = (first_end, None);
        if self.char_at(start)?.len_utf8() != first_end - start || !self.char_at(start)?.is_alphabetic() {
            return None;
        }
        loop {
            let next = letter_end + 1; // after a period
            let Some(c) = self.char_at(next).filter(|&c| c.is_alphabetic() && is_word(c)) else {
                return found;
            };
            letter_end = next + c.len_utf8();
            if self.bytes.get(letter_end) == Some(&b'.') {
                found = Some(letter_end + 1);
            } else {
                return if self.is_word_at(letter_end) { found } else { Some(letter_end) };
            }
        }
    }

    /// A mail address, if it looks like one; otherwise a mark of its own.
    fn at_sign(&mut self) {
        if !self.address(address::mail(self.source, self.at)) {
            self.push(self.at + 1, self.vocabulary.get_byte(b'@'), TokenKind::Punctuation, Case::None);
        }
    }

    /// Puts the address in the place of the tokens that turn out to be its beginning.
    fn address(&mut self, found: Option<(usize, usize)>) -> bool {
        let Some((start, end)) = found else { return false };
        let mut start = start;
        while let Some(last) = self.tokens.last().filter(|last| last.end as usize > start) {
            start = start.min(last.start as usize);
            self.gap = last.gap;
            self.tokens.pop();
        }
        self.at = start;
        self.push(end, WordId::NONE, TokenKind::Address, Case::None);
        true
    }

    fn push_folded(&mut self, end: usize, kind: TokenKind, case: Case) {
        self.folded.clear();
        fold_word(&self.source[self.at..end], self.folded);
        self.push(end, self.vocabulary.get(self.folded), kind, case);
    }

    #[inline]
    fn push(&mut self, end: usize, word: WordId, kind: TokenKind, case: Case) {
        let (start, gap) = (position(self.at), self.gap);
        self.tokens.push(Token { start, end: position(end), word, kind, case, gap });
        self.at = end;
        self.gap = Gap::None;
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.source.get(at..)?.chars().next()
    }

    fn is_word_at(&self, at: usize) -> bool {
        match self.bytes.get(at).map(|&byte| CLASS[usize::from(byte)]) {
            Some(HIGH) => self.char_at(at).is_some_and(is_word),
            Some(class) => class & WORD != 0,
            None => false,
        }
    }
}

/// The input stage refuses texts of 4 GiB.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "texts are shorter than 4 GiB")]
const fn position(at: usize) -> u32 {
    at as u32
}

#[inline]
const fn of_letter_first(first: u8, rest: u8) -> (TokenKind, Case) {
    let kind = if rest & DIGIT != 0 { TokenKind::Mixed } else { TokenKind::Word };
    let case = match (first, rest & LETTER) {
        (LOWER, 0 | LOWER) => Case::Lower,
        (UPPER, 0 | LOWER) => Case::Capital,
        (UPPER, UPPER) => Case::Upper,
        _ => Case::Camel,
    };
    (kind, case)
}

fn of_digits_first(bytes: &[u8], rest: u8) -> (TokenKind, Case) {
    if rest & LETTER == 0 {
        return (TokenKind::Number, Case::None);
    }
    let letter = bytes.iter().position(|&byte| CLASS[usize::from(byte)] & LETTER != 0).unwrap_or(0);
    let after = bytes[letter + 1..].iter().fold(0, |bits, &byte| bits | CLASS[usize::from(byte)]);
    (TokenKind::Mixed, of_letter_first(CLASS[usize::from(bytes[letter])], after & LETTER).1)
}

fn of_characters(word: &str) -> (TokenKind, Case) {
    let (mut first, mut rest, mut letters, mut digits) = (0, 0, false, false);
    for c in word.chars() {
        let letter = c.is_alphabetic();
        letters |= letter;
        digits |= !letter && c.is_numeric();
        let class = if c.is_uppercase() { UPPER } else { LOWER * u8::from(c.is_lowercase()) };
        if first == 0 {
            first = class;
        } else {
            rest |= class;
        }
    }
    let kind = match (letters, digits) {
        (false, true) => TokenKind::Number,
        (true, true) => TokenKind::Mixed,
        _ => TokenKind::Word,
    };
    (kind, if first == 0 { Case::None } else { of_letter_first(first, rest).1 })
}
