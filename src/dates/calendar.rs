//! Stretches of the calendar: their TIMEX3 values, the days that they cover, and steps from one to another.
//!
//! Years are astronomical (0 is 1 BC). A part that is not known is `None` and is written `X`; nothing here guesses it.
//! Civil dates only: no clock, no time zone.

use jiff::civil::{Date, Weekday};
use std::fmt;

/// Size of a stretch, coarsest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Century,
    Decade,
    Year,
    Half,
    Season,
    Quarter,
    Month,
    Week,
    Day,
}

/// A season; its days are those of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    /// From its TIMEX3 code.
    pub(super) fn parse(code: &str) -> Option<Self> {
        [Self::Spring, Self::Summer, Self::Autumn, Self::Winter].into_iter().find(|s| s.code() == code)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    const fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

/// A year and a week of it (ISO 8601).
pub(super) type IsoWeek = (i16, i8);

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// `19` is 1900 to 1999; before Christ if the flag is set.
    Century(i16, bool),
    /// `198` is 1980 to 1989; before Christ if the flag is set.
    Decade(i16, bool),
    Year(Option<i16>),
    Half(Option<i16>, i8),
    Quarter(Option<i16>, i8),
    Season(Option<i16>, Season),
    Month(Option<i16>, i8),
    Week(Option<IsoWeek>),
    Weekend(Option<IsoWeek>),
    /// Monday is 1.
    Weekday(i8),
    Day(Option<i16>, i8, i8),
    /// One of two days of a year, the earlier first.
    Either(Date, Date),
    /// Some day of a known month.
    SomeDay(Option<i16>, i8),
    /// Some day.
    AnyDay,
}

impl Stretch {
    /// The stretch of one day.
    pub(super) fn day(date: Date) -> Self {
        Self::Day(Some(date.year()), date.month(), date.day())
    }

    /// One of two days.
    pub(super) fn either(one: Date, other: Date) -> Self {
        Self::Either(one.min(other), one.max(other))
    }

    /// The ISO week of `date`.
    pub(super) fn week(date: Date) -> Self {
        Self::Week(Some(iso_week(date)))
    }

    /// The stretch of size `grain` that holds `date`.
    pub(super) fn around(date: Date, grain: Grain) -> Self {
        let (year, month) = (date.year(), date.month());
        match grain {
            Grain::Century => Self::Century(year.div_euclid(100), false),
            Grain::Decade => Self::Decade(year.div_euclid(10), false),
            Grain::Year => Self::Year(Some(year)),
            Grain::Half => Self::Half(Some(year), if month <= 6 { 1 } else { 2 }),
            Grain::Quarter => Self::Quarter(Some(year), (month + 2) / 3),
            Grain::Season => {
                let season = match month {
                    3..=5 => Season::Spring,
                    6..=8 => Season::Summer,
                    9..=11 => Season::Autumn,
                    _ => Season::Winter,
                };
                Self::Season(Some(if month <= 2 { year - 1 } else { year }), season)
            }
            Grain::Month => Self::Month(Some(year), month),
            Grain::Week => Self::week(date),
            Grain::Day => Self::day(date),
        }
    }

    /// Its size.
    pub(super) const fn grain(self) -> Grain {
        match self {
            Self::Century(..) => Grain::Century,
            Self::Decade(..) => Grain::Decade,
            Self::Year(_) => Grain::Year,
            Self::Half(..) => Grain::Half,
            Self::Quarter(..) => Grain::Quarter,
            Self::Season(..) => Grain::Season,
            Self::Month(..) => Grain::Month,
            Self::Week(_) | Self::Weekend(_) => Grain::Week,
            Self::Weekday(_) | Self::Day(..) | Self::Either(..) | Self::SomeDay(..) | Self::AnyDay => {
                Grain::Day
            }
        }
    }

