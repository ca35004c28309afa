//! Places meanings in time: against the document's date, or the date that the text mentioned last.
//!
//! What neither determines stays open (`X`): no year is guessed, and nothing here reads a clock.

use super::calendar::{Grain, Stretch, add_days, add_months, iso_week, weekday};
use super::length;
use super::meaning::{Amount, Anchor, Clock, Fields, Lean, Meaning, Point, Reading, Shift, Unit};
use super::steps::{grain, recurring, unknown, weekday_steps, weekend};
use super::year::{self, Open};
use crate::model::{DateKind, DateValue, DocumentDate};
use jiff::civil::Date;

/// What is known while a document's expressions are placed in order.
pub(super) struct Context {
    document: Option<DocumentDate>,
    /// The text tells of the past in order: bare months follow the text, not the document's date.
    narrative: bool,
    /// The stretch mentioned last.
    focus: Option<Stretch>,
    /// A day mentioned since, of which nothing but perhaps its weekday is known.
    open_day: Option<Stretch>,
    /// In a story: a year named since, far from the focus; perhaps in passing.
    aside: Option<Stretch>,
    /// The quarter mentioned last.
    quarter: Option<Stretch>,
    /// It, while results are compared with the year before's; months counted together end that.
    compared: Option<Stretch>,
    /// The expression stands in the lead that follows a dateline: its bare weekday is the dateline's day.
    pub(super) lead: bool,
    /// The weekday of a dateline without a year, once the lead has said it.
    dateline_weekday: Option<i8>,
    /// The day that the text names next, with its year.
    next: Option<Date>,
}

/// Years from what a story is at that make a year named alone a matter of its own.
const FAR: i16 = 2;

/// What a meaning comes to.
enum Outcome {
    Point(Point),
    Text(String),
}

impl Context {
    pub(super) const fn new(document: Option<DocumentDate>, narrative: bool) -> Self {
        Self {
            document,
            narrative,
            focus: None,
            open_day: None,
            aside: None,
            quarter: None,
            compared: None,
            lead: false,
            dateline_weekday: None,
            next: None,
        }
    }

    /// The value of `reading`, and the context moves on to it; `None` if there is no such day. `lean` says whether
    /// the clause speaks of the past or the future, if it shows.
    pub(super) fn resolve(
        &mut self,
        reading: &Reading,
        lean: Option<Lean>,
        next: Option<Date>,
    ) -> Option<DateValue> {
        self.next = next;
        let lean = reading.lean.or(lean);
        let (outcome, usual) = match &reading.meaning {
            Meaning::Calendar(fields) => {
                let stretch = self.stretch(fields, lean)?;
                let kind = if fields.clock.is_some() { DateKind::Time } else { DateKind::Date };
                (Outcome::Point(Point { stretch, clock: fields.clock.clone() }), kind)
            }
            Meaning::Unit { unit, shift, clock } => {
                let kind = if clock.is_some() { DateKind::Time } else { DateKind::Date };
                let outcome = if let Some(stretch) = self.unit(*unit, *shift, lean) {
                    Outcome::Point(Point { stretch, clock: clock.clone() })
                } else {
                    let clock = clock.as_ref().map(Clock::value).unwrap_or_default();
                    Outcome::Text(unknown(*unit)? + &clock)
                };
                (outcome, kind)
            }
            Meaning::Away { amount, unit, shift } => {
                let kind = if unit.is_of_clock() { DateKind::Time } else { DateKind::Date };
                (self.away(*amount, *unit, *shift)?, kind)
            }
            Meaning::Length { amount, unit } => {
                if *unit == Unit::Month {
                    self.compared = None;
                }
                (Outcome::Text(length::value(*amount, *unit)), DateKind::Duration)
            }
            Meaning::Fixed(value) => (Outcome::Text(self.with_year(value)), DateKind::Date),
            Meaning::Recurring(fields) => (Outcome::Point(recurring(fields)), DateKind::Set),
        };
        Some(self.finish(outcome, reading, reading.kind.unwrap_or(usual)))
    }

    fn finish(&mut self, outcome: Outcome, reading: &Reading, kind: DateKind) -> DateValue {
        let modifier = reading.modifier.clone();
        match outcome {
            Outcome::Text(value) => DateValue { kind, value, first: None, last: None, modifier },
            Outcome::Point(point) => {
                if kind != DateKind::Set && !self.looks_away(&reading.meaning) {
                    self.move_to(point.stretch);
                }
                let days = point.stretch.days();
                let (first, last) = (days.map(|d| d.0), days.map(|d| d.1));
                DateValue { kind, value: point.value(), first, last, modifier }
            }
        }
    }

