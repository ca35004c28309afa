//! What a worker does with its jobs: reads their documents, takes a few at a time through the stages (a long one in
//! portions), and looks at what was found. A panic costs its document alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::explain;
use crate::extract::{Extraction, Extractor, Scratch};
use crate::input::{self, InputOptions, Job};
use crate::model::{Document, Rejected, Status, Text};
use crate::output::{Before, DocumentFacts, Labels, Portion, Positions};
use crate::resources::Resources;
use crate::text::{PORTION, portions};
use crate::timings::{Laps, Stage, Timings};

/// Bytes of documents that go through the stages together: the more, the less often a stage has to fetch its rules and
/// tables anew; beyond this little is won.
const TOGETHER: u64 = 128 << 10;

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

/// A document that is done, or a portion of a long one, and what was seen of it.
pub(super) struct Done<R> {
    /// Without its text, unless that is to be saved and this is all of it or its end.
    pub(super) document: Document,
    pub(super) seen: R,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

impl<R> Done<R> {
    /// A document in one piece.
    fn all(document: Document, seen: R) -> Self {
        Self { document, seen, is_first: true, is_last: true }
    }
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
    /// All documents of some jobs; hands them over some at a time, a long one portion by portion.
    pub(super) fn work(&self, scratch: &mut Scratch, jobs: &[Job], each: &mut dyn FnMut(Vec<Done<R>>)) {
        scratch.laps = Laps::start(self.timings.is_some());
        let mut waiting = Waiting::default();
        for job in jobs {
            let reading = AssertUnwindSafe(|| {
                input::read(job, self.input, &mut |document| {
                    if document.text.len() > PORTION {
                        self.hand_over(scratch, waiting.take(), each);
                        self.long(scratch, document, each);
                    } else if waiting.add(document) >= self.together || self.rejected {
                        // what was rejected is asked of one document at a time
                        self.hand_over(scratch, waiting.take(), each);
                    }
                });
            });
            if let Err(panic) = catch_unwind(reading) {
                waiting.add(input::lost(job, &internal(&*panic)));
            }
        }
        self.hand_over(scratch, waiting.take(), each);
        add_laps(self.timings, &scratch.laps);
    }

    /// Hands over what is seen of documents.
    fn hand_over(&self, scratch: &mut Scratch, documents: Vec<Document>, each: &mut dyn FnMut(Vec<Done<R>>)) {
        each(self.documents(scratch, documents));
        // one thread alone has been writing meanwhile
        scratch.laps.skip();
    }

    /// Takes documents through the stages, together if none of them makes trouble.
    fn documents(&self, scratch: &mut Scratch, documents: Vec<Document>) -> Vec<Done<R>> {
        scratch.laps.lap(Stage::Read);
        let were_read: Vec<&Document> = documents.iter().filter(|d| d.status != Status::Failed).collect();
        let seen: Vec<Result<R, String>> = match self.caught(scratch, &were_read) {
            Ok(seen) => seen.into_iter().map(Ok).collect(),
            Err(_) => were_read.iter().map(|&document| self.alone(scratch, document)).collect(),
        };
        let mut seen = seen.into_iter();
        let done = documents.into_iter().map(|document| {
            let seen = if document.status == Status::Failed { None } else { seen.next() };
            match seen {
                Some(Ok(seen)) => Done::all(self.kept(document), seen),
                Some(Err(problem)) => self.untouched(failed(document, problem)),
                None => self.untouched(document),
            }
        });
        done.collect()
    }

    fn alone(&self, scratch: &mut Scratch, document: &Document) -> Result<R, String> {
        let mut seen = self.caught(scratch, &[document])?;
        seen.pop().ok_or_else(|| "internal error, please report it: nothing came out".to_owned())
    }

    /// What is seen of each; or what a panic said.
    fn caught(&self, scratch: &mut Scratch, documents: &[&Document]) -> Result<Vec<R>, String> {
        caught(scratch, |scratch| {
            let extractions = self.extract(scratch, documents);
            let all = documents.iter().zip(&extractions).enumerate();
            let seen = all.map(|(nth, (document, (extraction, rejected)))| {
                (self.look)(&facts(document, scratch.text_of(nth), extraction, rejected), self.labels())
            });
            let seen = seen.collect();
            scratch.laps.lap(Stage::Format);
            seen
        })
    }

