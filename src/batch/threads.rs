//! Work in parallel, results in order: the one file that names threads.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rayon::prelude::*;

use super::RunError;
use crate::gazetteer::{ListSource, ParsedLists, parse, portions};
use crate::resources::{OneThread, Spread};

/// The threads of a run.
pub(super) struct Pool(rayon::ThreadPool);

/// More would only cost memory.
const MOST_THREADS: usize = 256;

impl Pool {
    /// So many, or as many as the machine runs at once.
    pub(super) fn new(threads: Option<NonZeroUsize>) -> Result<Self, RunError> {
        let all = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads = threads.map_or_else(all, usize::from).min(MOST_THREADS);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map(Self).map_err(|error| RunError::Threads(error.to_string()))
    }

    /// Frees something large on one of the threads, so that nobody waits for it.
    pub(super) fn let_go(&self, large: impl Send + 'static) {
        self.0.spawn(move || drop(large));
    }

    /// How many.
    pub(super) fn threads(&self) -> usize {
        self.0.current_num_threads()
    }
}

impl Spread for Pool {
    fn parse(&self, lists: &[ListSource<'_>]) -> Vec<ParsedLists> {
        let threads = self.threads();
        if threads == 1 {
            return OneThread.parse(lists);
        }
        // What is parsed together shares its words and merges faster; portions are few, but enough to share out.
        let portions = portions(lists, 2 * threads);
        self.0.install(|| portions.into_par_iter().with_max_len(1).map(parse).collect())
    }

    fn both<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        if self.threads() == 1 {
            return OneThread.both(one, other);
        }
        self.0.join(one, other)
    }
}

/// Work that is done again on a thread of its own whenever it is asked for, while the asking thread goes on.
pub(super) struct Behind<E> {
    ask: SyncSender<()>,
    thread: JoinHandle<Result<(), E>>,
}

impl<E: Send + 'static> Behind<E> {
    /// Waits to be asked.
    pub(super) fn new(work: impl Fn() -> Result<(), E> + Send + 'static) -> Result<Self, RunError> {
        let (ask, asked) = sync_channel(1);
        let life = move || asked.into_iter().try_for_each(|()| work());
        let thread = std::thread::Builder::new().spawn(life);
        thread.map(|thread| Self { ask, thread }).map_err(|error| RunError::Threads(error.to_string()))
    }

    /// Asks for it; no need to ask twice before it is begun.
    pub(super) fn ask(&self) {
        // an error of the work is told at the end
        let _ = self.ask.try_send(());
    }

    /// Waits for the end of the work; its first error.
    pub(super) fn finish(self) -> Result<(), E> {
        drop(self.ask);
        self.thread.join().unwrap_or(Ok(()))
    }
}

/// Jobs on their way, for each thread.
pub(super) const WINDOW: u64 = 4;

/// Runs `work` on all jobs with a reused `S` per thread. It hands over any number of results of a job, each when it is ready,
/// and `sink` gets them in the order of the jobs. At most [`WINDOW`] jobs per thread are between the two. An error of the
/// sink ends it. One thread does one thing after the other.
pub(super) fn process_in_order<S: Default, J: Send, R: Send, E>(
    Pool(pool): &Pool,
    jobs: impl Iterator<Item = J>,
    work: impl Fn(&mut S, &J, &mut dyn FnMut(R)) + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = pool.current_num_threads();
    if threads == 1 {
        return one_by_one(jobs, work, sink);
    }
    let (send_job, next_job) = channel();
    let (send_result, results) = channel();
    let next_job = Mutex::new(next_job);
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            let (send_result, next_job, work) = (send_result.clone(), &next_job, &work);
            scope.spawn(move |_| work_all(next_job, work, &send_result));
        }
        drop(send_result);
        feed(jobs, WINDOW * threads as u64, send_job, &results, &mut sink)
    })
}

/// The same on this thread alone. A panic of the sink goes on when the work has come to its end.
fn one_by_one<S: Default, J, R, E>(
    mut jobs: impl Iterator<Item = J>,
    work: impl Fn(&mut S, &J, &mut dyn FnMut(R)),
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut state = S::default();
    jobs.try_for_each(|job| {
        let mut taken = Ok(Ok(()));
        work(&mut state, &job, &mut |result| {
            if matches!(taken, Ok(Ok(()))) {
                taken = catch_unwind(AssertUnwindSafe(|| sink(result)));
            }
        });
        taken.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// A thread's life: the next job until there is none. After its results each job says that it is done.
fn work_all<S: Default, J, R>(
    jobs: &Mutex<Receiver<(u64, J)>>,
    work: impl Fn(&mut S, &J, &mut dyn FnMut(R)),
    results: &Sender<(u64, Option<R>)>,
) {
    let mut state = S::default();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((index, job)) = next else { return };
        // when nobody listens any more, there is no next job either
        work(&mut state, &job, &mut |result| drop(results.send((index, Some(result)))));
        drop(results.send((index, None)));
    }
}

/// Hands out jobs while the window is open, and results in order. Dropping `send` lets the threads end.
#[expect(clippy::needless_pass_by_value, reason = "the threads end when the sender is dropped")]
fn feed<J, R, E>(
    jobs: impl Iterator<Item = J>,
    window: u64,
    send: Sender<(u64, J)>,
    results: &Receiver<(u64, Option<R>)>,
    sink: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut jobs = jobs.fuse();
    let mut early: BTreeMap<u64, Vec<R>> = BTreeMap::new();
    let mut done = BTreeSet::new();
    let (mut sent, mut written) = (0, 0);
    loop {
        while sent < written + window {
            let Some(job) = jobs.next() else { break };
            if send.send((sent, job)).is_err() {
                break;
            }
            sent += 1;
        }
        if written == sent {
            return Ok(());
        }
        let Ok((index, result)) = results.recv() else { return Ok(()) };
        match result {
            Some(result) if index == written => sink(result)?,
            Some(result) => early.entry(index).or_default().push(result),
            None => drop(done.insert(index)),
        }
        while done.remove(&written) {
            written += 1;
            early.remove(&written).into_iter().flatten().try_for_each(&mut *sink)?;
        }
    }
}

#[cfg(test)]
mod tests;
