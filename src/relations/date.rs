//! Date: the date mention of a match's clause.

use crate::model::{DateKind, Mention, TokenKind, TokenSpan, TypeId};
use crate::rules::Field;

/// Furthest that a date may stand from the match, in tokens.
const REACH: u32 = 12;

/// The date mention (an index) inside `matched`, or else the nearest after, then before it, in its clause.
pub(super) fn date_of(
    field: &Field<'_>,
    mentions: &[Mention],
    first: usize,
    matched: TokenSpan,
) -> Option<u32> {
    let dates = || {
        (0u32..).zip(mentions).skip(first).take_while(|(_, m)| m.tokens.start < field.bounds.end).filter(
            |(_, m)| {
                let day = m.date.as_ref().is_none_or(|d| matches!(d.kind, DateKind::Date | DateKind::Time));
                m.type_id == TypeId::DATE && day
            },
        )
    };
    let inside = dates().find(|(_, m)| matched.covers(&m.tokens));
    let after =
        || dates().find(|(_, m)| m.tokens.start >= matched.end && near(field, matched.end, m.tokens.start));
    let before = || {
        dates()
            .filter(|(_, m)| m.tokens.end <= matched.start && near(field, m.tokens.end, matched.start))
            .last()
    };
    inside.or_else(after).or_else(before).map(|(index, _)| index)
}

/// Close, and with no mark between that parts clauses?
fn near(field: &Field<'_>, from: u32, to: u32) -> bool {
    let between = field.tokens.get(from as usize..to as usize).unwrap_or_default();
    to - from <= REACH
        && !between.iter().any(|t| {
            t.kind == TokenKind::Punctuation
                && field.source.get(t.start as usize..t.end as usize).is_some_and(|m| ";:\"“”()".contains(m))
        })
}
