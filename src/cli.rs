//! The flags, of the binary alone: reads the command line and makes [`Options`] of it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use gazet::check::{CheckOptions, Format, parse_format, parse_threshold};
use gazet::explain::At;
use gazet::input::{DEFAULT_DOCUMENT_SIZE, Encoding, InputOptions};
use gazet::model::DateOrder;
use gazet::options::{
    Options, parse_date_order, parse_day, parse_encoding, parse_extension, parse_profile, parse_size,
};
use gazet::output::{Profile, TableOptions};
use gazet::resources::GazetteerOptions;
use jiff::civil::Date;

/// Reads documents and writes spreadsheets of who, where, when and how they are connected.
#[derive(Debug, Parser)]
#[command(name = "gazet", version, about, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// Reads the command line; tells the user and ends the program if it is wrong or asks for help.
    pub(crate) fn read() -> Self {
        Self::parse()
    }
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 findings (check, gazetteer lint); 2 wrong usage, or nothing could be \
                          done; 3 done, but some documents could not be read.";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents, write tables
    #[command(after_help = EXIT_CODES)]
    Run(Box<RunFlags>),
    /// Compare what is extracted with expected tables; exit code 1 if they differ
    #[command(after_help = EXIT_CODES)]
    Check(Box<CheckFlags>),
    /// Tell everything that was considered at a place of a document
    Explain(Box<ExplainFlags>),
    /// Compare the tables of two runs; exit code 1 if they differ
    Diff(DiffFlags),
    /// Look into the lists
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
}

/// Flags of `check`.
#[derive(Args, Debug)]
pub(crate) struct CheckFlags {
    /// Folder of expected tables, and of check.toml
    #[arg(value_name = "EXPECTED_DIR")]
    expected: PathBuf,
    /// Files, folders (with all that is in them) or - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Write what is found now into the expected tables; rows marked gold stay
    #[arg(long)]
    pub(crate) bless: bool,
    /// Bless although CI is set
    #[arg(long, requires = "bless")]
    pub(crate) force: bool,
    /// Report: text, json, junit, sarif, github or markdown
    #[arg(long, value_name = "F", default_value = "text", value_parser = parse_format)]
    pub(crate) format: Format,
    /// Tolerate differences of a type or relation (or of all) down to this F1; may be repeated
    #[arg(long, value_name = "TYPE=N", value_parser = parse_threshold)]
    min_f1: Vec<(String, f64)>,
    #[command(flatten)]
    extract: ExtractFlags,
}

impl CheckFlags {
    /// The settings that the flags ask for.
    pub(crate) fn into_options(self) -> CheckOptions {
        CheckOptions {
            expected: self.expected,
            extract: self.extract.into_options(self.paths),
            min_f1: self.min_f1,
            bless: self.bless,
        }
    }
}

/// Flags of `diff`.
#[derive(Args, Debug)]
pub(crate) struct DiffFlags {
    /// The tables of the first run
    #[arg(value_name = "OUT_A")]
    pub(crate) first: PathBuf,
    /// The tables of the second run
    #[arg(value_name = "OUT_B")]
    pub(crate) second: PathBuf,
}

/// Flags of `explain`.
#[derive(Args, Debug)]
pub(crate) struct ExplainFlags {
    /// A document, perhaps with a line and a column in it, both from 1
    #[arg(value_name = "FILE[:LINE[:COLUMN]]")]
    place: String,
    /// For programs
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    extract: ExtractFlags,
}

impl ExplainFlags {
    /// The settings, and the place to explain.
    pub(crate) fn into_options(self) -> (Options, At) {
        let (path, at) = parse_place(&self.place);
        (self.extract.into_options(vec![path]), at)
    }
}

/// Reads `FILE:LINE:COLUMN`. What is a file as it stands has no line.
fn parse_place(text: &str) -> (PathBuf, At) {
    let whole = PathBuf::from(text);
    if whole.is_file() {
        return (whole, At::default());
    }
    let last = |text: &str| {
        let (rest, number) = text.rsplit_once(':')?;
        Some((rest.to_owned(), number.parse::<u32>().ok()?))
    };
    let Some((rest, number)) = last(text) else { return (whole, At::default()) };
    match last(&rest) {
        Some((file, line)) => (file.into(), At { line: Some(line), column: Some(number) }),
        None => (rest.into(), At { line: Some(number), column: None }),
    }
}

/// What to do with the lists.
#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Name what is suspicious in the lists; exit code 1 if anything is that no row marks as meant
    Lint(LintFlags),
    /// Count what the lists hold
    Stats(ListFlags),
    /// Show every reading of a string, with list, line, strength and why
    Show(ShowFlags),
}

/// Which lists and rules.
#[derive(Args, Debug)]
pub(crate) struct ListFlags {
    /// Add a folder of your own lists and rules; may be repeated
    #[arg(long, value_name = "DIR")]
    gazetteers: Vec<PathBuf>,
    /// Use this folder in place of the lists and rules in the binary
    #[arg(long, value_name = "DIR")]
    only_gazetteers: Option<PathBuf>,
}

