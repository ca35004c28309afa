//! Assembles the programs of sweeps: leaves out what takes nothing, counts repetitions, shares what patterns have in common.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::code::{Glance, Listed, Need, Op, Program, Take};
use super::feature::{Asked, Feature};
use super::index::{ASKED, SieveBuilder, Where};
use super::lexis::Lexis;
use super::lower::Lowering;
use super::pattern::Pattern;
use super::program::{Anchor, Step, index};
use super::sweep::{Rule, Sweep};
use crate::gazetteer::{ValueId, WordListId};

impl Sweep {
    /// Makes patterns ready; their numbers are their places.
    pub fn of<'p>(patterns: impl Iterator<Item = &'p Pattern>, lexis: Lexis<'_>) -> Self {
        let mut assembler = Assembler {
            sweep: Self::default(),
            lexis,
            takes: HashMap::new(),
            takes_common: Vec::new(),
            rows: HashMap::new(),
            rows_common: Vec::new(),
            looks: HashMap::new(),
            needs: HashMap::new(),
            sieve: SieveBuilder::default(),
            ops: Vec::new(),
            certain: Vec::new(),
        };
        for pattern in patterns {
            assembler.add(pattern);
        }
        assembler.finish()
    }
}

/// A sweep in the making.
struct Assembler<'a> {
    sweep: Sweep,
    lexis: Lexis<'a>,
    /// The numbers of what patterns have in common, and how common it is in texts.
    takes: HashMap<Step, u32>,
    takes_common: Vec<usize>,
    rows: HashMap<(WordListId, Vec<ValueId>), u32>,
    rows_common: Vec<usize>,
    /// By whether they look behind, their steps, and the looks that these name.
    looks: HashMap<(bool, Vec<Step>, Vec<u32>), u32>,
    needs: HashMap<Vec<Need>, u32>,
    sieve: SieveBuilder,
    /// The steps of all programs, and for each: does every match pass it?
    ops: Vec<Op>,
    certain: Vec<bool>,
}

