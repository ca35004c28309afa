//! For programs: everything that the other formats say.

use serde_json::{Value, json};

use super::super::{CheckedDocument, Difference, Outcome, Share};
use super::{ScoreRow, score_rows};

pub(super) fn write(outcome: &Outcome) -> String {
    let paths = |paths: &[std::path::PathBuf]| -> Vec<String> {
        paths.iter().map(|path| path.display().to_string()).collect()
    };
    let low: Vec<Value> = outcome
        .low
        .iter()
        .map(
            |low| json!({ "table": low.table, "type": low.group, "f1": rounded(low.f1), "least": low.least }),
        )
        .collect();
    let report = json!({
        "passed": outcome.passed(),
        "documents": outcome.documents.iter().map(document).collect::<Vec<_>>(),
        "unused": paths(&outcome.unused),
        "scores": score_rows(outcome).iter().map(score).collect::<Vec<_>>(),
        "low": low,
        "written": paths(&outcome.changed),
    });
    format!("{report:#}\n")
}

fn document(document: &CheckedDocument) -> Value {
    json!({
        "doc_id": document.doc_id,
        "path": document.path,
        "passed": document.passed(),
        "problem": document.problem,
        "differences": document.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn difference(difference: &Difference) -> Value {
    let changes: Vec<Value> = difference
        .changes
        .iter()
        .map(|c| json!({ "column": c.column, "expected": c.expected, "found": c.found }))
        .collect();
    json!({
        "class": difference.class.as_str(),
        "table": difference.table,
        "type": difference.group,
        "row": difference.shown,
        "line": difference.place.map(|(line, _)| line),
        "column": difference.place.map(|(_, column)| column),
        "changes": changes,
        "source": difference.source,
        "gold": difference.gold,
        "tolerated": difference.tolerated,
    })
}

fn score(row: &ScoreRow) -> Value {
    let share = |share: Share| (share.of > 0).then(|| rounded(share.value()));
    let score = &row.score;
    json!({
        "table": row.table,
        "type": row.group,
        "expected": score.expected,
        "found": score.found,
        "precision": rounded(score.precision()),
        "recall": rounded(score.recall()),
        "f1": rounded(score.strict_f1()),
        "f1_relaxed": rounded(score.relaxed_f1()),
        "entity": share(score.entity),
        "value": share(score.value),
        "modality": share(score.modality),
        "f1_change": row.change.map(rounded),
    })
}

/// Four digits: more would promise what no sample holds.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