impl ListFlags {
    /// The settings that the flags ask for.
    pub(crate) fn into_options(self) -> GazetteerOptions {
        let only = self.only_gazetteers;
        GazetteerOptions {
            without_default: only.is_some(),
            folders: only.into_iter().chain(self.gazetteers).collect(),
            ..GazetteerOptions::default()
        }
    }
}

/// Flags of `gazetteer lint`.
#[derive(Args, Debug)]
pub(crate) struct LintFlags {
    /// A folder of your own; only what is found there is told [default: all lists]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Tell findings that their rows mark as meant, too
    #[arg(long)]
    pub(crate) meant: bool,
    #[command(flatten)]
    lists: ListFlags,
}

impl LintFlags {
    /// The settings, and the one folder that counts, if any.
    pub(crate) fn into_options(self) -> (GazetteerOptions, Option<PathBuf>) {
        let mut options = self.lists.into_options();
        options.folders.extend(self.folder.clone());
        (options, self.folder)
    }
}

/// Flags of `gazetteer show`.
#[derive(Args, Debug)]
pub(crate) struct ShowFlags {
    /// A name or any other text
    #[arg(value_name = "STRING")]
    pub(crate) string: String,
    #[command(flatten)]
    pub(crate) lists: ListFlags,
}

/// How to find and read documents.
#[derive(Args, Debug)]
struct InputFlags {
    /// Dates and titles of documents: a CSV with `path` or `doc_id`, and `date`, `title`
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,
    /// Date of documents that have none from a record or the metadata
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    date: Option<Date>,
    /// Encoding of documents without a byte-order mark, such as windows-1257 [default: detected]
    #[arg(long, value_name = "E", value_parser = parse_encoding)]
    encoding: Option<Encoding>,
    /// Read only files with this extension (as plain text if no format has it); may be repeated [default: all known]
    #[arg(long = "ext", value_name = "EXT", value_parser = parse_extension)]
    extensions: Vec<String>,
    /// Read hidden files and folders, too
    #[arg(long)]
    hidden: bool,
    /// Walk into folders behind symbolic links (links to files are always read)
    #[arg(long)]
    follow: bool,
    /// Larger documents are listed, not read: bytes, or with K, M, G [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    max_document_size: Option<u64>,
}

impl InputFlags {
    /// The settings for these paths, and the file of metadata.
    fn into_options(self, paths: Vec<PathBuf>) -> (InputOptions, Option<PathBuf>) {
        let input = InputOptions {
            paths,
            extensions: self.extensions,
            hidden: self.hidden,
            follow: self.follow,
            max_document_size: self.max_document_size.unwrap_or(DEFAULT_DOCUMENT_SIZE),
            encoding: self.encoding,
            date: self.date,
            ..InputOptions::default()
        };
        (input, self.metadata)
    }
}

/// What extraction depends on besides the documents.
#[derive(Args, Debug)]
struct ExtractFlags {
    #[command(flatten)]
    input: InputFlags,
    #[command(flatten)]
    lists: ListFlags,
    /// Leave out names that no list has
    #[arg(long)]
    no_discover: bool,
    /// Leave out vague times such as "now" and "recently"
    #[arg(long)]
    no_vague: bool,
    /// How to read 3/6/22 in documents that do not show it: dmy or mdy [default: left open]
    #[arg(long, value_name = "ORDER", value_parser = parse_date_order)]
    date_order: Option<DateOrder>,
    /// Number of threads; does not change the result [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl ExtractFlags {
    /// The settings of a run over these paths that writes nothing.
    fn into_options(self, paths: Vec<PathBuf>) -> Options {
        let (input, metadata) = self.input.into_options(paths);
        let gazetteers = GazetteerOptions {
            listed_only: self.no_discover,
            no_vague: self.no_vague,
            date_order: self.date_order,
            ..self.lists.into_options()
        };
        Options { input, metadata, gazetteers, threads: self.threads, ..Options::default() }
    }
}

/// Flags of `run`.
#[derive(Args, Debug)]
pub(crate) struct RunFlags {
    /// Files, folders (with all that is in them) or - for standard input (text, HTML or JSON Lines)
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Folder for the tables
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Spreadsheet dialect: plain, excel or excel-eu
    #[arg(long, value_name = "P", default_value = "plain", value_parser = parse_profile)]
    profile: Profile,
    /// Also write pairs.csv: entities that occur in one sentence
    #[arg(long)]
    pairs: bool,
    /// Also write rejected.csv: candidates that became no mention, with the reason
    #[arg(long)]
    rejected: bool,
    /// Write the decoded texts, which the offsets refer to, into this folder
    #[arg(long, value_name = "DIR")]
    save_text: Option<PathBuf>,
    /// Tell in the summary where the time went, by stage
    #[arg(long)]
    timings: bool,
    /// No progress, no summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    extract: ExtractFlags,
}

impl RunFlags {
    /// The settings that the flags ask for.
    pub(crate) fn into_options(self) -> Options {
        Options {
            out: self.out,
            tables: TableOptions { profile: self.profile, pairs: self.pairs, rejected: self.rejected },
            save_text: self.save_text,
            timings: self.timings,
            ..self.extract.into_options(self.paths)
        }
    }
}
