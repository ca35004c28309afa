//! How fast lists become an automaton, and how fast it finds their names: with 1,000, 100,000 and 1,000,000 names, made
//! here. Beside the scan, as a yardstick of what is left on the table, a walk over the hashes of all beginnings of names.

use divan::counter::{BytesCount, ItemsCount};
use gazet::gazetteer::{Folder, Gazetteer};
use gazet::model::{Hits, Text, Token, WordId};
use gazet::text::{TokenScratch, Vocabulary, tokenize};
use hashbrown::HashMap;
use std::fmt::Write;

const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
/// Names in the text that is scanned.
const PLANTED: usize = 40_000;
/// Words of no name between two of them.
const BETWEEN: [&str; 9] = ["went", "over", "the", "old", "bridge", "and", "slowly", "walked", "home"];

fn main() {
    divan::main();
}

/// A word for a number, no two alike.
fn word(kind: char, mut number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "dar", "len", "mir", "nos", "tan", "vel",
    ];
    let mut word = String::from(kind);
    loop {
        word.push_str(SYLLABLES[number % 16]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

/// The name of a number: two words or three, of which many names share the first.
fn name(number: usize) -> String {
    let (first, last) = (number % 997, number / 3);
    let middle = if number % 3 == 1 { format!("{} ", word('M', number % 31)) } else { String::new() };
    format!("{} {middle}{}", word('G', first), word('S', last))
}

fn folder(names: usize) -> Folder {
    let mut csv = String::from("id,type,name\n");
    for number in 0..names {
        let _ = writeln!(csv, "n{number},person,{}", name(number));
    }
    Folder { label: "bench".to_owned(), files: vec![("names.csv".to_owned(), csv.into_bytes().into())] }
}

/// Text with as many names as are planted, spread over all of the list.
fn text(names: usize) -> String {
    let mut text = String::new();
    for at in 0..PLANTED {
        let planted = name(at.wrapping_mul(2_654_435_761) % names);
        let _ = write!(text, "{planted} {} ", BETWEEN[..5 + at % 5].join(" "));
        if at % 8 == 7 {
            text.push_str(".\n");
        }
    }
    text
}

fn loaded(names: usize) -> (Gazetteer, Vocabulary) {
    let mut vocabulary = Vocabulary::new();
    let mut gazetteer = Gazetteer::load(&[folder(names)], &mut vocabulary).expect("lists without errors");
    gazetteer.build(&vocabulary);
    (gazetteer, vocabulary)
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn load(bencher: divan::Bencher<'_, '_>, names: usize) {
    let folders = [folder(names)];
    bencher.counter(ItemsCount::new(names)).bench_local(|| {
        let gazetteer = Gazetteer::load(&folders, &mut Vocabulary::new()).expect("lists without errors");
        assert_eq!(gazetteer.key_count(), names);
    });
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn build(bencher: divan::Bencher<'_, '_>, names: usize) {
    let mut vocabulary = Vocabulary::new();
    let gazetteer = Gazetteer::load(&[folder(names)], &mut vocabulary).expect("lists without errors");
    bencher.counter(ItemsCount::new(names)).bench_local(|| gazetteer.automaton());
}

/// Tokenizing included, as everything before it needs the text's words.
#[divan::bench(args = SIZES, sample_count = 20)]
fn tokenize_and_scan(bencher: divan::Bencher<'_, '_>, names: usize) {
    let (gazetteer, vocabulary) = loaded(names);
    let source = text(names);
    let (mut text, mut hits) = (Text::default(), Hits::default());
    bencher.counter(BytesCount::of_str(&source)).bench_local(|| {
        tokenize(&source, &vocabulary, &mut TokenScratch::default(), &mut text.tokens);
        gazetteer.scan(&text, &mut hits);
        assert_eq!(hits.all.len(), PLANTED);
    });
}

/// The same, with a hash table of the beginnings of names in the place of the automaton.
#[divan::bench(args = SIZES, sample_count = 20)]
fn tokenize_and_walk(bencher: divan::Bencher<'_, '_>, names: usize) {
    let (gazetteer, vocabulary) = loaded(names);
    let beginnings = beginnings(&gazetteer);
    let source = text(names);
    let mut tokens = Vec::new();
    bencher.counter(BytesCount::of_str(&source)).bench_local(|| {
        tokenize(&source, &vocabulary, &mut TokenScratch::default(), &mut tokens);
        let found: usize = (0..tokens.len()).map(|at| walk(&beginnings, &tokens[at..])).sum();
        assert_eq!(found, PLANTED);
    });
}

/// Hashes of all beginnings of names; is it a whole name?
fn beginnings(gazetteer: &Gazetteer) -> HashMap<u64, bool> {
    let mut beginnings = HashMap::new();
    for key in gazetteer.keys() {
        let mut hash = 0;
        for &word in gazetteer.key_words(key) {
            hash = step(hash, word);
            beginnings.entry(hash).or_insert(false);
        }
        beginnings.insert(hash, true);
    }
    beginnings
}

/// Names that begin at the first of the tokens.
fn walk(beginnings: &HashMap<u64, bool>, tokens: &[Token]) -> usize {
    let (mut hash, mut found) = (0, 0);
    for token in tokens.iter().take_while(|token| token.word != WordId::NONE) {
        hash = step(hash, token.word);
        match beginnings.get(&hash) {
            Some(whole) => found += usize::from(*whole),
            None => break,
        }
    }
    found
}

fn step(hash: u64, word: WordId) -> u64 {
    (hash.rotate_left(23) ^ u64::from(word.0 + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
