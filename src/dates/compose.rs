//! Puts a rule's captures together as its `emit` says: from words caught to a meaning, not yet placed in time.

use super::calendar::Season;
use super::lexicon::{Lexicon, holiday};
use super::meaning::{Amount, Anchor, Clock, Fields, Meaning, Reading, Shift, Unit};
use super::rule::{Emit, Make};
use crate::model::TokenSpan;
use crate::rules::{Capture, Pattern, RuleMatch};

/// How a listed count says that it does not count.
const UNCOUNTED: &str = "X";

/// A match, read for one of its rule's mentions.
pub(super) struct Caught<'a> {
    pub(super) lexicon: Lexicon<'a>,
    pub(super) pattern: &'a Pattern,
    pub(super) found: &'a RuleMatch,
    pub(super) emit: &'a Emit,
}

impl<'a> Caught<'a> {
    /// The tokens of the mention.
    pub(super) fn span(&self) -> TokenSpan {
        let name = self.emit.span.as_deref().unwrap_or("span");
        self.found.tokens_of(self.pattern.slot(name)).unwrap_or(self.found.tokens)
    }

    /// What it means; `None` if the words do not fit together (a 31st of June).
    pub(super) fn reading(&self) -> Option<Reading> {
        let meaning = match self.emit.make {
            Make::Calendar => Meaning::Calendar(Box::new(self.fields()?)),
            Make::Recurring => Meaning::Recurring(Box::new(self.fields()?)),
            Make::Unit => Meaning::Unit {
                unit: self.unit()?,
                shift: self.shift("shift").or_else(|| self.fixed_shift())?,
                clock: self.clock()?,
            },
            Make::Away => Meaning::Away {
                amount: self.amount()?,
                unit: self.unit()?,
                shift: self.shift("direction").or_else(|| self.fixed_shift())?,
            },
            Make::Length => Meaning::Length { amount: self.amount()?, unit: self.unit()? },
            Make::Fixed => Meaning::Fixed(self.emit.value.as_deref().or_else(|| self.value("value"))?.into()),
            Make::Nothing => return None,
        };
        let words = ["edge", "approx"].into_iter().find_map(|role| self.value(role));
        let modifier = self.emit.modifier.as_deref().or(words).filter(|m| !m.is_empty());
        let modifier = modifier.map(Into::into);
        Some(Reading { meaning, kind: self.emit.kind(), modifier, lean: self.emit.lean })
    }

