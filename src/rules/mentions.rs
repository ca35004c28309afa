//! Where mentions are: what patterns ask of them.

use crate::model::{TokenSpan, TypeId};

/// Which mention starts at, covers and ends before each token.
#[derive(Clone, Debug, Default)]
pub struct MentionMap {
    spots: Vec<(TokenSpan, TypeId)>,
    /// For each token, 1 + the index of the mention that covers it; 0 for none.
    covering: Vec<u32>,
}

impl MentionMap {
    /// Refills the map. `mentions` are in order and do not overlap.
    pub fn fill(&mut self, tokens: usize, mentions: impl Iterator<Item = (TokenSpan, TypeId)>) {
        self.spots.clear();
        self.covering.clear();
        self.covering.resize(tokens, 0);
        for (span, type_id) in mentions {
            self.spots.push((span, type_id));
            let number = u32::try_from(self.spots.len()).unwrap_or(u32::MAX);
            for covered in self.covering.get_mut(span.range()).into_iter().flatten() {
                *covered = number;
            }
        }
    }

    /// The mention that starts at token `at`, and its tokens.
    pub fn starting_at(&self, at: usize) -> Option<(u32, TokenSpan)> {
        let (index, span, _) = self.starting(at)?;
        u32::try_from(index).ok().map(|index| (index, span))
    }

    /// Does a mention share a token with `tokens`?
    pub fn has_any(&self, tokens: TokenSpan) -> bool {
        !self.within(tokens.start as usize, tokens.end as usize).is_empty()
    }

    /// Index of the mention that covers token `at`.
    pub fn covering(&self, at: usize) -> Option<usize> {
        self.covering.get(at).and_then(|&n| (n as usize).checked_sub(1))
    }

    pub(super) fn type_at(&self, at: usize) -> Option<TypeId> {
        self.covering(at).and_then(|index| self.spots.get(index)).map(|&(_, type_id)| type_id)
    }

    pub(super) fn starting(&self, at: usize) -> Option<(usize, TokenSpan, TypeId)> {
        let index = self.covering(at)?;
        let &(span, type_id) = self.spots.get(index)?;
        (span.start as usize == at).then_some((index, span, type_id))
    }

    /// Mentions that share a token with `from..to`, in order.
    pub fn within(&self, from: usize, to: usize) -> &[(TokenSpan, TypeId)] {
        let first = self.spots.partition_point(|(span, _)| span.end as usize <= from);
        let rest = &self.spots[first..];
        &rest[..rest.partition_point(|(span, _)| (span.start as usize) < to)]
    }

    pub(super) fn ending(&self, at: usize) -> Option<(TokenSpan, TypeId)> {
        let &(span, type_id) = self.spots.get(self.covering(at.checked_sub(1)?)?)?;
        (span.end as usize == at).then_some((span, type_id))
    }
}