    /// Its year, if known.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Either(first, _) => Some(first.year()),
            Self::Year(year)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Season(year, _)
            | Self::Month(year, _)
            | Self::SomeDay(year, _)
            | Self::Day(year, ..) => year,
            Self::Week(Some((year, _))) | Self::Weekend(Some((year, _))) => Some(year),
            _ => None,
        }
    }

    /// The same in `year`; unchanged if it has no year to set.
    #[must_use]
    pub(super) const fn in_year(self, year: i16) -> Self {
        let year = Some(year);
        match self {
            Self::Year(_) => Self::Year(year),
            Self::Half(_, n) => Self::Half(year, n),
            Self::Quarter(_, n) => Self::Quarter(year, n),
            Self::Season(_, season) => Self::Season(year, season),
            Self::Month(_, month) => Self::Month(year, month),
            Self::Day(_, month, day) => Self::Day(year, month, day),
            Self::SomeDay(_, month) => Self::SomeDay(year, month),
            other => other,
        }
    }

    /// First and last day, if determined.
    pub(super) fn days(self) -> Option<(Date, Date)> {
        match self {
            Self::Century(n, false) => years(n.checked_mul(100)?, 100),
            Self::Century(n, true) => years(-99 - n.checked_mul(100)?, 100),
            Self::Decade(n, false) => years(n.checked_mul(10)?, 10),
            Self::Decade(n, true) => years(-8 - n.checked_mul(10)?, 10),
            Self::Year(Some(year)) => years(year, 1),
            Self::Half(Some(year), n) => months(year, 6 * n - 5, 6),
            Self::Quarter(Some(year), n) => months(year, 3 * n - 2, 3),
            Self::Season(Some(year), season) => months(year, season.first_month(), 3),
            Self::Month(Some(year), month) => months(year, month, 1),
            Self::Week(Some(week)) => {
                let monday = monday_of(week)?;
                Some((monday, add_days(monday, 6)?))
            }
            Self::Weekend(Some(week)) => {
                let monday = monday_of(week)?;
                Some((add_days(monday, 5)?, add_days(monday, 6)?))
            }
            Self::Day(Some(year), month, day) => {
                let date = Date::new(year, month, day).ok()?;
                Some((date, date))
            }
            Self::Either(first, last) => Some((first, last)),
            _ => None,
        }
    }

    /// First day, if determined.
    pub(super) fn first_day(self) -> Option<Date> {
        self.days().map(|(first, _)| first)
    }

    /// The stretch of the same size `steps` sizes later (earlier if negative).
    pub(super) fn step(self, steps: i32) -> Option<Self> {
        let narrow = i16::try_from(steps).ok()?;
        Some(match self {
            Self::Century(n, bc) => Self::Century(n.checked_add(if bc { -narrow } else { narrow })?, bc),
            Self::Decade(n, bc) => Self::Decade(n.checked_add(if bc { -narrow } else { narrow })?, bc),
            Self::Year(Some(year)) => Self::Year(Some(year.checked_add(narrow)?)),
            Self::Half(Some(year), n) => {
                let (year, n) = step_in_year(year, n, 2, steps)?;
                Self::Half(Some(year), n)
            }
            Self::Quarter(Some(year), n) => {
                let (year, n) = step_in_year(year, n, 4, steps)?;
                Self::Quarter(Some(year), n)
            }
            Self::Season(Some(year), season) => Self::Season(Some(year.checked_add(narrow)?), season),
            Self::Month(Some(year), month) => {
                let (year, month) = step_in_year(year, month, 12, steps)?;
                Self::Month(Some(year), month)
            }
            Self::Week(Some(week)) => Self::week(add_days(monday_of(week)?, steps.checked_mul(7)?)?),
            Self::Weekend(Some(week)) => {
                Self::Weekend(Some(iso_week(add_days(monday_of(week)?, steps.checked_mul(7)?)?)))
            }
            Self::Day(Some(year), month, day) => {
                Self::day(add_days(Date::new(year, month, day).ok()?, steps)?)
            }
            Self::Day(None, month, day) => open_day(month, day, steps)?,
            Self::Weekday(day) => {
                let day = (i32::from(day) - 1 + steps.rem_euclid(7)).rem_euclid(7) + 1;
                Self::Weekday(i8::try_from(day).ok()?)
            }
            Self::AnyDay => Self::AnyDay,
            _ => return None,
        })
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Century(n, bc) => write!(f, "{}{n:02}", era(bc)),
            Self::Decade(n, bc) => write!(f, "{}{n:03}", era(bc)),
            Self::Year(year) => write!(f, "{}", Year(year)),
            Self::Half(year, n) => write!(f, "{}-H{n}", Year(year)),
            Self::Quarter(year, n) => write!(f, "{}-Q{n}", Year(year)),
            Self::Season(year, season) => write!(f, "{}-{}", Year(year), season.code()),
            Self::Month(year, month) => write!(f, "{}-{month:02}", Year(year)),
            Self::Week(Some((year, week))) => write!(f, "{}-W{week:02}", Year(Some(year))),
            Self::Weekend(Some((year, week))) => write!(f, "{}-W{week:02}-WE", Year(Some(year))),
            Self::Week(None) => f.write_str("XXXX-WXX"),
            Self::Weekend(None) => f.write_str("XXXX-WXX-WE"),
            Self::Weekday(day) => write!(f, "XXXX-WXX-{day}"),
            Self::Day(year, month, day) => write!(f, "{}-{month:02}-{day:02}", Year(year)),
            Self::SomeDay(year, month) => write!(f, "{}-{month:02}-XX", Year(year)),
            Self::Either(first, _) => write!(f, "{}-XX-XX", Year(Some(first.year()))),
            Self::AnyDay => f.write_str("XXXX-XX-XX"),
        }
    }
}