    fn capture(&self, role: &str) -> Option<&'a Capture> {
        let name = self.emit.take.get(role).map_or(role, String::as_str);
        self.found.captures.get(self.pattern.slot(name)?)?.as_ref()
    }

    fn tokens(&self, role: &str) -> Option<TokenSpan> {
        self.capture(role).map(|c| TokenSpan::new(c.tokens.0, c.tokens.1)).filter(|span| !span.is_empty())
    }

    /// The value of the list row caught for `role`.
    fn value(&self, role: &str) -> Option<&'a str> {
        let row = self.capture(role)?.row?;
        Some(self.lexicon.page.gazetteer.value(&row))
    }

    fn column(&self, role: &str, column: &str) -> Option<&'a str> {
        let row = self.capture(role)?.row?;
        Some(self.lexicon.page.gazetteer.column(&row, column))
    }

    /// A small number: a row's value, or digits.
    fn number(&self, role: &str) -> Option<i16> {
        match self.value(role) {
            Some(value) => value.parse().ok(),
            None => self.lexicon.digits(self.tokens(role)?),
        }
    }

    fn small(&self, role: &str) -> Option<i8> {
        self.number(role).and_then(|n| i8::try_from(n).ok())
    }

    fn shift(&self, role: &str) -> Option<Shift> {
        let steps = self.value(role)?.parse().ok()?;
        let listed = self.column(role, "anchor").and_then(Anchor::parse).unwrap_or(Anchor::Document);
        Some(Shift { steps, anchor: self.emit.anchor.unwrap_or(listed) })
    }

    fn fixed_shift(&self) -> Option<Shift> {
        Some(Shift { steps: self.emit.shift?, anchor: self.emit.anchor.unwrap_or(Anchor::Document) })
    }

    fn unit(&self) -> Option<Unit> {
        Unit::parse(self.value("unit").or(self.emit.unit.as_deref())?)
    }

    /// The count; the inner `None` if the words do not count ("several").
    #[expect(clippy::option_option, reason = "not countable and not readable differ")]
    fn amount(&self) -> Option<Option<Amount>> {
        let more = self.tokens("plus").and_then(|span| self.lexicon.amount(span)).map_or(0, |plus| plus.0);
        match (self.value("amount"), self.tokens("amount")) {
            (Some(UNCOUNTED), _) => Some(None),
            (Some(listed), _) if listed.parse::<i64>().is_ok() => {
                Some(Some(Amount::whole(listed.parse().ok()?)))
            }
            (_, Some(span)) => Some(Some(Amount(self.lexicon.amount(span)?.0 + more))),
            (_, None) => Some(self.emit.amount.map(|n| Amount(Amount::whole(n).0 + more))),
        }
    }

    fn fields(&self) -> Option<Fields> {
        let era = self.value("era");
        let bc = era == Some("BC");
        let full = self.tokens("full_year").and_then(|span| self.lexicon.year(span, None));
        let listed = self.value("year").and_then(|value| value.parse().ok());
        let year = match self.tokens("year") {
            _ if listed.is_some() => listed,
            // a year with its era is written in full: AD 79
            Some(span) if era.is_some() => Some(self.lexicon.digits(span)?),
            Some(span) => Some(self.lexicon.year(span, full)?),
            None => None,
        };
        let fixed_year = self.emit.shift.filter(|_| self.emit.unit.as_deref() == Some("Y"));
        let anchor = self.emit.anchor.unwrap_or(Anchor::Document);
        // a range that ends in an earlier month began in the year before
        let turns = self.small("end_month").is_some_and(|end| self.small("month").is_some_and(|m| m > end));
        let year = if turns { year.map(|y| y - 1) } else { year };
        Some(Fields {
            year: if bc { year.map(|y| 1 - y) } else { year },
            bc,
            decade: self.number("decade").map(|d| if d >= 1000 { d / 10 } else { d }),
            short_decade: self.number("short_decade"),
            century: self.number("century").map(|n| n - 1),
            half: self.small("half"),
            quarter: self.small("quarter"),
            season: self.value("season").and_then(Season::parse),
            month: self.small("month"),
            day: self.small("day").or_else(|| self.day_and_hour().map(|(day, _)| day)),
            order: self.emit.order,
            as_compared: self.emit.unit.as_deref() == Some("Q"),
            weekday: self.small("weekday"),
            nth: self.small("nth"),
            weekend: self.tokens("weekend").is_some(),
            whole_week: self.tokens("whole_week").is_some(),
            holiday: self.value("holiday").and_then(holiday),
            clock: self.clock()?,
            shift: self.shift("shift"),
            year_shift: self.shift("year_shift").or(fixed_year.map(|steps| Shift { steps, anchor })),
            week_shift: self.shift("week_shift"),
            day_shift: self.shift("day_shift"),
        })
    }

    /// Day and hour of a time stamp, `24T05`.
    fn day_and_hour(&self) -> Option<(i8, u8)> {
        let (day, hour) = self.lexicon.page.surface(self.tokens("day_hour")?).split_once('T')?;
        let two_digits = |text: &str| text.len() == 2;
        (two_digits(day) && two_digits(hour)).then_some(())?;
        Some((day.parse().ok()?, hour.parse().ok()?))
    }

    /// The hour as said, moved by what stands before it ("quarter to") and after it ("p.m.").
    fn hour(&self, said: u8) -> Option<u8> {
        let moved = self.column("minute", "hours").and_then(|hours| hours.parse::<i8>().ok()).unwrap_or(0);
        let hour = match said.checked_add_signed(moved)? {
            0 if moved < 0 => 12,
            hour => hour,
        };
        let meridiem = self.value("meridiem").or_else(|| self.column("minute", "meridiem"));
        let meridiem = meridiem.or_else(|| self.column("half_day", "meridiem"));
        Some(match meridiem.filter(|m| !m.is_empty()) {
            Some("12") if hour < 12 => hour + 12,
            Some("0") if hour == 12 => 0,
            Some(_) if hour > 12 => return None,
            _ => hour,
        })
    }

    /// The time of day; the inner `None` if there is none.
    #[expect(clippy::option_option, reason = "no time and an impossible time differ")]
    fn clock(&self) -> Option<Option<Clock>> {
        if let Some(part) = self.value("part") {
            return Some(Some(Clock::Part(part.into())));
        }
        if let Some(value) = self.value("clock") {
            let (hour, minute) = value.split_once(':')?;
            return Some(Some(Clock::Time(hour.parse().ok()?, minute.parse().ok()?, None)));
        }
        if let Some(span) = self.tokens("hhmm") {
            let written = self.lexicon.digits(span).and_then(|n| u16::try_from(n).ok())?;
            let (hour, minute) = (u8::try_from(written / 100).ok()?, u8::try_from(written % 100).ok()?);
            return (hour <= 24 && minute < 60).then_some(Some(Clock::Time(hour, minute, None)));
        }
        let hour = match (self.tokens("hour"), self.day_and_hour()) {
            (Some(span), _) => self.hour(u8::try_from(self.lexicon.amount(span)?.as_whole()?).ok()?)?,
            (None, Some((_, hour))) => hour,
            (None, None) => return Some(None),
        };
        let part = |role| self.number(role).and_then(|n| u8::try_from(n).ok());
        let (minute, second) = (part("minute").unwrap_or(0), part("second"));
        let fits = hour <= 24 && minute < 60 && second.is_none_or(|s| s < 60);
        fits.then_some(Some(Clock::Time(hour, minute, second)))
    }
}
