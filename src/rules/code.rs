//! What sweeps run: the patterns of a set as short programs, which share what they ask for.

use super::feature::{Asked, Feature};
use super::lexis::Lexis;
use super::pattern::{Pattern, TypeSet};
use super::program::Step;
use crate::gazetteer::{ValueId, WordListId};

/// One step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// One token that shows this.
    Shown(Feature),
    /// One token that shows one of these: `from..to` of all ways.
    AnyShown {
        from: u32,
        to: u32,
    },
    /// One token that a step takes.
    Take(u32),
    /// Up to so many of them.
    Several(u32, u8),
    /// A row of a list.
    Rows(u32),
    Mention(TypeSet),
    /// Either way; steps of the program.
    Split(u32, u32),
    /// One of several ways: `from..to` of all.
    Choice {
        from: u32,
        to: u32,
    },
    Jump(u32),
    Glued,
    First,
    Last,
    Aside,
    /// Something does or does not stand here.
    Look {
        look: u32,
        negate: bool,
    },
    Accept,
}

impl Op {
    /// Does it lead to the step after it?
    pub(super) const fn goes_on(self) -> bool {
        !matches!(self, Self::Split(..) | Self::Choice { .. } | Self::Jump(_) | Self::Accept)
    }
}

/// A step as it is run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub(super) op: Op,
    /// The step that it leads to.
    pub(super) next: u32,
    /// The first of the steps before it that lead only to each other and to it: what ends here, ends them all.
    pub(super) first: u32,
    /// Does every match pass it?
    pub(super) certain: bool,
}

/// What is looked for around a place.
#[derive(Clone, Debug)]
pub(super) enum Glance {
    /// A match of the program begins there.
    Ahead(u32),
    BehindMention(TypeSet),
    /// A token that the step takes stands before it.
    BehindTake(u32),
    /// A match ends there.
    Behind(Box<Pattern>),
}

/// Something that a match needs: a token that shows something or that a step takes, a row of a list, a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Need {
    Shown(Feature),
    Take(u32),
    Rows(u32),
    Mention(TypeSet),
}

/// A step that takes one token, and what such tokens show, if that is known.
#[derive(Clone, Debug)]
pub(super) struct Take {
    pub(super) step: Step,
    pub(super) asked: Asked,
    /// The rows that break a phrase, if it takes words of one.
    pub(super) breaks: Option<u32>,
}

impl Take {
    /// What it takes, if that is all tokens that show one thing.
    pub(super) fn shown(&self) -> Option<Feature> {
        match (self.breaks, self.asked.exact, self.asked.any_of.as_deref()) {
            (None, true, Some(&[one])) => Some(one),
            _ => None,
        }
    }
}

/// Rows of a list with one of these values; any, if there is none.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) list: WordListId,
    pub(super) values: Vec<ValueId>,
    /// What tokens show where they begin, one of these.
    pub(super) shown: Vec<Feature>,
    /// Does no other row show that?
    pub(super) exact: bool,
    /// Is that one thing, which all tokens show by one word, whatever its case?
    pub(super) plain: bool,
}

impl Listed {
    /// What shows them, if that is one thing and all there is to know.
    pub(super) fn shown(&self) -> Option<Feature> {
        match *self.shown {
            [one] if self.plain => Some(one),
            _ => None,
        }
    }

    pub(super) fn new(list: WordListId, values: &[ValueId], lexis: Lexis<'_>) -> Self {
        let number = |value: Option<u32>| lexis.vocabulary.number_of_rows(list.0, value);
        let with = values.iter().map(|value| number(Some(value.0))).collect::<Option<Vec<u16>>>();
        let (numbers, by_value) = match with {
            Some(with) if !values.is_empty() => (with, true),
            _ => (number(None).into_iter().collect(), values.is_empty()),
        };
        let exact = by_value && numbers.iter().all(|&number| number < u16::MAX);
        let shown = numbers.into_iter().map(Feature::of_rows).collect();
        let mut listed = Self { list, values: values.to_vec(), shown, exact, plain: false };
        listed.plain = exact && listed.shown.len() == 1 && lexis.are_plain_words(&listed);
        listed
    }
}

/// The steps of one pattern, `from..to` of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Program {
    pub(super) from: u32,
    pub(super) to: u32,
}
