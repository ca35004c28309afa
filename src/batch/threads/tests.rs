//! Order, the bounded window, and the end of a run that cannot go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::super::RunError;
use super::*;

fn pool(threads: usize) -> Pool {
    Pool::new(NonZeroUsize::new(threads)).expect("threads")
}

fn squares(threads: usize, count: u64) -> Vec<u64> {
    let mut out = Vec::new();
    let work = |calls: &mut u64, job: &u64, each: &mut dyn FnMut(u64)| {
        *calls += 1;
        // Early jobs take longest, so that results come in the wrong order.
        std::thread::sleep(Duration::from_micros(300 / (1 + job % 7)));
        each(job * job);
        if job.is_multiple_of(3) {
            std::thread::sleep(Duration::from_micros(100));
            each(job * job + 1);
        }
    };
    let result: Result<(), RunError> = process_in_order(&pool(threads), 0..count, work, |square| {
        out.push(square);
        Ok(())
    });
    assert!(result.is_ok());
    out
}

#[test]
fn results_come_in_order_at_any_number_of_threads() {
    // of some jobs one result, of some two
    let results = |n: u64| (0..=u64::from(n.is_multiple_of(3))).map(move |more| n * n + more);
    let expected: Vec<u64> = (0..500).flat_map(results).collect();
    for threads in [1, 2, 8] {
        assert_eq!(squares(threads, 500), expected);
    }
    assert_eq!(squares(2, 0), Vec::<u64>::new());
}

#[test]
fn no_more_jobs_are_taken_than_the_window_holds() {
    let (taken, written) = (AtomicU64::new(0), AtomicU64::new(0));
    let jobs = (0..2000_u64).inspect(|_| {
        let ahead = taken.fetch_add(1, Ordering::SeqCst) + 1 - written.load(Ordering::SeqCst);
        assert!(ahead <= WINDOW * 2, "{ahead} jobs are on their way");
    });
    let result: Result<(), RunError> = process_in_order(
        &pool(2),
        jobs,
        |(): &mut (), job: &u64, each: &mut dyn FnMut(u64)| each(*job),
        |_| {
            written.fetch_add(1, Ordering::SeqCst);
            Ok(())
        },
    );
    assert!(result.is_ok());
    assert_eq!(written.load(Ordering::SeqCst), 2000);
}

#[test]
fn work_behind_is_done_when_asked_and_tells_its_first_error() {
    let times = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&times);
    let behind = Behind::new(move || match counter.fetch_add(1, Ordering::SeqCst) {
        0 => Ok(()),
        n => Err(n),
    });
    let behind = behind.expect("a thread");
    while times.load(Ordering::SeqCst) < 2 {
        behind.ask();
        std::thread::yield_now();
    }
    assert_eq!(behind.finish(), Err(1));
    assert_eq!(times.load(Ordering::SeqCst), 2, "nothing is done after an error");
    assert_eq!(Behind::new(|| Err(0)).expect("a thread").finish(), Ok(()), "nobody asked");
}

#[test]
fn an_error_of_the_sink_ends_the_run() {
    for threads in [1, 4] {
        let mut count = 0;
        let result: Result<(), RunError> = process_in_order(
            &pool(threads),
            0..u64::MAX,
            |(): &mut (), job: &u64, each: &mut dyn FnMut(u64)| (0..3).for_each(|_| each(*job)),
            |job| {
                count += 1;
                if job == 10 { Err(RunError::Data(vec!["full".to_owned()])) } else { Ok(()) }
            },
        );
        assert!(matches!(result, Err(RunError::Data(_))));
        assert_eq!(count, 31, "with {threads} threads");
    }
}

#[test]
fn a_panic_of_the_sink_is_not_taken_for_one_of_the_work() {
    for threads in [1, 2] {
        let run = || -> Result<(), ()> {
            let work = |(): &mut (), job: &u64, each: &mut dyn FnMut(u64)| {
                let caught = catch_unwind(AssertUnwindSafe(|| each(*job)));
                assert!(caught.is_ok(), "the work never sees it");
            };
            process_in_order(&pool(threads), 0..5, work, |job| if job == 3 { panic!("full") } else { Ok(()) })
        };
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err(), "with {threads} threads");
    }
}
