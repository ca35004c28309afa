//! Lists loaded from memory, and what is found with them.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::model::{Gap, Hit, Hits, Text, TokenSpan};
use crate::text::{TokenScratch, tokenize};

const MANIFEST: &str = r#"
[[list]]
file = "places.csv"
type = "place"
prior = 60

[[list]]
file = "tools.csv"
type = "malware"

[[list]]
file = "words/common_words.csv"
kind = "words"

[[list]]
file = "words/titles.csv"
kind = "words"
"#;
const PLACES: &str = "id,name,subtype,aliases,country,population,strength\n\
    place-vilnius-lt,Vilnius,city,Wilno~never|Vilna,LT,580000,\n\
    place-united-states,United States,country,US~cased|U.S.~strong|United States of America,US,,\n\
    place-reading-gb,Reading,city,,GB,170000,\n";
const TOOLS: &str = "id,name,aliases\nmalware-notpetya,NotPetya,\"ExPetr|Petya, Not\"\nmalware-it,IT,\n";
const COMMON: &str = "word,value\nreading,900\nmarch,80\n";
const TITLES: &str = "word,value,group\nprime minister,PM,government\ngeneral,,army\n";

/// A folder in memory.
pub(super) fn folder(label: &str, files: &[(&str, &str)]) -> Folder {
    let mut files: Vec<_> =
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec().into())).collect();
    files.sort_by(|a: &(String, Content), b| a.0.cmp(&b.0));
    Folder { label: label.to_owned(), files }
}

/// A few places, tools and words.
pub(super) fn small_folder() -> Folder {
    folder(
        "lists",
        &[
            ("lists.toml", MANIFEST),
            ("places.csv", PLACES),
            ("tools.csv", TOOLS),
            ("words/common_words.csv", COMMON),
            ("words/titles.csv", TITLES),
        ],
    )
}

/// Loads and builds, or tells what is wrong.
pub(super) fn load(folders: &[Folder]) -> (Gazetteer, Vocabulary) {
    let mut vocabulary = Vocabulary::new();
    let mut gazetteer = match Gazetteer::load(folders, &mut vocabulary) {
        Ok(gazetteer) => gazetteer,
        Err(errors) => panic!("{errors:#?}"),
    };
    gazetteer.build(&vocabulary);
    (gazetteer, vocabulary)
}

fn errors_of(folders: &[Folder]) -> Vec<String> {
    let errors = Gazetteer::load(folders, &mut Vocabulary::new()).expect_err("something is wrong");
    errors.iter().map(ToString::to_string).collect()
}

fn scan(gazetteer: &Gazetteer, vocabulary: &Vocabulary, source: &str) -> (Text, Hits) {
    let (mut text, mut hits) = (Text::default(), Hits::default());
    tokenize(source, vocabulary, &mut TokenScratch::default(), &mut text.tokens);
    gazetteer.scan(&text, &mut hits);
    (text, hits)
}

/// Surface and entry id of each name found, in order.
fn names_in(loaded: &(Gazetteer, Vocabulary), source: &str) -> Vec<String> {
    let (gazetteer, vocabulary) = loaded;
    let (text, hits) = scan(gazetteer, vocabulary, source);
    let mut found = Vec::new();
    for hit in &hits.all {
        for name in gazetteer.names(hit.key) {
            let tokens = &text.tokens[hit.tokens.range()];
            let surface = &source[text.bytes(hit.tokens).range()];
            let agreement = agreement(gazetteer, name, source, tokens);
            found.push(format!("{surface} = {} {agreement:?}", gazetteer.entry(name.entry).id));
        }
    }
    found
}

#[test]
fn names_and_listed_words_are_found_by_one_scan() {
    let (gazetteer, vocabulary) = load(&[small_folder()]);
    let source = "The prime minister left Vilnius\nfor the United\nStates of America.";
    let (text, hits) = scan(&gazetteer, &vocabulary, source);
    let surfaces: Vec<&str> = hits.all.iter().map(|hit| &source[text.bytes(hit.tokens).range()]).collect();
    assert_eq!(surfaces, ["prime minister", "Vilnius", "United\nStates of America", "United\nStates"]);
    let title = gazetteer.words(hits.all[0].key)[0];
    assert_eq!(gazetteer.word_list("titles"), Some(title.list));
    assert_eq!(
        (gazetteer.value(&title), gazetteer.column(&title, "group"), title.line),
        ("PM", "government", 2)
    );
    assert_eq!(hits.starting_at(7).len(), 2, "both forms of the United States");
    assert_eq!(hits.starting_at(999).len(), 0);
}

