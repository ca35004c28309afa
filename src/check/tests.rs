//! Checks of small folders, from documents and lists to outcomes.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::input::InputOptions;
use crate::resources::GazetteerOptions;

const LISTS: &str = "id,name,type\n\
                     person-lark,Ada Lark,person\n\
                     person-finch,Bob Finch,person\n\
                     place-edburton,Edburton,place\n\
                     org-mills,Norfield Mills,organization\n";
const TEXT: &str = "Ada Lark left Edburton for Norfield Mills.\n\nBob Finch junior stayed in Edburton.\n";

/// A folder with documents, lists and expected tables.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap()).write("lists/names.csv", LISTS).write("in/a.txt", TEXT)
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn write(self, below: &str, text: &str) -> Self {
        fs::create_dir_all(self.path(below).parent().unwrap()).unwrap();
        fs::write(self.path(below), text).unwrap();
        self
    }

    fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    fn check(&self, bless: bool, min_f1: &[(&str, f64)]) -> Outcome {
        let extract = Options {
            input: InputOptions {
                paths: vec![self.path("in")],
                max_document_size: 1 << 20,
                ..InputOptions::default()
            },
            gazetteers: GazetteerOptions {
                without_default: true,
                folders: vec![self.path("lists")],
                listed_only: true,
                ..GazetteerOptions::default()
            },
            ..Options::default()
        };
        let min_f1 = min_f1.iter().map(|(group, least)| ((*group).to_owned(), *least)).collect();
        check(CheckOptions { expected: self.path("expected"), extract, min_f1, bless }).unwrap()
    }

    /// Each difference as `class shown @line:column`.
    fn differences(&self) -> Vec<String> {
        let outcome = self.check(false, &[]);
        let shown = |(_, d): (&CheckedDocument, &Difference)| {
            let place = d.place.map_or_else(String::new, |(line, column)| format!(" @{line}:{column}"));
            format!("{} {}{place}", d.class.as_str(), d.shown)
        };
        outcome.differences().map(shown).collect()
    }
}

#[test]
fn what_was_blessed_has_no_differences_and_a_second_blessing_writes_nothing() {
    let place = Place::new();
    let first = place.check(true, &[]);
    assert!(first.passed());
    assert_eq!(first.changed, [place.path("expected/a.txt.mentions.csv"), place.path("expected/scores.csv")]);
    let table = place.read("expected/a.txt.mentions.csv");
    assert_eq!(table.lines().count(), 6, "{table}");
    assert!(table.starts_with("status,type,subtype,text,entity_id,value,mod,sentence,tokens\nbaseline,person,,Ada Lark,person-lark,,,s"));
    assert!(!table.contains("stayed"), "no sentence stands in it: {table}");
    assert_eq!(place.differences(), [""; 0]);
    assert!(place.check(true, &[]).changed.is_empty());
}

#[test]
fn a_paragraph_put_in_at_the_top_changes_nothing() {
    let place = Place::new();
    place.check(true, &[]);
    let place = place.write("in/a.txt", &format!("A new start, without any names.\n\n{TEXT}"));
    assert_eq!(place.differences(), [""; 0]);
    assert!(place.check(true, &[]).changed.is_empty(), "a blessing has nothing to write");
}

#[test]
fn a_paragraph_with_names_put_in_at_the_top_adds_its_own_rows_only() {
    let place = Place::new();
    place.check(true, &[]);
    let place = place.write("in/a.txt", &format!("Bob Finch saw Edburton.\n\n{TEXT}"));
    assert_eq!(
        place.differences(),
        [
            "spurious person \"Bob Finch\" (person-finch) @1:1",
            "spurious place \"Edburton\" (place-edburton) @1:15",
        ]
    );
}

#[test]
fn a_change_of_one_name_changes_exactly_its_rows() {
    let place = Place::new();
    place.check(true, &[]);
    let place = place.write("lists/names.csv", &LISTS.replace("Edburton", "Edburtonville"));
    assert_eq!(
        place.differences(),
        [
            "missing place \"Edburton\" (place-edburton) @1:15",
            "missing place \"Edburton\" (place-edburton) @3:28",
        ]
    );
    let place = place.write("lists/names.csv", &LISTS.replace("place-edburton", "place-edburton-mill"));
    assert_eq!(
        place.differences(),
        [
            "entity place \"Edburton\" (place-edburton-mill) @1:15",
            "entity place \"Edburton\" (place-edburton-mill) @3:28",
        ]
    );
}

