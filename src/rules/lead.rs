//! Leads: what patterns have before the first of their rarest words. Many rules lead in alike ("SUBJECT, auxiliaries,
//! adverbs") and differ only in the words that follow: where the lead can end is found once for all of them.

use super::WINDOW;
use super::matcher::{Field, MatchScratch, Walk};
use super::parse::Node;
use super::pattern::{Pattern, PatternError, TypeSet};
use super::program::{Anchor, Compiler};

/// The part of a pattern that every match goes through before its rarest word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub(super) nodes: Vec<Node>,
    /// What SUBJECT and OBJECT stand for in it.
    pub(super) types: (TypeSet, TypeSet),
    /// The step behind it.
    pub(super) cut: u32,
}

/// Where a lead can end: a bit for each token from the start of the match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeadEnds(pub(super) u128);

const _: () = assert!(WINDOW < 128, "an end has a bit for each token of a match");

impl Lead {
    /// Do both match the same, whatever their patterns capture first?
    pub fn leads_alike(&self, other: &Self) -> bool {
        let object = || self.nodes.iter().any(Node::names_object);
        self.types.0 == other.types.0
            && self.nodes == other.nodes
            && (self.types.1 == other.types.1 || !object())
    }
}

impl Pattern {
    /// What it leads in with, if it was compiled so.
    pub fn lead(&self) -> Option<&Lead> {
        self.lead.as_ref()
    }

    /// Where its lead can end in matches that start at token `at`: the same for all patterns with an equal lead.
    pub fn lead_ends(&self, field: &Field<'_>, at: usize, scratch: &mut MatchScratch) -> LeadEnds {
        let Some(lead) = &self.lead else { return LeadEnds::default() };
        Walk::new(self, field, at, scratch).map_or(LeadEnds::default(), |walk| walk.ends_before(lead.cut))
    }

    /// Can what follows the lead stand at one of its ends?
    pub fn follows(&self, field: &Field<'_>, at: usize, ends: LeadEnds) -> bool {
        let mut left = ends.0;
        while left != 0 {
            if self.ahead.after_lead.fits(field, at + left.trailing_zeros() as usize) {
                return true;
            }
            left &= left - 1;
        }
        false
    }
}

impl Compiler<'_> {
    /// The first of the parts that holds the pattern's rarest words; 0 if there is none.
    pub(super) fn cut_of(
        &mut self,
        parts: &[&Node],
        rarest: Option<&Vec<Anchor>>,
    ) -> Result<usize, PatternError> {
        let Some(rarest) = rarest else { return Ok(0) };
        for (at, part) in parts.iter().enumerate() {
            if self.needs(part)?.first() == Some(rarest) {
                return Ok(at);
            }
        }
        Ok(0)
    }
}
