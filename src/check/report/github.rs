//! Workflow commands of GitHub Actions, which show as annotations at the lines of files.

use super::super::Outcome;
use super::{Location, location, low_score, message, summary};
use std::fmt::Write as _;

pub(super) fn write(outcome: &Outcome) -> String {
    let mut out = String::new();
    for document in &outcome.documents {
        if let Some(problem) = &document.problem {
            out += &command("error", "problem", problem, Some(&location(document, None)));
        }
        for difference in &document.differences {
            let level = if difference.tolerated { "notice" } else { "error" };
            let location = location(document, Some(difference));
            out += &command(level, difference.class.as_str(), &message(difference), Some(&location));
        }
    }
    for path in &outcome.unused {
        let path = path.display().to_string();
        let location = Location { path: &path, place: None };
        out += &command("error", "unused", "no document has this table", Some(&location));
    }
    for low in &outcome.low {
        out += &command("error", "threshold", &low_score(low), None);
    }
    out + &command("notice", "summary", &summary(outcome), None)
}

fn command(level: &str, title: &str, text: &str, location: Option<&Location<'_>>) -> String {
    let mut properties = String::new();
    if let Some(location) = location {
        let _ = write!(properties, "file={},", property(location.path));
        if let Some((line, column)) = location.place {
            let _ = write!(properties, "line={line},col={column},");
        }
    }
    format!("::{level} {properties}title={}::{}\n", property(&format!("gazet: {title}")), data(text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
