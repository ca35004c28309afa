//! The layout of a window: which token stands at which of its places. Short stretches of text share a window; after the
//! tokens of each comes the place of its end, where no token is, so that no match leads from one to the next.

use super::places::Places;
use crate::model::TokenSpan;

/// A stretch of tokens that is looked at: a sentence, a segment, or a part of a long one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) tokens: TokenSpan,
    /// What it is a part of: matches stay inside.
    pub(super) bounds: TokenSpan,
}

impl Stretch {
    /// All of it.
    pub(super) const fn whole(tokens: TokenSpan) -> Self {
        Self { tokens, bounds: tokens }
    }

    /// Is text after it cut off?
    pub(super) const fn is_cut(self) -> bool {
        self.tokens.end < self.bounds.end
    }
}

/// The stretches of a window, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout<P> {
    /// Each with its first place.
    pub(super) stretches: Vec<(usize, Stretch)>,
    /// The token at each place; at the end of a stretch the first after it.
    origin: Vec<u32>,
    /// Places of tokens.
    pub(super) tokens: P,
    /// The first place of each stretch.
    pub(super) starts: P,
    /// The place after the tokens of each.
    pub(super) ends: P,
    /// Starts and ends that are those of the bounds, too.
    pub(super) firsts: P,
    pub(super) lasts: P,
}

impl<P: Places> Layout<P> {
    /// Empties it.
    pub(super) fn clear(&mut self) {
        self.stretches.clear();
        self.origin.clear();
        (self.tokens, self.starts, self.ends) = (P::NONE, P::NONE, P::NONE);
        (self.firsts, self.lasts) = (P::NONE, P::NONE);
    }

    /// Adds a stretch, if there is room for it.
    #[inline]
    pub(super) fn add(&mut self, stretch: Stretch) -> bool {
        let (start, len) = (self.origin.len(), stretch.tokens.len());
        if start + len > P::MOST {
            return false;
        }
        let Stretch { tokens, bounds } = stretch;
        self.stretches.push((start, stretch));
        self.origin.extend(tokens.start..=tokens.end);
        let (first, last) = (P::FIRST << start, P::FIRST << (start + len));
        self.tokens |= P::between(start, start + len);
        self.starts |= first;
        self.ends |= last;
        if tokens.start == bounds.start {
            self.firsts |= first;
        }
        if tokens.end == bounds.end {
            self.lasts |= last;
        }
        true
    }

    /// Leaves out a stretch of so many tokens.
    pub(super) fn skip(&mut self, len: usize) {
        self.origin.resize(self.origin.len() + len + 1, u32::MAX);
    }

    /// All places.
    pub(super) fn all(&self) -> P {
        self.tokens | self.ends
    }

    /// The token at a place.
    #[inline]
    pub(super) fn token(&self, place: usize) -> usize {
        self.origin.get(place).map_or(usize::MAX, |&token| token as usize)
    }

    /// The place after the tokens of the stretch that a place is of.
    #[inline]
    pub(super) fn end_of(&self, place: usize) -> usize {
        place + (self.ends >> place).lowest()
    }

    /// The number of the stretch that a place is of.
    pub(super) fn number_of(&self, place: usize) -> usize {
        self.stretches.partition_point(|&(start, _)| start <= place).saturating_sub(1)
    }

    /// What the stretch of a place is a part of.
    pub(super) fn bounds_of(&self, place: usize) -> TokenSpan {
        self.stretches.get(self.number_of(place)).map_or(TokenSpan::new(0, 0), |(_, stretch)| stretch.bounds)
    }

    /// From the first token to the last that any of its stretches may look at.
    pub(super) fn bounds(&self) -> TokenSpan {
        let start = self.stretches.first().map_or(0, |(_, stretch)| stretch.bounds.start);
        let end = self.stretches.last().map_or(0, |(_, stretch)| stretch.bounds.end);
        TokenSpan::new(start, end.max(start))
    }

    /// Is text after its last stretch cut off?
    pub(super) fn is_cut(&self) -> bool {
        self.stretches.last().is_some_and(|(_, stretch)| stretch.is_cut())
    }
}