#[test]
fn a_name_crosses_a_line_end_but_no_blank_line() {
    let loaded = load(&[small_folder()]);
    assert_eq!(names_in(&loaded, "United\r\nStates").len(), 1);
    assert_eq!(names_in(&loaded, "United\n \nStates"), [""; 0]);
}

#[test]
fn case_is_evidence() {
    let loaded = load(&[small_folder()]);
    let table: &[(&str, &[&str])] = &[
        ("Vilnius", &["Vilnius = place-vilnius-lt Exact"]),
        ("vilnius", &["vilnius = place-vilnius-lt Folded"]),
        ("VILNIUS", &["VILNIUS = place-vilnius-lt Shouted"]),
        ("Vilníus", &["Vilníus = place-vilnius-lt Folded"]),
        ("Vilnius's", &["Vilnius = place-vilnius-lt Exact"]),
        ("Reading", &["Reading = place-reading-gb Exact"]),
        ("reading", &["reading = place-reading-gb Refused"]),
        ("READING", &["READING = place-reading-gb Shouted"]),
        ("IT", &["IT = malware-it Exact"]),
        ("It", &["It = malware-it Refused"]),
        ("it", &["it = malware-it Refused"]),
        ("NotPetya", &["NotPetya = malware-notpetya Exact"]),
        ("Notpetya", &["Notpetya = malware-notpetya Folded"]),
        ("Petya, not", &["Petya, not = malware-notpetya Folded"]),
        ("UNITED STATES", &["UNITED STATES = place-united-states Shouted"]),
        ("United  States", &["United  States = place-united-states Folded"]),
        ("US", &["US = place-united-states Folded", "US = place-united-states Exact"]),
        ("U.S.", &["U.S. = place-united-states Exact", "U.S. = place-united-states Folded"]),
        ("us", &["us = place-united-states Refused", "us = place-united-states Refused"]),
        ("Us", &["Us = place-united-states Refused", "Us = place-united-states Refused"]),
    ];
    for (source, found) in table {
        assert_eq!(&names_in(&loaded, source), found, "{source}");
    }
}

#[test]
fn strength_comes_from_the_alias_then_the_row_then_the_list_then_the_form() {
    let (gazetteer, _) = load(&[small_folder()]);
    let mut strengths: Vec<String> = (0..u32::try_from(gazetteer.key_count()).expect("few"))
        .flat_map(|key| gazetteer.names(KeyId(key)))
        .map(|name| format!("{} {}", gazetteer.form(name), name.strength.as_str()))
        .collect();
    strengths.sort();
    let expected = "ExPetr strong|IT cased|NotPetya strong|Petya, Not strong|Reading cased|U.S. strong|US cased|\
        United States of America strong|United States strong|Vilna strong|Vilnius strong|Wilno never";
    assert_eq!(strengths.join("|"), expected);
}

#[test]
fn an_entry_has_the_facts_of_its_first_row_filled_up_by_later_ones() {
    let user = folder(
        "mine",
        &[(
            "own.csv",
            "id,type,name,aliases,country,external_ids\nplace-vilnius-lt,place,City of Vilnius,Wilno~strong,,wikidata:Q216\nx,ship,Vasa,,,\n",
        )],
    );
    let (gazetteer, _) = load(&[small_folder(), user]);
    let entry = gazetteer.entry(gazetteer.entry_by_id("place-vilnius-lt").expect("it is listed"));
    assert_eq!(entry.name, "City of Vilnius");
    assert_eq!((entry.country, entry.population, entry.subtype, entry.prior), ("LT", 580_000, "city", 60));
    assert_eq!(entry.external_ids, "wikidata:Q216");
    assert_eq!(
        (gazetteer.list(entry.list).map(List::path), entry.line),
        (Some("mine/own.csv".to_owned()), 2)
    );
    assert_eq!(&**gazetteer.types().last().expect("types"), "ship");
    assert_eq!(&*gazetteer.types()[usize::from(TypeId::DATE.0)], "date");
    let wilno: Vec<Strength> = gazetteer
        .entries()
        .filter(|&entry| gazetteer.entry(entry).id == "place-vilnius-lt")
        .flat_map(|entry| {
            (0..u32::try_from(gazetteer.key_count()).expect("few")).map(move |key| (entry, KeyId(key)))
        })
        .flat_map(|(entry, key)| gazetteer.names(key).iter().filter(move |name| name.entry == entry))
        .filter(|name| gazetteer.form(name) == "Wilno")
        .map(|name| name.strength)
        .collect();
    assert_eq!(wilno, [Strength::Strong], "the user's strength holds");
}

