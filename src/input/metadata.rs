//! The user's table about the documents: `path` or `doc_id`, and `date`, `title`. Other columns are left alone.
//!
//! All errors are told at once, each with its line. A cell that is empty says nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::Date;

use super::document::parse_date;
use super::{MetadataError, doc_id};
use crate::model::Document;

/// What the table says, by document.
#[derive(Debug, Default)]
pub struct Metadata {
    rows: BTreeMap<String, Row>,
}

/// One row of the table.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Publication date.
    pub(super) date: Option<Date>,
    /// Title.
    pub(super) title: Option<String>,
    line: u64,
    used: AtomicBool,
}

impl Metadata {
    /// Reads the table.
    pub fn read(path: &Path) -> Result<Self, Vec<MetadataError>> {
        let mut reading = Reading { path: doc_id::shown(path), errors: Vec::new() };
        let bytes = std::fs::read(path).map_err(|error| {
            reading.refuse(1, error.to_string(), "a CSV file that can be read");
            std::mem::take(&mut reading.errors)
        })?;
        let rows = reading.rows(&bytes);
        if reading.errors.is_empty() { Ok(Self { rows }) } else { Err(reading.errors) }
    }

    /// Lines of the table that no document has asked for.
    pub fn unused(&self) -> Vec<u64> {
        let unused = self.rows.values().filter(|row| !row.used.load(Ordering::Relaxed));
        let mut lines: Vec<u64> = unused.map(|row| row.line).collect();
        lines.sort_unstable();
        lines
    }

    /// The row of a document: by its id, else by its path.
    pub(super) fn of(&self, document: &Document) -> Option<&Row> {
        let row = self.rows.get(&document.doc_id).or_else(|| self.rows.get(tidy(&document.path)))?;
        row.used.store(true, Ordering::Relaxed);
        Some(row)
    }
}

/// `./a/b` and `a/b` are one path.
fn tidy(path: &str) -> &str {
    path.trim_start_matches("./")
}

struct Reading {
    path: String,
    errors: Vec<MetadataError>,
}

/// Where the columns stand.
struct Columns {
    key: usize,
    date: Option<usize>,
    title: Option<usize>,
}

impl Reading {
    fn refuse(&mut self, line: u64, what: impl Into<String>, expected: &str) {
        let error =
            MetadataError { path: self.path.clone(), line, what: what.into(), expected: expected.to_owned() };
        self.errors.push(error);
    }

    fn rows(&mut self, bytes: &[u8]) -> BTreeMap<String, Row> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(bytes))
            .flexible(true)
            .has_headers(false)
            .from_reader(bytes);
        let mut rows = BTreeMap::new();
        let mut columns = None;
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let line = record.position().map_or(1, csv::Position::line);
            let Ok(record) = csv::StringRecord::from_byte_record(record.clone()) else {
                self.refuse(line, "bytes that are not UTF-8", "a table in UTF-8");
                continue;
            };
            match &columns {
                None => match self.columns(&record, line) {
                    Some(found) => columns = Some(found),
                    None => return rows,
                },
                Some(columns) => self.row(&record, line, columns, &mut rows),
            }
        }
        if columns.is_none() {
            self.refuse(1, "nothing in the table", EXPECTED_HEADER);
        }
        rows
    }

    fn columns(&mut self, header: &csv::StringRecord, line: u64) -> Option<Columns> {
        let at = |name: &str| header.iter().position(|cell| cell.trim() == name);
        let (date, title) = (at("date"), at("title"));
        match at("doc_id").or(at("path")) {
            Some(key) if date.is_some() || title.is_some() => Some(Columns { key, date, title }),
            _ => {
                let names: Vec<&str> = header.iter().collect();
                self.refuse(line, format!("the header names {}", names.join(", ")), EXPECTED_HEADER);
                None
            }
        }
    }

    fn row(
        &mut self,
        record: &csv::StringRecord,
        line: u64,
        columns: &Columns,
        rows: &mut BTreeMap<String, Row>,
    ) {
        let cell = |at: Option<usize>| {
            at.and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty())
        };
        let Some(key) = cell(Some(columns.key)) else {
            return self.refuse(
                line,
                "no document is named",
                "a path or an id in the first of these columns",
            );
        };
        let day = cell(columns.date);
        let date = day.and_then(parse_date);
        if let (Some(day), None) = (day, date) {
            self.refuse(line, format!("the date \"{day}\""), "a day as YYYY-MM-DD");
        }
        let title = cell(columns.title).map(str::to_owned);
        let row = Row { date, title, line, used: AtomicBool::new(false) };
        if let Some(earlier) = rows.get(tidy(key)).map(|earlier| earlier.line) {
            return self.refuse(
                line,
                format!("\"{key}\" stands in line {earlier}, too"),
                "one row a document",
            );
        }
        rows.insert(tidy(key).to_owned(), row);
    }
}

const EXPECTED_HEADER: &str = "a header with path or doc_id, and date or title";

/// A semicolon if the header has one and no comma: the dialect of spreadsheets where the comma is the decimal mark.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if header.contains(&b';') && !header.contains(&b',') { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Result<Metadata, Vec<String>> {
        let mut reading = Reading { path: "m.csv".into(), errors: Vec::new() };
        let rows = reading.rows(table.as_bytes());
        if reading.errors.is_empty() {
            Ok(Metadata { rows })
        } else {
            Err(reading.errors.iter().map(ToString::to_string).collect())
        }
    }

    #[test]
    fn rows_are_found_by_either_column_and_with_either_delimiter() {
        for table in ["path,date,title\n./a.txt,2018-03-01,A\n", "title;doc_id;date\nA;a.txt;2018-03-01\n"] {
            let metadata = read(table).expect("valid");
            let row = &metadata.rows["a.txt"];
            assert_eq!(row.date, Some(jiff::civil::date(2018, 3, 1)));
            assert_eq!(row.title.as_deref(), Some("A"));
            assert_eq!(metadata.unused(), [2]);
        }
    }

    #[test]
    fn all_errors_are_told_with_their_lines() {
        let errors = read("doc_id,date\na,1 March\n,2018-01-01\nb,\nb,2018-01-01\n").expect_err("broken");
        assert_eq!(errors.len(), 3, "{errors:?}");
        assert_eq!(errors[0], "m.csv:2: the date \"1 March\" (expected a day as YYYY-MM-DD)");
        assert!(errors[1].starts_with("m.csv:3: no document is named"));
        assert!(errors[2].starts_with("m.csv:5: \"b\" stands in line 4, too"));
    }

    #[test]
    fn a_table_without_the_columns_is_refused() {
        for table in ["", "file,date\n", "path\n", "path,author\n"] {
            assert!(read(table).expect_err("broken")[0].contains("expected a header"), "{table}");
        }
    }
}
