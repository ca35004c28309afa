//! Which lists a folder has and what holds for all rows of each: `lists.toml`, and for CSV files that it doesn't name, their
//! header. Fields that are not known are errors; every error of a manifest is reported, not the first alone.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Errors;
use super::rows::Strength;
use super::{Content, DataError, Folder};

/// The manifest's file name.
pub(super) const MANIFEST: &str = "lists.toml";

/// What the rows of a list are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Names of things.
    #[default]
    Entities,
    /// Words and phrases that rules use.
    Words,
    /// Kinds of institution that every country has, composed with a country's name.
    Institutions,
}

/// A list: where it is and what holds for its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The folder's label.
    pub folder: String,
    /// Index of the folder; a later one overrules an earlier one.
    pub layer: u16,
    /// Path inside the folder.
    pub file: String,
    /// What its rows are.
    pub kind: ListKind,
    /// Type of rows that give none; empty if they all must.
    pub entity_type: String,
    /// Subtype of rows that give none.
    pub subtype: String,
    /// Strength of names that say none.
    pub strength: Option<Strength>,
    /// Do its names give mentions of kind `demonym`?
    pub demonym: bool,
    /// How prominent its entries are, 0 to 100.
    pub prior: Option<u8>,
}

impl List {
    /// The file as the user knows it.
    pub fn path(&self) -> String {
        if self.folder.is_empty() { self.file.clone() } else { format!("{}/{}", self.folder, self.file) }
    }

    /// The file's name without folder and extension: what rules call a word list.
    pub fn stem(&self) -> &str {
        let name = self.file.rsplit('/').next().unwrap_or(&self.file);
        name.strip_suffix(".csv").unwrap_or(name)
    }
}

/// A list with its content, ready to be parsed.
#[derive(Clone, Debug)]
pub struct ListSource<'a> {
    /// What the manifest says.
    pub list: List,
    /// The CSV.
    pub content: &'a Content,
}

/// The lists of all folders: in each first those of its manifest in order, then other CSV files by path.
pub fn sources(folders: &[Folder]) -> Result<Vec<ListSource<'_>>, Vec<DataError>> {
    let mut all = Vec::new();
    let mut errors = Vec::new();
    for (layer, folder) in folders.iter().enumerate() {
        let layer = u16::try_from(layer).unwrap_or(u16::MAX);
        let mut lists = Vec::new();
        if let Some(bytes) = folder.file(MANIFEST) {
            errors.extend(read_manifest(folder, bytes, &mut lists));
        }
        errors.extend(add_unlisted(folder, &mut lists));
        all.extend(lists.into_iter().filter_map(|mut list| {
            list.layer = layer;
            list.folder.clone_from(&folder.label);
            folder.content(&list.file).map(|content| ListSource { list, content })
        }));
    }
    if u16::try_from(all.len()).is_err() {
        errors.push(DataError::new(MANIFEST, 0, "too many lists", "at most 65,535 lists"));
    }
    if errors.is_empty() { Ok(all) } else { Err(errors) }
}

/// CSV files that the manifest doesn't name are known by their header.
fn add_unlisted(folder: &Folder, lists: &mut Vec<List>) -> Vec<DataError> {
    let mut errors = Vec::new();
    for (file, bytes) in folder
        .files
        .iter()
        .filter(|(file, _)| file.rsplit_once('.').is_some_and(|(_, extension)| extension == "csv"))
    {
        if lists.iter().any(|list| list.file == *file) {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&**bytes);
        let header = reader.byte_headers().cloned().unwrap_or_default();
        let kind = if header.iter().any(|column| column == b"word") {
            ListKind::Words
        } else if header.iter().any(|column| column == b"type") {
            ListKind::Entities
        } else {
            let expected = "a `type` or `word` column, or a [[list]] for it in lists.toml";
            errors.push(DataError::new(
                &folder.path_of(file),
                1,
                "nothing says what this list holds",
                expected,
            ));
            continue;
        };
        lists.push(List { file: file.clone(), kind, ..List::default() });
    }
    errors
}

/// Adds the manifest's lists; a list with a mistake is left out and reported.
fn read_manifest(folder: &Folder, bytes: &[u8], lists: &mut Vec<List>) -> Vec<DataError> {
    let mut reader = ManifestReader { folder, source: "", errors: Errors::of(&folder.path_of(MANIFEST)) };
    match std::str::from_utf8(bytes) {
        Ok(source) => {
            reader.source = source;
            reader.read(lists);
        }
        Err(error) => {
            let line = line_of(bytes, error.valid_up_to());
            reader.errors.push(line, "bytes that are not UTF-8", "UTF-8 text");
        }
    }
    reader.errors.into_vec()
}

