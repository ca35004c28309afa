//! The value of a temporal expression (TIMEX3, TimeML 1.2.1) with the days that it covers.

use jiff::civil::Date;

/// TIMEX3 type; the `subtype` of a date mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    /// A calendar date of any granularity.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl DateKind {
    /// The word in the tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Set => "set",
        }
    }
}

/// Which part of a date in digits comes first; the year comes last (`3/6/22`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The day, then the month.
    Dmy,
    /// The month, then the day.
    Mdy,
}

impl DateOrder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Dmy, Self::Mdy];

    /// Its name in lists and options.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }

    /// From its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == name)
    }
}

/// TIMEX3 `mod`, upper case as the standard writes it (`START`, `APPROX`, …); from the rule files.
pub type Modifier = Box<str>;

/// A resolved temporal expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateValue {
    /// TIMEX3 type.
    pub kind: DateKind,
    /// TIMEX3 value (`2018-02-28`, `P3M`, `XXXX-08-12`, `PRESENT_REF`); never empty.
    pub value: String,
    /// First day covered, if the value determines it.
    pub first: Option<Date>,
    /// Last day covered.
    pub last: Option<Date>,
    /// TIMEX3 `mod`, if the words say one.
    pub modifier: Option<Modifier>,
}
