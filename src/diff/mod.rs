//! What is different between the tables of two runs, grouped by the list line or rule that made the difference.
//!
//! `tables` reads the rows back, the alignment is that of `check`. A row that only the first run has is charged to what the
//! second run has in its place, if anything.

mod tables;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::check::align::{self, Pair};
use crate::check::classify::{Class, Classified, changes};
use crate::check::rows::Found;
use crate::check::settings::Columns;
use tables::{DocumentRows, Tables};

/// Why two runs could not be compared.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {what}")]
pub struct DiffError {
    /// The table.
    pub path: String,
    /// What is wrong with it.
    pub what: String,
}

/// What one list line or rule changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// Rows that only the second run has.
    pub added: usize,
    /// Rows that only the first run has.
    pub removed: usize,
    /// Rows of both that differ, by kind.
    pub changed: BTreeMap<&'static str, usize>,
    /// The first few, as people read them.
    pub examples: Vec<String>,
}

impl Cause {
    /// Rows that it touched.
    pub fn size(&self) -> usize {
        self.added + self.removed + self.changed.values().sum::<usize>()
    }
}

/// All differences of two runs.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// By table (`mentions`, `relations`) and list line or rule.
    pub causes: BTreeMap<(&'static str, String), Cause>,
    /// Documents that only the first run has.
    pub gone: Vec<String>,
    /// Documents that only the second run has.
    pub new: Vec<String>,
}

impl Differences {
    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty() && self.gone.is_empty() && self.new.is_empty()
    }
}

/// Enough to see what a cause does.
const MOST_EXAMPLES: usize = 3;

/// Compares the tables in two output folders.
pub fn diff(first: &Path, second: &Path) -> Result<Differences, DiffError> {
    let (old, new) = (Tables::read(first)?, Tables::read(second)?);
    let mut differences = Differences::default();
    for (doc_id, old_rows) in &old.documents {
        match new.documents.get(doc_id) {
            Some(new_rows) => differences.document(doc_id, old_rows, new_rows),
            None => differences.gone.push(doc_id.clone()),
        }
    }
    let unknown = |doc_id: &&String| !old.documents.contains_key(*doc_id);
    differences.new = new.documents.keys().filter(unknown).cloned().collect();
    Ok(differences)
}

impl Differences {
    fn document(&mut self, doc_id: &str, old: &DocumentRows, new: &DocumentRows) {
        let same_text = old.chars == new.chars;
        let (before, after) = (old.mentions(same_text), new.mentions(same_text));
        let (a, b): (Vec<_>, Vec<_>) =
            (before.iter().map(|m| &m.fact).collect(), after.iter().map(|m| &m.fact).collect());
        for pair in align::mentions(&a, &b) {
            let in_its_place = |row: &Found<_>| in_its_place(row, &after);
            self.pair(doc_id, rows_of(pair, &before, &after), in_its_place);
        }
        let (before, after) = (old.relations(same_text), new.relations(same_text));
        let (a, b): (Vec<_>, Vec<_>) =
            (before.iter().map(|r| &r.fact).collect(), after.iter().map(|r| &r.fact).collect());
        for pair in align::relations(&a, &b) {
            self.pair(doc_id, rows_of(pair, &before, &after), |_| None);
        }
    }

    fn pair<F: Classified>(
        &mut self,
        doc_id: &str,
        (old, new): (Option<&Found<F>>, Option<&Found<F>>),
        in_its_place: impl Fn(&Found<F>) -> Option<String>,
    ) {
        let (cause, class, row) = match (old, new) {
            (Some(old), Some(new)) => {
                let changes = changes(&old.fact, &new.fact, &Columns::default());
                let Some(class) = changes.iter().map(|c| F::class_of(c.column)).min() else { return };
                (new.source.clone(), class, new)
            }
            (Some(old), None) => {
                (in_its_place(old).unwrap_or_else(|| old.source.clone()), Class::Missing, old)
            }
            (None, Some(new)) => (new.source.clone(), Class::Spurious, new),
            (None, None) => return,
        };
        let cause = self.causes.entry((F::TABLES, cause)).or_default();
        let mark = match class {
            Class::Missing => {
                cause.removed += 1;
                "-"
            }
            Class::Spurious => {
                cause.added += 1;
                "+"
            }
            other => {
                *cause.changed.entry(other.as_str()).or_default() += 1;
                "~"
            }
        };
        if cause.examples.len() < MOST_EXAMPLES {
            let was = old
                .filter(|_| mark == "~")
                .map_or_else(String::new, |old| format!("{} → ", old.fact.shown()));
            cause.examples.push(format!(
                "{mark} {doc_id}:{}:{} {was}{}",
                row.place.0,
                row.place.1,
                row.fact.shown()
            ));
        }
    }
}

/// The rows of a pair.
fn rows_of<'a, F>(
    pair: Pair,
    before: &'a [Found<F>],
    after: &'a [Found<F>],
) -> (Option<&'a Found<F>>, Option<&'a Found<F>>) {
    (pair.old.and_then(|at| before.get(at)), pair.new.and_then(|at| after.get(at)))
}

/// What made the row of the second run that stands where a row of the first one stood.
fn in_its_place(
    row: &Found<crate::check::rows::MentionFact>,
    after: &[Found<crate::check::rows::MentionFact>],
) -> Option<String> {
    after.iter().find(|other| row.fact.spot.overlap(&other.fact.spot) > 0).map(|other| other.source.clone())
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, documents) in
            [("only in the first run", &self.gone), ("only in the second run", &self.new)]
        {
            for doc_id in documents {
                writeln!(f, "{doc_id}: {what}")?;
            }
        }
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by(|a, b| b.1.size().cmp(&a.1.size()).then_with(|| a.0.cmp(b.0)));
        for ((table, source), cause) in causes {
            write!(f, "{source}: +{} −{} {table}", cause.added, cause.removed)?;
            for (class, n) in &cause.changed {
                write!(f, ", {n} {class}")?;
            }
            writeln!(f)?;
            for example in &cause.examples {
                writeln!(f, "    {example}")?;
            }
        }
        if self.is_empty() { writeln!(f, "no difference") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
