//! All lists put together: words numbered, names under their keys, rows under their entries. The one place where lists meet;
//! what it builds is never changed afterwards.

use super::DataError;
use super::entries::{Entries, EntryId, Loaded, RowRef};
use super::error::Errors;
use super::grouped::Grouped;
use super::keys::Keys;
use super::manifest::ListKind;
use super::rows::{Column, ParsedList, ParsedLists, ParsedName, Strength, WordCase};
use super::table::index;
use crate::model::{KeyId, TypeId, WordId};
use crate::text::Vocabulary;
use hashbrown::HashMap;

/// The word list whose words make a name of one word `cased` if its list says nothing.
pub(super) const COMMON_WORDS: &str = "common_words";
/// Names in capitals of up to this many letters and digits are `cased` if their list says nothing.
const ACRONYM_LENGTH: usize = 5;

/// A name of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Whose.
    pub entry: EntryId,
    /// Line in its list.
    pub line: u32,
    start: u32,
    end: u32,
    /// Index of its list.
    pub list: u16,
    /// How far it may be trusted.
    pub strength: Strength,
    /// From the column `name`?
    pub main: bool,
}

/// Number of a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordListId(pub u16);

/// Number of a distinct value of listed words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub u32);

impl ValueId {
    /// A value that no listed word has.
    pub(super) const NONE: Self = Self(u32::MAX);
}

/// A word or phrase of a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedWord {
    /// Which word list (files of one stem are one list).
    pub list: WordListId,
    /// In what case it counts.
    pub case: WordCase,
    /// Line in its file.
    pub line: u32,
    /// Its column `value`.
    pub value: ValueId,
    pub(super) at: RowRef,
    start: u32,
    end: u32,
}

/// What the lists say, put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    pub(super) lists: Vec<Loaded>,
    pub(super) types: Vec<Box<str>>,
    pub(super) entries: Entries,
    pub(super) keys: Keys,
    pub(super) names: Grouped<Name>,
    pub(super) words: Grouped<ListedWord>,
    pub(super) word_lists: Vec<Box<str>>,
    /// Keys of each word list.
    pub(super) word_list_keys: Grouped<KeyId>,
    /// The distinct values of listed words, by number.
    pub(super) values: Vec<Box<str>>,
    value_ids: HashMap<Box<str>, u32>,
}

impl Store {
    pub(super) fn form(&self, name: &Name) -> &str {
        self.slice(name.list, name.start, name.end)
    }

    pub(super) fn word_form(&self, word: &ListedWord) -> &str {
        self.slice(word.at.list, word.start, word.end)
    }

    /// The row that a name stands in.
    pub(super) fn row_of(&self, name: &Name) -> Option<RowRef> {
        let line_of =
            |at: &RowRef| self.lists.get(usize::from(at.list)).map(|loaded| loaded.table.line(at.row));
        let rows = self.entries.rows(name.entry).iter();
        rows.copied().find(|at| at.list == name.list && line_of(at) == Some(name.line))
    }

    /// The suffix that an alias has in its row (`cased` of `US~cased`).
    pub(super) fn suffix(&self, name: &Name) -> Option<&str> {
        let at = self.row_of(name)?;
        let loaded = self.lists.get(usize::from(at.list))?;
        let aliases = loaded.table.cell_range(at.row, loaded.columns.at(Column::Aliases));
        let rest = loaded.table.slice(name.end, index(aliases.end)).strip_prefix('~')?;
        (!name.main).then(|| rest.split('|').next().unwrap_or_default())
    }

    /// The number of a value.
    pub(super) fn value_id(&self, value: &str) -> ValueId {
        self.value_ids.get(value).map_or(ValueId::NONE, |&id| ValueId(id))
    }

    fn slice(&self, list: u16, start: u32, end: u32) -> &str {
        self.lists.get(usize::from(list)).map_or("", |loaded| loaded.table.slice(start, end))
    }

    pub(super) fn column(&self, word: &ListedWord, column: &str) -> &str {
        let table = self.lists.get(usize::from(word.at.list)).map(|loaded| &loaded.table);
        table.and_then(|table| Some(table.cell(word.at.row, table.column(column)?))).unwrap_or_default()
    }
}

/// Puts parsed lists together; words are numbered in `vocabulary`. All errors of all lists are reported.
pub(super) fn merge(parsed: Vec<ParsedLists>, vocabulary: &mut Vocabulary) -> Result<Store, Vec<DataError>> {
    let mut merger = Merger::default();
    for (portion, ParsedLists { vocabulary: own, lists }) in parsed.into_iter().enumerate() {
        merger.numbers.push(renumber(own, vocabulary));
        for list in lists {
            merger.take(list, portion);
        }
    }
    if merger.store.lists.iter().map(|loaded| loaded.table.bytes()).sum::<usize>() > u32::MAX as usize {
        merger.errors.push(DataError::new("lists", 0, "more than 4 GiB of lists", "less"));
    }
    merger.merge_rows();
    merger.merge_names(vocabulary.len());
    if merger.errors.is_empty() { Ok(merger.finish()) } else { Err(merger.errors) }
}

