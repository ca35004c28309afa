//! Expected tables: `<doc_id>.mentions.csv` and, if a document has relations, `<doc_id>.relations.csv`, in a folder that
//! git keeps. One pair a document, one row a line, in the order of the text, without counts or offsets from the start:
//! a change of one row is a diff of one line.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::CheckError;
use super::rows::{Expected, Facts, MentionFact, RelationFact, Spot};
use crate::input::file_name;

const MENTIONS: &str = ".mentions.csv";
const RELATIONS: &str = ".relations.csv";
const GOLD: &str = "gold";
const BASELINE: &str = "baseline";

/// What is expected of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct ExpectedRows {
    /// Mentions, in the order of the text.
    pub(super) mentions: Vec<Expected<MentionFact>>,
    /// Relations, in the order of the text.
    pub(super) relations: Vec<Expected<RelationFact>>,
}

/// The folder of expected tables.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Tables that no document has asked for.
    unused: BTreeSet<PathBuf>,
}

impl Folder {
    /// Lists the tables of the folder. A folder that is not there is empty.
    pub(super) fn open(root: &Path) -> Result<Self, CheckError> {
        let mut unused = BTreeSet::new();
        for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
            match entry {
                Ok(entry) if is_table(entry.path()) => drop(unused.insert(entry.into_path())),
                Ok(_) => {}
                Err(error) if error.io_error().is_some_and(|e| e.kind() == ErrorKind::NotFound) => {}
                Err(error) => {
                    return Err(CheckError::Data(format!("{}: cannot be read: {error}", root.display())));
                }
            }
        }
        Ok(Self { root: root.to_owned(), unused })
    }

    /// What is expected of a document; nothing if it has no table.
    pub(super) fn rows_of(&mut self, doc_id: &str) -> Result<Option<ExpectedRows>, CheckError> {
        let (mentions, relations) = self.paths(doc_id);
        let (has_mentions, has_relations) = (self.unused.remove(&mentions), self.unused.remove(&relations));
        if !has_mentions && !has_relations {
            return Ok(None);
        }
        Ok(Some(ExpectedRows {
            mentions: if has_mentions { read(&mentions)? } else { Vec::new() },
            relations: if has_relations { read(&relations)? } else { Vec::new() },
        }))
    }

    fn paths(&self, doc_id: &str) -> (PathBuf, PathBuf) {
        let path = |ending| self.root.join(file_name(doc_id, ending));
        (path(MENTIONS), path(RELATIONS))
    }

    /// Tables that no document has asked for.
    pub(super) fn unused(&self) -> impl Iterator<Item = &Path> {
        self.unused.iter().map(PathBuf::as_path)
    }

    /// The folder itself.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a document's tables where they differ from what is there. Gives the files that it changed.
    pub(super) fn write(&self, doc_id: &str, rows: &ExpectedRows) -> Result<Vec<PathBuf>, CheckError> {
        let (mentions, relations) = self.paths(doc_id);
        let mut changed = Vec::new();
        let texts = [
            (mentions, Some(table(&rows.mentions))),
            (relations, (!rows.relations.is_empty()).then(|| table(&rows.relations))),
        ];
        for (path, text) in texts {
            if replace(&path, text.as_deref()).map_err(|error| {
                CheckError::Data(format!("{}: cannot be written: {error}", path.display()))
            })? {
                changed.push(path);
            }
        }
        Ok(changed)
    }

    /// Removes the tables that no document has, unless a person's rows are in them. Gives those that are gone.
    pub(super) fn remove_unused(&mut self) -> Result<Vec<PathBuf>, CheckError> {
        let mut gone = Vec::new();
        for path in std::mem::take(&mut self.unused) {
            if holds_gold(&path)? {
                self.unused.insert(path);
                continue;
            }
            fs::remove_file(&path).map_err(|error| {
                CheckError::Data(format!("{}: cannot be removed: {error}", path.display()))
            })?;
            gone.push(path);
        }
        Ok(gone)
    }
}

fn is_table(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.ends_with(MENTIONS) || name.ends_with(RELATIONS)
}

fn holds_gold(path: &Path) -> Result<bool, CheckError> {
    let is_mentions = path.to_string_lossy().ends_with(MENTIONS);
    Ok(if is_mentions {
        read::<MentionFact>(path)?.iter().any(|row| row.gold)
    } else {
        read::<RelationFact>(path)?.iter().any(|row| row.gold)
    })
}

/// Puts the text in place, or removes the file. Says whether anything changed.
fn replace(path: &Path, text: Option<&str>) -> std::io::Result<bool> {
    let before = match fs::read_to_string(path) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match text {
        _ if before.as_deref() == text => return Ok(false),
        Some(text) => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(path, text)?;
        }
        None => fs::remove_file(path)?,
    }
    Ok(true)
}

