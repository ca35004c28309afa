//! Rule files of this stage: patterns with the parts that they share, what a match means, examples.

use super::meaning::{self, Lean, Order};
use crate::gazetteer::{DataError, Folder, Gazetteer};
use crate::model::DateKind;
use crate::rules::{Compiler, Counter, Example, Pattern, Patterns, Trial, line_with, parse_rules};
use crate::text::Vocabulary;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where rule files lie in a gazetteer folder.
const FOLDER: &str = "rules/dates/";
/// How deep parts may name parts.
const DEPTH: usize = 12;

/// A rule file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    /// Pieces of patterns, written `$name` in patterns and parts of all files.
    #[serde(default)]
    parts: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    pattern: Patterns,
    emit: Emits,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counter: Vec<Counter>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Emits {
    One(Box<Emit>),
    Many(Vec<Emit>),
}

/// What kind of meaning a match has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Make {
    /// A place in the calendar.
    Calendar,
    /// A unit counted from an anchor: `last year`.
    Unit,
    /// So much time from an anchor: `two weeks ago`.
    Away,
    /// So much time.
    Length,
    /// A calendar part that recurs.
    Recurring,
    /// A value as it stands.
    Fixed,
    /// No date: nothing else is found in these words.
    Nothing,
}

/// What a match means: which captures play which part.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Emit {
    pub(super) make: Make,
    /// The capture that the mention covers; by default `span`, else the whole match.
    pub(super) span: Option<String>,
    /// `date`, `time`, `duration`, `set`, if not the usual one.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Part to capture, where they are called differently; an empty capture name leaves the part out.
    #[serde(default)]
    pub(super) take: BTreeMap<String, String>,
    pub(super) unit: Option<String>,
    pub(super) amount: Option<i64>,
    pub(super) shift: Option<i32>,
    pub(super) anchor: Option<meaning::Anchor>,
    pub(super) lean: Option<Lean>,
    /// What the words show of the order of day and month.
    pub(super) order: Option<Order>,
    /// The value as it stands; `YYYY` in it is the document's year.
    pub(super) value: Option<String>,
    pub(super) modifier: Option<String>,
}

impl Emit {
    /// The type that the rule asks for.
    pub(super) fn kind(&self) -> Option<DateKind> {
        let all = [DateKind::Date, DateKind::Time, DateKind::Duration, DateKind::Set];
        all.into_iter().find(|k| Some(k.as_str()) == self.kind.as_deref())
    }
}

/// A compiled rule; a rule with several patterns gives several.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// File stem and id (`calendar/day_month_year`).
    pub(super) id: Box<str>,
    pub(super) pattern: Pattern,
    pub(super) emits: Vec<Emit>,
}

/// Reads and compiles the rule files of all folders.
pub(super) fn load(
    folders: &[Folder],
    gazetteer: &Gazetteer,
    vocabulary: &mut Vocabulary,
) -> Result<(Vec<Rule>, Vec<Trial>), Vec<DataError>> {
    let mut errors = Vec::new();
    let mut files = Vec::new();
    for (path, name, bytes) in rule_files(folders) {
        match parse_rules::<RuleFile>(&path, bytes) {
            Ok(file) => files.push(Source { path, stem: stem(name).to_owned(), bytes, file }),
            Err(error) => errors.push(error),
        }
    }
    let parts: BTreeMap<String, String> = files
        .iter()
        .flat_map(|s| s.file.parts.iter().map(|(name, text)| (name.clone(), text.clone())))
        .collect();
    let mut build =
        Build { parts: &parts, compiler: Compiler::new(gazetteer, vocabulary), rules: Vec::new(), errors };
    let mut trials = Vec::new();
    for source in &files {
        for rule in &source.file.rule {
            build.rule(source, rule);
            trials.extend(trials_of(source, rule));
        }
    }
    if build.errors.is_empty() { Ok((build.rules, trials)) } else { Err(build.errors) }
}

struct Source<'a> {
    path: String,
    stem: String,
    bytes: &'a [u8],
    file: RuleFile,
}

