//! `JUnit` XML as the schema of Jenkins' `xUnit` plugin has it: one test case a document, one for each unused table and each
//! threshold.

use super::super::{CheckedDocument, Outcome};
use super::{location, low_score, message};

const SUITE: &str = "gazet check";

pub(super) fn write(outcome: &Outcome) -> String {
    let unused = outcome.unused.iter().map(|path| {
        let name = path.display().to_string();
        failed(&name, "unused", "no document has this table", "")
    });
    let low = outcome
        .low
        .iter()
        .map(|low| failed(&format!("{} {}", low.table, low.group), "threshold", &low_score(low), ""));
    let cases: Vec<String> = outcome.documents.iter().map(case).chain(unused).chain(low).collect();
    let failures =
        outcome.documents.iter().filter(|d| !d.passed()).count() + outcome.unused.len() + outcome.low.len();
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{SUITE}\" {counts}>\n  \
         <testsuite name=\"{SUITE}\" {counts}>\n{}  </testsuite>\n</testsuites>\n",
        cases.concat()
    )
}

fn case(document: &CheckedDocument) -> String {
    let lines: Vec<String> = document
        .differences
        .iter()
        .map(|difference| {
            let (line, column) =
                location(document, Some(difference)).place.or(difference.place).unwrap_or((1, 1));
            let tolerated = if difference.tolerated { " (within the thresholds)" } else { "" };
            format!("{line}:{column}: {}{tolerated}", message(difference))
        })
        .collect();
    let body = lines.join("\n");
    if let Some(problem) = &document.problem {
        return failed(&document.doc_id, "problem", problem, &body);
    }
    let failing: Vec<_> = document.differences.iter().filter(|difference| !difference.tolerated).collect();
    match failing.first() {
        Some(first) => {
            let told = format!("{} differences, the first: {}", failing.len(), message(first));
            failed(&document.doc_id, first.class.as_str(), &told, &body)
        }
        None if body.is_empty() => format!("    <testcase {}/>\n", names(&document.doc_id)),
        None => format!(
            "    <testcase {}>\n      <system-out>{}</system-out>\n    </testcase>\n",
            names(&document.doc_id),
            escaped(&body)
        ),
    }
}

fn failed(name: &str, class: &str, told: &str, body: &str) -> String {
    format!(
        "    <testcase {}>\n      <failure type=\"{class}\" message=\"{}\">{}</failure>\n    </testcase>\n",
        names(name),
        escaped(told),
        escaped(body)
    )
}

fn names(name: &str) -> String {
    format!("classname=\"{SUITE}\" name=\"{}\"", escaped(name))
}

/// Text as XML has it; characters that XML 1.0 cannot hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
