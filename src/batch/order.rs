//! Work in parallel, results in order: the one file that names threads.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

/// Jobs on their way, for each thread.
pub(super) const WINDOW: u64 = 4;

/// Runs `work` on all jobs with a reused `S` per thread, and gives each result to `sink` in the order of the jobs. At most
/// [`WINDOW`] jobs per thread are between the two. An error of the sink ends it.
pub(super) fn process_in_order<S: Default, J: Send, R: Send, E>(
    pool: &rayon::ThreadPool,
    jobs: impl Iterator<Item = J>,
    work: impl Fn(&mut S, &J) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = pool.current_num_threads();
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

/// A thread's life: the next job until there is none.
fn work_all<S: Default, J, R>(
    jobs: &Mutex<Receiver<(u64, J)>>,
    work: impl Fn(&mut S, &J) -> R,
    results: &Sender<(u64, R)>,
) {
    let mut state = S::default();
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((index, job)) = next else { return };
        if results.send((index, work(&mut state, &job))).is_err() {
            return;
        }
    }
}

/// Hands out jobs while the window is open, and results in order. Dropping `send` lets the threads end.
#[expect(clippy::needless_pass_by_value, reason = "the threads end when the sender is dropped")]
fn feed<J, R, E>(
    jobs: impl Iterator<Item = J>,
    window: u64,
    send: Sender<(u64, J)>,
    results: &Receiver<(u64, R)>,
    sink: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut jobs = jobs.fuse();
    let mut early = BTreeMap::new();
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
        early.insert(index, result);
        while let Some(result) = early.remove(&written) {
            sink(result)?;
            written += 1;
        }
    }
}

#[cfg(test)]
mod tests;
