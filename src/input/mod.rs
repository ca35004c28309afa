//! The first stage: finds documents, reads and decodes them, turns each format into plain text, and adds what is known
//! about them from outside (date, title).
//!
//! Owns paths, encodings, formats. Does not look into the text: tokens, dates in headers and names are later stages.
//! What must hold: the order of documents depends on their ids alone; a document that cannot be read becomes a document
//! with [`Status::Failed`](crate::model::Status) and a problem, never an error; nothing holds more than one document or
//! one block of records.

mod decode;
mod discover;
mod doc_id;
mod document;
mod error;
mod formats;
mod html;
mod jobs;
mod jsonl;
mod metadata;
mod read;
mod save;

use std::path::PathBuf;

use jiff::civil::Date;

pub use decode::{Encoding, encoding_named};
pub use discover::{Discovery, discover};
pub use error::{InputError, MetadataError};
pub use jobs::{Job, jobs, lost};
pub use metadata::Metadata;
pub use read::read;
pub use save::TextFolder;
pub(crate) use save::file_name;

/// The largest document that is read if nothing else is said: 64 MiB.
pub const DEFAULT_DOCUMENT_SIZE: u64 = 64 << 20;
/// The largest limit that can be asked for, so that offsets always fit 32 bits: 1 GiB.
pub const LARGEST_DOCUMENT_SIZE: u64 = 1 << 30;

/// What to read and how.
#[derive(Debug, Default)]
pub struct InputOptions {
    /// Files, folders or `-` (standard input), as given.
    pub paths: Vec<PathBuf>,
    /// Extensions to read instead of the known ones, lower case without a dot; one that no format owns is plain text.
    pub extensions: Vec<String>,
    /// Read files and folders whose name starts with a dot, too?
    pub hidden: bool,
    /// Walk into folders behind links, too?
    pub follow: bool,
    /// Larger documents fail; in bytes as stored.
    pub max_document_size: u64,
    /// Encoding of documents without a byte-order mark; detected if none.
    pub encoding: Option<Encoding>,
    /// What the user's file says of the documents.
    pub metadata: Metadata,
    /// Date of documents that have none from a record or the metadata.
    pub date: Option<Date>,
    /// Folders that are never read, wherever they lie: those that the run writes.
    pub exclude: Vec<PathBuf>,
}
