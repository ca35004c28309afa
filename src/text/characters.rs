//! What a character is to the tokenizer: letter, digit, blank, line end, apostrophe, or nothing to see.

/// Bits of a byte's class; a byte has exactly one.
pub(super) const LOWER: u8 = 1;
/// ASCII upper-case letter.
pub(super) const UPPER: u8 = 2;
/// ASCII digit.
pub(super) const DIGIT: u8 = 4;
/// Blank within a line, control characters too.
pub(super) const BLANK: u8 = 8;
/// CR, LF, form feed.
pub(super) const LINE: u8 = 16;
/// Any other ASCII character.
pub(super) const PUNCTUATION: u8 = 32;
/// Part of a character beyond ASCII.
pub(super) const HIGH: u8 = 64;
/// ASCII letter or digit.
pub(super) const WORD: u8 = LOWER | UPPER | DIGIT;
/// ASCII letter.
pub(super) const LETTER: u8 = LOWER | UPPER;

/// Class of each byte.
pub(super) static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [HIGH; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'\n' | b'\r' | b'\x0c' => LINE,
            b'!'..=b'~' => PUNCTUATION,
            _ => BLANK,
        };
        byte += 1;
    }
    table
}

/// Straight, curly or modifier apostrophe.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{2bb}' | '\u{ff07}')
}

/// Ends a line, beyond ASCII.
pub(super) const fn is_line_end(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Shows nothing and means nothing: soft hyphen, joiners, direction marks, variation selectors.
/// Inside a word it is ignored, elsewhere it is a blank.
pub(super) const fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200c}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e01ef}')
}

/// Separates words: white space, zero-width space, byte order mark, controls.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_ignorable(c) || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Letter, digit or combining mark, beyond ASCII or not; apostrophes are none.
pub(super) fn is_word(c: char) -> bool {
    !is_apostrophe(c) && (c.is_alphanumeric() || is_mark(c)) && !is_ignorable(c)
}

/// Combining mark.
pub(super) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && unicode_normalization::char::is_combining_mark(c)
}

/// A mark that only decorates its letter, in scripts where the bare letter is still read as the same word.
pub(super) const fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}
