//! Parts of the calendar without a year (`March`, `Aug. 2`, `the fall`, Easter) and the year that they are meant in.

use super::calendar::{Grain, Season, Stretch, add_days, easter, eastern_easter, nth_weekday};
use super::meaning::{Fields, Holiday, Lean, Order};
use jiff::civil::Date;

/// A part of the calendar whose year is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    Half(i8),
    Quarter(i8),
    Season(Season),
    Month(i8),
    Day(i8, i8),
    /// A day in digits of unknown order: month and day, or day and month.
    Either(i8, i8),
    /// Month, nth, weekday.
    NthWeekday(i8, i8, i8),
    Holiday(Holiday),
}

impl Open {
    /// The part that `fields` name, if any.
    pub(super) fn of(fields: &Fields) -> Option<Self> {
        if let Some(holiday) = fields.holiday {
            return Some(Self::Holiday(holiday));
        }
        match (fields.month, fields.day, fields.nth.zip(fields.weekday)) {
            (Some(month), None, Some((nth, weekday))) => return Some(Self::NthWeekday(month, nth, weekday)),
            (Some(one), Some(other), _) if fields.order == Some(Order::Open) && one != other => {
                return Some(Self::Either(one, other));
            }
            (Some(month), Some(day), _) => return Some(Self::Day(month, day)),
            (Some(month), None, _) => return Some(Self::Month(month)),
            (None, ..) => {}
        }
        let quarter = fields.quarter.map(Self::Quarter);
        quarter.or(fields.half.map(Self::Half)).or(fields.season.map(Self::Season))
    }

    /// It in a year; `None` if there is no such day.
    pub(super) fn in_year(self, year: i16) -> Option<Stretch> {
        Some(match self {
            Self::Half(n) => Stretch::Half(Some(year), n),
            Self::Quarter(n) => Stretch::Quarter(Some(year), n),
            Self::Season(season) => Stretch::Season(Some(year), season),
            Self::Month(month) => Stretch::Month(Some(year), month),
            Self::Day(month, day) | Self::Holiday(Holiday::Fixed(month, day)) => {
                Stretch::day(Date::new(year, month, day).ok()?)
            }
            Self::Either(one, other) => {
                Stretch::either(Date::new(year, one, other).ok()?, Date::new(year, other, one).ok()?)
            }
            Self::NthWeekday(month, nth, weekday) => Stretch::day(nth_weekday(year, month, nth, weekday)?),
            Self::Holiday(Holiday::Easter(days)) => Stretch::day(add_days(easter(year)?, days)?),
            Self::Holiday(Holiday::EasternEaster(days)) => {
                Stretch::day(add_days(eastern_easter(year)?, days)?)
            }
            Self::Holiday(Holiday::Nth(month, nth, weekday, days)) => {
                Stretch::day(add_days(nth_weekday(year, month, nth, weekday)?, days)?)
            }
        })
    }

    /// It without a year; `None` if no year has such a day.
    pub(super) fn unplaced(self) -> Option<Stretch> {
        Some(match self {
            Self::Half(n) => Stretch::Half(None, n),
            Self::Quarter(n) => Stretch::Quarter(None, n),
            Self::Season(season) => Stretch::Season(None, season),
            Self::Month(month) => Stretch::Month(None, month),
            Self::Day(month, day) | Self::Holiday(Holiday::Fixed(month, day)) => {
                Date::new(2024, month, day).ok()?;
                Stretch::Day(None, month, day)
            }
            Self::NthWeekday(month, ..) | Self::Holiday(Holiday::Nth(month, ..)) => {
                Stretch::SomeDay(None, month)
            }
            Self::Either(..) | Self::Holiday(Holiday::Easter(_) | Holiday::EasternEaster(_)) => {
                Stretch::AnyDay
            }
        })
    }
}

/// A day named next tells no more if it is further than this, in days.
const NEAR: i32 = 365;

/// Candidates in the years around `year`, with their days.
fn around(open: Open, year: i16) -> impl Iterator<Item = (Stretch, Date, Date)> {
    (-1..=1).filter_map(move |step| {
        let stretch = open.in_year(year.checked_add(step)?)?;
        let (first, last) = stretch.days()?;
        Some((stretch, first, last))
    })
}

/// `last`, `this`, `next` of it, seen from the stretch `base`.
pub(super) fn shifted(open: Open, base: (Date, Date), steps: i32) -> Option<Stretch> {
    let (first_day, last_day) = base;
    let mut all = around(open, first_day.year());
    match steps {
        ..0 => all.filter(|(_, _, last)| *last < first_day).last().map(|(s, ..)| s),
        0 => open.in_year(first_day.year()),
        1.. => all.find(|(_, first, _)| *first > last_day).map(|(s, ..)| s),
    }
}

/// The one that news of `date` means.
pub(super) fn nearest(open: Open, date: Date, lean: Option<Lean>) -> Option<Stretch> {
    let all = around(open, date.year());
    match lean {
        Some(Lean::Begun) => all.filter(|(_, first, _)| *first <= date).last().map(|(s, ..)| s),
        _ => all.min_by_key(|(_, first, last)| cost(*first, *last, date, lean)).map(|(s, ..)| s),
    }
}

