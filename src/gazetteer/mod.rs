//! Gazetteers: lists of names and of words, found in text by one scan.
//!
//! Owns the lists' form (`content`, `manifest`, `table`, `rows`, `checks`), what they say together (`store`, `entries`,
//! `keys`), the automaton and the scan, how a text's case agrees with a name (`case`) and the policy of choosing between overlapping
//! claims (`select`). Does not know which reading of a name is meant (`resolve`), nor what a listed word does (`rules`).
//!
//! Several folders are laid over each other: names add up by entry id; of contradicting facts, and of the strength of one
//! name, those of the later folder hold, and within a folder those of the list and line that come first, lists of demonyms
//! last.

mod automaton;
mod case;
mod checks;
mod content;
mod embedded;
mod entries;
mod error;
mod grouped;
mod keys;
mod lint;
mod manifest;
mod rows;
mod scan;
mod select;
mod show;
mod shows;
mod stats;
mod store;
mod table;
#[cfg(test)]
mod tests;

pub use automaton::Automaton;
pub use case::{Agreement, agreement, is_shouted, word_agrees};
pub use content::Content;
pub use embedded::{Folder, embedded, read_folder};
pub use entries::{Entry, EntryId};
pub use error::DataError;
pub use lint::{Finding, lint};
pub use manifest::{List, ListKind, ListSource, sources};
pub use rows::{ParsedLists, Strength, WordCase, parse, portions};
pub use select::{Claim, Rank, select};
pub use show::{Reading, show};
pub use stats::{ListStats, Stats, stats};
pub use store::{ListedWord, Name, ValueId, WordListId};

use crate::model::{KeyId, TypeId, WordId};
use crate::text::Vocabulary;
use rows::Column;
use shows::ShowTable;
use store::Store;

/// All lists, loaded.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    store: Store,
    automaton: Option<Automaton>,
    shows: ShowTable,
}

impl Gazetteer {
    /// Loads the lists of all folders; a later folder overrules an earlier one. Either all is right, or all errors are told.
    pub fn load(folders: &[Folder], vocabulary: &mut Vocabulary) -> Result<Self, Vec<DataError>> {
        let parsed = parse(&sources(folders)?);
        Self::merge(vec![parsed], vocabulary)
    }

    /// The last step of [`Self::load`], for callers that parse lists side by side ([`sources`], then [`parse`] for each of
    /// their [`portions`]). The lists must come in the order of their sources. They own all that they need: the folders can be dropped before.
    pub fn merge(parsed: Vec<ParsedLists>, vocabulary: &mut Vocabulary) -> Result<Self, Vec<DataError>> {
        Ok(Self { store: store::merge(parsed, vocabulary)?, ..Self::default() })
    }

    /// Builds the automaton for [`Self::scan`]. All patterns must be compiled: tokens show the words that they name.
    pub fn build(&mut self, vocabulary: &Vocabulary) {
        self.install(self.automaton(), vocabulary);
    }

    /// The automaton over all keys: for callers that do something else meanwhile, then [`Self::install`] it.
    pub fn automaton(&self) -> Automaton {
        Automaton::new(&self.store.keys)
    }

    /// The rows of word lists that are this one word.
    pub fn rows_of_word(&self, word: WordId) -> &[ListedWord] {
        self.store.keys.of_word(word).map_or(&[], |key| self.words(key))
    }

    /// The rows of a set, by its number in [`crate::model::Shows`]; see `Vocabulary::number_of_rows`.
    #[inline]
    pub fn rows_of_set(&self, set: u16) -> &[u16] {
        self.shows.rows(set)
    }

    /// The rows of word lists that patterns name and a key has.
    pub fn named_rows(&self, key: KeyId) -> &[u16] {
        self.shows.rows(self.shows.set_of(key))
    }

    /// Takes the automaton of this gazetteer. All patterns must be compiled: tokens show the words that they name.
    pub fn install(&mut self, automaton: Automaton, vocabulary: &Vocabulary) {
        self.automaton = Some(automaton);
        self.shows = ShowTable::new(&self.store, vocabulary);
    }

    /// Names that have this key, in order of entry.
    pub fn names(&self, key: KeyId) -> &[Name] {
        self.store.names.of(key.0)
    }

    /// Listed words that have this key.
    pub fn words(&self, key: KeyId) -> &[ListedWord] {
        self.store.words.of(key.0)
    }

    /// A name as its list writes it.
    pub fn form(&self, name: &Name) -> &str {
        self.store.form(name)
    }

    /// A listed word as its list writes it.
    pub fn word_form(&self, word: &ListedWord) -> &str {
        self.store.word_form(word)
    }

