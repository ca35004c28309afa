//! Sweeps: where in a sentence the patterns of a set can match, found for all places at once. Each pattern becomes a short
//! program; run from its end to its start over sets of places (see `window`), it leaves the places where a match begins.
//!
//! A sweep is exact: the walk of `matcher`, which tells what a match caught, is needed only where there is one. A program
//! goes on only as long as there is a place left, so most end after a step or two, at their trigger.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::WINDOW;
use super::feature::{Asked, Feature};
use super::index::{ByFeature, RuleBits};
use super::matcher::{Field, MatchScratch};
use super::pattern::{Pattern, TypeSet};
use super::program::{Anchor, Step};
use super::window::{MOST, Part, Places, Window, each, windows};
use crate::gazetteer::{ValueId, WordListId};
use crate::model::Look;
use crate::text::Vocabulary;

/// Patterns look behind a match no further than this, in tokens.
pub(super) const BACK: usize = 8;

/// One step of a program.
#[derive(Clone, Copy, Debug)]
enum Op {
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
enum Glance {
    /// A match of the program begins there.
    Ahead(u32),
    BehindMention(TypeSet),
    /// A token that the step takes stands before it.
    BehindTake(u32),
    /// A match ends there.
    Behind(Box<Pattern>),
}

/// Something that a match needs: a token that a step takes, a row of a list.
#[derive(Clone, Copy, Debug)]
enum Need {
    Take(u32),
    Rows(u32),
}

/// A step that takes one token, and what such tokens show, if that is known.
#[derive(Clone, Debug)]
struct Take {
    step: Step,
    asked: Asked,
    /// The rows that break a phrase, if it takes words of one.
    breaks: Option<u32>,
}

/// The steps of one pattern, `from..to` of all.
#[derive(Clone, Copy, Debug, Default)]
struct Program {
    from: u32,
    to: u32,
}

/// Patterns of a set, by number, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    ops: Vec<Op>,
    /// For each step: does every match pass it?
    certain: Vec<bool>,
    /// Those of the patterns and of what looks ahead.
    programs: Vec<Program>,
    /// The program of each pattern.
    rules: Vec<u32>,
    /// Patterns by what is rarest in their matches.
    by_need: ByFeature,
    /// By pattern: of each of these one stands in every match.
    needs: Vec<Vec<Vec<Need>>>,
    takes: Vec<Take>,
    rows: Vec<Listed>,
    looks: Vec<Glance>,
    known: Known,
}

/// Rows of a list with one of these values; any, if there is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Listed {
    list: WordListId,
    values: Vec<ValueId>,
}

/// What several patterns have in common.
#[derive(Clone, Debug, Default)]
struct Known {
    takes: HashMap<Step, u32>,
    rows: HashMap<Listed, u32>,
    looks: HashMap<(bool, Vec<Step>, Vec<u32>), u32>,
}

/// What a look has found in a window so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    window: u32,
    asked: Places,
    holds: Places,
}

/// Buffers reused between sentences.
#[derive(Default)]
pub struct SweepScratch {
    window: Window,
    sets: Vec<Places>,
    looks: Vec<Seen>,
    live: RuleBits,
    walking: MatchScratch,
    found: Vec<(u32, u32)>,
}

impl Sweep {
    /// Adds a pattern, which gets the next number.
    pub fn add(&mut self, pattern: &Pattern, vocabulary: &Vocabulary) {
        let number = index(self.rules.len());
        let program = self.program(pattern, vocabulary);
        self.rules.push(program);
        let needs = pattern.needs.iter().map(|anchors| self.need_of(anchors, vocabulary));
        let needs: Vec<Vec<Need>> = needs.collect();
        let rarest = needs.first().and_then(|need| self.shown_by_need(need));
        let rarest = rarest.or_else(|| self.shown_by_some_token(program));
        self.by_need.add(number, rarest.as_deref());
        self.needs.push(needs);
    }

