//! Bytes to text: byte-order mark, what the user asked for, UTF-16 and UTF-8, what the page declares, then detection.
//!
//! The mark is no part of the text; nothing else is dropped. Bytes that mean nothing become U+FFFD and are told of; data
//! that is no text is refused. Same bytes, same answer: no locale is asked.

use std::fmt::Write;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use super::formats;

/// A known encoding, by the rules of the WHATWG standard.
pub type Encoding = &'static encoding_rs::Encoding;

/// The encoding with this label (`utf-8`, `windows-1257`, `latin1` …), if there is one that can be decoded.
pub fn encoding_named(label: &str) -> Option<Encoding> {
    encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())
}

/// Text, and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// The encoding, lower case.
    pub(super) encoding: &'static str,
    /// What had to be replaced; empty if nothing.
    pub(super) problem: String,
}

/// Decodes `bytes`; says why if they are no text. A byte-order mark outranks `asked`, which outranks `declared`.
pub(super) fn decode(
    bytes: Vec<u8>,
    asked: Option<Encoding>,
    declared: Option<Encoding>,
) -> Result<Decoded, String> {
    if let Some(name) = utf32_mark(&bytes) {
        return Err(format!("{name} is not supported; convert the file to UTF-8"));
    }
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(&bytes) {
        return without_nul(decode_as(encoding, &bytes[length..]));
    }
    if let Some(kind) = formats::signature(&bytes) {
        return Err(format!("binary data: {kind}"));
    }
    if let Some(encoding) = asked {
        return without_nul(decode_as(encoding, &bytes));
    }
    if let Some(decoded) = wide_without_mark(&bytes) {
        return Ok(decoded);
    }
    match String::from_utf8(bytes) {
        Ok(text) => without_nul(Decoded { text, encoding: "utf-8", problem: String::new() }),
        Err(error) => legacy(error.as_bytes(), declared),
    }
}

/// Decodes a line of JSON, which is UTF-8 unless the user says otherwise.
pub(super) fn decode_line(line: &[u8], asked: Option<Encoding>) -> Result<Decoded, String> {
    if line.contains(&0) {
        return Err("NUL bytes (expected JSON in UTF-8)".to_owned());
    }
    match (std::str::from_utf8(line), asked) {
        (Err(_), Some(encoding)) => Ok(decode_as(encoding, line)),
        _ => Ok(decode_as(UTF_8, line)),
    }
}

/// The name in `documents.csv`: the standard's, lower case.
fn name_of(encoding: Encoding) -> &'static str {
    const LOWER: [&str; 30] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "ibm866",
        "iso-8859-2",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-8-i",
        "iso-8859-10",
        "iso-8859-13",
        "iso-8859-14",
        "iso-8859-15",
        "iso-8859-16",
        "koi8-r",
        "koi8-u",
        "gbk",
        "big5",
        "euc-jp",
        "iso-2022-jp",
        "shift_jis",
        "euc-kr",
        "gb18030",
        "macintosh",
        "windows-1252",
        "x-mac-cyrillic",
        "x-user-defined",
    ];
    let name = encoding.name();
    LOWER.into_iter().find(|lower| lower.eq_ignore_ascii_case(name)).unwrap_or(name)
}

fn utf32_mark(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xff\xfe\0\0") {
        Some("UTF-32LE")
    } else if bytes.starts_with(b"\0\0\xfe\xff") {
        Some("UTF-32BE")
    } else {
        None
    }
}

fn decode_as(encoding: Encoding, bytes: &[u8]) -> Decoded {
    let (text, flawed) = encoding.decode_without_bom_handling(bytes);
    let problem = if flawed { replaced(bytes, encoding, &text) } else { String::new() };
    Decoded { text: text.into_owned(), encoding: name_of(encoding), problem }
}

