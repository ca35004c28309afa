//! What can be wrong with a user's lists: one row of a report. All of a load's errors are gathered and shown together.

/// Something wrong in a list, a manifest or a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}: {what} (expected {expected})", Place(path, *line))]
pub struct DataError {
    /// The file, as the user knows it (`gazetteers/places/cities.csv`).
    pub path: String,
    /// 1-based line; 0 if it concerns the whole file.
    pub line: u64,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub expected: String,
}

impl DataError {
    /// An error at a line.
    pub fn new(path: &str, line: u64, what: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), expected: expected.into() }
    }
}

/// `path:line`, or the path alone.
struct Place<'a>(&'a str, u64);

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            0 => f.write_str(self.0),
            line => write!(f, "{}:{line}", self.0),
        }
    }
}

/// Errors of one file; beyond a limit only counted, so that a million-line file of another format stays readable.
#[derive(Debug, Default)]
pub(super) struct Errors {
    path: String,
    list: Vec<DataError>,
    more: u64,
}

impl Errors {
    /// Errors shown per file.
    const SHOWN: usize = 200;

    pub(super) fn of(path: &str) -> Self {
        Self { path: path.to_owned(), list: Vec::new(), more: 0 }
    }

    pub(super) fn push(&mut self, line: u64, what: impl Into<String>, expected: impl Into<String>) {
        if self.list.len() < Self::SHOWN {
            self.list.push(DataError::new(&self.path, line, what, expected));
        } else {
            self.more += 1;
        }
    }

    pub(super) fn into_vec(mut self) -> Vec<DataError> {
        if self.more > 0 {
            let what = format!("{} more errors in this file", self.more);
            self.list.push(DataError::new(&self.path, 0, what, "those above to be mended first"));
        }
        self.list
    }
}
