//! A summary for a page: scores, then differences.

use super::super::Outcome;
use super::{ScoreRow, location, low_score, message, score_rows, shown_change, shown_share, summary};
use std::fmt::Write as _;

/// Differences that are told one by one; pages have limits.
const TOLD: usize = 200;

pub(super) fn write(outcome: &Outcome) -> String {
    let verdict = if outcome.passed() { "passed" } else { "failed" };
    let mut out = format!("## gazet check: {verdict}\n\n{}.\n", summary(outcome));
    for document in &outcome.documents {
        if let Some(problem) = &document.problem {
            let _ = writeln!(out, "\n- {}: {}", cell(&document.path), cell(problem));
        }
    }
    for path in &outcome.unused {
        let _ = writeln!(out, "\n- {}: no document has this table", cell(&path.display().to_string()));
    }
    for low in &outcome.low {
        let _ = writeln!(out, "\n- {}", cell(&low_score(low)));
    }
    out += &scores(&score_rows(outcome));
    out + &differences(outcome)
}

fn scores(rows: &[ScoreRow]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut out = "\n| | expected | found | P | R | F1 | change | relaxed | entity | value | modality |\n\
                   |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for row in rows {
        let s = &row.score;
        let _ = writeln!(
            out,
            "| {} {} | {} | {} | {:.3} | {:.3} | {:.3} | {} | {:.3} | {} | {} | {} |",
            row.table,
            cell(&row.group),
            s.expected,
            s.found,
            s.precision(),
            s.recall(),
            s.strict_f1(),
            shown_change(row.change),
            s.relaxed_f1(),
            shown_share(s.entity),
            shown_share(s.value),
            shown_share(s.modality),
        );
    }
    out
}

fn differences(outcome: &Outcome) -> String {
    let count = outcome.differences().count();
    if count == 0 {
        return String::new();
    }
    let mut out = "\n| where | what |\n|---|---|\n".to_owned();
    for (document, difference) in outcome.differences().take(TOLD) {
        let location = location(document, Some(difference));
        let place = location.place.or(difference.place);
        let place = place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        let tolerated = if difference.tolerated { " (within the thresholds)" } else { "" };
        let _ =
            writeln!(out, "| {}{place} | {}{tolerated} |", cell(location.path), cell(&message(difference)));
    }
    if count > TOLD {
        let _ = writeln!(out, "\n{} more.", count - TOLD);
    }
    out
}

/// Text that ends no cell and marks nothing up.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '<' | '[' | ']' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
