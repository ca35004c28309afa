//! What the user reads at the end of a run.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::output::Counts;
use crate::timings::Timings;

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was written.
    pub counts: Counts,
    /// Bytes of all documents as stored.
    pub bytes: u64,
    /// Files that no format owns, by extension.
    pub skipped: BTreeMap<String, u64>,
    /// What the user should know besides the tables.
    pub warnings: Vec<String>,
    /// The first problems, as `path: problem`.
    pub problems: Vec<String>,
    /// Time to load lists and rules.
    pub loading: Duration,
    /// Time to read, process and write.
    pub running: Duration,
    /// Where the time went, if the user asks.
    pub timings: Option<Timings>,
}

/// Problems that are told one by one; the rest stands in `documents.csv`.
const PROBLEMS_TOLD: usize = 10;

impl Report {
    /// Notes the problem of a document.
    pub(crate) fn problem(&mut self, path: &str, problem: &str) {
        if self.problems.len() < PROBLEMS_TOLD {
            self.problems.push(format!("{path}: {problem}"));
        }
    }

    fn speed(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let megabytes = self.bytes as f64 / 1e6;
        megabytes / self.running.as_secs_f64().max(1e-6)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.counts;
        let types: Vec<String> =
            counts.mentions_by_type.iter().map(|(name, n)| format!("{n} {name}")).collect();
        let of_types = if types.is_empty() { String::new() } else { format!(" ({})", types.join(", ")) };
        writeln!(f, "documents  {}", counts.documents)?;
        writeln!(f, "mentions   {}{of_types}", counts.mentions)?;
        writeln!(f, "entities   {}", counts.entities)?;
        writeln!(f, "relations  {}", counts.relations)?;
        writeln!(
            f,
            "problems   {} ({} not read, {} flawed)",
            counts.failed + counts.flawed,
            counts.failed,
            counts.flawed
        )?;
        for problem in &self.problems {
            writeln!(f, "           {problem}")?;
        }
        let untold = (counts.failed + counts.flawed).saturating_sub(self.problems.len() as u64);
        if untold > 0 {
            writeln!(f, "           and {untold} more, see documents.csv")?;
        }
        if !self.skipped.is_empty() {
            let kinds: Vec<String> = self.skipped.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
            writeln!(f, "skipped    {} (not a known format)", kinds.join(", "))?;
        }
        for warning in &self.warnings {
            writeln!(f, "warning    {warning}")?;
        }
        let (loading, running) = (self.loading.as_secs_f64(), self.running.as_secs_f64());
        writeln!(f, "time       {running:.2} s, {:.1} MB/s; lists loaded in {loading:.2} s", self.speed())?;
        self.timings.as_ref().map_or(Ok(()), |timings| timings.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_tells_counts_problems_and_speed() {
        let mut report = Report { bytes: 3_000_000, running: Duration::from_secs(2), ..Report::default() };
        report.counts.documents = 14;
        report.counts.mentions = 5;
        report.counts.mentions_by_type = BTreeMap::from([("person".to_owned(), 2), ("place".to_owned(), 3)]);
        report.counts.failed = 12;
        for n in 0..12 {
            report.problem(&format!("{n}.txt"), "vanished");
        }
        report.skipped.insert(".pdf".to_owned(), 4);
        let text = report.to_string();
        for part in [
            "documents  14\n",
            "5 (2 person, 3 place)",
            "12 not read",
            "0.txt: vanished",
            "and 2 more",
            "4 .pdf",
            "1.5 MB/s",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }
}
