//! What a check found, for its readers: one file a format. A report is the same bytes for the same outcome.

mod github;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

use super::classify::Difference;
use super::{CheckedDocument, Outcome};
use std::fmt::Write as _;

/// A format of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For programs.
    Json,
    /// One test case a document.
    Junit,
    /// Static Analysis Results Interchange Format 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// A summary for a page.
    Markdown,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] =
        [Self::Text, Self::Json, Self::Junit, Self::Sarif, Self::Github, Self::Markdown];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }
}

/// Reads the name of a format.
pub fn parse_format(name: &str) -> Result<Format, String> {
    let found = Format::ALL.into_iter().find(|format| format.as_str() == name);
    found.ok_or_else(|| format!("expected {}", Format::ALL.map(Format::as_str).join(", ")))
}

/// Writes a report; `colours` count in text only.
pub fn write(outcome: &Outcome, format: Format, colours: bool) -> String {
    match format {
        Format::Text => text::write(outcome, colours),
        Format::Json => json::write(outcome),
        Format::Junit => junit::write(outcome),
        Format::Sarif => sarif::write(outcome),
        Format::Github => github::write(outcome),
        Format::Markdown => markdown::write(outcome),
    }
}

/// Where a difference stands in a file, as far as editors can go there.
struct Location<'a> {
    /// The file.
    path: &'a str,
    /// Line and column from 1; none if offsets don't refer to the file's own lines (a web page) or nothing is known.
    place: Option<(u32, u32)>,
}

fn location<'a>(document: &'a CheckedDocument, difference: Option<&Difference>) -> Location<'a> {
    let path = document.path.as_str();
    if document.is_record
        && let Some((file, line)) = path.rsplit_once(':')
    {
        return Location { path: file, place: line.parse().ok().map(|line| (line, 1)) };
    }
    let is_page = [".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    Location { path, place: difference.and_then(|d| d.place).filter(|_| !is_page) }
}

/// `missing place "Riga" (place-riga-lv)`, and what differs.
fn message(difference: &Difference) -> String {
    let mut out = format!("{} {}", difference.class.as_str(), difference.shown);
    for change in &difference.changes {
        let cell = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("\"{text}\"") };
        let _ = write!(
            out,
            "; {}: expected {}, found {}",
            change.column,
            cell(&change.expected),
            cell(&change.found)
        );
    }
    if !difference.source.is_empty() {
        let _ = write!(out, "; by {}", difference.source);
    }
    if difference.gold {
        out += "; gold";
    }
    out
}

/// `12 differences in 3 of 40 documents`.
fn summary(outcome: &Outcome) -> String {
    let differences = outcome.differences().count();
    let tolerated = outcome.differences().filter(|(_, d)| d.tolerated).count();
    let touched = outcome.documents.iter().filter(|d| !d.differences.is_empty()).count();
    let problems = outcome.documents.iter().filter(|d| d.problem.is_some()).count();
    let mut out = format!("{differences} differences in {touched} of {} documents", outcome.documents.len());
    for (count, what) in [
        (tolerated, "within the thresholds"),
        (problems, "documents with problems"),
        (outcome.unused.len(), "unused expected tables"),
        (outcome.low.len(), "scores below their threshold"),
    ] {
        if count > 0 {
            let _ = write!(out, ", {count} {what}");
        }
    }
    out
}

/// `place: F1 0.912 is below 0.950`.
fn low_score(low: &super::LowScore) -> String {
    format!("{} {}: F1 {:.3} is below {:.3}", low.table, low.group, low.f1, low.least)
}

/// A row of the table of scores.
struct ScoreRow {
    table: String,
    group: String,
    score: super::Score,
    /// Change of strict F1 since the last blessing.
    change: Option<f64>,
}

/// Scores by type and relation, with their totals.
fn score_rows(outcome: &Outcome) -> Vec<ScoreRow> {
    let mut rows = Vec::new();
    for table in ["mention", "relation"] {
        let before = outcome.blessed.as_ref();
        let groups = outcome.scores.groups.iter().filter(|((of, _), _)| of == table);
        for ((_, group), score) in groups {
            let key = (table.to_owned(), group.clone());
            let change = before.and_then(|b| b.groups.get(&key)).map(|b| score.strict_f1() - b.strict_f1());
            rows.push(ScoreRow { table: table.to_owned(), group: group.clone(), score: *score, change });
        }
        let total = outcome.scores.total(table);
        if total != super::Score::default() {
            let change = before.map(|b| total.strict_f1() - b.total(table).strict_f1());
            rows.push(ScoreRow { table: table.to_owned(), group: "all".to_owned(), score: total, change });
        }
    }
    rows
}

/// `+0.012`; nothing if there is nothing to compare with.
fn shown_change(change: Option<f64>) -> String {
    change.map_or_else(String::new, |change| format!("{change:+.3}"))
}

/// A share as `0.950`; nothing if there is nothing to share.
fn shown_share(share: super::Share) -> String {
    if share.of == 0 { String::new() } else { format!("{:.3}", share.value()) }
}
