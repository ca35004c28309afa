//! Merge: a sentence says a thing once, and rows have one order.

use crate::model::{Mention, Relation};
use std::collections::BTreeSet;

/// One row of a sentence with what decides between it and others.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) relation: Relation,
    /// Number of the rule: earlier ones win.
    pub(super) rule: u32,
    pub(super) symmetric: bool,
}

/// Keeps the best row for each (relation, subject, object) of a sentence, in order of subject, object, relation.
pub(super) fn merge(mut found: Vec<Found>, mentions: &[Mention]) -> Vec<Relation> {
    found.sort_by_key(|f| {
        (std::cmp::Reverse(f.relation.confidence), f.rule, f.relation.subject, f.relation.object)
    });
    let entity = |index: u32| mentions.get(index as usize).map(|m| m.entity);
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Relation> = Vec::new();
    for f in found {
        let (mut subject, mut object) = (entity(f.relation.subject), entity(f.relation.object));
        if f.symmetric && object < subject {
            std::mem::swap(&mut subject, &mut object);
        }
        if subject != object && seen.insert((f.relation.relation.clone(), subject, object)) {
            kept.push(f.relation);
        }
    }
    kept.sort_by(|a, b| {
        (a.subject, a.object, &a.relation, &a.rule).cmp(&(b.subject, b.object, &b.relation, &b.rule))
    });
    kept
}