fn replaced(bytes: &[u8], encoding: Encoding, text: &str) -> String {
    if encoding != UTF_8 {
        let count = text.matches('\u{fffd}').count();
        return format!("{count} invalid {} sequences replaced by U+FFFD", name_of(encoding));
    }
    let count = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let first = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    format!("{count} invalid UTF-8 sequences replaced by U+FFFD, the first at byte {first}")
}

/// A stray NUL is replaced; more than one in a thousand bytes mean data.
pub(super) fn without_nul(mut decoded: Decoded) -> Result<Decoded, String> {
    let count = decoded.text.bytes().filter(|&byte| byte == 0).count();
    if count == 0 {
        return Ok(decoded);
    }
    if count > 1 + decoded.text.len() / 1000 || count * 4 >= decoded.text.len() {
        return Err(format!("binary data: {count} NUL characters"));
    }
    decoded.text = decoded.text.replace('\0', "\u{fffd}");
    let also = if decoded.problem.is_empty() { "" } else { "; " };
    let _ = write!(decoded.problem, "{also}{count} NUL characters replaced by U+FFFD");
    Ok(decoded)
}

/// UTF-16 without a mark: in the first bytes, every tenth unit or more has a zero half, always the same half.
fn wide_without_mark(bytes: &[u8]) -> Option<Decoded> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    let zeros = |half: usize| sample.chunks_exact(2).filter(|unit| unit[half] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let often = |count: usize| count > 0 && count * 20 >= sample.len();
    let encoding = match (first, second) {
        (0, second) if often(second) => UTF_16LE,
        (first, 0) if often(first) => UTF_16BE,
        _ => return None,
    };
    let decoded = decode_as(encoding, bytes);
    (decoded.problem.is_empty() && !decoded.text.contains(is_control)).then_some(decoded)
}

/// Bytes that are not UTF-8: what the page declares, broken UTF-8, or what detection says.
fn legacy(bytes: &[u8], declared: Option<Encoding>) -> Result<Decoded, String> {
    let controls = bytes.iter().filter(|&&byte| is_control(char::from(byte)) && byte < 0x80).count();
    if controls > 1 + bytes.len() / 100 || bytes.contains(&0) {
        return Err("binary data: neither UTF-8 nor text in another encoding".to_owned());
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8 && encoding != REPLACEMENT) {
        return Ok(decode_as(encoding, bytes));
    }
    if mostly_utf8(bytes) {
        return Ok(decode_as(UTF_8, bytes));
    }
    let detected = decode_as(detect(bytes), bytes);
    if detected.problem.is_empty() && is_plausible(&detected.text) {
        return Ok(detected);
    }
    Ok(decode_as(UTF_8, bytes))
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}' | '\u{85}')
}

/// More valid sequences of several bytes than broken ones?
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken
}

/// The likeliest encoding, from the first mebibyte after the first byte that is not ASCII.
fn detect(bytes: &[u8]) -> Encoding {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(1024);
    let sample = &bytes[start..bytes.len().min(start + (1 << 20))];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Could somebody have written this? Detection finds an answer for any bytes; if most letters beyond ASCII stand where
/// few words have them, the bytes are rather damaged.
fn is_plausible(text: &str) -> bool {
    let (mut odd, mut all) = (0, 0);
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if is_control(c) {
            return false;
        }
        if is_latin_beyond_ascii(c) {
            all += 1;
            odd += usize::from(!fits_between(before, c, letters.peek().copied().unwrap_or(' ')));
        }
        before = c;
    }
    odd * 2 <= all
}

fn is_latin_beyond_ascii(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}') && c.is_alphabetic()
}

fn fits_between(before: char, c: char, after: char) -> bool {
    let beside_ascii = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    let capital_after_small = c.is_uppercase() && before.is_lowercase();
    let one_letter_word =
        !before.is_alphabetic() && !after.is_alphabetic() && c.is_lowercase() && before == ' ';
    let inside_word = before.is_alphabetic() && after.is_alphabetic();
    (beside_ascii || one_letter_word || inside_word) && !capital_after_small
}

#[cfg(test)]
mod tests;
