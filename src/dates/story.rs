//! Is a document news, read from its date, or a story told of other years? Decided by what its expressions are.

use super::meaning::{Anchor, Meaning};
use super::seek::Found;
use crate::model::DocumentDate;

/// Years at least this far from the document's count as told.
const FAR: i16 = 2;
/// Fewer far years than this make no story.
const LEAST: usize = 5;

/// Do bare months and days follow the text rather than the document's date?
pub(super) fn is_story(found: &[Found], document: Option<DocumentDate>) -> bool {
    let Some(document) = document.filter(|d| d.year_known) else { return false };
    let is_far = |year: i16| (document.date.year() - year).abs() >= FAR;
    let (mut far, mut near) = (0_usize, 0_usize);
    for meaning in found.iter().map(|f| &f.reading.meaning) {
        match meaning {
            Meaning::Calendar(fields) => match fields.year {
                Some(year) if is_far(year) => far += 1,
                Some(_) => near += 1,
                None if fields.weekday.is_some() || fields.day_shift.is_some() => near += 1,
                None => {}
            },
            Meaning::Unit { shift, .. } | Meaning::Away { shift, .. } if shift.anchor == Anchor::Document => {
                near += 1;
            }
            _ => {}
        }
    }
    far >= LEAST && far > 2 * near
}
