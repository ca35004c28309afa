//! Names: the rules' own examples, and texts in which one name has two readings, each read both ways.

use gazet::extract::{Extractor, Scratch};
use gazet::model::{Document, Status, TypeId};
use gazet::resources::{GazetteerOptions, Resources};
use gazet::rules::{Trial, run_trials};
use std::sync::OnceLock;

fn resources() -> &'static Resources {
    static RESOURCES: OnceLock<Resources> = OnceLock::new();
    RESOURCES.get_or_init(|| Resources::load(&GazetteerOptions::default()).expect("the default lists"))
}

fn document(text: &str) -> Document {
    Document {
        doc_id: "a.txt".to_owned(),
        path: "a.txt".to_owned(),
        title: String::new(),
        text: text.to_owned(),
        date: None,
        encoding: "utf-8",
        bytes: text.len() as u64,
        status: Status::Done,
        problem: String::new(),
    }
}

/// Names found in `text` as "type: text", each with `rule` if that spoke for or against anything in the text.
fn found(text: &str, rule: &str) -> Vec<(String, String)> {
    let (document, mut scratch) = (document(text), Scratch::default());
    let extractor = Extractor::new(resources());
    let evidence = extractor.evidence(&document, &mut scratch);
    let fired = evidence.iter().flat_map(|e| &e.spoke).any(|s| *s.rule == *rule);
    let mentions = extractor.extract(&document, &mut scratch).mentions;
    let names = mentions.iter().filter(|m| m.type_id != TypeId::DATE).map(|m| {
        let type_name = &resources().types()[usize::from(m.type_id.0)];
        (
            format!("{type_name}: {}", &text[m.bytes.range()]),
            if fired { rule.to_owned() } else { String::new() },
        )
    });
    names.collect()
}

fn names(text: &str) -> Vec<String> {
    found(text, "").into_iter().map(|(name, _)| name).collect()
}

#[test]
fn every_rule_finds_its_examples_and_leaves_its_counter_examples() {
    let trials: &[Trial] = resources().name_trials();
    assert!(trials.len() > 100, "{} trials", trials.len());
    let failures = run_trials(trials, |trial| found(&trial.text, &trial.rule));
    let shown: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
}

#[test]
fn a_name_with_two_readings_is_read_by_what_stands_around_it() {
    let cases: &[(&str, &[&str])] = &[
        ("They flew to Paris in May.", &["place: Paris"]),
        ("The actress Paris Quibberly laughed.", &["person: Paris Quibberly"]),
        ("Floods were reported across Jordan and in Syria.", &["place: Jordan", "place: Syria"]),
        (
            "The coach praised Michael Jordan again. Jordan smiled.",
            &["person: Michael Jordan", "person: Jordan"],
        ),
        ("Moscow denied the report.", &["place: Moscow"]),
        ("They live in Washington, near the river.", &["place: Washington"]),
        ("The singer Dinah Washington died in 1963.", &["person: Dinah Washington"]),
        ("The war in Georgia ended.", &["place: Georgia"]),
        ("Mrs Georgia Quibberly came.", &["person: Georgia Quibberly"]),
        ("U.S. warplanes flew over Iraq.", &["place: U.S.", "place: Iraq"]),
        ("Please tell us about it.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), *expected, "{text}");
    }
}

#[test]
fn teams_named_after_cities_are_organizations_in_results_and_places_in_travel() {
    let results = "Soccer results of the league season:\nLiverpool 2 Chelsea 1\nArsenal beat Everton 3-0 in the last match.";
    let travel = "She took the train from Liverpool to London.";
    assert!(names(results).contains(&"organization: Liverpool".to_owned()), "{:?}", names(results));
    assert_eq!(names(travel), ["place: Liverpool", "place: London"]);
}