/// The numbers that the words of one vocabulary have in another; none if it becomes the other and they keep their own.
fn renumber(own: Vocabulary, vocabulary: &mut Vocabulary) -> Option<Vec<WordId>> {
    if vocabulary.is_empty() {
        *vocabulary = own;
        return None;
    }
    vocabulary.reserve(own.len());
    Some((0..index(own.len())).map(|word| vocabulary.intern(own.word(WordId(word)))).collect())
}

/// Of each list what is needed only for merging.
#[derive(Default)]
struct Part {
    types: Vec<TypeId>,
    row_types: Vec<u16>,
    /// Index into [`Merger::numbers`].
    portion: usize,
    words: Vec<WordId>,
    names: Vec<ParsedName>,
    /// Entry of each row.
    entries: Vec<EntryId>,
}

/// A word list that is being merged.
#[derive(Clone, Copy)]
struct WordList {
    id: WordListId,
    /// Its column `value`.
    value: usize,
}

#[derive(Default)]
struct Merger {
    store: Store,
    parts: Vec<Part>,
    /// Of each portion of lists, the numbers of its words, unless they stay.
    numbers: Vec<Option<Vec<WordId>>>,
    errors: Vec<DataError>,
    /// Under their keys.
    names: Vec<(u32, Name)>,
    /// Names whose strength no list says: index into `names`.
    undecided: Vec<u32>,
    words: Vec<(u32, ListedWord)>,
    rows: Vec<(u32, RowRef)>,
}

impl Merger {
    /// Takes over a list's cells and types, in the order of lists.
    fn take(&mut self, list: ParsedList, portion: usize) {
        self.errors.extend(list.errors);
        let types = list.types.iter().map(|name| self.type_id(name)).collect();
        self.store.lists.push(Loaded { list: list.list, table: list.table, columns: list.columns });
        self.parts.push(Part {
            types,
            row_types: list.row_types,
            portion,
            words: list.words,
            names: list.names,
            entries: Vec::new(),
        });
    }

