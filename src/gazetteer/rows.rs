//! Lists parsed: rows checked, names cut out of `aliases`, their words folded and numbered. Needs nothing but the lists
//! themselves, so runs of them can be parsed side by side; `store` puts them together.

use std::ops::Range;

use super::DataError;
use super::checks::{Check, check};
use super::error::Errors;
use super::manifest::{List, ListKind, ListSource, TYPE_EXPECTED, is_type};
use super::table::{Table, index};
use crate::model::{Token, WordId};
use crate::text::{TokenScratch, Vocabulary, fold_word, plain_words, tokenize};

/// How far a name may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// In any case.
    Strong,
    /// In its exact case.
    Cased,
    /// In its exact case and with something around it that supports it.
    Cue,
    /// Never by itself.
    Never,
}

impl Strength {
    /// What a list may say.
    pub const EXPECTED: &'static str = "strong, cased, cue or never";

    /// From the word in a list.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "strong" => Some(Self::Strong),
            "cased" => Some(Self::Cased),
            "cue" => Some(Self::Cue),
            "never" => Some(Self::Never),
            _ => None,
        }
    }

    /// The word in a list.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Cased => "cased",
            Self::Cue => "cue",
            Self::Never => "never",
        }
    }
}

/// In what case a word of a word list counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordCase {
    /// Any.
    #[default]
    Any,
    /// Written as in the list.
    Exact,
    /// With a capital first letter.
    Capital,
}

/// The columns that lists of entities know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Name,
    Type,
    Subtype,
    Aliases,
    Country,
    Latitude,
    Longitude,
    Population,
    ExternalIds,
    Strength,
    ValidFrom,
    ValidTo,
    Notes,
}

impl Column {
    /// Their names, in the order of the variants.
    const NAMES: [&'static str; 14] = [
        "id",
        "name",
        "type",
        "subtype",
        "aliases",
        "country",
        "latitude",
        "longitude",
        "population",
        "external_ids",
        "strength",
        "valid_from",
        "valid_to",
        "notes",
    ];
    /// Columns that are checked, and for what.
    const CHECKED: [(Self, Check); 7] = [
        (Self::Id, Check::Id),
        (Self::Country, Check::Country),
        (Self::Latitude, Check::Latitude),
        (Self::Longitude, Check::Longitude),
        (Self::Population, Check::Count),
        (Self::ValidFrom, Check::Date),
        (Self::ValidTo, Check::Date),
    ];
    /// Columns of a list of institutions.
    const OF_INSTITUTIONS: [&'static str; 5] = ["id", "name", "aliases", "subtype", "notes"];
}

/// Where each known column is in a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columns([usize; Column::NAMES.len()]);

impl Columns {
    fn of(table: &Table) -> Self {
        Self(Column::NAMES.map(|name| table.column(name).unwrap_or(usize::MAX)))
    }

    /// The column's place; one that no file has if it is missing.
    #[inline]
    pub(super) fn at(&self, column: Column) -> usize {
        self.0[column as usize]
    }

    fn has(&self, column: Column) -> bool {
        self.at(column) != usize::MAX
    }
}

/// A name (or a listed word) as its list has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ParsedName {
    pub(super) row: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its words end in [`ParsedList::words`]; they begin where those of the name before end.
    pub(super) words_end: u32,
    pub(super) strength: Option<Strength>,
    pub(super) main: bool,
    pub(super) case: WordCase,
}

impl ParsedName {
    fn new(row: u32, range: Range<usize>, strength: Option<Strength>, main: bool) -> Self {
        let (start, end) = (index(range.start), index(range.end));
        Self { row, start, end, words_end: 0, strength, main, case: WordCase::Any }
    }
}

/// Some lists parsed, whose words are numbered together.
#[derive(Debug)]
pub struct ParsedLists {
    pub(super) vocabulary: Vocabulary,
    pub(super) lists: Vec<ParsedList>,
}

/// A list, parsed by itself.
#[derive(Debug)]
pub(super) struct ParsedList {
    pub(super) list: List,
    pub(super) table: Table,
    pub(super) columns: Columns,
    /// Types in order of appearance, and of each row which.
    pub(super) types: Vec<Box<str>>,
    pub(super) row_types: Vec<u16>,
    /// By the numbers of [`ParsedLists::vocabulary`].
    pub(super) words: Vec<WordId>,
    pub(super) names: Vec<ParsedName>,
    pub(super) errors: Vec<DataError>,
}

