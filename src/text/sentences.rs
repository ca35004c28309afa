//! Sentences: where one ends. A blank line always ends one; a full stop does unless it belongs to an abbreviation, an
//! initial or a number; a line end does where the layout says so (`lines`). Every token is in exactly one sentence.

use super::abbreviations::{AbbreviationClass, Abbreviations};
use super::form::form;
use super::lines::Lines;
use crate::model::{Case, Gap, Sentence, Token, TokenKind, TokenSpan};

/// Splits the tokens of `source` into sentences; `out` is cleared first.
pub fn split_sentences(
    source: &str,
    tokens: &[Token],
    abbreviations: &Abbreviations,
    out: &mut Vec<Sentence>,
) {
    out.clear();
    let splitter = Splitter { source, tokens, abbreviations, lines: Lines::new(source, tokens) };
    let (mut start, mut line, mut worded) = (0, 0, false);
    for at in 1..tokens.len() {
        line += usize::from(tokens[at].gap >= Gap::Line);
        worded |= tokens[at - 1].is_wordlike();
        if splitter.ends_before(start, at, line, worded) {
            out.push(splitter.sentence(start, at));
            (start, worded) = (at, false);
        }
    }
    if start < tokens.len() {
        out.push(splitter.sentence(start, tokens.len()));
    }
}

/// What comes after a full stop, marks of opening left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A capitalized word. A starter that is all upper does not count: there, capitals tell nothing.
    Capital { starter: bool },
    /// A number.
    Number,
    /// A word that does not tell: without case, or an address.
    Plain,
    /// A lower-case word, or punctuation that carries a sentence on.
    Inside,
}

struct Splitter<'a> {
    source: &'a str,
    tokens: &'a [Token],
    abbreviations: &'a Abbreviations,
    lines: Lines<'a>,
}

