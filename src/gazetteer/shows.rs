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
    /// By key, the number of the set of rows that it has, of those that patterns name.
    keys: Vec<u16>,
    /// Sets of rows; the first is empty.
    sets: Vec<RowSet>,
}

/// The rows that some keys have, by the numbers that patterns name them by.
#[derive(Clone, Debug, Default)]
struct RowSet {
    rows: Box<[u16]>,
    /// Does case matter in one of the rows?
    cased: bool,
}

impl ShowTable {
    pub(super) fn new(store: &Store, vocabulary: &Vocabulary) -> Self {
        let named = vocabulary.named().to_vec();
        let mut table = Self { named, keys: Vec::new(), sets: vec![RowSet::default()] };
        // by whether case matters
        let mut known: [HashMap<Vec<u16>, u16>; 2] = Default::default();
        let mut numbers = Vec::new();
        table.keys.reserve_exact(store.keys.len());
        for key in 0..index(store.keys.len()) {
            let rows = store.words.of(key);
            numbers.clear();
            let mut cased = false;
            for row in rows {
                vocabulary.push_numbers_of_row(row.list.0, row.value.0, &mut numbers);
                cased |= row.case != WordCase::Any;
            }
            if numbers.is_empty() {
                table.keys.push(0);
                continue;
            }
            numbers.sort_unstable();
            numbers.dedup();
            let known = &mut known[usize::from(cased)];
            let number = known.get(&numbers).copied().unwrap_or_else(|| {
                let number = table.add(RowSet { rows: numbers.as_slice().into(), cased });
                known.insert(numbers.clone(), number);
                number
            });
            table.keys.push(number);
        }
        table
    }

    /// Adds a set. Should ever more sets be needed than have numbers, the last one holds all further rows.
    fn add(&mut self, set: RowSet) -> u16 {
        if let Ok(number) = u16::try_from(self.sets.len()) {
            self.sets.push(set);
            return number;
        }
        if let Some(last) = self.sets.last_mut() {
            let mut all = [&*last.rows, &*set.rows].concat();
            all.sort_unstable();
            all.dedup();
            *last = RowSet { rows: all.into(), cased: true };
        }
        u16::MAX
    }

    /// The rows of a set.
    #[inline]
    pub(super) fn rows(&self, set: u16) -> &[u16] {
        self.sets.get(usize::from(set)).map_or(&[], |set| &set.rows)
    }

    /// The set of a key's rows.
    pub(super) fn set_of(&self, key: KeyId) -> u16 {
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
                    shows.rows = set;
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
