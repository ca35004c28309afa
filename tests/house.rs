//! The house rules that can be checked: heads of files, sizes, names, who imports whom, who names which crate.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Lines that a file may have.
const FILE_LINES: usize = 500;
/// Lines that a function may have.
const FUNCTION_LINES: usize = 60;
/// Names that say nothing.
const EMPTY_NAMES: [&str; 5] = ["util", "helpers", "common", "misc", "manager"];

/// Each stage with those that it may import; `model` knows none.
const STAGES: [(&str, &[&str]); 9] = [
    ("model", &[]),
    ("text", &["model"]),
    ("gazetteer", &["model", "text"]),
    ("input", &["model"]),
    ("rules", &["model", "text", "gazetteer"]),
    ("dates", &["model", "text", "gazetteer", "rules"]),
    ("resolve", &["model", "text", "gazetteer", "rules", "dates"]),
    ("relations", &["model", "text", "gazetteer", "rules", "dates", "resolve"]),
    ("output", &["model"]),
];

/// Crates that exactly one file names.
const OWNED: [(&str, &str); 2] = [("rayon", "src/batch/threads.rs"), ("clap", "src/cli.rs")];

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(Path::new(ROOT).join(folder))
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect();
    found.sort();
    let read = |path: PathBuf| {
        let shown = path.strip_prefix(ROOT).expect("below the root").display().to_string().replace('\\', "/");
        (shown, std::fs::read_to_string(&path).expect("a source file"))
    };
    found.into_iter().map(read).collect()
}

fn all_sources() -> Vec<(String, String)> {
    let mut all = sources("src");
    assert!(all.len() > 50, "the sources were not found");
    all.extend(sources("tests"));
    all.extend(sources("benches"));
    all
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests") || path.starts_with("benches/")
}

#[test]
fn every_file_says_what_it_owns() {
    let silent: Vec<_> =
        all_sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|s| s.0).collect();
    assert!(silent.is_empty(), "files without a head comment: {silent:?}");
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<_> = all_sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES)
        .collect();
    assert!(long.is_empty(), "files of more than {FILE_LINES} lines: {long:?}");
}

#[test]
fn no_function_is_too_long() {
    let mut long = Vec::new();
    for (path, text) in all_sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let bare = line.trim_start();
            let indent = &line[..line.len() - bare.len()];
            let opens = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn ", "pub const fn "];
            if opens.iter().any(|o| bare.starts_with(o)) && !bare.ends_with(';') && !bare.ends_with('}') {
                let end = format!("{indent}}}");
                let length = lines[at..].iter().position(|l| *l == end).unwrap_or(0);
                if length + 1 > FUNCTION_LINES {
                    long.push(format!("{path}:{} ({} lines)", at + 1, length + 1));
                }
            }
        }
    }
    assert!(long.is_empty(), "functions of more than {FUNCTION_LINES} lines: {long:?}");
}

#[test]
fn names_of_files_say_something() {
    for (path, _) in all_sources() {
        let empty = path.split(['/', '.']).find(|part| EMPTY_NAMES.contains(part));
        assert_eq!(empty, None, "{path}");
    }
}

#[test]
fn stages_import_downwards_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let Some((_, allowed)) = STAGES.iter().find(|(stage, _)| path.starts_with(&format!("src/{stage}/")))
        else {
            continue;
        };
        let own = path.split('/').nth(1).unwrap();
        for line in text.lines() {
            for (at, _) in line.match_indices("crate::") {
                let after = &line[at + "crate::".len()..];
                let stage = after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                let known =
                    STAGES.iter().any(|(s, _)| *s == stage) || stage == "batch" || stage == "resources";
                if known && stage != own && !allowed.contains(&stage) && !is_test(&path) {
                    wrong.push(format!("{path}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn some_crates_have_one_owner() {
    for (name, owner) in OWNED {
        let mut users: Vec<String> = Vec::new();
        for (path, text) in sources("src") {
            let named = text
                .lines()
                .filter(|l| !l.trim_start().starts_with("//"))
                .any(|l| l.contains(&format!("{name}::")));
            if named && !is_test(&path) {
                users.push(path);
            }
        }
        assert_eq!(users, [owner.to_owned()], "files that name {name}");
    }
}

#[test]
fn nothing_reads_a_clock_or_the_network() {
    let banned =
        ["SystemTime", "std::net", "Timestamp::now", "Zoned::now", "env::var(", "thread_rng", "RandomState"];
    for (path, text) in sources("src") {
        for word in banned {
            let used = text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(word));
            assert!(!used, "{path} names {word}");
        }
    }
}
