//! Portions: a text that is too long to be held with all that is found in it is cut where it does little harm.

/// Bytes of a portion at the most. Articles, reports and most books are shorter and stay in one.
pub const PORTION: usize = 2 << 20;

/// The text in stretches of at most `most` bytes, each but the last at least half as long: cut after a blank line, else after
/// a line, else after a sentence, else at a blank, else anywhere between two characters.
pub fn portions(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (here, after) = text.split_at(cut(text, most));
        rest = (!after.is_empty()).then_some(after);
        Some(here)
    })
}

/// What a text is best cut after.
const MARKS: [&str; 6] = ["\n\n", "\n", ". ", "? ", "! ", " "];

fn cut(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    // between two characters, and not within the end of a line
    let may_cut = |at: &usize| {
        text.is_char_boundary(*at) && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'))
    };
    let down = |at: usize| (0..=at).rev().find(may_cut).unwrap_or(0);
    let first = (1..text.len()).find(may_cut).unwrap_or(text.len());
    let (least, most) = (down(most / 2), down(most).max(first));
    let stretch = text.get(least..most).unwrap_or_default();
    let after = |mark: &&str| stretch.rfind(*mark).map(|at| least + at + mark.len());
    MARKS.iter().find_map(after).unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_cut_where_it_pauses() {
        let cut = |text| portions(text, 16).collect::<Vec<_>>();
        assert_eq!(cut("short"), ["short"]);
        assert_eq!(cut(""), [""]);
        assert_eq!(cut("one two\nthree\n\nfour five six"), ["one two\nthree\n\n", "four five six"]);
        assert_eq!(cut("One two three. Four five six"), ["One two three. ", "Four five six"]);
        assert_eq!(cut("one two three four five six"), ["one two three ", "four five six"]);
        assert_eq!(cut("onetwothreefourfivesix"), ["onetwothreefourf", "ivesix"]);
    }

    proptest! {
        #[test]
        fn portions_make_up_the_text_and_are_no_longer_than_asked(
            text in "[a-zŠ€😀.?!\r\n ]{0,200}", most in 1_usize..60,
        ) {
            let all: Vec<&str> = portions(&text, most).collect();
            prop_assert_eq!(all.concat(), text.clone());
            for portion in &all {
                prop_assert!(portion.len() <= most.max(4), "{} of {most}", portion.len());
                prop_assert!(!portion.is_empty() || text.is_empty());
            }
            for two in all.windows(2) {
                prop_assert!(!(two[0].ends_with('\r') && two[1].starts_with('\n')), "{two:?}");
            }
        }
    }
}
