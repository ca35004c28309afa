//! How fast each stage is, one thread, with the lists and rules of the binary, on named samples made of the articles in
//! `seeds/`. Each stage gets what the stages before it found.

use divan::counter::BytesCount;
use gazet::dates::{DateScratch, Dates, FoundDates};
use gazet::gazetteer::{Gazetteer, embedded};
use gazet::model::{Document, Hits, Status, Text};
use gazet::output::{DocumentFacts, Labels, TableOptions, format};
use gazet::relations::{RelationScratch, Relations};
use gazet::resolve::{ResolveScratch, Resolved, Resolver};
use gazet::rules::{Page, Sheet};
use gazet::text::{AbbreviationClass, Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};
use std::sync::LazyLock;

const SAMPLES: [&str; 4] = ["news", "dense_names", "beyond_ascii", "one_line"];
/// Bytes of a sample.
const SIZE: usize = 200_000;
const SEEDS: [&str; 3] = [
    include_str!("../seeds/01-partisans-again.txt"),
    include_str!("../seeds/08-the-railway-and-the-trial.txt"),
    include_str!("../seeds/2023-09-18-hunt-forward-lithuania.txt"),
];

fn main() {
    divan::main();
}

/// All lists and rules.
struct Known {
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    abbreviations: Abbreviations,
    dates: Dates,
    resolver: Resolver,
    relations: Relations,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let folders = [embedded()];
    let mut vocabulary = Vocabulary::new();
    let mut gazetteer = Gazetteer::load(&folders, &mut vocabulary).expect("lists without errors");
    let dates = Dates::load(&folders, &gazetteer, &mut vocabulary).expect("rules without errors");
    let resolver = Resolver::load(&folders, &gazetteer, &mut vocabulary).expect("rules without errors");
    let relations = Relations::load(&folders, &gazetteer, &mut vocabulary).expect("rules without errors");
    gazetteer.build(&vocabulary);
    let list = gazetteer.word_list("abbreviations");
    let rows = list.into_iter().flat_map(|list| gazetteer.words_of(list));
    let classes: Vec<_> = rows
        .filter_map(|(key, word)| {
            let first = *gazetteer.key_words(key).first()?;
            Some((first, AbbreviationClass::parse(gazetteer.value(word))?))
        })
        .collect();
    let abbreviations = Abbreviations::new(classes.into_iter());
    Known { vocabulary, gazetteer, abbreviations, dates, resolver, relations }
});

/// A sample with all that the stages find in it.
struct Found {
    document: Document,
    text: Text,
    hits: Hits,
    sheet: Sheet,
    dates: FoundDates,
    resolved: Resolved,
}

impl Found {
    fn of(sample: &str) -> Self {
        let known = &*KNOWN;
        let document = document(source(sample));
        let (mut text, mut hits) = (Text::default(), Hits::default());
        tokenize(&document.text, &known.vocabulary, &mut TokenScratch::default(), &mut text.tokens);
        split_sentences(&document.text, &text.tokens, &known.abbreviations, &mut text.sentences);
        known.gazetteer.scan(&text, &mut hits);
        let sheet = Sheet::of(&document.text, &text, &hits, &known.gazetteer);
        let (dates, resolved) = (FoundDates::default(), Resolved::default());
        let mut found = Self { document, text, hits, sheet, dates, resolved };
        found.dates = known.dates.find(&found.page(), &mut DateScratch::default());
        let mut scratch = ResolveScratch::default();
        found.resolved = known.resolver.resolve(&found.page(), &found.dates.dates, &mut scratch);
        let least = found.document.text.len() / 400;
        let counts = [found.hits.all.len(), found.resolved.mentions.len()];
        assert!(counts.into_iter().all(|count| count > least), "{sample}: too little is found");
        found
    }

    fn page(&self) -> Page<'_> {
        let Self { document, text, hits, sheet, .. } = self;
        Page { document, text, hits, sheet, gazetteer: &KNOWN.gazetteer }
    }
}

