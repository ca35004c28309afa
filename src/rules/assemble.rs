//! Assembles the programs of sweeps: leaves out what takes nothing, counts repetitions, shares what patterns have in common.

use std::collections::BTreeMap;

use super::feature::{Asked, Feature};
use super::index::Where;
use super::lexis::Lexis;
use super::pattern::Pattern;
use super::program::{Anchor, Step};
use super::sweep::{Glance, Listed, Need, Op, Program, Sweep, Take};
use crate::gazetteer::{ValueId, WordListId};

impl Sweep {
    /// Adds a pattern, which gets the next number.
    pub fn add(&mut self, pattern: &Pattern, lexis: Lexis<'_>) {
        let number = index(self.rules.len());
        let program = self.program(pattern, lexis);
        self.rules.push(program);
        let needs = pattern.needs.iter().map(|anchors| self.need_of(anchors, lexis));
        let mut needs: Vec<Vec<Need>> = needs.filter(|need| !need.is_empty()).collect();
        needs.extend(
            self.certain_needs(program)
                .map(|need| vec![need])
                .filter(|need| !needs.contains(need))
                .collect::<Vec<_>>(),
        );
        let rarest = needs.iter().filter(|need| self.shown_by_need(need).is_some());
        let rarest =
            rarest.min_by_key(|need| self.commonness(need)).and_then(|need| self.shown_by_need(need));
        // the cheapest to ask for
        needs.sort_by_key(|need| !matches!(need.as_slice(), [Need::Mention(_)]));
        let beside = self.shown_beside_mention(program);
        let shown = beside.or_else(|| rarest.map(|features| (Where::Anywhere, features)));
        self.by_need.add(number, shown);
        self.needs.push(needs);
    }

    /// What each match of a program holds for certain.
    fn certain_needs(&self, program: u32) -> impl Iterator<Item = Need> {
        let Program { from, to } = self.programs[program as usize];
        let certain = (from..to).filter(|&at| self.certain[at as usize]);
        certain.filter_map(|at| match self.ops[at as usize] {
            Op::Take(take) if self.takes[take as usize].asked.any_of.is_some() => Some(Need::Take(take)),
            Op::Rows(rows) => Some(Need::Rows(rows)),
            Op::Mention(types) => Some(Need::Mention(types)),
            _ => None,
        })
    }

    /// How common what is needed is.
    fn commonness(&self, need: &[Need]) -> usize {
        let one = |one: &Need| match *one {
            Need::Take(take) => self.takes[take as usize].common,
            Need::Rows(rows) => self.rows_common[rows as usize],
            Need::Mention(_) => 0,
        };
        need.iter().map(one).sum()
    }

    fn need_of(&mut self, anchors: &[Anchor], lexis: Lexis<'_>) -> Vec<Need> {
        let mut words = Vec::new();
        let mut lists = BTreeMap::<WordListId, Vec<ValueId>>::new();
        let whole = |list: &WordListId| anchors.contains(&Anchor::List(*list));
        for anchor in anchors {
            match anchor {
                Anchor::Word(word) => words.push(*word),
                Anchor::Value(list, value) if !whole(list) => lists.entry(*list).or_default().push(*value),
                Anchor::List(list) | Anchor::Value(list, _) => {
                    lists.entry(*list).or_default();
                }
                // nothing that is rare
                Anchor::Digit | Anchor::Mention | Anchor::Capital | Anchor::Punctuation => return Vec::new(),
            }
        }
        words.sort_unstable();
        let words = (!words.is_empty()).then(|| Need::Take(self.take_of(&Step::Words(words), lexis)));
        let lists = lists.into_iter().map(|(list, values)| Need::Rows(self.rows_of(list, &values, lexis)));
        words.into_iter().chain(lists).collect()
    }

