//! Places: tokens of a stretch of text and its end, as sets. A set is a number with a bit for each place, so that one
//! operation moves all walks of a pattern at once. Short stretches, as most sentences are, get short numbers.

use std::fmt::Debug;
use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, Not, Shl, Shr};

use crate::model::TokenSpan;

/// A set of places.
pub(super) trait Places:
    Copy
    + Debug
    + Default
    + Eq
    + BitAnd<Output = Self>
    + BitAndAssign
    + BitOr<Output = Self>
    + BitOrAssign
    + Not<Output = Self>
    + Shl<usize, Output = Self>
    + Shr<usize, Output = Self>
{
    /// The most tokens of a stretch; its end is a place, too.
    const MOST: usize;
    /// No place.
    const NONE: Self;
    /// The first place.
    const FIRST: Self;
    /// All.
    const ALL: Self;

    /// The lowest place of a set that has one.
    fn lowest(self) -> usize;

    /// The set without that.
    fn without_lowest(self) -> Self;

    /// The places from `from` to before `to`.
    fn between(from: usize, to: usize) -> Self {
        let below = |n: usize| if n > Self::MOST { Self::ALL } else { !(Self::ALL << n) };
        below(to) & !below(from)
    }

    /// Calls `act` with each place of a set, in order.
    #[inline]
    fn each(mut self, mut act: impl FnMut(usize)) {
        while self != Self::NONE {
            act(self.lowest());
            self = self.without_lowest();
        }
    }
}

macro_rules! places {
    ($number:ty) => {
        impl Places for $number {
            const MOST: usize = <$number>::BITS as usize - 1;
            const NONE: Self = 0;
            const FIRST: Self = 1;
            const ALL: Self = <$number>::MAX;

            #[inline]
            fn lowest(self) -> usize {
                self.trailing_zeros() as usize
            }

            #[inline]
            fn without_lowest(self) -> Self {
                self & self.wrapping_sub(1)
            }
        }
    };
}

places!(u64);
places!(u128);

/// A part of a stretch that is longer than a set has places: its tokens, and where in it matches may start.
pub(super) struct Part {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) starts: u128,
}

/// The parts of a stretch. A match spans `reach` tokens at the most, less than a part: where parts overlap, the earlier one
/// has the match, and each sees `back` tokens before.
pub(super) fn parts(bounds: TokenSpan, reach: usize, back: usize) -> impl Iterator<Item = Part> {
    let (start, end) = (bounds.start as usize, bounds.end as usize);
    let fresh = u128::MOST - reach;
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let at = next?;
        let from = at.saturating_sub(back).max(start);
        let to = end.min(from + u128::MOST);
        let until = if to == end { end + 1 } else { from + fresh };
        next = (to < end).then_some(until);
        Some(Part { from, to, starts: u128::between(at - from, until - from) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_back_its_places() {
        let mut places = Vec::new();
        (u64::between(3, 5) | u64::between(63, 64)).each(|place| places.push(place));
        assert_eq!(places, [3, 4, 63]);
        assert!(u128::between(0, 128) == u128::MAX && u128::between(7, 7) == 0);
    }

    #[test]
    fn parts_of_a_long_stretch_let_each_match_start_once_and_end_inside() {
        let (reach, back) = (96, 8);
        for length in [0, 1, 126, 127, 128, 150, 1000] {
            let span = TokenSpan::new(5, 5 + length);
            let (start, end) = (span.start as usize, span.end as usize);
            let mut next = start;
            for Part { from, to, starts } in parts(span, reach, back) {
                starts.each(|place| {
                    assert_eq!(from + place, next);
                    let sees_before = from == start || place >= back;
                    let sees_after = to == end || place + reach <= to - from;
                    assert!(sees_before && sees_after, "{length}: {from} {place}");
                    next += 1;
                });
            }
            assert_eq!(next, end + 1, "each token and the end is a start once");
        }
    }
}
