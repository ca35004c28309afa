//! Runs the examples and counter-examples that rule files carry.

use std::fmt;

/// One example or counter-example of a rule.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Rule id with its file (`holds_role/appositive`).
    pub rule: String,
    /// The text.
    pub text: String,
    /// The document's date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// All that must be found, in any order.
    pub expect: Vec<String>,
    /// Must the rule itself have found something (an example), or nothing (a counter-example)?
    pub fires: bool,
}

/// A trial that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialFailure {
    /// Rule id.
    pub rule: String,
    /// The text.
    pub text: String,
    /// What was expected.
    pub expected: Vec<String>,
    /// What was found, each with the rule that found it.
    pub found: Vec<(String, String)>,
}

impl fmt::Display for TrialFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {:?}", self.rule, self.text)?;
        writeln!(f, "  expected {:?}", self.expected)?;
        write!(f, "  found    {:?}", self.found)
    }
}

/// Runs `trials`; `find` gives what the stage finds in a text, as (rendered row, rule id).
pub fn run_trials(
    trials: &[Trial],
    mut find: impl FnMut(&Trial) -> Vec<(String, String)>,
) -> Vec<TrialFailure> {
    let mut failures = Vec::new();
    for trial in trials {
        let found = find(trial);
        let mut rows: Vec<&str> = found.iter().map(|(row, _)| row.as_str()).collect();
        let mut expected: Vec<&str> = trial.expect.iter().map(String::as_str).collect();
        rows.sort_unstable();
        expected.sort_unstable();
        let fired = found.iter().any(|(_, rule)| *rule == trial.rule);
        if rows != expected || fired != trial.fires {
            let (rule, text) = (trial.rule.clone(), trial.text.clone());
            failures.push(TrialFailure { rule, text, expected: trial.expect.clone(), found });
        }
    }
    failures
}
