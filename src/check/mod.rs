//! Extractions that people have reviewed, kept beside the documents, and compared with what is extracted now.
//!
//! `observe` (what was found, as rows) and `expected` (the tables) → `align` (which row is which) → `classify` (what kind of
//! difference) and `scores` → `report` (one file a format) or `bless` (new expected tables). Reads no environment.

pub(crate) mod align;
mod bless;
pub(crate) mod classify;
mod expected;
mod observe;
pub mod report;
pub(crate) mod rows;
mod scores;
pub(crate) mod settings;

use std::path::PathBuf;

use crate::batch::{self, RunError};
use crate::model::{Document, Status};
use crate::options::Options;
use expected::{ExpectedRows, Folder};
use observe::Observed;
use settings::Settings;

pub use classify::{Change, Class, Difference};
pub(crate) use observe::hash;
pub use report::{Format, parse_format};
pub use scores::{Score, Scores, Share};
pub use settings::parse_threshold;

/// What to check.
#[derive(Debug, Default)]
pub struct CheckOptions {
    /// The folder of expected tables.
    pub expected: PathBuf,
    /// What to extract and how; nothing is written.
    pub extract: Options,
    /// The least F1 by type or relation; overrules `check.toml`.
    pub min_f1: Vec<(String, f64)>,
    /// Make the tables say what is found now.
    pub bless: bool,
}

/// Why a check could not be done.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The documents could not be extracted.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A table or `check.toml` is wrong.
    #[error("{0}")]
    Data(String),
}

/// A document that was checked.
#[derive(Clone, Debug, Default)]
pub struct CheckedDocument {
    /// Its id.
    pub doc_id: String,
    /// Its file; for a record with its line (`news.jsonl:12`).
    pub path: String,
    /// Is it one of several records of a file?
    pub is_record: bool,
    /// Differences, in the order of the text, mentions first.
    pub differences: Vec<Difference>,
    /// What else is wrong with it: not read, no expected table.
    pub problem: Option<String>,
}

impl CheckedDocument {
    /// Nothing that counts?
    pub fn passed(&self) -> bool {
        self.problem.is_none() && self.differences.iter().all(|difference| difference.tolerated)
    }
}

/// A score below its threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct LowScore {
    /// `mention` or `relation`.
    pub table: String,
    /// The type or relation.
    pub group: String,
    /// Its F1.
    pub f1: f64,
    /// What it should be.
    pub least: f64,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// All documents, in order.
    pub documents: Vec<CheckedDocument>,
    /// Expected tables that no document has.
    pub unused: Vec<PathBuf>,
    /// Scores of now.
    pub scores: Scores,
    /// Scores of the last blessing.
    pub blessed: Option<Scores>,
    /// Scores below their threshold.
    pub low: Vec<LowScore>,
    /// Files that the blessing changed.
    pub changed: Vec<PathBuf>,
}

impl Outcome {
    /// Nothing that counts?
    pub fn passed(&self) -> bool {
        self.unused.is_empty() && self.low.is_empty() && self.documents.iter().all(CheckedDocument::passed)
    }

    /// All differences, each with its document.
    pub fn differences(&self) -> impl Iterator<Item = (&CheckedDocument, &Difference)> {
        self.documents.iter().flat_map(|document| document.differences.iter().map(move |d| (document, d)))
    }
}

/// Extracts, compares and, if asked for, blesses.
pub fn check(options: CheckOptions) -> Result<Outcome, CheckError> {
    let settings = Settings::read(&options.expected, &options.min_f1)?;
    let mut checker = Checker {
        folder: Folder::open(&options.expected)?,
        outcome: Outcome { blessed: Scores::read(&options.expected), ..Outcome::default() },
        settings,
        bless: options.bless,
    };
    let mut extract = options.extract;
    extract.input.exclude.push(options.expected);
    let mut failed = None;
    let mut so_far = Observed::default();
    batch::survey(extract, &observe::observe, |document, seen, is_complete| {
        so_far.append(seen);
        if is_complete && failed.is_none() {
            failed = checker.document(&document, &std::mem::take(&mut so_far)).err();
        }
    })?;
    failed.map_or_else(|| checker.finish(), Err)
}

struct Checker {
    folder: Folder,
    settings: Settings,
    outcome: Outcome,
    bless: bool,
}

