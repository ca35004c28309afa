//! A window: what stands where in a few sentences, or in a part of a long one, as sets of places.
//!
//! Sets are made when they are asked for first, and kept until the next window is opened.

use super::aside::aside_ends;
use super::code::Listed;
use super::feature::{Asked, Feature, FeatureSet, Mark};
use super::layout::{Layout, Stretch};
use super::matcher::{Field, is_actor};
use super::pattern::TypeSet;
use super::places::Places;
use super::program::{Step, index};
use super::showing::Showing;
use super::test::Test;
use crate::model::{Look, TokenSpan, TypeId};

/// From place `from` to place `to`, over several tokens.
#[derive(Clone, Copy, Debug)]
struct Arc {
    from: u8,
    to: u8,
}

impl Arc {
    /// Its start, if it leads to one of `to`.
    #[inline]
    fn back_from<P: Places>(self, to: P) -> P {
        (to >> usize::from(self.to) & P::FIRST) << usize::from(self.from)
    }
}

/// A mention in the window: its first place and its type.
#[derive(Clone, Copy, Debug, Default)]
struct Spot {
    from: u8,
    types: TypeSet,
}

/// Something that is known of a window, if `made` is the window's number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Made<T> {
    made: u32,
    known: T,
}

impl<T: Copy> Made<T> {
    pub(super) const fn now(window: u32, known: T) -> Self {
        Self { made: window, known }
    }

    #[inline]
    pub(super) fn known(&self, window: u32) -> Option<T> {
        (self.made == window).then_some(self.known)
    }
}

/// Rows of a list: places where one of a single word begins, and `from..to` of the window's arcs for those of several.
#[derive(Clone, Copy, Debug, Default)]
struct Rows<P> {
    single: P,
    from: u32,
    to: u32,
}

/// Where a window gets what its tokens show; of that only what is asked for.
#[derive(Clone, Copy)]
pub(super) enum Features<'f, P> {
    /// From the tokens.
    Of(&'f FeatureSet),
    /// Of all tokens in its places it is known.
    Known(&'f [(Feature, P)], &'f FeatureSet),
}

/// Stretches of text and what was found in them so far. Buffers are reused from window to window.
#[derive(Debug, Default)]
pub(super) struct Window<P> {
    /// Another for each window.
    pub(super) number: u32,
    /// Where its tokens are.
    pub(super) layout: Layout<P>,
    /// What its tokens show.
    pub(super) showing: Showing<P>,
    /// Tokens of mentions: of all, of persons and organizations, of dates.
    covered: P,
    actors: P,
    dates: P,
    /// Mentions that lie in the window, by the place after them.
    spots: Vec<Spot>,
    /// Those places, and those where they begin.
    spot_ends: P,
    spot_starts: P,
    /// Types of the mentions that lie in the window.
    pub(super) spot_types: TypeSet,
    /// Places where mentions end, also those that begin before the window.
    mention_ends: P,
    tests: Vec<Made<P>>,
    rows: Vec<Made<Rows<P>>>,
    arcs: Vec<Arc>,
    asides: Made<(u32, u32)>,
    ends: Vec<u32>,
}

impl<P: Places> Window<P> {
    /// Makes room for so many steps that take one token, and so many rows.
    pub(super) fn fit(&mut self, takes: usize, rows: usize) {
        self.tests.resize(self.tests.len().max(takes), Made::default());
        self.rows.resize(self.rows.len().max(rows), Made::default());
    }

    /// Looks at the stretches that were laid out.
    pub(super) fn open(&mut self, field: &Field<'_>, from: Features<'_, P>) {
        self.number = self.number.wrapping_add(1).max(1);
        self.arcs.clear();
        self.showing.clear();
        self.clear_mentions();
        match from {
            Features::Of(asked) => self.showing.find(field, &self.layout, |feature| asked.has(feature)),
            Features::Known(known, asked) => self.showing.load(known, self.layout.tokens, asked),
        }
        let stretches = std::mem::take(&mut self.layout.stretches);
        for (start, stretch) in &stretches {
            self.find_mentions(field, *start, stretch);
        }
        self.layout.stretches = stretches;
    }

    /// The tokens right after mentions.
    pub(super) fn after_mentions(&self) -> P {
        self.spot_ends & self.layout.tokens
    }

    /// The tokens right before mentions.
    pub(super) fn ahead_of_mentions(&self) -> P {
        self.spot_starts >> 1 & self.layout.tokens
    }