/// The 1-based line of a byte.
pub(super) fn line_of(bytes: &[u8], at: usize) -> u64 {
    let before = bytes.get(..at).unwrap_or(bytes);
    before.split(|&byte| byte == b'\n').count() as u64
}

struct ManifestReader<'a> {
    folder: &'a Folder,
    source: &'a str,
    errors: Errors,
}

impl ManifestReader<'_> {
    fn read(&mut self, lists: &mut Vec<List>) {
        let (table, errors) = DeTable::parse_recoverable(self.source);
        for error in errors {
            let line = line_of(self.source.as_bytes(), error.span().map_or(0, |span| span.start));
            self.errors.push(line, error.message(), "TOML");
        }
        for (key, value) in table.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("list", DeValue::Array(tables)) => {
                    tables.iter().for_each(|table| self.read_list(table, lists));
                }
                ("list", _) => self.wrong(value, "`list` is not a table", "[[list]]"),
                (other, _) => self.wrong(key, &format!("unknown field `{other}`"), "[[list]] tables"),
            }
        }
    }

    fn read_list(&mut self, value: &Spanned<DeValue<'_>>, lists: &mut Vec<List>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(value, "`list` is not a table", "[[list]]");
        };
        let mut list = List::default();
        for (key, value) in table {
            self.read_field(key, value, &mut list);
        }
        if list.file.is_empty() {
            return self.wrong(value, "a list without `file`", "file = \"places/cities.csv\"");
        }
        if self.folder.file(&list.file).is_none() {
            return self.wrong(value, &format!("no file `{}`", list.file), "a CSV file in this folder");
        }
        if lists.iter().any(|other| other.file == list.file) {
            return self.wrong(value, &format!("`{}` is listed twice", list.file), "each file once");
        }
        if list.kind == ListKind::Institutions && list.entity_type.is_empty() {
            "organization".clone_into(&mut list.entity_type);
        }
        lists.push(list);
    }

    fn read_field(&mut self, key: &Spanned<impl AsRef<str>>, value: &Spanned<DeValue<'_>>, list: &mut List) {
        let name = key.get_ref().as_ref();
        if name == "prior" {
            list.prior = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
            if list.prior.is_none_or(|prior| prior > 100) {
                self.wrong(value, "bad `prior`", "a number from 0 to 100");
            }
            return;
        }
        let Some(text) = value.get_ref().as_str() else {
            let expected =
                "file, kind, type, subtype, strength or mention with a text, or prior with a number";
            return self.wrong(key, &format!("unknown field or no text in `{name}`"), expected);
        };
        match name {
            "file" => text.clone_into(&mut list.file),
            "kind" => match text {
                "entities" => list.kind = ListKind::Entities,
                "words" => list.kind = ListKind::Words,
                "institutions" => list.kind = ListKind::Institutions,
                _ => self.wrong(value, &format!("unknown kind `{text}`"), "entities, words or institutions"),
            },
            "type" if is_type(text) => text.clone_into(&mut list.entity_type),
            "type" => self.wrong(value, &format!("bad type `{text}`"), TYPE_EXPECTED),
            "subtype" => text.clone_into(&mut list.subtype),
            "strength" => match Strength::parse(text) {
                Some(strength) => list.strength = Some(strength),
                None => self.wrong(value, &format!("unknown strength `{text}`"), Strength::EXPECTED),
            },
            "mention" if text == "demonym" => list.demonym = true,
            "mention" => self.wrong(value, &format!("unknown mention kind `{text}`"), "demonym"),
            _ => {
                let expected = "file, kind, type, subtype, strength, mention or prior";
                self.wrong(key, &format!("unknown field `{name}`"), expected);
            }
        }
    }

    fn wrong<T>(&mut self, at: &Spanned<T>, what: &str, expected: &str) {
        self.errors.push(line_of(self.source.as_bytes(), at.span().start), what, expected);
    }
}

/// What a type must look like.
pub(super) const TYPE_EXPECTED: &str = "a lower-case word such as person, organization, place, malware";

/// Lower-case letters, digits, `_` and `-`, a letter first.
pub(super) fn is_type(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-')
}
