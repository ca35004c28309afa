//! What the cells of a list must look like.

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    Id,
    Country,
    Latitude,
    Longitude,
    Count,
    Date,
}

/// What is wrong and what is expected.
type Wrong = (String, &'static str);

/// Checks a cell; an empty one is right, except an id.
pub(super) fn check(cell: &str, kind: Check) -> Result<(), Wrong> {
    if cell.is_empty() && kind != Check::Id {
        return Ok(());
    }
    let (right, what, expected) = match kind {
        Check::Id => (is_id(cell), "id", "an id without blanks or `|`"),
        Check::Country => (is_country(cell), "country", "two capital letters (ISO 3166-1)"),
        Check::Latitude => (is_degrees(cell, 90.0), "latitude", "degrees from -90 to 90"),
        Check::Longitude => (is_degrees(cell, 180.0), "longitude", "degrees from -180 to 180"),
        Check::Count => (cell.parse::<u64>().is_ok(), "population", "a whole number"),
        Check::Date => (is_date(cell), "date", "YYYY, YYYY-MM or YYYY-MM-DD"),
    };
    match right {
        true => Ok(()),
        false if cell.is_empty() => Err((format!("no {what}"), expected)),
        false => Err((format!("bad {what} `{cell}`"), expected)),
    }
}

fn is_id(cell: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'|';
    !cell.is_empty()
        && (cell.bytes().all(is_plain)
            || !cell.chars().any(|c| c == '|' || c.is_whitespace() || c.is_control()))
}

fn is_country(cell: &str) -> bool {
    matches!(cell.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z'])
}

fn is_degrees(cell: &str, limit: f64) -> bool {
    is_small_decimal(cell) || cell.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= limit)
}

/// `-12.5`: at most two digits before the point that need no look at any limit, as most degrees have.
fn is_small_decimal(cell: &str) -> bool {
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    match cell.strip_prefix('-').unwrap_or(cell).as_bytes() {
        [b'0'..=b'9', b'.', rest @ ..] | [b'0'..=b'8', b'0'..=b'9', b'.', rest @ ..] => digits(rest),
        _ => false,
    }
}

/// A calendar date with four-digit year; month and day may be missing.
pub(super) fn is_date(cell: &str) -> bool {
    let shape_is_right = cell.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shape_is_right || !matches!(cell.len(), 4 | 7 | 10) {
        return false;
    }
    let year = cell.get(..4).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let part = |from: usize| cell.get(from..from + 2).map_or(1, |digits| digits.parse().unwrap_or(0));
    jiff::civil::Date::new(year, part(5), part(8)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_right_or_wrong() {
        let table = [
            (Check::Id, "place-vilnius-lt", true),
            (Check::Id, "bench:C:AD", true),
            (Check::Id, "", false),
            (Check::Id, "two words", false),
            (Check::Id, "a|b", false),
            (Check::Country, "LT", true),
            (Check::Country, "", true),
            (Check::Country, "lt", false),
            (Check::Country, "LTU", false),
            (Check::Latitude, "54.68", true),
            (Check::Latitude, "91", false),
            (Check::Latitude, "NaN", false),
            (Check::Longitude, "-179.9", true),
            (Check::Longitude, "east", false),
            (Check::Count, "1200000", true),
            (Check::Count, "1.2e6", false),
            (Check::Date, "2019", true),
            (Check::Date, "2019-07", true),
            (Check::Date, "2019-02-28", true),
            (Check::Date, "2019-02-29", false),
            (Check::Date, "2019-13", false),
            (Check::Date, "19-1-1", false),
            (Check::Date, "2019/07/12", false),
        ];
        for (kind, cell, right) in table {
            assert_eq!(check(cell, kind).is_ok(), right, "{kind:?} {cell}");
        }
    }
}
