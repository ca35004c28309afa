//! Searches one window for the patterns of a sweep: runs their programs, each from its end to its start.

use super::WINDOW;
use super::feature::Feature;
use super::index::RuleBits;
use super::matcher::{Field, MatchScratch};
use super::pattern::Pattern;
use super::places::Places;
use super::sweep::{Glance, Listed, Need, Op, Program, Sweep, Take};
use super::window::{Features, Window};

/// What a look has found in a window so far.
#[derive(Clone, Copy, Debug, Default)]
struct Seen<P> {
    window: u32,
    asked: P,
    holds: P,
}

/// A window and what programs leave in it; buffers reused from window to window.
#[derive(Debug, Default)]
pub(super) struct Seeing<P> {
    pub(super) window: Window<P>,
    /// For each step of the programs that run, the places from which it leads to the end.
    sets: Vec<P>,
    looks: Vec<Seen<P>>,
}

/// One window, looked at for a set of patterns.
pub(super) struct Search<'s, 'a, P> {
    sweep: &'s Sweep,
    field: Field<'a>,
    pub(super) window: &'s mut Window<P>,
    sets: &'s mut Vec<P>,
    looks: &'s mut Vec<Seen<P>>,
    walking: &'s mut MatchScratch,
}

impl<'s, 'a, P: Places> Search<'s, 'a, P> {
    /// Opens the window on the stretches that are laid out in it; `known` is what its places show, if that was found before.
    pub(super) fn open(
        sweep: &'s Sweep,
        field: &Field<'a>,
        seeing: &'s mut Seeing<P>,
        walking: &'s mut MatchScratch,
        known: Option<&[(Feature, P)]>,
    ) -> Self {
        let Seeing { window, sets, looks } = seeing;
        let field = Field { bounds: window.layout.bounds(), ..*field };
        window.fit(sweep.takes.len(), sweep.rows.len());
        window.open(
            &field,
            match known {
                Some(known) => Features::Known(known, &sweep.asked),
                None => Features::Of(&sweep.asked),
            },
        );
        looks.resize(sweep.looks.len(), Seen::default());
        Self { sweep, field, window, sets, looks, walking }
    }

    /// Tells `each` the patterns of the set that match to one of `ends`, and where they start.
    pub(super) fn all(&mut self, live: &mut RuleBits, ends: P, mut each: impl FnMut(u32, P)) {
        let sweep = self.sweep;
        sweep.by_need.of(&self.window.showing.shown, &self.window.beside, live);
        for rule in live.iter() {
            if sweep.needs[rule as usize].iter().all(|need| self.has(need)) {
                let starts = self.run(sweep.rules[rule as usize], 0, ends);
                if starts != P::NONE {
                    each(rule, starts);
                }
            }
        }
    }

    /// Is one of these in the window?
    fn has(&mut self, need: &[Need]) -> bool {
        need.iter().any(|one| match *one {
            Need::Take(take) => self.taken_by(take) != P::NONE,
            Need::Rows(number) => {
                let Listed { list, values } = &self.sweep.rows[number as usize];
                self.window.has_rows(number as usize, *list, values, &self.field)
            }
            Need::Mention(types) => self.window.spot_types.meets(types),
        })
    }

    /// The places from which a program leads to one of `ends`. Its sets begin at `base`.
    fn run(&mut self, program: u32, base: usize, ends: P) -> P {
        let Program { from, to } = self.sweep.programs[program as usize];
        let ops = &self.sweep.ops[from as usize..to as usize];
        let certain = &self.sweep.certain[from as usize..to as usize];
        let beyond = base + ops.len();
        if self.sets.len() < beyond {
            self.sets.resize(beyond, P::NONE);
        }
        let mut next = P::NONE;
        for (at, (op, certain)) in ops.iter().zip(certain).enumerate().rev() {
            let set = |step: u32| self.sets[base + step as usize];
            let places = match *op {
                Op::Accept => ends,
                Op::Split(first, second) => set(first) | set(second),
                Op::Jump(step) => set(step),
                _ if next == P::NONE => next,
                Op::Take(number) => self.taken_by(number) & (next >> 1),
                Op::Several(number, most) => several(self.taken_by(number), most, next),
                Op::Mention(types) => self.window.before_mentions(types, next),
                Op::Look { look, negate } => next & self.look(look, negate, next, beyond),
                Op::Rows(number) => {
                    let Listed { list, values } = &self.sweep.rows[number as usize];
                    self.window.before_rows(number as usize, *list, values, next, &self.field)
                }
                Op::Glued => next & self.window.glued(),
                Op::First => next & self.window.layout.firsts,
                Op::Last => next & self.window.layout.lasts,
                Op::Aside => self.window.before_asides(next, &self.field),
            };
            if places == P::NONE && *certain {
                return places;
            }
            self.sets[base + at] = places;
            next = places;
        }
        next
    }

    #[inline]
    fn taken_by(&mut self, number: u32) -> P {
        match self.window.known_taken(number as usize) {
            Some(known) => known,
            None => self.find_taken(number),
        }
    }

    fn find_taken(&mut self, number: u32) -> P {
        let Take { step, asked, breaks, .. } = &self.sweep.takes[number as usize];
        let places = match *breaks {
            Some(rows) => {
                let list = self.sweep.rows[rows as usize].list;
                let breaks = self.window.single_rows(rows as usize, list, &self.field);
                self.window.in_phrase(breaks)
            }
            None => self.window.find_taken(step, asked, &self.field),
        };
        self.window.remember_taken(number as usize, places);
        places
    }

    /// Where the look does (or does not) find what it looks for; of the places in `of` at least.
    fn look(&mut self, number: u32, negate: bool, of: P, base: usize) -> P {
        let mut seen = self.looks[number as usize];
        if seen.window != self.window.number {
            seen = Seen { window: self.window.number, ..Seen::default() };
        }
        let unasked = of & !seen.asked;
        if unasked != P::NONE {
            (seen.asked, seen.holds) = match &self.sweep.looks[number as usize] {
                Glance::Ahead(program) => (P::ALL, self.run(*program, base, self.window.layout.all())),
                Glance::BehindMention(types) => (P::ALL, self.window.behind_mentions(*types, &self.field)),
                Glance::BehindTake(take) => (P::ALL, self.taken_by(*take) << 1),
                Glance::Behind(pattern) => {
                    (seen.asked | unasked, seen.holds | self.walk_back(pattern, unasked))
                }
            };
            self.looks[number as usize] = seen;
        }
        let holds = if negate { !seen.holds } else { seen.holds };
        if !self.window.layout.is_cut() {
            return holds;
        }
        // near the end of a window that cuts a sentence not all is seen; the walk will tell
        holds | !P::between(0, WINDOW)
    }

    fn walk_back(&mut self, pattern: &Pattern, places: P) -> P {
        let mut holds = P::NONE;
        places.each(|at| {
            let layout = &self.window.layout;
            let field = Field { bounds: layout.bounds_of(at), ..self.field };
            if pattern.matches_before(&field, layout.token(at), self.walking) {
                holds |= P::FIRST << at;
            }
        });
        holds
    }
}

/// The places from which up to `most` tokens that are `taken` lead to `next`.
#[inline]
fn several<P: Places>(taken: P, most: u8, next: P) -> P {
    let (mut all, mut last) = (next, next);
    for _ in 0..most {
        last = taken & (last >> 1);
        if last == P::NONE {
            break;
        }
        all |= last;
    }
    all
}
