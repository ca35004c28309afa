//! What kind of difference there is between an expected row and the found one.

use super::align::Pair;
use super::rows::{Expected, Facts, Found, MentionFact, RelationFact};
use super::settings::Columns;

/// A kind of difference, the most telling first: of several in one row, the first is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Expected, not found.
    Missing,
    /// Found, not expected.
    Spurious,
    /// Another type, or another relation between the two.
    Type,
    /// It begins or ends elsewhere; a relation has another end.
    Boundary,
    /// It refers to something else.
    Entity,
    /// Another date, modifier or qualifier.
    Value,
    /// Stated in another way, or by somebody else.
    Modality,
}

impl Class {
    /// All, in order.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::Spurious,
        Self::Type,
        Self::Boundary,
        Self::Entity,
        Self::Value,
        Self::Modality,
    ];

    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Spurious => "spurious",
            Self::Type => "type",
            Self::Boundary => "boundary",
            Self::Entity => "entity",
            Self::Value => "value",
            Self::Modality => "modality",
        }
    }

    /// What it means, for people.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Missing => "An expected row was not found",
            Self::Spurious => "A found row was not expected",
            Self::Type => "Another type, or another relation",
            Self::Boundary => "It begins or ends elsewhere, or a relation has another end",
            Self::Entity => "It refers to something else",
            Self::Value => "Another date, modifier or qualifier",
            Self::Modality => "Stated in another way, or by somebody else",
        }
    }
}

/// A column in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The column.
    pub column: &'static str,
    /// Its cell in the expected row.
    pub expected: String,
    /// Its cell in the found row.
    pub found: String,
}

/// A difference between what is expected of a document and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its kind.
    pub class: Class,
    /// `mention` or `relation`.
    pub table: &'static str,
    /// The type or the relation under which it counts.
    pub group: String,
    /// The row, as people read it: the found one, or the missing one.
    pub shown: String,
    /// Where they differ; empty if one is missing.
    pub changes: Vec<Change>,
    /// Line and column in the document's text; none if the text no longer has the place.
    pub place: Option<(u32, u32)>,
    /// What made the found row.
    pub source: String,
    /// Was the expected row checked by a person?
    pub gold: bool,
    /// Within the thresholds: told, but no failure.
    pub tolerated: bool,
}

/// Rows with a table of their own.
pub(crate) trait Classified: Facts {
    /// `mention` or `relation`.
    const TABLE: &'static str;
    /// The same for many: the table's file.
    const TABLES: &'static str;
    /// The kind of a difference in this column.
    fn class_of(column: &str) -> Class;
}

impl Classified for MentionFact {
    const TABLE: &'static str = "mention";
    const TABLES: &'static str = "mentions";

    fn class_of(column: &str) -> Class {
        match column {
            "text" => Class::Boundary,
            "entity_id" => Class::Entity,
            "value" | "mod" => Class::Value,
            _ => Class::Type,
        }
    }
}

impl Classified for RelationFact {
    const TABLE: &'static str = "relation";
    const TABLES: &'static str = "relations";

    fn class_of(column: &str) -> Class {
        match column {
            "subject" | "object" => Class::Boundary,
            "subject_id" | "object_id" => Class::Entity,
            "qualifier" | "date" => Class::Value,
            "modality" | "claimed_by_id" => Class::Modality,
            _ => Class::Type,
        }
    }
}

/// The columns that count and differ.
pub(crate) fn changes<F: Facts>(old: &F, new: &F, columns: &Columns) -> Vec<Change> {
    let cells = F::COLUMNS.iter().zip(old.cells()).zip(new.cells());
    cells
        .filter(|((column, old), new)| old != new && columns.counts(column))
        .map(|((&column, old), new)| Change { column, expected: old.to_owned(), found: new.to_owned() })
        .collect()
}

/// The difference of a pair, if there is one. `place_of` says where a missing row would stand.
pub(super) fn difference<F: Classified>(
    pair: Pair,
    expected: &[Expected<F>],
    found: &[Found<F>],
    columns: &Columns,
    place_of: impl Fn(&F) -> Option<(u32, u32)>,
) -> Option<Difference> {
    let old = pair.old.and_then(|at| expected.get(at));
    let new = pair.new.and_then(|at| found.get(at));
    let fact = new.map(|row| &row.fact).or(old.map(|row| &row.fact))?;
    let (class, changes) = match (old, new) {
        (Some(_), None) => (Class::Missing, Vec::new()),
        (None, _) => (Class::Spurious, Vec::new()),
        (Some(old), Some(new)) => {
            let changes = changes(&old.fact, &new.fact, columns);
            (changes.iter().map(|change| F::class_of(change.column)).min()?, changes)
        }
    };
    Some(Difference {
        class,
        table: F::TABLE,
        group: old.map_or(fact, |row| &row.fact).group().to_owned(),
        shown: fact.shown(),
        changes,
        place: new.map_or_else(|| place_of(fact), |row| Some(row.place)),
        source: new.map(|row| row.source.clone()).unwrap_or_default(),
        gold: old.is_some_and(|row| row.gold),
        tolerated: false,
    })
}