    fn type_id(&mut self, name: &str) -> TypeId {
        let types = &mut self.store.types;
        if types.is_empty() {
            types.extend(TypeId::KNOWN.iter().map(|&known| known.into()));
        }
        let at = types.iter().position(|known| &**known == name).unwrap_or_else(|| {
            types.push(name.into());
            types.len() - 1
        });
        TypeId(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// Lists by precedence: later folders first; within a folder in order, but lists of demonyms last, for they know
    /// nothing of an entry but how its people are called.
    fn precedence(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.store.lists.len()).collect();
        order.sort_by_key(|&at| {
            let list = self.store.lists.get(at).map(|loaded| &loaded.list);
            list.map(|list| (std::cmp::Reverse(list.layer), list.demonym))
        });
        order
    }

    fn merge_rows(&mut self) {
        let rows = self.parts.iter().map(|part| part.row_types.len()).sum();
        self.store.entries.reserve(rows);
        self.rows.reserve(rows);
        for at in self.precedence() {
            let (Some(part), Some(loaded)) = (self.parts.get_mut(at), self.store.lists.get(at)) else {
                continue;
            };
            let mut errors = Errors::of(&loaded.list.path());
            let list = u16::try_from(at).unwrap_or(u16::MAX);
            for (row, local_type) in part.row_types.iter().enumerate() {
                let here = RowRef { list, row: index(row) };
                let type_id = part.types.get(usize::from(*local_type)).copied().unwrap_or(TypeId::PLACE);
                let entry = self.store.entries.intern(&self.store.lists, here, type_id);
                part.entries.push(entry);
                self.rows.push((entry.0, here));
                let first = self.store.entries.first_row(entry);
                if first.list == list && self.store.entries.type_id(entry) != type_id {
                    let line = u64::from(loaded.table.line(here.row));
                    let what = "an id that stands above with another type";
                    errors.push(line, what, format!("the type of line {}", loaded.table.line(first.row)));
                }
            }
            self.errors.extend(errors.into_vec());
        }
        self.store.entries.set_rows(&std::mem::take(&mut self.rows));
    }

    fn merge_names(&mut self, vocabulary: usize) {
        let total = self.parts.iter().map(|part| part.names.len()).sum();
        let listed = self.parts.iter().filter(|part| part.row_types.is_empty());
        let listed: usize = listed.map(|part| part.names.len()).sum();
        self.words.reserve(listed);
        self.names.reserve(total - listed);
        let words = self.parts.iter().map(|part| part.words.len()).sum();
        self.store.keys.reserve(total, words, vocabulary);
        let numbers = std::mem::take(&mut self.numbers);
        let mut words = Vec::new();
        for at in self.precedence() {
            let Some(part) = self.parts.get_mut(at).map(std::mem::take) else { continue };
            let numbers = numbers.get(part.portion).and_then(Option::as_ref);
            let word_list = self.word_list(at);
            let mut start = 0;
            for name in &part.names {
                let mut here = part.words.get(start..name.words_end as usize).unwrap_or_default();
                start = name.words_end as usize;
                if let Some(numbers) = numbers {
                    words.clear();
                    words.extend(here.iter().filter_map(|word| numbers.get(word.0 as usize)));
                    here = &words;
                }
                let key = self.store.keys.intern(here);
                if let Some(word_list) = word_list {
                    self.add_word(key, word_list, at, name);
                } else if let Some(&entry) = part.entries.get(name.row as usize) {
                    self.add_name(key, entry, at, name);
                }
            }
        }
    }

    /// The word list that a list is, if it is one.
    fn word_list(&mut self, at: usize) -> Option<WordList> {
        let loaded = self.store.lists.get(at).filter(|loaded| loaded.list.kind == ListKind::Words)?;
        let (stem, lists) = (loaded.list.stem(), &mut self.store.word_lists);
        let number = lists.iter().position(|known| &**known == stem).unwrap_or_else(|| {
            lists.push(stem.into());
            lists.len() - 1
        });
        let id = WordListId(u16::try_from(number).unwrap_or(u16::MAX));
        Some(WordList { id, value: loaded.table.column("value").unwrap_or(usize::MAX) })
    }

    fn add_word(&mut self, key: KeyId, list: WordList, at: usize, word: &ParsedName) {
        let Store { lists, values, value_ids, .. } = &mut self.store;
        let Some(Loaded { table, .. }) = lists.get(at) else { return };
        let value = table.cell(word.row, list.value);
        let listed = ListedWord {
            list: list.id,
            value: Self::number_value(values, value_ids, value),
            case: word.case,
            line: table.line(word.row),
            at: RowRef { list: u16::try_from(at).unwrap_or(u16::MAX), row: word.row },
            start: word.start,
            end: word.end,
        };
        self.words.push((key.0, listed));
    }

    /// The number of a value, new if need be.
    fn number_value(
        values: &mut Vec<Box<str>>,
        value_ids: &mut HashMap<Box<str>, u32>,
        value: &str,
    ) -> ValueId {
        if let Some(&known) = value_ids.get(value) {
            return ValueId(known);
        }
        let new = index(values.len());
        values.push(value.into());
        value_ids.insert(value.into(), new);
        ValueId(new)
    }

    fn add_name(&mut self, key: KeyId, entry: EntryId, at: usize, name: &ParsedName) {
        let Some(loaded) = self.store.lists.get(at) else { return };
        if name.strength.is_none() {
            self.undecided.push(index(self.names.len()));
        }
        let name = Name {
            entry,
            line: loaded.table.line(name.row),
            start: name.start,
            end: name.end,
            list: u16::try_from(at).unwrap_or(u16::MAX),
            strength: name.strength.unwrap_or(Strength::Strong),
            main: name.main,
        };
        self.names.push((key.0, name));
    }

    fn finish(mut self) -> Store {
        let keys = self.store.keys.len();
        self.store.words = Grouped::new(&self.words, keys);
        let by_list: Vec<(u32, KeyId)> =
            self.words.iter().map(|(key, word)| (word.list.0.into(), KeyId(*key))).collect();
        self.store.word_list_keys = Grouped::new(&by_list, self.store.word_lists.len()).tidied(|keys| {
            keys.sort_unstable();
            keys.dedup();
        });
        self.decide_strengths();
        let store = &self.store;
        let names = Grouped::new(&self.names, keys).tidied(|names| {
            // Stable: of equal forms of an entry the first, by precedence, stays.
            names.sort_by(|a, b| a.entry.cmp(&b.entry).then_with(|| store.form(a).cmp(store.form(b))));
            names.dedup_by(|later, first| {
                later.entry == first.entry && store.form(later) == store.form(first)
            });
        });
        self.store.names = names;
        self.store
    }

    /// Gives names that nothing is said of their strength.
    fn decide_strengths(&mut self) {
        let common = self.store.word_lists.iter().position(|stem| &**stem == COMMON_WORDS);
        for &at in &self.undecided {
            let Some((key, name)) = self.names.get_mut(at as usize) else { continue };
            let key = KeyId(*key);
            let is_common = self.store.keys.words(key).len() == 1
                && self.store.words.of(key.0).iter().any(|word| Some(usize::from(word.list.0)) == common);
            if is_common || is_acronym(self.store.form(name)) {
                name.strength = Strength::Cased;
            }
        }
    }
}

/// A few capitals, perhaps with digits and marks (`EU`, `G7`, `U.S.`)?
pub(super) fn is_acronym(form: &str) -> bool {
    let letters = form.chars().filter(|c| c.is_alphanumeric());
    letters.clone().take(ACRONYM_LENGTH + 1).count() <= ACRONYM_LENGTH
        && form.chars().any(char::is_uppercase)
        && !form.chars().any(char::is_lowercase)
}
