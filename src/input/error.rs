//! What keeps the input stage from starting. A document that cannot be read is no such error: it becomes a row.

use std::fmt::Write;

/// Why no document can be read at all.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// Paths of the command line that cannot be used; all of them.
    #[error("{}", listed(.0))]
    Paths(Vec<String>),
    /// The paths are there, but hold nothing that can be read.
    #[error("no document to read in {paths}{skipped}")]
    Nothing {
        /// The paths as given.
        paths: String,
        /// What was skipped, ready to be appended; empty if nothing was.
        skipped: String,
    },
}

/// An error in a file that the user wrote about the documents.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {what} (expected {expected})")]
pub struct MetadataError {
    /// The file as given.
    pub path: String,
    /// 1-based line.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub expected: String,
}

fn listed(problems: &[String]) -> String {
    let mut out = String::new();
    for (index, problem) in problems.iter().enumerate() {
        let _ = write!(out, "{}{problem}", if index == 0 { "" } else { "\n" });
    }
    out
}
