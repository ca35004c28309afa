//! The one policy of choosing between claims to the same tokens: the longest wins, of equally long ones the better, of
//! equally good ones the leftmost. Whatever overlaps a winner is out.

use std::cmp::Ordering;

use crate::model::TokenSpan;

/// How good a claim is, apart from its length; the greater is the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Is the text written exactly as the name?
    pub exact: bool,
    /// Is the name in a list?
    pub listed: bool,
    /// What the context says.
    pub score: i32,
    /// Decides when nothing else does: the lower wins. From content or list order, never from chance.
    pub stable: u32,
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let goodness = |rank: &Self| (rank.exact, rank.listed, rank.score, std::cmp::Reverse(rank.stable));
        goodness(self).cmp(&goodness(other))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Somebody's claim to some tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which tokens.
    pub tokens: TokenSpan,
    /// How good.
    pub rank: Rank,
    /// The claimant's own number for it.
    pub index: u32,
}

impl Ord for Claim {
    /// The first to be taken is the least.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.tokens.len().cmp(&self.tokens.len()))
            .then_with(|| other.rank.cmp(&self.rank))
            .then_with(|| self.tokens.start.cmp(&other.tokens.start))
            .then_with(|| self.index.cmp(&other.index))
    }
}

impl PartialOrd for Claim {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Leaves the winners, in order of the text; no two of them overlap.
pub fn select(claims: &mut Vec<Claim>) {
    claims.sort_unstable();
    let end = claims.iter().map(|claim| claim.tokens.end as usize).max().unwrap_or(0);
    let mut taken = vec![false; end];
    claims.retain(|claim| {
        // Whatever was taken before is at least as long, so if it overlaps it covers one of the ends.
        let tokens = taken.get_mut(claim.tokens.range()).unwrap_or_default();
        let is_free = matches!((tokens.first(), tokens.last()), (Some(false), Some(false)));
        if is_free {
            tokens.fill(true);
        }
        is_free
    });
    claims.sort_unstable_by_key(|claim| claim.tokens.start);
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Rank = Rank { exact: false, listed: true, score: 0, stable: 0 };
    const EXACT: Rank = Rank { exact: true, ..PLAIN };
    const GUESSED: Rank = Rank { exact: true, listed: false, score: 99, stable: 0 };
    const LIKELY: Rank = Rank { score: 5, ..PLAIN };
    const LATER: Rank = Rank { stable: 7, ..PLAIN };

    /// What is claimed (start, end, rank) and which of the claims win, in order of the text.
    type Case = (&'static str, &'static [(u32, u32, Rank)], &'static [u32]);

    const CASES: &[Case] = &[
        ("nothing", &[], &[]),
        ("an empty span", &[(1, 1, PLAIN)], &[]),
        ("one", &[(0, 1, PLAIN)], &[0]),
        ("apple in apple inc", &[(0, 1, EXACT), (0, 2, PLAIN)], &[1]),
        ("apple in apple incorporated, where apple inc is no hit", &[(0, 1, PLAIN)], &[0]),
        (
            "Baltic, Air, Baltic Air, Air Policing, Baltic Air Policing",
            &[(0, 1, EXACT), (1, 2, EXACT), (0, 2, EXACT), (1, 3, EXACT), (0, 3, PLAIN)],
            &[4],
        ),
        ("a longer one further right", &[(0, 2, EXACT), (1, 4, PLAIN)], &[1]),
        ("equal lengths, the better further right", &[(0, 2, PLAIN), (1, 3, EXACT)], &[1]),
        ("equal lengths, equally good", &[(1, 3, PLAIN), (0, 2, PLAIN)], &[1]),
        ("side by side", &[(2, 4, PLAIN), (0, 2, PLAIN)], &[1, 0]),
        ("equal spans: exact before folded", &[(0, 1, PLAIN), (0, 1, EXACT)], &[1]),
        ("equal spans: listed before discovered", &[(0, 1, GUESSED), (0, 1, EXACT)], &[1]),
        ("equal spans: score", &[(0, 1, PLAIN), (0, 1, LIKELY)], &[1]),
        ("equal spans: stable number", &[(0, 1, LATER), (0, 1, PLAIN)], &[1]),
        ("equal in all: the claimant's number", &[(0, 1, PLAIN), (0, 1, PLAIN)], &[0]),
        ("what a loser would have blocked is free", &[(0, 3, PLAIN), (2, 4, EXACT), (3, 5, PLAIN)], &[0, 2]),
    ];

    #[test]
    fn the_longest_then_the_best_then_the_leftmost_wins() {
        for (name, claims, winners) in CASES {
            let mut all: Vec<Claim> = (0..)
                .zip(*claims)
                .map(|(index, &(start, end, rank))| Claim { tokens: TokenSpan::new(start, end), rank, index })
                .collect();
            select(&mut all);
            let chosen: Vec<u32> = all.iter().map(|claim| claim.index).collect();
            assert_eq!(&chosen, winners, "{name}");
        }
    }
}
