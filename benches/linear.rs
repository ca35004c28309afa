//! Is the time linear in the text, whatever the text? Ordinary news and five texts that tempt a program to look back or
//! ahead: each in two sizes, one document each, through all stages. `cargo bench --bench linear -- 1 100` takes other sizes
//! (MB; by default 1 and 10). Fails if a byte of the larger costs more than one and a half times one of the smaller.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use gazet::extract::{Extractor, Scratch};
use gazet::model::{Document, Status};
use gazet::resources::{GazetteerOptions, Resources};
use std::time::{Duration, Instant};

const SEED: &str = include_str!("../seeds/08-the-railway-and-the-trial.txt");
/// What a byte of the larger text may cost, in hundredths of a byte of the smaller.
const MOST: u32 = 150;
const MEGABYTE: usize = 1_000_000;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let (small, large) = match sizes.as_slice() {
        [small, large, ..] => (*small, *large),
        _ => (1, 10),
    };
    let resources = Resources::load(&GazetteerOptions::default()).expect("lists and rules without errors");
    let one_line = SEED.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
    let texts = [
        ("news", SEED.to_owned() + "\n\n"),
        ("one line", one_line.clone()),
        ("all capitals", SEED.to_uppercase() + "\n\n"),
        ("all digits", "1234567890 12 1999 3 ".to_owned()),
        ("one name repeated", "Vilnius ".to_owned()),
        ("nested quotes and brackets", "(\u{201c}[\"Vilnius said (\u{201c}no".to_owned()),
    ];
    let mut broken = Vec::new();
    for (name, piece) in texts {
        let (little, much) = (cost(&resources, &piece, small), cost(&resources, &piece, large));
        let ratio = much * 100 / little.max(1);
        println!("{name}: {little} ns/kB at {small} MB, {much} ns/kB at {large} MB, {ratio} in 100");
        if ratio > u64::from(MOST) {
            broken.push(name);
        }
    }
    assert!(broken.is_empty(), "not linear: {broken:?}");
}

/// Nanoseconds for each kB of a document of so many MB.
fn cost(resources: &Resources, piece: &str, megabytes: usize) -> u64 {
    let document = document(piece.repeat(megabytes * MEGABYTE / piece.len() + 1));
    let mut scratch = Scratch::default();
    let clock = Clock::start();
    let extraction = Extractor::new(resources).extract(&document, &mut scratch);
    let spent = clock.elapsed();
    assert!(scratch.text().tokens.len() > megabytes * MEGABYTE / 20, "too few tokens");
    assert!(extraction.mentions.len() <= scratch.text().tokens.len());
    u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX) / (megabytes as u64 * 1000)
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

/// Processor time of this thread where the system tells, so that other programs don't count; else time.
struct Clock {
    processor: Option<Duration>,
    start: Instant,
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    fn start() -> Self {
        Self { processor: processor_time(), start: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        match (self.processor, processor_time()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.start.elapsed(),
        }
    }
}

fn processor_time() -> Option<Duration> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    statistics.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
