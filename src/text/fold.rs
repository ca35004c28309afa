//! THE folding of a word: what is left when case, diacritics, typographic variants and the periods of `U.S.` do not
//! count. Texts and lists both use it; folding twice changes nothing.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::characters::{is_diacritic, is_ignorable};

/// Appends the folded form of one word (or punctuation character) to `out`.
pub fn fold_word(word: &str, out: &mut String) {
    let from = out.len();
    if word.is_ascii() {
        out.push_str(word);
        out[from..].make_ascii_lowercase();
    } else if word.chars().all(|c| c < AFTER_LATIN) {
        word.chars().for_each(|c| LATIN.push(c, out));
    } else {
        push_folded(word, out);
    }
    drop_periods(out, from);
}

fn push_folded(word: &str, out: &mut String) {
    word.chars()
        .filter(|&c| !is_ignorable(c))
        .map(unify)
        .nfkd()
        .map(unify)
        .filter(|&c| !is_diacritic(c) && !is_ignorable(c))
        .for_each(|c| push_lower(c, out));
}

/// The first character behind the Latin letters: those before decompose into letters and marks that fold away, so each
/// folds by itself, whatever stands beside it.
const AFTER_LATIN: char = '\u{250}';

/// What each of the characters before [`AFTER_LATIN`] folds to.
static LATIN: LazyLock<Latin> = LazyLock::new(Latin::new);

struct Latin {
    folded: String,
    /// Where the folded form of each character ends.
    ends: Vec<usize>,
}

impl Latin {
    fn new() -> Self {
        let mut latin = Self { folded: String::new(), ends: Vec::new() };
        for c in '\0'..AFTER_LATIN {
            push_folded(c.encode_utf8(&mut [0; 4]), &mut latin.folded);
            latin.ends.push(latin.folded.len());
        }
        latin
    }

    fn push(&self, c: char, out: &mut String) {
        if c.is_ascii() {
            return out.push(c.to_ascii_lowercase());
        }
        let at = c as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        out.push_str(&self.folded[start..self.ends[at]]);
    }
}

/// One quote, one double quote, one dash, one slash.
const fn unify(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}' | '\u{b4}' | '\u{2b9}'..='\u{2bd}' | '\u{ff07}' => {
            '\''
        }
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{ab}' | '\u{bb}' | '\u{301d}'..='\u{301f}' => {
            '"'
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        _ => c,
    }
}

fn push_lower(c: char, out: &mut String) {
    for lower in c.to_lowercase().filter(|&c| !is_diacritic(c)) {
        match plain(lower) {
            Some(letters) => out.push_str(letters),
            None => out.push(lower),
        }
    }
}

/// Letters whose stroke or shape no decomposition takes off, as they are written without it.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' | 'ƚ' => "l",
        'đ' | 'ð' | 'ɖ' => "d",
        'ø' | 'ɵ' => "o",
        'ı' | 'ɨ' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ƀ' => "b",
        'ə' | 'ǝ' => "a",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// `u.s.` and `u.s` become `us`; anything that is not single letters with periods stays.
fn drop_periods(out: &mut String, from: usize) {
    if !out.as_bytes()[from..].contains(&b'.') || !is_dotted(&out[from..]) {
        return;
    }
    let letters: String = out[from..].chars().filter(|&c| c != '.').collect();
    out.truncate(from);
    out.push_str(&letters);
}

/// Letter, period, letter, period …; two letters or more, the last period may be missing.
fn is_dotted(word: &str) -> bool {
    let mut letters = 0;
    let ordered = word.chars().enumerate().all(|(at, c)| {
        let is_letter = c.is_alphabetic();
        letters += usize::from(is_letter);
        if at % 2 == 0 { is_letter } else { c == '.' }
    });
    ordered && letters >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_fold_by_themselves() {
        for first in '\u{80}'..AFTER_LATIN {
            for second in '\0'..AFTER_LATIN {
                let word: String = [first, second].iter().collect();
                let (mut quick, mut full) = (String::new(), String::new());
                fold_word(&word, &mut quick);
                push_folded(&word, &mut full);
                drop_periods(&mut full, 0);
                assert_eq!(quick, full, "{word:?}");
            }
        }
    }
}
