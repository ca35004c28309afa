//! Reading rule files: what all stages' files have in common.

use crate::gazetteer::DataError;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A text and what the stage must find in it, no more and no less.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// What is found, as the stage writes it (`Ada Lark -> Norfield Mills`, `last Friday = 2018-02-23`).
    pub expect: Vec<String>,
    /// The document's date, `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// A text in which the rule must not fire.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// The text.
    pub text: String,
    /// What other rules rightly find in it.
    #[serde(default)]
    pub allow: Vec<String>,
    /// The document's date, `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// One pattern or several, tried in order.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Patterns {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Patterns {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        match self {
            Self::One(one) => std::slice::from_ref(one).iter(),
            Self::Many(many) => many.iter(),
        }
    }
}

/// Parses a rule file into the stage's own structure.
pub fn parse_rules<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, DataError> {
    let text = std::str::from_utf8(bytes).map_err(|e| DataError {
        path: path.to_owned(),
        line: 1 + bytes[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() as u64,
        what: "invalid UTF-8".to_owned(),
        expected: "a rule file in UTF-8".to_owned(),
    })?;
    toml::from_str(text).map_err(|e| DataError {
        path: path.to_owned(),
        line: line_of(text, e.span().map_or(0, |s| s.start)),
        what: e.message().trim().to_owned(),
        expected: "a rule file as ARCHITECTURE.md describes".to_owned(),
    })
}

/// 1-based line where some text of the file (a pattern, an id) first stands; 1 if nowhere.
pub fn line_with(text: &str, wanted: &str) -> u64 {
    line_of(text, text.find(wanted).unwrap_or(0))
}

/// 1-based line of a byte.
pub fn line_of(text: &str, byte: usize) -> u64 {
    1 + text.as_bytes().iter().take(byte).filter(|&&b| b == b'\n').count() as u64
}