impl Checker {
    fn document(&mut self, document: &Document, seen: &Observed) -> Result<(), CheckError> {
        let mut checked = CheckedDocument {
            doc_id: document.doc_id.clone(),
            path: document.path.clone(),
            is_record: is_record(&document.path),
            ..CheckedDocument::default()
        };
        let expected = self.folder.rows_of(&document.doc_id)?;
        if document.status == Status::Failed {
            checked.problem = Some(format!("not read: {}", document.problem));
            self.outcome.documents.push(checked);
            return Ok(());
        }
        if expected.is_none() && !self.bless {
            checked.problem = Some("no expected table; --bless would write one".to_owned());
        }
        let mut rows = expected.clone().unwrap_or_default();
        if self.bless {
            rows = bless::blessed(&rows, seen, &self.settings);
            self.outcome.changed.extend(self.folder.write(&document.doc_id, &rows)?);
        }
        if expected.is_some() || self.bless {
            self.compare(&rows, seen, &mut checked);
        }
        self.outcome.documents.push(checked);
        Ok(())
    }

    fn compare(&mut self, rows: &ExpectedRows, seen: &Observed, checked: &mut CheckedDocument) {
        let (mentions, relations) = pairs(rows, seen);
        let scores = &mut self.outcome.scores;
        scores.count(&mentions, &rows.mentions, &seen.mentions);
        scores.count(&relations, &rows.relations, &seen.relations);
        let of_mentions = mentions.into_iter().filter_map(|pair| {
            let place = |fact: &rows::MentionFact| seen.place_of(&fact.spot);
            classify::difference(pair, &rows.mentions, &seen.mentions, &self.settings.mentions, place)
        });
        let of_relations = relations.into_iter().filter_map(|pair| {
            let place = |fact: &rows::RelationFact| seen.place_of(&fact.spot);
            classify::difference(pair, &rows.relations, &seen.relations, &self.settings.relations, place)
        });
        checked.differences = of_mentions.chain(of_relations).collect();
    }

    fn finish(mut self) -> Result<Outcome, CheckError> {
        if self.bless {
            let gone = self.folder.remove_unused()?;
            self.outcome.changed.extend(gone);
            let root = self.folder.root();
            let wrote = self.outcome.scores.write(root).map_err(|error| {
                CheckError::Data(format!("{}: cannot write the scores: {error}", root.display()))
            })?;
            self.outcome.changed.extend(wrote.then(|| root.join(scores::FILE)));
        }
        self.outcome.unused = self.folder.unused().map(PathBuf::from).collect();
        self.judge();
        Ok(self.outcome)
    }

    /// Holds the scores to their thresholds; differences that are no person's rows are tolerated within them.
    fn judge(&mut self) {
        let (settings, outcome) = (&self.settings, &mut self.outcome);
        for ((table, group), score) in &outcome.scores.groups {
            if let Some(least) = settings.least(group).filter(|least| score.strict_f1() < *least) {
                let (table, group, f1) = (table.clone(), group.clone(), score.strict_f1());
                outcome.low.push(LowScore { table, group, f1, least });
            }
        }
        for difference in outcome.documents.iter_mut().flat_map(|document| &mut document.differences) {
            let is_low = |low: &LowScore| low.table == difference.table && low.group == difference.group;
            difference.tolerated = !difference.gold
                && settings.least(&difference.group).is_some()
                && !outcome.low.iter().any(is_low);
        }
    }
}

/// Which rows are which.
fn pairs(rows: &ExpectedRows, seen: &Observed) -> (Vec<align::Pair>, Vec<align::Pair>) {
    let old: Vec<_> = rows.mentions.iter().map(|row| &row.fact).collect();
    let new: Vec<_> = seen.mentions.iter().map(|row| &row.fact).collect();
    let mentions = align::mentions(&old, &new);
    let old: Vec<_> = rows.relations.iter().map(|row| &row.fact).collect();
    let new: Vec<_> = seen.relations.iter().map(|row| &row.fact).collect();
    (mentions, align::relations(&old, &new))
}

/// `news.jsonl:12`.
fn is_record(path: &str) -> bool {
    let line = path.rsplit_once(':').map(|(_, line)| line);
    line.is_some_and(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