fn source(sample: &str) -> String {
    let news = SEEDS.join("\n\n");
    let piece = match sample {
        "dense_names" => names(),
        "beyond_ascii" => news.replace('a', "ą").replace(" e", " ė").replace('\'', "’"),
        "one_line" => news.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => news,
    };
    let mut source = String::new();
    while source.len() < SIZE {
        source.push_str(&piece);
        source.push_str(if sample == "one_line" { " " } else { "\n\n" });
    }
    source
}

/// Sentences of little else but listed names.
fn names() -> String {
    let gazetteer = &KNOWN.gazetteer;
    let every = gazetteer.entries().step_by(97).map(|entry| gazetteer.entry(entry).name);
    every.collect::<Vec<_>>().chunks(6).map(|names| names.join(", ") + " were there. ").collect()
}

fn document(text: String) -> Document {
    Document {
        doc_id: "sample".to_owned(),
        path: "sample.txt".to_owned(),
        title: String::new(),
        bytes: text.len() as u64,
        text,
        date: None,
        encoding: "utf-8",
        status: Status::Done,
        problem: String::new(),
    }
}

/// Times `stage`, which says how much it found, always the same.
fn time(bencher: divan::Bencher<'_, '_>, sample: &str, mut stage: impl FnMut(&Found) -> usize) {
    let found = Found::of(sample);
    let expected = stage(&found);
    assert!(expected > 0 || sample != "news", "nothing is found in {sample}");
    bencher
        .counter(BytesCount::of_str(&found.document.text))
        .bench_local(|| assert_eq!(stage(&found), expected));
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn a_tokenize(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let (mut scratch, mut tokens) = (TokenScratch::default(), Vec::new());
    time(bencher, sample, |found| {
        tokenize(&found.document.text, &KNOWN.vocabulary, &mut scratch, &mut tokens);
        tokens.len()
    });
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn b_sentences(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let mut sentences = Vec::new();
    time(bencher, sample, |found| {
        split_sentences(&found.document.text, &found.text.tokens, &KNOWN.abbreviations, &mut sentences);
        sentences.len()
    });
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn c_scan(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let mut hits = Hits::default();
    time(bencher, sample, |found| {
        KNOWN.gazetteer.scan(&found.text, &mut hits);
        hits.all.len()
    });
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn d_dates(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let mut scratch = DateScratch::default();
    time(bencher, sample, |found| KNOWN.dates.find(&found.page(), &mut scratch).dates.len());
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn e_resolve(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let mut scratch = ResolveScratch::default();
    time(bencher, sample, |found| {
        KNOWN.resolver.resolve(&found.page(), &found.dates.dates, &mut scratch).mentions.len()
    });
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn f_relations(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let mut scratch = RelationScratch::default();
    time(bencher, sample, |found| {
        let Resolved { entities, mentions } = &found.resolved;
        KNOWN.relations.relate(&found.page(), entities, mentions, &mut scratch).len()
    });
}

#[divan::bench(args = SAMPLES, sample_count = 5)]
fn g_format(bencher: divan::Bencher<'_, '_>, sample: &str) {
    let types: Vec<String> = KNOWN.gazetteer.types().iter().map(ToString::to_string).collect();
    let lists: Vec<String> = KNOWN.gazetteer.lists().map(gazet::gazetteer::List::path).collect();
    time(bencher, sample, |found| {
        let facts = DocumentFacts {
            document: &found.document,
            portion: None,
            date: found.dates.document,
            text: &found.text,
            entities: &found.resolved.entities,
            mentions: &found.resolved.mentions,
            relations: &[],
            rejected: &[],
        };
        let rows = format(&facts, Labels { types: &types, lists: &lists }, TableOptions::default());
        usize::try_from(rows.mentions_by_type.values().sum::<u64>()).unwrap_or(0)
    });
}
