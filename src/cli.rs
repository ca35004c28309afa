//! The flags, of the binary alone: reads the command line and makes [`Options`] of it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use gazet::input::{DEFAULT_DOCUMENT_SIZE, Encoding, InputOptions};
use gazet::options::{Options, parse_day, parse_encoding, parse_extension, parse_profile, parse_size};
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

const EXIT_CODES: &str = "Exit codes: 0 done; 2 wrong usage, or nothing could be done; \
                          3 done, but some documents could not be read.";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents, write tables
    #[command(after_help = EXIT_CODES)]
    Run(Box<RunFlags>),
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
    /// Number of threads; does not change the result [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Add a folder of your own lists and rules; may be repeated
    #[arg(long, value_name = "DIR")]
    gazetteers: Vec<PathBuf>,
    /// Use this folder in place of the lists and rules in the binary
    #[arg(long, value_name = "DIR")]
    only_gazetteers: Option<PathBuf>,
    /// Leave out names that no list has
    #[arg(long)]
    listed_only: bool,
    /// Leave out vague times such as "now" and "recently"
    #[arg(long)]
    no_vague: bool,
    /// Dates and titles of documents: a CSV with path or doc_id, and date, title
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,
    /// Date of documents that have none from a record or the metadata
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    date: Option<Date>,
    /// Spreadsheet dialect: plain, excel or excel-eu
    #[arg(long, value_name = "P", default_value = "plain", value_parser = parse_profile)]
    profile: Profile,
    /// Also write pairs.csv: entities that occur in one sentence
    #[arg(long)]
    pairs: bool,
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
    /// Write the decoded texts, which the offsets refer to, into this folder
    #[arg(long, value_name = "DIR")]
    save_text: Option<PathBuf>,
    /// No progress, no summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl RunFlags {
    /// The settings that the flags ask for.
    pub(crate) fn into_options(self) -> Options {
        let only = self.only_gazetteers;
        Options {
            input: InputOptions {
                paths: self.paths,
                extensions: self.extensions,
                hidden: self.hidden,
                follow: self.follow,
                max_document_size: self.max_document_size.unwrap_or(DEFAULT_DOCUMENT_SIZE),
                encoding: self.encoding,
                date: self.date,
                ..InputOptions::default()
            },
            metadata: self.metadata,
            gazetteers: GazetteerOptions {
                without_default: only.is_some(),
                folders: only.into_iter().chain(self.gazetteers).collect(),
                listed_only: self.listed_only,
                no_vague: self.no_vague,
            },
            out: self.out,
            tables: TableOptions { profile: self.profile, pairs: self.pairs },
            threads: self.threads,
            save_text: self.save_text,
        }
    }
}
