//! JSON Lines: cuts a stream into blocks of whole lines, and a line into a document.
//!
//! A line that is broken or too long costs itself alone; memory holds one block.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use super::document::{self, Place};
use super::{InputOptions, decode};
use crate::model::Document;

/// A block ends after this many bytes …
const BLOCK_BYTES: usize = 256 << 10;
/// … or this many lines.
const BLOCK_LINES: u64 = 64;

/// Some whole lines of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// 1-based number of the first line.
    pub(super) first_line: u64,
    /// The lines with their ends.
    pub(super) bytes: Vec<u8>,
}

/// What comes next in a stream of lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Lines to read.
    Block(Block),
    /// A line beyond the limit, not held: its number and its length.
    TooLong(u64, u64),
}

/// A stream, cut into blocks.
pub(super) struct Blocks<R> {
    reader: R,
    next_line: u64,
    limit: u64,
    too_long: Option<(u64, u64)>,
    blank: bool,
}

impl<R: BufRead> Blocks<R> {
    /// Lines of more than `limit` bytes are passed over.
    pub(super) const fn new(reader: R, limit: u64) -> Self {
        Self { reader, next_line: 1, limit, too_long: None, blank: true }
    }

    /// Have all lines so far been blank?
    pub(super) const fn is_blank(&self) -> bool {
        self.blank
    }

    /// The next piece; none at the end.
    pub(super) fn next_piece(&mut self) -> io::Result<Option<Piece>> {
        if let Some((line, length)) = self.too_long.take() {
            return Ok(Some(Piece::TooLong(line, length)));
        }
        let mut block = Block { first_line: self.next_line, bytes: Vec::new() };
        while block.bytes.len() < BLOCK_BYTES && self.next_line < block.first_line + BLOCK_LINES {
            let start = block.bytes.len();
            let taken = (&mut self.reader).take(self.limit + 1).read_until(b'\n', &mut block.bytes)?;
            if taken == 0 {
                break;
            }
            self.next_line += 1;
            if taken as u64 > self.limit && block.bytes.last() != Some(&b'\n') {
                let rest = self.reader.skip_until(b'\n')?;
                self.too_long = Some((self.next_line - 1, (taken + rest) as u64));
                block.bytes.truncate(start);
                break;
            }
        }
        match self.too_long.take() {
            Some((line, length)) if block.bytes.is_empty() => {
                self.blank = false;
                Ok(Some(Piece::TooLong(line, length)))
            }
            waiting => {
                self.too_long = waiting;
                self.blank &= block.bytes.trim_ascii().is_empty();
                Ok((!block.bytes.is_empty()).then_some(Piece::Block(block)))
            }
        }
    }
}

/// Each line of a block that is not blank, as a document. `place` is the file's.
pub(super) fn read(block: &Block, place: &Place, options: &InputOptions, each: &mut dyn FnMut(Document)) {
    let lines = block.bytes.split_inclusive(|&byte| byte == b'\n');
    for (number, line) in (block.first_line..).zip(lines) {
        let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if !line.trim_ascii().is_empty() {
            each(record(line, number, place, options));
        }
    }
}

/// Where a line stands, for a record without a readable id.
pub(super) fn line_place(place: &Place, line: u64) -> Place {
    Place { doc_id: format!("{}:{line}", place.doc_id), path: format!("{}:{line}", place.path) }
}

#[derive(Deserialize)]
struct Record {
    id: Option<Value>,
    text: Option<Value>,
    date: Option<Value>,
    title: Option<Value>,
}

fn record(line: &[u8], number: u64, place: &Place, options: &InputOptions) -> Document {
    let at = line_place(place, number);
    let bytes = line.len() as u64;
    let decoded = match decode::decode_line(line, options.encoding) {
        Ok(decoded) => decoded,
        Err(problem) => return document::failed(at, bytes, format!("line {number}: {problem}")),
    };
    let record: Record = match serde_json::from_str(&decoded.text) {
        Ok(record) => record,
        Err(error) => return document::failed(at, bytes, broken(&error, number)),
    };
    let id = match &record.id {
        Some(Value::String(id)) if !id.trim().is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return document::failed(at, bytes, format!("line {number}: no \"id\" (expected a string)")),
    };
    let known = Place { doc_id: id, path: at.path };
    let Some(Value::String(text)) = record.text else {
        return document::failed(known, bytes, format!("line {number}: no \"text\" (expected a string)"));
    };
    let text = decode::Decoded { text, ..decoded };
    filled(known, text, (record.date, record.title), bytes, options)
}

fn filled(
    place: Place,
    decoded: decode::Decoded,
    (date, title): (Option<Value>, Option<Value>),
    bytes: u64,
    options: &InputOptions,
) -> Document {
    let decoded = match decode::without_nul(decoded) {
        Ok(decoded) => decoded,
        Err(problem) => return document::failed(place, bytes, problem),
    };
    let mut document = document::empty(place, bytes);
    document.text = decoded.text;
    document.encoding = decoded.encoding;
    document::flaw(&mut document, &decoded.problem);
    let day = match date {
        None | Some(Value::Null) => None,
        Some(Value::String(day)) if day.trim().is_empty() => None,
        Some(told) => {
            let day = told.as_str().and_then(document::parse_date);
            if day.is_none() {
                document::flaw(&mut document, &format!("date {told} ignored (expected YYYY-MM-DD)"));
            }
            day
        }
    };
    match title {
        None | Some(Value::Null) => {}
        Some(Value::String(title)) => document.title = title,
        Some(told) => document::flaw(&mut document, &format!("title {told} ignored (expected a string)")),
    }
    document::complete(&mut document, day, options);
    document
}

/// The parser numbers lines within the one line that it sees; only its column means something.
fn broken(error: &serde_json::Error, line: u64) -> String {
    let told = error.to_string();
    let what = told.split(" at line ").next().unwrap_or(&told);
    format!("line {line}, column {}: broken JSON: {what} (expected {{\"id\", \"text\"}})", error.column())
}

#[cfg(test)]
mod tests;
