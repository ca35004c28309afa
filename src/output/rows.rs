//! CSV rows as RFC 4180 has them, in the dialect of a profile. A cell is written bare into the buffer and then, only if
//! it needs it, quoted or guarded in place: most cells cost one look at their bytes.

use super::columns::{Column, Field, Kind};
use super::profiles::{Profile, needs_guard};

/// Appends the byte order mark, if the profile has one, and the header row.
pub(super) fn push_header(out: &mut String, fields: &[Field], profile: Profile) {
    if profile.is_spreadsheet() {
        out.push('\u{feff}');
    }
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            out.push(profile.delimiter());
        }
        out.push_str(field.name);
    }
    out.push_str(profile.line_end());
}

/// Appends one row.
pub(super) fn push_row<R>(out: &mut String, columns: &[Column<R>], row: &R, profile: Profile) {
    let delimiter = profile.delimiter();
    for (i, column) in columns.iter().enumerate() {
        if i > 0 {
            out.push(delimiter);
        }
        let start = out.len();
        (column.write)(row, out);
        if column.closes {
            close_cell(out, start, column.kind, profile);
        }
    }
    out.push_str(profile.line_end());
}

/// Makes the bare cell at the end of `out` ready: guard, decimal mark, quotes.
pub(super) fn close_cell(out: &mut String, start: usize, kind: Kind, profile: Profile) {
    if out.len() == start {
        return;
    }
    if profile.is_spreadsheet() {
        suit_spreadsheet(out, start, kind, profile);
    }
    if needs_quotes(&out.as_bytes()[start..], profile) {
        if out[start..].contains('"') {
            let bare = out.split_off(start);
            push_doubled(out, &bare);
        }
        out.insert(start, '"');
        out.push('"');
    }
}

/// Guards text; writes numbers as the spreadsheet's country does.
fn suit_spreadsheet(out: &mut String, start: usize, kind: Kind, profile: Profile) {
    let cell = &out[start..];
    let guard = match kind {
        Kind::Text => needs_guard(cell),
        Kind::Decimal => !is_plain_number(cell),
        // Ids of lists are checked when the lists are; one that slipped through must not run as a formula.
        Kind::Id => !cell.starts_with(|c: char| c.is_ascii_alphabetic()) && needs_guard(cell),
        Kind::Integer | Kind::Day | Kind::OpenDay | Kind::YesNo => false,
    };
    if guard {
        out.insert(start, '\'');
    } else if kind == Kind::Decimal && profile.decimal_mark() != '.' {
        let bare = out.split_off(start);
        out.extend(bare.chars().map(|c| if c == '.' { profile.decimal_mark() } else { c }));
    }
}

/// Sign, digits, at most one point.
fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// A separator, a quote or a line end inside? Looks at eight bytes at once.
fn needs_quotes(cell: &[u8], profile: Profile) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = EACH << 7;
    let delimiter = profile.delimiter() as u8;
    let special = |&b: &u8| b == delimiter || matches!(b, b'"' | b'\r' | b'\n');
    let (chunks, rest) = cell.as_chunks::<8>();
    let in_chunk = |chunk: &[u8; 8]| {
        let eight = u64::from_le_bytes(*chunk);
        // The top bit of a byte that is less than the limit; borrows reach no further than from such a byte.
        let below = |bytes: u64, limit: u8| bytes.wrapping_sub(EACH * u64::from(limit)) & !bytes & HIGHEST;
        let is = |byte: u8| below(eight ^ (EACH * u64::from(byte)), 1);
        (is(b'"') | is(delimiter) | below(eight, b'\r' + 1)) != 0 && chunk.iter().any(special)
    };
    // The last eight bytes serve for the rest, though some of them are looked at twice.
    let in_rest = || cell.last_chunk::<8>().map_or_else(|| rest.iter().any(special), in_chunk);
    chunks.iter().any(in_chunk) || !rest.is_empty() && in_rest()
}

/// Appends `bare` with each quote doubled.
fn push_doubled(out: &mut String, bare: &str) {
    for (i, part) in bare.split('"').enumerate() {
        if i > 0 {
            out.push_str("\"\"");
        }
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::columns::column;
    use super::*;

    type Cells = (String, String, String);

    fn columns() -> [Column<Cells>; 3] {
        [
            column("a", Kind::Text, "", |r: &Cells, out| out.push_str(&r.0)),
            column("b", Kind::Text, "", |r: &Cells, out| out.push_str(&r.1)),
            column("c", Kind::Decimal, "", |r: &Cells, out| out.push_str(&r.2)),
        ]
    }

    fn read_back(csv: &str, profile: Profile) -> Vec<Vec<String>> {
        let bare = csv.strip_prefix('\u{feff}').unwrap_or(csv);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(profile.delimiter() as u8)
            .has_headers(false)
            .from_reader(bare.as_bytes());
        reader.records().map(|r| r.expect("a row").iter().map(str::to_owned).collect()).collect()
    }

    fn unguarded(cell: &str, profile: Profile) -> &str {
        if profile.is_spreadsheet() { cell.strip_prefix('\'').unwrap_or(cell) } else { cell }
    }

    fn row_of(cells: &Cells, profile: Profile) -> String {
        let mut out = String::new();
        push_header(&mut out, &super::super::columns::fields(&columns()), profile);
        push_row(&mut out, &columns(), cells, profile);
        out
    }

    #[test]
    fn decimal_numbers_are_written_as_the_profile_does_and_anything_else_is_guarded() {
        let cells = |c: &str| (String::new(), "x".to_owned(), c.to_owned());
        assert_eq!(row_of(&cells("-5.12"), Profile::ExcelEu), "\u{feff}a;b;c\r\n;x;-5,12\r\n");
        assert_eq!(row_of(&cells("54.6872"), Profile::Excel), "\u{feff}a,b,c\r\n,x,54.6872\r\n");
        assert_eq!(row_of(&cells("=cmd()"), Profile::Excel), "\u{feff}a,b,c\r\n,x,'=cmd()\r\n");
        assert_eq!(row_of(&cells("54.6872"), Profile::Plain), "a,b,c\n,x,54.6872\n");
    }

    #[test]
    fn a_guarded_cell_is_quoted_around_its_guard() {
        let cells = ("=\"a\",b".to_owned(), String::new(), String::new());
        assert_eq!(row_of(&cells, Profile::Excel), "\u{feff}a,b,c\r\n\"'=\"\"a\"\",b\",,\r\n");
    }

    proptest! {
        #[test]
        fn any_cell_reads_back_equal_in_every_profile(
            a in "(?s)[-=+@',;\"\r\n\t 0-9a-zž＝]{0,12}|.{0,20}|[a-zž]{0,20}[,;\"\r\n][a-zž]{0,20}", b in "(?s).{0,20}|[\"\r\n;,']{0,6}",
        ) {
            for profile in Profile::ALL {
                let rows = read_back(&row_of(&(a.clone(), b.clone(), "1".to_owned()), profile), profile);
                prop_assert_eq!(rows.len(), 2);
                prop_assert_eq!(unguarded(&rows[1][0], profile), &a);
                prop_assert_eq!(unguarded(&rows[1][1], profile), &b);
                prop_assert_eq!(&rows[1][2], "1");
            }
        }
    }
}
