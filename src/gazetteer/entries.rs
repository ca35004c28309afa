//! Entries: the real things that rows of lists speak of, one per id. An entry's facts stay in the rows: each is looked up in
//! the first row that has it, rows of later folders before those of earlier ones, then in the order of lists and lines.

use hashbrown::HashTable;
use hashbrown::hash_table;

use super::grouped::Grouped;
use super::keys::hash_text;
use super::manifest::{List, ListKind};
use super::rows::{Column, Columns};
use super::table::{Table, index};
use crate::model::TypeId;

/// Number of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// What the lists say of one real thing; empty texts mean unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its id, the same in all lists.
    pub id: &'a str,
    /// Its main name.
    pub name: &'a str,
    /// Its type.
    pub type_id: TypeId,
    /// Its subtype.
    pub subtype: &'a str,
    /// ISO 3166-1 alpha-2.
    pub country: &'a str,
    /// Degrees, as written.
    pub latitude: &'a str,
    /// Degrees, as written.
    pub longitude: &'a str,
    /// Inhabitants; 0 if unknown.
    pub population: u64,
    /// `wikidata:Q37|geonames:597427`.
    pub external_ids: &'a str,
    /// First day, month or year of an office or of its being.
    pub valid_from: &'a str,
    /// The last.
    pub valid_to: &'a str,
    /// How prominent, 0 to 100; 0 if no list says.
    pub prior: u8,
    /// A kind of institution to be composed with a country?
    pub institution: bool,
    /// Index of the list of its first row.
    pub list: u16,
    /// Line of that row.
    pub line: u32,
}

/// A list as loaded: what holds for it, and its cells.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) list: List,
    pub(super) table: Table,
    pub(super) columns: Columns,
}

impl Loaded {
    pub(super) fn cell(&self, row: u32, column: Column) -> &str {
        self.table.cell(row, self.columns.at(column))
    }
}

/// A row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowRef {
    pub(super) list: u16,
    pub(super) row: u32,
}

/// All entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Entries {
    by_id: HashTable<u32>,
    types: Vec<TypeId>,
    /// First row of each entry, for its id.
    first: Vec<RowRef>,
    rows: Grouped<RowRef>,
}

impl Entries {
    /// Makes room, so that the table need not grow; to be called before any [`Self::intern`].
    pub(super) fn reserve(&mut self, entries: usize) {
        self.by_id = HashTable::with_capacity(entries);
        self.types.reserve(entries);
        self.first.reserve(entries);
    }

    /// The entry that a row speaks of, new if its id is.
    pub(super) fn intern(&mut self, lists: &[Loaded], at: RowRef, type_id: TypeId) -> EntryId {
        let id = id_of(lists, at);
        let first = &self.first;
        let same = |&entry: &u32| first.get(entry as usize).is_some_and(|&row| id_of(lists, row) == id);
        let hash_of = |&entry: &u32| first.get(entry as usize).map_or(0, |&row| hash_text(id_of(lists, row)));
        match self.by_id.entry(hash_text(id), same, hash_of) {
            hash_table::Entry::Occupied(found) => EntryId(*found.get()),
            hash_table::Entry::Vacant(slot) => {
                let next = index(self.types.len());
                slot.insert(next);
                self.types.push(type_id);
                self.first.push(at);
                EntryId(next)
            }
        }
    }

    /// Takes the rows of all entries, in order of precedence.
    pub(super) fn set_rows(&mut self, rows: &[(u32, RowRef)]) {
        self.rows = Grouped::new(rows, self.types.len());
    }

    pub(super) fn len(&self) -> usize {
        self.types.len()
    }

    pub(super) fn by_id(&self, lists: &[Loaded], id: &str) -> Option<EntryId> {
        let same = |&entry: &u32| self.first.get(entry as usize).is_some_and(|&row| id_of(lists, row) == id);
        self.by_id.find(hash_text(id), same).map(|&entry| EntryId(entry))
    }

    pub(super) fn type_id(&self, entry: EntryId) -> TypeId {
        self.types.get(entry.0 as usize).copied().unwrap_or(TypeId::PLACE)
    }

    /// Is it a kind of institution, to be composed with a country?
    pub(super) fn is_institution(&self, lists: &[Loaded], entry: EntryId) -> bool {
        let list = lists.get(usize::from(self.first_row(entry).list));
        list.is_some_and(|loaded| loaded.list.kind == ListKind::Institutions)
    }

    /// The row that an entry was first seen in.
    pub(super) fn first_row(&self, entry: EntryId) -> RowRef {
        self.first.get(entry.0 as usize).copied().unwrap_or(RowRef { list: 0, row: 0 })
    }

    /// All rows of an entry, in order of precedence.
    pub(super) fn rows(&self, entry: EntryId) -> &[RowRef] {
        self.rows.of(entry.0)
    }

    /// The first cell of a column that is not empty.
    pub(super) fn fact<'a>(&self, lists: &'a [Loaded], entry: EntryId, column: Column) -> &'a str {
        let cells = self.rows_in(lists, entry).map(|(loaded, row)| loaded.cell(row, column));
        cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    /// Its own subtype, or that of a list it stands in.
    pub(super) fn subtype<'a>(&self, lists: &'a [Loaded], entry: EntryId) -> &'a str {
        let subtypes =
            self.rows_in(lists, entry).map(|(loaded, row)| match loaded.cell(row, Column::Subtype) {
                "" => loaded.list.subtype.as_str(),
                own => own,
            });
        subtypes.into_iter().find(|subtype| !subtype.is_empty()).unwrap_or_default()
    }

    /// Inhabitants; 0 if unknown.
    pub(super) fn population(&self, lists: &[Loaded], entry: EntryId) -> u64 {
        self.fact(lists, entry, Column::Population).parse().unwrap_or(0)
    }

    /// How prominent its lists are.
    pub(super) fn prior(&self, lists: &[Loaded], entry: EntryId) -> u8 {
        self.rows_in(lists, entry).find_map(|(loaded, _)| loaded.list.prior).unwrap_or(0)
    }

    fn rows_in<'a>(&self, lists: &'a [Loaded], entry: EntryId) -> impl Iterator<Item = (&'a Loaded, u32)> {
        self.rows(entry).iter().filter_map(|at| Some((lists.get(usize::from(at.list))?, at.row)))
    }

    /// All that the lists say of an entry.
    pub(super) fn get<'a>(&self, lists: &'a [Loaded], entry: EntryId) -> Entry<'a> {
        let fact = |column| self.fact(lists, entry, column);
        let first = self.first_row(entry);
        let first_list = lists.get(usize::from(first.list));
        Entry {
            id: fact(Column::Id),
            name: fact(Column::Name),
            type_id: self.type_id(entry),
            subtype: self.subtype(lists, entry),
            country: fact(Column::Country),
            latitude: fact(Column::Latitude),
            longitude: fact(Column::Longitude),
            population: self.population(lists, entry),
            external_ids: fact(Column::ExternalIds),
            valid_from: fact(Column::ValidFrom),
            valid_to: fact(Column::ValidTo),
            prior: self.prior(lists, entry),
            institution: self.is_institution(lists, entry),
            list: first.list,
            line: first_list.map_or(0, |loaded| loaded.table.line(first.row)),
        }
    }
}

fn id_of(lists: &[Loaded], at: RowRef) -> &str {
    lists.get(usize::from(at.list)).map_or("", |loaded| loaded.cell(at.row, Column::Id))
}
