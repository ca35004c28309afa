//! SARIF 2.1.0: one result a difference, with line and column in code points.

use serde_json::{Map, Value, json};
use std::fmt::Write as _;

use super::super::{CheckedDocument, Class, Difference, Outcome};
use super::{Location, location, low_score, message};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Rules besides the classes of differences.
const OTHERS: [(&str, &str); 3] = [
    ("problem", "A document could not be read, or has no expected table"),
    ("unused", "An expected table that no document has"),
    ("threshold", "A score is below its threshold"),
];

pub(super) fn write(outcome: &Outcome) -> String {
    let classes = Class::ALL.map(|class| (class.as_str(), class.about()));
    let rules: Vec<Value> = classes
        .into_iter()
        .chain(OTHERS)
        .map(|(id, about)| json!({ "id": id, "shortDescription": { "text": about } }))
        .collect();
    let driver = json!({ "name": "gazet", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": results(outcome),
    });
    format!("{:#}\n", json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

fn results(outcome: &Outcome) -> Vec<Value> {
    let mut results = Vec::new();
    for document in &outcome.documents {
        if let Some(problem) = &document.problem {
            results.push(result("problem", "error", problem, &location(document, None)));
        }
        results.extend(document.differences.iter().map(|d| of_difference(document, d)));
    }
    for path in &outcome.unused {
        let path = path.display().to_string();
        let location = Location { path: &path, place: None };
        results.push(result("unused", "error", "no document has this table", &location));
    }
    for low in &outcome.low {
        results.push(json!({
            "ruleId": "threshold",
            "level": "error",
            "message": { "text": low_score(low) },
        }));
    }
    results
}

fn of_difference(document: &CheckedDocument, difference: &Difference) -> Value {
    let level = if difference.tolerated { "note" } else { "error" };
    let location = location(document, Some(difference));
    result(difference.class.as_str(), level, &message(difference), &location)
}

fn result(rule: &str, level: &str, text: &str, location: &Location<'_>) -> Value {
    let mut physical = Map::new();
    physical.insert("artifactLocation".to_owned(), json!({ "uri": uri(location.path) }));
    if let Some((line, column)) = location.place {
        physical.insert("region".to_owned(), json!({ "startLine": line, "startColumn": column }));
    }
    json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical }],
    })
}

/// A path as a URI reference: `/` between parts, everything else that is not plain escaped.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    if path.starts_with('/') { format!("file://{out}") } else { out }
}
