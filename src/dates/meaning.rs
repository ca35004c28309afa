//! What the words of an expression mean before it is known when they were written.

use super::calendar::{Season, Stretch};
use crate::model::{DateKind, Modifier};

/// From where a relative expression counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Anchor {
    /// From the document's date.
    Document,
    /// From the date that the text mentioned last.
    Mention,
    /// From the document's date in news, from the date mentioned last in a story.
    Told,
}

impl Anchor {
    /// From its word in the lists.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let all = [("document", Self::Document), ("mention", Self::Mention), ("told", Self::Told)];
        all.into_iter().find(|(known, _)| *known == word).map(|(_, anchor)| anchor)
    }
}

/// So many steps from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) steps: i32,
    pub(super) anchor: Anchor,
}

/// A unit of time, with its TIMEX3 letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    const CODES: [(&'static str, Self); 15] = [
        ("TS", Self::Second),
        ("TM", Self::Minute),
        ("TH", Self::Hour),
        ("D", Self::Day),
        ("W", Self::Week),
        ("2W", Self::Fortnight),
        ("WE", Self::Weekend),
        ("M", Self::Month),
        ("Q", Self::Quarter),
        ("6M", Self::Half),
        ("S", Self::Season),
        ("Y", Self::Year),
        ("10Y", Self::Decade),
        ("100Y", Self::Century),
        ("1000Y", Self::Millennium),
    ];

    /// Shorter than a day?
    pub(super) const fn is_of_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }

    /// From its code in the lists.
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::CODES.iter().find(|(c, _)| *c == code).map(|&(_, unit)| unit)
    }
}

/// A number in sixtieths, so that halves, thirds, quarters and tenths come out whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount(pub(super) i64);

impl Amount {
    /// Parts of one.
    pub(super) const WHOLE: i64 = 60;

    /// `n` wholes.
    pub(super) const fn whole(n: i64) -> Self {
        Self(n.saturating_mul(Self::WHOLE))
    }

    /// The whole number, if it is one.
    pub(super) fn as_whole(self) -> Option<i32> {
        (self.0 % Self::WHOLE == 0).then(|| i32::try_from(self.0 / Self::WHOLE).ok()).flatten()
    }
}

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// A part of the day, by its TIMEX3 code (`MO`, `NI`).
    Part(Box<str>),
    /// Hour, minute, second.
    Time(u8, u8, Option<u8>),
}

impl Clock {
    /// What TIMEX3 appends to the day.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Part(code) => format!("T{code}"),
            Self::Time(hour, minute, None) => format!("T{hour:02}:{minute:02}"),
            Self::Time(hour, minute, Some(second)) => format!("T{hour:02}:{minute:02}:{second:02}"),
        }
    }
}

/// A holiday's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// Month, day.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
    /// Days after Easter Sunday of the eastern churches.
    EasternEaster(i32),
    /// Month, nth weekday, days after it.
    Nth(i8, i8, i8, i32),
}

/// What a date in digits shows of the order of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    /// The day stands first.
    Dmy,
    /// The month stands first.
    Mdy,
    /// Either may.
    Open,
}

/// What a calendar expression says; each part only if it does.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    pub(super) year: Option<i16>,
    pub(super) bc: bool,
    pub(super) decade: Option<i16>,
    /// Decade named without its century (`the nineties`).
    pub(super) short_decade: Option<i16>,
    pub(super) century: Option<i16>,
    pub(super) half: Option<i8>,
    pub(super) quarter: Option<i8>,
    pub(super) season: Option<Season>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    /// What it shows of the order of day and month; if that is open, they may be meant the other way round.
    pub(super) order: Option<Order>,
    /// The year stands for the quarter that is being compared, in that year.
    pub(super) as_compared: bool,
    pub(super) weekday: Option<i8>,
    pub(super) nth: Option<i8>,
    pub(super) weekend: bool,
    /// The whole week of the day.
    pub(super) whole_week: bool,
    pub(super) holiday: Option<Holiday>,
    pub(super) clock: Option<Clock>,
    /// Shifts the whole (`last November`).
    pub(super) shift: Option<Shift>,
    /// Shifts its year (`May of last year`).
    pub(super) year_shift: Option<Shift>,
    /// Shifts its week (`Monday of last week`).
    pub(super) week_shift: Option<Shift>,
    /// Shifts its day (`the next morning`).
    pub(super) day_shift: Option<Shift>,
}

impl Fields {
    /// All that it is shifted by.
    pub(super) const fn shifts(&self) -> [Option<Shift>; 4] {
        [self.shift, self.year_shift, self.week_shift, self.day_shift]
    }
}

/// The meaning of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A place in the calendar.
    Calendar(Box<Fields>),
    /// The unit so many steps away (`last year`, `the same day`), with a time of day.
    Unit { unit: Unit, shift: Shift, clock: Option<Clock> },
    /// So much time away (`two weeks ago`); `None` if the text does not count.
    Away { amount: Option<Amount>, unit: Unit, shift: Shift },
    /// So much time (`three months`).
    Length { amount: Option<Amount>, unit: Unit },
    /// A value that needs nothing else.
    Fixed(Box<str>),
    /// A calendar part that recurs.
    Recurring(Box<Fields>),
}

/// A meaning with what the rule says about its row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) meaning: Meaning,
    pub(super) kind: Option<DateKind>,
    pub(super) modifier: Option<Modifier>,
    /// When a bare name can lie before or after: the rule's word on it.
    pub(super) lean: Option<Lean>,
}

/// On which side of the anchor a bare month or weekday lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Lean {
    /// Before it, or the same.
    Past,
    /// The last one that has begun.
    Begun,
    /// After it.
    Future,
}

/// A place in the calendar with a time of day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) stretch: Stretch,
    pub(super) clock: Option<Clock>,
}

impl Point {
    /// A stretch without a time.
    pub(super) const fn of(stretch: Stretch) -> Self {
        Self { stretch, clock: None }
    }

    /// The TIMEX3 value.
    pub(super) fn value(&self) -> String {
        let clock = self.clock.as_ref().map(Clock::value).unwrap_or_default();
        format!("{}{clock}", self.stretch)
    }
}