    /// Tells `each` the lists that have a row of several words right before a mention.
    pub(super) fn each_list_ahead_of_mentions(&self, field: &Field<'_>, mut each: impl FnMut(Feature)) {
        self.looking(Look::Phrase).each(|place| {
            let limit = self.layout.end_of(place);
            for hit in
                field.hits.starting_at(self.layout.token(place)).iter().filter(|hit| hit.tokens.len() > 1)
            {
                let end = place + hit.tokens.len();
                if end < limit && self.spot_starts >> end & P::FIRST != P::NONE {
                    field.gazetteer.named_rows(hit.key).iter().for_each(|&rows| each(Feature::of_rows(rows)));
                }
            }
        });
    }

    fn clear_mentions(&mut self) {
        self.spots.resize(P::MOST + 1, Spot::default());
        (self.spot_starts, self.spot_ends) = (P::NONE, P::NONE);
        self.spot_types = TypeSet::default();
        (self.mention_ends, self.covered, self.actors, self.dates) = (P::NONE, P::NONE, P::NONE, P::NONE);
    }

    /// Notes the mentions in a stretch that begins at place `first`.
    fn find_mentions(&mut self, field: &Field<'_>, first: usize, stretch: &Stretch) {
        let TokenSpan { start: from, end: to, .. } = stretch.tokens;
        for &(span, type_id) in field.mentions.within(from as usize, to as usize) {
            let place_of = |token: u32| first + (token - from) as usize;
            let tokens = P::between(place_of(span.start.max(from)), place_of(span.end.min(to)));
            self.covered |= tokens;
            if is_actor(type_id) {
                self.actors |= tokens;
            } else if type_id == TypeId::DATE {
                self.dates |= tokens;
            }
            if span.end > to || span.start < stretch.bounds.start {
                continue;
            }
            let end = place_of(span.end);
            self.mention_ends |= P::FIRST << end;
            if span.start >= from {
                self.spot_types = self.spot_types.with(type_id);
                let start = place_of(span.start);
                self.spot_starts |= P::FIRST << start;
                self.spot_ends |= P::FIRST << end;
                self.spots[end] = Spot { from: place(start), types: TypeSet::default().with(type_id) };
            }
        }
    }

    fn looking(&self, look: Look) -> P {
        self.showing.of(Feature::of_look(look))
    }

    fn marked(&self, mark: Mark) -> P {
        self.showing.of(Feature::of_mark(mark))
    }

    /// Words, also joined by hyphens, and possessives.
    fn running(&self) -> P {
        self.looking(Look::Wordlike) | self.looking(Look::Possessive) | self.marked(Mark::Dash)
    }

    /// Tokens of a noun phrase before its head; `breaks`: words that end it.
    pub(super) fn in_phrase(&self, breaks: P) -> P {
        let marks = self.marked(Mark::Quote) | self.marked(Mark::Phrase);
        (self.running() | marks) & !self.dates & (self.covered | !breaks)
    }

    /// Tokens that are a row of the list.
    pub(super) fn single_rows(&mut self, number: u32, listed: &Listed, field: &Field<'_>) -> P {
        self.rows_of(number, listed, field).single
    }

    /// The tokens that the `number`-th step takes of those that take one token, if that was found.
    #[inline]
    pub(super) fn known_taken(&self, number: u32) -> Option<P> {
        self.tests[number as usize].known(self.number)
    }

    /// Remembers that.
    pub(super) fn remember_taken(&mut self, number: u32, places: P) {
        self.tests[number as usize] = Made::now(self.number, places);
    }

    /// The tokens that a step takes; `asked` is what they show.
    pub(super) fn find_taken(&self, step: &Step, asked: &Asked, field: &Field<'_>) -> P {
        let tokens = self.layout.tokens;
        match step {
            Step::Test(Test::Gap) => return tokens & !self.marked(Mark::Stop),
            Step::Test(Test::Bare) => return tokens & !self.marked(Mark::Stop) & !self.actors,
            Step::Test(Test::Running) => return self.running() & !self.covered,
            _ => {}
        }
        let shown = |features: &Vec<Feature>| self.showing.of_any(features);
        let mut places = asked.any_of.as_ref().map_or(tokens, shown);
        if asked.exact {
            return places;
        }
        let takes = |at: usize| match step {
            // what else they ask is known here
            Step::Test(test) => field.tokens.get(at).is_some_and(|token| test.accepts(token, field.source)),
            _ => field.takes(step, at),
        };
        places.each(|at| {
            if !takes(self.layout.token(at)) {
                places &= !(P::FIRST << at);
            }
        });
        places
    }