    /// Is it said in passing: a year looked back to, or the story's present?
    fn looks_away(&self, meaning: &Meaning) -> bool {
        let from_here = |shift: &Shift| self.narrative && shift.anchor == Anchor::Document;
        match meaning {
            Meaning::Away { unit, shift, .. } | Meaning::Unit { unit, shift, .. } => {
                let years = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
                (years && shift.steps < 0) || from_here(shift)
            }
            Meaning::Calendar(fields) => {
                fields.as_compared || fields.shifts().iter().flatten().any(from_here)
            }
            _ => false,
        }
    }

    fn move_to(&mut self, stretch: Stretch) {
        match stretch.grain() {
            Grain::Century | Grain::Decade => return,
            Grain::Quarter => {
                self.quarter = Some(stretch);
                self.compared = Some(stretch);
            }
            _ => {}
        }
        if let (Some(compared), Some(year)) = (self.compared.and_then(Stretch::year), stretch.year())
            && (year - compared).abs() > 1
        {
            self.compared = None;
        }
        self.open_day = Some(stretch).filter(|s| matches!(s, Stretch::AnyDay | Stretch::Weekday(_)));
        match stretch {
            Stretch::AnyDay | Stretch::Weekday(_) => {}
            Stretch::Year(Some(year)) if self.narrative && self.is_far(year) => self.aside = Some(stretch),
            // of a day in digits that may be one of two, only the year is sure
            Stretch::Either(first, _) => self.focus = Some(Stretch::Year(Some(first.year()))),
            _ => {
                self.focus = Some(stretch);
                self.aside = None;
            }
        }
    }

    /// Is a year far from what the story is at?
    fn is_far(&self, year: i16) -> bool {
        let told = self.focus.filter(|f| f.grain() > Grain::Year).and_then(Stretch::year);
        told.is_some_and(|told| (year - told).abs() >= FAR)
    }

    /// The document's day; its year may be open.
    fn document_day(&self) -> Option<Stretch> {
        let DocumentDate { date, year_known, .. } = self.document?;
        Some(Stretch::Day(year_known.then_some(date.year()), date.month(), date.day()))
    }

    /// The document's day, if its year is known.
    fn document_date(&self) -> Option<Date> {
        self.document.filter(|d| d.year_known).map(|d| d.date)
    }

    /// A fixed value with the document's year for `YYYY`; open in the days around New Year, when it may be either.
    fn with_year(&self, value: &str) -> String {
        let inside = |day: &Date| !matches!((day.month(), day.day()), (1, ..=14) | (12, 18..));
        let year = self.document_date().filter(inside).map(|day| format!("{:04}", day.year()));
        value.replace("YYYY", year.as_deref().unwrap_or("XXXX"))
    }

    fn anchored(&self, anchor: Anchor) -> Option<Stretch> {
        match anchor {
            Anchor::Document => self.document_day(),
            Anchor::Told if !self.narrative => self.document_day(),
            Anchor::Mention | Anchor::Told => self.aside.or(self.focus).or_else(|| self.document_day()),
        }
    }

    fn stretch(&mut self, fields: &Fields, lean: Option<Lean>) -> Option<Stretch> {
        if let Some(century) = fields.century {
            return Some(Stretch::Century(century, fields.bc));
        }
        if let Some(decade) = fields.decade {
            return Some(Stretch::Decade(decade, fields.bc));
        }
        if let Some(decade) = fields.short_decade {
            return Some(Stretch::Decade(self.full_decade(decade), false));
        }
        if let Some(open) = Open::of(fields) {
            let stretch = self.open(open, fields, lean)?;
            let monday = stretch.first_day().filter(|_| fields.whole_week);
            return Some(monday.map_or(stretch, Stretch::week));
        }
        if let Some(year) = fields.year {
            let compared = self.compared.filter(|_| fields.as_compared);
            return Some(compared.map_or(Stretch::Year(Some(year)), |quarter| quarter.in_year(year)));
        }
        if let Some(day) = fields.weekday {
            return self.weekday_of(day, fields, lean);
        }
        if let Some(day) = fields.day {
            return self.day_of_month(day);
        }
        if fields.weekend {
            return self.unit(Unit::Weekend, fields.shift.unwrap_or(HERE), lean);
        }
        if let Some(shift) = fields.day_shift {
            return self.unit(Unit::Day, shift, lean);
        }
        if let Some(shift) = fields.year_shift {
            return self.unit(Unit::Year, shift, lean).or(Some(Stretch::Year(None)));
        }
        fields.clock.as_ref()?;
        Some(self.day_of_time())
    }

