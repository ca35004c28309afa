//! Reads the tables of a run back, in whatever dialect they were written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::DiffError;
use crate::check::hash;
use crate::check::rows::{Found, MentionFact, RelationFact, Spot};

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

/// All rows of a run by document.
pub(super) struct Tables {
    pub(super) documents: BTreeMap<String, DocumentRows>,
}

/// The rows of one document.
#[derive(Default)]
pub(super) struct DocumentRows {
    /// Code points of its text.
    pub(super) chars: String,
    mentions: Vec<Row>,
    relations: Vec<Row>,
}

impl Tables {
    /// Reads the folder's `documents.csv`, `mentions.csv`, `relations.csv`.
    pub(super) fn read(folder: &Path) -> Result<Self, DiffError> {
        let mut documents: BTreeMap<String, DocumentRows> = BTreeMap::new();
        for row in rows(&folder.join("documents.csv"))? {
            let chars = cell(&row, "chars").to_owned();
            documents
                .insert(cell(&row, "doc_id").to_owned(), DocumentRows { chars, ..DocumentRows::default() });
        }
        for row in rows(&folder.join("mentions.csv"))? {
            documents.entry(cell(&row, "doc_id").to_owned()).or_default().mentions.push(row);
        }
        for row in rows(&folder.join("relations.csv"))? {
            documents.entry(cell(&row, "doc_id").to_owned()).or_default().relations.push(row);
        }
        Ok(Self { documents })
    }
}

impl DocumentRows {
    /// Its mentions. With the same text on both sides offsets say where they stand, else the sentence that a row shows.
    pub(super) fn mentions(&self, same_text: bool) -> Vec<Found<MentionFact>> {
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let found = self.mentions.iter().map(|row| {
            let (sentence, text) = (cell(row, "sentence"), collapsed(cell(row, "text")));
            let nth = seen.entry((sentence, cell(row, "text"))).or_default();
            let spot = if same_text { absolute(row) } else { in_sentence(sentence, &text, *nth) };
            *nth += 1;
            let own = |name: &str| cell(row, name).to_owned();
            let fact = MentionFact {
                type_name: own("type"),
                subtype: own("subtype"),
                text,
                entity_id: own("entity_id"),
                value: own("value"),
                modifier: own("mod"),
                spot,
            };
            Found { fact, place: (number(row, "line"), number(row, "column")), source: own("source") }
        });
        found.collect()
    }

    /// Its relations; the texts of their ends come from the mentions that they name.
    pub(super) fn relations(&self, same_text: bool) -> Vec<Found<RelationFact>> {
        let mentions: BTreeMap<&str, &Row> =
            self.mentions.iter().map(|row| (cell(row, "mention_id"), row)).collect();
        let text = |id: &str| mentions.get(id).map_or_else(String::new, |row| collapsed(cell(row, "text")));
        let found = self.relations.iter().map(|row| {
            let own = |name: &str| cell(row, name).to_owned();
            let tokens = absolute(row).tokens.filter(|_| same_text);
            let fact = RelationFact {
                relation: own("relation"),
                subject: text(cell(row, "subject_mention")),
                subject_id: own("subject_id"),
                object: text(cell(row, "object_mention")),
                object_id: own("object_id"),
                qualifier: own("qualifier"),
                modality: own("modality"),
                claimed_by_id: own("claimed_by_id"),
                date: own("date"),
                spot: Spot { sentence: hash(cell(row, "evidence")), tokens },
            };
            let subject = mentions.get(cell(row, "subject_mention"));
            let place = subject.map_or((0, 0), |row| (number(row, "line"), number(row, "column")));
            Found { fact, place, source: own("rule") }
        });
        found.collect()
    }
}

/// Offsets in the whole text.
fn absolute(row: &Row) -> Spot {
    Spot { sentence: "text".to_owned(), tokens: Some((number(row, "start"), number(row, "end"))) }
}

/// The place of the nth such text in the sentence that the row shows.
fn in_sentence(sentence: &str, text: &str, nth: usize) -> Spot {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let start = sentence.match_indices(text).nth(nth).map(|(at, _)| at);
    Spot { sentence: hash(sentence), tokens: start.map(|at| (to_u32(at), to_u32(at + text.len()))) }
}

fn rows(path: &Path) -> Result<Vec<Row>, DiffError> {
    let wrong = |what: String| DiffError { path: path.display().to_string(), what };
    let text = fs::read_to_string(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
    let (text, guarded) = text.strip_prefix('\u{feff}').map_or((text.as_str(), false), |bare| (bare, true));
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
    if !names.iter().any(|name| name == "doc_id") {
        return Err(wrong("no column \"doc_id\" (expected a table that gazet run wrote)".to_owned()));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(error.to_string()))?;
        let bare = |cell: &str| cell.strip_prefix('\'').filter(|_| guarded).unwrap_or(cell).to_owned();
        rows.push(names.iter().zip(&record).map(|(name, cell)| (name.to_owned(), bare(cell))).collect());
    }
    Ok(rows)
}

fn cell<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

fn number(row: &Row, name: &str) -> u32 {
    cell(row, name).parse().unwrap_or(0)
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
