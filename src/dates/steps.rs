//! Steps through the calendar: how far a weekday or a weekend lies from a day, and what a unit comes to that nothing places.

use super::calendar::{Grain, Stretch, add_days, iso_week, weekday};
use super::meaning::{Fields, Lean, Point, Unit};
use super::year::Open;
use jiff::civil::Date;

/// Days from a day of weekday `from` to the one meant by `to`.
pub(super) fn weekday_steps(from: i8, to: i8, shift: Option<i32>, lean: Option<Lean>, told: bool) -> i32 {
    let back = i32::from(from - to).rem_euclid(7);
    let ahead = i32::from(to - from).rem_euclid(7);
    match (shift, lean) {
        (Some(-1), _) => -(if back == 0 { 7 } else { back }),
        (Some(0), _) if told => ahead,
        (Some(1), _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (None, _) if told => {
            if ahead <= 3 {
                ahead
            } else {
                -back
            }
        }
        (Some(0), None | Some(Lean::Future)) | (None, Some(Lean::Future)) => ahead,
        _ => -back,
    }
}

/// The weekend `steps` weeks away; `the weekend` is the one before, or after in a clause of the future.
pub(super) fn weekend(date: Date, steps: i32, lean: Option<Lean>) -> Option<Stretch> {
    let before = steps == 0 && lean != Some(Lean::Future) && weekday(date) < 6;
    let date = add_days(date, if before { -7 } else { steps.checked_mul(7)? })?;
    Some(Stretch::Weekend(Some(iso_week(date))))
}

/// The size of a unit, if the calendar is cut into it.
pub(super) const fn grain(unit: Unit) -> Option<Grain> {
    Some(match unit {
        Unit::Day => Grain::Day,
        Unit::Week | Unit::Weekend => Grain::Week,
        Unit::Month => Grain::Month,
        Unit::Quarter => Grain::Quarter,
        Unit::Half => Grain::Half,
        Unit::Season => Grain::Season,
        Unit::Year => Grain::Year,
        Unit::Decade => Grain::Decade,
        Unit::Century => Grain::Century,
        _ => return None,
    })
}

/// The value of a unit that nothing places.
pub(super) fn unknown(unit: Unit) -> Option<String> {
    let value = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => "XXXX-XX-XXTXX",
        Unit::Day => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        Unit::Season | Unit::Millennium => return None,
    };
    Some(value.to_owned())
}

/// The open value of a part of the calendar that comes again.
pub(super) fn recurring(fields: &Fields) -> Point {
    let stretch = if let Some(day) = fields.weekday {
        Stretch::Weekday(day)
    } else if fields.weekend {
        Stretch::Weekend(None)
    } else {
        Open::of(fields).and_then(Open::unplaced).unwrap_or(Stretch::AnyDay)
    };
    Point { stretch, clock: fields.clock.clone() }
}
