//! Echoes: names that running text has made known, found again where capitals tell little (headings, capitals).
//!
//! Owns the table of names by folded words. Names that lists have need no echo: they are found by themselves.

use super::group::folded_key;
use super::marks::{Mark, Marks};
use super::segment::Segment;
use crate::model::{Case, Gap, TokenKind, TokenSpan};
use crate::rules::Page;
use crate::text::fold_word;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// The most words of an echo.
const LONGEST: usize = 8;

/// Folded names of a document; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Echoes {
    names: Words,
    /// First words of all names: most words of a heading begin none.
    firsts: Words,
    /// First words of companies' names that are common words ("Positive" Technologies).
    heads: Words,
    /// Last words of persons' names that are common words (Gerald "Ford").
    tails: Words,
    key: String,
}

impl Echoes {
    /// Takes up the names of `segments`; if there are headings, a long name's last word too, which may be a surname.
    pub(super) fn fill(&mut self, page: &Page<'_>, marks: &Marks, segments: &[Segment], headings: bool) {
        self.names.clear();
        self.firsts.clear();
        self.heads.clear();
        self.tails.clear();
        for segment in segments.iter().filter(|s| s.tokens.len() > 1) {
            self.add_head(page, marks, segment.tokens);
            self.add_tail(page, marks, segment.tokens);
        }
        if !headings {
            return;
        }
        for segment in segments.iter().filter(|s| s.place.is_none_or(|p| p.tokens.len() > 1)) {
            let last = TokenSpan::new(segment.tokens.end - 1, segment.tokens.end);
            self.add(page, segment.tokens);
            if last != segment.tokens && !marks.has(last.start as usize, Mark::COMMON) {
                self.add(page, last);
            }
        }
    }

    fn add(&mut self, page: &Page<'_>, tokens: TokenSpan) {
        let mut key = std::mem::take(&mut self.key);
        let words = folded_key(page, tokens, &mut key);
        if words > 0 && words <= LONGEST && key.len() > 2 {
            self.names.add(&key);
            self.firsts.add(key.split(' ').next().unwrap_or_default());
        }
        self.key = key;
    }

    fn add_head(&mut self, page: &Page<'_>, marks: &Marks, tokens: TokenSpan) {
        let (first, last) = (tokens.start as usize, tokens.end as usize - 1);
        let company = marks.has(last, Mark::ORG_SUFFIX)
            || (marks.has(last, Mark::ORG_HEAD) && !marks.has(last, Mark::ORG_HEAD_FIRST));
        if company && is_bare_word(page, marks, first) {
            fold(page, first, &mut self.key);
            self.heads.add(&self.key);
        }
    }

    fn add_tail(&mut self, page: &Page<'_>, marks: &Marks, tokens: TokenSpan) {
        let (first, last) = (tokens.start as usize, tokens.end as usize - 1);
        if marks.has(first, Mark::GIVEN) && is_bare_word(page, marks, last) {
            fold(page, last, &mut self.key);
            self.tails.add(&self.key);
        }
    }

    /// Can a common word stand for a company or a person at all?
    pub(super) fn has_heads(&self) -> bool {
        !self.heads.is_empty() || !self.tails.is_empty()
    }

    /// Does the common word at token `i` stand for the company whose name begins with it, or the person whose name ends
    /// so?
    pub(super) fn is_head(
        &mut self,
        page: &Page<'_>,
        marks: &Marks,
        i: usize,
        opens: impl FnOnce() -> bool,
    ) -> bool {
        if !is_bare_word(page, marks, i) {
            return false;
        }
        let next = page.text.tokens.get(i + 1);
        let goes_on = next.is_some_and(|t| t.gap < Gap::Blank && t.is_capitalized())
            || (i > 0 && page.text.tokens[i - 1].is_capitalized() && page.text.tokens[i].gap < Gap::Blank);
        if goes_on {
            return false;
        }
        fold(page, i, &mut self.key);
        let (head, tail) = (self.heads.has(&self.key), self.tails.has(&self.key));
        if !head && !tail {
            return false;
        }
        let (opens, speaks) = (opens(), marks.has(i + 1, Mark::SAID));
        if opens && !speaks && marks.has(i, Mark::EVERYDAY) {
            return false;
        }
        ((!opens || speaks) && head) || tail
    }

    /// Calls `each` with the end of every known name that starts at token `at`, and its words.
    pub(super) fn each_from(
        &mut self,
        page: &Page<'_>,
        at: usize,
        bounds: TokenSpan,
        mut each: impl FnMut(u32, i32),
    ) {
        let Self { names, firsts, key, .. } = self;
        let mut words = 0;
        key.clear();
        for i in at..bounds.end as usize {
            let token = page.text.tokens[i];
            if matches!(token.kind, TokenKind::Punctuation | TokenKind::Possessive) {
                continue;
            }
            if words > 0 {
                key.push(' ');
            }
            words += 1;
            fold_word(page.source().get(token.start as usize..token.end as usize).unwrap_or_default(), key);
            if (words == 1 && !firsts.has(key)) || words > 8 {
                return;
            }
            if names.has(key) {
                each(u32::try_from(i + 1).unwrap_or(u32::MAX), words);
            }
        }
    }
}

/// A set of words or names, all in one text.
#[derive(Clone, Debug, Default)]
struct Words {
    text: String,
    known: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl Words {
    fn clear(&mut self) {
        self.text.clear();
        self.known.clear();
    }

    fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    fn has(&self, word: &str) -> bool {
        let same = |&(start, end): &(u32, u32)| self.text[start as usize..end as usize] == *word;
        !self.is_empty() && self.known.find(self.hasher.hash_one(word), same).is_some()
    }

    fn add(&mut self, word: &str) {
        let Self { text, known, hasher } = self;
        let hash = hasher.hash_one(word);
        let in_text = |&(start, end): &(u32, u32)| &text[start as usize..end as usize];
        if known.find(hash, |at| in_text(at) == word).is_none() {
            let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let end = u32::try_from(text.len() + word.len()).unwrap_or(u32::MAX);
            known.insert_unique(hash, (start, end), |at| hasher.hash_one(in_text(at)));
            text.push_str(word);
        }
    }
}

/// A capitalized common word that is no head, title or role of its own.
fn is_bare_word(page: &Page<'_>, marks: &Marks, i: usize) -> bool {
    const OTHER: Mark = Mark(
        Mark::ORG_HEAD.0 | Mark::ORG_HEAD_FIRST.0 | Mark::TITLE_OR_ROLE.0 | Mark::STOP.0 | Mark::STARTER.0,
    );
    page.text.tokens.get(i).is_some_and(|t| t.case == Case::Capital)
        && marks.has(i, Mark::COMMON)
        && !marks.has(i, OTHER)
}

fn fold(page: &Page<'_>, i: usize, key: &mut String) {
    key.clear();
    let token = page.text.tokens[i];
    fold_word(page.source().get(token.start as usize..token.end as usize).unwrap_or_default(), key);
}
