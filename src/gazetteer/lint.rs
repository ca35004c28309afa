//! What in the lists is suspicious though not wrong: a name that is also a common word, one name of two things, a name that
//! can't be found. A finding that is meant is marked in its row: `lint:meant` and why in the column `notes`.

use std::fmt;

use super::entries::{Loaded, RowRef};
use super::manifest::ListKind;
use super::rows::Column;
use super::store::COMMON_WORDS;
use super::{Agreement, EntryId, Gazetteer, Name, Strength, WordListId, agreement};
use crate::model::{Hits, KeyId, Text, TypeId};
use crate::text::{TokenScratch, Vocabulary, tokenize};

/// In the column `notes`: this row's findings are meant.
const MEANT: &str = "lint:meant";
/// Word lists whose words are no names unless their case says so.
const ORDINARY_WORDS: [&str; 2] = [COMMON_WORDS, "months"];
/// Names shorter than this are found in too many places.
const SHORT: usize = 4;

/// Something suspicious in a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The list's path.
    pub path: String,
    /// Its line.
    pub line: u32,
    /// Which rule (`common-word`, `shared-name` …).
    pub rule: &'static str,
    /// What it is.
    pub what: String,
    /// Does the row say that it is meant?
    pub meant: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = if self.meant { " (meant)" } else { "" };
        write!(f, "{}:{}: {}: {}{meant}", self.path, self.line, self.rule, self.what)
    }
}

/// Looks through all lists. Needs [`Gazetteer::build`] and the vocabulary that it was built with. Sorted by path and line.
pub fn lint(gazetteer: &Gazetteer, vocabulary: &Vocabulary) -> Vec<Finding> {
    let ordinary = ORDINARY_WORDS.iter().filter_map(|stem| gazetteer.word_list(stem)).collect();
    let mut linter =
        Linter { gazetteer, vocabulary, ordinary, findings: Vec::new(), search: Search::default() };
    linter.look_at_rows();
    for key in gazetteer.keys() {
        linter.look_at_key(key);
    }
    linter.findings.sort();
    linter.findings.dedup();
    linter.findings
}

/// Buffers for finding a name in itself.
#[derive(Default)]
struct Search {
    text: Text,
    hits: Hits,
    tokens: TokenScratch,
}

struct Linter<'a> {
    gazetteer: &'a Gazetteer,
    vocabulary: &'a Vocabulary,
    ordinary: Vec<WordListId>,
    findings: Vec<Finding>,
    search: Search,
}

