//! The form of a sentence: whether its capitals tell anything.

use super::sentences::{first_char, is_closing};
use crate::model::{Case, Gap, SentenceForm, Token, TokenKind};

/// A line of its own with more tokens than this is prose that lost its full stop.
const LONGEST_LINE: usize = 30;

/// The form of the sentence at `start..end`.
pub(super) fn form(source: &str, tokens: &[Token], start: usize, end: usize) -> SentenceForm {
    let sentence = &tokens[start..end];
    if in_capitals(sentence) {
        return SentenceForm::Capitals;
    }
    let alone = tokens[start].gap >= Gap::Line && tokens.get(end).is_none_or(|next| next.gap >= Gap::Line);
    if !alone || sentence.len() > LONGEST_LINE || has_full_stop(source, sentence) {
        return SentenceForm::Prose;
    }
    if in_title_case(source, sentence) { SentenceForm::TitleCase } else { SentenceForm::Line }
}

fn cased(sentence: &[Token]) -> impl Iterator<Item = &Token> {
    sentence.iter().filter(|token| token.case != Case::None && token.kind != TokenKind::Possessive)
}

/// Nine letters of ten stand in words all upper.
fn in_capitals(sentence: &[Token]) -> bool {
    let (mut all, mut upper) = (0, 0);
    for token in cased(sentence) {
        let letters = token.end - token.start;
        all += letters;
        if token.case == Case::Upper || letters == 1 && token.case == Case::Capital {
            upper += letters;
        }
    }
    upper >= 2 && upper * 10 >= all * 9
}

/// Of the words of four letters or more outside brackets, two at least and five of six are capitalized, and so is the
/// first word.
fn in_title_case(source: &str, sentence: &[Token]) -> bool {
    let (mut all, mut capitalized, mut depth) = (0, 0, 0_i32);
    for token in sentence {
        match first_char(source, token) {
            '(' => depth += 1,
            ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        if depth == 0
            && token.kind == TokenKind::Word
            && token.end - token.start >= 4
            && token.case != Case::None
        {
            all += 1;
            capitalized += u32::from(token.is_capitalized());
        }
    }
    capitalized >= 2
        && capitalized * 6 >= all * 5
        && cased(sentence).next().is_some_and(Token::is_capitalized)
}

fn has_full_stop(source: &str, sentence: &[Token]) -> bool {
    let last = sentence.iter().rev().find(|token| !is_closing(source, token));
    last.is_some_and(|token| match token.kind {
        TokenKind::Punctuation => matches!(first_char(source, token), '.' | '…'),
        _ => false,
    })
}
