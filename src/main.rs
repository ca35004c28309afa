//! The binary: parses flags, calls the library, prints the report, chooses the exit code. Writes nothing to standard
//! output that was not asked for.

mod cli;
mod progress;

use std::fmt::{Display, Write as _};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use cli::{
    CheckFlags, Cli, Command, DiffFlags, ExplainFlags, GazetteerCommand, LintFlags, RunFlags, ShowFlags,
};
use gazet::batch::{self, NoProgress, Progress, RunError};
use gazet::check::report;
use gazet::explain;
use gazet::gazetteer::DataError;
use gazet::model::Status;
use gazet::resources::{GazetteerOptions, Resources};
use progress::Bar;

/// Findings.
const FOUND: u8 = 1;
/// Wrong usage, or nothing could be done.
const NOT_DONE: u8 = 2;
/// Done, but some documents could not be read.
const PARTLY_DONE: u8 = 3;

fn main() -> ExitCode {
    let outcome = match Cli::read().command {
        Command::Run(flags) => run(*flags),
        Command::Check(flags) => check(*flags),
        Command::Explain(flags) => explain(*flags),
        Command::Diff(flags) => diff(&flags),
        Command::Gazetteer(command) => gazetteer(command),
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

fn check(flags: CheckFlags) -> anyhow::Result<ExitCode> {
    if flags.bless && !flags.force && is_set("CI") {
        anyhow::bail!(
            "--bless is refused where CI is set: expected tables are reviewed (--force blesses all the same)"
        );
    }
    let format = flags.format;
    let outcome = gazet::check::check(flags.into_options())?;
    print(&report::write(&outcome, format, colours()))?;
    Ok(if outcome.passed() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

fn explain(flags: ExplainFlags) -> anyhow::Result<ExitCode> {
    let json = flags.json;
    let (options, at) = flags.into_options();
    let (document, explanation) = batch::explain(options, at)?;
    if document.status == Status::Failed {
        anyhow::bail!("{}: {}", document.path, document.problem);
    }
    let text = if json { explain::write_json(&explanation) } else { explain::write(&explanation, colours()) };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn diff(flags: &DiffFlags) -> anyhow::Result<ExitCode> {
    let differences = gazet::diff::diff(&flags.first, &flags.second)?;
    print(&differences.to_string())?;
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// Is an environment variable set, and not to nothing or `false`?
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "false")
}

/// Does a person look at standard output, who has not asked for plain text?
fn colours() -> bool {
    io::stdout().is_terminal() && !is_set("NO_COLOR")
}

fn gazetteer(command: GazetteerCommand) -> anyhow::Result<ExitCode> {
    match command {
        GazetteerCommand::Lint(flags) => lint(flags),
        GazetteerCommand::Stats(flags) => {
            let stats = load(&flags.into_options())?.stats();
            print(&stats.to_string())?;
            Ok(ExitCode::SUCCESS)
        }
        GazetteerCommand::Show(flags) => show(flags),
    }
}

fn lint(flags: LintFlags) -> anyhow::Result<ExitCode> {
    let with_meant = flags.meant;
    let (options, folder) = flags.into_options();
    let mut findings = load(&options)?.lint();
    if let Some(folder) = folder {
        findings.retain(|finding| Path::new(&finding.path).starts_with(&folder));
    }
    let meant = findings.iter().filter(|finding| finding.meant).count();
    let told = findings.iter().filter(|finding| with_meant || !finding.meant);
    print(&lines(told))?;
    say(&format!("{} findings, {meant} more are meant\n", findings.len() - meant));
    Ok(if findings.len() > meant { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn show(flags: ShowFlags) -> anyhow::Result<ExitCode> {
    let readings = load(&flags.lists.into_options())?.show(&flags.string);
    print(&lines(readings.iter()))?;
    if readings.is_empty() {
        say("no list has any of it\n");
    }
    Ok(ExitCode::SUCCESS)
}

fn lines(rows: impl Iterator<Item = impl Display>) -> String {
    let mut out = String::new();
    for row in rows {
        let _ = writeln!(out, "{row}");
    }
    out
}

fn load(options: &GazetteerOptions) -> anyhow::Result<Resources> {
    let in_lines = |errors: Vec<_>| RunError::Data(errors.iter().map(ToString::to_string).collect());
    Ok(Resources::load(options).map_err(|errors: Vec<DataError>| in_lines(errors))?)
}

/// To standard output: what was asked for. A reader that has seen enough is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// To standard error; if that is closed, there is nobody to tell.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