/// The table as text: `status`, what the rows state, `sentence`, `tokens`.
fn table<F: Facts>(rows: &[Expected<F>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record([&["status"], F::COLUMNS, &["sentence", "tokens"]].concat());
    for row in rows {
        let spot = row.fact.spot();
        let tokens = spot.to_string();
        let status = if row.gold { GOLD } else { BASELINE };
        let cells = [vec![status], row.fact.cells(), vec![&spot.sentence, &tokens]].concat();
        let _ = writer.write_record(cells);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Reads a table. Columns may come in any order; one that is not there is empty, one that nobody knows an error.
fn read<F: Facts>(path: &Path) -> Result<Vec<Expected<F>>, CheckError> {
    let wrong = |line: u64, what: String| CheckError::Data(format!("{}:{line}: {what}", path.display()));
    let mut reader = csv::Reader::from_path(path).map_err(|error| wrong(1, error.to_string()))?;
    let header = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
    let known = |name: &&str| F::COLUMNS.contains(name) || ["status", "sentence", "tokens"].contains(name);
    if let Some(name) = header.iter().find(|name| !known(name)) {
        let expected = F::COLUMNS.join(", ");
        return Err(wrong(
            1,
            format!("no column \"{name}\" (expected status, {expected}, sentence, tokens)"),
        ));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record
            .map_err(|error| wrong(error.position().map_or(1, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(1, csv::Position::line);
        let cell = |name: &str| {
            header.iter().position(|h| h == name).and_then(|at| record.get(at)).unwrap_or_default().to_owned()
        };
        let gold = match cell("status").as_str() {
            GOLD => true,
            BASELINE | "" => false,
            other => return Err(wrong(line, format!("status \"{other}\" (expected {GOLD} or {BASELINE})"))),
        };
        let tokens = parse_tokens(&cell("tokens")).map_err(|what| wrong(line, what))?;
        let spot = Spot { sentence: cell("sentence"), tokens };
        rows.push(Expected { fact: F::from_cells(F::COLUMNS.iter().map(|c| cell(c)).collect(), spot), gold });
    }
    Ok(rows)
}

fn parse_tokens(cell: &str) -> Result<Option<(u32, u32)>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let parsed = cell.split_once("..").and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    parsed.map(Some).ok_or_else(|| format!("tokens \"{cell}\" (expected such as 3..5)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(text: &str, gold: bool) -> Expected<MentionFact> {
        let spot = Spot { sentence: "s0123abcd".to_owned(), tokens: Some((2, 4)) };
        Expected {
            fact: MentionFact { type_name: "place".into(), text: text.into(), spot, ..Default::default() },
            gold,
        }
    }

    #[test]
    fn tables_read_back_as_written_and_are_written_only_if_they_changed() {
        let folder = tempfile::tempdir().unwrap();
        let rows = ExpectedRows {
            mentions: vec![mention("Riga, \"old\"", true), mention("Oslo", false)],
            ..Default::default()
        };
        let tables = Folder::open(folder.path()).unwrap();
        assert_eq!(tables.write("a/b.txt", &rows).unwrap(), [folder.path().join("a/b.txt.mentions.csv")]);
        assert!(tables.write("a/b.txt", &rows).unwrap().is_empty());
        let mut tables = Folder::open(folder.path()).unwrap();
        assert_eq!(tables.unused().count(), 1);
        let read = tables.rows_of("a/b.txt").unwrap().unwrap();
        assert_eq!(tables.unused().count(), 0);
        assert_eq!(read.mentions[0].fact, rows.mentions[0].fact);
        assert!(read.mentions[0].gold && !read.mentions[1].gold);
        assert!(tables.rows_of("other").unwrap().is_none());
    }

    #[test]
    fn columns_may_be_left_out_and_wrong_cells_are_told_with_their_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.mentions.csv");
        fs::write(&path, "text,type\nRiga,place\n").unwrap();
        let rows = read::<MentionFact>(&path).unwrap();
        assert_eq!((rows[0].fact.text.as_str(), rows[0].gold), ("Riga", false));
        for (text, told) in [
            ("text,colour\n", "a.mentions.csv:1: no column \"colour\""),
            ("status,text\nsilver,Riga\n", "a.mentions.csv:2: status \"silver\" (expected gold or baseline)"),
            ("text,tokens\nRiga,2\n", "a.mentions.csv:2: tokens \"2\""),
        ] {
            fs::write(&path, text).unwrap();
            let error = read::<MentionFact>(&path).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn tables_without_a_document_go_unless_a_person_wrote_in_them() {
        let folder = tempfile::tempdir().unwrap();
        let tables = Folder::open(folder.path()).unwrap();
        for (id, gold) in [("a", true), ("b", false)] {
            let rows = ExpectedRows { mentions: vec![mention("Riga", gold)], ..Default::default() };
            tables.write(id, &rows).unwrap();
        }
        let mut tables = Folder::open(folder.path()).unwrap();
        assert_eq!(tables.remove_unused().unwrap(), [folder.path().join("b.mentions.csv")]);
        assert_eq!(tables.unused().collect::<Vec<_>>(), [folder.path().join("a.mentions.csv")]);
    }
}
