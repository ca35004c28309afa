//! The library with the default lists, loaded once for all tests, and a short way to ask it what a text says.

use gazet::extract::{Extraction, Extractor, Scratch};
use gazet::model::{Document, Status};
use gazet::resources::{GazetteerOptions, Resources};
use std::sync::OnceLock;

/// The default lists and rules.
pub(crate) fn resources() -> &'static Resources {
    static RESOURCES: OnceLock<Resources> = OnceLock::new();
    RESOURCES.get_or_init(|| match Resources::load(&GazetteerOptions::default()) {
        Ok(resources) => resources,
        Err(errors) => panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    })
}

pub(crate) fn document(text: &str) -> Document {
    Document {
        doc_id: "test".into(),
        path: "test".into(),
        title: String::new(),
        text: text.into(),
        date: None,
        encoding: "utf-8",
        bytes: text.len() as u64,
        status: Status::Done,
        problem: String::new(),
    }
}

pub(crate) fn extract(document: &Document, scratch: &mut Scratch) -> Extraction {
    Extractor::new(resources()).extract(document, scratch)
}

/// Mentions of a text as (type, surface, entity id).
pub(crate) fn mentions(text: &str) -> Vec<(String, String, String)> {
    let document = document(text);
    let found = extract(&document, &mut Scratch::default());
    let row = |m: &gazet::model::Mention| {
        let kind = resources().types()[usize::from(m.type_id.0)].clone();
        let entity = found.entities[m.entity.0 as usize].id.to_string();
        (kind, document.text[m.bytes.range()].to_owned(), entity)
    };
    found.mentions.iter().map(row).collect()
}
