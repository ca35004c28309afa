//! Reads captured words: numbers in words and digits, years, ordinals, and the values of list rows.

use super::meaning::{Amount, Holiday};
use crate::gazetteer::WordListId;
use crate::model::{TokenKind, TokenSpan};
use crate::rules::Page;

/// How a listed number word says that what follows is added.
const PLUS: &str = "+";
/// The value of an article that stands for one.
const ONE: &str = "01";

/// Reads numbers off a page.
#[derive(Clone, Copy)]
pub(super) struct Lexicon<'a> {
    pub(super) page: &'a Page<'a>,
    /// The list of number words.
    pub(super) numbers: Option<WordListId>,
}

enum Part<'a> {
    Digits(i64),
    Word(&'a str),
    Mark(&'a str),
}

impl<'a> Lexicon<'a> {
    /// A count: `three`, `two and a half`, `1,000`, `5 1/2`, `2.5`.
    pub(super) fn amount(self, span: TokenSpan) -> Option<Amount> {
        let mut sum = Sum::default();
        for at in span.range() {
            sum.take(&self.part(at)?)?;
        }
        sum.finish()
    }

    /// A year: `1997`, `'97`, `nineteen ninety-seven`, `two thousand`.
    pub(super) fn year(self, span: TokenSpan, full: Option<i16>) -> Option<i16> {
        let mut sum = Sum { pairs: true, ..Sum::default() };
        let mut digits = 0;
        for at in span.range() {
            let part = self.part(at)?;
            if let Part::Digits(_) = part {
                digits = self.surface(at).len();
            }
            if !matches!(part, Part::Mark(_)) {
                sum.take(&part)?;
            }
        }
        let year = i16::try_from(sum.finish()?.as_whole()?).ok()?;
        Some(match (digits, full) {
            // 2014-16 and 1999-00 are years, 2022-02 is a month
            (2, Some(full)) => {
                let century = full - full.rem_euclid(100);
                let later = if year == 0 { century + 100 } else { century + year };
                return (later > full).then_some(later);
            }
            (2, None) if year < 50 => 2000 + year,
            (2, None) => 1900 + year,
            _ => year,
        })
    }

    /// A small number in digits (`3`, `3rd`).
    pub(super) fn digits(self, span: TokenSpan) -> Option<i16> {
        let text = self.page.surface(span);
        let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text.get(..length)?.parse().ok()
    }

    fn surface(self, at: usize) -> &'a str {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.page.surface(TokenSpan::new(at, at.saturating_add(1)))
    }

    fn part(self, at: usize) -> Option<Part<'a>> {
        let token = self.page.text.tokens.get(at)?;
        match token.kind {
            TokenKind::Number => self.surface(at).parse().ok().map(Part::Digits),
            TokenKind::Punctuation | TokenKind::Possessive => Some(Part::Mark(self.surface(at))),
            _ => self.value(at).map(Part::Word),
        }
    }

    /// The value of the number word at a token.
    fn value(self, at: usize) -> Option<&'a str> {
        let list = self.numbers?;
        let hits = self.page.hits.starting_at(at).iter().filter(|h| h.tokens.len() == 1);
        hits.flat_map(|h| self.page.gazetteer.words(h.key))
            .find(|row| row.list == list)
            .map(|row| self.page.gazetteer.value(row))
    }
}

/// A number while its parts are read, in parts of one (see [`Amount`]).
#[derive(Default)]
struct Sum {
    total: i64,
    current: i64,
    read: bool,
    /// The next part is added, not multiplied.
    plus: bool,
    mark: char,
    /// `nineteen ninety` is 1990.
    pairs: bool,
}

impl Sum {
    fn take(&mut self, part: &Part<'_>) -> Option<()> {
        match part {
            Part::Mark(mark) => {
                self.mark = mark.chars().next()?;
                return Some(());
            }
            Part::Digits(n) => self.digits(*n)?,
            Part::Word(word) if *word == PLUS => {
                self.plus = true;
                return Some(());
            }
            // "a" counts only at the start: not in "two and a half"
            Part::Word(ONE) if self.read => return Some(()),
            Part::Word(word) => self.word(word)?,
        }
        self.read = true;
        self.plus = false;
        self.mark = ' ';
        Some(())
    }

