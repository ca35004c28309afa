//! Who is who: what the names of a text stand for, each trap both ways.

use crate::library::{document, extract};
use gazet::extract::Scratch;
use gazet::model::TypeId;

/// Names of a text as "text = entity id", dates left out.
fn entities(text: &str) -> Vec<String> {
    let found = extract(&document(text), &mut Scratch::default());
    let names = found.mentions.iter().filter(|m| m.type_id != TypeId::DATE);
    names
        .map(|m| format!("{} = {}", &text[m.bytes.range()], found.entities[m.entity.0 as usize].id))
        .collect()
}

/// Does the text say that `name` is `id`?
fn says(text: &str, name: &str, id: &str) -> bool {
    entities(text).contains(&format!("{name} = {id}"))
}

#[test]
fn jordan_is_a_country_or_the_end_of_a_persons_name() {
    let country = "King Abdullah of Jordan flew to Amman. Jordan borders Syria and Iraq.";
    let person = "Michael Jordan scored 30 points. \"I was tired,\" Jordan said.";
    assert!(says(country, "Jordan", "place-jordan"), "{:?}", entities(country));
    assert_eq!(
        entities(person),
        ["Michael Jordan = person-michael-jordan", "Jordan = person-michael-jordan"]
    );
}

#[test]
fn washington_is_a_person_where_the_text_names_one() {
    let person = "Denzel Washington starred in the film. Washington said he enjoyed it.";
    let ids = ["Denzel Washington = person-denzel-washington", "Washington = person-denzel-washington"];
    assert_eq!(entities(person), ids);
    let place = entities("They live in Washington, near the river.");
    assert!(place.len() == 1 && place[0].starts_with("Washington = place-washington"), "{place:?}");
}

#[test]
fn paris_is_a_city_or_a_given_name() {
    let city = "The mayor of Paris spoke in Paris, France.";
    assert!(says(city, "Paris", "place-paris-fr"), "{:?}", entities(city));
    let person = "Paris Hilton arrived by car. Hilton smiled at the crowd.";
    assert_eq!(entities(person), ["Paris Hilton = person-paris-hilton", "Hilton = person-paris-hilton"]);
}

#[test]
fn a_capital_that_acts_is_still_the_city() {
    let text = "Moscow denied the accusation. Moscow has sent troops to Belarus.";
    let ids = ["Moscow = place-moscow-ru", "Moscow = place-moscow-ru", "Belarus = place-belarus"];
    assert_eq!(entities(text), ids);
}

#[test]
fn a_person_and_a_city_of_one_name_stay_two() {
    let text = "Sydney Sweeney and Austin Butler met in Sydney, Australia.";
    assert!(says(text, "Sydney Sweeney", "person-sydney-sweeney"), "{:?}", entities(text));
    assert!(says(text, "Sydney", "place-sydney-au"), "{:?}", entities(text));
}

#[test]
fn a_company_named_like_a_person_stays_a_company_and_the_person_a_person() {
    let text = "Morgan Stanley hired Ellen Stanley as chief analyst. Stanley said she was glad.";
    let ids = [
        "Morgan Stanley = org-morgan-stanley",
        "Ellen Stanley = person-ellen-stanley",
        "Stanley = person-ellen-stanley",
    ];
    assert_eq!(entities(text), ids);
}

#[test]
fn the_legal_form_makes_no_other_company() {
    let text = "Philip Morris raised its dividend. Philip Morris Inc. sells cigarettes.";
    assert_eq!(
        entities(text),
        ["Philip Morris = org-philip-morris", "Philip Morris Inc. = org-philip-morris"]
    );
}

#[test]
fn the_head_of_a_companys_name_stands_for_it_and_a_common_noun_for_nothing() {
    let text = "Positive Technologies was put on a sanctions list. Positive denied any wrongdoing. The Centre was closed.";
    let ids = ["Positive Technologies = org-positive-technologies", "Positive = org-positive-technologies"];
    assert_eq!(entities(text), ids);
}

#[test]
fn an_acronym_stands_for_what_it_was_introduced_for() {
    let text = "The Quibberly Bridge Council (QBC) met in Minsk. The QBC said nothing.";
    let found = entities(text);
    let council = "QBC = org-quibberly-bridge-council".to_owned();
    assert_eq!(found.iter().filter(|f| **f == council).count(), 2, "{found:?}");
}

#[test]
fn a_ministry_is_that_of_the_country_beside_it_or_of_the_document() {
    let beside = "The Lithuanian Foreign Ministry and the Ministry of Foreign Affairs of the Republic of Latvia met \
                  Estonia's Foreign Ministry.";
    let ids = [
        "Lithuanian Foreign Ministry = org-lt-foreign-ministry",
        "Ministry of Foreign Affairs of the Republic of Latvia = org-lv-foreign-ministry",
        "Estonia = place-estonia",
        "Foreign Ministry = org-ee-foreign-ministry",
    ];
    assert_eq!(entities(beside), ids);
    let alone = "Lithuania summoned the envoy. The Foreign Ministry protested in Vilnius.";
    assert!(says(alone, "Foreign Ministry", "org-lt-foreign-ministry"), "{:?}", entities(alone));
    let plain = entities("The foreign ministry of a small country protested.");
    assert!(plain.is_empty(), "{plain:?}");
}

#[test]
fn a_name_without_its_diacritics_is_the_same_name() {
    let text = "Ona Petrauskienė sang. Then Petrauskiene bowed.";
    let ids = ["Ona Petrauskienė = person-ona-petrauskiene", "Petrauskiene = person-ona-petrauskiene"];
    assert_eq!(entities(text), ids);
}

#[test]
fn a_nationality_word_that_is_also_a_common_word_means_the_country_by_its_capital() {
    let text = "The Polish government sent Polish troops to Tallinn.";
    assert_eq!(
        entities(text).iter().filter(|e| e.as_str() == "Polish = place-poland").count(),
        2,
        "{:?}",
        entities(text)
    );
    let wax = "They gave the table a polish in Tallinn.";
    assert!(!entities(wax).iter().any(|e| e.ends_with("place-poland")), "{:?}", entities(wax));
}

#[test]
fn a_country_in_a_match_report_is_not_surely_the_country() {
    let report = "Soccer: Belgium beat Turkey 2-1 in a World Cup qualifier match.\nThe team scored two goals and the \
                  coach praised the squad.";
    let news = "Belgium summoned the ambassador of Turkey.";
    assert!(says(news, "Belgium", "place-belgium"), "{:?}", entities(news));
    assert!(!says(report, "Belgium", "place-belgium"), "{:?}", entities(report));
}

#[test]
fn ids_do_not_change_when_other_documents_come_before() {
    let text = "Oda Quibberly met Karl Venstridge in Tallinn.";
    let mut scratch = Scratch::default();
    let ids = |scratch: &mut Scratch| {
        let found = extract(&document(text), scratch);
        found.entities.into_iter().map(|e| e.id).collect::<Vec<_>>()
    };
    let alone = ids(&mut scratch);
    extract(&document("Karl Quibberly and the Venstridge Foundation moved to Riga."), &mut scratch);
    assert_eq!(ids(&mut scratch), alone);
    assert_eq!(alone.len(), 3);
}
