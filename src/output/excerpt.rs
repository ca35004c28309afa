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
    let start = out.len();
    let mut rest = text;
    loop {
        let (plain, other) = rest.split_at(plain_length(rest.as_bytes()));
        out.push_str(plain);
        let mut chars = other.chars();
        let Some(c) = chars.next() else { break };
        if !c.is_whitespace() && !c.is_control() {
            out.push(c);
        } else if out.len() > start && !out.ends_with(' ') {
            out.push(' ');
        }
        rest = chars.as_str();
    }
    if out.len() > start && out.ends_with(' ') {
        out.pop();
    }
}

/// Length of the beginning that is ASCII, begins with no blank and has nothing but single spaces between its words.
/// Looks at eight bytes at once.
fn plain_length(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH << 7;
    let (chunks, rest) = bytes.as_chunks::<8>();
    // The top bit of the lowest byte: does a space stand before it?
    let mut spaced = 0x80;
    for (at, chunk) in chunks.iter().enumerate() {
        let eight = u64::from_le_bytes(*chunk);
        let low = eight & !HIGHEST;
        let control = !(low + EACH * 0x60) | (low + EACH);
        let spaces = !((low ^ (EACH * 0x20)) + EACH * 0x7f) & !eight & HIGHEST;
        let stops = (eight | control | spaces & (spaces << 8 | spaced)) & HIGHEST;
        if stops != 0 {
            return at * 8 + stops.trailing_zeros() as usize / 8;
        }
        spaced = spaces >> 56;
    }
    let mut spaced = spaced != 0;
    let plain = |byte: &&u8| {
        let (space, after_space) = (**byte == b' ', spaced);
        spaced = space;
        matches!(byte, b' '..=b'~') && !(space && after_space)
    };
    bytes.len() - rest.len() + rest.iter().take_while(plain).count()
}

/// The bytes to show: all, or what fits around the focus, cut between words.
fn window(source: &str, whole: &Range<usize>, focus: &Range<usize>) -> Range<usize> {
    let part = |range: Range<usize>| source.get(range).unwrap_or_default();
    // Most sentences: few bytes, so few code points.
    if whole.len() <= LIMIT || whole.len() <= 4 * LIMIT && part(whole.clone()).chars().count() <= LIMIT {
        return whole.clone();
    }
    let (left, inner, right) =
        (part(whole.start..focus.start), part(focus.clone()), part(focus.end..whole.end));
    let inner_len = first_chars(inner);
    let left_len = last_chars(left);
    let right_len = first_chars(right);
    let room = LIMIT - 2;
    if inner_len > room {
        return focus.start..focus.start + after(inner, room);
    }
    let spare = room - inner_len;
    let take_left = left_len.min((spare / 2).max(spare.saturating_sub(right_len)));
    let take_right = right_len.min(spare - take_left);
    let from = before(left, take_left);
    let to = after(right, take_right);
    whole.start + word_start(left, from)..focus.end + word_end(right, to)
}

/// Code points, or more than can be shown.
fn first_chars(text: &str) -> usize {
    let shown = text.as_bytes().get(..=LIMIT).unwrap_or(text.as_bytes());
    if shown.is_ascii() { shown.len() } else { text.chars().take(LIMIT + 1).count() }
}

/// The same, counted from the end.
fn last_chars(text: &str) -> usize {
    let bytes = text.as_bytes();
    let shown = &bytes[bytes.len().saturating_sub(LIMIT + 1)..];
    if shown.is_ascii() { shown.len() } else { text.chars().rev().take(LIMIT + 1).count() }
}

/// Bytes of the first `chars` code points.
fn after(text: &str, chars: usize) -> usize {
    if text.as_bytes().get(..=chars).is_some_and(<[u8]>::is_ascii) {
        return chars;
    }
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// Where the last `chars` code points begin, of which the text has as many.
fn before(text: &str, chars: usize) -> usize {
    let from = text.len().saturating_sub(chars);
    if text.as_bytes()[from..].is_ascii() {
        return from;
    }
    text.char_indices().rev().nth(chars.wrapping_sub(1)).map_or(text.len(), |(at, _)| at)
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

    /// What collapsing means, told slowly.
    fn collapsed(text: &str) -> String {
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #[test]
        fn collapsing_leaves_single_spaces(text in "(?s)[a-z ]{0,40}|[ a-z\u{7f}\u{a0}\u{85}“Š\n\0]{0,40}|.{0,20}") {
            let mut out = "before ".to_owned();
            push_collapsed(&text, &mut out);
            prop_assert_eq!(out, format!("before {}", collapsed(&text)));
        }

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
