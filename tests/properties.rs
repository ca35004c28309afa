//! Properties that hold for any text: offsets, order, and that nothing panics.

use crate::library::{document, extract, resources};
use gazet::extract::Scratch;
use gazet::output::{DocumentFacts, Labels, Profile, TableOptions, Tables, format};
use proptest::prelude::*;

/// Pieces that texts are made of: names, dates, and every kind of character that offsets stumble over.
const PIECES: &[&str] = &[
    "Vilnius",
    "Lithuania’s",
    "Lithuania's",
    "U.S.",
    "EU",
    "Ministry of Foreign Affairs",
    "Nausėda",
    "Nause\u{307}da",
    "Šiauliai",
    "Łukasz",
    "İstanbul",
    "ẞ",
    "ŉ",
    "ﬁ",
    "e\u{301}",
    "\u{00a0}",
    "\u{2009}",
    "\u{200b}",
    "\u{00ad}",
    "\u{feff}",
    "\u{200d}",
    "👩‍👩‍👧",
    "🇱🇹",
    "שלום",
    "\u{202e}",
    "\0",
    "\r\n",
    "\n\n",
    "\t",
    "“",
    "”",
    "«",
    "—",
    "(",
    ")",
    "/TASS/",
    ",",
    ".",
    "…",
    "12 August 2023",
    "last November",
    "two-month-long",
    "3:40 p.m.",
    "CVE-2021-44228",
    "said",
    "President",
    "attacked",
    "in",
    "of",
    "the",
    "John Smith",
    "Smith",
    "NATO",
    "http://a.b/c",
    "a@b.lt",
    "'",
    "-",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        3 => Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn offsets_in_rows_give_the_text_column(text in text()) {
        let document = document(&text);
        let mut scratch = Scratch::default();
        let found = extract(&document, &mut scratch);
        let folder = tempfile::tempdir().unwrap();
        let options = TableOptions { profile: Profile::Plain, ..TableOptions::default() };
        let labels = Labels { types: resources().types(), lists: resources().lists() };
        let facts = DocumentFacts {
            document: &document,
            portion: None,
            date: found.date,
            text: scratch.text(),
            entities: &found.entities,
            mentions: &found.mentions,
            relations: &found.relations,
            rejected: &[],
        };
        let mut tables = Tables::create(folder.path(), options).unwrap();
        tables.append(format(&facts, labels, options)).unwrap();
        tables.finish(&gazet::output::PackageInfo { version: String::new(), gazetteers: Vec::new() }).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let mut end = 0;
        for row in csv::Reader::from_path(folder.path().join("mentions.csv")).unwrap().records() {
            let row = row.unwrap();
            let (from, to): (usize, usize) = (row[7].parse().unwrap(), row[8].parse().unwrap());
            let surface: String = chars[from..to].iter().collect();
            prop_assert_eq!(&row[4], surface.as_str());
            prop_assert!(from >= end, "mentions overlap at {}", from);
            end = to;
        }
    }
}
