//! A whole run over a folder: 1,000 and 10,000 documents of 2 kB and ten of 200 kB, read, processed and written. Prints
//! the most memory that the process has used: it must not grow with the number of documents.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use divan::counter::BytesCount;
use gazet::batch::{NoProgress, run};
use gazet::input::{DEFAULT_DOCUMENT_SIZE, InputOptions};
use gazet::options::Options;
use std::num::NonZeroUsize;
use std::path::Path;
use tempfile::TempDir;

const SEED: &str = include_str!("../seeds/08-the-railway-and-the-trial.txt");
/// Documents and bytes of each.
const FOLDERS: [(usize, usize); 3] = [(1_000, 2_000), (10_000, 2_000), (10, 200_000)];
/// Ten times as many documents may take this many kB more: what is kept of each is its id and its new names.
const GROWTH: u64 = 24_000;

fn main() {
    memory_is_bounded();
    divan::main();
}

/// Before all benches, as the most memory used so far only grows; once more than measured, as the second run in a process
/// finds memory in pieces.
fn memory_is_bounded() {
    let mut peaks = Vec::new();
    process(&folder(FOLDERS[0].0, FOLDERS[0].1), FOLDERS[0].0, 2);
    for (documents, size) in [FOLDERS[0], FOLDERS[1]] {
        process(&folder(documents, size), documents, 2);
        let Some(peak) = peak_memory() else { return };
        println!("{documents} documents of {size} bytes: at most {} MB in memory", peak / 1000);
        peaks.push(peak);
    }
    assert!(peaks[1] < peaks[0] + GROWTH, "memory grows with the documents: {peaks:?} kB");
}

/// The most kB that the process has held, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[divan::bench(args = FOLDERS, sample_count = 3)]
fn one_thread(bencher: divan::Bencher<'_, '_>, folder: (usize, usize)) {
    time(bencher, folder, 1);
}

#[divan::bench(args = FOLDERS, sample_count = 3)]
fn two_threads(bencher: divan::Bencher<'_, '_>, folder: (usize, usize)) {
    time(bencher, folder, 2);
}

fn time(bencher: divan::Bencher<'_, '_>, (documents, size): (usize, usize), threads: usize) {
    let place = folder(documents, size);
    bencher.counter(BytesCount::new(documents * size)).bench_local(|| process(&place, documents, threads));
}

/// A folder `in` with documents, each beginning at another word of the same article.
fn folder(documents: usize, size: usize) -> TempDir {
    let place = tempfile::tempdir().expect("a folder for the bench");
    let words: Vec<&str> = SEED.split_inclusive(' ').collect();
    std::fs::create_dir(place.path().join("in")).expect("a folder for documents");
    for number in 0..documents {
        let mut text: String = words.iter().cycle().skip(number % words.len()).take(size).copied().collect();
        let end = (0..=size).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        text.truncate(end);
        std::fs::write(place.path().join(format!("in/{number:05}.txt")), text).expect("a document");
    }
    place
}

fn process(place: &TempDir, documents: usize, threads: usize) {
    let at = |name: &str| Path::new(place.path()).join(name);
    let options = Options {
        input: InputOptions {
            paths: vec![at("in")],
            max_document_size: DEFAULT_DOCUMENT_SIZE,
            ..InputOptions::default()
        },
        out: at("out"),
        threads: NonZeroUsize::new(threads),
        ..Options::default()
    };
    let report = run(options, &NoProgress).expect("a run");
    assert_eq!((report.counts.documents, report.counts.failed), (documents as u64, 0));
    assert!(report.counts.mentions > documents as u64, "too few mentions: {}", report.counts.mentions);
}
