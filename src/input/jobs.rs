//! What workers do: one file, or one block of records. A stream, so that a corpus in one file is not held either.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::InputOptions;
use super::discover::{self, Discovery, Found, Source};
use super::document::{self, Place};
use super::formats::Format;
use super::jsonl::{self, Block, Blocks, Piece};
use crate::model::Document;

/// One piece of work, in the order of the documents.
#[derive(Debug)]
pub struct Job {
    pub(super) work: Work,
    /// How much there is to read, if that is known.
    pub bytes: u64,
}

#[derive(Debug)]
pub(super) enum Work {
    /// A file to read.
    File(Place, PathBuf, Format),
    /// Bytes that are there already (standard input); a whole document.
    Bytes(Place, Vec<u8>),
    /// Some lines of a JSON Lines file.
    Lines(Place, Block),
    /// Nothing to read: a document that says so.
    Told(Box<Document>),
}

impl Job {
    /// Where the job's documents come from, for messages.
    pub fn path(&self) -> &str {
        match &self.work {
            Work::File(place, ..) | Work::Bytes(place, _) | Work::Lines(place, _) => &place.path,
            Work::Told(document) => &document.path,
        }
    }
}

/// The jobs of a discovery, in order.
pub fn jobs(discovery: Discovery, options: &InputOptions) -> impl Iterator<Item = Job> {
    Jobs { found: discovery.found.into_iter(), lines: None, limit: options.max_document_size }
}

struct Jobs {
    found: std::vec::IntoIter<Found>,
    lines: Option<(Place, Blocks<Box<dyn BufRead>>)>,
    limit: u64,
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(work) = self.next_lines() {
                let bytes = if let Work::Lines(_, block) = &work { block.bytes.len() as u64 } else { 0 };
                return Some(Job { work, bytes });
            }
            let Found { place, source, bytes } = self.found.next()?;
            let work = match source {
                Source::File(path, Format::JsonLines) => match open(&path) {
                    Ok(reader) => {
                        self.lines = Some((place, Blocks::new(reader, self.limit)));
                        continue;
                    }
                    Err(problem) => told(place, 0, problem),
                },
                Source::File(path, format) => Work::File(place, path, format),
                Source::Problem(problem) => told(place, 0, problem),
                Source::StandardInput => match self.standard_input(place) {
                    Some(work) => work,
                    None => continue,
                },
            };
            return Some(Job { work, bytes });
        }
    }
}

impl Jobs {
    /// The next block of the file that is being streamed.
    fn next_lines(&mut self) -> Option<Work> {
        let (place, blocks) = self.lines.as_mut()?;
        let work = match blocks.next_piece() {
            Ok(Some(Piece::Block(block))) if is_wide(&block) => {
                let work = told(place.clone(), 0, "UTF-16 or UTF-32 (expected JSON Lines in UTF-8)");
                self.lines = None;
                return Some(work);
            }
            Ok(Some(Piece::Block(block))) => Work::Lines(place.clone(), block),
            Ok(Some(Piece::TooLong(line, length))) => told(
                jsonl::line_place(place, line),
                length,
                format!("line {line}: {}", too_large(length, self.limit)),
            ),
            Ok(None) => {
                let (place, blocks) = self.lines.take()?;
                return blocks.is_blank().then(|| told_empty(place));
            }
            Err(error) => {
                let work = told(place.clone(), 0, format!("cannot be read to its end: {error}"));
                self.lines = None;
                work
            }
        };
        Some(work)
    }

    /// Records if it starts like one (then they are streamed), else one text.
    fn standard_input(&mut self, place: Place) -> Option<Work> {
        let mut reader = BufReader::with_capacity(1 << 16, io::stdin());
        let is_records = reader.fill_buf().is_ok_and(|start| start.trim_ascii_start().starts_with(b"{"));
        if is_records {
            self.lines = Some((place, Blocks::new(Box::new(reader), self.limit)));
            return None;
        }
        let mut bytes = Vec::new();
        Some(match reader.take(self.limit + 1).read_to_end(&mut bytes) {
            Ok(length) if length as u64 > self.limit => {
                told(place, length as u64, too_large(length as u64, self.limit))
            }
            Ok(_) => Work::Bytes(place, bytes),
            Err(error) => told(place, 0, format!("cannot be read: {error}")),
        })
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, String> {
    let file = File::open(path).map_err(|error| discover::missing(path, &error))?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
}

fn is_wide(block: &Block) -> bool {
    let start = &block.bytes[..block.bytes.len().min(4)];
    block.first_line == 1
        && (start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || start.contains(&0))
}

fn told(place: Place, bytes: u64, problem: impl Into<String>) -> Work {
    Work::Told(Box::new(document::failed(place, bytes, problem)))
}

fn told_empty(place: Place) -> Work {
    let mut document = document::empty(place, 0);
    document::flaw(&mut document, "empty: there is no record");
    Work::Told(Box::new(document))
}

/// The words for a document beyond the limit.
pub(super) fn too_large(bytes: u64, limit: u64) -> String {
    format!("too large: {bytes} bytes, the limit is {limit} (see --max-document-size)")
}

/// The document for a job that broke in a way that no input should bring about.
pub fn lost(job: &Job, problem: &str) -> Document {
    let place = Place { doc_id: job.path().to_owned(), path: job.path().to_owned() };
    document::failed(place, 0, problem)
}
