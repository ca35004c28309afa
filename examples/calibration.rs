//! Prints how far the confidence of names can be trusted: of the mentions in each of ten bins, how many are right.
//!
//! `cargo run --release --example calibration -- GOLD.jsonl [GOLD.jsonl …]`
//!
//! Each line of a file is an annotated document: `{"doc_id": "…", "text": "…", "dct": "2024-05-01", "entities":
//! [{"start": 0, "end": 4, "type": "PER"}, …]}`, offsets in code points, types `PER`, `ORG`, `LOC`; others are left out.
//! A mention is right if an annotation has its span and its type. Nationality words and dates are not counted. In a
//! well calibrated run nine of ten mentions at 90 are right.

#![expect(clippy::print_stdout, reason = "it prints a table")]

mod annotated;

use annotated::{code_points, document};
use anyhow::{Context, Result};
use gazet::extract::{Extractor, Scratch};
use gazet::model::{Mention, MentionKind, TypeId};
use gazet::resources::{GazetteerOptions, Resources};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Annotated {
    doc_id: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
    entities: Vec<Annotation>,
    /// Only this part is annotated.
    #[serde(default)]
    eval_span: Option<(usize, usize)>,
}

#[derive(Deserialize)]
struct Annotation {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    type_name: String,
}

/// Mentions of one bin.
#[derive(Clone, Copy, Default)]
struct Bin {
    mentions: u32,
    right: u32,
    confidence: u32,
}

fn main() -> Result<()> {
    let resources = Resources::load(&GazetteerOptions::default())
        .map_err(|errors| anyhow::anyhow!("the lists do not load: {} errors", errors.len()))?;
    let extractor = Extractor::new(&resources);
    let mut scratch = Scratch::default();
    let mut bins = [Bin::default(); 10];
    for path in std::env::args().skip(1) {
        let lines = std::fs::read_to_string(&path).with_context(|| path.clone())?;
        for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let gold: Annotated =
                serde_json::from_str(line).with_context(|| format!("{path}:{}", number + 1))?;
            let found =
                extractor.extract(&document(&gold.doc_id, &gold.text, gold.dct.as_deref()), &mut scratch);
            count(&gold, &found.mentions, &mut bins);
        }
    }
    print(&bins);
    Ok(())
}

fn count(gold: &Annotated, mentions: &[Mention], bins: &mut [Bin; 10]) {
    let right: BTreeSet<(usize, usize, TypeId)> =
        gold.entities.iter().filter_map(|e| Some((e.start, e.end, type_of(&e.type_name)?))).collect();
    let points = code_points(&gold.text);
    for mention in mentions.iter().filter(|m| m.type_id < TypeId::DATE && m.kind != MentionKind::Demonym) {
        let (start, end) = (points[mention.bytes.start as usize], points[mention.bytes.end as usize]);
        if gold.eval_span.is_some_and(|(from, to)| start < from || end > to) {
            continue;
        }
        let bin = &mut bins[usize::from(mention.confidence / 10).min(9)];
        bin.mentions += 1;
        bin.confidence += u32::from(mention.confidence);
        bin.right += u32::from(right.contains(&(start, end, mention.type_id)));
    }
}

fn type_of(name: &str) -> Option<TypeId> {
    match name {
        "PER" => Some(TypeId::PERSON),
        "ORG" => Some(TypeId::ORGANIZATION),
        "LOC" | "FAC" => Some(TypeId::PLACE),
        _ => None,
    }
}

fn print(bins: &[Bin; 10]) {
    println!("confidence   mentions      right   mean confidence   of 100 right");
    for (number, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.mentions > 0) {
        let (of, mean) = (bin.mentions, |sum: u32| f64::from(sum) / f64::from(bin.mentions));
        let top = if number == 9 { 100 } else { number * 10 + 9 };
        println!(
            "{:>4} to {top:>3} {of:>10} {:>10} {:>17.1} {:>14.1}",
            number * 10,
            bin.right,
            mean(bin.confidence),
            100.0 * mean(bin.right),
        );
    }
}