    /// What the documents say, and what was rejected if that is asked for.
    fn extract(&self, scratch: &mut Scratch, documents: &[&Document]) -> Vec<(Extraction, Vec<Rejected>)> {
        let extractions = Extractor::new(self.resources).extract_all(documents, scratch);
        let mut rejected = Vec::new();
        if let ([document], [extraction], true) = (documents, extractions.as_slice(), self.rejected) {
            rejected = explain::rejected(self.resources, document, extraction, scratch);
        }
        extractions.into_iter().map(|extraction| (extraction, std::mem::take(&mut rejected))).collect()
    }

    /// Takes a long document through the stages portion by portion: names are known again within one portion only. A panic
    /// costs its portion alone.
    fn long(&self, scratch: &mut Scratch, mut document: Document, each: &mut dyn FnMut(Vec<Done<R>>)) {
        scratch.laps.lap(Stage::Read);
        let text = std::mem::take(&mut document.text);
        let mut before = Before::default();
        let (mut rest, mut is_first, mut date) = (text.len(), true, document.date);
        for part in portions(&text, PORTION) {
            rest -= part.len();
            let is_last = rest == 0;
            let mut here = Document { text: part.to_owned(), date, ..document.clone() };
            let found = caught(scratch, |scratch| self.extract(scratch, &[&here]).pop());
            let found = found.unwrap_or_else(|problem| {
                (document.status, document.problem) = (Status::Flawed, problem);
                None
            });
            let (extraction, rejected) = found.unwrap_or_default();
            if is_first {
                date = extraction.date;
            }
            here.status = document.status;
            here.problem.clone_from(&document.problem);
            let facts = DocumentFacts {
                date,
                portion: Some(Portion { whole: &text, before, is_last }),
                ..facts(&here, scratch.text_of(0), &extraction, &rejected)
            };
            let seen = (self.look)(&facts, self.labels());
            before = facts.and_before(Positions::new(part, before.origin).end());
            scratch.laps.lap(Stage::Format);
            let told = Document {
                text: if self.keep && is_last { text.clone() } else { String::new() },
                ..document.clone()
            };
            each(vec![Done { document: told, seen, is_first, is_last }]);
            scratch.laps.skip();
            is_first = false;
        }
    }

    /// Without its text, unless that will be saved.
    fn kept(&self, mut document: Document) -> Document {
        if !self.keep {
            document.text = String::new();
        }
        document
    }

    /// A document that was not read.
    pub(super) fn untouched(&self, document: Document) -> Done<R> {
        let extraction = Extraction { date: document.date, ..Extraction::default() };
        let seen = (self.look)(&facts(&document, &Text::default(), &extraction, &[]), self.labels());
        Done::all(document, seen)
    }

    fn labels(&self) -> Labels<'_> {
        Labels { types: self.resources.types(), lists: self.resources.lists() }
    }
}

/// Documents that will go through the stages together.
#[derive(Default)]
struct Waiting {
    documents: Vec<Document>,
    bytes: u64,
}

impl Waiting {
    /// Says how many bytes wait then.
    fn add(&mut self, document: Document) -> u64 {
        self.bytes += document.text.len() as u64;
        self.documents.push(document);
        self.bytes
    }

    fn take(&mut self) -> Vec<Document> {
        std::mem::take(self).documents
    }
}

/// What the work makes; or what a panic said, with a new scratch.
fn caught<T>(scratch: &mut Scratch, work: impl FnOnce(&mut Scratch) -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(|| work(&mut *scratch))).map_err(|panic| {
        *scratch = Scratch::default();
        internal(&*panic)
    })
}

fn facts<'f>(
    document: &'f Document,
    text: &'f Text,
    extraction: &'f Extraction,
    rejected: &'f [Rejected],
) -> DocumentFacts<'f> {
    let Extraction { date, entities, mentions, relations } = extraction;
    DocumentFacts { document, portion: None, date: *date, text, entities, mentions, relations, rejected }
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