    /// The column `value` of a listed word.
    pub fn value(&self, word: &ListedWord) -> &str {
        self.value_text(word.value)
    }

    /// A value by its number.
    pub fn value_text(&self, value: ValueId) -> &str {
        self.store.values.get(value.0 as usize).map_or("", |value| value)
    }

    /// The number of a value; one that no listed word has if it is unknown.
    pub fn value_id(&self, value: &str) -> ValueId {
        self.store.value_id(value)
    }

    /// Any column of a listed word; empty if its list has no such column.
    pub fn column(&self, word: &ListedWord, column: &str) -> &str {
        self.store.column(word, column)
    }

    /// The key of exactly these words.
    pub fn key_of(&self, words: &[WordId]) -> Option<KeyId> {
        self.store.keys.get(words)
    }

    /// The words of a key.
    pub fn key_words(&self, key: KeyId) -> &[WordId] {
        self.store.keys.words(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = KeyId> + use<> {
        (0..table::index(self.store.keys.len())).map(KeyId)
    }

    /// Number of keys; they are numbered from 0.
    pub fn key_count(&self) -> usize {
        self.store.keys.len()
    }

    /// What the lists say of an entry.
    pub fn entry(&self, entry: EntryId) -> Entry<'_> {
        self.store.entries.get(&self.store.lists, entry)
    }

    /// An entry's id, without looking up anything else.
    pub fn id_of(&self, entry: EntryId) -> &str {
        self.store.entries.fact(&self.store.lists, entry, Column::Id)
    }

    /// An entry's country, without looking up anything else.
    pub fn country_of(&self, entry: EntryId) -> &str {
        self.store.entries.fact(&self.store.lists, entry, Column::Country)
    }

    /// An entry's subtype, without looking up anything else.
    pub fn subtype_of(&self, entry: EntryId) -> &str {
        self.store.entries.subtype(&self.store.lists, entry)
    }

    /// An entry's inhabitants, without looking up anything else; 0 if unknown.
    pub fn population_of(&self, entry: EntryId) -> u64 {
        self.store.entries.population(&self.store.lists, entry)
    }

    /// How prominent an entry is, without looking up anything else.
    pub fn prior_of(&self, entry: EntryId) -> u8 {
        self.store.entries.prior(&self.store.lists, entry)
    }

    /// An entry's type, without looking up anything else.
    pub fn type_of(&self, entry: EntryId) -> TypeId {
        self.store.entries.type_id(entry)
    }

    /// Is an entry a kind of institution? Without looking up anything else.
    pub fn is_institution(&self, entry: EntryId) -> bool {
        self.store.entries.is_institution(&self.store.lists, entry)
    }

    /// All entries.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> + use<> {
        (0..table::index(self.store.entries.len())).map(EntryId)
    }

    /// The entry with this id.
    pub fn entry_by_id(&self, id: &str) -> Option<EntryId> {
        self.store.entries.by_id(&self.store.lists, id)
    }

    /// A list by its number.
    pub fn list(&self, at: u16) -> Option<&List> {
        self.store.lists.get(usize::from(at)).map(|loaded| &loaded.list)
    }

    /// The list that a listed word stands in.
    pub fn list_of(&self, word: &ListedWord) -> Option<&List> {
        self.list(word.at.list)
    }

    /// All lists, in order.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.store.lists.iter().map(|loaded| &loaded.list)
    }

    /// A word list by its file's stem.
    pub fn word_list(&self, stem: &str) -> Option<WordListId> {
        let at = self.store.word_lists.iter().position(|known| &**known == stem)?;
        u16::try_from(at).ok().map(WordListId)
    }

    /// The stem of a word list.
    pub fn word_list_name(&self, list: WordListId) -> &str {
        self.store.word_lists.get(usize::from(list.0)).map_or("", |stem| stem)
    }

    /// The words of a word list, in order of key.
    pub fn words_of(&self, list: WordListId) -> impl Iterator<Item = (KeyId, &ListedWord)> {
        let keys = self.store.word_list_keys.of(list.0.into()).iter();
        keys.flat_map(move |&key| {
            self.words(key).iter().filter(move |word| word.list == list).map(move |word| (key, word))
        })
    }

    /// Names of types, by [`TypeId`].
    pub fn types(&self) -> &[Box<str>] {
        &self.store.types
    }

    /// Bytes of the automaton, with the tree that it walks.
    pub fn automaton_memory(&self) -> usize {
        self.automaton.as_ref().map_or(0, |automaton| automaton.memory() + self.store.keys.tree_memory())
    }
}
