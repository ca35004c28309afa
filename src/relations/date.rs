//! Date: the date mention of a match's clause.
//!
//! A date inside the match counts first, then the nearest after it, before it, and one that opens the sentence. What
//! stands in an aside ("X, born in 1962, founded Y in 1996") or behind a word that opens another clause is not its date.

use super::arguments::Arguments;
use super::lists::listed;
use crate::model::{DateKind, Mention, TokenSpan, TypeId};

/// Furthest that a date may stand from the match, in tokens.
const REACH: u32 = 12;
/// Most tokens of a preposition and the like between a comma and a date (", early on Monday").
const LEAD: u32 = 3;
/// A date that opens a sentence begins no later than this.
const OPENING: u32 = 6;
/// How TIMEX3 values of times end that name no day ("now").
const VAGUE: &str = "_REF";

/// The date mention (an index) of what `matched`, with all that is coordinated, states. `first`: the first mention
/// of the sentence. What `holds`, taken for granted, has no date but its own: the clause says another thing.
pub(super) fn date_of(
    arguments: &Arguments<'_>,
    first: usize,
    matched: TokenSpan,
    holds: bool,
) -> Option<u32> {
    let around = arguments.mentions.partition_point(|m| m.tokens.end + REACH < matched.start).max(first);
    let close = || days(arguments, around).take_while(|(_, m)| m.tokens.start <= matched.end + REACH);
    let inside = close().find(|(_, m)| matched.covers(&m.tokens) && !set_aside(arguments, m, matched));
    let after = || close().find(|(_, m)| m.tokens.start >= matched.end && follows(arguments, m, matched.end));
    if holds {
        let adjacent = |(_, m): &(u32, &Mention)| {
            m.tokens.start < matched.end + LEAD
                && (matched.end..m.tokens.start).all(|at| mark(arguments, at).is_none())
        };
        return inside.or_else(|| after().filter(adjacent)).map(|(index, _)| index);
    }
    let before =
        || close().filter(|(_, m)| m.tokens.end <= matched.start && precedes(arguments, m, matched.start));
    let opening = || days(arguments, first).next().filter(|(_, m)| opens(arguments, m, matched.start));
    inside.or_else(after).or_else(|| before().last()).or_else(opening).map(|(index, _)| index)
}

/// The dates of the sentence that name a time, from mention `from` on.
fn days<'a>(arguments: &Arguments<'a>, from: usize) -> impl Iterator<Item = (u32, &'a Mention)> + use<'a> {
    let end = arguments.field.bounds.end;
    let numbered = (0u32..).zip(arguments.mentions).skip(from).take_while(move |(_, m)| m.tokens.start < end);
    numbered.filter(|(_, m)| {
        let names_time = m
            .date
            .as_ref()
            .is_none_or(|d| matches!(d.kind, DateKind::Date | DateKind::Time) && !d.value.ends_with(VAGUE));
        m.type_id == TypeId::DATE && names_time
    })
}

/// Nothing between that parts clauses, but a comma just before the date's preposition?
fn follows(arguments: &Arguments<'_>, date: &Mention, from: u32) -> bool {
    let to = date.tokens.start;
    (from..to).all(|at| match mark(arguments, at) {
        Some(',') => at + LEAD >= to,
        Some(c) => !parts(c),
        None => at + 1 >= to || !opener(arguments, at),
    })
}

/// Nothing between that parts clauses, but a comma just after the date?
fn precedes(arguments: &Arguments<'_>, date: &Mention, to: u32) -> bool {
    let from = date.tokens.end;
    (from..to).all(|at| match mark(arguments, at) {
        Some(',') => at == from,
        Some(c) => !parts(c),
        None => !opener(arguments, at),
    })
}

/// A date that opens the sentence counts for the clause that begins after the last comma, if no word opens that one.
fn opens(arguments: &Arguments<'_>, date: &Mention, to: u32) -> bool {
    let start = arguments.field.bounds.start;
    let fronted = date.tokens.start <= start + OPENING && mark(arguments, date.tokens.end) == Some(',');
    let clause = (to.saturating_sub(REACH).max(date.tokens.end)..to)
        .rev()
        .take_while(|&at| mark(arguments, at) != Some(','));
    let reached = to.saturating_sub(date.tokens.end) <= 2 * REACH;
    fronted && date.tokens.end < to && reached && clause.into_iter().all(|at| !opener(arguments, at))
}

/// Does the date stand in an aside inside the match, with other words?
fn set_aside(arguments: &Arguments<'_>, date: &Mention, matched: TokenSpan) -> bool {
    let bounds = |at: &u32| mark(arguments, *at).is_some_and(|c| ",()".contains(c));
    let left = (matched.start..date.tokens.start).rev().find(bounds);
    let right = (date.tokens.end..matched.end).find(bounds);
    left.zip(right).is_some_and(|(l, r)| r - l > date.tokens.end - date.tokens.start + LEAD)
}

fn opener(arguments: &Arguments<'_>, at: u32) -> bool {
    listed(&arguments.field, arguments.lists.openers, at as usize).is_some_and(|(_, row)| {
        // "and", "both" go on with the clause
        arguments.field.gazetteer.value(&row) != GOES_ON
    })
}

/// The value of clause openers that may as well join words.
const GOES_ON: &str = "joins";

fn parts(c: char) -> bool {
    ";:\"“”()".contains(c)
}

fn mark(arguments: &Arguments<'_>, at: u32) -> Option<char> {
    arguments.field.tokens.get(at as usize)?.mark(arguments.field.source)
}
