//! `check.toml` in the folder of expected tables: thresholds, and which columns count.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::CheckError;
use super::rows::{Facts, MentionFact, RelationFact};

/// The file's name.
pub(super) const FILE: &str = "check.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    /// Columns of mentions that count; all if none is named.
    mentions: Option<Vec<String>>,
    /// Columns of relations that count.
    relations: Option<Vec<String>>,
    /// The least F1 of a type or relation, or of `all`.
    #[serde(default)]
    min_f1: BTreeMap<String, f64>,
}

/// Columns that count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns(Option<Vec<String>>);

impl Columns {
    /// Does a difference in this column count?
    pub(super) fn counts(&self, column: &str) -> bool {
        self.0.as_ref().is_none_or(|named| named.iter().any(|name| name == column))
    }
}

/// What a check holds the rows to.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// Columns of mentions.
    pub(super) mentions: Columns,
    /// Columns of relations.
    pub(super) relations: Columns,
    /// The least F1 by type or relation; `all` stands for those not named.
    pub(super) min_f1: BTreeMap<String, f64>,
}

impl Settings {
    /// Reads the file, if there is one; `min_f1` of the command line overrules it.
    pub(super) fn read(folder: &Path, min_f1: &[(String, f64)]) -> Result<Self, CheckError> {
        let path = folder.join(FILE);
        let form = match fs::read_to_string(&path) {
            Ok(text) => {
                parse(&text).map_err(|error| CheckError::Data(format!("{}: {error}", path.display())))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Form::default(),
            Err(error) => {
                return Err(CheckError::Data(format!("{}: cannot be read: {error}", path.display())));
            }
        };
        let mut settings = Self {
            mentions: Columns(form.mentions),
            relations: Columns(form.relations),
            min_f1: form.min_f1,
        };
        settings.min_f1.extend(min_f1.iter().cloned());
        Ok(settings)
    }

    /// The least F1 of a type or relation, if there is one.
    pub(super) fn least(&self, group: &str) -> Option<f64> {
        self.min_f1.get(group).or_else(|| self.min_f1.get("all")).copied()
    }
}

fn parse(text: &str) -> Result<Form, String> {
    let form: Form = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        format!("line {line}: {}", error.message())
    })?;
    known(form.mentions.as_ref(), MentionFact::COLUMNS)?;
    known(form.relations.as_ref(), RelationFact::COLUMNS)?;
    match form.min_f1.iter().find(|(_, n)| !(0.0..=1.0).contains(*n)) {
        Some((name, n)) => Err(format!("min_f1.{name} = {n} (expected 0 to 1)")),
        None => Ok(form),
    }
}

fn known(named: Option<&Vec<String>>, columns: &[&str]) -> Result<(), String> {
    let unknown = named.into_iter().flatten().find(|name| !columns.contains(&name.as_str()));
    unknown.map_or(Ok(()), |name| Err(format!("no column \"{name}\" (expected {})", columns.join(", "))))
}

/// Reads `TYPE=N`.
pub fn parse_threshold(text: &str) -> Result<(String, f64), String> {
    let expected = || "expected TYPE=N with N from 0 to 1, such as person=0.95 or all=0.9".to_owned();
    let (group, least) = text.split_once('=').ok_or_else(expected)?;
    let least: f64 = least.parse().map_err(|_| expected())?;
    let is_good = !group.is_empty() && (0.0..=1.0).contains(&least);
    if is_good { Ok((group.to_owned(), least)) } else { Err(expected()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_columns_and_fields_are_refused_with_what_was_expected() {
        assert!(parse("mentions = [\"text\", \"colour\"]").unwrap_err().contains("no column \"colour\""));
        assert!(parse("a = 1\n").unwrap_err().starts_with("line 1: unknown field"));
        assert!(parse("[min_f1]\nperson = 2.0\n").unwrap_err().contains("expected 0 to 1"));
    }

    #[test]
    fn the_command_line_overrules_the_file_and_all_stands_for_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "mentions = [\"text\"]\n[min_f1]\nall = 0.5\nperson = 0.9\n")
            .unwrap();
        let settings = Settings::read(folder.path(), &[("person".to_owned(), 0.7)]).unwrap();
        assert_eq!((settings.least("person"), settings.least("place")), (Some(0.7), Some(0.5)));
        assert!(settings.mentions.counts("text") && !settings.mentions.counts("subtype"));
        assert!(settings.relations.counts("date"));
    }

    #[test]
    fn thresholds_are_read_and_bad_ones_refused() {
        assert_eq!(parse_threshold("person=0.95"), Ok(("person".to_owned(), 0.95)));
        for wrong in ["person", "=1", "person=2", "person=x", "person=NaN"] {
            assert!(parse_threshold(wrong).is_err(), "{wrong}");
        }
    }
}