    fn need_of(&mut self, anchors: &[Anchor], vocabulary: &Vocabulary) -> Vec<Need> {
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
        let words = (!words.is_empty()).then(|| Need::Take(self.take_of(&Step::Words(words), vocabulary)));
        let lists = lists.into_iter().map(|(list, values)| Need::Rows(self.rows_of(list, &values)));
        words.into_iter().chain(lists).collect()
    }

    /// What some token shows where a need is met.
    fn shown_by_need(&self, need: &[Need]) -> Option<Vec<Feature>> {
        let mut all = Vec::new();
        for one in need {
            match *one {
                Need::Take(take) => all.extend(self.takes[take as usize].asked.any_of.as_ref()?),
                Need::Rows(rows) => all.push(Feature::of_list(self.rows[rows as usize].list.0)),
            }
        }
        (!all.is_empty()).then_some(all)
    }

    /// What some token of each match of a program shows.
    fn shown_by_some_token(&self, program: u32) -> Option<Vec<Feature>> {
        let Program { from, to } = self.programs[program as usize];
        let certain = (from..to).filter(|&at| self.certain[at as usize]);
        let takes = certain.filter_map(|at| match self.ops[at as usize] {
            Op::Take(take) => self.takes[take as usize].asked.any_of.as_ref(),
            _ => None,
        });
        let common = |features: &&Vec<Feature>| features.contains(&Feature::of_look(Look::Wordlike));
        takes.min_by_key(common).cloned()
    }

    fn program(&mut self, pattern: &Pattern, vocabulary: &Vocabulary) -> u32 {
        let looks = self.looks_of(pattern, vocabulary);
        let (several, places) = lay_out(&pattern.steps);
        let from = index(self.ops.len());
        for (at, step) in pattern.steps.iter().enumerate() {
            if places[at] == places[at + 1] {
                continue;
            }
            let op = match step {
                Step::Split { .. } if several[at] > 0 => {
                    Op::Several(self.take_of(&pattern.steps[at + 1], vocabulary), several[at])
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
                    Op::Take(self.take_of(step, vocabulary))
                }
            };
            self.ops.push(op);
        }
        self.certain.extend(certain(&self.ops[from as usize..]));
        self.programs.push(Program { from, to: index(self.ops.len()) });
        index(self.programs.len() - 1)
    }

    fn take_of(&mut self, step: &Step, vocabulary: &Vocabulary) -> u32 {
        if let Some(&known) = self.known.takes.get(step) {
            return known;
        }
        let breaks = match step {
            Step::Phrase(list) => Some(self.rows_of(*list, &[])),
            _ => None,
        };
        self.takes.push(Take { step: step.clone(), asked: Asked::by(step, vocabulary), breaks });
        let number = index(self.takes.len() - 1);
        self.known.takes.insert(step.clone(), number);
        number
    }

    fn rows_of(&mut self, list: WordListId, values: &[ValueId]) -> u32 {
        let key = Listed { list, values: values.to_vec() };
        let rows = &mut self.rows;
        *self.known.rows.entry(key).or_insert_with_key(|key| {
            rows.push(key.clone());
            index(rows.len() - 1)
        })
    }

    /// The number of each look of a pattern.
    fn looks_of(&mut self, pattern: &Pattern, vocabulary: &Vocabulary) -> Vec<u32> {
        let mut numbers = vec![0; pattern.looks.len()];
        for step in &pattern.steps {
            if let Step::Look { pattern: look, behind, .. } = step {
                numbers[*look as usize] = self.look_of(&pattern.looks[*look as usize], *behind, vocabulary);
            }
        }
        numbers
    }

    fn look_of(&mut self, look: &Pattern, behind: bool, vocabulary: &Vocabulary) -> u32 {
        let key = (behind, look.steps.clone(), self.looks_of(look, vocabulary));
        if let Some(&known) = self.known.looks.get(&key) {
            return known;
        }
        let kind = if behind {
            match look.steps.iter().find(|s| !matches!(s, Step::Open(_) | Step::Glued)) {
                Some(Step::Mention { types, .. }) => Glance::BehindMention(*types),
                _ => match look.steps.as_slice() {
                    [step @ (Step::Test(_) | Step::Words(_)), Step::Accept] => {
                        Glance::BehindTake(self.take_of(step, vocabulary))
                    }
                    _ => Glance::Behind(Box::new(look.clone())),
                },
            }
        } else {
            Glance::Ahead(self.program(look, vocabulary))
        };
        self.looks.push(kind);
        let number = index(self.looks.len() - 1);
        self.known.looks.insert(key, number);
        number
    }

