//! Is a document news, read from its date, or a story told of other years? Decided by what its expressions are.

use super::calendar::Stretch;
use super::meaning::{Anchor, Fields, Meaning};
use super::seek::Found;
use super::year::Open;
use crate::model::DocumentDate;
use jiff::civil::Date;

/// Years at least this far from the document's count as told.
const FAR: i16 = 2;
/// Fewer far years than this make no story.
const LEAST: usize = 5;
/// A story names far years so many times as often as it speaks of yesterday and last year.
const MUCH: usize = 6;
/// How many expressions ahead a named day counts.
const REACH: usize = 12;

/// For each expression, the first day of the next one (within reach) that says its month and its year.
pub(super) fn days_named_next(found: &[Found]) -> Vec<Option<Date>> {
    let mut next = vec![None; found.len()];
    let mut last: Option<(usize, Date)> = None;
    for (at, expression) in found.iter().enumerate().rev() {
        next[at] = last.filter(|(where_named, _)| where_named - at <= REACH).map(|(_, day)| day);
        if let Meaning::Calendar(fields) = &expression.reading.meaning
            && let (Some(year), Some(open)) = (fields.year, Open::of(fields))
            && let Some(day) = open.in_year(year).and_then(Stretch::first_day)
        {
            last = Some((at, day));
        }
    }
    next
}

/// Do bare months and days follow the text rather than the document's date?
pub(super) fn is_story(found: &[Found], document: Option<DocumentDate>) -> bool {
    let Some(document) = document.filter(|d| d.year_known) else { return false };
    let is_far = |year: i16| (document.date.year() - year).abs() >= FAR;
    let is_from_here = |f: &Fields| f.shifts().iter().flatten().any(|s| s.anchor == Anchor::Document);
    let (mut far, mut near) = (0_usize, 0_usize);
    for meaning in found.iter().map(|f| &f.reading.meaning) {
        match meaning {
            Meaning::Calendar(fields) => match fields.year {
                Some(year) => far += usize::from(is_far(year)),
                None => near += usize::from(fields.weekday.is_some() || is_from_here(fields)),
            },
            Meaning::Unit { shift, .. } | Meaning::Away { shift, .. } if shift.anchor == Anchor::Document => {
                near += 1;
            }
            _ => {}
        }
    }
    far >= LEAST && far > MUCH * near
}
