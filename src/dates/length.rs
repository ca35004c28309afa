//! TIMEX3 values of durations.

use super::meaning::{Amount, Unit};

/// The value of so much time (`P3M`, `PT1H30M`, `PXD`).
pub(super) fn value(amount: Option<Amount>, unit: Unit) -> String {
    let (times, letter, clock) = match unit {
        Unit::Second => (1, "S", true),
        Unit::Minute => (1, "M", true),
        Unit::Hour => (1, "H", true),
        Unit::Day => (1, "D", false),
        Unit::Week => (1, "W", false),
        Unit::Fortnight => (2, "W", false),
        Unit::Weekend => (1, "WE", false),
        Unit::Month => (1, "M", false),
        Unit::Quarter => (1, "Q", false),
        Unit::Half => (6, "M", false),
        Unit::Season => (3, "M", false),
        Unit::Year => (1, "Y", false),
        Unit::Decade => (10, "Y", false),
        Unit::Century => (100, "Y", false),
        Unit::Millennium => (1000, "Y", false),
    };
    let prefix = if clock { "PT" } else { "P" };
    let Some(amount) = amount else { return format!("{prefix}X{letter}") };
    let parts = amount.0.saturating_mul(times);
    let (whole, rest) = (parts / Amount::WHOLE, parts % Amount::WHOLE);
    let finer = match unit {
        Unit::Year | Unit::Decade | Unit::Century => Some((12, "M")),
        Unit::Hour => Some((60, "M")),
        Unit::Minute => Some((60, "S")),
        _ => None,
    };
    match finer {
        _ if rest == 0 => format!("{prefix}{whole}{letter}"),
        Some((per, name)) if (rest * per) % Amount::WHOLE == 0 => {
            let finer = rest * per / Amount::WHOLE;
            let coarse = if whole == 0 { String::new() } else { format!("{whole}{letter}") };
            format!("{prefix}{coarse}{finer}{name}")
        }
        _ => format!("{prefix}{whole}.{}{letter}", decimals(rest)),
    }
}

/// `rest` parts of a whole, as decimal digits without trailing zeros, two at most.
fn decimals(rest: i64) -> String {
    let hundredths = (rest * 100 / Amount::WHOLE).clamp(0, 99);
    format!("{hundredths:02}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_with_whole_parts_where_there_are_some() {
        let half = Amount::WHOLE / 2;
        let cases = [
            (Some(Amount::whole(3)), Unit::Month, "P3M"),
            (Some(Amount(Amount::whole(2).0 + half)), Unit::Year, "P2Y6M"),
            (Some(Amount(half)), Unit::Hour, "PT30M"),
            (Some(Amount(Amount::whole(1).0 + half)), Unit::Minute, "PT1M30S"),
            (Some(Amount::whole(3)), Unit::Decade, "P30Y"),
            (Some(Amount(half)), Unit::Century, "P50Y"),
            (Some(Amount(Amount::whole(1).0 + half)), Unit::Month, "P1.5M"),
            (Some(Amount::whole(1)), Unit::Fortnight, "P2W"),
            (None, Unit::Day, "PXD"),
            (None, Unit::Hour, "PTXH"),
        ];
        for (amount, unit, expected) in cases {
            assert_eq!(value(amount, unit), expected);
        }
    }
}
