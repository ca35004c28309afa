//! Numbers and days as cells show them. Every row has several, so the common ones are written without the machinery of
//! formatting.

use std::fmt::Write;

use jiff::civil::Date;

/// Appends a whole number.
pub(super) fn push_number(out: &mut String, number: impl Into<u64>) {
    let mut rest = number.into();
    let mut digits = [b'0'; 20];
    let mut first = digits.len();
    while first > 0 && (rest > 0 || first == digits.len()) {
        first -= 1;
        digits[first] = digit(rest);
        rest /= 10;
    }
    push_ascii(out, &digits[first..]);
}

/// The last digit.
fn digit(number: u64) -> u8 {
    b"0123456789"[(number % 10) as usize]
}

/// Appends a whole number that may be negative.
pub(super) fn push_signed(out: &mut String, number: i32) {
    if number < 0 {
        out.push('-');
    }
    push_number(out, number.unsigned_abs());
}

/// Appends a full ISO day, if known.
pub(super) fn push_day(out: &mut String, day: Option<Date>) {
    let Some(day) = day else { return };
    match u16::try_from(day.year()) {
        Ok(year) if year < 10_000 => {
            let (month, day) = (u16::from(day.month().unsigned_abs()), u16::from(day.day().unsigned_abs()));
            let mut shown = *b"0000-00-00";
            for (at, pair) in [(0, year / 100), (2, year % 100), (5, month), (8, day)] {
                shown[at] = digit(u64::from(pair / 10));
                shown[at + 1] = digit(u64::from(pair));
            }
            push_ascii(out, &shown);
        }
        _ => push_shown(out, day),
    }
}

/// Appends bytes that are known to be ASCII.
pub(super) fn push_ascii(out: &mut String, ascii: &[u8]) {
    out.push_str(std::str::from_utf8(ascii).unwrap_or_default());
}

/// Appends anything that can be displayed.
pub(super) fn push_shown(out: &mut String, number: impl std::fmt::Display) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{number}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(push: impl FnOnce(&mut String)) -> String {
        let mut out = String::new();
        push(&mut out);
        out
    }

    #[test]
    fn numbers_are_written_digit_by_digit() {
        for number in [0, 7, 10, 1_234_567_890, u64::MAX] {
            assert_eq!(written(|out| push_number(out, number)), number.to_string());
        }
        for number in [0, -1, 10, i32::MIN, i32::MAX] {
            assert_eq!(written(|out| push_signed(out, number)), number.to_string());
        }
    }

    #[test]
    fn days_are_written_as_they_display() {
        for (year, month, day) in [(2018, 2, 28), (1, 1, 1), (0, 12, 31), (9999, 10, 9), (-44, 3, 15)] {
            let date = Date::new(year, month, day).expect("a day");
            assert_eq!(written(|out| push_day(out, Some(date))), date.to_string());
        }
        assert_eq!(written(|out| push_day(out, None)), "");
    }
}
