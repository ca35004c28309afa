//! Finds the documents: walks folders, sorts, names each by its path relative to its folder.
//!
//! The only file that lists folders. Links to files are read like files; folders behind links only on request. What
//! cannot be read keeps its place in the order, with its problem. If several folders are given, the folder's name comes
//! first in each id, with as many parents as keep the folders apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::document::Place;
use super::formats::Format;
use super::{InputError, InputOptions, doc_id};

/// What the paths hold, in the order in which it is read.
#[derive(Debug, Default)]
pub struct Discovery {
    pub(super) found: Vec<Found>,
    /// Files that no format owns, by extension (`.pdf`; `no extension`).
    pub skipped: BTreeMap<String, u64>,
    /// Links to folders that were not followed.
    pub links_skipped: u64,
    /// Size of all that will be read, as far as it is known.
    pub bytes: u64,
}

/// A document file, or standard input, or a path with a problem.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) source: Source,
    /// Its size, if that is known.
    pub(super) bytes: u64,
}

/// Where the bytes are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    File(PathBuf, Format),
    StandardInput,
    Problem(String),
}

/// Walks the paths. An error only if nothing at all can be done.
pub fn discover(options: &InputOptions) -> Result<Discovery, InputError> {
    let roots = roots(&options.paths)?;
    let mut search =
        Search { options, discovery: Discovery::default(), seen: (roots.len() > 1).then(BTreeSet::new) };
    for root in &roots {
        search.root(root);
    }
    let mut discovery = search.discovery;
    if discovery.found.is_empty() {
        return Err(nothing(options, &discovery));
    }
    discovery.found.sort_by(|a, b| (&a.place.doc_id, &a.place.path).cmp(&(&b.place.doc_id, &b.place.path)));
    Ok(discovery)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    StandardInput,
    File,
    Folder,
}

/// A path of the command line.
struct Root {
    path: PathBuf,
    kind: Kind,
    /// What comes first in the ids below, or the id of a file.
    name: String,
}

/// Tells what each path is, drops repeated ones, names the rest.
fn roots(paths: &[PathBuf]) -> Result<Vec<Root>, InputError> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let mut roots = Vec::new();
    for path in paths {
        match kind_of(path) {
            Err(problem) => problems.push(format!("{}: {problem}", doc_id::shown(path))),
            Ok(kind) => {
                if seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())) {
                    roots.push(Root { path: path.clone(), kind, name: String::new() });
                }
            }
        }
    }
    if !problems.is_empty() {
        return Err(InputError::Paths(problems));
    }
    name_roots(&mut roots, Kind::File);
    if roots.iter().filter(|root| root.kind == Kind::Folder).count() > 1 {
        name_roots(&mut roots, Kind::Folder);
    }
    Ok(roots)
}