#[test]
fn classes_of_type_and_boundary_are_told_from_missing_and_spurious() {
    let place = Place::new();
    place.check(true, &[]);
    let lists = LISTS.replace("Mills,organization", "Mills,place").replace("Finch", "Finch junior");
    let place = place.write("lists/names.csv", &lists);
    assert_eq!(
        place.differences(),
        [
            "type place \"Norfield Mills\" (org-mills) @1:28",
            "boundary person \"Bob Finch junior\" (person-finch) @3:1"
        ]
    );
}

#[test]
fn rows_checked_by_a_person_stay_whatever_is_found() {
    let place = Place::new();
    place.check(true, &[]);
    let table = place.read("expected/a.txt.mentions.csv").replace("baseline,person,,Bob", "gold,person,,Bob");
    let place = place.write("expected/a.txt.mentions.csv", &table);
    assert_eq!(place.differences(), [""; 0]);
    let place = place.write(
        "lists/names.csv",
        &LISTS.replace("Finch", "Finch junior").replace("place-edburton", "place-x"),
    );
    let outcome = place.check(true, &[]);
    assert!(!outcome.passed());
    let after = place.read("expected/a.txt.mentions.csv");
    assert!(after.contains("gold,person,,Bob Finch,person-finch,"), "{after}");
    assert_eq!(after.matches(",Edburton,place-x,").count(), 2, "{after}");
    assert!(!after.contains("junior"), "what stands in a gold row's place is no row: {after}");
}

#[test]
fn missing_and_unused_tables_are_findings() {
    let place = Place::new();
    place.check(true, &[]);
    let place = place.write("in/b.txt", "Nothing.").write("expected/c.txt.mentions.csv", "type,text\n");
    let outcome = place.check(false, &[]);
    assert!(!outcome.passed());
    assert!(outcome.documents[1].problem.as_ref().is_some_and(|p| p.contains("no expected table")));
    assert_eq!(outcome.unused, [place.path("expected/c.txt.mentions.csv")]);
    let blessed = place.check(true, &[]);
    assert!(blessed.passed(), "{blessed:?}");
    assert!(!place.path("expected/c.txt.mentions.csv").exists());
    assert_eq!(place.read("expected/b.txt.mentions.csv").lines().count(), 1);
}

#[test]
fn scores_within_their_thresholds_tolerate_differences_but_none_of_gold_rows() {
    let place = Place::new();
    place.check(true, &[]);
    let place = place.write("lists/names.csv", &LISTS.replace("Bob Finch", "Bob Fincher"));
    let outcome = place.check(false, &[("person", 0.6)]);
    assert!(outcome.passed(), "{outcome:?}");
    assert!(place.check(false, &[("all", 0.6)]).passed());
    assert!(!place.check(false, &[("place", 0.6)]).passed(), "types without a threshold must be equal");
    let strict = place.check(false, &[("person", 0.9)]);
    assert!(!strict.passed());
    assert_eq!((strict.low.len(), strict.low[0].group.as_str()), (1, "person"));
    let table = place.read("expected/a.txt.mentions.csv").replace("baseline,person,,Bob", "gold,person,,Bob");
    let place = place.write("expected/a.txt.mentions.csv", &table);
    assert!(!place.check(false, &[("person", 0.6)]).passed());
}

#[test]
fn scores_are_counted_apart_and_compared_with_the_last_blessing() {
    let place = Place::new();
    place.check(true, &[]);
    let lists = LISTS.replace("Finch", "Finch junior").replace("place-edburton", "place-x");
    let place = place.write("lists/names.csv", &lists);
    let outcome = place.check(false, &[]);
    let score = |group: &str| outcome.scores.groups[&("mention".to_owned(), group.to_owned())];
    let person = score("person");
    assert_eq!((person.expected, person.found, person.strict, person.relaxed), (2, 2, 1, 2));
    assert_eq!(score("place").entity, Share { right: 0, of: 2 });
    assert_eq!(score("organization").entity, Share { right: 1, of: 1 });
    assert!((outcome.blessed.as_ref().unwrap().total("mention").strict_f1() - 1.0).abs() < f64::EPSILON);
}

#[test]
fn columns_that_do_not_count_make_no_difference() {
    let place = Place::new();
    place.check(true, &[]);
    let place = place
        .write("lists/names.csv", &LISTS.replace("place-edburton", "place-x"))
        .write("expected/check.toml", "mentions = [\"type\", \"text\"]\n");
    assert_eq!(place.differences(), [""; 0]);
}

#[test]
fn a_row_written_by_hand_needs_no_place() {
    let place = Place::new().write(
        "expected/a.txt.mentions.csv",
        "text,type,entity_id\nAda Lark,person,person-lark\nEdburton,place,place-edburton\n\
         Norfield Mills,organization,org-mills\nBob Finch,person,person-finch\nEdburton,place,place-edburton\n",
    );
    assert_eq!(place.differences(), [""; 0]);
}
