//! What can go wrong when tables are written: always with the path, and the cause where there is one.

use std::io;
use std::path::{Path, PathBuf};

/// Why the tables could not be written. The earlier tables of the folder are whole in every case.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Another run holds the folder.
    #[error("{}: another run writes into this folder; wait for it, or name another folder with --out", .folder.display())]
    InUse {
        /// The output folder.
        folder: PathBuf,
    },
    /// The file system refused.
    #[error("{}: cannot {action}: {source}", .path.display())]
    Io {
        /// What was tried, as a verb with its object.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OutputError {
    /// For `map_err`: what was tried, and where.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_path_buf(), source }
    }
}