    /// A calendar part whose year is said, shifted, or left to the context.
    fn open(&self, open: Open, fields: &Fields, lean: Option<Lean>) -> Option<Stretch> {
        if let Some(year) = fields.year {
            return open.in_year(year);
        }
        if let Some(shift) = fields.year_shift {
            let base = self.anchored(shift.anchor).and_then(Stretch::year);
            let steps = i16::try_from(shift.steps).ok()?;
            return match base {
                Some(year) => open.in_year(year.checked_add(steps)?),
                None => open.unplaced(),
            };
        }
        if let Some(shift) = fields.shift {
            let base = self.anchored(shift.anchor).and_then(Stretch::days);
            return match base {
                Some(base) => year::shifted(open, base, shift.steps),
                None => open.unplaced(),
            };
        }
        if self.narrative
            && let Some(told) = self.focus.filter(|f| f.days().is_some())
        {
            return year::following(open, told, self.aside, self.next);
        }
        match self.document_date() {
            Some(date) => year::nearest(open, date, lean),
            None => open.unplaced(),
        }
    }

    /// `the nineties`: the last full decade of that name, or the one near the year that the text tells of.
    fn full_decade(&self, decade: i16) -> i16 {
        let told = self.focus.filter(|_| self.narrative).and_then(Stretch::year);
        if let Some(year) = told {
            return year.div_euclid(100) * 10 + decade;
        }
        let year = self.document_date().map_or(2000, Date::year);
        let this = year.div_euclid(100) * 10 + decade;
        if this * 10 > year { this - 10 } else { this }
    }

    fn weekday_of(&mut self, day: i8, fields: &Fields, lean: Option<Lean>) -> Option<Stretch> {
        if let Some(shift) = fields.week_shift {
            let week = self.unit(Unit::Week, shift, lean).and_then(Stretch::first_day);
            return Some(match week.and_then(|monday| add_days(monday, i32::from(day) - 1)) {
                Some(date) => Stretch::day(date),
                None => Stretch::Weekday(day),
            });
        }
        let shift = fields.shift.or(fields.day_shift);
        let base = match shift.map(|s| s.anchor) {
            Some(Anchor::Mention) => self.anchored(Anchor::Mention),
            // whoever says "last Tuesday" counts from his own day
            Some(Anchor::Document) => self.document_day(),
            _ if self.narrative => self.focus.filter(|f| f.grain() == Grain::Day),
            _ => self.document_day(),
        };
        match base {
            Some(Stretch::Day(Some(year), month, date)) => {
                let base = Date::new(year, month, date).ok()?;
                let steps = weekday_steps(weekday(base), day, shift.map(|s| s.steps), lean, self.narrative);
                Some(Stretch::day(add_days(base, steps)?))
            }
            Some(dateline @ Stretch::Day(None, ..)) => {
                if self.lead && shift.is_none() {
                    self.dateline_weekday.get_or_insert(day);
                }
                match self.dateline_weekday {
                    Some(known) => {
                        dateline.step(weekday_steps(known, day, shift.map(|s| s.steps), lean, false))
                    }
                    None => Some(Stretch::Weekday(day)),
                }
            }
            _ => Some(Stretch::Weekday(day)),
        }
    }

    /// `the 20th`, of the month mentioned last.
    fn day_of_month(&self, day: i8) -> Option<Stretch> {
        let (year, month) = match self.anchored(Anchor::Mention)? {
            Stretch::Month(year, month) | Stretch::Day(year, month, _) => (year, month),
            other => {
                let first = other.first_day()?;
                (Some(first.year()), first.month())
            }
        };
        Date::new(year.unwrap_or(2024), month, day).ok()?;
        Some(Stretch::Day(year, month, day))
    }

    /// The day of a time that names none.
    fn day_of_time(&self) -> Stretch {
        let told = self.open_day.or(self.focus).filter(|f| f.grain() == Grain::Day);
        told.or_else(|| self.document_day().filter(|_| !self.narrative)).unwrap_or(Stretch::AnyDay)
    }

