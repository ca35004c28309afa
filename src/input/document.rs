//! Building documents: those that were read, and those that could not be.

use jiff::civil::Date;

use super::InputOptions;
use crate::model::{DateSource, Document, DocumentDate, Status};

/// Where a document is found: its id, and its path as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Becomes `doc_id`.
    pub(super) doc_id: String,
    /// Becomes `path`.
    pub(super) path: String,
}

/// A document that could not be read.
pub(super) fn failed(place: Place, bytes: u64, problem: impl Into<String>) -> Document {
    Document { status: Status::Failed, problem: problem.into(), ..empty(place, bytes) }
}

/// A document with nothing in it yet.
pub(super) fn empty(place: Place, bytes: u64) -> Document {
    Document {
        doc_id: place.doc_id,
        path: place.path,
        title: String::new(),
        text: String::new(),
        date: None,
        encoding: "",
        bytes,
        status: Status::Done,
        problem: String::new(),
    }
}

/// Notes a flaw of a document that was read all the same.
pub(super) fn flaw(document: &mut Document, problem: &str) {
    if problem.is_empty() {
        return;
    }
    if document.status == Status::Done {
        document.status = Status::Flawed;
    }
    if !document.problem.is_empty() {
        document.problem.push_str("; ");
    }
    document.problem.push_str(problem);
}

/// Adds what is known from outside (the user's metadata, else the record's date, else `--date`) and the last flaw: no text.
pub(super) fn complete(document: &mut Document, date: Option<Date>, options: &InputOptions) {
    let known = options.metadata.of(document);
    if let Some(title) = known.and_then(|row| row.title.as_ref()) {
        document.title.clone_from(title);
    }
    let told = known.and_then(|row| row.date).or(date).map(|date| (date, DateSource::Metadata));
    let day = told.or(options.date.map(|date| (date, DateSource::Option)));
    document.date = day.map(|(date, source)| DocumentDate { date, year_known: true, source });
    if document.text.chars().all(is_blank) {
        flaw(document, "empty: there is no text");
    }
}

/// Shows nothing: blanks, control characters, zero-width characters.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Reads `YYYY-MM-DD`, or the day of a longer ISO 8601 time; none if it is anything else.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.get(..10)?;
    let rest = &text[10..];
    let is_time = rest.is_empty() || rest.starts_with(['T', ' ']);
    let is_plain = day
        .bytes()
        .enumerate()
        .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if is_time && is_plain { day.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_days_are_dates() {
        assert_eq!(parse_date("2018-03-01"), Some(jiff::civil::date(2018, 3, 1)));
        assert_eq!(parse_date("2018-03-01T23:59:00Z"), Some(jiff::civil::date(2018, 3, 1)));
        for wrong in ["", "2018", "2018-3-1", "2018-02-30", "01.03.2018", "2018-03-011", "２018-03-01"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }
}
