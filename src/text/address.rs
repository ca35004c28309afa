//! Web and mail addresses: where one begins and ends. They are one token each, and no name is looked for inside.

use super::characters::{CLASS, DIGIT, LETTER, LOWER, WORD, is_blank};

/// Longest host name, and the longest local part that is looked for before an `@`; keeps the scan linear.
const LONGEST: usize = 253;
const LONGEST_LOCAL: usize = 64;

/// Start and end of `scheme://…`, the scheme being the word at `start..end`.
pub(super) fn url(source: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = source.as_bytes();
    let scheme = bytes[start..end].iter().all(u8::is_ascii_alphabetic);
    let after = end + 3;
    (scheme && bytes[end..].starts_with(b"://") && bytes.get(after).is_some_and(u8::is_ascii_alphanumeric))
        .then(|| (start, rest_of(source, after)))
}

/// Start and end of a host in lower case (`tv3.lt`, `www.…` in any case) whose first label may be the word at
/// `start..end`, with what follows it; a label with hyphens may have begun before.
pub(super) fn host(source: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = source.as_bytes();
    let named_so = bytes[start..end].eq_ignore_ascii_case(b"www");
    if named_so && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) {
        return Some((start, rest_of(source, end + 1)));
    }
    if bytes.get(end + 1).is_none_or(|&byte| CLASS[usize::from(byte)] & (LOWER | DIGIT) == 0)
        || !is_label(&bytes[start..end])
    {
        return None;
    }
    let host_end = labels_end(bytes, end)?;
    let back = bytes[..start].iter().rev().take(LONGEST_LOCAL).take_while(|&&byte| in_label(byte)).count();
    let path = bytes.get(host_end) == Some(&b'/');
    Some((start - back, if path { rest_of(source, host_end) } else { host_end }))
}

/// Start and end of the mail address around the `@` at `at`.
pub(super) fn mail(source: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = source.as_bytes();
    let in_local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let local = bytes[..at].iter().rev().take(LONGEST_LOCAL).take_while(|&&byte| in_local(byte)).count();
    let label = bytes[at + 1..]
        .iter()
        .take(LONGEST)
        .take_while(|&&byte| byte == b'-' || byte.is_ascii_alphanumeric())
        .count();
    let first_end = at + 1 + label;
    let local = local - bytes[at - local..at].iter().take_while(|byte| !byte.is_ascii_alphanumeric()).count();
    if local == 0 || label == 0 || bytes.get(first_end) != Some(&b'.') {
        return None;
    }
    let host = bytes[first_end..]
        .iter()
        .take(LONGEST)
        .take_while(|&&byte| byte == b'.' || byte == b'-' || byte.is_ascii_alphanumeric());
    let end = first_end + host.count();
    let trailing =
        bytes[first_end..end].iter().rev().take_while(|&&byte| byte == b'.' || byte == b'-').count();
    (end - trailing > first_end).then_some((at - local, end - trailing))
}

/// End of the longest `.label.label` from `at` whose last label is two letters or more, all lower.
fn labels_end(bytes: &[u8], at: usize) -> Option<usize> {
    let limit = bytes.len().min(at + LONGEST);
    let (mut at, mut found) = (at, None);
    while at < limit && bytes[at] == b'.' {
        let label = bytes[at + 1..limit].iter().take_while(|&&byte| in_label(byte)).count();
        let (start, end) = (at + 1, at + 1 + label);
        let cut =
            bytes.get(end).is_some_and(|&byte| !byte.is_ascii() || CLASS[usize::from(byte)] & WORD != 0);
        if label == 0 || cut {
            break;
        }
        if label >= 2 && bytes[start..end].iter().all(u8::is_ascii_lowercase) {
            found = Some(end);
        }
        at = end;
    }
    found
}

/// Lower letters and digits, one letter at least and two characters.
fn is_label(word: &[u8]) -> bool {
    word.len() >= 2
        && word.iter().all(|&byte| in_label(byte))
        && word.iter().any(|&byte| CLASS[usize::from(byte)] & LETTER != 0)
}

const fn in_label(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')
}

/// End of the address that goes on at `from`: up to a blank or a bracket, without the punctuation of the sentence.
fn rest_of(source: &str, from: usize) -> usize {
    let stops = |c: char| {
        is_blank(c) || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|' | '{' | '}' | '^' | '`')
    };
    let rest = &source[from..];
    let rest = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let brackets = rest.contains('(');
    let ends = |c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '…') || c == ')' && !brackets
    };
    from + rest.trim_end_matches(ends).len()
}
