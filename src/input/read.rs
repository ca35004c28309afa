//! Does a job: reads, decodes, converts, and hands over each document. Runs in the workers.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::document::{self, Place};
use super::formats::Format;
use super::jobs::{Job, Work, too_large};
use super::{InputOptions, decode, discover, html, jsonl};
use crate::model::Document;

/// Reads the documents of a job, in order. What cannot be read is a document that says why.
pub fn read(job: &Job, options: &InputOptions, each: &mut dyn FnMut(Document)) {
    match &job.work {
        Work::File(place, path, format) => each(file(place.clone(), path, *format, options)),
        Work::Bytes(place, bytes) => each(convert(place.clone(), bytes.clone(), sniffed(bytes), options)),
        Work::Lines(place, block) => jsonl::read(block, place, options, each),
        Work::Told(document) => each(Document::clone(document)),
    }
}

fn file(place: Place, path: &Path, format: Format, options: &InputOptions) -> Document {
    let limit = options.max_document_size;
    match bytes_of(path, limit) {
        Ok((length, _)) if length > limit => document::failed(place, length, too_large(length, limit)),
        Ok((_, bytes)) => convert(place, bytes, format, options),
        Err(error) => document::failed(place, 0, discover::missing(path, &error)),
    }
}

/// The file's length and its bytes; no bytes if it is longer than the limit. A file may grow while it is read.
fn bytes_of(path: &Path, limit: u64) -> std::io::Result<(u64, Vec<u8>)> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > limit {
        return Ok((length, Vec::new()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64, bytes))
}

/// Standard input has no extension.
fn sniffed(bytes: &[u8]) -> Format {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).trim_start().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        Format::Html
    } else {
        Format::Text
    }
}

fn convert(place: Place, bytes: Vec<u8>, format: Format, options: &InputOptions) -> Document {
    let size = bytes.len() as u64;
    let declared = if format == Format::Html { html::declared_encoding(&bytes) } else { None };
    let decoded = match decode::decode(bytes, options.encoding, declared) {
        Ok(decoded) => decoded,
        Err(problem) => return document::failed(place, size, problem),
    };
    let mut document = document::empty(place, size);
    document.encoding = decoded.encoding;
    document.text = decoded.text;
    document::flaw(&mut document, &decoded.problem);
    if format == Format::Html {
        let page = html::page_text(&document.text);
        (document.title, document.text) = (page.title, page.text);
    }
    document::complete(&mut document, None, options);
    document
}