    /// Tells `each` every token and pattern where a match starts, in order of token, then pattern.
    pub fn find(&self, field: &Field<'_>, scratch: &mut SweepScratch, mut each: impl FnMut(u32, u32)) {
        let mut found = std::mem::take(&mut scratch.found);
        for Part { from, to, starts } in windows(field.bounds, WINDOW, BACK) {
            found.clear();
            let mut search = Search { sweep: self, field, scratch };
            search.open(from, to);
            let ends = search.scratch.window.all;
            search.all(ends, |rule, places| {
                self::each(places & starts, |at| found.push((index(from + at), rule)));
            });
            found.sort_unstable();
            found.iter().for_each(|&(at, rule)| each(at, rule));
        }
        scratch.found = found;
    }

    /// Tells `each` every pattern that matches from the first to the last token of a short field; of a long one, that may.
    pub fn find_whole(&self, field: &Field<'_>, scratch: &mut SweepScratch, mut each: impl FnMut(u32)) {
        let (from, end) = (field.bounds.start as usize, field.bounds.end as usize);
        let mut search = Search { sweep: self, field, scratch };
        search.open(from, end.min(from + MOST));
        let last = 1 << search.scratch.window.len;
        search.all(last, |rule, places| {
            if places & 1 == 1 {
                each(rule);
            }
        });
    }
}

impl Sweep {
    /// The patterns that could match if more of the sentence were as they need it: what is rarest in them is there.
    pub fn in_question(&self, field: &Field<'_>) -> RuleBits {
        let mut window = Window::default();
        let (mut all, mut live) = (RuleBits::default(), RuleBits::default());
        for Part { from, to, .. } in windows(field.bounds, WINDOW, BACK) {
            window.open(field, from, to);
            self.by_need.of(&window.shown, &mut live);
            live.iter().for_each(|rule| all.add(rule));
        }
        all
    }
}

/// One window, looked at for a set of patterns.
struct Search<'s, 'a> {
    sweep: &'s Sweep,
    field: &'s Field<'a>,
    scratch: &'s mut SweepScratch,
}

impl Search<'_, '_> {
    fn open(&mut self, from: usize, to: usize) {
        self.scratch.window.open(self.field, from, to);
        self.scratch.looks.resize(self.sweep.looks.len(), Seen::default());
    }

    /// Tells `each` the patterns of the set that match to one of `ends`, and where they start.
    fn all(&mut self, ends: Places, mut each: impl FnMut(u32, Places)) {
        let sweep = self.sweep;
        let mut live = std::mem::take(&mut self.scratch.live);
        sweep.by_need.of(&self.scratch.window.shown, &mut live);
        for rule in live.iter() {
            if sweep.needs[rule as usize].iter().all(|need| self.has(need)) {
                let starts = self.run(sweep.rules[rule as usize], 0, ends);
                if starts != 0 {
                    each(rule, starts);
                }
            }
        }
        self.scratch.live = live;
    }

    /// Is one of these in the window?
    fn has(&mut self, need: &[Need]) -> bool {
        need.is_empty()
            || need.iter().any(|one| match *one {
                Need::Take(take) => self.taken_by(take) != 0,
                Need::Rows(number) => {
                    let Listed { list, values } = &self.sweep.rows[number as usize];
                    self.scratch.window.has_rows(number as usize, *list, values, self.field)
                }
            })
    }

