//! For a terminal: a difference a line, scores, a summary.

use super::super::{Class, Outcome};
use super::{ScoreRow, location, low_score, message, score_rows, shown_change, shown_share, summary};
use std::fmt::Write as _;

const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

pub(super) fn write(outcome: &Outcome, colours: bool) -> String {
    let paint = |colour: &str, text: &str| {
        if colours { format!("{colour}{text}{PLAIN}") } else { text.to_owned() }
    };
    let mut out = String::new();
    for document in &outcome.documents {
        if let Some(problem) = &document.problem {
            let _ = writeln!(out, "{}: {}", document.path, paint(RED, problem));
        }
        for difference in &document.differences {
            let place = location(document, Some(difference)).place.or(difference.place);
            let place = place.map_or_else(String::new, |(line, column)| format!("{line}:{column}: "));
            let colour = match (difference.tolerated, difference.class) {
                (true, _) => DIM,
                (false, Class::Missing | Class::Spurious) => RED,
                (false, _) => YELLOW,
            };
            let path = location(document, None).path;
            let _ = writeln!(out, "{path}:{place}{}", paint(colour, &message(difference)));
        }
    }
    for path in &outcome.unused {
        let _ = writeln!(out, "{}: {}", path.display(), paint(RED, "no document has this table"));
    }
    for path in &outcome.changed {
        let _ = writeln!(out, "{}: written", path.display());
    }
    out += &scores(&score_rows(outcome));
    for low in &outcome.low {
        let _ = writeln!(out, "{}", paint(RED, &low_score(low)));
    }
    out + &summary(outcome) + "\n"
}

fn scores(rows: &[ScoreRow]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heads = ["P", "R", "F1", "change", "relaxed", "entity", "value", "modality"];
    let mut out = format!("\n{:<32}{:>9}{:>9}", "", "expected", "found");
    out.extend(heads.map(|head| format!("{head:>9}")));
    out.push('\n');
    for row in rows {
        let s = &row.score;
        let _ = write!(out, "{:<32}{:>9}{:>9}", format!("{} {}", row.table, row.group), s.expected, s.found);
        let _ = write!(out, "{:>9.3}{:>9.3}{:>9.3}", s.precision(), s.recall(), s.strict_f1());
        let _ = write!(out, "{:>9}{:>9.3}", shown_change(row.change), s.relaxed_f1());
        let shares = [s.entity, s.value, s.modality].map(shown_share);
        out.extend(shares.map(|share| format!("{share:>9}")));
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out.push('\n');
    out
}