    /// What some token shows where a need is met.
    fn shown_by_need(&self, need: &[Need]) -> Option<Vec<Feature>> {
        let mut all = Vec::new();
        for one in need {
            match *one {
                Need::Take(take) => all.extend(self.takes[take as usize].asked.any_of.as_ref()?),
                Need::Rows(rows) => all.push(Feature::of_list(self.rows[rows as usize].list.0)),
                Need::Mention(_) => return None,
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// What some token shows right after the mention that each match of a program begins with, or right before one that it
    /// holds: lists and words, which few tokens show.
    fn shown_beside_mention(&self, program: u32) -> Option<(Where, Vec<Feature>)> {
        let Program { from, to } = self.programs[program as usize];
        let op = |at: u32| &self.ops[at as usize];
        let idle = |at: &u32| matches!(op(*at), Op::Look { .. } | Op::Glued | Op::First);
        let first = (from..to).find(|at| !idle(at))?;
        let rare = |features: &Vec<Feature>| features.iter().all(|feature| feature.is_rare());
        if matches!(op(first), Op::Mention(_)) {
            let after = self.first_shown(first + 1, from).filter(rare);
            if after.is_some() {
                return after.map(|features| (Where::After, features));
            }
        }
        let certain = |at: u32| self.certain[at as usize];
        let mentions = (from + 1..to).filter(|&at| matches!(op(at), Op::Mention(_)) && certain(at));
        let mut before = mentions.filter(|&at| certain(at - 1)).filter_map(|at| match *op(at - 1) {
            Op::Take(take) => self.takes[take as usize].asked.any_of.clone(),
            Op::Rows(rows) => Some(vec![Feature::of_list(self.rows[rows as usize].list.0)]),
            _ => None,
        });
        before.find(rare).map(|features| (Where::Before, features))
    }

    /// What the next token shows at step `at` of a program that begins at `base`; `None`: unknown, or there may be none.
    fn first_shown(&self, at: u32, base: u32) -> Option<Vec<Feature>> {
        let (mut shown, mut open) = (Vec::new(), vec![at]);
        while let Some(at) = open.pop() {
            match self.ops[at as usize] {
                Op::Take(take) => shown.extend(self.takes[take as usize].asked.any_of.as_ref()?),
                Op::Several(take, _) => {
                    shown.extend(self.takes[take as usize].asked.any_of.as_ref()?);
                    open.push(at + 1);
                }
                Op::Rows(rows) => shown.push(Feature::of_list(self.rows[rows as usize].list.0)),
                Op::Split(first, second) => open.extend([base + first, base + second]),
                Op::Jump(to) => open.push(base + to),
                Op::Glued | Op::First | Op::Look { .. } => open.push(at + 1),
                Op::Mention(_) | Op::Last | Op::Aside | Op::Accept => return None,
            }
        }
        shown.sort_unstable();
        shown.dedup();
        Some(shown)
    }

    fn program(&mut self, pattern: &Pattern, lexis: Lexis<'_>) -> u32 {
        let looks = self.looks_of(pattern, lexis);
        let (several, places) = lay_out(&pattern.steps);
        let from = index(self.ops.len());
        for (at, step) in pattern.steps.iter().enumerate() {
            if places[at] == places[at + 1] {
                continue;
            }
            let op = match step {
                Step::Split { .. } if several[at] > 0 => {
                    Op::Several(self.take_of(&pattern.steps[at + 1], lexis), several[at])
                }
                Step::Split { first, second } => Op::Split(places[*first as usize], places[*second as usize]),
                Step::Jump(to) => Op::Jump(places[*to as usize]),
                Step::Look { pattern, negate, .. } => {
                    Op::Look { look: looks[*pattern as usize], negate: *negate }
                }
                Step::List { list, values, .. } => Op::Rows(self.rows_of(*list, values, lexis)),
                Step::Mention { types, .. } => Op::Mention(*types),
                Step::Glued => Op::Glued,
                Step::First => Op::First,
                Step::Last => Op::Last,
                Step::Aside => Op::Aside,
                Step::Accept => Op::Accept,
                Step::Test(_) | Step::Words(_) | Step::Phrase(_) | Step::Open(_) | Step::Close(_) => {
                    Op::Take(self.take_of(step, lexis))
                }
            };
            self.ops.push(op);
        }
        self.certain.extend(certain(&self.ops[from as usize..]));
        self.programs.push(Program { from, to: index(self.ops.len()) });
        index(self.programs.len() - 1)
    }

    fn take_of(&mut self, step: &Step, lexis: Lexis<'_>) -> u32 {
        if let Some(&known) = self.known.takes.get(step) {
            return known;
        }
        let breaks = match step {
            Step::Phrase(list) => Some(self.rows_of(*list, &[], lexis)),
            _ => None,
        };
        let asked = Asked::by(step, lexis.vocabulary);
        asked.any_of.iter().flatten().for_each(|&feature| self.asked.add(feature));
        let is_rare = asked.any_of.as_ref().is_some_and(|any| any.iter().all(|feature| feature.is_rare()));
        let common = lexis.of_step(step, is_rare);
        self.takes.push(Take { step: step.clone(), asked, breaks, common });
        let number = index(self.takes.len() - 1);
        self.known.takes.insert(step.clone(), number);
        number
    }

    fn rows_of(&mut self, list: WordListId, values: &[ValueId], lexis: Lexis<'_>) -> u32 {
        let key = Listed { list, values: values.to_vec() };
        let (rows, common, asked) = (&mut self.rows, &mut self.rows_common, &mut self.asked);
        *self.known.rows.entry(key).or_insert_with_key(|key| {
            rows.push(key.clone());
            asked.add(Feature::of_list(key.list.0));
            common.push(lexis.of_rows(key));
            index(rows.len() - 1)
        })
    }

    /// The number of each look of a pattern.
    fn looks_of(&mut self, pattern: &Pattern, lexis: Lexis<'_>) -> Vec<u32> {
        let mut numbers = vec![0; pattern.looks.len()];
        for step in &pattern.steps {
            if let Step::Look { pattern: look, behind, .. } = step {
                numbers[*look as usize] = self.look_of(&pattern.looks[*look as usize], *behind, lexis);
            }
        }
        numbers
    }

    fn look_of(&mut self, look: &Pattern, behind: bool, lexis: Lexis<'_>) -> u32 {
        let key = (behind, look.steps.clone(), self.looks_of(look, lexis));
        if let Some(&known) = self.known.looks.get(&key) {
            return known;
        }
        let kind = if behind {
            match look.steps.iter().find(|s| !matches!(s, Step::Open(_) | Step::Glued)) {
                Some(Step::Mention { types, .. }) => Glance::BehindMention(*types),
                _ => match look.steps.as_slice() {
                    [step @ (Step::Test(_) | Step::Words(_)), Step::Accept] => {
                        Glance::BehindTake(self.take_of(step, lexis))
                    }
                    _ => Glance::Behind(Box::new(look.clone())),
                },
            }
        } else {
            Glance::Ahead(self.program(look, lexis))
        };
        self.looks.push(kind);
        let number = index(self.looks.len() - 1);
        self.known.looks.insert(key, number);
        number
    }
}

/// For each step how many of those from there on are one repeated one, which may end after each; and its place in a program
/// that leaves out captures, which take nothing, and takes such a repetition as one step.
fn lay_out(steps: &[Step]) -> (Vec<u8>, Vec<u32>) {
    let mut several = vec![0; steps.len()];
    let mut places = Vec::with_capacity(steps.len() + 1);
    let (mut next, mut until) = (0, 0);
    for (at, step) in steps.iter().enumerate() {
        places.push(next);
        if at < until {
            continue;
        }
        if let Some(end) = repeated(steps, at) {
            several[at] = u8::try_from((end - at) / 2).unwrap_or(u8::MAX);
            until = end;
        }
        next += u32::from(!matches!(step, Step::Open(_) | Step::Close(_)));
    }
    places.push(next);
    (several, places)
}

/// The step after a run of (split, take) pairs that begins at `at`, all of whose splits lead there.
fn repeated(steps: &[Step], at: usize) -> Option<usize> {
    let leads_to = |at: usize| match steps.get(at) {
        Some(Step::Split { first, second }) => {
            let (near, far) = (*first.min(second) as usize, *first.max(second) as usize);
            (near == at + 1).then_some(far)
        }
        _ => None,
    };
    let end = leads_to(at)?;
    let taken = steps.get(at + 1)?;
    let takes = matches!(taken, Step::Test(_) | Step::Words(_) | Step::Phrase(_));
    let pairs =
        (at..end).step_by(2).all(|pair| leads_to(pair) == Some(end) && steps.get(pair + 1) == Some(taken));
    (takes && pairs && (end - at).is_multiple_of(2)).then_some(end)
}

/// For each step of a program: does no way go around it?
fn certain(ops: &[Op]) -> Vec<bool> {
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

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
