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

/// Mentions found in `text` as "entity id: text", dates left out.
fn entities(text: &str) -> Vec<String> {
    let extraction = Extractor::new(resources()).extract(&document(text), &mut Scratch::default());
    let named = extraction.mentions.iter().filter(|m| m.type_id != TypeId::DATE);
    named
        .map(|m| format!("{}: {}", extraction.entities[m.entity.0 as usize].id, &text[m.bytes.range()]))
        .collect()
}

#[test]
fn a_name_of_several_things_is_told_apart_both_ways() {
    let cases: &[(&str, &str)] = &[
        ("Troops marched from Russia through Georgia to Tbilisi.", "place-georgia: Georgia"),
        (
            "She moved from Alabama to Georgia, and then to Florida and Tennessee.",
            "place-georgia-us: Georgia",
        ),
        ("Washington said on Monday that it would send troops to Poland.", "place-washington-us: Washington"),
        ("The singer Dinah Washington died. Washington was 39.", "person-dinah-washington: Washington"),
        ("Paris and Berlin agreed on the plan, officials said.", "place-paris-fr: Paris"),
        ("The mill in Paris, Texas, burned down.", "place-paris-us: Paris"),
        ("Moscow denied the report.", "place-moscow-ru: Moscow"),
        ("The coach praised Michael Jordan again. Jordan smiled.", "person-michael-jordan: Jordan"),
        ("Floods were reported across Jordan and in Syria.", "place-jordan: Jordan"),
        ("Lincoln Ventrisque lives in Lincoln, Nebraska.", "place-lincoln-us: Lincoln"),
        ("Lincoln Ventrisque lives in Lincoln, Nebraska.", "person-lincoln-ventrisque: Lincoln Ventrisque"),
        ("The foreign ministers of France and Chad met in Vienna.", "place-chad: Chad"),
        ("Chad Ventrisque, a nurse, lives in Ohio.", "person-chad-ventrisque: Chad Ventrisque"),
        ("Israel said its troops had left the town.", "place-israel: Israel"),
        ("Israel Quibberly, a baker, said he had left.", "person-israel-quibberly: Israel Quibberly"),
        ("Morgan Stanley reported record profits.", "org-morgan-stanley: Morgan Stanley"),
        ("Stanley Morgan, a teacher, reported the loss.", "person-stanley-morgan: Stanley Morgan"),
        ("Shell said on Thursday that its profits had doubled.", "org-shell: Shell"),
        ("The company said Ford sold fewer cars last year.", "org-ford: Ford"),
        ("President Gerald Ford met the press. Ford said he was tired.", "person-gerald-ford: Ford"),
    ];
    for (text, expected) in cases {
        assert!(entities(text).contains(&(*expected).to_owned()), "{text}\n{:?}", entities(text));
    }
    assert_eq!(names("She ate an apple and found a shell by the ford."), Vec::<String>::new());
}

#[test]
fn two_people_with_one_surname_stay_two() {
    let text = "The minister Petras Quibberly met the mayor Ona Quibberly. Petras Quibberly spoke first, and then Ona \
                Quibberly answered.";
    let (petras, ona) = ("person-petras-quibberly", "person-ona-quibberly");
    let ids: Vec<String> =
        entities(text).iter().filter_map(|e| Some(e.split_once(':')?.0.to_owned())).collect();
    assert_eq!(ids, [petras, ona, petras, ona]);
}

#[test]
fn an_institution_without_a_country_gets_that_of_the_place_beside_it() {
    let about_belarus = "Belarus and Minsk are named here. Minsk is the capital of Belarus.";
    let cases: &[(&str, &str)] = &[
        ("The ministry of Lithuania's Interior Ministry.", "org-lt-interior-ministry: Interior Ministry"),
        ("It lies with the Interior Ministry (Vilnius).", "org-lt-interior-ministry: Interior Ministry"),
        (
            "In Vilnius, the Interior Ministry gave the numbers.",
            "org-lt-interior-ministry: Interior Ministry",
        ),
        (
            "They wrote to the Lithuanian Ministry of Defence and the Interior Ministry.",
            "org-lt-interior-ministry: Interior Ministry",
        ),
        (
            "The Cyber Security Centre (CSC), at the Ministry of Defence, Vilnius, gave the numbers.",
            "org-lt-cyber-security-centre: Cyber Security Centre",
        ),
        (
            "The experts had come from South Africa, the Interior Ministry said.",
            "org-interior-ministry: Interior Ministry",
        ),
        ("The Interior Ministry gave the numbers.", "org-by-interior-ministry: Interior Ministry"),
        (
            "Germany asked about the break-in at the Interior Ministry.",
            "org-interior-ministry: Interior Ministry",
        ),
    ];
    for (sentence, expected) in cases {
        let text = format!("{about_belarus} {sentence}");
        assert!(entities(&text).contains(&(*expected).to_owned()), "{text}\n{:?}", entities(&text));
    }
}

#[test]
fn a_word_before_an_institution_makes_it_another_one() {
    let regional = entities("The Regional Cyber Security Centre in Kaunas opened, said the Lithuanian Army.");
    assert!(
        regional.contains(&"org-regional-cyber-security-centre: Regional Cyber Security Centre".to_owned()),
        "{regional:?}"
    );
    let national = entities("The National Cyber Security Centre in Vilnius opened.");
    assert!(
        national.contains(&"org-lt-cyber-security-centre: National Cyber Security Centre".to_owned()),
        "{national:?}"
    );
}

#[test]
fn an_acronym_may_be_a_word_and_a_word_in_capitals_no_acronym() {
    let text = "The Society of Mill Unions Guild (SMUG) met in May. SMUG leaders said so.";
    let found = names(text);
    assert_eq!(found.iter().filter(|n| *n == "organization: SMUG").count(), 2, "{found:?}");
    assert_eq!(names("It was a HUGE mistake, and she was NOT happy."), Vec::<String>::new());
}

#[test]
fn the_rate_in_a_name_is_no_date() {
    let dates = |text: &str| {
        let found = Extractor::new(resources()).extract(&document(text), &mut Scratch::default());
        found.mentions.iter().filter(|m| m.type_id == TypeId::DATE).count()
    };
    assert_eq!(dates("He reads the Quibble Daily and the Millers Weekly."), 0);
    assert_eq!(dates("He reads it daily. On Sundays we call."), 2);
}
