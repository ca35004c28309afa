//! Groups: segments of a document that are written alike, judged together.

use super::segment::Segment;
use crate::model::{TokenKind, TokenSpan};
use crate::rules::Page;
use crate::text::fold_word;
use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Segments with one folded key.
#[derive(Clone, Copy, Debug)]
struct Group {
    /// Where its key ends; it begins where that of the group before ends.
    key_end: u32,
    words: u32,
    /// Where its segments end, likewise.
    end: u32,
}

/// The groups of a document, in order of first appearance, and the group of each segment; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    all: Vec<Group>,
    of_segment: Vec<u32>,
    segments: Vec<u32>,
    /// All keys, one behind the other: folded words joined with one blank.
    keys: String,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Groups {
    /// Refills the groups.
    pub(super) fn fill(&mut self, page: &Page<'_>, segments: &[Segment]) {
        self.all.clear();
        self.of_segment.clear();
        self.keys.clear();
        self.known.clear();
        for segment in segments {
            let group = self.group_of(page, segment.tokens);
            self.all[group as usize].end += 1;
            self.of_segment.push(group);
        }
        self.sort_segments();
    }

    fn group_of(&mut self, page: &Page<'_>, tokens: TokenSpan) -> u32 {
        let Self { all, keys, known, hasher, .. } = self;
        let from = keys.len();
        let words = push_key(page, tokens, keys);
        let key = &keys[from..];
        let same = |&group: &u32| key_in(all, keys, group) == key;
        let hash_of = |&group: &u32| hasher.hash_one(key_in(all, keys, group));
        match known.entry(hasher.hash_one(key), same, hash_of) {
            Entry::Occupied(found) => {
                let group = *found.get();
                keys.truncate(from);
                group
            }
            Entry::Vacant(slot) => {
                let next = to_u32(all.len());
                slot.insert(next);
                all.push(Group { key_end: to_u32(keys.len()), words: to_u32(words), end: 0 });
                next
            }
        }
    }

    /// Puts the segments of each group behind those of the one before, in order.
    fn sort_segments(&mut self) {
        let mut sum = 0;
        for group in &mut self.all {
            (group.end, sum) = (sum, sum + group.end);
        }
        self.segments.clear();
        self.segments.resize(self.of_segment.len(), 0);
        for (number, &group) in self.of_segment.iter().enumerate() {
            let end = &mut self.all[group as usize].end;
            self.segments[*end as usize] = to_u32(number);
            *end += 1;
        }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// Folded words joined with one blank.
    pub(super) fn key(&self, group: u32) -> &str {
        key_in(&self.all, &self.keys, group)
    }

    /// Words in the key.
    pub(super) fn words(&self, group: u32) -> usize {
        self.all[group as usize].words as usize
    }

    /// The segments of a group, in order; one at least.
    pub(super) fn segments(&self, group: u32) -> &[u32] {
        let at = group as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.all[before].end);
        &self.segments[start as usize..self.all[at].end as usize]
    }

    /// The group of a segment.
    pub(super) fn of(&self, segment: usize) -> u32 {
        self.of_segment[segment]
    }

    /// The group with this key.
    pub(super) fn find(&self, key: &str) -> Option<u32> {
        self.known.find(self.hasher.hash_one(key), |&group| self.key(group) == key).copied()
    }
}

fn key_in<'k>(all: &[Group], keys: &'k str, group: u32) -> &'k str {
    let at = group as usize;
    let start = at.checked_sub(1).map_or(0, |before| all[before].key_end);
    &keys[start as usize..all[at].key_end as usize]
}

/// Writes the folded words of some tokens, joined with one blank, to `key`; gives their number.
pub(super) fn folded_key(page: &Page<'_>, tokens: TokenSpan, key: &mut String) -> usize {
    key.clear();
    push_key(page, tokens, key)
}

fn push_key(page: &Page<'_>, tokens: TokenSpan, key: &mut String) -> usize {
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

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
