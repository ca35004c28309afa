//! Writes the list of files under `gazetteers/` that the binary embeds, each with its SHA-256 (`gazetteer/embedded.rs`
//! includes it).
//!
//! Embedded: every `.csv` and `.toml` except what lies in `gazetteers/compile/` (the lists' own making) and hidden files.
//! Cargo watches the folder itself, so a new file is seen.

use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=gazetteers");
    // Asked when it runs, not when it was compiled: a build folder may have been copied from another checkout.
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .ok_or_else(|| std::io::Error::other("cargo sets CARGO_MANIFEST_DIR"))?;
    let root = Path::new(&here).join("gazetteers");
    let mut rows = String::from("&[\n");
    for (path, full) in files(&root) {
        let digest: [u8; 32] = Sha256::digest(std::fs::read(&full)?).into();
        let _ = writeln!(rows, "    ({path:?}, include_str!({full:?}), &{digest:?}),");
    }
    rows.push_str("]\n");
    let out = std::env::var_os("OUT_DIR").ok_or_else(|| std::io::Error::other("cargo sets OUT_DIR"))?;
    std::fs::write(Path::new(&out).join("embedded_files.rs"), rows)
}

/// Relative path with `/` and absolute path of each file, sorted by relative path.
fn files(root: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(root)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_wanted(&entry.file_name().to_string_lossy()))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let relative = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
            Some((relative, entry.path().to_str()?.to_owned()))
        })
        .filter(|(relative, _)| matches!(relative.rsplit_once('.'), Some((_, "csv" | "toml"))))
        .collect();
    files.sort();
    files
}

/// Not hidden, and not the folder that makes the lists.
fn is_wanted(name: &str) -> bool {
    !name.starts_with('.') && name != "compile"
}