impl Linter<'_> {
    fn find(&mut self, at: RowRef, rule: &'static str, what: String) {
        let Some(loaded) = self.gazetteer.store.lists.get(usize::from(at.list)) else { return };
        let meant = loaded.cell(at.row, Column::Notes).contains(MEANT);
        let (path, line) = (loaded.list.path(), loaded.table.line(at.row));
        self.findings.push(Finding { path, line, rule, what, meant });
    }

    fn find_name(&mut self, name: &Name, rule: &'static str, what: String) {
        if let Some(at) = self.gazetteer.store.row_of(name) {
            self.find(at, rule, what);
        }
    }

    fn look_at_rows(&mut self) {
        for entry in self.gazetteer.entries() {
            let rows = self.gazetteer.store.entries.rows(entry);
            self.look_at_entry(entry, rows);
            for &at in rows {
                let Some(loaded) = self.gazetteer.store.lists.get(usize::from(at.list)) else { continue };
                for (rule, what) in suspicious_cells(loaded, at.row) {
                    self.find(at, rule, what);
                }
            }
        }
    }

    /// Rows of one entry that don't fit each other.
    fn look_at_entry(&mut self, entry: EntryId, rows: &[RowRef]) {
        let Some((&first, rest)) = rows.split_first() else { return };
        let lists = &self.gazetteer.store.lists;
        let type_of = |at: &RowRef| {
            let loaded = lists.get(usize::from(at.list));
            loaded.map_or("", |loaded| match loaded.cell(at.row, Column::Type) {
                "" => loaded.list.entity_type.as_str(),
                own => own,
            })
        };
        let id = self.gazetteer.entry(entry).id;
        let mut previous = first;
        for &at in rest {
            if type_of(&at) != type_of(&first) {
                self.find(
                    at,
                    "type",
                    format!("`{id}` is `{}` here, `{}` elsewhere", type_of(&at), type_of(&first)),
                );
            }
            let is_demonym = lists.get(usize::from(at.list)).is_some_and(|loaded| loaded.list.demonym);
            if at.list == previous.list && !is_demonym {
                self.find(at, "duplicate-id", format!("`{id}` stands in this list before"));
            }
            previous = at;
        }
    }

    fn look_at_key(&mut self, key: KeyId) {
        let gazetteer = self.gazetteer;
        let names = gazetteer.names(key);
        let words = gazetteer.key_words(key).len();
        let is_ordinary =
            words == 1 && gazetteer.words(key).iter().any(|word| self.ordinary.contains(&word.list));
        for name in names {
            let form = gazetteer.form(name);
            if is_ordinary && name.strength == Strength::Strong {
                self.find_name(name, "common-word", format!("`{form}` is also a common word, yet `strong`"));
            }
            let size = form.chars().filter(|c| c.is_alphanumeric()).count();
            if size < SHORT && name.strength == Strength::Strong && !form.contains('.') {
                self.find_name(
                    name,
                    "short",
                    format!("`{form}` has fewer than {SHORT} letters, yet is `strong`"),
                );
            }
            if mixes_scripts(form) {
                self.find_name(
                    name,
                    "homoglyph",
                    format!("`{form}` mixes letters of different scripts in a word"),
                );
            }
            if !self.finds_itself(name) {
                self.find_name(name, "unreachable", format!("`{form}` is not found in text"));
            }
        }
        self.look_at_pairs(names);
    }

    /// Names with one key: those of one entry may say the same, those of two entries are one name for two things.
    fn look_at_pairs(&mut self, names: &[Name]) {
        let gazetteer = self.gazetteer;
        let stands = |name: &&Name| matches!(name.strength, Strength::Strong | Strength::Cased);
        for (at, name) in names.iter().enumerate() {
            let before = names.get(..at).unwrap_or_default();
            let form = gazetteer.form(name);
            let strong_twin = |other: &&Name| {
                other.entry == name.entry
                    && other.strength == Strength::Strong
                    && name.strength == Strength::Strong
            };
            if let Some(twin) = before.last().filter(strong_twin) {
                let spare = if name.main { twin } else { name };
                let what =
                    format!("`{}` differs from another name in nothing that counts", gazetteer.form(spare));
                self.find_name(spare, "redundant", what);
            }
            let shares = |other: &&Name| {
                gazetteer.form(other) == form && stands(other) && self.are_confusable(name, other)
            };
            if let Some(other) = before.iter().filter(|_| stands(&name)).rfind(shares) {
                let (id, other) = (gazetteer.entry(name.entry).id, gazetteer.entry(other.entry).id);
                self.find_name(name, "shared-name", format!("`{form}` names `{id}` and `{other}`"));
            }
        }
    }

    /// Two entries that nothing keeps apart. Of places many share a name, and their facts decide; a kind of institution
    /// is only told from a listed institution by the country beside it.
    fn are_confusable(&self, name: &Name, other: &Name) -> bool {
        let gazetteer = self.gazetteer;
        let is_kind =
            |name: &Name| gazetteer.list(name.list).is_some_and(|list| list.kind == ListKind::Institutions);
        let same_places = other.list == name.list && gazetteer.type_of(name.entry) == TypeId::PLACE;
        other.entry != name.entry && !same_places && !is_kind(name) && !is_kind(other)
    }

    /// Is the name found where a text consists of it?
    fn finds_itself(&mut self, name: &Name) -> bool {
        let form = self.gazetteer.form(name);
        let Search { text, hits, tokens } = &mut self.search;
        tokenize(form, self.vocabulary, tokens, &mut text.tokens);
        self.gazetteer.scan(text, hits);
        let whole = hits.all.iter().find(|hit| hit.tokens.len() == text.tokens.len());
        whole.is_some_and(|hit| {
            self.gazetteer.names(hit.key).contains(name)
                && agreement(self.gazetteer, name, form, &text.tokens) != Agreement::Refused
        })
    }
}

