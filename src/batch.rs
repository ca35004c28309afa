//! A whole run: discover, process in parallel (`threads`), write in order.
//!
//! Documents are the parallel unit, small ones by the bundle, long ones by the portion (`work`); each worker reuses one
//! scratch. Results pass a bounded window and are written in the order of the documents, as soon as all earlier ones are:
//! memory does not grow with the corpus, and the number of threads changes no byte. A panic costs its document alone.

mod threads;
mod work;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::explain::{self, At, Explanation};
use crate::gazetteer::DataError;
use crate::input::{self, InputError, Job, Metadata, TextFolder};
use crate::model::{Document, Status};
use crate::options::Options;
use crate::output::{
    DocumentFacts, DocumentRows, Fingerprint, Labels, OutputError, PackageInfo, Tables, format,
};
use crate::report::Report;
use crate::resources::{Resources, Spread};
use crate::timings::{Clock, Laps, Stage, Timings};
use threads::{Behind, Pool, process_in_order};
use work::{Done, Worker, add_laps, bundles, failed, together};

/// Follows a run, for people who wait.
pub trait Progress: Sync {
    /// The run starts to read `bytes` (of files; more may come from standard input).
    fn start(&self, bytes: u64);
    /// A document of `bytes` is written.
    fn advance(&self, bytes: u64);
    /// The last document is written.
    fn finish(&self);
}

/// Follows nothing.
pub struct NoProgress;

impl Progress for NoProgress {
    fn start(&self, _bytes: u64) {}
    fn advance(&self, _bytes: u64) {}
    fn finish(&self) {}
}

/// Why a run could not be done.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Nothing to read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Errors in lists, rules or metadata, one a line.
    #[error("{}", .0.join("\n"))]
    Data(Vec<String>),
    /// The tables could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The folder for texts could not be made.
    #[error("{0}: cannot make the folder for texts: {1}")]
    Texts(String, std::io::Error),
    /// The system gives no threads.
    #[error("cannot start threads: {0}")]
    Threads(String),
}

/// Does a run: reads the documents of `options.input`, writes the tables.
pub fn run(mut options: Options, progress: &dyn Progress) -> Result<Report, RunError> {
    let clock = Clock::start();
    options.input.exclude.extend(std::iter::once(options.out.clone()).chain(options.save_text.clone()));
    let mut discovery = input::discover(&options.input)?;
    let pool = Pool::new(options.threads)?;
    let mut laps = Laps::start(options.timings);
    let resources = load(&pool, &mut options, &mut laps)?;
    let loading = clock.elapsed();
    let clock = Clock::start();
    let tables = Tables::create(&options.out, options.tables)?;
    let texts = texts(&options)?;
    let mut report = Report { skipped: std::mem::take(&mut discovery.skipped), loading, ..Report::default() };
    if discovery.links_skipped > 0 {
        report
            .warnings
            .push(format!("{} links to folders not followed (see --follow)", discovery.links_skipped));
    }
    progress.start(discovery.bytes);
    let look = |facts: &DocumentFacts<'_>, labels: Labels<'_>| format(facts, labels, options.tables);
    let timings = options.timings.then(|| Mutex::new(Timings::of_laps(&laps)));
    let timings = timings.as_ref();
    let worker = Worker {
        resources: &resources,
        input: &options.input,
        together: together(discovery.bytes, pool.threads()),
        keep: texts.is_some(),
        rejected: options.tables.rejected,
        look: &look,
        timings,
    };
    let flush = tables.flush()?;
    let flush = Behind::new(move || flush.flush())?;
    let mut writer = Writer { tables, flush, flushed: 0, texts, report, progress };
    work_on(&pool, input::jobs(discovery, &options.input), &worker, |done| {
        let mut laps = Laps::start(options.timings);
        writer.write(done)?;
        laps.lap(Stage::Write);
        add_laps(timings, &laps);
        Ok(())
    })?;
    progress.finish();
    let mut report = writer.finish(&resources)?;
    pool.let_go(resources);
    report.warnings.extend(unused_metadata(&options));
    report.running = clock.elapsed();
    report.timings = timings.map(|timings| timings.lock().unwrap_or_else(PoisonError::into_inner).clone());
    Ok(report)
}

/// Extracts the documents of `options.input` and writes nothing: what `look` saw of each document goes to `each`, in the
/// order of the documents, with the document but for its text, and whether it is complete: a long document comes in portions.
pub fn survey<R: Send>(
    mut options: Options,
    look: &(impl Fn(&DocumentFacts<'_>, Labels<'_>) -> R + Sync),
    mut each: impl FnMut(Document, R, bool),
) -> Result<(), RunError> {
    let pool = Pool::new(options.threads)?;
    let discovery = input::discover(&options.input)?;
    let resources = load(&pool, &mut options, &mut Laps::default())?;
    let worker = Worker {
        resources: &resources,
        input: &options.input,
        together: together(discovery.bytes, pool.threads()),
        keep: false,
        rejected: false,
        look,
        timings: None,
    };
    work_on(&pool, input::jobs(discovery, &options.input), &worker, |done| {
        each(done.document, done.seen, done.is_last);
        Ok(())
    })
}