/// A year as TIMEX3 writes it.
struct Year(Option<i16>);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("XXXX"),
            Some(year) if year <= 0 => write!(f, "BC{:04}", 1 - i32::from(year)),
            Some(year) => write!(f, "{year:04}"),
        }
    }
}

const fn era(bc: bool) -> &'static str {
    if bc { "BC" } else { "" }
}

/// The ISO week of a day.
pub(super) fn iso_week(date: Date) -> IsoWeek {
    let iso = date.iso_week_date();
    (iso.year(), iso.week())
}

/// Monday is 1.
pub(super) fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// `date` and so many days.
pub(super) fn add_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// `date` and so many months; the day is cut to the month's length.
pub(super) fn add_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// The nth such weekday (Monday is 1) of a month; counted from the end if negative.
pub(super) fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

/// Easter Sunday of the western churches (the anonymous Gregorian computation).
pub(super) fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century) = (year.rem_euclid(19), year.div_euclid(100));
    let corrected = century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15;
    let epact = corrected.rem_euclid(30);
    let moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let sunday = (year + year.div_euclid(4) + moon + 2 - century + century / 4).rem_euclid(7);
    let offset = moon - sunday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Easter Sunday of the eastern churches (Meeus's Julian computation), in the Gregorian calendar.
pub(super) fn eastern_easter(year: i16) -> Option<Date> {
    let of = i32::from(year);
    let moon = (19 * of.rem_euclid(19) + 15).rem_euclid(30);
    let sunday = (2 * of.rem_euclid(4) + 4 * of.rem_euclid(7) - moon + 34).rem_euclid(7);
    let offset = moon + sunday + 114;
    let julian =
        Date::new(year, i8::try_from(offset / 31).ok()?, i8::try_from(offset % 31 + 1).ok()?).ok()?;
    let behind = of.div_euclid(100) - of.div_euclid(400) - 2;
    add_days(julian, behind)
}

fn monday_of((year, week): IsoWeek) -> Option<Date> {
    jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok().map(jiff::civil::ISOWeekDate::date)
}

fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    let last = first.checked_add(count - 1)?;
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

fn months(year: i16, month: i8, count: i32) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, add_days(add_months(first, count)?, -1)?))
}

