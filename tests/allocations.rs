//! What a worker allocates for a document once its [`Scratch`] has grown: nothing for tokens, sentences and hits, and so
//! much at the most for each row. Its own program, because all of a program shares one allocator.

use gazet::extract::{Extraction, Extractor, Scratch};
use gazet::model::{Document, Status};
use gazet::resources::{GazetteerOptions, Resources};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Allocations that a document costs whatever its length.
const DOCUMENT: usize = 32;
/// Allocations for each mention or relation: its names, reasons and candidates, and what weighing it takes.
const ROW: usize = 30;

fn document(text: String) -> Document {
    Document {
        doc_id: "sample".to_owned(),
        path: String::new(),
        title: String::new(),
        bytes: text.len() as u64,
        text,
        date: None,
        encoding: "utf-8",
        status: Status::Done,
        problem: String::new(),
    }
}

/// What is found in the text and how often memory was asked for meanwhile, after a text of the same size.
fn allocations(resources: &Resources, text: &str) -> (Extraction, usize) {
    let (extractor, mut scratch) = (Extractor::new(resources), Scratch::default());
    extractor.extract(&document(text.to_owned()), &mut scratch);
    let second = document(text.to_owned());
    let region = Region::new(ALLOCATOR);
    let extraction = extractor.extract(&second, &mut scratch);
    let change = region.change();
    (extraction, change.allocations + change.reallocations)
}

/// One test, so that no other thread allocates meanwhile.
#[test]
fn a_second_document_on_one_scratch_allocates_only_for_its_rows() {
    let resources = Resources::load(&GazetteerOptions::default()).expect("lists and rules without errors");
    let plain = "the old bridge over the river was slowly falling down, and nobody came to mend it.\n";
    let (nothing, few) = allocations(&resources, &plain.repeat(100));
    let (_, many) = allocations(&resources, &plain.repeat(2_000));
    println!("{few} allocations for 100 lines without names, {many} for 2,000");
    assert_eq!(nothing.mentions.len(), 0, "{:?}", nothing.mentions);
    assert!(many <= DOCUMENT, "{many} allocations for a text without names");
    let news = include_str!("../seeds/08-the-railway-and-the-trial.txt");
    let (found, allocated) = allocations(&resources, &news.repeat(4));
    let rows = found.mentions.len() + found.relations.len();
    println!("{allocated} allocations for {rows} rows");
    assert!(rows > 100, "{rows} rows");
    assert!(allocated <= DOCUMENT + ROW * rows, "{allocated} allocations for {rows} rows");
}
