//! Scores relations end to end on annotated sets: the modality of what is not plainly asserted, and sets with labels
//! of their own (RE3D's), mapped as far as they mean the same.
//!
//! `cargo run --release --example relations_score -- SET.jsonl [SET.jsonl …]`; a folder among
//! the arguments is used in place of the lists and rules in the binary.
//!
//! Each line of a file is an annotated document: `{"doc_id": "…", "text": "…", "dct": "2024-05-01", "entities":
//! [{"start": 0, "end": 4, "type": "PER"}, …], "relations": [{"type": "attacked", "head": 0, "tail": 1, "modality":
//! "alleged"}, …]}`, offsets in code points. A file that is not there is skipped, with a message.

#![expect(clippy::print_stdout, reason = "it prints a table")]

mod annotated;

use annotated::{code_points, document};
use anyhow::{Context, Result};
use gazet::extract::{Extraction, Extractor, Scratch};
use gazet::model::Relation;
use gazet::resources::{GazetteerOptions, Resources};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Annotated {
    doc_id: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
    entities: Vec<Annotation>,
    #[serde(default)]
    relations: Vec<Stated>,
}

#[derive(Deserialize)]
struct Annotation {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    type_name: String,
}

#[derive(Deserialize)]
struct Stated {
    #[serde(rename = "type")]
    label: String,
    head: usize,
    tail: usize,
    #[serde(default)]
    modality: Option<String>,
}

/// What a label of another set means here; the arguments may come either way round.
const LABELS: [(&str, &[&str]); 7] = [
    ("FightingAgainst", &["attacked", "killed"]),
    ("AlliesOf", &["cooperates_with", "supports"]),
    ("Likes", &["supports", "cooperates_with"]),
    ("Dislikes", &["accused", "sanctioned", "attacked"]),
    ("BelongsTo", &["member_of", "part_of", "works_for", "holds_role"]),
    ("InChargeOf", &["holds_role", "owns", "founded"]),
    ("CoLocated", &["located_in", "lives_in"]),
];
/// Two more, of persons.
const SPOKEN: (&str, &[&str]) = ("CommWith", &["met_with", "told"]);
/// Relations whose arguments may come either way round.
const SYMMETRIC: [&str; 2] = ["cooperates_with", "met_with"];

/// How often a thing was annotated, found, and found as annotated.
#[derive(Clone, Copy, Default)]
struct Count {
    annotated: u32,
    found: u32,
    same: u32,
}

/// Counts of a set.
#[derive(Default)]
struct Counts {
    /// By annotated modality.
    modality: BTreeMap<String, Count>,
    /// By the other set's label; `same` are those found with a relation that means it.
    labels: BTreeMap<String, Count>,
    /// Rows found of relations that some label means, and those that an annotation has.
    rows: Count,
}

fn main() -> Result<()> {
    let (folders, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        std::env::args().skip(1).map(PathBuf::from).partition(|p| p.is_dir());
    let options = GazetteerOptions { without_default: !folders.is_empty(), folders, ..Default::default() };
    let resources = Resources::load(&options)
        .map_err(|errors| anyhow::anyhow!("the lists do not load: {} errors", errors.len()))?;
    let extractor = Extractor::new(&resources);
    let mut scratch = Scratch::default();
    for path in paths {
        let name = path.display().to_string();
        if !path.exists() {
            println!("{name}: not there, skipped");
            continue;
        }
        let mut counts = Counts::default();
        let lines = std::fs::read_to_string(&path).with_context(|| name.clone())?;
        for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let gold: Annotated =
                serde_json::from_str(line).with_context(|| format!("{name}:{}", number + 1))?;
            let found =
                extractor.extract(&document(&gold.doc_id, &gold.text, gold.dct.as_deref()), &mut scratch);
            counts.add(&gold, &found);
        }
        counts.print(&name);
    }
    Ok(())
}

