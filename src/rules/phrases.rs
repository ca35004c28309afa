//! Phrases: named parts of patterns, so that rules of many files say the same thing in the same way. Replaced in the
//! pattern's text before it is parsed; `$name` or `$name(argument)`, with `$1` in the phrase for the argument.

use super::file::parse_rules;
use super::pattern::PatternError;
use crate::gazetteer::{DataError, Folder};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file of phrases in a folder.
const FILE: &str = "rules/phrases.toml";

/// Longest pattern that phrases may make, in characters; a phrase that names itself ends here.
const LONGEST: usize = 20_000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    phrases: BTreeMap<String, String>,
}

/// Named parts of patterns.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    named: BTreeMap<String, String>,
}

impl Phrases {
    /// Reads `rules/phrases.toml` of all folders; a later folder's phrase replaces an earlier one's.
    pub fn load(folders: &[Folder]) -> Result<Self, DataError> {
        let mut named = BTreeMap::new();
        for folder in folders {
            if let Some(bytes) = folder.file(FILE) {
                let file: PhraseFile = parse_rules(&folder.path_of(FILE), bytes)?;
                named.extend(file.phrases);
            }
        }
        Ok(Self { named })
    }

    /// `pattern` with all phrases replaced.
    pub fn expand(&self, pattern: &str) -> Result<String, PatternError> {
        let mut text = pattern.to_owned();
        while let Some(at) = text.find('$') {
            let name = leading_name(&text[at + 1..]);
            let Some(phrase) = self.named.get(name) else {
                return Err(error(pattern, format!("no phrase ${name}"), "a phrase of rules/phrases.toml"));
            };
            let after = at + 1 + name.len();
            let (argument, end) = match text[after..].strip_prefix('(').and_then(|rest| rest.split_once(')'))
            {
                Some((argument, _)) if phrase.contains("$1") => (argument, after + argument.len() + 2),
                _ => ("", after),
            };
            let body = format!("({})", phrase.replace("$1", argument));
            text.replace_range(at..end, &body);
            if text.len() > LONGEST {
                return Err(error(
                    pattern,
                    "phrases without end".into(),
                    "phrases that don't name themselves",
                ));
            }
        }
        Ok(text)
    }
}

fn leading_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(text.len());
    &text[..end]
}

fn error(pattern: &str, what: String, expected: &str) -> PatternError {
    let at = pattern.find('$').unwrap_or(0) + 1;
    PatternError { at, what, expected: expected.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases() -> Phrases {
        let pairs = [("did", "$adv? {$1:past}"), ("adv", "<ends:ly>"), ("loop", "a $loop")];
        Phrases { named: pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect() }
    }

    #[test]
    fn phrases_nest_and_take_an_argument() {
        let text = phrases().expand("SUBJECT $did(kill_verbs) OBJECT").unwrap();
        assert_eq!(text, "SUBJECT ((<ends:ly>)? {kill_verbs:past}) OBJECT");
    }

    #[test]
    fn unknown_and_endless_phrases_are_errors() {
        assert_eq!(phrases().expand("a $none").unwrap_err().what, "no phrase $none");
        assert_eq!(phrases().expand("$loop").unwrap_err().what, "phrases without end");
    }
}
