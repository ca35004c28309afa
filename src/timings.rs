//! Where the time of a run goes, by stage. The one file that looks at a clock; no table depends on it.
//!
//! What must hold: while nobody asks for it, a lap reads no clock and costs one comparison.

use std::fmt;
use std::time::{Duration, Instant};

/// A part of a run, in the order of the data flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Lists are cut into cells, names and words.
    Parse,
    /// Lists are put together.
    Merge,
    /// The automaton is built; side by side with the rules, if there are threads.
    Build,
    /// Rule files are compiled.
    Rules,
    /// Files become documents.
    Read,
    /// Documents become tokens.
    Tokenize,
    /// Tokens become sentences.
    Sentences,
    /// Names and words are found.
    Scan,
    /// Dates are found and placed.
    Dates,
    /// Mentions are decided.
    Resolve,
    /// Relations are found.
    Relations,
    /// Rows are formatted.
    Format,
    /// Rows are written.
    Write,
}

const STAGES: [(Stage, &str); 13] = [
    (Stage::Parse, "parse lists"),
    (Stage::Merge, "merge lists"),
    (Stage::Build, "build automaton"),
    (Stage::Rules, "compile rules"),
    (Stage::Read, "read"),
    (Stage::Tokenize, "tokenize"),
    (Stage::Sentences, "sentences"),
    (Stage::Scan, "scan"),
    (Stage::Dates, "dates"),
    (Stage::Resolve, "resolve"),
    (Stage::Relations, "relations"),
    (Stage::Format, "format"),
    (Stage::Write, "write"),
];

/// The stopwatch of one thread: time since the last lap belongs to the stage that the lap names.
#[derive(Clone, Debug, Default)]
pub struct Laps {
    /// None while nobody asks.
    last: Option<Instant>,
    spent: [Duration; STAGES.len()],
}

impl Laps {
    /// Starts now, if `on`.
    pub(crate) fn start(on: bool) -> Self {
        Self { last: on.then(now), spent: Default::default() }
    }

    /// Are laps taken?
    pub(crate) const fn is_on(&self) -> bool {
        self.last.is_some()
    }

    /// What went by since the last lap was this stage.
    #[inline]
    pub(crate) fn lap(&mut self, stage: Stage) {
        if let Some(last) = &mut self.last {
            let now = now();
            self.spent[stage as usize] += now - *last;
            *last = now;
        }
    }

    /// What went by since the last lap is told by others.
    #[inline]
    pub(crate) fn skip(&mut self) {
        if let Some(last) = &mut self.last {
            *last = now();
        }
    }

    /// Adds the laps of another thread.
    pub(crate) fn join(&mut self, other: &Self) {
        for (total, spent) in self.spent.iter_mut().zip(other.spent) {
            *total += spent;
        }
    }
}

/// Time by stage, over all threads.
#[derive(Clone, Debug, Default)]
pub struct Timings(Laps);

impl Timings {
    /// What one thread has measured so far.
    pub(crate) fn of_laps(laps: &Laps) -> Self {
        Self(laps.clone())
    }

    /// Adds what a thread has measured.
    pub(crate) fn add(&mut self, laps: &Laps) {
        self.0.join(laps);
    }

    /// Time spent on a stage.
    pub fn of(&self, stage: Stage) -> Duration {
        self.0.spent[stage as usize]
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "by stage   seconds, over all threads")?;
        for (stage, name) in STAGES {
            writeln!(f, "           {:>9.3}  {name}", self.of(stage).as_secs_f64())?;
        }
        Ok(())
    }
}

/// Measures one stretch of time.
pub(crate) struct Clock(Instant);

impl Clock {
    /// Starts now.
    pub(crate) fn start() -> Self {
        Self(now())
    }

    /// Time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "tells people how long a run took; no table depends on it")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laps_that_are_off_measure_nothing() {
        let mut laps = Laps::start(false);
        laps.lap(Stage::Scan);
        assert!(!laps.is_on());
        assert_eq!(laps.spent, [Duration::ZERO; STAGES.len()]);
    }

    #[test]
    fn laps_go_to_the_stage_that_they_name() {
        let mut laps = Laps::start(true);
        std::thread::sleep(Duration::from_millis(2));
        laps.lap(Stage::Scan);
        laps.lap(Stage::Write);
        let mut timings = Timings::default();
        timings.add(&laps);
        timings.add(&laps);
        assert!(timings.of(Stage::Scan) >= Duration::from_millis(4), "{timings}");
        assert_eq!(timings.of(Stage::Read), Duration::ZERO);
        assert!(timings.to_string().contains("scan"));
    }

    #[test]
    fn stages_are_told_in_their_order() {
        for (at, (stage, name)) in STAGES.into_iter().enumerate() {
            assert_eq!(stage as usize, at, "{name}");
        }
    }
}
