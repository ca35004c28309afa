//! Half-open ranges, typed by what they count, so that byte and token ranges cannot be confused.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// Counts bytes of a document's decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bytes {}

/// Counts tokens of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tokens {}

/// The half-open range `start..end` in units of `S`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<S> {
    /// First position inside.
    pub start: u32,
    /// First position after.
    pub end: u32,
    unit: PhantomData<S>,
}

/// A range of bytes of the decoded text.
pub type ByteSpan = Span<Bytes>;
/// A range of tokens.
pub type TokenSpan = Span<Tokens>;

impl<S> Span<S> {
    /// `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end, unit: PhantomData }
    }

    /// Units inside.
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Nothing inside?
    pub const fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// Is `at` inside?
    pub const fn contains(&self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Does all of `other` lie inside?
    pub const fn covers(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Do the two share a unit?
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// For slicing.
    pub const fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
