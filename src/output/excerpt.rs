//! The stretch of a sentence that a row shows: clipped around what it is about, blanks collapsed, cut ends marked.
//! Costs as much as the excerpt, not as the sentence, so a text of one endless sentence stays linear.

use std::ops::Range;

/// Code points of an excerpt, marks included.
pub(super) const LIMIT: usize = 300;
/// Marks a cut end.
const ELLIPSIS: char = '…';

/// Appends `whole` of `source`, clipped around `focus`. Says whether nothing was cut.
pub(super) fn push_excerpt(source: &str, whole: Range<usize>, focus: Range<usize>, out: &mut String) -> bool {
    let whole = whole.start.min(focus.start)..whole.end.max(focus.end);
    let shown = window(source, &whole, &focus);
    let Some(text) = source.get(shown.clone()) else { return false };
    if shown.start > whole.start {
        out.push(ELLIPSIS);
    }
    push_collapsed(text, out);
    if shown.end < whole.end {
        out.push(ELLIPSIS);
    }
    shown == whole
}

/// Appends `text` with every run of blanks, line ends and control characters as one space, none at the ends.
pub(super) fn push_collapsed(text: &str, out: &mut String) {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    for (i, word) in words.enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// The bytes to show: all, or what fits around the focus, cut between words.
fn window(source: &str, whole: &Range<usize>, focus: &Range<usize>) -> Range<usize> {
    let part = |range: Range<usize>| source.get(range).unwrap_or_default();
    let (left, inner, right) =
        (part(whole.start..focus.start), part(focus.clone()), part(focus.end..whole.end));
    let inner_len = inner.chars().take(LIMIT + 1).count();
    let left_len = left.chars().rev().take(LIMIT + 1).count();
    let right_len = right.chars().take(LIMIT + 1).count();
    if left_len + inner_len + right_len <= LIMIT {
        return whole.clone();
    }
    let room = LIMIT - 2;
    if inner_len > room {
        return focus.start..focus.start + after(inner, room);
    }
    let spare = room - inner_len;
    let take_left = left_len.min((spare / 2).max(spare.saturating_sub(right_len)));
    let take_right = right_len.min(spare - take_left);
    let from = left.char_indices().rev().nth(take_left.wrapping_sub(1)).map_or(left.len(), |(at, _)| at);
    let to = after(right, take_right);
    whole.start + word_start(left, from)..focus.end + word_end(right, to)
}

/// Bytes of the first `chars` code points.
fn after(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// Moves a cut before the focus forward to where a word starts, if one does.
fn word_start(left: &str, from: usize) -> usize {
    if from == 0 {
        return 0;
    }
    left[from..].find(char::is_whitespace).map_or(from, |blank| from + blank)
}

/// Moves a cut after the focus back to where a word ends, if one does.
fn word_end(right: &str, to: usize) -> usize {
    if to == right.len() {
        return to;
    }
    right[..to].rfind(char::is_whitespace).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn excerpt(source: &str, focus: Range<usize>) -> (String, bool) {
        let mut out = String::new();
        let whole = push_excerpt(source, 0..source.len(), focus, &mut out);
        (out, whole)
    }

    #[test]
    fn a_short_sentence_is_shown_whole_with_blanks_collapsed() {
        assert_eq!(
            excerpt(" It\u{a0}rained\r\n in  Vilnius.\0", 3..5),
            ("It rained in Vilnius.".to_owned(), true)
        );
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_on_both_sides() {
        let source = format!("{}Vilnius{}", "left words ".repeat(100), " right words".repeat(100));
        let (text, whole) = excerpt(&source, 1100..1107);
        assert!(!whole);
        assert!(text.starts_with("…left") || text.starts_with("…words"), "{text}");
        assert!(text.ends_with("right…") || text.ends_with("words…"), "{text}");
        assert!(text.contains(" Vilnius "));
    }

    #[test]
    fn room_that_one_side_does_not_need_goes_to_the_other() {
        let source = format!("Vilnius{}", " word".repeat(200));
        let (text, _) = excerpt(&source, 0..7);
        assert!(text.chars().count() > LIMIT - 10);
        assert!(text.starts_with("Vilnius word"));
    }

    proptest! {
        #[test]
        fn an_excerpt_is_short_and_holds_its_focus(
            left in "[a-zŠ ]{0,700}", focus in "[a-z]{1,20}", right in "[a-z😀 \n]{0,700}",
        ) {
            let source = format!("{left}{focus}{right}");
            let (text, whole) = excerpt(&source, left.len()..left.len() + focus.len());
            prop_assert!(text.chars().count() <= LIMIT);
            prop_assert!(text.contains(&focus));
            prop_assert_eq!(whole, source.chars().count() <= LIMIT);
        }
    }
}