/// Rule and explanation of each suspicious cell of a row.
fn suspicious_cells(loaded: &Loaded, row: u32) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let cell = |column| loaded.cell(row, column);
    let id = cell(Column::Id);
    if !id.starts_with(|first: char| first.is_ascii_alphabetic()) {
        found.push(("id", format!("`{id}` does not begin with a letter")));
    }
    let (from, to) = (cell(Column::ValidFrom), cell(Column::ValidTo));
    let shared = from.len().min(to.len());
    if !to.is_empty() && from.get(..shared) > to.get(..shared) {
        found.push(("dates", format!("valid from `{from}` to `{to}`")));
    }
    let aliases = cell(Column::Aliases);
    if !aliases.is_empty() && aliases.split('|').any(|alias| alias.split('~').next() == Some("")) {
        found.push(("empty-alias", format!("an empty alias in `{aliases}`")));
    }
    let external = cell(Column::ExternalIds);
    let is_external =
        |id: &str| id.split_once(':').is_some_and(|(scheme, id)| !scheme.is_empty() && !id.is_empty());
    if !external.is_empty() && !external.split('|').all(is_external) {
        found.push(("external-id", format!("`{external}` is not like `wikidata:Q37|geonames:597427`")));
    }
    if loaded.list.kind == ListKind::Institutions && id.starts_with("org-") {
        found.push(("id", format!("`{id}` is the id of one institution, not of a kind")));
    }
    found
}

/// Does a word have letters of more than one of the scripts that look alike?
fn mixes_scripts(form: &str) -> bool {
    let script = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => 1,
        '\u{370}'..='\u{3ff}' => 2,
        '\u{400}'..='\u{52f}' => 4,
        _ => 0_u8,
    };
    form.split(|c: char| !c.is_alphanumeric())
        .any(|word| word.chars().fold(0, |scripts, c| scripts | script(c)).count_ones() > 1)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{folder, load};
    use super::*;

    fn findings(rows: &str) -> Vec<String> {
        let words = ("common_words.csv", "word\nreading\n");
        let loaded = load(&[folder("l", &[words, ("names.csv", rows)])]);
        lint(&loaded.0, &loaded.1).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_rule_finds_its_case() {
        let rows = "id,type,name,aliases,strength,valid_from,valid_to,external_ids,notes\n\
            p-a,place,Reading,,strong,,,,\n\
            p-b,place,Reading Town,,,2020,2019-05,,\n\
            o-b,organization,Reading Town,,,,,,\n\
            9-c,person,Ed,,strong,,,wikidata,\n\
            p-d,person,Nausėda,Nauseda||NATO~cased,,,,,\n\
            p-d,person,Other,,,,,,\n\
            p-e,organization,B\u{430}nk,,,,,,\n\
            p-f,organization,news.example.lt,,,,,,\n";
        let expected = [
            "l/names.csv:2: common-word: `Reading` is also a common word, yet `strong`",
            "l/names.csv:3: dates: valid from `2020` to `2019-05`",
            "l/names.csv:4: shared-name: `Reading Town` names `o-b` and `p-b`",
            "l/names.csv:5: external-id: `wikidata` is not like `wikidata:Q37|geonames:597427`",
            "l/names.csv:5: id: `9-c` does not begin with a letter",
            "l/names.csv:5: short: `Ed` has fewer than 4 letters, yet is `strong`",
            "l/names.csv:6: empty-alias: an empty alias in `Nauseda||NATO~cased`",
            "l/names.csv:6: redundant: `Nauseda` differs from another name in nothing that counts",
            "l/names.csv:7: duplicate-id: `p-d` stands in this list before",
            "l/names.csv:8: homoglyph: `B\u{430}nk` mixes letters of different scripts in a word",
            "l/names.csv:9: unreachable: `news.example.lt` is not found in text",
        ];
        assert_eq!(findings(rows), expected);
    }

    #[test]
    fn a_row_can_say_that_it_is_meant() {
        let rows = "id,type,name,strength,notes\np-a,place,Ed,cased,\n";
        assert_eq!(findings(rows), [""; 0], "a short name may be `cased`");
        let rows = "id,type,name,strength,notes\np-a,place,Ed,strong,lint:meant a village\n";
        assert_eq!(
            findings(rows),
            ["l/names.csv:2: short: `Ed` has fewer than 4 letters, yet is `strong` (meant)"]
        );
    }

    #[test]
    fn an_entry_of_two_types_is_found() {
        let files = [
            ("a.csv", "id,type,name\nx,place,Kremlin\n"),
            ("b.csv", "id,type,name\nx,organization,Kremlin\n"),
        ];
        let loaded = load(&[folder("l", &files)]);
        let found: Vec<String> = lint(&loaded.0, &loaded.1).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["l/b.csv:2: type: `x` is `organization` here, `place` elsewhere"]);
    }
}
