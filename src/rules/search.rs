//! Searches one window for the patterns of a sweep: runs their programs, each from its end to its start.

use super::WINDOW;
use super::code::{Glance, Need, Op, Program};
use super::feature::Feature;
use super::index::{RuleBits, Sifting};
use super::matcher::{Field, MatchScratch};
use super::pattern::Pattern;
use super::places::Places;
use super::sweep::{Rule, Sweep};
use super::window::{Features, Made, Window};

/// What a look has found so far: where it was asked, and where it holds.
#[derive(Clone, Copy, Debug, Default)]
struct Seen<P> {
    asked: P,
    holds: P,
}

/// A window and what programs leave in it; buffers reused from window to window.
#[derive(Debug, Default)]
pub(super) struct Seeing<P> {
    pub(super) window: Window<P>,
    /// For each step of the programs that run, the places from which it leads to the end.
    sets: Vec<P>,
    looks: Vec<Made<Seen<P>>>,
    /// By need: is it met?
    met: Vec<Made<bool>>,
    sifting: Sifting,
}

/// One window, looked at for a set of patterns.
pub(super) struct Search<'s, 'a, P> {
    sweep: &'s Sweep,
    field: Field<'a>,
    pub(super) window: &'s mut Window<P>,
    sets: &'s mut Vec<P>,
    looks: &'s mut Vec<Made<Seen<P>>>,
    met: &'s mut Vec<Made<bool>>,
    sifting: &'s mut Sifting,
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
        let Seeing { window, sets, looks, met, sifting } = seeing;
        let field = Field { bounds: window.layout.bounds(), ..*field };
        window.fit(sweep.takes.len(), sweep.rows.len());
        window.open(
            &field,
            match known {
                Some(known) => Features::Known(known, &sweep.asked),
                None => Features::Of(&sweep.asked),
            },
        );
        looks.resize(looks.len().max(sweep.looks.len()), Made::default());
        met.resize(met.len().max(sweep.needs.len()), Made::default());
        sets.resize(sets.len().max(sweep.depth), P::NONE);
        Self { sweep, field, window, sets, looks, met, sifting, walking }
    }

    /// Tells `each` the patterns of the set that match to one of `ends`, and where they start.
    pub(super) fn all(&mut self, live: &mut RuleBits, ends: P, mut each: impl FnMut(u32, P)) {
        let sweep = self.sweep;
        sweep.sieve.live(self.window, &self.field, live, self.sifting);
        let mut sets = std::mem::take(self.sets);
        for rule in live.iter() {
            let Rule { program, needs, .. } = &sweep.rules[rule as usize];
            if sweep.needed[needs.clone()].iter().all(|&need| self.meets(need)) {
                let starts = self.run(*program, &mut sets, ends);
                if starts != P::NONE {
                    each(rule, starts);
                }
            }
        }
        *self.sets = sets;
    }

    #[inline]
    fn meets(&mut self, need: u32) -> bool {
        match self.met[need as usize].known(self.window.number) {
            Some(met) => met,
            None => self.find_met(need),
        }
    }

    #[inline(never)]
    fn find_met(&mut self, number: u32) -> bool {
        let met = self.sweep.needs[number as usize].iter().any(|one| match *one {
            Need::Shown(feature) => self.window.showing.of(feature) != P::NONE,
            Need::Take(take) => self.taken_by(take) != P::NONE,
            Need::Rows(number) => {
                self.window.has_rows(number, &self.sweep.rows[number as usize], &self.field)
            }
            Need::Mention(types) => self.window.spot_types.meets(types),
        });
        self.met[number as usize] = Made::now(self.window.number, met);
        met
    }

    /// The places from which a program leads to one of `ends`. `sets`: room for those of its steps, and of what it looks
    /// ahead for.
    fn run(&mut self, program: u32, sets: &mut [P], ends: P) -> P {
        let Program { from, to } = self.sweep.programs[program as usize];
        let code = &self.sweep.code[from as usize..to as usize];
        let Some((own, others)) = sets.split_at_mut_checked(code.len()) else { return P::NONE };
        // the last one accepts
        let Some(mut at) = code.len().checked_sub(1) else { return P::NONE };
        own[at] = ends;
        while at > 0 {
            at -= 1;
            let step = &code[at];
            let next = own[step.next as usize];
            let places = match step.op {
                Op::Accept => ends,
                Op::Split(first, second) => own[first as usize] | own[second as usize],
                Op::Choice { from, to } => {
                    let ways = &self.sweep.choices[from as usize..to as usize];
                    ways.iter().fold(P::NONE, |all, &way| all | own[way as usize])
                }
                Op::Jump(step) => own[step as usize],
                Op::Shown(feature) => self.window.showing.of(feature) & (next >> 1),
                Op::AnyShown { from, to } if next != P::NONE => {
                    let features = &self.sweep.choices[from as usize..to as usize];
                    let shown = |all, &feature: &u32| all | self.window.showing.of(Feature(feature));
                    features.iter().fold(P::NONE, shown) & (next >> 1)
                }
                Op::AnyShown { .. } => next,
                Op::Take(number) => self.taken_by(number) & (next >> 1),
                Op::Several(number, most) => several(self.taken_by(number), most, next),
                Op::Mention(types) => self.window.before_mentions(types, next),
                Op::Look { look, negate } => next & self.look(look, negate, next, others),
                Op::Rows(number) => {
                    self.window.before_rows(number, &self.sweep.rows[number as usize], next, &self.field)
                }
                Op::Glued => next & self.window.glued(),
                Op::First => next & self.window.layout.firsts,
                Op::Last => next & self.window.layout.lasts,
                Op::Aside => self.window.before_asides(next, &self.field),
            };
            if places == P::NONE {
                if step.certain {
                    return places;
                }
                at = step.first as usize;
            }
            own[at] = places;
        }
        own.first().copied().unwrap_or(P::NONE)
    }

    #[inline]
    fn taken_by(&mut self, number: u32) -> P {
        match self.window.known_taken(number) {
            Some(known) => known,
            None => self.find_taken(number),
        }
    }

    #[inline(never)]
    fn find_taken(&mut self, number: u32) -> P {
        let take = &self.sweep.takes[number as usize];
        let places = match take.breaks {
            Some(rows) => {
                let breaks = self.window.single_rows(rows, &self.sweep.rows[rows as usize], &self.field);
                self.window.in_phrase(breaks)
            }
            None => self.window.find_taken(&take.step, &take.asked, &self.field),
        };
        self.window.remember_taken(number, places);
        places
    }

    /// Where the look does (or does not) find what it looks for; of the places in `of` at least.
    fn look(&mut self, number: u32, negate: bool, of: P, sets: &mut [P]) -> P {
        let mut seen = self.looks[number as usize].known(self.window.number).unwrap_or_default();
        let unasked = of & !seen.asked;
        if unasked != P::NONE {
            (seen.asked, seen.holds) = match &self.sweep.looks[number as usize] {
                Glance::Ahead(program) => (P::ALL, self.run(*program, sets, self.window.layout.all())),
                Glance::BehindMention(types) => (P::ALL, self.window.behind_mentions(*types, &self.field)),
                Glance::BehindTake(take) => (P::ALL, self.taken_by(*take) << 1),
                Glance::Behind(pattern) => {
                    (seen.asked | unasked, seen.holds | self.walk_back(pattern, unasked))
                }
            };
            self.looks[number as usize] = Made::now(self.window.number, seen);
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