impl Splitter<'_> {
    fn sentence(&self, start: usize, end: usize) -> Sentence {
        let at = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        Sentence {
            tokens: TokenSpan::new(at(start), at(end)),
            form: form(self.source, self.tokens, start, end),
        }
    }

    /// Does the sentence that began at `start` end before token `at`, which is on the given line? It does not end at a
    /// full stop before it has a word.
    fn ends_before(&self, start: usize, at: usize, line: usize, worded: bool) -> bool {
        let gap = self.tokens[at].gap;
        if gap == Gap::Blank {
            return true;
        }
        if gap < Gap::Line && !may_stop(&self.tokens[at - 1]) {
            // most tokens stand between two words
            return false;
        }
        let cut = gap == Gap::Line && self.lines.cuts_before(line);
        match self.stop_before(start, at).filter(|_| worded) {
            Some(_) if cut => true,
            Some(stop) => self.stop_ends(start, stop, at),
            None => cut,
        }
    }

    /// The full stop that closes what stands before `at`, closing quotes and brackets left out.
    fn stop_before(&self, start: usize, at: usize) -> Option<usize> {
        const CLOSINGS: usize = 4;
        let next = &self.tokens[at];
        let goes_on = next.gap == Gap::None && (is_stop(self.source, next) || is_closing(self.source, next));
        if goes_on || !may_stop(&self.tokens[at - 1]) {
            return None;
        }
        let mut stop = at - 1;
        while stop > start && at - stop < CLOSINGS && self.tokens[stop].gap == Gap::None {
            stop = match self.reference_before(stop) {
                Some(stop) => stop.max(start),
                None if is_closing(self.source, &self.tokens[stop]) => stop - 1,
                None => break,
            };
        }
        is_stop(self.source, &self.tokens[stop]).then_some(stop)
    }

    /// The token before the reference `[12]` whose closing bracket is at `at`.
    fn reference_before(&self, at: usize) -> Option<usize> {
        let parts = self.tokens.get(at.checked_sub(3)? + 1..=at)?;
        let is = |part: &Token, mark: char| part.gap == Gap::None && first_char(self.source, part) == mark;
        (is(&parts[2], ']') && parts[1].kind == TokenKind::Number && is(&parts[0], '[')).then(|| at - 3)
    }

    fn stop_ends(&self, start: usize, stop: usize, at: usize) -> bool {
        let next = self.next(at);
        let token = &self.tokens[stop];
        if next == Next::Inside || self.tokens[at].gap == Gap::None && !self.missed_blank(stop, next) {
            return false;
        }
        let starter = next == Next::Capital { starter: true };
        if token.kind == TokenKind::Dotted {
            return starter;
        }
        if first_char(self.source, token) != '.' || token.gap != Gap::None || stop == start {
            return true;
        }
        let before = &self.tokens[stop - 1];
        match before.kind {
            TokenKind::Number => stop - 1 != start || before.gap < Gap::Line,
            TokenKind::Word => self.word_ends(before, next, starter),
            _ => true,
        }
    }

    /// Does a period after the word end the sentence?
    fn word_ends(&self, word: &Token, next: Next, starter: bool) -> bool {
        let single = self.source[word.start as usize..word.end as usize].chars().nth(1).is_none();
        match self.abbreviations.class(word.word) {
            Some(AbbreviationClass::Title) => false,
            // a single capital is an initial, whatever unit it also stands for
            Some(_) if single && word.case == Case::Capital => starter,
            Some(AbbreviationClass::Month | AbbreviationClass::Unit) => matches!(next, Next::Capital { .. }),
            Some(_) => starter,
            None => !single || word.case == Case::None || starter,
        }
    }

    /// A full stop without a blank after it ends a sentence only between a lower-case word and a starter.
    fn missed_blank(&self, stop: usize, next: Next) -> bool {
        let before = stop.checked_sub(1).map(|at| &self.tokens[at]);
        next == Next::Capital { starter: true }
            && before.is_some_and(|word| {
                word.case == Case::Lower && word.kind == TokenKind::Word && word.end - word.start > 1
            })
    }

    fn next(&self, at: usize) -> Next {
        const OPENINGS: usize = 4;
        for token in self.tokens[at..].iter().take(OPENINGS) {
            match token.kind {
                TokenKind::Punctuation if is_opening(self.source, token) => {}
                TokenKind::Punctuation | TokenKind::Possessive => return Next::Inside,
                TokenKind::Number => return Next::Number,
                TokenKind::Address => return Next::Plain,
                _ if token.is_capitalized() => {
                    let starter = token.case == Case::Capital && self.abbreviations.is_starter(token.word);
                    return Next::Capital { starter };
                }
                _ if token.case == Case::Lower && token.kind != TokenKind::Mixed => return Next::Inside,
                _ => return Next::Plain,
            }
        }
        Next::Plain
    }
}

/// Can a full stop or what follows one be such a token?
fn may_stop(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Punctuation | TokenKind::Dotted | TokenKind::Possessive)
}

/// First character of a token.
pub(super) fn first_char(source: &str, token: &Token) -> char {
    source[token.start as usize..].chars().next().unwrap_or(' ')
}

/// A mark that can end a sentence; `U.S.` has one inside.
pub(super) fn is_stop(source: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Punctuation => {
            matches!(first_char(source, token), '.' | '!' | '?' | '…' | '‽' | '。' | '！' | '？' | '।')
        }
        TokenKind::Dotted => source.as_bytes()[token.end as usize - 1] == b'.',
        _ => false,
    }
}

/// A mark that, right after a full stop, still belongs to the sentence.
pub(super) fn is_closing(source: &str, token: &Token) -> bool {
    token.kind == TokenKind::Possessive && token.end - token.start < 4
        || token.kind == TokenKind::Punctuation
            && matches!(
                first_char(source, token),
                '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}' | '›' | '*' | '_'
            )
}

/// A mark that can stand before the first word of a sentence.
fn is_opening(source: &str, token: &Token) -> bool {
    matches!(
        first_char(source, token),
        '"' | '`'
            | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '-'
            | '–'
            | '—'
            | '*'
            | '•'
            | '_'
            | '#'
            | '¿'
            | '¡'
            | '$'
            | '€'
            | '£'
            | '@'
    )
}
