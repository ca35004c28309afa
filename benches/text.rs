//! How fast a text becomes tokens and sentences. The text is made here, of words in the proportions of news.

use divan::counter::BytesCount;
use gazet::model::{Sentence, Token};
use gazet::text::{Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};

/// Words of the sample, and how many tokens one round of them makes.
const WORDS: &str = "The minister of Lithuania's neighbour said on Tuesday, at 9:15 a.m. local time, that the U.S. \
    ambassador had left Vilnius for talks with representatives of the European Commission about transport. \
    \"Nothing was decided,\" said Ada Lark, who leads the department (and its 1,200 people) since 2019. ";
const TOKENS: usize = 61;
const ROUNDS: usize = 20_000;

fn main() {
    divan::main();
}

/// Half of the sample's words are known, among many others.
fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    for number in 0..200_000_u32 {
        vocabulary.intern(&format!("word{}", number.wrapping_mul(2_654_435_761)));
    }
    for word in WORDS.split(|c: char| !c.is_ascii_alphabetic()).step_by(2) {
        vocabulary.intern(&word.to_ascii_lowercase());
    }
    vocabulary
}

#[divan::bench(sample_count = 30)]
fn tokens_of_ascii(bencher: divan::Bencher<'_, '_>) {
    tokens(bencher, &WORDS.repeat(ROUNDS));
}

#[divan::bench(sample_count = 10)]
fn tokens_with_diacritics(bencher: divan::Bencher<'_, '_>) {
    tokens(
        bencher,
        &WORDS.replace("Vilnius", "Šiauliai").replace("Ada", "Žydrė").replace('"', "”").repeat(ROUNDS),
    );
}

fn tokens(bencher: divan::Bencher<'_, '_>, source: &str) {
    let vocabulary = vocabulary();
    let (mut scratch, mut tokens) = (TokenScratch::default(), Vec::new());
    bencher.counter(BytesCount::of_str(source)).bench_local(|| {
        tokenize(source, &vocabulary, &mut scratch, &mut tokens);
        assert_eq!(tokens.len(), TOKENS * ROUNDS);
    });
}

#[divan::bench(sample_count = 10)]
fn sentences(bencher: divan::Bencher<'_, '_>) {
    let source = WORDS.repeat(ROUNDS);
    let (vocabulary, abbreviations) = (vocabulary(), Abbreviations::default());
    let mut tokens: Vec<Token> = Vec::new();
    tokenize(&source, &vocabulary, &mut TokenScratch::default(), &mut tokens);
    let mut out: Vec<Sentence> = Vec::new();
    bencher.counter(BytesCount::of_str(&source)).bench_local(|| {
        split_sentences(&source, &tokens, &abbreviations, &mut out);
        assert_eq!(out.len(), 2 * ROUNDS);
    });
}
