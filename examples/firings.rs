//! Prints what has spoken for and against each possible name of some documents: the data that weights are fitted to.
//!
//! `cargo run --release --example firings -- [GAZETTEERS] DOCUMENTS.jsonl [DOCUMENTS.jsonl …] > firings.jsonl`
//!
//! A folder takes the place of the embedded lists. Each line of a file is a document: `{"doc_id": "…", "text": "…",
//! "dct": "2024-05-01"}`; other members are left out.
//! Each line printed is a possible name: file, document, offsets in code points, and each rule that fired on it with
//! how often it counts, in halves. `gazetteers/compile/weights.py` reads them.

#![expect(clippy::print_stdout, reason = "it prints lines")]

mod annotated;

use annotated::{code_points, document};
use anyhow::{Context, Result};
use gazet::extract::{Extractor, Scratch};
use gazet::model::Document;
use gazet::resources::{GazetteerOptions, Resources};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Line {
    doc_id: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
}

#[derive(Serialize)]
struct PossibleName<'n> {
    file: &'n str,
    doc_id: &'n str,
    start: usize,
    end: usize,
    text: &'n str,
    rules: Vec<(&'n str, i32)>,
}

fn main() -> Result<()> {
    let (folders, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|path| std::path::Path::new(path).is_dir());
    let options = GazetteerOptions {
        without_default: !folders.is_empty(),
        folders: folders.into_iter().map(Into::into).collect(),
        ..GazetteerOptions::default()
    };
    let resources = Resources::load(&options)
        .map_err(|errors| anyhow::anyhow!("the lists do not load: {} errors", errors.len()))?;
    let extractor = Extractor::new(&resources);
    let mut scratch = Scratch::default();
    for path in paths {
        let lines = std::fs::read_to_string(&path).with_context(|| path.clone())?;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let line: Line = serde_json::from_str(line).with_context(|| path.clone())?;
            print(&path, &document(&line.doc_id, &line.text, line.dct.as_deref()), extractor, &mut scratch)?;
        }
    }
    Ok(())
}

fn print(file: &str, document: &Document, extractor: Extractor<'_>, scratch: &mut Scratch) -> Result<()> {
    let evidence = extractor.evidence(document, scratch);
    let points = code_points(&document.text);
    for name in &evidence {
        let bytes = scratch.text().bytes(name.tokens);
        let row = PossibleName {
            file,
            doc_id: &document.doc_id,
            start: points[bytes.start as usize],
            end: points[bytes.end as usize],
            text: &document.text[bytes.range()],
            rules: name.spoke.iter().map(|s| (&*s.rule, s.halves)).collect(),
        };
        println!("{}", serde_json::to_string(&row)?);
    }
    Ok(())
}