/// Path as shown, path inside the folder, and content, of every rule file.
fn rule_files(folders: &[Folder]) -> Vec<(String, &str, &[u8])> {
    let mut found = Vec::new();
    for folder in folders {
        let mut names: Vec<&str> = folder.files.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.retain(|n| n.starts_with(FOLDER) && n.ends_with(".toml"));
        for name in names {
            if let Some(bytes) = folder.file(name) {
                found.push((folder.path_of(name), name, bytes));
            }
        }
    }
    found
}

fn stem(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim_end_matches(".toml")
}

struct Build<'a> {
    parts: &'a BTreeMap<String, String>,
    compiler: Compiler<'a>,
    rules: Vec<Rule>,
    errors: Vec<DataError>,
}

impl Build<'_> {
    fn rule(&mut self, source: &Source<'_>, text: &RuleText) {
        let emits = match &text.emit {
            Emits::One(one) => vec![(**one).clone()],
            Emits::Many(many) => many.clone(),
        };
        let line = |pattern: &str| line_with(&String::from_utf8_lossy(source.bytes), pattern);
        for pattern in text.pattern.iter() {
            let expanded = expand(pattern, self.parts, DEPTH);
            let compiled = expanded.and_then(|p| {
                self.compiler
                    .compile(&p)
                    .map_err(|e| (e.to_string(), "a pattern as rules describe".to_owned()))
            });
            match compiled {
                Ok(compiled) if !compiled.is_anchored() => {
                    let what = "nothing in it tells where to look";
                    let expected = "a word, a word list or a number at the start";
                    self.errors.push(DataError::new(&source.path, line(pattern), what, expected));
                }
                Ok(pattern) => {
                    let id = format!("{}/{}", source.stem, text.id).into();
                    self.rules.push(Rule { id, pattern, emits: emits.clone() });
                }
                Err((what, expected)) => {
                    self.errors.push(DataError::new(&source.path, line(pattern), what, expected));
                }
            }
        }
    }
}

/// The pattern with its parts written out.
fn expand(pattern: &str, parts: &BTreeMap<String, String>, depth: usize) -> Result<String, (String, String)> {
    if depth == 0 {
        return Err(("parts name each other in a circle".into(), "parts that end".into()));
    }
    let mut pieces = pattern.split('$');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let length = piece.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(piece.len());
        let (name, rest) = piece.split_at(length);
        if name.is_empty() {
            out.push('$');
        } else {
            let part = parts
                .get(name)
                .ok_or_else(|| (format!("no part ${name}"), "a name of a [parts] table".to_owned()))?;
            out = format!("{out}({})", expand(part, parts, depth - 1)?);
        }
        out.push_str(rest);
    }
    Ok(out)
}

fn trials_of(source: &Source<'_>, rule: &RuleText) -> Vec<Trial> {
    let id = format!("{}/{}", source.stem, rule.id);
    let examples = rule.example.iter().map(|e| Trial {
        rule: id.clone(),
        text: e.text.clone(),
        date: e.date.clone(),
        expect: e.expect.clone(),
        fires: true,
    });
    let counters = rule.counter.iter().map(|c| Trial {
        rule: id.clone(),
        text: c.text.clone(),
        date: c.date.clone(),
        expect: c.allow.clone(),
        fires: false,
    });
    examples.chain(counters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_out_and_may_name_parts() {
        let parts = BTreeMap::from([
            ("day".to_owned(), "<num:1-31>".to_owned()),
            ("month_day".to_owned(), "{months} $day".to_owned()),
            ("loop".to_owned(), "$loop".to_owned()),
        ]);
        assert_eq!(expand("$month_day , x", &parts, DEPTH).unwrap(), "({months} (<num:1-31>)) , x");
        assert_eq!(expand("\"$\" $day?", &parts, DEPTH).unwrap(), "\"$\" (<num:1-31>)?");
        assert_eq!(expand("$week", &parts, DEPTH).unwrap_err().0, "no part $week");
        assert!(expand("$loop", &parts, DEPTH).is_err());
    }
}
