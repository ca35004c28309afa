//! The default lists against a probe written before them, against text without names, and against themselves.

use crate::library::{document, extract, mentions, resources};
use gazet::extract::Scratch;
use gazet::gazetteer::{Agreement, Strength, agreement};
use std::path::Path;

fn data(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name))
        .expect("test data")
}

/// Terms of the probe that must be found, in percent.
const PROBE_LEAST: usize = 98;

#[test]
fn the_probe_is_found_with_the_right_type() {
    let probe = data("probe.csv");
    let mut reader = csv::Reader::from_reader(probe.as_bytes());
    let (mut all, mut misses) = (0, Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        let (term, kind, text) = (&row[0], &row[1], &row[3]);
        all += 1;
        let found = mentions(text);
        if !found.iter().any(|(k, surface, _)| k == kind && surface == term) {
            let near: Vec<_> = found.iter().map(|(k, s, _)| format!("{k}: {s}")).collect();
            misses.push(format!("{kind}: {term} ({text}) found {near:?}"));
        }
    }
    println!("probe: {} of {all} found", all - misses.len());
    assert!(all >= 200, "the probe has {all} terms");
    assert!((all - misses.len()) * 100 >= all * PROBE_LEAST, "{}", misses.join("\n"));
}

/// Mentions that a thousand sentences without names may yield.
const FALSE_HITS_MOST: usize = 10;

/// The false hits are those of `plain_exceptions.csv`, each with its reason: no other, and none of them fixed unnoticed.
#[test]
fn ordinary_sentences_yield_nothing_but_the_explained() {
    let exceptions = data("plain_exceptions.csv");
    let mut explained: Vec<(String, String, String)> = Vec::new();
    for row in csv::Reader::from_reader(exceptions.as_bytes()).records() {
        let row = row.unwrap();
        assert!(row[3].split_whitespace().count() > 3, "no reason for {row:?}");
        explained.push((row[0].to_owned(), row[1].to_owned(), row[2].to_owned()));
    }
    let sentences = data("plain_sentences.txt");
    assert!(sentences.lines().count() >= 1000);
    let mut false_hits = Vec::new();
    for line in sentences.lines() {
        // dates ("now", "later") are no names
        let found = mentions(line).into_iter().filter(|(kind, ..)| kind != "date");
        false_hits.extend(found.map(|(kind, surface, _)| (line.to_owned(), kind, surface)));
    }
    println!("plain sentences: {} false hits", false_hits.len());
    false_hits.sort();
    explained.sort();
    assert_eq!(false_hits, explained);
    assert!(explained.len() <= FALSE_HITS_MOST);
}

#[test]
fn lint_finds_nothing_that_is_not_meant() {
    let findings: Vec<String> =
        resources().lint().into_iter().filter(|f| !f.meant).map(|f| f.to_string()).collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_listed_name_finds_itself() {
    let gazetteer = resources().gazetteer();
    let mut scratch = Scratch::default();
    let (mut names, mut lost) = (0, Vec::new());
    let keys: Vec<_> = gazetteer.keys().collect();
    for chunk in keys.chunks(2_000) {
        let forms: Vec<(gazet::model::KeyId, gazet::gazetteer::Name)> =
            chunk.iter().flat_map(|&key| gazetteer.names(key).iter().map(move |name| (key, *name))).collect();
        let mut text = String::new();
        let mut starts = Vec::new();
        for (_, name) in &forms {
            text.push_str("they saw ");
            starts.push(u32::try_from(text.len()).unwrap());
            text.push_str(gazetteer.form(name));
            text.push_str(" again .\n\n");
        }
        let document = document(&text);
        extract(&document, &mut scratch);
        let tokens = &scratch.text().tokens;
        for ((key, name), start) in forms.iter().zip(starts) {
            names += 1;
            let at = tokens.partition_point(|t| t.start < start);
            let hit = scratch.hits().starting_at(at).iter().find(|h| h.key == *key);
            let agrees = |h: &gazet::model::Hit| {
                agreement(gazetteer, name, &document.text, &tokens[h.tokens.range()]) <= Agreement::Folded
            };
            if name.strength != Strength::Never && !hit.is_some_and(agrees) {
                lost.push(gazetteer.form(name).to_owned());
            }
        }
    }
    println!("{names} listed names, {} do not find themselves", lost.len());
    let stats = resources().stats();
    assert!(stats.names + stats.words >= 200_000, "only {names} names and {} words", stats.words);
    assert!(lost.is_empty(), "{lost:?}");
}
