//! Echoes: names that running text has made known, found again where capitals tell little (headings, capitals).
//!
//! Owns the table of names by folded words. Names that lists have need no echo: they are found by themselves.

use super::group::folded_key;
use super::marks::{Mark, Marks};
use super::segment::Segment;
use crate::model::{TokenKind, TokenSpan};
use crate::rules::Page;
use crate::text::fold_word;
use hashbrown::HashSet;

/// The most words of an echo.
const LONGEST: usize = 8;

/// Folded names of a document; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Echoes {
    names: HashSet<Box<str>>,
    /// First words of all names: most words of a heading begin none.
    firsts: HashSet<Box<str>>,
    key: String,
}

impl Echoes {
    /// Takes up the names of `segments`; a long name's last word too, which may be a surname.
    pub(super) fn fill(&mut self, page: &Page<'_>, marks: &Marks, segments: &[Segment]) {
        self.names.clear();
        self.firsts.clear();
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
            self.names.get_or_insert_with(key.as_str(), |s: &str| s.into());
            self.firsts.get_or_insert_with(key.split(' ').next().unwrap_or_default(), |s: &str| s.into());
        }
        self.key = key;
    }

    /// Calls `each` with the end of every known name that starts at token `at`, and its words.
    pub(super) fn each_from(
        &self,
        page: &Page<'_>,
        at: usize,
        bounds: TokenSpan,
        mut each: impl FnMut(u32, i32),
    ) {
        let (mut key, mut words) = (String::new(), 0);
        for i in at..bounds.end as usize {
            let token = page.text.tokens[i];
            if matches!(token.kind, TokenKind::Punctuation | TokenKind::Possessive) {
                continue;
            }
            if words > 0 {
                key.push(' ');
            }
            words += 1;
            fold_word(
                page.source().get(token.start as usize..token.end as usize).unwrap_or_default(),
                &mut key,
            );
            if (words == 1 && !self.firsts.contains(key.as_str())) || words > 8 {
                return;
            }
            if self.names.contains(key.as_str()) {
                each(u32::try_from(i + 1).unwrap_or(u32::MAX), words);
            }
        }
    }
}