/// Works on all jobs; `sink` gets the documents in order, the second of two with one id as one that was not read.
fn work_on<R: Send, L: Fn(&DocumentFacts<'_>, Labels<'_>) -> R + Sync>(
    pool: &Pool,
    jobs: impl Iterator<Item = Job>,
    worker: &Worker<'_, L>,
    mut sink: impl FnMut(Done<R>) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let mut ids = Ids::default();
    process_in_order(
        pool,
        bundles(jobs, worker.together),
        |scratch, jobs, each| worker.work(scratch, jobs, each),
        |done| done.into_iter().filter_map(|done| ids.check(worker, done)).try_for_each(&mut sink),
    )
}

/// Explains a place of the first document of `options.input`.
pub fn explain(mut options: Options, at: At) -> Result<(Document, Explanation), RunError> {
    let discovery = input::discover(&options.input)?;
    let resources = load(&Pool::new(options.threads)?, &mut options, &mut Laps::default())?;
    let mut first = None;
    for job in input::jobs(discovery, &options.input) {
        input::read(&job, &options.input, &mut |document| {
            first.get_or_insert(document);
        });
        if first.is_some() {
            break;
        }
    }
    let document = first.ok_or_else(|| RunError::Data(vec!["there is no document".to_owned()]))?;
    let explanation = explain::explain(&resources, &document, at);
    Ok((document, explanation))
}

/// Lists, rules and metadata; all their errors at once.
fn load(spread: &impl Spread, options: &mut Options, laps: &mut Laps) -> Result<Resources, RunError> {
    let metadata = options.metadata.as_deref().map_or_else(|| Ok(Metadata::default()), Metadata::read);
    let resources = Resources::load_on(spread, &options.gazetteers, laps);
    match (metadata, resources) {
        (Ok(metadata), Ok(resources)) => {
            options.input.metadata = metadata;
            Ok(resources)
        }
        (metadata, resources) => {
            let of_metadata = metadata.err().into_iter().flatten().map(|error| error.to_string());
            let of_lists = resources.err().into_iter().flatten().map(|error: DataError| error.to_string());
            Err(RunError::Data(of_metadata.chain(of_lists).collect()))
        }
    }
}

fn texts(options: &Options) -> Result<Option<TextFolder>, RunError> {
    let Some(folder) = &options.save_text else { return Ok(None) };
    match TextFolder::create(folder) {
        Ok(texts) => Ok(Some(texts)),
        Err(error) => Err(RunError::Texts(folder.display().to_string(), error)),
    }
}

fn unused_metadata(options: &Options) -> Option<String> {
    let unused = options.input.metadata.unused();
    let path = options.metadata.as_ref()?.display();
    let first = unused.first()?;
    Some(format!("{} rows of {path} name no document that was read, the first in line {first}", unused.len()))
}

/// Of two documents with one id the first counts. Holds hashes of the ids so far.
#[derive(Default)]
struct Ids {
    known: BTreeSet<[u8; 16]>,
    /// Is the document of which portions come in such a second one? Its first portion has told so.
    refused: bool,
}

impl Ids {
    fn check<R, L: Fn(&DocumentFacts<'_>, Labels<'_>) -> R>(
        &mut self,
        worker: &Worker<'_, L>,
        done: Done<R>,
    ) -> Option<Done<R>> {
        let id = &done.document.doc_id;
        if !done.is_first {
            return (!self.refused).then_some(done);
        }
        self.refused = !self.known.insert(short_hash(id));
        if !self.refused {
            return Some(done);
        }
        let problem = format!("duplicate id: an earlier document is \"{id}\", too");
        Some(worker.untouched(failed(done.document, problem)))
    }
}

/// Takes what is done in the order of the documents.
struct Writer<'a> {
    tables: Tables,
    /// Brings what was written to the disk.
    flush: Behind<OutputError>,
    /// Bytes that it was asked for.
    flushed: u64,
    texts: Option<TextFolder>,
    report: Report,
    progress: &'a dyn Progress,
}

/// Bytes of rows that are brought to the disk together.
const FLUSH: u64 = 16 << 20;

impl Writer<'_> {
    fn write(&mut self, done: Done<DocumentRows>) -> Result<(), RunError> {
        let Done { document, seen, is_last, .. } = done;
        self.tables.append(seen)?;
        if self.tables.bytes() > self.flushed + FLUSH {
            self.flushed = self.tables.bytes();
            self.flush.ask();
        }
        if !is_last {
            return Ok(());
        }
        if let Some(Err(error)) = self.texts.as_ref().map(|texts| texts.save(&document)) {
            self.report.warnings.push(format!("the text of {} is not saved: {error}", document.doc_id));
        }
        if document.status != Status::Done {
            self.report.problem(&document.path, &document.problem);
        }
        self.report.bytes += document.bytes;
        self.progress.advance(document.bytes);
        Ok(())
    }

    fn finish(self, resources: &Resources) -> Result<Report, RunError> {
        let mut report = self.report;
        let lists =
            Fingerprint { label: "gazetteers".to_owned(), sha256: resources.fingerprint().to_owned() };
        let info = PackageInfo { version: env!("CARGO_PKG_VERSION").to_owned(), gazetteers: vec![lists] };
        self.flush.finish()?;
        report.counts = self.tables.finish(&info)?;
        Ok(report)
    }
}

/// Enough of a hash that no two ids of a corpus share it, at 16 bytes an id.
fn short_hash(id: &str) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&Sha256::digest(id.as_bytes())[..16]);
    short
}
