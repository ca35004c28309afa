//! Groups: segments of a document that are written alike, judged together.

use super::segment::Segment;
use crate::model::{TokenKind, TokenSpan};
use crate::rules::Page;
use crate::text::fold_word;
use hashbrown::HashMap;

/// Segments with one folded key.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Folded words joined with one blank.
    pub(super) key: Box<str>,
    /// Words in the key.
    pub(super) words: usize,
    pub(super) segments: Vec<u32>,
}

/// The groups of a document, in order of first appearance, and the group of each segment.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    pub(super) all: Vec<Group>,
    pub(super) of_segment: Vec<u32>,
}

impl Groups {
    pub(super) fn new(page: &Page<'_>, segments: &[Segment]) -> Self {
        let mut groups = Self::default();
        let mut known: HashMap<Box<str>, u32> = HashMap::new();
        let mut key = String::new();
        for (number, segment) in segments.iter().enumerate() {
            let words = folded_key(page, segment.tokens, &mut key);
            let next = u32::try_from(groups.all.len()).unwrap_or(u32::MAX);
            let group = *known.entry_ref(key.as_str()).or_insert_with(|| next);
            if group == next {
                groups.all.push(Group { key: key.as_str().into(), words, segments: Vec::new() });
            }
            groups.all[group as usize].segments.push(u32::try_from(number).unwrap_or(u32::MAX));
            groups.of_segment.push(group);
        }
        groups
    }
}

/// Writes the folded words of some tokens, joined with one blank, to `key`; gives their number.
pub(super) fn folded_key(page: &Page<'_>, tokens: TokenSpan, key: &mut String) -> usize {
    key.clear();
    let mut words = 0;
    for token in &page.text.tokens[tokens.range()] {
        if matches!(token.kind, TokenKind::Punctuation | TokenKind::Possessive) {
            continue;
        }
        if words > 0 {
            key.push(' ');
        }
        fold_word(page.source().get(token.start as usize..token.end as usize).unwrap_or_default(), key);
        words += 1;
    }
    words
}
