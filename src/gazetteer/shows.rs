//! What tokens show of word lists and patterns. Made when all is loaded, so that a scan only looks up.

use super::rows::WordCase;
use super::store::Store;
use super::table::index;
use crate::model::{Hits, KeyId, Look, Shows, Token};
use crate::text::Vocabulary;
use hashbrown::HashMap;

/// What words and keys show.
#[derive(Clone, Debug, Default)]
pub(super) struct ShowTable {
    /// By word, its number among those that patterns name, from 1; 0 for the others. The last words may be missing.
    named: Vec<u16>,
    /// By key, the number of the set of lists that it has rows in, of those lists that patterns name.
    keys: Vec<u16>,
    /// Sets of lists; the first is empty.
    sets: Vec<ListSet>,
}

/// The lists that some keys have rows in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct ListSet {
    lists: Box<[u16]>,
    /// Does case matter in one of the rows?
    cased: bool,
}

impl ShowTable {
    pub(super) fn new(store: &Store, vocabulary: &Vocabulary) -> Self {
        let named = vocabulary.named().to_vec();
        let mut table = Self { named, keys: Vec::new(), sets: vec![ListSet::default()] };
        let mut known: HashMap<ListSet, u16> = HashMap::new();
        let mut lists = Vec::new();
        table.keys.reserve_exact(store.keys.len());
        for key in 0..index(store.keys.len()) {
            let rows = store.words.of(key);
            lists.clear();
            lists.extend(rows.iter().map(|row| row.list.0).filter(|&list| vocabulary.is_named_list(list)));
            if lists.is_empty() {
                table.keys.push(0);
                continue;
            }
            lists.sort_unstable();
            lists.dedup();
            let cased = rows.iter().any(|row| row.case != WordCase::Any);
            let set = ListSet { lists: lists.as_slice().into(), cased };
            let number = *known.entry(set).or_insert_with_key(|set| table.add(set));
            table.keys.push(number);
        }
        table
    }

    /// Adds a set. Should ever more sets be needed than have numbers, the last one holds all further lists.
    fn add(&mut self, set: &ListSet) -> u16 {
        if let Ok(number) = u16::try_from(self.sets.len()) {
            self.sets.push(set.clone());
            return number;
        }
        if let Some(last) = self.sets.last_mut() {
            let mut all = [&*last.lists, &*set.lists].concat();
            all.sort_unstable();
            all.dedup();
            *last = ListSet { lists: all.into(), cased: true };
        }
        u16::MAX
    }

    /// The lists of a set.
    #[inline]
    pub(super) fn lists(&self, set: u16) -> &[u16] {
        self.sets.get(usize::from(set)).map_or(&[], |set| &set.lists)
    }

    /// The set of lists that a key has rows in.
    fn set_of(&self, key: KeyId) -> u16 {
        self.keys.get(key.0 as usize).copied().unwrap_or(0)
    }

    /// Writes what a document's tokens show to its hits.
    pub(super) fn fill(&self, tokens: &[Token], hits: &mut Hits) {
        let mut shows = std::mem::take(&mut hits.shows);
        shows.clear();
        shows.extend(tokens.iter().enumerate().map(|(at, token)| {
            let mut shows = Shows::of_token(token);
            shows.named = self.named.get(token.word.0 as usize).copied().unwrap_or(0);
            for hit in hits.starting_at(at) {
                let set = self.set_of(hit.key);
                if hit.tokens.len() == 1 {
                    shows.lists = set;
                    if self.sets.get(usize::from(set)).is_some_and(|set| set.cased) {
                        shows.add(Look::Cased);
                    }
                } else if set != 0 {
                    shows.add(Look::Phrase);
                }
            }
            shows
        }));
        hits.shows = shows;
    }
}