/// Room is made for one word in this many bytes of lists, but for no more than this: the words of long lists repeat.
const BYTES_OF_WORD: usize = 60;
const MOST_RESERVED: usize = 200_000;

/// Cuts lists into at most so many runs of about as many bytes each, for callers that parse them side by side.
pub fn portions<'s, 'a>(lists: &'s [ListSource<'a>], most: usize) -> Vec<&'s [ListSource<'a>]> {
    let share = bytes_of(lists).div_ceil(most.max(1));
    let mut portions = Vec::new();
    let (mut rest, mut at) = (lists, 0);
    while at < rest.len() {
        at += 1;
        if bytes_of(&rest[..at]) >= share || at == rest.len() {
            let (portion, behind) = rest.split_at(at);
            portions.push(portion);
            (rest, at) = (behind, 0);
        }
    }
    portions
}

fn bytes_of(lists: &[ListSource<'_>]) -> usize {
    lists.iter().map(|source| source.content.len()).sum()
}

/// Parses lists. Independent of all others.
pub fn parse(sources: &[ListSource<'_>]) -> ParsedLists {
    let mut vocabulary = Vocabulary::new();
    vocabulary.reserve(MOST_RESERVED.min(bytes_of(sources) / BYTES_OF_WORD));
    let lists = sources.iter().map(|source| parse_list(source, &mut vocabulary)).collect();
    ParsedLists { vocabulary, lists }
}

fn parse_list(source: &ListSource<'_>, vocabulary: &mut Vocabulary) -> ParsedList {
    let mut errors = Errors::of(&source.list.path());
    let table = Table::read(source.content, &mut errors);
    let (columns, rows) = (Columns::of(&table), table.len());
    let parsed = ParsedList {
        list: source.list.clone(),
        table,
        columns,
        types: Vec::new(),
        row_types: Vec::with_capacity(rows),
        words: Vec::with_capacity(2 * rows),
        names: Vec::with_capacity(rows),
        errors: Vec::new(),
    };
    let (ends, scratch, tokens, folded) = Default::default();
    let is_checked = source.content.is_embedded();
    let mut parser = Parser { parsed, vocabulary, errors, is_checked, ends, scratch, tokens, folded };
    match source.list.kind {
        ListKind::Words => parser.read_words(),
        ListKind::Entities => parser.read_entities(&Column::NAMES),
        ListKind::Institutions => parser.read_entities(&Column::OF_INSTITUTIONS),
    }
    parser.parsed.errors = parser.errors.into_vec();
    parser.parsed
}

struct Parser<'v> {
    parsed: ParsedList,
    vocabulary: &'v mut Vocabulary,
    errors: Errors,
    /// Embedded: a test checks the cells, so that no start has to.
    is_checked: bool,
    /// Reused from name to name.
    ends: Vec<usize>,
    scratch: TokenScratch,
    tokens: Vec<Token>,
    folded: String,
}

impl Parser<'_> {
    fn read_words(&mut self) {
        let table = std::mem::take(&mut self.parsed.table);
        if let Some(word) = table.column("word") {
            let case = table.column("case").unwrap_or(usize::MAX);
            for row in 0..index(table.len()) {
                let case = self.word_case(table.cell(row, case), table.line(row));
                let range = table.cell_range(row, word);
                self.add_name(&table, ParsedName { case, ..ParsedName::new(row, range, None, true) });
            }
        } else if !table.columns().is_empty() {
            self.errors.push(1, "no column `word`", "a column `word`, one word or phrase a row");
        }
        self.parsed.table = table;
    }

    fn word_case(&mut self, case: &str, line: u32) -> WordCase {
        match case {
            "" => WordCase::Any,
            "exact" => WordCase::Exact,
            "capital" => WordCase::Capital,
            other => {
                self.errors.push(line.into(), format!("bad case `{other}`"), "exact, capital or nothing");
                WordCase::Any
            }
        }
    }

    fn read_entities(&mut self, known: &[&str]) {
        let table = std::mem::take(&mut self.parsed.table);
        for column in table.columns() {
            if !known.contains(&&**column) {
                self.errors.push(1, format!("unknown column `{column}`"), known.join(", "));
            }
        }
        let columns = self.parsed.columns;
        if columns.has(Column::Id) && columns.has(Column::Name) {
            (0..index(table.len())).for_each(|row| self.read_entity(&table, row));
        } else if !table.columns().is_empty() {
            self.errors.push(1, "no column `id` or `name`", "both");
        }
        self.parsed.table = table;
    }

    fn read_entity(&mut self, table: &Table, row: u32) {
        let columns = self.parsed.columns;
        let line = u64::from(table.line(row));
        let cell = |column| table.cell(row, columns.at(column));
        if !self.is_checked {
            self.check(cell, line);
        }
        let row_type = self.row_type(cell(Column::Type), line);
        self.parsed.row_types.push(row_type);
        let strength = match cell(Column::Strength) {
            "" => self.parsed.list.strength,
            word => self.strength(word, line),
        };
        let range = table.cell_range(row, columns.at(Column::Name));
        self.add_name(table, ParsedName::new(row, range, strength, true));
        self.add_aliases(table, row, strength);
    }

    fn check<'t>(&mut self, cell: impl Fn(Column) -> &'t str, line: u64) {
        for (column, kind) in Column::CHECKED {
            if let Err((what, expected)) = check(cell(column), kind) {
                self.errors.push(line, what, expected);
            }
        }
    }

    /// The local number of a row's type.
    fn row_type(&mut self, own: &str, line: u64) -> u16 {
        let default = &self.parsed.list.entity_type;
        let name = if own.is_empty() { default.as_str() } else { own };
        if !own.is_empty() && !is_type(own) {
            self.errors.push(line, format!("bad type `{own}`"), TYPE_EXPECTED);
        } else if name.is_empty() {
            self.errors.push(line, "no type", "a `type` in the row, or one for the list in lists.toml");
        }
        // Looked for from the end: rows of one type mostly follow each other, and there are few types.
        let at = self.parsed.types.iter().rposition(|known| &**known == name).unwrap_or_else(|| {
            self.parsed.types.push(name.into());
            self.parsed.types.len() - 1
        });
        u16::try_from(at).unwrap_or_else(|_| {
            self.errors.push(line, "too many types", "at most 65,535 different types");
            u16::MAX
        })
    }

    fn strength(&mut self, word: &str, line: u64) -> Option<Strength> {
        let strength = Strength::parse(word);
        if strength.is_none() {
            self.errors.push(line, format!("unknown strength `{word}`"), Strength::EXPECTED);
        }
        strength
    }

    fn add_aliases(&mut self, table: &Table, row: u32, row_strength: Option<Strength>) {
        let range = table.cell_range(row, self.parsed.columns.at(Column::Aliases));
        let mut start = range.start;
        for alias in table.slice(index(range.start), index(range.end)).split('|') {
            let end = start + alias.len();
            if let Some((form, suffix)) = alias.rsplit_once('~') {
                let strength = self.strength(suffix, table.line(row).into());
                self.add_name(table, ParsedName::new(row, start..start + form.len(), strength, false));
            } else if !alias.is_empty() {
                self.add_name(table, ParsedName::new(row, start..end, row_strength, false));
            }
            start = end + 1;
        }
    }

    /// Numbers the name's words and keeps it; `words_end` is set here.
    fn add_name(&mut self, table: &Table, mut name: ParsedName) {
        let (text, start, end) = table.place(name.start, name.end);
        let form = text.get(start..end).unwrap_or_default();
        let (words, vocabulary) = (&mut self.parsed.words, &mut *self.vocabulary);
        if plain_words(form, &mut self.ends) {
            let mut from = start;
            for end in &self.ends {
                words.push(vocabulary.intern_letters(text, from, start + end));
                from = start + end + 1;
            }
        } else {
            tokenize(form, vocabulary, &mut self.scratch, &mut self.tokens);
            if self.tokens.is_empty() {
                let what = if form.is_empty() {
                    "an empty name".to_owned()
                } else {
                    format!("a name without words `{form}`")
                };
                self.errors.push(table.line(name.row).into(), what, "at least one letter or digit");
                return;
            }
            for token in &self.tokens {
                if token.word == WordId::NONE {
                    self.folded.clear();
                    let word = form.get(token.start as usize..token.end as usize).unwrap_or_default();
                    fold_word(word, &mut self.folded);
                    words.push(vocabulary.intern(&self.folded));
                } else {
                    words.push(token.word);
                }
            }
        }
        name.words_end = index(words.len());
        self.parsed.names.push(name);
    }
}
