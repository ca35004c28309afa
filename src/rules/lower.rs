//! Lowers programs: from steps as `assemble` lays them out to instructions as `search` runs them. What is found does not
//! change, only how many steps it takes.

use super::code::{Instruction, Listed, Op, Take};
use super::feature::Feature;
use super::program::index;
use std::collections::BTreeMap;

/// Turns a program's steps into instructions: jumps become a part of the step before them, choices between choices one, and
/// so do the ways of a choice that are one token each, told by what it shows.
pub(super) struct Lowering<'o> {
    ops: &'o [Op],
    /// For each step: does every match pass it?
    certain: &'o [bool],
    takes: &'o [Take],
    rows: &'o [Listed],
    /// How many steps lead to each.
    leading: Vec<u32>,
    /// Choices that are a part of another.
    is_inner: Vec<bool>,
    /// Is the step merged into another?
    is_merged: Vec<bool>,
    /// What the steps that are merged into one take, by that one.
    others: BTreeMap<usize, Vec<Feature>>,
}

impl<'o> Lowering<'o> {
    pub(super) fn of(ops: &'o [Op], certain: &'o [bool], takes: &'o [Take], rows: &'o [Listed]) -> Self {
        let none = vec![false; ops.len()];
        let mut lowering = Self {
            ops,
            certain,
            takes,
            rows,
            leading: vec![0; ops.len()],
            is_inner: none.clone(),
            is_merged: none,
            others: BTreeMap::new(),
        };
        for at in 0..ops.len() {
            for to in lowering.ways(at).into_iter().flatten() {
                lowering.leading[to] += 1;
            }
        }
        let is_split = |at: &usize| matches!(ops[*at], Op::Split(..));
        for at in (0..ops.len()).filter(is_split) {
            for to in lowering.ways(at).into_iter().flatten() {
                lowering.is_inner[to] = is_split(&to) && lowering.leading[to] == 1 && to > 0;
            }
        }
        for at in (0..ops.len()).filter(is_split) {
            if !lowering.is_inner[at] {
                lowering.merge(at);
            }
        }
        lowering
    }

    /// Where jumps from a step lead in the end.
    fn landing(&self, mut at: usize) -> usize {
        while let Some(&Op::Jump(to)) = self.ops.get(at) {
            at = to as usize;
        }
        at
    }

    /// The steps that a step leads to; none of those of a jump, which is no step of its own.
    fn ways(&self, at: usize) -> [Option<usize>; 2] {
        match self.ops[at] {
            Op::Split(one, other) => [one, other].map(|to| Some(self.landing(to as usize))),
            op if op.goes_on() => [Some(self.landing(at + 1)), None],
            _ => [None, None],
        }
    }

    /// The ends of a choice and of those that are a part of it, in order.
    fn branches(&self, at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut open: Vec<usize> = self.ways(at).into_iter().flatten().rev().collect();
        while let Some(to) = open.pop() {
            if self.is_inner[to] {
                open.extend(self.ways(to).into_iter().flatten().rev());
            } else {
                out.push(to);
            }
        }
        out
    }

    /// What a token shows that the step takes, if it takes all that do.
    fn shown(&self, at: usize) -> Option<Feature> {
        match self.ops[at] {
            Op::Take(take) => self.takes[take as usize].shown(),
            Op::Rows(rows) => self.rows[rows as usize].shown(),
            _ => None,
        }
    }

    /// Merges those ways of a choice that are one token which shows something, and lead to the same step.
    fn merge(&mut self, at: usize) {
        // by where they lead to, the first that does
        let mut first = BTreeMap::new();
        for to in self.branches(at) {
            let Some(shown) = self.shown(to).filter(|_| self.leading[to] == 1) else { continue };
            let one = *first.entry(self.landing(to + 1)).or_insert(to);
            if one != to {
                self.is_merged[to] = true;
                self.others.entry(one).or_default().push(shown);
            }
        }
    }

    /// Is the step an instruction of its own?
    fn is_kept(&self, at: usize) -> bool {
        let is_jump = at > 0 && matches!(self.ops[at], Op::Jump(_));
        !self.is_inner[at] && !is_jump && !self.is_merged[at]
    }

    /// The instructions; ways of choices go into `ways`.
    pub(super) fn instructions(&self, ways: &mut Vec<u32>) -> Vec<Instruction> {
        let mut kept = 0;
        let number = |at: usize| {
            let number = kept;
            kept += u32::from(self.is_kept(at));
            number
        };
        let numbers: Vec<u32> = (0..self.ops.len()).map(number).collect();
        let mut out = Vec::<Instruction>::with_capacity(kept as usize);
        for at in (0..self.ops.len()).filter(|&at| self.is_kept(at)) {
            let op = match self.ops[at] {
                Op::Jump(_) => Op::Jump(numbers[self.landing(at)]),
                Op::Split(..) => self.choice(at, &numbers, ways),
                op => self.shown(at).map_or(op, |shown| self.any_shown(at, shown, ways)),
            };
            let [way, _] = self.ways(at);
            let next = if op.goes_on() { way.map_or(0, |to| numbers[to]) } else { 0 };
            let number = index(out.len());
            let goes_on = |before: &Instruction| before.op.goes_on() && before.next == number;
            let first = match out.last() {
                Some(before) if goes_on(before) && self.leading[at] == 1 => before.first,
                _ => number,
            };
            out.push(Instruction { op, next, first, certain: self.certain[at] });
        }
        out
    }

    fn choice(&self, at: usize, numbers: &[u32], ways: &mut Vec<u32>) -> Op {
        let mut branches = self.branches(at);
        branches.retain(|&to| !self.is_merged[to]);
        match branches[..] {
            [one] => Op::Jump(numbers[one]),
            [one, other] => Op::Split(numbers[one], numbers[other]),
            _ => {
                let from = index(ways.len());
                ways.extend(branches.into_iter().map(|to| numbers[to]));
                Op::Choice { from, to: index(ways.len()) }
            }
        }
    }

    /// A step and those that are merged into it.
    fn any_shown(&self, at: usize, shown: Feature, ways: &mut Vec<u32>) -> Op {
        let Some(others) = self.others.get(&at) else { return Op::Shown(shown) };
        let from = index(ways.len());
        ways.push(shown.0);
        ways.extend(others.iter().map(|shown| shown.0));
        Op::AnyShown { from, to: index(ways.len()) }
    }
}
