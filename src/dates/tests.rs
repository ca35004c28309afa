//! Runs the rule files' own examples, and whole texts through the stage.

use super::{DateScratch, Dates};
use crate::gazetteer::{Gazetteer, ScanScratch, embedded};
use crate::model::{DateSource, Document, DocumentDate, Hits, Status, Text};
use crate::rules::{Page, run_trials};
use crate::text::{AbbreviationClass, Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};
use std::sync::OnceLock;

struct Stage {
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    abbreviations: Abbreviations,
    dates: Dates,
}

/// The embedded lists and rules, loaded once.
fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let folders = [embedded()];
        let mut vocabulary = Vocabulary::new();
        let mut gazetteer = Gazetteer::load(&folders, &mut vocabulary).unwrap();
        let dates = Dates::load(&folders, &gazetteer, &mut vocabulary).unwrap_or_else(|errors| {
            panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
        gazetteer.build(&vocabulary).unwrap();
        let list = gazetteer.word_list("abbreviations").unwrap();
        let rows = gazetteer.words_of(list).filter_map(|(key, word)| {
            let class = AbbreviationClass::parse(gazetteer.value(word))?;
            Some((*gazetteer.key_words(key).first()?, class))
        });
        let abbreviations = Abbreviations::new(rows);
        Stage { vocabulary, gazetteer, abbreviations, dates }
    })
}

/// What is found in `text`, as `words = value`, each with its rule; and where the document's date is from.
fn found(text: &str, date: Option<&str>, doc_id: &str) -> (Vec<(String, String)>, Option<DocumentDate>) {
    let stage = stage();
    let date = date.map(|d| DocumentDate {
        date: d.parse().unwrap(),
        year_known: true,
        source: DateSource::Metadata,
    });
    let document = Document {
        doc_id: doc_id.to_owned(),
        path: doc_id.to_owned(),
        title: String::new(),
        text: text.to_owned(),
        date,
        encoding: "utf-8",
        bytes: text.len() as u64,
        status: Status::Done,
        problem: String::new(),
    };
    let (mut words, mut hits) = (Text::default(), Hits::default());
    tokenize(text, &stage.vocabulary, &mut TokenScratch::default(), &mut words.tokens);
    split_sentences(text, &words.tokens, &stage.abbreviations, &mut words.sentences);
    stage.gazetteer.scan(&words, &mut ScanScratch::default(), &mut hits);
    let page = Page { document: &document, text: &words, hits: &hits, gazetteer: &stage.gazetteer };
    let dates = stage.dates.find(&page, &mut DateScratch::default());
    let rows = dates
        .dates
        .iter()
        .map(|d| (format!("{} = {}", page.surface(d.tokens), d.value.value), d.rule.to_string()));
    (rows.collect(), dates.document)
}

fn rows(text: &str, date: Option<&str>) -> Vec<String> {
    found(text, date, "a.txt").0.into_iter().map(|(row, _)| row).collect()
}

#[test]
fn every_rule_finds_its_examples_and_leaves_its_counter_examples() {
    let failures =
        run_trials(stage().dates.trials(), |trial| found(&trial.text, trial.date.as_deref(), "a.txt").0);
    let shown: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
}

#[test]
fn without_a_date_nothing_is_guessed() {
    let text = "They met last year, last November, on Wednesday, in July, on August 12 and two weeks ago.";
    let expected = [
        "last year = XXXX",
        "last November = XXXX-11",
        "Wednesday = XXXX-WXX-3",
        "July = XXXX-07",
        "August 12 = XXXX-08-12",
        "two weeks ago = XXXX-WXX",
    ];
    assert_eq!(rows(text, None), expected);
}
