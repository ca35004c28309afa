//! Makes expected rows say what was found, and changes nothing else: rows that hold stay as they are, rows that a person
//! checked stay whatever was found.

use super::align::Pair;
use super::classify::{Classified, changes};
use super::expected::ExpectedRows;
use super::observe::Observed;
use super::pairs;
use super::rows::{Expected, Found};
use super::settings::{Columns, Settings};

/// The rows that a review would agree to.
pub(super) fn blessed(rows: &ExpectedRows, seen: &Observed, settings: &Settings) -> ExpectedRows {
    let (mentions, relations) = pairs(rows, seen);
    ExpectedRows {
        mentions: table(&mentions, &rows.mentions, &seen.mentions, &settings.mentions),
        relations: table(&relations, &rows.relations, &seen.relations, &settings.relations),
    }
}

fn table<F: Classified>(
    pairs: &[Pair],
    expected: &[Expected<F>],
    found: &[Found<F>],
    columns: &Columns,
) -> Vec<Expected<F>> {
    let row = |pair: &Pair| {
        let old = pair.old.and_then(|at| expected.get(at));
        let new = pair.new.and_then(|at| found.get(at));
        match (old, new) {
            (Some(old), Some(new)) if changes(&old.fact, &new.fact, columns).is_empty() => {
                Some(moved(old, new))
            }
            (Some(old), _) if old.gold => Some(old.clone()),
            (_, Some(new)) => Some(Expected { fact: new.fact.clone(), gold: false }),
            (_, None) => None,
        }
    };
    pairs.iter().filter_map(row).collect()
}

/// A row that holds, at the place where it was found.
fn moved<F: Classified>(old: &Expected<F>, new: &Found<F>) -> Expected<F> {
    let mut row = old.clone();
    row.fact.spot_mut().clone_from(new.fact.spot());
    row
}
