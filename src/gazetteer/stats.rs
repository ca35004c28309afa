//! How much the lists hold.

use std::fmt;

use super::manifest::ListKind;
use super::{Gazetteer, Strength};
use crate::text::Vocabulary;

/// What one list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListStats {
    /// Its path.
    pub path: String,
    /// What its rows are.
    pub kind: ListKind,
    /// Rows.
    pub rows: usize,
    /// Names (or listed words), each form of an entry once.
    pub names: usize,
    /// Names by strength: strong, cased, cue, never.
    pub strengths: [usize; 4],
}

/// What all lists hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// List by list, in order.
    pub lists: Vec<ListStats>,
    /// Of each type its name and how many entries and names it has, in order of types.
    pub types: Vec<(String, usize, usize)>,
    /// Distinct entries.
    pub entries: usize,
    /// Names of entries.
    pub names: usize,
    /// Listed words.
    pub words: usize,
    /// Distinct keys of both.
    pub keys: usize,
    /// Distinct folded words.
    pub vocabulary: usize,
    /// Bytes of the automaton.
    pub automaton: usize,
}

/// Counts.
pub fn stats(gazetteer: &Gazetteer, vocabulary: &Vocabulary) -> Stats {
    let lists = gazetteer.store.lists.iter().map(|loaded| ListStats {
        path: loaded.list.path(),
        kind: loaded.list.kind,
        rows: loaded.table.len(),
        ..ListStats::default()
    });
    let mut stats = Stats {
        lists: lists.collect(),
        types: gazetteer.types().iter().map(|name| (name.to_string(), 0, 0)).collect(),
        keys: gazetteer.key_count(),
        vocabulary: vocabulary.len(),
        automaton: gazetteer.automaton_memory(),
        ..Stats::default()
    };
    for entry in gazetteer.entries() {
        stats.entries += 1;
        if let Some((_, entries, _)) = stats.types.get_mut(usize::from(gazetteer.type_of(entry).0)) {
            *entries += 1;
        }
    }
    gazetteer.keys().for_each(|key| stats.count_key(gazetteer, key));
    stats
}

impl Stats {
    fn count_key(&mut self, gazetteer: &Gazetteer, key: crate::model::KeyId) {
        for name in gazetteer.names(key) {
            self.names += 1;
            if let Some((_, _, names)) = self.types.get_mut(usize::from(gazetteer.type_of(name.entry).0)) {
                *names += 1;
            }
            if let Some(list) = self.lists.get_mut(usize::from(name.list)) {
                list.names += 1;
                list.strengths[name.strength as usize] += 1;
            }
        }
        for word in gazetteer.words(key) {
            self.words += 1;
            if let Some(list) = self.lists.get_mut(usize::from(word.at.list)) {
                list.names += 1;
            }
        }
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let strengths =
            [Strength::Strong, Strength::Cased, Strength::Cue, Strength::Never].map(Strength::as_str);
        let [strong, cased, cue, never] = strengths;
        writeln!(f, "{:<44}{:>9}{:>9}{strong:>9}{cased:>9}{cue:>9}{never:>9}", "list", "rows", "names")?;
        for list in &self.lists {
            let [strong, cased, cue, never] = list.strengths;
            let (path, rows, names) = (&list.path, list.rows, list.names);
            writeln!(f, "{path:<44}{rows:>9}{names:>9}{strong:>9}{cased:>9}{cue:>9}{never:>9}")?;
        }
        writeln!(f, "\n{:<44}{:>9}{:>9}", "type", "entries", "names")?;
        for (name, entries, names) in self.types.iter().filter(|(_, entries, _)| *entries > 0) {
            writeln!(f, "{name:<44}{entries:>9}{names:>9}")?;
        }
        writeln!(f, "{:<44}{:>9}{:>9}", "all", self.entries, self.names)?;
        writeln!(
            f,
            "\n{} listed words, {} keys, {} distinct words, automaton {} KiB",
            self.words,
            self.keys,
            self.vocabulary,
            self.automaton / 1024
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{load, small_folder};
    use super::*;

    #[test]
    fn names_are_counted_by_list_type_and_strength() {
        let (gazetteer, vocabulary) = load(&[small_folder()]);
        let stats = stats(&gazetteer, &vocabulary);
        let places = &stats.lists[0];
        assert_eq!((places.path.as_str(), places.rows, places.names), ("lists/places.csv", 3, 8));
        assert_eq!(places.strengths, [5, 2, 0, 1]);
        assert_eq!(stats.types[2], ("place".to_owned(), 3, 8));
        assert_eq!((stats.entries, stats.names, stats.words), (5, 12, 4));
        let row = format!("{:<44}{:>9}{:>9}", "malware", 2, 4);
        assert!(stats.to_string().lines().any(|line| line == row), "{stats}");
    }
}
