//! The examples of the rule files, and what holds for all rules: coordination, modality, attribution, linear time.

use super::extract::matches as matches_of;
use super::{Relations, TrialBench};
use crate::gazetteer::{Gazetteer, embedded};
use crate::rules::agreement::{assert_sweep_agrees, with_sample};
use crate::rules::{MatchScratch, MentionMap, SweepScratch};
use crate::text::{Abbreviations, Vocabulary};
use std::sync::LazyLock;

struct Fixture {
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    relations: Relations,
    abbreviations: Abbreviations,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let folders = [embedded()];
    let mut vocabulary = Vocabulary::new();
    let mut gazetteer = Gazetteer::load(&folders, &mut vocabulary).unwrap();
    let relations = Relations::load(&folders, &gazetteer, &mut vocabulary).unwrap();
    gazetteer.build(&vocabulary);
    Fixture { vocabulary, gazetteer, relations, abbreviations: Abbreviations::default() }
});

fn bench() -> TrialBench<'static> {
    let Fixture { vocabulary, gazetteer, abbreviations, .. } = &*FIXTURE;
    TrialBench { gazetteer, vocabulary, abbreviations }
}

/// Rows of a relation in a marked text, in order.
fn rows(relation: &str, marked: &str) -> Vec<String> {
    let found = bench().find(&FIXTURE.relations, marked);
    found.into_iter().filter(|row| row.relation == relation).map(|row| row.pair).collect()
}

#[test]
fn examples_and_counter_examples_of_all_rules_hold() {
    let trials = FIXTURE.relations.trials();
    assert!(trials.len() >= 80, "only {} trials", trials.len());
    let failures = bench().failures(&FIXTURE.relations);
    let told: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{} of {}:\n{}", told.len(), trials.len(), told.join("\n"));
}

#[test]
fn no_rule_that_matches_is_ruled_out_before_it_is_tried() {
    let set = &FIXTURE.relations.rules;
    let mut matches = 0;
    for trial in FIXTURE.relations.trials() {
        matches += bench().read(&trial.text, |page, _, mentions| {
            let mut map = MentionMap::default();
            map.fill(page.text.tokens.len(), mentions.iter().map(|m| (m.tokens, m.type_id)));
            let (mut sweeping, mut scratch) = (SweepScratch::default(), MatchScratch::default());
            let sentences = page.text.sentences.iter().map(|sentence| {
                let field = page.field(&map, sentence.tokens);
                let mut quick = Vec::new();
                matches_of(set, &field, (&mut sweeping, &mut scratch), &mut |rule, found| {
                    quick.push((found.tokens.start as usize, rule));
                });
                let all = field
                    .bounds
                    .range()
                    .flat_map(|at| (0u32..).zip(&set.rules).map(move |(n, r)| (at, n, r)));
                let slow: Vec<(usize, u32)> = all
                    .filter(|(at, _, rule)| rule.pattern.matches_thoroughly(&field, *at, &mut scratch))
                    .map(|(at, n, _)| (at, n))
                    .collect();
                assert_eq!(quick, slow, "{}", trial.text);
                slow.len()
            });
            sentences.sum::<usize>()
        });
    }
    assert!(matches > 100, "only {matches} matches");
}

#[test]
fn a_rule_comes_close_whose_list_stands_there_with_another_value() {
    let Fixture { relations, vocabulary, .. } = &*FIXTURE;
    let text = "[org Norfield Mills], a firm that owns [org Harbour Desk], said nothing.";
    let near = bench().read(text, |page, _, mentions| {
        relations.near(page, mentions, page.text.sentences[0].tokens, vocabulary)
    });
    let told: Vec<String> = near.iter().map(|near| format!("{} {:?}", near.rule, near.needed)).collect();
    assert!(told.iter().any(|told| told.contains("own_verbs:past")), "{told:?}");
}

#[test]
fn sentences_are_searched_together_as_they_are_alone() {
    let Fixture { gazetteer, vocabulary, relations, .. } = &*FIXTURE;
    let found = with_sample(gazetteer, vocabulary, |page, spots| {
        let mut map = MentionMap::default();
        map.fill(page.text.tokens.len(), spots.iter().copied());
        let sets = [&relations.rules, &relations.attributions];
        let found = sets.map(|set| {
            let patterns: Vec<_> = set.rules.iter().map(|rule| &rule.pattern).collect();
            assert_sweep_agrees(&set.sweep, &patterns, page, &map)
        });
        found.iter().sum::<usize>()
    });
    assert!(found > 20, "only {found} matches");
}

#[test]
fn coordinated_subjects_and_objects_give_a_row_for_each_pair() {
    let text =
        "[place Ruritania] and [place Grauland] attacked [place Oslo], [place Bergen] and [place Narvik].";
    assert_eq!(rows("attacked", text).len(), 6);
}

#[test]
fn a_name_that_begins_the_next_clause_is_not_coordinated() {
    let text = "[place Ruritania] attacked [place Grauland] and [place Norland] condemned it.";
    assert_eq!(rows("attacked", text), ["Ruritania -> Grauland"]);
}

#[test]
fn statements_carry_their_speaker() {
    let text = "[place Ruritania] attacked [org Norfield Mills], [person Ada Lark] said.";
    assert_eq!(rows("attacked", text), ["Ruritania -> Norfield Mills (reported by Ada Lark)"]);
    let text = "According to [org Amber Radio], [place Ruritania] attacked [org Norfield Mills].";
    assert_eq!(rows("attacked", text), ["Ruritania -> Norfield Mills (reported by Amber Radio)"]);
    let text = "[person Ada Lark] claimed that [place Ruritania] attacked [org Norfield Mills].";
    assert_eq!(rows("attacked", text), ["Ruritania -> Norfield Mills (alleged by Ada Lark)"]);
}

#[test]
fn roles_are_the_qualifier() {
    let found = bench().find(
        &FIXTURE.relations,
        "Former [org Amber League] deputy secretary general [person Ada Lark] agreed.",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].qualifier, "Former deputy secretary general");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how time grows is what is tested")]
fn a_sentence_of_two_thousand_names_or_ten_thousand_words_is_read_in_linear_time() {
    let time = |marked: &str| {
        let before = std::time::Instant::now();
        bench().find(&FIXTURE.relations, marked);
        before.elapsed().as_secs_f64()
    };
    let names = |n: usize| format!("{} attacked [org Norfield Mills]", "[person Ada Lark], ".repeat(n));
    let words = |n: usize| {
        format!("[person Ada Lark] {} [org Norfield Mills]", "attacked the mill of ".repeat(n / 4))
    };
    for text in [names, words] {
        let (short, long) = (time(&text(1000)), time(&text(10_000)));
        assert!(long < 40.0 * short.max(0.002), "{short} s, then {long} s");
    }
}
