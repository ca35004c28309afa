//! Writes the decoded texts, so that the offsets of the rows can be looked up: `DIR/<doc_id>.txt`.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::{Document, Status};

/// The folder for the texts.
#[derive(Clone, Debug)]
pub struct TextFolder {
    root: PathBuf,
}

impl TextFolder {
    /// Makes the folder.
    pub fn create(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Writes a document's text, if it was read.
    pub fn save(&self, document: &Document) -> io::Result<()> {
        if document.status == Status::Failed {
            return Ok(());
        }
        let path = self.root.join(file_name(&document.doc_id, ".txt"));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &document.text)
    }
}

/// The id as a path that stays inside the folder. Ids differ, so do the paths: `%` escapes what a path cannot hold.
pub(crate) fn file_name(doc_id: &str, ending: &str) -> PathBuf {
    let mut path: PathBuf = doc_id.split('/').map(part).collect();
    path.as_mut_os_string().push(ending);
    path
}

fn part(text: &str) -> String {
    let is_special = text.is_empty() || text.bytes().all(|byte| byte == b'.');
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        let escape = c.is_control() || matches!(c, '%' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        if escape || (is_special && c == '.') {
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    if text.is_empty() { "%".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_folder() {
        for (id, path) in [
            ("a/b.txt", "a/b.txt.txt"),
            ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd.txt"),
            ("/etc", "%/etc.txt"),
            ("http://x.lt/?a=1", "http%3A/%/x.lt/%3Fa=1.txt"),
            ("100%", "100%25.txt"),
        ] {
            assert_eq!(file_name(id, ".txt"), PathBuf::from(path));
        }
    }
}
