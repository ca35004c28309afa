//! Verdicts: what each segment is taken for, and what else it could have been.

use super::coref::Link;
use super::evidence::Weights;
use super::listed::Reading;
use crate::model::TypeId;

/// What a segment is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Listed(Reading),
    /// No list has it.
    Discovered,
    /// A shorter form of the name of another group.
    Same {
        group: u32,
        link: Link,
    },
}

/// A weighed possibility.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub(super) target: Target,
    pub(super) type_id: TypeId,
    pub(super) score: i32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Verdict {
    /// Where its possibilities are.
    weighed: (u32, u32),
    /// The rule that spoke loudest for the winner's type, if any.
    rule: Option<u32>,
}

/// What was decided for the segments of a document; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdicts {
    all: Vec<Verdict>,
    weighed: Vec<Weighed>,
}

impl Verdicts {
    /// Nothing is decided for any of so many segments.
    pub(super) fn clear(&mut self, segments: usize) {
        self.weighed.clear();
        self.all.clear();
        self.all.resize(segments, Verdict::default());
    }

    /// Decides, once more perhaps: the possibilities, best first.
    pub(super) fn set(&mut self, segment: usize, weighed: &[Weighed]) {
        let start = to_u32(self.weighed.len());
        self.weighed.extend_from_slice(weighed);
        self.all[segment] = Verdict { weighed: (start, to_u32(self.weighed.len())), rule: None };
    }

    pub(super) fn set_rule(&mut self, segment: usize, rule: Option<u32>) {
        self.all[segment].rule = rule;
    }

    /// How many segments there are.
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// The possibilities, best first.
    pub(super) fn weighed(&self, segment: usize) -> &[Weighed] {
        let (start, end) = self.all[segment].weighed;
        &self.weighed[start as usize..end as usize]
    }

    pub(super) fn winner(&self, segment: usize) -> Option<&Weighed> {
        self.weighed(segment).first()
    }

    /// The listed reading that won, if one did.
    pub(super) fn listed(&self, segment: usize) -> Option<Reading> {
        match self.winner(segment)?.target {
            Target::Listed(reading) => Some(reading),
            _ => None,
        }
    }

    /// The rule that spoke loudest for the winner's type, if any; asked of verdicts whose reason it can be.
    pub(super) fn rule(&self, segment: usize) -> Option<u32> {
        self.all[segment].rule
    }

    /// How far the winner is ahead of the next type, or of being no name.
    pub(super) fn margin(&self, segment: usize) -> i32 {
        let weighed = self.weighed(segment);
        let Some(first) = weighed.first() else { return 0 };
        let next = weighed.iter().find(|w| w.type_id != first.type_id).map_or(0, |w| w.score);
        first.score - next.max(0)
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The score of a type that rules weigh.
pub(super) fn score_of(scores: &Weights, type_id: TypeId) -> Option<i32> {
    scores.get(usize::from(type_id.0)).copied()
}