fn kind_of(path: &Path) -> Result<Kind, String> {
    if path.as_os_str() == "-" {
        return Ok(Kind::StandardInput);
    }
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(Kind::Folder),
        Ok(_) => Ok(Kind::File),
        // A link that leads nowhere is there, and gets its row.
        Err(_) if fs::symlink_metadata(path).is_ok() => Ok(Kind::File),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err("there is no such file or folder".to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Names the roots of a kind by their last parts, as few as keep them apart.
fn name_roots(roots: &mut [Root], kind: Kind) {
    let whole: Vec<Vec<String>> =
        roots.iter().filter(|root| root.kind == kind).map(|root| parts(&root.path, kind)).collect();
    let longest = whole.iter().map(Vec::len).max().unwrap_or(0);
    let last =
        |count: usize| whole.iter().map(move |parts| parts[parts.len().saturating_sub(count)..].join("/"));
    let enough = (1..=longest).find(|&count| last(count).collect::<BTreeSet<_>>().len() == whole.len());
    let names: Vec<String> = last(enough.unwrap_or(longest)).collect();
    for (root, name) in roots.iter_mut().filter(|root| root.kind == kind).zip(names) {
        root.name = name;
    }
}

/// All parts of a path; of a folder, those of the real one, so that `.` has a name.
fn parts(path: &Path, kind: Kind) -> Vec<String> {
    let whole = if kind == Kind::Folder { fs::canonicalize(path) } else { std::path::absolute(path) };
    let text = doc_id::relative(whole.as_deref().unwrap_or(path));
    text.split('/').map(str::to_owned).collect()
}

struct Search<'a> {
    options: &'a InputOptions,
    discovery: Discovery,
    /// Real paths of the files found, if two roots could share some.
    seen: Option<BTreeSet<PathBuf>>,
}

impl Search<'_> {
    fn root(&mut self, root: &Root) {
        match root.kind {
            Kind::StandardInput => {
                let place = Place { doc_id: "stdin".to_owned(), path: "-".to_owned() };
                self.discovery.found.push(Found { place, source: Source::StandardInput, bytes: 0 });
            }
            Kind::File => {
                let place = Place { doc_id: root.name.clone(), path: doc_id::shown(&root.path) };
                // Asked for by name: an unknown extension is no reason to leave it out.
                let format = Format::of(&extension(&root.path)).unwrap_or(Format::Text);
                self.file(place, &root.path, format);
            }
            Kind::Folder => self.folder(root),
        }
    }

    fn folder(&mut self, root: &Root) {
        let excluded = excluded_below(&root.path, &self.options.exclude);
        let hidden = self.options.hidden;
        let walk = WalkDir::new(&root.path).follow_links(self.options.follow).sort_by_file_name();
        let entries = walk.into_iter().filter_entry(|entry| {
            entry.depth() == 0
                || ((hidden || !is_hidden(entry)) && !is_excluded(entry, &root.path, &excluded))
        });
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.entry(root, entry.path()),
                Err(error) => self.problem(root, &error),
            }
        }
    }

    fn entry(&mut self, root: &Root, path: &Path) {
        if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
            self.discovery.links_skipped += 1;
            return;
        }
        let extension = extension(path);
        match Format::wanted(&extension, &self.options.extensions) {
            Some(format) => self.file(place_below(root, path), path, format),
            None => self.skip(&extension),
        }
    }

    fn skip(&mut self, extension: &str) {
        let kind = if extension.is_empty() { "no extension".to_owned() } else { format!(".{extension}") };
        *self.discovery.skipped.entry(kind).or_default() += 1;
    }

    fn file(&mut self, place: Place, path: &Path, format: Format) {
        if let Some(seen) = &mut self.seen
            && !seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
        {
            return;
        }
        let (source, bytes) = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => (Source::File(path.to_owned(), format), metadata.len()),
            Ok(_) => (Source::Problem("no regular file".to_owned()), 0),
            Err(error) => (Source::Problem(missing(path, &error)), 0),
        };
        self.discovery.bytes += bytes;
        self.discovery.found.push(Found { place, source, bytes });
    }

    /// What the walk could not enter. Of links that lead nowhere, only those count that would have been read.
    fn problem(&mut self, root: &Root, error: &walkdir::Error) {
        let path = error.path().unwrap_or(&root.path);
        let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        let problem = match (error.loop_ancestor(), error.io_error()) {
            (Some(ancestor), _) => format!("link loop: it leads back to {}", doc_id::shown(ancestor)),
            (None, Some(_)) if is_link => return self.entry(root, path),
            (None, Some(error)) => missing(path, error),
            (None, None) => error.to_string(),
        };
        let mut place = place_below(root, path);
        if place.doc_id.is_empty() {
            place.doc_id.push('.');
        }
        self.discovery.found.push(Found { place, source: Source::Problem(problem), bytes: 0 });
    }
}

/// Why a path cannot be read, in words that do not depend on the system.
pub(super) fn missing(path: &Path, error: &std::io::Error) -> String {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        ErrorKind::NotFound if is_link => "dangling link: what it leads to is not there".to_owned(),
        ErrorKind::NotFound => "vanished: it was there when the folder was listed".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ if is_link => format!("link that cannot be followed: {error}"),
        _ => format!("cannot be read: {error}"),
    }
}

fn place_below(root: &Root, path: &Path) -> Place {
    let below = doc_id::relative(path.strip_prefix(&root.path).unwrap_or(path));
    let joint = if root.name.is_empty() || below.is_empty() { "" } else { "/" };
    Place { doc_id: format!("{}{joint}{below}", root.name), path: doc_id::shown(path) }
}

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_excluded(entry: &DirEntry, root: &Path, excluded: &[PathBuf]) -> bool {
    let Ok(below) = entry.path().strip_prefix(root) else { return false };
    excluded.iter().any(|path| path == below)
}

/// The excluded folders that lie below `root`, relative to it.
fn excluded_below(root: &Path, exclude: &[PathBuf]) -> Vec<PathBuf> {
    let Ok(root) = fs::canonicalize(root) else { return Vec::new() };
    let real = exclude.iter().filter_map(|path| fs::canonicalize(path).ok());
    let below = real.filter_map(|path| path.strip_prefix(&root).map(Path::to_owned).ok());
    below.filter(|path| !path.as_os_str().is_empty()).collect()
}

fn nothing(options: &InputOptions, discovery: &Discovery) -> InputError {
    let paths: Vec<String> = options.paths.iter().map(|path| doc_id::shown(path)).collect();
    let kinds: Vec<String> =
        discovery.skipped.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let skipped =
        if kinds.is_empty() { String::new() } else { format!(" (skipped files: {})", kinds.join(", ")) };
    InputError::Nothing { paths: paths.join(", "), skipped }
}
