//! Spreadsheet dialects: separator, line end, byte order mark, and which cells a spreadsheet would not leave alone.
//!
//! A guard is one apostrophe before the text of a cell. It can always be undone: cells that begin with an
//! apostrophe are guarded too, so in a guarded table one leading apostrophe of a text cell is never the text's own.

/// For whom the tables are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Comma, LF, no byte order mark, no guard: for programs and git.
    #[default]
    Plain,
    /// Comma, CRLF, byte order mark, guard.
    Excel,
    /// As `Excel`, with semicolon and decimal comma.
    ExcelEu,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Excel, Self::ExcelEu];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Excel => "excel",
            Self::ExcelEu => "excel-eu",
        }
    }

    /// What stands between cells.
    pub const fn delimiter(self) -> char {
        match self {
            Self::Plain | Self::Excel => ',',
            Self::ExcelEu => ';',
        }
    }

    /// What stands between the whole and the fraction of a number.
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::Plain | Self::Excel => '.',
            Self::ExcelEu => ',',
        }
    }

    /// What ends a row.
    pub const fn line_end(self) -> &'static str {
        match self {
            Self::Plain => "\n",
            Self::Excel | Self::ExcelEu => "\r\n",
        }
    }

    /// Read by a spreadsheet: begins with a byte order mark, and text cells are guarded?
    pub const fn is_spreadsheet(self) -> bool {
        !matches!(self, Self::Plain)
    }
}

/// Would a spreadsheet run, convert or (on undoing guards) misread this text?
pub(super) fn needs_guard(cell: &str) -> bool {
    cell.starts_with('\'') || starts_formula(cell) || reads_as_value(cell)
}

/// Formulas, also behind blanks and in full-width forms.
fn starts_formula(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with([
            '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}', '\u{fe62}',
            '\u{fe63}', '\u{fe66}', '\u{fe6b}',
        ])
}

/// A cell longer than this is no number, date or time.
const LONGEST_VALUE: usize = 64;

/// Words that spreadsheets read beside digits: months, days, halves of the day, the marks of ISO times and of exponents.
const VALUE_WORDS: [&str; 38] = [
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "am",
    "pm",
    "a",
    "p",
    "e",
    "t",
    "z",
];

/// Numbers, dates, times and truth values: a digit, and no word but those of [`VALUE_WORDS`].
fn reads_as_value(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.len() > LONGEST_VALUE {
        return false;
    }
    if cell.eq_ignore_ascii_case("true") || cell.eq_ignore_ascii_case("false") {
        return true;
    }
    cell.contains(char::is_numeric)
        && cell
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| VALUE_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_in_every_disguise() {
        for cell in
            ["=1+1", "+49", "-x", "@cmd", "\tx", "\rx", "  =1", "＝HYPERLINK()", "＋1", "－1", "＠x", "−5 km"]
        {
            assert!(needs_guard(cell), "{cell:?}");
        }
    }

    #[test]
    fn numbers_dates_times_and_truth_values_are_guarded() {
        for cell in [
            "12",
            "1.5",
            "1,000",
            "1e5",
            "12 %",
            "$5",
            "1/2",
            "3-4",
            "2018-02-28",
            "28.02.2018",
            "MARCH1",
            "SEPT2",
            "May 1, 2018",
            "28 Feb 2018 10:00 AM",
            "10:30",
            "2018-02-28T10:30",
            "TRUE",
            "false",
            "2022",
        ] {
            assert!(needs_guard(cell), "{cell:?}");
        }
    }

    #[test]
    fn names_with_digits_and_open_dates_stay_as_they_are() {
        for cell in [
            "UNC1151",
            "APT29",
            "Boeing 737",
            "F-16",
            "May",
            "XXXX-08-12",
            "P3M",
            "2018-W09",
            "Vilnius",
            "",
            "3rd",
        ] {
            assert!(!needs_guard(cell), "{cell:?}");
        }
    }

    #[test]
    fn an_apostrophe_of_the_text_is_guarded_so_that_guards_can_be_undone() {
        assert!(needs_guard("'s"));
    }
}
