//! What sweeps run: the patterns of a set as short programs, which share what they ask for.

use super::feature::{Asked, Feature};
use super::pattern::{Pattern, TypeSet};
use super::program::{Step, index};
use crate::gazetteer::{ValueId, WordListId};

/// One step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// One token that shows this.
    Shown(Feature),
    /// One token that a step takes.
    Take(u32),
    /// Up to so many of them.
    Several(u32, u8),
    /// A row of a list.
    Rows(u32),
    Mention(TypeSet),
    /// Either way; steps of the program.
    Split(u32, u32),
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
    /// Does it lead to the step after it, and nowhere else?
    const fn goes_on(self) -> bool {
        !matches!(self, Self::Split(..) | Self::Jump(_) | Self::Accept)
    }
}

/// A step as it is run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub(super) op: Op,
    /// Does every match pass it?
    pub(super) certain: bool,
    /// The first of the steps before it of which each leads to the next only: what ends here, ends them all.
    pub(super) first: u32,
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Listed {
    pub(super) list: WordListId,
    pub(super) values: Vec<ValueId>,
}

/// The steps of one pattern, `from..to` of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Program {
    pub(super) from: u32,
    pub(super) to: u32,
}

/// A program's steps as they are run.
pub(super) fn instructions(ops: &[Op], takes: &[Take]) -> Vec<Instruction> {
    let is_target = targets(ops);
    let mut first = 0;
    let each = ops.iter().zip(certain(ops)).enumerate();
    each.map(|(at, (&op, certain))| {
        let alone = at == 0 || is_target[at] || !ops[at - 1].goes_on();
        if alone {
            first = index(at);
        }
        let op = match op {
            Op::Take(take) => takes[take as usize].shown().map_or(op, Op::Shown),
            _ => op,
        };
        Instruction { op, certain, first }
    })
    .collect()
}

/// For each step of a program: does another lead there that is not the one before?
fn targets(ops: &[Op]) -> Vec<bool> {
    let mut is_target = vec![false; ops.len()];
    for op in ops {
        match *op {
            Op::Split(one, other) => {
                is_target[one as usize] = true;
                is_target[other as usize] = true;
            }
            Op::Jump(to) => is_target[to as usize] = true,
            _ => {}
        }
    }
    is_target
}

/// For each step of a program: does no way go around it?
pub(super) fn certain(ops: &[Op]) -> Vec<bool> {
    let mut furthest = 0;
    let mut certain = Vec::with_capacity(ops.len());
    for (at, op) in (0u32..).zip(ops) {
        certain.push(at >= furthest);
        furthest = furthest.max(match *op {
            Op::Split(first, second) => first.max(second),
            Op::Jump(to) => to,
            _ => at + 1,
        });
    }
    certain
}
