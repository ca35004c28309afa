//! The output folder: one run at a time, and all tables of a run or none.
//!
//! New files grow in `.gazet/new`. To put them in place, the earlier tables step aside into `.gazet/leaving`, which is
//! renamed to `.gazet/earlier` when all have; the new ones move in; `.gazet/earlier` becomes `.gazet/replaced` and goes.
//! Each rename is whole, so a run that ends at any point leaves a folder from which the next one restores the earlier
//! tables. The lock belongs to the open file and dies with the process; its empty file stays.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::OutputError;

/// Name of the package file.
pub(super) const PACKAGE: &str = "datapackage.json";
/// Every file that a run may write; what a run does not write goes when its tables move in.
const OURS: [&str; 8] = [
    "documents.csv",
    "mentions.csv",
    "entities.csv",
    "relations.csv",
    "relation_summary.csv",
    "pairs.csv",
    "rejected.csv",
    PACKAGE,
];

/// The locked output folder.
#[derive(Debug)]
pub(super) struct Workspace {
    out: PathBuf,
    /// Held open for its lock.
    _lock: File,
}

impl Workspace {
    /// Makes the folder, locks it, and clears away what a killed run left.
    pub(super) fn open(out: &Path) -> Result<Self, OutputError> {
        let hidden = out.join(".gazet");
        fs::create_dir_all(&hidden).map_err(OutputError::io("create the output folder", out))?;
        let lock = lock(out, &hidden.join("lock"))?;
        let workspace = Self { out: out.to_path_buf(), _lock: lock };
        workspace.recover()?;
        let new = workspace.place("new");
        fs::create_dir(&new).map_err(OutputError::io("create a folder for new tables", &new))?;
        Ok(workspace)
    }

    /// A file to be put in place later.
    pub(super) fn create(&self, name: &str) -> Result<NewFile, OutputError> {
        let path = self.place("new").join(name);
        let file = File::create(&path).map_err(OutputError::io("create the file", &path))?;
        Ok(NewFile { path, file: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new(), bytes: 0 })
    }

    /// Puts the new files in place of all earlier ones.
    pub(super) fn commit(self) -> Result<(), OutputError> {
        let (leaving, earlier, replaced) =
            (self.place("leaving"), self.place("earlier"), self.place("replaced"));
        fs::create_dir(&leaving).map_err(OutputError::io("create a folder for earlier tables", &leaving))?;
        let swapped = move_ours(&self.out, &leaving)
            .and_then(|()| {
                fs::rename(&leaving, &earlier).map_err(OutputError::io("rename the folder", &leaving))
            })
            .and_then(|()| move_ours(&self.place("new"), &self.out))
            .and_then(|()| {
                fs::rename(&earlier, &replaced).map_err(OutputError::io("rename the folder", &earlier))
            });
        if let Err(error) = swapped {
            self.recover()?;
            return Err(error);
        }
        remove(&replaced)
    }

    /// Restores the earlier tables if a change of tables was cut short; removes everything unfinished.
    fn recover(&self) -> Result<(), OutputError> {
        let (leaving, earlier) = (self.place("leaving"), self.place("earlier"));
        if earlier.is_dir() {
            // All earlier tables had left: what stands in the folder is of the run that did not finish.
            for name in OURS {
                ignore_missing(fs::remove_file(self.out.join(name)))
                    .map_err(OutputError::io("remove an unfinished table", &self.out.join(name)))?;
            }
            move_ours(&earlier, &self.out)?;
        }
        if leaving.is_dir() {
            move_ours(&leaving, &self.out)?;
        }
        for folder in ["earlier", "leaving", "replaced", "new"] {
            remove(&self.place(folder))?;
        }
        Ok(())
    }

    fn place(&self, name: &str) -> PathBuf {
        self.out.join(".gazet").join(name)
    }
}

