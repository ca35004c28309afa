//! The document's own date, where nothing outside the text gives it: a header line, a dateline, the file's name.

use super::calendar::Stretch;
use super::meaning::{Fields, Meaning};
use super::seek::Found;
use super::year::Open;
use crate::gazetteer::WordListId;
use crate::model::{DateSource, DocumentDate, SentenceForm, TokenKind, TokenSpan};
use crate::rules::Page;
use jiff::civil::Date;

/// Header lines and datelines stand in the first so many sentences.
const SENTENCES: usize = 14;
/// Tokens before the date of a header line that has no cue.
const LEAD: usize = 4;
/// Tokens before the date of a dateline (`NEW YORK , N.Y. ,`).
const PLACE: usize = 10;
/// A year that stands for one not known; leap, so that every day exists.
const OPEN_YEAR: i16 = 2000;

/// The document's date: known from outside, or found.
pub(super) fn document_date(
    page: &Page<'_>,
    found: &[Found],
    cues: Option<WordListId>,
) -> Option<DocumentDate> {
    if page.document.date.is_some() {
        return page.document.date;
    }
    let near_top = || found.iter().take_while(|f| f.sentence < SENTENCES);
    let header = near_top().find_map(|f| header(page, f, cues));
    let header = header.or_else(|| near_top().find_map(|f| dateline(page, f)));
    header.or_else(|| file_name(&page.document.doc_id))
}

/// A full date on a line of its own, or after a word that announces it.
fn header(page: &Page<'_>, found: &Found, cues: Option<WordListId>) -> Option<DocumentDate> {
    let (day, year_known) = day_of(found)?;
    let sentence = page.text.sentences.get(found.sentence)?;
    if !year_known {
        return None;
    }
    let before = TokenSpan::new(sentence.tokens.start, found.tokens.start);
    let after = (found.tokens.end..sentence.tokens.end).len();
    let announced = cues.is_some_and(|cues| before.range().any(|at| has_cue(page, cues, at)));
    let alone = sentence.form != SentenceForm::Prose && before.len() <= LEAD && after <= LEAD;
    let date = DocumentDate { date: day, year_known: true, source: DateSource::Header };
    ((announced && after <= LEAD) || alone || before.is_empty() && after == 0).then_some(date)
}

fn has_cue(page: &Page<'_>, cues: WordListId, at: usize) -> bool {
    let mut rows = page.hits.starting_at(at).iter().flat_map(|hit| page.gazetteer.words(hit.key));
    rows.any(|row| row.list == cues)
}

/// The sentence of the first dateline.
pub(super) fn dateline_sentence(page: &Page<'_>, found: &[Found]) -> Option<usize> {
    found.iter().find(|f| dateline(page, f).is_some()).map(|f| f.sentence)
}

/// `PLACE, date` at the start of a sentence, closed by a mark.
fn dateline(page: &Page<'_>, found: &Found) -> Option<DocumentDate> {
    let (date, year_known) = day_of(found)?;
    dateline_places(page, found)?;
    Some(DocumentDate { date, year_known, source: DateSource::Dateline })
}

/// The place and the marks before the date of a dateline; `None` if this is none.
pub(super) fn dateline_places(page: &Page<'_>, found: &Found) -> Option<TokenSpan> {
    let sentence = page.text.sentences.get(found.sentence)?;
    let tokens = &page.text.tokens;
    let before = tokens.get(sentence.tokens.start as usize..found.tokens.start as usize)?;
    let is_place =
        |token: &crate::model::Token| token.is_capitalized() || token.kind == TokenKind::Punctuation;
    let ends = before.last().is_some_and(|t| t.kind == TokenKind::Punctuation);
    let closed = tokens.get(found.tokens.end as usize).is_none_or(|t| t.kind == TokenKind::Punctuation);
    let fits = !before.is_empty() && before.len() <= PLACE && before.iter().all(is_place) && ends && closed;
    fits.then_some(TokenSpan::new(sentence.tokens.start, found.tokens.start))
}

/// The day that an expression names, and whether with its year.
fn day_of(found: &Found) -> Option<(Date, bool)> {
    let Meaning::Calendar(fields) = &found.reading.meaning else { return None };
    let Fields { month: Some(_), day: Some(_), year, shift: None, year_shift: None, .. } = **fields else {
        return None;
    };
    let Stretch::Day(Some(year_read), month, day) = Open::of(fields)?.in_year(year.unwrap_or(OPEN_YEAR))?
    else {
        return None;
    };
    Some((Date::new(year_read, month, day).ok()?, year.is_some()))
}

/// `2023-09-15-…`, `20230915…`, `…_2023_09_15`.
fn file_name(doc_id: &str) -> Option<DocumentDate> {
    let name = doc_id.rsplit('/').next().unwrap_or(doc_id);
    let bytes = name.as_bytes();
    let starts = (0..bytes.len())
        .filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()));
    let date = starts.into_iter().find_map(|at| day_written(bytes.get(at..)?))?;
    Some(DocumentDate { date, year_known: true, source: DateSource::FileName })
}

/// The day that `text` begins with: eight digits, the first four perhaps parted from the others.
fn day_written(text: &[u8]) -> Option<Date> {
    let marks = |at: usize| text.get(at).filter(|b| b"-_.".contains(b));
    let (month_at, day_at, end) = match (marks(4), marks(7)) {
        (Some(one), Some(two)) if one == two => (5, 8, 10),
        (None, _) => (4, 6, 8),
        _ => return None,
    };
    if text.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to).filter(|d| d.iter().all(u8::is_ascii_digit))?;
        digits.iter().try_fold(0_i16, |n, d| n.checked_mul(10)?.checked_add(i16::from(d - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(month_at, month_at + 2)?, number(day_at, day_at + 2)?);
    let plausible = (1900..2100).contains(&year);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    plausible.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_file_name_that_begins_with_a_day_dates_the_document() {
        let found = |name: &str| file_name(name).map(|d| d.date);
        assert_eq!(found("news/2023-09-15-report.txt"), Some(date(2023, 9, 15)));
        assert_eq!(found("20230915_report.txt"), Some(date(2023, 9, 15)));
        assert_eq!(found("report_2023_09_15.txt"), Some(date(2023, 9, 15)));
        for name in ["report.txt", "CVE-2021-44228.txt", "2023-13-15.txt", "202309151.txt", "12345678.txt"] {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
