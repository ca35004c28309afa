//! The settings of a run, valid by construction as far as they can be checked without reading anything. Knows no flags;
//! offers the readers of values that flags need.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::input::{Encoding, InputOptions, LARGEST_DOCUMENT_SIZE, encoding_named};
use crate::model::DateOrder;
use crate::output::{Profile, TableOptions};
use crate::resources::GazetteerOptions;

/// All that a run depends on.
#[derive(Debug, Default)]
pub struct Options {
    /// What to read. The run fills in its metadata and what it must not read.
    pub input: InputOptions,
    /// The user's table about the documents.
    pub metadata: Option<PathBuf>,
    /// Which lists and rules.
    pub gazetteers: GazetteerOptions,
    /// The folder for the tables.
    pub out: PathBuf,
    /// Which tables, in which dialect.
    pub tables: TableOptions,
    /// Threads; all cores if none. Never changes the result.
    pub threads: Option<NonZeroUsize>,
    /// Where the decoded texts go, if anywhere.
    pub save_text: Option<PathBuf>,
    /// Measure where the time goes?
    pub timings: bool,
}

/// Reads a size: bytes, or with `K`, `M`, `G` (of 1024) behind, perhaps as `KB` or `KiB`.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let expected = || "expected a size such as 500K, 64M or 1G".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_uppercase();
    let shift = match unit.as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err(expected()),
    };
    let number: u64 = digits.trim().parse().map_err(|_| expected())?;
    match number.checked_mul(1 << shift) {
        Some(size @ 1..=LARGEST_DOCUMENT_SIZE) => Ok(size),
        _ => Err("expected a size from 1 byte to 1G".to_owned()),
    }
}

/// Reads the label of an encoding.
pub fn parse_encoding(label: &str) -> Result<Encoding, String> {
    encoding_named(label)
        .ok_or_else(|| "expected an encoding such as utf-8, windows-1257 or iso-8859-2".to_owned())
}

/// Reads a day.
pub fn parse_day(text: &str) -> Result<Date, String> {
    let is_plain = text.len() == 10;
    let day = text.parse().ok().filter(|_| is_plain);
    day.ok_or_else(|| "expected a day as YYYY-MM-DD".to_owned())
}

/// Reads which part of a date in digits comes first.
pub fn parse_date_order(text: &str) -> Result<DateOrder, String> {
    DateOrder::parse(text).ok_or_else(|| "expected dmy (day first) or mdy (month first)".to_owned())
}

/// Reads a file extension, with or without its dot.
pub fn parse_extension(text: &str) -> Result<String, String> {
    let extension = text.trim_start_matches('.').to_lowercase();
    let is_plain = !extension.is_empty() && !extension.contains(['.', '/', '\\']);
    if is_plain { Ok(extension) } else { Err("expected an extension such as txt".to_owned()) }
}

/// Reads the name of a spreadsheet dialect.
pub fn parse_profile(text: &str) -> Result<Profile, String> {
    let known = Profile::ALL.into_iter().find(|profile| profile.as_str() == text);
    known.ok_or_else(|| format!("expected one of {}", Profile::ALL.map(Profile::as_str).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_bounds() {
        assert_eq!(parse_size("64M"), Ok(64 << 20));
        assert_eq!(parse_size("10kb"), Ok(10 << 10));
        assert_eq!(parse_size("1G"), Ok(1 << 30));
        assert_eq!(parse_size("7"), Ok(7));
        for wrong in ["", "0", "M", "-1", "2G", "1.5M", "64X", "99999999999999999999", "18014398509481985K"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn extensions_lose_their_dot_and_case() {
        assert_eq!(parse_extension(".LOG"), Ok("log".to_owned()));
        assert!(parse_extension(".").is_err());
        assert!(parse_extension("a/b").is_err());
    }

    #[test]
    fn days_profiles_and_encodings_are_checked() {
        assert_eq!(parse_day("2018-03-01"), Ok(jiff::civil::date(2018, 3, 1)));
        assert!(parse_day("2018-3-1").is_err());
        assert!(parse_day("2018-02-30").is_err());
        assert_eq!(parse_date_order("mdy"), Ok(DateOrder::Mdy));
        assert!(parse_date_order("ymd").is_err());
        assert_eq!(parse_profile("excel-eu"), Ok(Profile::ExcelEu));
        assert!(parse_profile("calc").is_err());
        assert!(parse_encoding("latin1").is_ok());
        assert!(parse_encoding("klingon").is_err());
    }
}
