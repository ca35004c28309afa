//! Folders of lists: the one inside the binary and those of the user. Reads bytes; what they mean is `manifest`'s and
//! `rows`' affair (and, for `rules/`, the rule engine's). Files come sorted by path, whatever the file system says.

use std::path::Path;

use super::{Content, DataError};

/// Paths of the default lists, their text and its SHA-256; written by `build.rs`.
static FILES: &[(&str, &str, &[u8; 32])] = include!(concat!(env!("OUT_DIR"), "/embedded_files.rs"));

/// Folder inside a gazetteers folder that holds what lists are made from, not lists.
const WORKSHOP: &str = "compile";

/// A folder of lists and rules, in memory.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// `gazetteers` for the embedded one, otherwise the path as the user gave it.
    pub label: String,
    /// Path relative to the folder (with `/`) and content, sorted by path.
    pub files: Vec<(String, Content)>,
}

impl Folder {
    /// The bytes of a file.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.content(path).map(|content| &**content)
    }

    /// The content of a file.
    pub fn content(&self, path: &str) -> Option<&Content> {
        let at = self.files.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
        self.files.get(at).map(|(_, content)| content)
    }

    /// A file's path as the user knows it.
    pub fn path_of(&self, file: &str) -> String {
        if self.label.is_empty() { file.to_owned() } else { format!("{}/{file}", self.label) }
    }
}

/// The default lists and rules.
pub fn embedded() -> Folder {
    let files = FILES.iter();
    let files =
        files.map(|&(path, text, sha256)| (path.to_owned(), Content::embedded(text, sha256))).collect();
    Folder { label: "gazetteers".to_owned(), files }
}

/// Reads all `.csv` and `.toml` files below `path`; hidden ones and `compile/` are left out. `path` may also be one CSV file.
pub fn read_folder(path: &Path) -> Result<Folder, Vec<DataError>> {
    let mut folder = Folder::default();
    let mut errors = Vec::new();
    let root = if path.is_file() { path.parent().unwrap_or(path) } else { path };
    root.display().to_string().trim_end_matches('/').clone_into(&mut folder.label);
    let walk = walkdir::WalkDir::new(path)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_wanted(&entry.file_name().to_string_lossy()));
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match read_file(root, entry.path()) {
                Ok(file) => folder.files.extend(file),
                Err(error) => errors.push(error),
            },
            Ok(_) => {}
            Err(error) => errors.push(unreadable(error.path().unwrap_or(path), &error.to_string())),
        }
    }
    folder.files.sort_by(|a, b| a.0.cmp(&b.0));
    if errors.is_empty() { Ok(folder) } else { Err(errors) }
}

fn read_file(root: &Path, path: &Path) -> Result<Option<(String, Content)>, DataError> {
    if !path.extension().is_some_and(|extension| extension == "csv" || extension == "toml") {
        return Ok(None);
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error.to_string()))?;
    let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(Some((relative, bytes.into())))
}

fn unreadable(path: &Path, why: &str) -> DataError {
    DataError::new(&path.display().to_string(), 0, why, "a folder of lists that can be read")
}

/// Not hidden, and not the folder that makes the lists.
fn is_wanted(name: &str) -> bool {
    !name.starts_with('.') && name != WORKSHOP
}