    /// From where a row of the list, the `number`-th that is asked for, leads to one of `to`.
    #[inline]
    pub(super) fn before_rows(&mut self, number: u32, listed: &Listed, to: P, field: &Field<'_>) -> P {
        if to == P::NONE {
            return P::NONE;
        }
        let Rows { single, from, to: end } = self.rows_of(number, listed, field);
        let rows = single & (to >> 1);
        if from == end { rows } else { rows | over(&self.arcs[from as usize..end as usize], to) }
    }

    #[inline(never)]
    fn find_rows(&mut self, number: u32, listed: &Listed, field: &Field<'_>) -> Rows<P> {
        let first = index(self.arcs.len());
        let shown = self.showing.of_any(&listed.shown);
        let unclear = self.looking(Look::Phrase) | self.looking(Look::Cased);
        let mut single = if listed.exact { shown & !unclear } else { P::NONE };
        (shown & !single).each(|at| {
            let limit = self.layout.end_of(at);
            for hit in field.hits.starting_at(self.layout.token(at)) {
                let end = at + hit.tokens.len();
                if end > limit || field.row_of(hit, listed.list, &listed.values).is_none() {
                    continue;
                }
                if hit.tokens.len() == 1 {
                    single |= P::FIRST << at;
                } else {
                    self.arcs.push(Arc { from: place(at), to: place(end) });
                }
            }
        });
        let rows = Rows { single, from: first, to: index(self.arcs.len()) };
        self.rows[number as usize] = Made::now(self.number, rows);
        rows
    }

    /// From where a mention of these types leads to one of `to`.
    #[inline]
    pub(super) fn before_mentions(&self, types: TypeSet, to: P) -> P {
        if !self.spot_types.meets(types) {
            return P::NONE;
        }
        let mut places = P::NONE;
        (to & self.spot_ends).each(|end| {
            let spot = self.spots[end];
            if types.meets(spot.types) {
                places |= P::FIRST << usize::from(spot.from);
            }
        });
        places
    }

    /// Places behind a mention of these types.
    pub(super) fn behind_mentions(&self, types: TypeSet, field: &Field<'_>) -> P {
        let mut places = self.mention_ends;
        self.mention_ends.each(|at| {
            if field.mentions.ending(self.layout.token(at)).is_none_or(|(_, type_id)| !types.has(type_id)) {
                places &= !(P::FIRST << at);
            }
        });
        places
    }

    /// From where an aside leads to one of `to`.
    pub(super) fn before_asides(&mut self, to: P, field: &Field<'_>) -> P {
        if self.asides.made != self.number {
            let first = index(self.arcs.len());
            let marks = self.looking(Look::Punctuation);
            let (mut ends, arcs, layout) = (std::mem::take(&mut self.ends), &mut self.arcs, &self.layout);
            marks.each(|at| {
                let (token, limit) = (layout.token(at), layout.end_of(at));
                aside_ends(&Field { bounds: layout.bounds_of(at), ..*field }, token, &mut ends);
                let inside = ends.iter().map(|&end| at + end as usize - token).filter(|&end| end <= limit);
                arcs.extend(inside.map(|end| Arc { from: place(at), to: place(end) }));
            });
            self.ends = ends;
            self.asides = Made { made: self.number, known: (first, index(self.arcs.len())) };
        }
        let (from, end) = self.asides.known;
        over(&self.arcs[from as usize..end as usize], to)
    }

    /// Tokens without a blank before them.
    pub(super) fn glued(&self) -> P {
        self.looking(Look::Glued)
    }

    /// Is one of these rows here?
    pub(super) fn has_rows(&mut self, number: u32, listed: &Listed, field: &Field<'_>) -> bool {
        let rows = self.rows_of(number, listed, field);
        rows.single != P::NONE || rows.from < rows.to
    }

    #[inline]
    fn rows_of(&mut self, number: u32, listed: &Listed, field: &Field<'_>) -> Rows<P> {
        match self.rows[number as usize].known(self.number) {
            Some(known) => known,
            None => self.find_rows(number, listed, field),
        }
    }
}

/// The starts of the arcs that lead to one of `to`.
#[inline]
fn over<P: Places>(arcs: &[Arc], to: P) -> P {
    arcs.iter().fold(P::NONE, |places, arc| places | arc.back_from(to))
}

fn place(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}