/// News looks back more than ahead, unless its words look ahead; but what is near is near.
fn cost(first: Date, last: Date, date: Date, lean: Option<Lean>) -> i32 {
    let (back, ahead) = match lean {
        Some(Lean::Future) => (4, 1),
        // a day that is near is often set ahead in words of the past ("they set Nov. 6 for it"), a month seldom
        Some(_) if first == last => (1, 4),
        Some(_) => (1, 8),
        None => (1, 2),
    };
    if last < date {
        days_between(last, date) * back
    } else if first > date {
        days_between(date, first) * ahead
    } else {
        0
    }
}

/// A year named in passing costs so much, in days, against what the story was at.
const ASIDE: i32 = 60;

/// The one that a story means when it has told of `told`, has perhaps named another year in passing (`aside`) and will
/// name the day `next`: mostly what lies between.
pub(super) fn following(
    open: Open,
    told: Stretch,
    aside: Option<Stretch>,
    next: Option<Date>,
) -> Option<Stretch> {
    let main = prices(open, told, next).into_iter().flatten();
    let other = aside.and_then(|aside| prices(open, aside, next)).into_iter().flatten();
    let all = main.chain(other.map(|(price, stretch)| (price + ASIDE, stretch)));
    all.min_by_key(|(price, _)| *price).map(|(_, stretch)| stretch)
}

/// The candidates near `told`, each with its distance from what was told and from the day named next.
fn prices(open: Open, told: Stretch, next: Option<Date>) -> Option<impl Iterator<Item = (i32, Stretch)>> {
    let (start, end) = told.days()?;
    // a year may be named in passing
    let back = if told.grain() <= Grain::Year { 1 } else { 4 };
    let price = move |first: Date, last: Date| {
        let from_told =
            if last < start { days_between(last, start) * back } else { days_between(end, first).max(0) * 2 };
        let to_next = match next {
            Some(next) if first > next => days_between(next, first).min(NEAR) * 2,
            Some(next) => days_between(last, next).clamp(0, NEAR) / 2,
            None => 0,
        };
        from_told + to_next
    };
    Some(around(open, start.year()).map(move |(stretch, first, last)| (price(first, last), stretch)))
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX / 4, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn value(stretch: Option<Stretch>) -> String {
        stretch.map(|s| s.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_bare_month_of_news_lies_before_it_unless_the_clause_looks_ahead() {
        let day = date(1998, 12, 5);
        assert_eq!(value(nearest(Open::Month(10), day, None)), "1998-10");
        assert_eq!(value(nearest(Open::Month(4), day, Some(Lean::Future))), "1999-04");
        assert_eq!(value(nearest(Open::Month(3), day, Some(Lean::Past))), "1998-03");
        assert_eq!(value(nearest(Open::Day(12, 20), day, Some(Lean::Past))), "1998-12-20");
        assert_eq!(value(nearest(Open::Month(12), day, None)), "1998-12");
    }

    #[test]
    fn last_and_next_leave_the_month_that_we_are_in() {
        let base = (date(1989, 11, 2), date(1989, 11, 2));
        assert_eq!(value(shifted(Open::Month(11), base, -1)), "1988-11");
        assert_eq!(value(shifted(Open::Month(9), base, 0)), "1989-09");
        assert_eq!(value(shifted(Open::Season(Season::Spring), base, 1)), "1990-SP");
    }

    #[test]
    fn a_story_goes_on_from_what_it_told() {
        let told = |year, month| Stretch::Month(Some(year), month);
        assert_eq!(value(following(Open::Month(2), told(1940, 12), None, None)), "1941-02");
        assert_eq!(value(following(Open::Month(8), told(1940, 9), None, None)), "1940-08");
        assert_eq!(value(following(Open::Month(9), Stretch::Year(Some(1940)), None, None)), "1940-09");
        assert_eq!(
            value(following(Open::Day(5, 1), Stretch::day(date(2004, 3, 29)), None, None)),
            "2004-05-01"
        );
        let next = Some(date(1975, 4, 29));
        assert_eq!(value(following(Open::Day(3, 11), Stretch::Year(Some(1976)), None, next)), "1975-03-11");
        let aside = Some(Stretch::Year(Some(1790)));
        let next = Some(date(1793, 10, 24));
        assert_eq!(value(following(Open::Day(8, 17), told(1793, 6), aside, next)), "1793-08-17");
        let next = Some(date(1790, 9, 2));
        assert_eq!(value(following(Open::Day(8, 17), told(1793, 6), aside, next)), "1790-08-17");
    }

    #[test]
    fn holidays_fall_on_their_days() {
        let thanksgiving = Open::Holiday(Holiday::Nth(11, 4, 4, 0));
        assert_eq!(value(thanksgiving.in_year(1999)), "1999-11-25");
        assert_eq!(value(Open::Holiday(Holiday::Easter(-2)).in_year(2024)), "2024-03-29");
        assert_eq!(value(Open::Holiday(Holiday::Nth(11, 1, 1, 1)).in_year(2016)), "2016-11-08");
        assert_eq!(value(thanksgiving.unplaced()), "XXXX-11-XX");
        assert_eq!(Open::Day(6, 31).unplaced(), None);
    }
}