#[test]
fn a_demonym_never_names_the_entry() {
    let manifest = "[[list]]\nfile = \"demonyms.csv\"\ntype = \"place\"\nmention = \"demonym\"\nprior = 80\n\
        [[list]]\nfile = \"cities.csv\"\ntype = \"place\"\nprior = 30\n";
    let files = [
        ("lists.toml", manifest),
        ("demonyms.csv", "id,name\nplace-vilnius-lt,Vilnian\n"),
        ("cities.csv", "id,name\nplace-vilnius-lt,Vilnius\n"),
    ];
    let (gazetteer, _) = load(&[folder("l", &files)]);
    let entry = gazetteer.entry(gazetteer.entry_by_id("place-vilnius-lt").expect("it is listed"));
    assert_eq!((entry.name, entry.prior), ("Vilnius", 30));
}

#[test]
fn all_errors_are_told_at_once_with_path_and_line() {
    let manifest = "[[list]]\nfile = \"a.csv\"\ntype = \"place\"\ncolour = \"red\"\n\n\
        [[list]]\nfile = \"gone.csv\"\n\n[[list]]\nfile = \"a.csv\"\nprior = 101\nstrength = \"huge\"\n";
    let mut broken =
        folder("l", &[("lists.toml", manifest), ("a.csv", "id,name\nx,X\n"), ("b.csv", "id,name\n")]);
    let expected = [
        "l/lists.toml:4: unknown field `colour` (expected file, kind, type, subtype, strength, mention or prior)",
        "l/lists.toml:6: no file `gone.csv` (expected a CSV file in this folder)",
        "l/lists.toml:11: bad `prior` (expected a number from 0 to 100)",
        "l/lists.toml:12: unknown strength `huge` (expected strong, cased, cue or never)",
        "l/lists.toml:9: `a.csv` is listed twice (expected each file once)",
        "l/b.csv:1: nothing says what this list holds (expected a `type` or `word` column, or a [[list]] for it in lists.toml)",
    ];
    assert_eq!(errors_of(std::slice::from_ref(&broken)), expected);

    let rows = "id,type,name,aliases,strength,latitude,population,valid_from,colour\n\
        ,place,A,,,,,,\nb,,B,,,,,,\nc,place,,,,,,,\nd,place,D,E~loud,weak,95,many,2019-02-30,\n\
        e,Place,E,,,,,,\nf,place,F\nd,person,D,,,,,,\n";
    let mut bytes = rows.as_bytes().to_vec();
    bytes.extend_from_slice(b"g,place,\xff,,,,,,\n");
    broken = folder("l", &[("w.csv", "word,case\nof,loud\n")]);
    broken.files.insert(0, ("a.csv".to_owned(), bytes.into()));
    let expected = [
        "l/a.csv:7: 3 cells in a row (expected 9, as in the header)",
        "l/a.csv:9: bytes that are not UTF-8 (expected UTF-8 text)",
        "l/a.csv:1: unknown column `colour` (expected id, name, type, subtype, aliases, country, latitude, longitude, \
         population, external_ids, strength, valid_from, valid_to, notes)",
        "l/a.csv:2: no id (expected an id without blanks or `|`)",
        "l/a.csv:3: no type (expected a `type` in the row, or one for the list in lists.toml)",
        "l/a.csv:4: an empty name (expected at least one letter or digit)",
        "l/a.csv:5: bad latitude `95` (expected degrees from -90 to 90)",
        "l/a.csv:5: bad population `many` (expected a whole number)",
        "l/a.csv:5: bad date `2019-02-30` (expected YYYY, YYYY-MM or YYYY-MM-DD)",
        "l/a.csv:5: unknown strength `weak` (expected strong, cased, cue or never)",
        "l/a.csv:5: unknown strength `loud` (expected strong, cased, cue or never)",
        "l/a.csv:6: bad type `Place` (expected a lower-case word such as person, organization, place, malware)",
        "l/w.csv:2: bad case `loud` (expected exact, capital or nothing)",
        "l/a.csv:8: an id that stands above with another type (expected the type of line 5)",
    ];
    assert_eq!(errors_of(&[broken]), expected);
}

