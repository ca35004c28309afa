//! The binary: parses flags, calls the library, prints the report, chooses the exit code. Writes nothing to standard
//! output that was not asked for.

mod cli;
mod progress;

use std::io::{self, Write};
use std::process::ExitCode;

use cli::{Cli, Command, RunFlags};
use gazet::batch::{self, NoProgress, Progress};
use progress::Bar;

/// Wrong usage, or nothing could be done.
const NOT_DONE: u8 = 2;
/// Done, but some documents could not be read.
const PARTLY_DONE: u8 = 3;

fn main() -> ExitCode {
    let outcome = match Cli::read().command {
        Command::Run(flags) => run(*flags),
    };
    outcome.unwrap_or_else(|error| {
        say(&format!("gazet: {error:#}\n"));
        ExitCode::from(NOT_DONE)
    })
}

fn run(flags: RunFlags) -> anyhow::Result<ExitCode> {
    let quiet = flags.quiet;
    let progress: Box<dyn Progress> = if quiet { Box::new(NoProgress) } else { Box::new(Bar::new()) };
    let report = batch::run(flags.into_options(), progress.as_ref())?;
    if !quiet {
        say(&report.to_string());
    }
    Ok(if report.counts.failed > 0 { ExitCode::from(PARTLY_DONE) } else { ExitCode::SUCCESS })
}

/// To standard error; if that is closed, there is nobody to tell.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