    fn digits(&mut self, n: i64) -> Option<()> {
        let whole = n.checked_mul(Amount::WHOLE)?;
        match self.mark {
            ',' if self.read => self.current = self.current.checked_mul(1000)?.checked_add(whole)?,
            '.' if self.read => {
                let scale = 10_i64.checked_pow(u32::try_from(n.to_string().len()).ok()?)?;
                self.current += whole / scale;
            }
            '/' if self.read && n > 0 => self.current = self.total_fraction(n),
            _ if self.read => {
                // `5 1/2`: the numerator waits in `current`.
                self.total = self.total.checked_add(self.current)?;
                self.current = whole;
            }
            _ => self.current = whole,
        }
        Some(())
    }

    const fn total_fraction(&self, denominator: i64) -> i64 {
        self.current / denominator
    }

    fn word(&mut self, word: &str) -> Option<()> {
        if let Some((above, below)) = word.split_once('/') {
            let fraction = Amount::WHOLE * above.parse::<i64>().ok()? / below.parse::<i64>().ok()?.max(1);
            let multiply = self.read && !self.plus;
            self.current =
                if multiply { self.current / Amount::WHOLE * fraction } else { self.current + fraction };
            return Some(());
        }
        let n: i64 = word.parse().ok()?;
        match n {
            100 => self.current = self.current.max(Amount::WHOLE).checked_mul(100)?,
            1000.. => {
                self.total += self.current.max(Amount::WHOLE).checked_mul(n)?;
                self.current = 0;
            }
            10.. if self.pairs && self.current >= 10 * Amount::WHOLE => {
                self.current = self.current.checked_mul(100)? + n * Amount::WHOLE;
            }
            _ => self.current += n * Amount::WHOLE,
        }
        Some(())
    }

    fn finish(self) -> Option<Amount> {
        self.read.then_some(Amount(self.total.checked_add(self.current)?))
    }
}

/// `12-25`, `E+1` (days after Easter), `O0` (Easter of the eastern churches), `11:4:4` (month, nth, weekday), `11:1:1+1` (a day after that).
pub(super) fn holiday(code: &str) -> Option<Holiday> {
    if let Some(days) = code.strip_prefix('E') {
        return Some(Holiday::Easter(days.parse().ok()?));
    }
    if let Some(days) = code.strip_prefix('O') {
        return Some(Holiday::EasternEaster(days.parse().ok()?));
    }
    if let Some((month, rest)) = code.split_once(':') {
        let (nth, rest) = rest.split_once(':')?;
        let (weekday, days) = rest.split_once('+').unwrap_or((rest, "0"));
        let part = |s: &str| s.parse().ok();
        return Some(Holiday::Nth(part(month)?, part(nth)?, part(weekday)?, days.parse().ok()?));
    }
    let (month, day) = code.split_once('-')?;
    Some(Holiday::Fixed(month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(parts: &[Part<'_>], pairs: bool) -> Option<f64> {
        let mut sum = Sum { pairs, ..Sum::default() };
        for part in parts {
            sum.take(part)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "small numbers of a test")]
        sum.finish().map(|a| a.0 as f64 / Amount::WHOLE as f64)
    }

    #[test]
    fn numbers_read_as_they_are_said() {
        use Part::{Digits, Mark, Word};
        let cases: [(&[Part<'_>], f64); 9] = [
            (&[Word("20"), Mark("-"), Word("4")], 24.0),
            (&[Word("2"), Word("+"), Word("01"), Word("1/2")], 2.5),
            (&[Word("01"), Word("100")], 100.0),
            (&[Word("2"), Word("100"), Word("+"), Word("10")], 210.0),
            (&[Digits(1), Mark(","), Digits(0)], 1000.0),
            (&[Digits(5), Digits(1), Mark("/"), Digits(2)], 5.5),
            (&[Digits(2), Mark("."), Digits(5)], 2.5),
            (&[Word("3"), Word("1/4")], 0.75),
            (&[Word("2"), Word("1000")], 2000.0),
        ];
        for (parts, expected) in cases {
            assert_eq!(amount(parts, false), Some(expected));
        }
        assert_eq!(amount(&[Word("19"), Word("90"), Mark("-"), Word("6")], true), Some(1996.0));
    }

    #[test]
    fn holiday_codes_are_read() {
        assert_eq!(holiday("12-25"), Some(Holiday::Fixed(12, 25)));
        assert_eq!(holiday("E-2"), Some(Holiday::Easter(-2)));
        assert_eq!(holiday("11:1:1+1"), Some(Holiday::Nth(11, 1, 1, 1)));
        assert_eq!(holiday("5:-1:1"), Some(Holiday::Nth(5, -1, 1, 0)));
        assert_eq!(holiday("Christmas"), None);
    }
}
