//! Cues: words near a match that say how its statement is meant: denied, hedged, reported, planned.

use super::lists::{Lists, listed};
use crate::gazetteer::WordListId;
use crate::model::Modality;
use crate::rules::Field;

/// Tokens before a match in which a cue counts.
const REACH: usize = 6;

/// Most tokens of a cue.
const CUE: usize = 4;

/// The modality of that name.
pub(super) fn modality_named(name: &str) -> Option<Modality> {
    let all =
        [Modality::Asserted, Modality::Reported, Modality::Alleged, Modality::Negated, Modality::Planned];
    all.into_iter().find(|m| m.as_str() == name)
}

/// The strongest modality of cue words and chained verbs in `from..to` and shortly before it in its clause.
pub(super) fn cued(field: &Field<'_>, lists: &Lists, from: usize, to: usize) -> Option<Modality> {
    let start = clause_start(field, lists, from);
    let mut best = opening(field, lists, start);
    let mut at = start;
    while at < to {
        if field.mentions.covering(at).is_some() {
            at += 1;
            continue;
        }
        let found = row(field, lists.cues, at).into_iter().chain(row(field, lists.chains, at));
        let found = found.filter(|&(end, _)| end <= to).max_by_key(|&(end, m)| (end, weight(m)));
        let Some((end, modality)) = found else {
            at += 1;
            continue;
        };
        if best.is_none_or(|b| weight(b) < weight(modality)) {
            best = Some(modality);
        }
        at = end;
    }
    best.filter(|m| *m != Modality::Asserted)
}

/// The modality of a cue that ends where the clause begins ("if", "no evidence that").
fn opening(field: &Field<'_>, lists: &Lists, start: usize) -> Option<Modality> {
    let least = (field.bounds.start as usize).max(start.saturating_sub(CUE));
    let ending = (least..start).filter_map(|at| row(field, lists.cues, at)).filter(|&(end, _)| end == start);
    ending.map(|(_, modality)| modality).max_by_key(|m| weight(*m))
}

fn row(field: &Field<'_>, list: Option<WordListId>, at: usize) -> Option<(usize, Modality)> {
    let (end, row) = listed(field, list, at)?;
    Some((end, modality_named(field.gazetteer.value(&row))?))
}

/// Of several cues the one that changes most counts.
const fn weight(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted => 0,
        Modality::Reported => 1,
        Modality::Planned => 2,
        Modality::Alleged => 3,
        Modality::Negated => 4,
    }
}

/// Where the clause begins that token `from` is in, not far back: after a mark or a mention of its own.
fn clause_start(field: &Field<'_>, lists: &Lists, from: usize) -> usize {
    let least = (field.bounds.start as usize).max(from.saturating_sub(REACH));
    let stops = |at: &usize| {
        let token = &field.tokens[*at];
        let mark = !token.is_wordlike() && token.kind != crate::model::TokenKind::Possessive;
        mark || field.mentions.covering(*at).is_some() || listed(field, lists.openers, *at).is_some()
    };
    (least..from).rev().take_while(|at| !stops(at)).last().unwrap_or(from)
}