/// Steps within a year of `parts` parts, numbered from 1.
fn step_in_year(year: i16, part: i8, parts: i32, steps: i32) -> Option<(i16, i8)> {
    let all = (i32::from(year) * parts + i32::from(part) - 1).checked_add(steps)?;
    Some((i16::try_from(all.div_euclid(parts)).ok()?, i8::try_from(all.rem_euclid(parts)).ok()? + 1))
}

/// A day of an unknown year, some days away; open if the length of February decides.
fn open_day(month: i8, day: i8, steps: i32) -> Option<Stretch> {
    let in_year = |year: i16| add_days(Date::new(year, month, day).ok()?, steps);
    let (leap, plain) = (in_year(2024)?, in_year(2023)?);
    let same = (leap.month(), leap.day()) == (plain.month(), plain.day());
    Some(if same { Stretch::Day(None, leap.month(), leap.day()) } else { Stretch::AnyDay })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_are_written_as_timex3_does() {
        let written: Vec<String> = [
            Stretch::Century(19, false),
            Stretch::Decade(48, true),
            Stretch::Year(Some(-489)),
            Stretch::Quarter(Some(1997), 3),
            Stretch::Season(None, Season::Winter),
            Stretch::week(date(2021, 1, 3)),
            Stretch::Weekend(None),
            Stretch::Weekday(3),
            Stretch::Day(None, 8, 12),
            Stretch::AnyDay,
        ]
        .iter()
        .map(ToString::to_string)
        .collect();
        let expected = [
            "19",
            "BC048",
            "BC0490",
            "1997-Q3",
            "XXXX-WI",
            "2020-W53",
            "XXXX-WXX-WE",
            "XXXX-WXX-3",
            "XXXX-08-12",
            "XXXX-XX-XX",
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn steps_cross_the_ends_of_months_and_years() {
        let step = |stretch: Stretch, n| stretch.step(n).map(|s| s.to_string());
        assert_eq!(step(Stretch::Quarter(Some(1990), 1), -1).as_deref(), Some("1989-Q4"));
        assert_eq!(step(Stretch::Month(Some(1999), 12), 2).as_deref(), Some("2000-02"));
        assert_eq!(step(Stretch::Day(Some(2024), 2, 28), 2).as_deref(), Some("2024-03-01"));
        assert_eq!(step(Stretch::Day(None, 8, 5), -7).as_deref(), Some("XXXX-07-29"));
        assert_eq!(step(Stretch::Day(None, 2, 28), 2).as_deref(), Some("XXXX-XX-XX"));
        assert_eq!(step(Stretch::Weekday(6), 3).as_deref(), Some("XXXX-WXX-2"));
        assert_eq!(step(Stretch::Weekday(1), -1).as_deref(), Some("XXXX-WXX-7"));
        assert_eq!(step(Stretch::Year(None), 1), None);
    }

    #[test]
    fn a_stretch_covers_its_first_to_its_last_day() {
        let days = |s: Stretch| s.days().unwrap();
        assert_eq!(days(Stretch::Half(Some(2025), 2)), (date(2025, 7, 1), date(2025, 12, 31)));
        assert_eq!(days(Stretch::Season(Some(2023), Season::Winter)), (date(2023, 12, 1), date(2024, 2, 29)));
        assert_eq!(days(Stretch::Century(18, false)), (date(1800, 1, 1), date(1899, 12, 31)));
        assert_eq!(days(Stretch::Decade(48, true)), (date(-488, 1, 1), date(-479, 12, 31)));
        assert_eq!(Stretch::Month(None, 5).days(), None);
    }

    #[test]
    fn easter_falls_on_the_known_sundays() {
        for (year, month, day) in [(1998, 4, 12), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2025, 4, 20)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
        for (year, month, day) in [(2014, 4, 20), (2021, 5, 2), (2022, 4, 24), (2023, 4, 16), (2024, 5, 5)] {
            assert_eq!(eastern_easter(year), Some(date(year, month, day)));
        }
    }
}
