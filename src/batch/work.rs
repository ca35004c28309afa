//! What a worker does with its jobs: reads their documents, takes a few at a time through the stages, and looks at what was
//! found. A panic costs its document alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::explain;
use crate::extract::{Extraction, Extractor, Scratch};
use crate::input::{self, InputOptions, Job};
use crate::model::{Document, Rejected, Status, Text};
use crate::output::{DocumentFacts, Labels};
use crate::resources::Resources;
use crate::timings::{Laps, Stage, Timings};

/// Bytes of documents that go through the stages together: the more, the less often a stage has to fetch its rules and
/// tables anew; beyond this little is won.
const TOGETHER: u64 = 192 << 10;

/// The same, if there are not many documents, so that each thread has some bundles to do.
pub(super) fn together(all: u64, threads: usize) -> u64 {
    (all / (4 * threads as u64)).clamp(TOGETHER / 16, TOGETHER)
}

/// Jobs that are handed out together: of small files so many as have that many bytes.
pub(super) fn bundles(jobs: impl Iterator<Item = Job>, together: u64) -> impl Iterator<Item = Vec<Job>> {
    let mut jobs = jobs.fuse();
    std::iter::from_fn(move || {
        let mut bundle = vec![jobs.next()?];
        let mut bytes = bundle[0].bytes;
        while bytes < together && bundle.len() < MOST {
            let Some(job) = jobs.next() else { break };
            bytes += job.bytes;
            bundle.push(job);
        }
        Some(bundle)
    })
}

/// The most jobs that are handed out together.
const MOST: usize = 512;

/// A document that is done, and what was seen of it.
pub(super) struct Done<R> {
    /// Without its text, unless that is to be saved.
    pub(super) document: Document,
    pub(super) seen: R,
}

/// Turns jobs into what is to be seen of their documents; shared by all threads.
pub(super) struct Worker<'a, L> {
    pub(super) resources: &'a Resources,
    pub(super) input: &'a InputOptions,
    /// Bytes of documents that go through the stages together.
    pub(super) together: u64,
    /// Will the texts be saved?
    pub(super) keep: bool,
    /// Are candidates that became no mention to be seen, too?
    pub(super) rejected: bool,
    pub(super) look: &'a L,
    /// Where the time goes, if somebody asks.
    pub(super) timings: Option<&'a Mutex<Timings>>,
}

impl<R, L: Fn(&DocumentFacts<'_>, Labels<'_>) -> R> Worker<'_, L> {
    /// All documents of some jobs.
    pub(super) fn work(&self, scratch: &mut Scratch, jobs: &[Job]) -> Vec<Done<R>> {
        scratch.laps = Laps::start(self.timings.is_some());
        let mut done = Vec::new();
        let (mut waiting, mut bytes) = (Vec::new(), 0);
        for job in jobs {
            let reading = AssertUnwindSafe(|| {
                input::read(job, self.input, &mut |document| {
                    bytes += document.text.len() as u64;
                    waiting.push(document);
                    // what was rejected is asked of one document at a time
                    if bytes >= self.together || self.rejected {
                        bytes = 0;
                        self.documents(scratch, std::mem::take(&mut waiting), &mut done);
                    }
                });
            });
            if let Err(panic) = catch_unwind(reading) {
                waiting.push(input::lost(job, &internal(&*panic)));
            }
        }
        self.documents(scratch, waiting, &mut done);
        add_laps(self.timings, &scratch.laps);
        done
    }

    /// Takes documents through the stages, together if none of them makes trouble.
    fn documents(&self, scratch: &mut Scratch, documents: Vec<Document>, done: &mut Vec<Done<R>>) {
        scratch.laps.lap(Stage::Read);
        let were_read: Vec<&Document> = documents.iter().filter(|d| d.status != Status::Failed).collect();
        let seen: Vec<Result<R, String>> = match self.caught(scratch, &were_read) {
            Ok(seen) => seen.into_iter().map(Ok).collect(),
            Err(_) => were_read.iter().map(|&document| self.alone(scratch, document)).collect(),
        };
        let mut seen = seen.into_iter();
        done.extend(documents.into_iter().map(|mut document| {
            let seen = if document.status == Status::Failed { None } else { seen.next() };
            match seen {
                Some(Ok(seen)) => {
                    if !self.keep {
                        document.text = String::new();
                    }
                    Done { document, seen }
                }
                Some(Err(problem)) => self.untouched(failed(document, problem)),
                None => self.untouched(document),
            }
        }));
    }

    fn alone(&self, scratch: &mut Scratch, document: &Document) -> Result<R, String> {
        let mut seen = self.caught(scratch, &[document])?;
        seen.pop().ok_or_else(|| "internal error, please report it: nothing came out".to_owned())
    }

    /// What is seen of each; or what a panic said.
    fn caught(&self, scratch: &mut Scratch, documents: &[&Document]) -> Result<Vec<R>, String> {
        catch_unwind(AssertUnwindSafe(|| self.extract(scratch, documents))).map_err(|panic| {
            *scratch = Scratch::default();
            internal(&*panic)
        })
    }

    fn extract(&self, scratch: &mut Scratch, documents: &[&Document]) -> Vec<R> {
        let extractions = Extractor::new(self.resources).extract_all(documents, scratch);
        let mut rejected = Vec::new();
        if let ([document], [extraction], true) = (documents, extractions.as_slice(), self.rejected) {
            rejected = explain::rejected(self.resources, document, extraction, scratch);
        }
        scratch.shed();
        let all = documents.iter().zip(&extractions).enumerate();
        let seen = all.map(|(nth, (document, extraction))| {
            self.show(document, extraction, &rejected, scratch.text_of(nth))
        });
        let seen = seen.collect();
        scratch.laps.lap(Stage::Format);
        seen
    }

    /// A document that was not read.
    pub(super) fn untouched(&self, document: Document) -> Done<R> {
        let extraction = Extraction { date: document.date, ..Extraction::default() };
        let seen = self.show(&document, &extraction, &[], &Text::default());
        Done { document, seen }
    }

    fn show(&self, document: &Document, extraction: &Extraction, rejected: &[Rejected], text: &Text) -> R {
        let Extraction { date, entities, mentions, relations } = extraction;
        let facts = DocumentFacts { document, date: *date, text, entities, mentions, relations, rejected };
        (self.look)(&facts, Labels { types: self.resources.types(), lists: self.resources.lists() })
    }
}

pub(super) fn failed(document: Document, problem: String) -> Document {
    Document { text: String::new(), status: Status::Failed, problem, ..document }
}

pub(super) fn internal(panic: &(dyn std::any::Any + Send)) -> String {
    let told =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("internal error, please report it: {}", told.unwrap_or("no message"))
}

pub(super) fn add_laps(timings: Option<&Mutex<Timings>>, laps: &Laps) {
    if let Some(timings) = timings {
        timings.lock().unwrap_or_else(PoisonError::into_inner).add(laps);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_problem_with_its_message() {
        let panic = catch_unwind(|| panic!("word {}", 7)).expect_err("it panics");
        assert_eq!(internal(&*panic), "internal error, please report it: word 7");
    }
}