impl Counts {
    fn add(&mut self, gold: &Annotated, found: &Extraction) {
        let rows = Rows::new(gold, found);
        for stated in &gold.relations {
            match &stated.modality {
                Some(modality) => self.add_modality(gold, stated, modality, &rows),
                None => self.add_label(gold, stated, &rows),
            }
        }
        let means = |r: &&Relation| meanings().any(|(_, names)| names.contains(&&*r.relation));
        for row in found.relations.iter().filter(means) {
            self.rows.found += 1;
            let fits = |s: &&Stated| {
                let names = means_of(&s.label);
                names.contains(&&*row.relation) && rows.joins(row, gold, s, true)
            };
            self.rows.same += u32::from(gold.relations.iter().any(|s| fits(&s)));
        }
    }

    fn add_modality(&mut self, gold: &Annotated, stated: &Stated, modality: &str, rows: &Rows<'_>) {
        let either = SYMMETRIC.contains(&&*stated.label);
        let count = self.modality.entry(modality.to_owned()).or_default();
        count.annotated += 1;
        let fits = |r: &&&Relation| *r.relation == *stated.label && rows.joins(r, gold, stated, either);
        if let Some(row) = rows.relations.iter().find(|r| fits(r)) {
            count.found += 1;
            count.same += u32::from(row.modality.as_str() == modality);
            if row.modality.as_str() != modality {
                println!(
                    "  {} {}: {} is found {}",
                    gold.doc_id,
                    stated.label,
                    modality,
                    row.modality.as_str()
                );
            }
        } else if modality != "asserted" {
            println!("  {} {}: {modality} is not found", gold.doc_id, stated.label);
        }
    }

    fn add_label(&mut self, gold: &Annotated, stated: &Stated, rows: &Rows<'_>) {
        if !(rows.names(gold, stated.head) && rows.names(gold, stated.tail)) {
            return;
        }
        let names = means_of(&stated.label);
        let count = self.labels.entry(stated.label.clone()).or_default();
        count.annotated += 1;
        let mut joined = rows.relations.iter().filter(|r| rows.joins(r, gold, stated, true)).peekable();
        count.found += u32::from(joined.peek().is_some());
        count.same += u32::from(joined.any(|r| names.contains(&&*r.relation)));
    }

    fn print(&self, path: &str) {
        println!("{path}");
        for (modality, c) in &self.modality {
            println!(
                "  modality {modality:<10} {} annotated, {} found, {} right",
                c.annotated, c.found, c.same
            );
        }
        for (label, c) in &self.labels {
            let means = means_of(label).join("|");
            println!(
                "  {label:<16} {} between names, {} found as {means}, {} as anything",
                c.annotated, c.same, c.found
            );
        }
        if !self.labels.is_empty() {
            println!("  of {} rows of those relations {} are annotated", self.rows.found, self.rows.same);
        }
    }
}

fn meanings() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    LABELS.into_iter().chain([SPOKEN])
}

fn means_of(label: &str) -> &'static [&'static str] {
    meanings().find(|(name, _)| *name == label).map_or(&[], |(_, names)| names)
}

/// The rows of a document with the code points of its mentions.
struct Rows<'f> {
    relations: Vec<&'f Relation>,
    /// By number of the mention.
    spans: Vec<(usize, usize)>,
}

impl<'f> Rows<'f> {
    fn new(gold: &Annotated, found: &'f Extraction) -> Self {
        let points = code_points(&gold.text);
        let point = |byte: u32| points[byte as usize];
        let spans = found.mentions.iter().map(|m| (point(m.bytes.start), point(m.bytes.end))).collect();
        Self { relations: found.relations.iter().collect(), spans }
    }

    /// Does a mention stand in this annotation, and is that a person, an organization or a place?
    fn names(&self, gold: &Annotated, annotation: usize) -> bool {
        let Some(a) = gold.entities.get(annotation) else { return false };
        matches!(a.type_name.as_str(), "PER" | "ORG" | "LOC")
            && self.spans.iter().any(|&(start, end)| start < a.end && a.start < end)
    }

    fn joins(&self, row: &Relation, gold: &Annotated, stated: &Stated, either: bool) -> bool {
        let touches = |mention: u32, annotation: usize| {
            let span = self.spans.get(mention as usize);
            let annotated = gold.entities.get(annotation);
            span.zip(annotated).is_some_and(|(&(start, end), a)| start < a.end && a.start < end)
        };
        (touches(row.subject, stated.head) && touches(row.object, stated.tail))
            || (either && touches(row.subject, stated.tail) && touches(row.object, stated.head))
    }
}
