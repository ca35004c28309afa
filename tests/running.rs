//! Runs the program on a folder made for a test, and reads its tables back.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A row by the names of its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// A folder with an `in` folder for documents; `out` is where the tables go.
pub(crate) struct Place {
    root: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder for the test");
        fs::create_dir(root.path().join("in")).expect("a folder for documents");
        Self { root }
    }

    /// A path below the root.
    pub(crate) fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.root.path().join(below)
    }

    /// Writes a file below the root, with its folders.
    pub(crate) fn write(&self, below: impl AsRef<Path>, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    /// The program, started in the root, with `run` and these arguments.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        let mut command = self.command();
        Ran(command.arg("run").args(arguments).output().expect("the program starts"))
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gazet"));
        command.current_dir(self.root.path()).stdin(Stdio::null());
        command
    }

    /// The rows of a table in `out`.
    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        let mut reader = csv::Reader::from_path(self.path("out").join(name)).expect("the table");
        reader.deserialize().map(|row| row.expect("a row")).collect()
    }

    /// The row of a document.
    pub(crate) fn document(&self, doc_id: &str) -> Row {
        let rows = self.table("documents.csv");
        let found = rows.iter().find(|row| row["doc_id"] == doc_id);
        found.unwrap_or_else(|| panic!("no {doc_id} in {rows:?}")).clone()
    }

    /// Ids of all documents, in order.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.table("documents.csv").into_iter().map(|row| row["doc_id"].clone()).collect()
    }
}

/// How a run of the program ended.
pub(crate) struct Ran(pub(crate) Output);

impl Ran {
    /// Asserts the exit code and that standard output is empty; gives standard error.
    pub(crate) fn ends_with(&self, code: i32) -> String {
        let told = String::from_utf8_lossy(&self.0.stderr).into_owned();
        assert_eq!(self.0.status.code(), Some(code), "{told}");
        assert_eq!(String::from_utf8_lossy(&self.0.stdout), "");
        told
    }
}
