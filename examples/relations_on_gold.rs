//! Runs the rules of relations on marked mentions of an annotated set, so that they are measured without the finding of
//! names: `cargo run --release --example relations_on_gold -- SET.jsonl > predictions.jsonl`. With `trials` instead of a set it runs
//! the examples of the rule files.

use gazet::gazetteer::{Gazetteer, embedded, read_folder};
use gazet::model::{Document, Hits, Mention, Status, Text, TypeId};
use gazet::relations::{Marked, MarkedText, RelationScratch, Relations, TrialBench};
use gazet::rules::{Page, Sheet};
use gazet::text::{AbbreviationClass, Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};
use serde_json::{Value, json};
use std::io::Write;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let folder = read_folder(std::path::Path::new("gazetteers")).unwrap_or_else(|_| embedded());
    let folders = [folder];
    let mut vocabulary = Vocabulary::new();
    let mut gazetteer = Gazetteer::load(&folders, &mut vocabulary).map_err(told)?;
    let relations = Relations::load(&folders, &gazetteer, &mut vocabulary).map_err(told)?;
    gazetteer.build(&vocabulary);
    let rows = gazetteer.word_list("abbreviations").into_iter().flat_map(|l| gazetteer.words_of(l));
    let rows: Vec<_> = rows
        .filter_map(|(k, w)| {
            Some((*gazetteer.key_words(k).first()?, AbbreviationClass::parse(gazetteer.value(w))?))
        })
        .collect();
    let abbreviations = Abbreviations::new(rows.into_iter());
    let mut out = std::io::stdout().lock();
    if path == "trials" {
        let bench =
            TrialBench { gazetteer: &gazetteer, vocabulary: &vocabulary, abbreviations: &abbreviations };
        let failures = bench.failures(&relations);
        writeln!(out, "{} of {} trials fail", failures.len(), relations.trials().len())?;
        for failure in failures {
            writeln!(out, "{failure}")?;
        }
        return Ok(());
    }
    for line in std::fs::read_to_string(path)?.lines() {
        let gold: Value = serde_json::from_str(line)?;
        let marked = marked(&gold);
        let mut text = Text::default();
        tokenize(&marked.text, &vocabulary, &mut TokenScratch::default(), &mut text.tokens);
        split_sentences(&marked.text, &text.tokens, &abbreviations, &mut text.sentences);
        let mut hits = Hits::default();
        gazetteer.scan(&text, &mut hits);
        let (entities, mentions) = marked.mentions(&text);
        let document = document(&marked.text);
        let sheet = &Sheet::of(&document.text, &text, &hits, &gazetteer);
        let page = Page { document: &document, text: &text, hits: &hits, sheet, gazetteer: &gazetteer };
        let found = relations.relate(&page, &entities, &mentions, &mut RelationScratch::default());
        let code_point = |byte: u32| marked.text[..byte as usize].chars().count();
        let spot = |m: &Mention| {
            let kind = ["PER", "ORG", "LOC", "DATE"].get(usize::from(m.type_id.0)).copied().unwrap_or("MISC");
            json!({"start": code_point(m.bytes.start), "end": code_point(m.bytes.end), "type": kind, "text": &marked.text[m.bytes.range()]})
        };
        let rows: Vec<Value> = found
            .iter()
            .map(|r| {
                let by = r.claimed_by.and_then(|e| entities.get(e.0 as usize)).map(|e| e.name.to_string());
                json!({"type": &*r.relation, "head": r.subject, "tail": r.object, "modality": r.modality.as_str(),
                    "rule": &*r.rule, "qualifier": r.qualifier, "claimed_by": by, "trigger": page.surface(r.trigger),
                    "date": r.date.map(|d| page.surface(mentions[d as usize].tokens))})
            })
            .collect();
        let spots: Vec<Value> = mentions.iter().map(spot).collect();
        writeln!(
            out,
            "{}",
            json!({"doc_id": gold["doc_id"], "text": gold["text"], "entities": spots, "relations": rows})
        )?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn told(errors: Vec<gazet::gazetteer::DataError>) -> anyhow::Error {
    anyhow::anyhow!(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn marked(gold: &Value) -> MarkedText {
    let text = gold["text"].as_str().unwrap_or_default().to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).collect();
    bytes.push(text.len());
    let demonyms: Vec<String> = Vec::new();
    let mut marked: Vec<Marked> = Vec::new();
    for e in gold["entities"].as_array().into_iter().flatten() {
        let at =
            |k: &str| e[k].as_u64().and_then(|n| usize::try_from(n).ok()).and_then(|n| bytes.get(n).copied());
        let type_id = match e["type"].as_str() {
            Some("PER") => TypeId::PERSON,
            Some("ORG") => TypeId::ORGANIZATION,
            Some("LOC") => TypeId::PLACE,
            Some("DATE" | "TIME") => TypeId::DATE,
            _ => continue,
        };
        if let (Some(start), Some(end)) = (at("start"), at("end")) {
            let value = e["value"].as_str().unwrap_or_default();
            let name = &text[start..end];
            let demonym = type_id == TypeId::PLACE
                && (demonyms.iter().any(|d| d == name)
                    || (!value.is_empty() && !value.starts_with(name) && nationality(name)))
                || (type_id == TypeId::PLACE && nationality(name) && name != value);
            marked.push(Marked { bytes: (start, end), type_id, demonym });
        }
    }
    marked.sort_by_key(|m| (m.bytes.0, std::cmp::Reverse(m.bytes.1)));
    MarkedText { text, marked }
}

fn nationality(name: &str) -> bool {
    [
        "ian", "ish", "ese", "Soviet", "French", "German", "Greek", "Dutch", "Czech", "Swiss", "Iraqi",
        "Israeli", "ans", "American", "German", "Belgian",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

fn document(text: &str) -> Document {
    Document {
        doc_id: "gold".into(),
        path: "gold".into(),
        title: String::new(),
        text: text.to_owned(),
        date: None,
        encoding: "utf-8",
        bytes: 0,
        status: Status::Done,
        problem: String::new(),
    }
}
