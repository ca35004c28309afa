//! Sweeps: where in a sentence the patterns of a set can match, found for all places at once. Each pattern becomes a short
//! program; run from its end to its start over sets of places (see `window`), it leaves the places where a match begins.
//!
//! A sweep is exact: the walk of `matcher`, which tells what a match caught, is needed only where there is one. A program
//! goes on only as long as there is a place left, so most end after a step or two, at their trigger.

use super::feature::{Asked, Features};
use super::index::{ByFeature, RuleBits};
use super::matcher::{Field, MatchScratch};
use super::pattern::{Pattern, TypeSet};
use super::places::{Part, Places, parts};
use super::program::{Step, index};
use super::search::{Search, Seeing};
use super::window::Window;
use super::{BACK, WINDOW};
use crate::gazetteer::{ValueId, WordListId};

/// One step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
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

/// Something that a match needs: a token that a step takes, a row of a list, a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
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

/// The steps of one pattern, `from..to` of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Program {
    pub(super) from: u32,
    pub(super) to: u32,
}

/// Patterns of a set, by number, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    pub(super) ops: Vec<Op>,
    /// For each step: does every match pass it?
    pub(super) certain: Vec<bool>,
    /// Those of the patterns and of what looks ahead.
    pub(super) programs: Vec<Program>,
    /// The program of each pattern.
    pub(super) rules: Vec<u32>,
    /// Patterns by what is rarest in their matches.
    pub(super) by_need: ByFeature,
    /// By pattern: of each of these one stands in every match.
    pub(super) needs: Vec<Vec<Vec<Need>>>,
    pub(super) takes: Vec<Take>,
    pub(super) rows: Vec<Listed>,
    pub(super) looks: Vec<Glance>,
    /// What some step asks for.
    pub(super) asked: Features,
}

/// Rows of a list with one of these values; any, if there is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Listed {
    pub(super) list: WordListId,
    pub(super) values: Vec<ValueId>,
}

/// Buffers reused between sentences.
#[derive(Default)]
pub struct SweepScratch {
    short: Seeing<u64>,
    long: Seeing<u128>,
    walking: MatchScratch,
    live: RuleBits,
    found: Vec<(u32, u32)>,
}

impl Sweep {
    /// Is a match certain to start where [`Self::find`] says? In long sentences one may.
    pub fn is_exact(field: &Field<'_>) -> bool {
        field.bounds.len() <= u64::MOST
    }

    /// Tells `each` every token and pattern where a match starts, in order of token, then pattern.
    pub fn find(&self, field: &Field<'_>, scratch: &mut SweepScratch, mut each: impl FnMut(u32, u32)) {
        let mut found = std::mem::take(&mut scratch.found);
        found.clear();
        let (from, to) = (field.bounds.start as usize, field.bounds.end as usize);
        let SweepScratch { short, long, walking, live, .. } = scratch;
        if to - from <= u64::MOST {
            let mut search = Search::open(self, field, short, walking, (from, to));
            search.all(live, search.ends(), |rule, starts| {
                starts.each(|at| found.push((index(from + at), rule)));
            });
        } else {
            for Part { from, to, starts: may } in parts(field.bounds, WINDOW, BACK) {
                let mut search = Search::open(self, field, long, walking, (from, to));
                search.all(live, search.ends(), |rule, starts| {
                    (starts & may).each(|at| found.push((index(from + at), rule)));
                });
            }
        }
        found.sort_unstable();
        for &(at, rule) in &found {
            each(at, rule);
        }
        scratch.found = found;
    }

    /// Tells `each` every pattern that matches from the first to the last token of a short field; none for a long one.
    pub fn find_whole(&self, field: &Field<'_>, scratch: &mut SweepScratch, mut each: impl FnMut(u32)) {
        let (from, to) = (field.bounds.start as usize, field.bounds.end as usize);
        if to - from > u64::MOST {
            return;
        }
        let SweepScratch { short, walking, live, .. } = scratch;
        let mut search = Search::open(self, field, short, walking, (from, to));
        search.all(live, 1 << (to - from), |rule, starts| {
            if starts.has(0) {
                each(rule);
            }
        });
    }

    /// The patterns that could match if more of the sentence were as they need it: what is rarest in them is there.
    pub fn in_question(&self, field: &Field<'_>) -> RuleBits {
        let mut window = Window::<u128>::default();
        let (mut all, mut live) = (RuleBits::default(), RuleBits::default());
        for Part { from, to, .. } in parts(field.bounds, WINDOW, BACK) {
            window.open(field, (from, to), &self.asked);
            self.by_need.of(&window.shown, &mut live);
            live.iter().for_each(|rule| all.add(rule));
        }
        all
    }
}
