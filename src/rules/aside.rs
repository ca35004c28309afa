//! Asides: where a stretch ends that interrupts a clause after a name: a bracket, or words between commas or dashes.
//! Knows marks only, no words; the pattern around an aside decides whether it was one.

use super::feature::Mark;
use super::matcher::Field;
use crate::model::Token;

/// Longest aside, in tokens.
const LONGEST: usize = 30;

/// Most tokens from one closing mark to the next of the same aside (", of Riga, Latvia,").
const NEXT: usize = 4;

/// Writes the ends (first token after) of asides that begin at token `at` to `ends`, nearest first.
pub(super) fn aside_ends(field: &Field<'_>, at: usize, ends: &mut Vec<u32>) {
    ends.clear();
    let end = (field.bounds.end as usize).min(field.tokens.len()).min(at + LONGEST);
    let Some(tokens) = field.tokens.get(at..end) else { return };
    let Some(opening) = tokens.first().and_then(|t| t.mark(field.source)) else { return };
    let closes = |c: char| match opening {
        '(' => c == ')',
        '[' => c == ']',
        ',' => c == ',',
        c if is_dash(c) => is_dash(c),
        _ => false,
    };
    let spaced = |t: &Token| t.gap != crate::model::Gap::None || matches!(opening, '(' | '[' | ',');
    if !spaced(&tokens[0]) {
        return;
    }
    let inside = |i: usize| field.mentions.covering(at + i).is_some();
    let nested = matches!(opening, '(' | '[');
    let mut last = None;
    for (i, token) in tokens.iter().enumerate().skip(1) {
        match token.mark(field.source) {
            Some(';' | ':' | '?' | '!') => break,
            Some(c) if closes(c) && spaced(token) && i > 1 && !inside(i) => {
                if last.is_some_and(|l| i > l + NEXT) {
                    break;
                }
                ends.extend(u32::try_from(at + i + 1));
                last = Some(i);
                if nested {
                    break;
                }
            }
            _ => {}
        }
    }
}

fn is_dash(c: char) -> bool {
    Mark::of(c) == Some(Mark::Dash)
}
