//! Does the clause around an expression look back or ahead? Decided by listed cue words near it.

use super::meaning::Lean;
use crate::gazetteer::WordListId;
use crate::model::{Token, TokenKind, TokenSpan};
use crate::rules::Page;

/// How far cues count, in tokens.
const REACH: usize = 18;
/// How far they count after the expression.
const REACH_AFTER: usize = 14;
/// Tokens of the longest cue.
const LONGEST_CUE: u32 = 4;

/// The side that the clause speaks of: the nearest cue before the expression, else the nearest after it.
pub(super) fn lean(page: &Page<'_>, cues: WordListId, sentence: TokenSpan, span: TokenSpan) -> Option<Lean> {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = start.saturating_sub(REACH).max(sentence.start as usize);
    let last = (end + REACH_AFTER).min(sentence.end as usize);
    let ends = |at: &usize| page.text.tokens.get(*at).is_some_and(|t| ends_clause(page, t));
    if starts_ahead(page, cues, sentence, span) {
        return Some(Lean::Future);
    }
    // "(4 a.m. Thursday)" belongs to the clause before it
    let opened = start.checked_sub(1).filter(|at| page.text.tokens.get(*at).is_some_and(|t| opens(page, t)));
    let before =
        (first..opened.unwrap_or(start)).rev().take_while(|at| !ends(at)).find_map(|at| cue(page, cues, at));
    let found = before.or_else(|| (end..last).take_while(|at| !ends(at)).find_map(|at| cue(page, cues, at)));
    found.flatten()
}

/// Do words like "until" stand right before the expression, and not at the head of the sentence?
fn starts_ahead(page: &Page<'_>, cues: WordListId, sentence: TokenSpan, span: TokenSpan) -> bool {
    let first = span.start.saturating_sub(LONGEST_CUE).max(sentence.start.saturating_add(1));
    let mut hits = (first..span.start).flat_map(|at| page.hits.starting_at(at as usize));
    hits.any(|hit| {
        let mut rows = page.gazetteer.words(hit.key).iter().filter(|row| row.list == cues);
        hit.tokens.end == span.start && rows.any(|row| page.gazetteer.value(row) == "ahead")
    })
}

/// The cue at a token; the inner `None` for one that leaves the side open.
#[expect(clippy::option_option, reason = "no cue and an open one differ")]
fn cue(page: &Page<'_>, cues: WordListId, at: usize) -> Option<Option<Lean>> {
    match value(page, cues, at)? {
        // "will be brought": no past
        "past" if at.checked_sub(1).and_then(|before| value(page, cues, before)) == Some("be") => None,
        "past" => Some(Some(Lean::Past)),
        "future" => Some(Some(Lean::Future)),
        "open" => Some(None),
        _ => None,
    }
}

/// The value of the cue that starts at a token, or of a longer one that it ends ("had been due").
fn value<'a>(page: &Page<'a>, cues: WordListId, at: usize) -> Option<&'a str> {
    let own = listed(page, cues, at, 0)?;
    let first = at.saturating_sub(LONGEST_CUE as usize - 1);
    Some((first..at).find_map(|start| listed(page, cues, start, at)).unwrap_or(own))
}

/// The value of the cue that starts at `start` and reaches over token `over`.
fn listed<'a>(page: &Page<'a>, cues: WordListId, start: usize, over: usize) -> Option<&'a str> {
    let hits = page.hits.starting_at(start).iter().filter(|hit| hit.tokens.end as usize > over);
    let mut rows = hits.flat_map(|hit| page.gazetteer.words(hit.key));
    rows.find(|row| row.list == cues).map(|row| page.gazetteer.value(row))
}

fn ends_clause(page: &Page<'_>, token: &Token) -> bool {
    token.kind == TokenKind::Punctuation && matches!(written(page, token), ";" | ":" | "(" | ")")
}

fn opens(page: &Page<'_>, token: &Token) -> bool {
    token.kind == TokenKind::Punctuation && written(page, token) == "("
}

fn written<'a>(page: &Page<'a>, token: &Token) -> &'a str {
    page.source().get(token.start as usize..token.end as usize).unwrap_or_default()
}
