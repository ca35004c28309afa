//! Hits: keys of names and word lists found in the text by the one scan, and what each token shows at a glance.

use super::{Shows, TokenSpan};

/// Number of a distinct key (folded word sequence) of the gazetteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

/// A key found at some tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which key.
    pub key: KeyId,
    /// Where.
    pub tokens: TokenSpan,
}

/// All hits of a document, overlapping ones too, sorted by start, then longest first, then key.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The hits in order.
    pub all: Vec<Hit>,
    /// For each token (and one past the last), the index of the first hit that starts there or later.
    pub first: Vec<u32>,
    /// What each token shows.
    pub shows: Vec<Shows>,
}

impl Hits {
    /// Hits that start at token `at`, longest first.
    pub fn starting_at(&self, at: usize) -> &[Hit] {
        match (self.first.get(at), self.first.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.all[from as usize..to as usize],
            _ => &[],
        }
    }
}
