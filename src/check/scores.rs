//! How good the rows are, by type and relation: precision, recall and F1, strict (as expected in every column that
//! decides) and relaxed (the same thing, perhaps with another end); entity, value and modality apart, over rows that are
//! found at their place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::align::Pair;
use super::classify::{Class, Classified, changes};
use super::rows::{Expected, Found};
use super::settings::Columns;

/// The file that keeps the scores of the last blessing.
pub(super) const FILE: &str = "scores.csv";

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Rows that are right.
    pub right: u64,
    /// Rows that could be.
    pub of: u64,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += u64::from(right);
    }

    /// From 0 to 1; 1 if there is none that could be wrong.
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    pub fn value(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.right as f64 / self.of as f64 }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

/// Scores of a type or relation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Expected rows.
    pub expected: u64,
    /// Found rows.
    pub found: u64,
    /// Rows with the expected type and boundaries (relations: with the expected ends).
    pub strict: u64,
    /// Rows with the expected type that share text with the expected row.
    pub relaxed: u64,
    /// Of these, those that refer to what is expected.
    pub entity: Share,
    /// Of these, those with the expected value (dates), or qualifier and date (relations).
    pub value: Share,
    /// Of these, those with the expected modality.
    pub modality: Share,
}

impl Score {
    /// F1 of strict rows.
    pub fn strict_f1(&self) -> f64 {
        f1(self.strict, self.expected, self.found)
    }

    /// F1 of relaxed rows.
    pub fn relaxed_f1(&self) -> f64 {
        f1(self.relaxed, self.expected, self.found)
    }

    /// Of the found rows, those that are right.
    pub fn precision(&self) -> f64 {
        Share { right: self.strict, of: self.found }.value()
    }

    /// Of the expected rows, those that were found.
    pub fn recall(&self) -> f64 {
        Share { right: self.strict, of: self.expected }.value()
    }

    fn add(&mut self, other: &Self) {
        self.expected += other.expected;
        self.found += other.found;
        self.strict += other.strict;
        self.relaxed += other.relaxed;
        self.entity.add(other.entity);
        self.value.add(other.value);
        self.modality.add(other.modality);
    }

    fn numbers(&self) -> [u64; 10] {
        let Self { expected, found, strict, relaxed, entity, value, modality } = *self;
        let (entity, value, modality) =
            ([entity.right, entity.of], [value.right, value.of], [modality.right, modality.of]);
        [expected, found, strict, relaxed, entity[0], entity[1], value[0], value[1], modality[0], modality[1]]
    }

    fn from_numbers(n: [u64; 10]) -> Self {
        let share = |right, of| Share { right, of };
        Self {
            expected: n[0],
            found: n[1],
            strict: n[2],
            relaxed: n[3],
            entity: share(n[4], n[5]),
            value: share(n[6], n[7]),
            modality: share(n[8], n[9]),
        }
    }
}

/// The harmonic mean of precision and recall; 1 if nothing is expected and nothing found.
#[expect(clippy::cast_precision_loss, reason = "a score for people")]
fn f1(right: u64, expected: u64, found: u64) -> f64 {
    if expected + found == 0 { 1.0 } else { 2.0 * right as f64 / (expected + found) as f64 }
}

/// Scores by table (`mention`, `relation`) and type or relation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// In order.
    pub groups: BTreeMap<(String, String), Score>,
}

const COLUMNS: [&str; 12] = [
    "table",
    "type",
    "expected",
    "found",
    "strict",
    "relaxed",
    "entity_right",
    "entity_of",
    "value_right",
    "value_of",
    "modality_right",
    "modality_of",
];

impl Scores {
    /// Counts the pairs of one document.
    pub(super) fn count<F: Classified>(
        &mut self,
        pairs: &[Pair],
        expected: &[Expected<F>],
        found: &[Found<F>],
    ) {
        for row in expected {
            self.group::<F>(row.fact.group()).expected += 1;
        }
        for row in found {
            self.group::<F>(row.fact.group()).found += 1;
        }
        let rows = pairs.iter().filter_map(|pair| Some((expected.get(pair.old?)?, found.get(pair.new?)?)));
        for (old, new) in rows.filter(|(old, new)| old.fact.group() == new.fact.group()) {
            self.count_pair(&old.fact, &new.fact);
        }
    }

    fn count_pair<F: Classified>(&mut self, old: &F, new: &F) {
        let score = self.group::<F>(old.group());
        let all = changes(old, new, &Columns::default());
        let same = |class| all.iter().all(|change| F::class_of(change.column) != class);
        let has = |class| {
            let cells = F::COLUMNS.iter().zip(old.cells());
            cells.filter(|(column, _)| F::class_of(column) == class).any(|(_, cell)| !cell.is_empty())
        };
        score.relaxed += 1;
        score.strict += u64::from(same(Class::Boundary));
        for (class, share) in [
            (Class::Entity, &mut score.entity),
            (Class::Value, &mut score.value),
            (Class::Modality, &mut score.modality),
        ] {
            if has(class) {
                share.count(same(class));
            }
        }
    }

    fn group<F: Classified>(&mut self, group: &str) -> &mut Score {
        self.groups.entry((F::TABLE.to_owned(), group.to_owned())).or_default()
    }

    /// Of all types, or of all relations.
    pub fn total(&self, table: &str) -> Score {
        let mut total = Score::default();
        self.groups.iter().filter(|((of, _), _)| of == table).for_each(|(_, score)| total.add(score));
        total
    }

    /// Reads what the last blessing kept, if there was one.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let mut reader = csv::Reader::from_path(folder.join(FILE)).ok()?;
        let mut scores = Self::default();
        for row in reader.records() {
            let row = row.ok()?;
            let mut numbers = [0; 10];
            for (at, number) in numbers.iter_mut().enumerate() {
                *number = row.get(at + 2)?.parse().ok()?;
            }
            let key = (row.get(0)?.to_owned(), row.get(1)?.to_owned());
            scores.groups.insert(key, Score::from_numbers(numbers));
        }
        Some(scores)
    }

    /// Writes them, if they changed. Says whether they did.
    pub(super) fn write(&self, folder: &Path) -> std::io::Result<bool> {
        let mut text = COLUMNS.join(",") + "\n";
        for ((table, group), score) in &self.groups {
            let numbers = score.numbers().map(|n| n.to_string()).join(",");
            let _ = writeln!(text, "{table},{group},{numbers}");
        }
        let path = folder.join(FILE);
        let is_new = fs::read_to_string(&path).ok().as_deref() != Some(text.as_str());
        if is_new {
            fs::write(&path, text)?;
        }
        Ok(is_new)
    }
}
