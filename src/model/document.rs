//! A document as the input stage hands it over: decoded text and what is known about it from outside.

use jiff::civil::Date;

/// Where a document's date comes from, in order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateSource {
    /// The record itself or the metadata file.
    Metadata,
    /// `--date`.
    Option,
    /// A header or byline line of the text.
    Header,
    /// The dateline.
    Dateline,
    /// The file's name.
    FileName,
}

impl DateSource {
    /// The word in `documents.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Option => "option",
            Self::Header => "header",
            Self::Dateline => "dateline",
            Self::FileName => "file_name",
        }
    }
}

/// A document's date and how it is known. Month and day may be known without the year (a dateline).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentDate {
    /// The day; its year means nothing if `year_known` is false.
    pub date: Date,
    /// Is the year known?
    pub year_known: bool,
    /// Where it comes from.
    pub source: DateSource,
}

/// How reading a document went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Read and processed.
    Done,
    /// Read, with a flaw named in `problem` (invalid bytes replaced, duplicate id …).
    Flawed,
    /// Not read; `problem` says why.
    Failed,
}

impl Status {
    /// The word in `documents.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::Flawed => "flawed",
            Self::Failed => "failed",
        }
    }
}

/// One decoded document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Path relative to the given folder (with `/`), or the record's id.
    pub doc_id: String,
    /// The file's path as given and walked; for a record, its file and line (`news.jsonl:12`).
    pub path: String,
    /// Title from the record, metadata or HTML; empty if unknown.
    pub title: String,
    /// Decoded text; offsets in rows refer to it.
    pub text: String,
    /// Date known from outside the text (record, metadata, option).
    pub date: Option<DocumentDate>,
    /// Encoding that was used, lower case (`utf-8`).
    pub encoding: &'static str,
    /// Size as stored.
    pub bytes: u64,
    /// How reading went.
    pub status: Status,
    /// What went wrong, if anything.
    pub problem: String,
}

impl Document {
    /// A document made of a text that was not read from anywhere.
    pub fn of_text(doc_id: impl Into<String>, text: impl Into<String>, date: Option<DocumentDate>) -> Self {
        let (doc_id, text) = (doc_id.into(), text.into());
        Self {
            path: doc_id.clone(),
            doc_id,
            title: String::new(),
            bytes: text.len() as u64,
            text,
            date,
            encoding: "utf-8",
            status: Status::Done,
            problem: String::new(),
        }
    }
}