impl Drop for Workspace {
    /// A run that gives up leaves nothing unfinished behind; if that fails, the next run clears it.
    fn drop(&mut self) {
        let _ = remove(&self.place("new"));
    }
}

/// Takes the lock, or says that another run has it.
fn lock(out: &Path, path: &Path) -> Result<File, OutputError> {
    let opened = File::options().create(true).truncate(false).write(true).open(path);
    let file = opened.map_err(OutputError::io("open the lock", path))?;
    // By name, since newer standard libraries have a method of the same name.
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(fs4::TryLockError::WouldBlock) => Err(OutputError::InUse { folder: out.to_path_buf() }),
        Err(fs4::TryLockError::Error(error)) => Err(OutputError::io("lock the output folder", path)(error)),
    }
}

/// Moves each of our files that is there.
fn move_ours(from: &Path, to: &Path) -> Result<(), OutputError> {
    for name in OURS {
        ignore_missing(fs::rename(from.join(name), to.join(name)))
            .map_err(OutputError::io("replace the table (is it open in another program?)", &to.join(name)))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), OutputError> {
    ignore_missing(fs::remove_dir_all(folder)).map_err(OutputError::io("remove the folder", folder))
}

fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// A file that grows, with its size and hash.
#[derive(Debug)]
pub(super) struct NewFile {
    path: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
}

/// Brings a growing file to the disk, on another thread than the one that writes it: there is less to wait for at the end.
#[derive(Debug)]
pub struct Flush {
    path: PathBuf,
    file: File,
}

impl Flush {
    /// What was written so far.
    pub fn flush(&self) -> Result<(), OutputError> {
        self.file.sync_data().map_err(OutputError::io("write", &self.path))
    }
}

/// A file that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl NewFile {
    /// Appends.
    pub(super) fn append(&mut self, text: &str) -> Result<(), OutputError> {
        self.hash.update(text.as_bytes());
        self.bytes += text.len() as u64;
        self.file.write_all(text.as_bytes()).map_err(OutputError::io("write", &self.path))
    }

    /// So many bytes were appended.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What brings it to the disk.
    pub(super) fn flush(&self) -> Result<Flush, OutputError> {
        let file = self.file.get_ref().try_clone().map_err(OutputError::io("write", &self.path))?;
        Ok(Flush { path: self.path.clone(), file })
    }

    /// Makes sure that all is on the disk.
    pub(super) fn finish(mut self) -> Result<Written, OutputError> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        flushed.map_err(OutputError::io("write", &self.path))?;
        Ok(Written { bytes: self.bytes, sha256: hex(&self.hash.finalize()) })
    }
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|n| char::from_digit(n.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(workspace: &Workspace, name: &str, text: &str) -> Written {
        let mut file = workspace.create(name).expect("a new file");
        file.append(text).expect("appended");
        file.finish().expect("finished")
    }

    fn run(out: &Path, names: &[&str], text: &str) {
        let workspace = Workspace::open(out).expect("opened");
        for name in names {
            write(&workspace, name, text);
        }
        workspace.commit().expect("committed");
    }

    fn text(out: &Path, name: &str) -> Option<String> {
        fs::read_to_string(out.join(name)).ok()
    }

    #[test]
    fn a_second_run_into_the_same_folder_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Workspace::open(folder.path()).expect("opened");
        let refused = Workspace::open(folder.path()).expect_err("locked");
        assert!(matches!(refused, OutputError::InUse { .. }), "{refused}");
        assert!(refused.to_string().contains("another run"));
        drop(first);
        assert!(Workspace::open(folder.path()).is_ok());
    }

    #[test]
    fn a_run_that_gives_up_leaves_the_earlier_tables() {
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["mentions.csv"], "first");
        let second = Workspace::open(folder.path()).expect("opened");
        write(&second, "mentions.csv", "second");
        drop(second);
        assert_eq!(text(folder.path(), "mentions.csv").as_deref(), Some("first"));
        assert!(!folder.path().join(".gazet/new").exists());
    }

    #[test]
    fn a_table_that_the_new_run_does_not_write_goes_and_foreign_files_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["mentions.csv", "pairs.csv"], "first");
        fs::write(folder.path().join("README.md"), "mine").expect("written");
        run(folder.path(), &["mentions.csv"], "second");
        assert_eq!(text(folder.path(), "mentions.csv").as_deref(), Some("second"));
        assert_eq!(text(folder.path(), "pairs.csv"), None);
        assert_eq!(text(folder.path(), "README.md").as_deref(), Some("mine"));
    }

    #[test]
    fn a_run_killed_while_earlier_tables_leave_is_undone_by_the_next() {
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["mentions.csv", "pairs.csv"], "first");
        let hidden = folder.path().join(".gazet");
        fs::create_dir_all(hidden.join("new")).expect("made");
        fs::create_dir(hidden.join("leaving")).expect("made");
        fs::rename(folder.path().join("mentions.csv"), hidden.join("leaving/mentions.csv")).expect("moved");
        drop(Workspace::open(folder.path()).expect("opened"));
        assert_eq!(text(folder.path(), "mentions.csv").as_deref(), Some("first"));
        assert_eq!(text(folder.path(), "pairs.csv").as_deref(), Some("first"));
    }

    #[test]
    fn a_run_killed_while_new_tables_move_in_is_undone_by_the_next() {
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["mentions.csv"], "first");
        let hidden = folder.path().join(".gazet");
        fs::create_dir(hidden.join("earlier")).expect("made");
        fs::rename(folder.path().join("mentions.csv"), hidden.join("earlier/mentions.csv")).expect("moved");
        fs::write(folder.path().join("documents.csv"), "second").expect("written");
        drop(Workspace::open(folder.path()).expect("opened"));
        assert_eq!(text(folder.path(), "mentions.csv").as_deref(), Some("first"));
        assert_eq!(text(folder.path(), "documents.csv"), None);
    }

    #[test]
    fn a_change_of_tables_that_fails_at_its_start_leaves_the_earlier_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["documents.csv"], "first");
        let workspace = Workspace::open(folder.path()).expect("opened");
        write(&workspace, "documents.csv", "second");
        // Something else takes the place where earlier tables step aside.
        fs::create_dir_all(folder.path().join(".gazet/leaving")).expect("made");
        let error = workspace.commit().expect_err("refused");
        assert!(error.to_string().contains("leaving"), "{error}");
        assert_eq!(text(folder.path(), "documents.csv").as_deref(), Some("first"));
    }

    #[test]
    fn a_change_of_tables_that_fails_midway_is_undone() {
        let folder = tempfile::tempdir().expect("a folder");
        run(folder.path(), &["documents.csv", "mentions.csv"], "first");
        let workspace = Workspace::open(folder.path()).expect("opened");
        write(&workspace, "documents.csv", "second");
        write(&workspace, "mentions.csv", "second");
        // What is no empty folder cannot give way to one that steps aside.
        fs::create_dir_all(folder.path().join(".gazet/earlier/in the way")).expect("made");
        let error = workspace.commit().expect_err("refused");
        assert!(error.to_string().contains("leaving"), "{error}");
        assert_eq!(text(folder.path(), "documents.csv").as_deref(), Some("first"));
        assert_eq!(text(folder.path(), "mentions.csv").as_deref(), Some("first"));
    }

    #[test]
    fn an_output_folder_that_is_a_file_is_an_error_with_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("out");
        fs::write(&file, "").expect("written");
        let error = Workspace::open(&file).expect_err("refused");
        assert!(error.to_string().contains("out: cannot create the output folder"), "{error}");
    }

    #[test]
    fn size_and_hash_are_those_of_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::open(folder.path()).expect("opened");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        assert_eq!(write(&workspace, "mentions.csv", "abc"), Written { bytes: 3, sha256 });
    }
}
