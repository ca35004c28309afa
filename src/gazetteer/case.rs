//! How a stretch of text agrees with a name whose key it has: case is evidence, and what folding took away may matter.

use super::Gazetteer;
use super::rows::{Strength, WordCase};
use super::store::{ListedWord, Name};
use crate::model::{Case, Token, TokenKind};

/// How the text agrees with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// To the letter.
    Exact,
    /// But for diacritics, quotes, dashes, blanks, periods of a dotted acronym, or case where the name's strength allows.
    Folded,
    /// The text is in capitals and the name is not: its case tells nothing.
    Shouted,
    /// The case says that it is another word.
    Refused,
}

/// How the tokens of a hit agree with a name of its key. Names that are not `strong` need their exact case; whether a name
/// that is `cue` or `never` may stand is not asked here.
pub fn agreement(gazetteer: &Gazetteer, name: &Name, source: &str, tokens: &[Token]) -> Agreement {
    let text = slice(source, tokens);
    let form = gazetteer.form(name);
    if text == form {
        return Agreement::Exact;
    }
    let shape = compare(form, text);
    if shape.same {
        return Agreement::Folded;
    }
    let is_dotted = |text: &str| text.contains('.');
    let text_is_dotted = tokens.iter().any(|token| token.kind == TokenKind::Dotted);
    // `U.S.` may be strong because its periods tell; `us` is another word.
    let any_case =
        name.strength == Strength::Strong && (text_is_dotted || !is_dotted(form) || !shape.form_is_upper);
    if shape.text_is_upper && !shape.form_is_upper && shape.letters > 1 {
        Agreement::Shouted
    } else if any_case || (shape.capitals_added && tokens.len() > 1 && form.chars().any(char::is_uppercase)) {
        Agreement::Folded
    } else {
        Agreement::Refused
    }
}

/// May these tokens be this word of a word list?
pub fn word_agrees(gazetteer: &Gazetteer, word: &ListedWord, source: &str, tokens: &[Token]) -> bool {
    match word.case {
        WordCase::Any => true,
        WordCase::Exact => compare(gazetteer.word_form(word), slice(source, tokens)).same,
        WordCase::Capital => tokens.first().is_some_and(Token::is_capitalized),
    }
}

fn slice<'a>(source: &'a str, tokens: &[Token]) -> &'a str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => source.get(first.start as usize..last.end as usize).unwrap_or_default(),
        _ => "",
    }
}

/// How the letters of a name and of a text with the same key compare.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each named")]
#[derive(Clone, Copy, Debug)]
struct Shape {
    /// Letter by letter of the same case.
    same: bool,
    /// Differing only by capitals at the beginnings of words, in the text.
    capitals_added: bool,
    form_is_upper: bool,
    text_is_upper: bool,
    /// Cased letters of the text.
    letters: usize,
}

fn compare(form: &str, text: &str) -> Shape {
    compare_plain(form.as_bytes(), text.as_bytes()).unwrap_or_else(|| compare_letters(form, text))
}

/// What [`compare_letters`] says, if both are ASCII, as long as each other, and letters stand at the same places.
fn compare_plain(form: &[u8], text: &[u8]) -> Option<Shape> {
    if form.len() != text.len() {
        return None;
    }
    let (mut form_cases, mut text_cases) = (Cases::default(), Cases::default());
    let (mut same, mut capitals_added, mut letters, mut inside) = (true, true, 0, false);
    for (&in_form, &in_text) in form.iter().zip(text) {
        let is_letter = in_text.is_ascii_alphanumeric();
        // a possessive's letter does not count as a small one: rare enough to be looked at slowly
        if !(in_form | in_text).is_ascii()
            || is_letter != in_form.is_ascii_alphanumeric()
            || in_text == b'\''
            || in_form == b'\''
        {
            return None;
        }
        form_cases.take(in_form);
        text_cases.take(in_text);
        if is_letter {
            letters += 1;
            if in_form.is_ascii_uppercase() != in_text.is_ascii_uppercase() {
                same = false;
                capitals_added &= in_text.is_ascii_uppercase() && !inside;
            }
        }
        inside = is_letter;
    }
    let (form_is_upper, text_is_upper) = (form_cases.is_upper(), text_cases.is_upper());
    Some(Shape { same, capitals_added, form_is_upper, text_is_upper, letters })
}

/// Which cases the letters of a text have.
#[derive(Clone, Copy, Debug, Default)]
struct Cases {
    upper: bool,
    lower: bool,
}

impl Cases {
    const fn take(&mut self, byte: u8) {
        self.upper |= byte.is_ascii_uppercase();
        self.lower |= byte.is_ascii_lowercase();
    }

    const fn is_upper(self) -> bool {
        self.upper && !self.lower
    }
}

fn compare_letters(form: &str, text: &str) -> Shape {
    let mut shape = Shape {
        same: true,
        capitals_added: true,
        form_is_upper: is_upper(form),
        text_is_upper: is_upper(text),
        letters: 0,
    };
    let (mut form_letters, mut text_letters) = (letters(form), letters(text));
    loop {
        let (in_form, in_text) = (form_letters.next(), text_letters.next());
        shape.letters += usize::from(in_text.is_some());
        match (in_form, in_text) {
            (Some((form_upper, _)), Some((text_upper, begins_word))) => {
                if form_upper != text_upper {
                    shape.same = false;
                    shape.capitals_added &= text_upper && begins_word;
                }
            }
            (None, None) => return shape,
            // One side writes a letter as two (`ß`, `æ`): the rest can't be laid side by side; compare as wholes.
            _ => {
                shape.letters += text_letters.count();
                shape.same &= shape.form_is_upper == shape.text_is_upper;
                return shape;
            }
        }
    }
}

/// Of each letter or digit: is it upper case, and does a word begin with it?
fn letters(text: &str) -> impl Iterator<Item = (bool, bool)> {
    let mut inside = false;
    text.chars().filter_map(move |c| {
        let begins = !inside;
        // Apostrophes and combining marks are inside a word.
        inside = c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}');
        c.is_alphanumeric().then(|| (c.is_uppercase(), begins))
    })
}

/// At least one capital, no lower-case letter (but a possessive's).
fn is_upper(text: &str) -> bool {
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Are all words of these tokens written in capitals?
pub fn is_shouted(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.case == Case::Upper)
        && !tokens.iter().any(|token| matches!(token.case, Case::Lower | Case::Camel | Case::Capital))
}

#[cfg(test)]
mod tests {
    use super::{compare_letters, compare_plain};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_to_compare_says_the_same(form in "[aBc1 .'é-]{0,6}", text in "[Abc1 .'É-]{0,6}") {
            if let Some(shape) = compare_plain(form.as_bytes(), text.as_bytes()) {
                prop_assert_eq!(format!("{shape:?}"), format!("{:?}", compare_letters(&form, &text)));
            }
        }
    }
}