impl Assembler<'_> {
    fn add(&mut self, pattern: &Pattern) {
        let number = index(self.sweep.rules.len());
        let program = self.program(pattern);
        let needs = pattern.needs.iter().map(|anchors| self.need_of(anchors));
        let mut needs: Vec<Vec<Need>> = needs.filter(|need| !need.is_empty()).collect();
        for need in self.certain_needs(program).map(|need| vec![need]) {
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
        let beside = self.shown_beside_mention(program);
        let sieved = self.sift(&mut needs, beside);
        let rarest = sieved.first().cloned();
        self.sieve.add(number, sieved);
        let from = self.sweep.needed.len();
        // the cheapest to ask for
        needs.sort_by_key(|need| !matches!(need.as_slice(), [Need::Mention(_)]));
        for need in needs {
            self.note_needed(need);
        }
        self.sweep.rules.push(Rule { program, needs: from..self.sweep.needed.len(), rarest });
    }

    /// What the sieve asks for of a pattern's needs, the rarest first. What it can tell for certain is taken from them.
    fn sift(
        &self,
        needs: &mut Vec<Vec<Need>>,
        beside: Option<(Where, Vec<Feature>)>,
    ) -> Vec<(Where, Vec<Feature>)> {
        let shown = |at: usize| Some((self.commonness(&needs[at]), at, self.shown_by_need(&needs[at])?));
        let mut by_rareness: Vec<_> = (0..needs.len()).filter_map(shown).collect();
        by_rareness.sort_by_key(|&(common, at, _)| (common, at));
        let mut sieved: Vec<_> = beside.into_iter().collect();
        let mut settled = Vec::new();
        for (_, at, features) in by_rareness {
            let is_new = sieved.iter().all(|(_, known)| *known != features);
            if is_new && sieved.len() == ASKED {
                break;
            }
            if needs[at].iter().all(|need| self.is_shown(need)) {
                settled.push(at);
            }
            if is_new {
                sieved.push((Where::Anywhere, features));
            }
        }
        let mut at = 0..;
        needs.retain(|_| !at.next().is_some_and(|at| settled.contains(&at)));
        sieved
    }

    /// Is all that is needed that something is shown, but for case?
    fn is_shown(&self, need: &Need) -> bool {
        match *need {
            Need::Shown(_) => true,
            Need::Take(take) => self.sweep.takes[take as usize].asked.exact,
            Need::Rows(rows) => self.sweep.rows[rows as usize].exact,
            Need::Mention(_) => false,
        }
    }

    /// Notes what a pattern needs.
    fn note_needed(&mut self, need: Vec<Need>) {
        let Sweep { takes, rows, needs, .. } = &mut self.sweep;
        let shown = |one: Need| match one {
            Need::Take(take) => takes[take as usize].shown().map_or(one, Need::Shown),
            Need::Rows(number) => rows[number as usize].shown().map_or(one, Need::Shown),
            _ => one,
        };
        let number = *self.needs.entry(need).or_insert_with_key(|need| {
            needs.push(need.iter().map(|&one| shown(one)).collect());
            index(needs.len() - 1)
        });
        self.sweep.needed.push(number);
    }

    /// Makes the programs ready to run.
    fn finish(mut self) -> Sweep {
        let (mut depths, mut programs) = (Vec::<usize>::new(), Vec::new());
        for &Program { from, to } in &self.sweep.programs {
            let steps = from as usize..to as usize;
            let (ops, certain) = (&self.ops[steps.clone()], &self.certain[steps]);
            let from = index(self.sweep.code.len());
            let lowering = Lowering::of(ops, certain, &self.sweep.takes, &self.sweep.rows);
            let code = lowering.instructions(&mut self.sweep.choices);
            self.sweep.code.extend(code);
            programs.push(Program { from, to: index(self.sweep.code.len()) });
            // what a program looks ahead for was made before it
            let ahead = ops.iter().filter_map(|op| match op {
                Op::Look { look, .. } => match self.sweep.looks[*look as usize] {
                    Glance::Ahead(program) => depths.get(program as usize).copied(),
                    _ => None,
                },
                _ => None,
            });
            depths.push(ops.len() + ahead.max().unwrap_or(0));
        }
        self.sweep.programs = programs;
        self.sweep.sieve = self.sieve.finish();
        self.sweep.depth = depths.into_iter().max().unwrap_or(0);
        self.sweep
    }

    /// What each match of a program holds for certain.
    fn certain_needs(&self, program: u32) -> impl Iterator<Item = Need> {
        let Program { from, to } = self.sweep.programs[program as usize];
        let certain = (from..to).filter(|&at| self.certain[at as usize]);
        certain.filter_map(|at| match self.ops[at as usize] {
            Op::Take(take) if self.sweep.takes[take as usize].asked.any_of.is_some() => {
                Some(Need::Take(take))
            }
            Op::Rows(rows) => Some(Need::Rows(rows)),
            Op::Mention(types) => Some(Need::Mention(types)),
            _ => None,
        })
    }

    /// How common what is needed is.
    fn commonness(&self, need: &[Need]) -> usize {
        let one = |one: &Need| match *one {
            Need::Take(take) => self.takes_common[take as usize],
            Need::Rows(rows) => self.rows_common[rows as usize],
            Need::Shown(_) | Need::Mention(_) => 0,
        };
        need.iter().map(one).sum()
    }

    fn need_of(&mut self, anchors: &[Anchor]) -> Vec<Need> {
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
        let words = (!words.is_empty()).then(|| Need::Take(self.take_of(&Step::Words(words))));
        let lists = lists.into_iter().map(|(list, values)| Need::Rows(self.rows_of(list, &values)));
        words.into_iter().chain(lists).collect()
    }

    /// What some token shows where a need is met.
    fn shown_by_need(&self, need: &[Need]) -> Option<Vec<Feature>> {
        let mut all = Vec::new();
        for one in need {
            match *one {
                Need::Take(take) => all.extend(self.sweep.takes[take as usize].asked.any_of.as_ref()?),
                Need::Rows(rows) => all.extend(&self.sweep.rows[rows as usize].shown),
                Need::Shown(feature) => all.push(feature),
                Need::Mention(_) => return None,
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// What some token shows right after the mention that each match of a program begins with, or right before one that it
    /// holds: lists and words, which few tokens show.
    fn shown_beside_mention(&self, program: u32) -> Option<(Where, Vec<Feature>)> {
        let Program { from, to } = self.sweep.programs[program as usize];
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
            Op::Take(take) => self.sweep.takes[take as usize].asked.any_of.clone(),
            Op::Rows(rows) => Some(self.sweep.rows[rows as usize].shown.clone()),
            _ => None,
        });
        before.find(rare).map(|features| (Where::Before, features))
    }

    /// What the next token shows at step `at` of a program that begins at `base`; `None`: unknown, or there may be none.
    fn first_shown(&self, at: u32, base: u32) -> Option<Vec<Feature>> {
        let (mut shown, mut open) = (Vec::new(), vec![at]);
        while let Some(at) = open.pop() {
            match self.ops[at as usize] {
                Op::Take(take) => shown.extend(self.sweep.takes[take as usize].asked.any_of.as_ref()?),
                Op::Several(take, _) => {
                    shown.extend(self.sweep.takes[take as usize].asked.any_of.as_ref()?);
                    open.push(at + 1);
                }
                Op::Shown(feature) => shown.push(feature),
                Op::Rows(rows) => shown.extend(&self.sweep.rows[rows as usize].shown),
                Op::Split(first, second) => open.extend([base + first, base + second]),
                Op::Jump(to) => open.push(base + to),
                Op::Glued | Op::First | Op::Look { .. } => open.push(at + 1),
                Op::Mention(_)
                | Op::Last
                | Op::Aside
                | Op::Accept
                | Op::AnyShown { .. }
                | Op::Choice { .. } => {
                    return None;
                }
            }
        }
        shown.sort_unstable();
        shown.dedup();
        Some(shown)
    }

    fn program(&mut self, pattern: &Pattern) -> u32 {
        let looks = self.looks_of(pattern);
        let (several, places) = lay_out(&pattern.steps);
        let from = index(self.ops.len());
        for (at, step) in pattern.steps.iter().enumerate() {
            if places[at] == places[at + 1] {
                continue;
            }
            let op = match step {
                Step::Split { .. } if several[at] > 0 => {
                    Op::Several(self.take_of(&pattern.steps[at + 1]), several[at])
                }
                Step::Split { first, second } => Op::Split(places[*first as usize], places[*second as usize]),
                Step::Jump(to) => Op::Jump(places[*to as usize]),
                Step::Look { pattern, negate, .. } => {
                    Op::Look { look: looks[*pattern as usize], negate: *negate }
                }
                Step::List { list, values, .. } => Op::Rows(self.rows_of(*list, values)),
                Step::Mention { types, .. } => Op::Mention(*types),
                Step::Glued => Op::Glued,
                Step::First => Op::First,
                Step::Last => Op::Last,
                Step::Aside => Op::Aside,
                Step::Accept => Op::Accept,
                Step::Test(_) | Step::Words(_) | Step::Phrase(_) | Step::Open(_) | Step::Close(_) => {
                    Op::Take(self.take_of(step))
                }
            };
            self.ops.push(op);
        }
        self.certain.extend(certain(&self.ops[from as usize..]));
        self.sweep.programs.push(Program { from, to: index(self.ops.len()) });
        index(self.sweep.programs.len() - 1)
    }

    fn take_of(&mut self, step: &Step) -> u32 {
        if let Some(&known) = self.takes.get(step) {
            return known;
        }
        let breaks = match step {
            Step::Phrase(list) => Some(self.rows_of(*list, &[])),
            _ => None,
        };
        let asked = Asked::by(step, self.lexis.vocabulary);
        asked.any_of.iter().flatten().for_each(|&feature| self.sweep.asked.add(feature));
        let is_rare = asked.any_of.as_ref().is_some_and(|any| any.iter().all(|feature| feature.is_rare()));
        self.takes_common.push(self.lexis.of_step(step, is_rare));
        self.sweep.takes.push(Take { step: step.clone(), asked, breaks });
        let number = index(self.sweep.takes.len() - 1);
        self.takes.insert(step.clone(), number);
        number
    }

    fn rows_of(&mut self, list: WordListId, values: &[ValueId]) -> u32 {
        let Self { sweep, lexis, rows, rows_common, .. } = self;
        *rows.entry((list, values.to_vec())).or_insert_with(|| {
            let listed = Listed::new(list, values, *lexis);
            listed.shown.iter().for_each(|&rows| sweep.asked.add(rows));
            rows_common.push(lexis.of_rows(&listed));
            sweep.rows.push(listed);
            index(sweep.rows.len() - 1)
        })
    }

    /// The number of each look of a pattern.
    fn looks_of(&mut self, pattern: &Pattern) -> Vec<u32> {
        let mut numbers = vec![0; pattern.looks.len()];
        for step in &pattern.steps {
            if let Step::Look { pattern: look, behind, .. } = step {
                numbers[*look as usize] = self.look_of(&pattern.looks[*look as usize], *behind);
            }
        }
        numbers
    }

    fn look_of(&mut self, look: &Pattern, behind: bool) -> u32 {
        let key = (behind, look.steps.clone(), self.looks_of(look));
        if let Some(&known) = self.looks.get(&key) {
            return known;
        }
        let kind = if behind {
            match look.leading_step() {
                Some(Step::Mention { types, .. }) => Glance::BehindMention(*types),
                _ => match look.steps.as_slice() {
                    [step @ (Step::Test(_) | Step::Words(_)), Step::Accept] => {
                        Glance::BehindTake(self.take_of(step))
                    }
                    _ => Glance::Behind(Box::new(look.clone())),
                },
            }
        } else {
            Glance::Ahead(self.program(look))
        };
        self.sweep.looks.push(kind);
        let number = index(self.sweep.looks.len() - 1);
        self.looks.insert(key, number);
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
