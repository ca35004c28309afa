//! A compiled pattern and what is known about it before it runs.

use super::program::{Anchor, Step};
use crate::model::TypeId;

/// Why a pattern could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("pattern, character {at}: {what} (expected {expected})")]
pub struct PatternError {
    /// 1-based character.
    pub at: usize,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub expected: String,
}

/// A set of entity types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TypeSet(pub u64);

impl TypeSet {
    /// Every type but dates.
    pub const ANY: Self = Self(!(1 << TypeId::DATE.0));

    /// With `type_id` added.
    #[must_use]
    pub const fn with(self, type_id: TypeId) -> Self {
        Self(self.0 | 1 << (type_id.0 & 63))
    }

    /// Do the two share a type?
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Is `type_id` in it?
    pub const fn has(self, type_id: TypeId) -> bool {
        self.0 & (1 << (type_id.0 & 63)) != 0
    }
}

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    pub(super) steps: Vec<Step>,
    /// For each step, can a walk reach it with one token on several ways?
    pub(super) joins: Vec<bool>,
    pub(super) looks: Vec<Pattern>,
    pub(super) slots: Vec<Box<str>>,
    /// Is it known what a match begins with?
    pub(super) is_anchored: bool,
    /// Of each of these one stands in every match; the rarest first.
    pub(super) needs: Vec<Vec<Anchor>>,
}

impl Pattern {
    /// The slot of a capture name.
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.slots.iter().position(|s| **s == *name)
    }

    /// Names of the captures, by slot.
    pub fn slots(&self) -> &[Box<str>] {
        &self.slots
    }

    /// Is it known what a match begins with: a word, a row of a list, a mention, a look?
    pub const fn is_anchored(&self) -> bool {
        self.is_anchored
    }

    /// The first step that takes or looks at something.
    pub(super) fn leading_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| !matches!(step, Step::Open(_) | Step::Glued))
    }
}