    /// The places from which a program leads to one of `ends`. Its sets begin at `base`.
    fn run(&mut self, program: u32, base: usize, ends: Places) -> Places {
        let Program { from, to } = self.sweep.programs[program as usize];
        let ops = &self.sweep.ops[from as usize..to as usize];
        let certain = &self.sweep.certain[from as usize..to as usize];
        if self.scratch.sets.len() <= base + ops.len() {
            self.scratch.sets.resize(base + ops.len() + 1, 0);
        }
        let beyond = base + ops.len();
        let mut next = 0;
        for (at, op) in ops.iter().enumerate().rev() {
            let set = |step: u32| self.scratch.sets[base + step as usize];
            let places = match *op {
                Op::Accept => ends,
                Op::Split(first, second) => set(first) | set(second),
                Op::Jump(step) => set(step),
                _ if next == 0 => 0,
                Op::Take(number) => self.taken_by(number) & (next >> 1),
                Op::Several(number, most) => {
                    let taken = self.taken_by(number);
                    let (mut all, mut last) = (next, next);
                    for _ in 0..most {
                        last = taken & (last >> 1);
                        all |= last;
                    }
                    all
                }
                Op::Rows(number) => {
                    let Listed { list, values } = &self.sweep.rows[number as usize];
                    self.scratch.window.before_rows(number as usize, *list, values, next, self.field)
                }
                Op::Mention(types) => self.scratch.window.before_mentions(types, next),
                Op::Glued => next & self.scratch.window.glued(),
                Op::First => next & self.scratch.window.first(self.field),
                Op::Last => next & self.scratch.window.last(self.field),
                Op::Aside => self.scratch.window.before_asides(next, self.field),
                Op::Look { look, negate } => next & self.look(look, negate, next, beyond),
            };
            if places == 0 && certain[at] {
                return 0;
            }
            self.scratch.sets[base + at] = places;
            next = places;
        }
        next
    }

    fn taken_by(&mut self, number: u32) -> Places {
        if let Some(known) = self.scratch.window.known_taken(number as usize) {
            return known;
        }
        let Take { step, asked, breaks } = &self.sweep.takes[number as usize];
        let window = &mut self.scratch.window;
        let places = match *breaks {
            Some(rows) => {
                let list = self.sweep.rows[rows as usize].list;
                let breaks = window.single_rows(rows as usize, list, self.field);
                window.in_phrase(breaks)
            }
            None => window.find_taken(step, asked, self.field),
        };
        window.remember_taken(number as usize, places);
        places
    }

    /// Where the look does (or does not) find what it looks for; of the places in `of` at least.
    fn look(&mut self, number: u32, negate: bool, of: Places, base: usize) -> Places {
        let mut seen = self.scratch.looks[number as usize];
        if seen.window != self.scratch.window.number {
            seen = Seen { window: self.scratch.window.number, ..Seen::default() };
        }
        let unasked = of & !seen.asked;
        if unasked != 0 {
            (seen.asked, seen.holds) = match &self.sweep.looks[number as usize] {
                Glance::Ahead(program) => (Places::MAX, self.run(*program, base, self.scratch.window.all)),
                Glance::BehindMention(types) => {
                    (Places::MAX, self.scratch.window.behind_mentions(*types, self.field))
                }
                Glance::BehindTake(take) => (Places::MAX, self.taken_by(*take) << 1),
                Glance::Behind(pattern) => {
                    (seen.asked | unasked, seen.holds | self.walk_back(pattern, unasked))
                }
            };
            self.scratch.looks[number as usize] = seen;
        }
        let holds = if negate { !seen.holds } else { seen.holds };
        // near the end of a window that cuts a sentence not all is seen; the walk will tell
        if self.scratch.window.is_last(self.field) { holds } else { holds | Places::MAX << WINDOW }
    }

    fn walk_back(&mut self, pattern: &Pattern, places: Places) -> Places {
        let (from, mut holds) = (self.scratch.window.from, 0);
        each(places, |at| {
            let found = pattern.matches_before(self.field, from + at, &mut self.scratch.walking);
            holds |= Places::from(found) << at;
        });
        holds
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
    (takes && pairs && (end - at) % 2 == 0).then_some(end)
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
