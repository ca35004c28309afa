//! Paths as text: `/` between the parts on every system, and names that are no UTF-8 escaped so that no two paths become
//! the same text.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Component, Path};

/// A path relative to its folder, as a document's id. Empty for the folder itself.
pub(super) fn relative(path: &Path) -> String {
    let mut out = String::new();
    for part in path.components() {
        if let Component::Normal(name) = part {
            if !out.is_empty() {
                out.push('/');
            }
            push_name(name, &mut out);
        }
    }
    out
}

/// A path as it was given and walked.
pub(super) fn shown(path: &Path) -> String {
    let mut out = String::new();
    push_name(path.as_os_str(), &mut out);
    if cfg!(windows) { out.replace('\\', "/") } else { out }
}

/// Bytes that are no UTF-8 become `\xFF`; a backslash that could be read as such an escape becomes `\x5C`.
fn push_name(name: &OsStr, out: &mut String) {
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        push_valid(chunk.valid(), out);
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
}

fn push_valid(mut text: &str, out: &mut String) {
    while let Some(at) = text.find("\\x") {
        out.push_str(&text[..at]);
        let rest = &text[at + 2..];
        let is_escape = rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        out.push_str(if is_escape { "\\x5Cx" } else { "\\x" });
        text = rest;
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_with_slashes() {
        assert_eq!(relative(Path::new("./a/b c/ž.txt")), "a/b c/ž.txt");
        assert_eq!(relative(Path::new("")), "");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let bad = Path::new(OsStr::from_bytes(b"a\xff.txt"));
        let literal = Path::new("a\\xFF.txt");
        assert_eq!(relative(bad), "a\\xFF.txt");
        assert_eq!(relative(literal), "a\\x5CxFF.txt");
        assert_eq!(relative(Path::new("a\\xylo.txt")), "a\\xylo.txt");
    }
}