    /// The unit so many steps from its anchor.
    fn unit(&self, unit: Unit, shift: Shift, lean: Option<Lean>) -> Option<Stretch> {
        if unit == Unit::Quarter && shift.anchor == Anchor::Mention {
            return self.quarter_told()?.step(shift.steps);
        }
        let grain = grain(unit)?;
        if let Some(open) = self.open_day.filter(|_| grain == Grain::Day && shift.anchor == Anchor::Mention) {
            return open.step(shift.steps);
        }
        let anchored = self.anchored(shift.anchor)?;
        if let Stretch::Day(None, month, _) | Stretch::Month(None, month) = anchored {
            return match grain {
                Grain::Day => anchored.step(shift.steps),
                Grain::Month => Stretch::Month(None, month).step(shift.steps),
                _ => None,
            };
        }
        match (anchored, grain, shift.steps) {
            // "that day" of a month, "later that day": which one is not said
            (Stretch::Month(year, month), Grain::Day, 0) => return Some(Stretch::SomeDay(year, month)),
            _ if anchored.grain() < grain => return None,
            _ => {}
        }
        let (first, last) = anchored.days()?;
        let date = if shift.steps > 0 { last } else { first };
        if unit == Unit::Weekend {
            // "this weekend" is to come unless the clause looks back, "the weekend" is over unless it looks ahead
            let lean = lean.or((shift.anchor == Anchor::Told).then_some(Lean::Future));
            return weekend(date, shift.steps, lean);
        }
        Stretch::around(date, grain).step(shift.steps)
    }

    /// The quarter that the text speaks of: the one mentioned if it is over, else the last full one.
    fn quarter_told(&self) -> Option<Stretch> {
        let Some(today) = self.document_date() else { return self.quarter };
        let is_over = |quarter: &Stretch| quarter.days().is_none_or(|(_, last)| last < today);
        self.quarter.filter(is_over).or_else(|| Stretch::around(today, Grain::Quarter).step(-1))
    }

    fn away(&self, amount: Option<Amount>, unit: Unit, shift: Shift) -> Option<Outcome> {
        let Some(amount) = amount else {
            let value = if shift.steps < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Some(Outcome::Text(value.to_owned()));
        };
        let amount = Amount(amount.0.checked_mul(i64::from(shift.steps))?);
        let placed = self.placed(amount, unit, shift.anchor);
        Some(match placed {
            Some(stretch) => Outcome::Point(Point::of(stretch)),
            None => Outcome::Text(unknown(unit)?),
        })
    }

    fn placed(&self, amount: Amount, unit: Unit, anchor: Anchor) -> Option<Stretch> {
        if let Some(open) = self.open_day.filter(|_| unit == Unit::Day && anchor == Anchor::Mention) {
            return open.step(amount.as_whole()?);
        }
        let base = self.anchored(anchor)?;
        if unit == Unit::Year && matches!(amount.as_whole(), Some(-1 | 1)) {
            // "a year earlier", said of a quarter or a month, is that quarter or month
            let told = self.focus.filter(|f| f.grain() == Grain::Quarter || f.grain() == Grain::Month);
            let told =
                self.compared.filter(|_| !self.narrative).or(told.filter(|_| anchor == Anchor::Mention));
            if let Some(told) = told
                && let Some(year) = told.year()
            {
                return Some(told.in_year(year.checked_add(i16::try_from(amount.as_whole()?).ok()?)?));
            }
        }
        if let (Unit::Day, Some(steps), Stretch::Day(..)) = (unit, amount.as_whole(), base) {
            return base.step(steps);
        }
        let (first, last) = base.days()?;
        let date = if amount.0 > 0 { last } else { first };
        let months = |each: i64| i32::try_from(amount.0.checked_mul(each)? / Amount::WHOLE).ok();
        let fine = |grain| base.grain() >= grain;
        match unit {
            Unit::Day if fine(Grain::Day) => Some(Stretch::day(add_days(date, amount.as_whole()?)?)),
            Unit::Week | Unit::Fortnight if fine(Grain::Week) => {
                let weeks = amount.as_whole()?.checked_mul(if unit == Unit::Week { 1 } else { 2 })?;
                Some(Stretch::Week(Some(iso_week(add_days(date, weeks.checked_mul(7)?)?))))
            }
            Unit::Month if fine(Grain::Month) => {
                Some(Stretch::around(add_months(date, months(1)?)?, Grain::Month))
            }
            Unit::Quarter if fine(Grain::Quarter) => {
                Some(Stretch::around(add_months(date, months(3)?)?, Grain::Quarter))
            }
            Unit::Year => {
                let grain = if amount.as_whole().is_some() { Grain::Year } else { Grain::Month };
                Some(Stretch::around(add_months(first, months(12)?)?, grain))
            }
            Unit::Decade => Some(Stretch::around(add_months(first, months(120)?)?, Grain::Year)),
            Unit::Century => Stretch::around(first, Grain::Century).step(amount.as_whole()?),
            _ => None,
        }
    }
}

/// Where the document stands.
const HERE: Shift = Shift { steps: 0, anchor: Anchor::Document };