/// As lists of the user: each cell is checked.
#[test]
fn the_embedded_lists_are_right() {
    let mut folder = embedded();
    assert!(folder.files.iter().all(|(_, content)| content.is_embedded()));
    folder.files.iter_mut().for_each(|(_, content)| *content = content.to_vec().into());
    assert!(folder.files.iter().all(|(_, content)| !content.is_embedded()));
    load(&[folder]);
}

#[test]
fn the_embedded_lists_load() {
    let (gazetteer, _) = load(&[embedded()]);
    assert!(gazetteer.types().is_empty() || gazetteer.types().len() >= TypeId::KNOWN.len());
}

/// Every key at every place by looking at all stretches of words.
fn naive_hits(gazetteer: &Gazetteer, text: &Text) -> Vec<Hit> {
    let words: Vec<WordId> = text.tokens.iter().map(|token| token.word).collect();
    let mut hits = Vec::new();
    for start in 0..words.len() {
        for end in (start + 1..=words.len()).rev() {
            let crosses = text.tokens[start + 1..end].iter().any(|token| token.gap == Gap::Blank);
            if let (Some(key), false) = (gazetteer.key_of(&words[start..end]), crosses) {
                let (start, end) = (u32::try_from(start).expect("short"), u32::try_from(end).expect("short"));
                hits.push(Hit { key, tokens: TokenSpan::new(start, end) });
            }
        }
    }
    hits
}

fn list_of(names: &[String]) -> Folder {
    let mut rows = "id,type,name\n".to_owned();
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(rows, "n{at},place,{name}");
    }
    folder("l", &[("names.csv", &rows)])
}

proptest! {
    #[test]
    fn the_scan_finds_what_a_naive_matcher_finds(
        names in prop::collection::vec("[ab]( [abc]){0,4}", 1..12),
        source in "([abcd][ \n]{1,2}){0,40}",
    ) {
        let (gazetteer, vocabulary) = load(&[list_of(&names)]);
        let (text, hits) = scan(&gazetteer, &vocabulary, &source);
        prop_assert_eq!(&hits.all, &naive_hits(&gazetteer, &text));
        for at in 0..text.tokens.len() {
            let here: Vec<Hit> = hits.all.iter().copied().filter(|hit| hit.tokens.start as usize == at).collect();
            prop_assert_eq!(hits.starting_at(at), &here[..]);
        }
    }

    #[test]
    fn every_name_is_found_between_any_words(before in "[a-z]{1,8}( [a-z,;]{1,8}){0,3}", after in "[a-z]{1,8}") {
        let (gazetteer, vocabulary) = load(&[small_folder()]);
        for name in (0..u32::try_from(gazetteer.key_count()).expect("few")).flat_map(|key| gazetteer.names(KeyId(key))) {
            let source = format!("{before} {} {after}", gazetteer.form(name));
            let (text, hits) = scan(&gazetteer, &vocabulary, &source);
            let found = hits.all.iter().any(|hit| {
                gazetteer.names(hit.key).contains(name)
                    && agreement(&gazetteer, name, &source, &text.tokens[hit.tokens.range()]) == Agreement::Exact
            });
            prop_assert!(found, "{}", source);
        }
    }

    #[test]
    fn no_bytes_make_the_load_panic(
        manifest in prop::collection::vec(any::<u8>(), 0..200),
        rows in prop::collection::vec(any::<u8>(), 0..300),
        cells in "(id|name|type|aliases|[,\"\n|~a-zÀ-ž]){0,60}",
    ) {
        let mut broken = folder("l", &[("a.csv", &format!("id,type,name,aliases\n{cells}")), ("b.csv", &cells)]);
        broken.files.push(("c.csv".to_owned(), rows.into()));
        let _ = Gazetteer::load(std::slice::from_ref(&broken), &mut Vocabulary::new());
        broken.files.push(("lists.toml".to_owned(), manifest.into()));
        let _ = Gazetteer::load(&[broken], &mut Vocabulary::new());
    }

    #[test]
    fn no_manifest_makes_the_load_panic(manifest in r#"(\[\[list\]\]|file|type|kind|prior|=|"a.csv"|"place"|\n|[0-9]|\[|\]| ){0,40}"#) {
        let broken = folder("l", &[("a.csv", "id,name\nx,X\n"), ("lists.toml", &manifest)]);
        let _ = Gazetteer::load(&[broken], &mut Vocabulary::new());
    }
}
