//! A window: what stands where in a stretch of a sentence, as sets of places. A place is a token of the stretch or its end;
//! a set of places is a number with a bit for each, so that one operation moves all walks of a pattern at once.
//!
//! Sets are made when they are asked for first, and kept until the next window is opened.

use super::aside::aside_ends;
use super::feature::{Asked, Feature, Mark};
use super::matcher::{Field, is_actor};
use super::pattern::TypeSet;
use super::program::Step;
use super::test::Test;
use crate::gazetteer::{ValueId, WordListId};
use crate::model::{Look, Shows, TokenSpan, TypeId};

/// A set of places.
pub(super) type Places = u128;

/// The most tokens of a window; its end is a place, too.
pub(super) const MOST: usize = 127;

/// From place `from` to place `to`, over several tokens.
#[derive(Clone, Copy, Debug)]
struct Arc {
    from: u8,
    to: u8,
}

/// A mention in the window.
#[derive(Clone, Copy, Debug)]
struct Spot {
    arc: Arc,
    type_id: TypeId,
}

/// Something that is known of a window, if `made` is the window's number.
#[derive(Clone, Copy, Debug, Default)]
struct Made<T> {
    made: u32,
    known: T,
}

/// Rows of a list: places where one of a single word begins, and `from..to` of the window's arcs for those of several.
#[derive(Clone, Copy, Debug, Default)]
struct Rows {
    single: Places,
    from: u32,
    to: u32,
}

/// A stretch of a sentence and what was found in it so far. Buffers are reused from window to window.
#[derive(Debug, Default)]
pub(super) struct Window {
    /// Another for each window.
    pub(super) number: u32,
    /// The first token.
    pub(super) from: usize,
    /// So many tokens.
    pub(super) len: usize,
    /// All places.
    pub(super) all: Places,
    /// What some token shows.
    pub(super) shown: Vec<Feature>,
    /// By feature, the tokens that show it.
    showing: Vec<Places>,
    /// Tokens of mentions: of all, of persons and organizations, of dates.
    covered: Places,
    actors: Places,
    dates: Places,
    spots: Vec<Spot>,
    spot_types: TypeSet,
    /// Places where mentions end.
    mention_ends: Places,
    tests: Vec<Made<Places>>,
    rows: Vec<Made<Rows>>,
    arcs: Vec<Arc>,
    asides: Made<(u32, u32)>,
    ends: Vec<u32>,
}

impl Window {
    /// Opens the window on the tokens from `from` to before `to` of the field.
    pub(super) fn open(&mut self, field: &Field<'_>, from: usize, to: usize) {
        self.number = self.number.wrapping_add(1).max(1);
        (self.from, self.len) = (from, to - from);
        self.all = Places::MAX >> (MOST - self.len);
        self.arcs.clear();
        for feature in self.shown.drain(..) {
            self.showing[feature.0 as usize] = 0;
        }
        for (place, shows) in field.hits.shows.get(from..to).unwrap_or_default().iter().enumerate() {
            self.note_all(place, *shows, field);
        }
        self.find_mentions(field, to);
    }

    /// Notes all that the token at a place shows.
    fn note_all(&mut self, place: usize, shows: Shows, field: &Field<'_>) {
        let mut looks = shows.looks;
        while looks != 0 {
            self.note(Feature(looks.trailing_zeros()), place);
            looks &= looks - 1;
        }
        for &list in field.gazetteer.lists_of(shows.lists) {
            self.note(Feature::of_list(list), place);
        }
        if shows.named != 0 {
            self.note(Feature::of_named(shows.named), place);
        }
        if shows.has(Look::Phrase) {
            for hit in field.hits.starting_at(self.from + place) {
                for row in field.gazetteer.words(hit.key) {
                    self.note(Feature::of_list(row.list.0), place);
                }
            }
        }
        if shows.has(Look::Punctuation) {
            let mark = field.first_char(self.from + place).and_then(Mark::of);
            mark.into_iter().for_each(|mark| self.note(Feature::of_mark(mark), place));
        }
    }

    #[inline]
    fn note(&mut self, feature: Feature, place: usize) {
        let at = feature.0 as usize;
        if self.showing.len() <= at {
            self.showing.resize(at + 1, 0);
        }
        if self.showing[at] == 0 {
            self.shown.push(feature);
        }
        self.showing[at] |= 1 << place;
    }

    fn find_mentions(&mut self, field: &Field<'_>, to: usize) {
        self.spots.clear();
        self.spot_types = TypeSet::default();
        (self.mention_ends, self.covered, self.actors, self.dates) = (0, 0, 0, 0);
        for &(span, type_id) in field.mentions.within(self.from, to) {
            let tokens = places_between(
                (span.start as usize).saturating_sub(self.from),
                (span.end as usize).min(to) - self.from,
            );
            self.covered |= tokens;
            if is_actor(type_id) {
                self.actors |= tokens;
            } else if type_id == TypeId::DATE {
                self.dates |= tokens;
            }
            if span.end as usize > to || span.start < field.bounds.start {
                continue;
            }
            let end = span.end as usize - self.from;
            self.mention_ends |= 1 << end;
            if let Some(start) = (span.start as usize).checked_sub(self.from) {
                self.spot_types = self.spot_types.with(type_id);
                self.spots.push(Spot { arc: Arc { from: place(start), to: place(end) }, type_id });
            }
        }
    }

    /// The tokens that show it.
    #[inline]
    fn showing(&self, feature: Feature) -> Places {
        self.showing.get(feature.0 as usize).copied().unwrap_or(0)
    }

    fn looking(&self, look: Look) -> Places {
        self.showing(Feature::of_look(look))
    }

    fn marked(&self, mark: Mark) -> Places {
        self.showing(Feature::of_mark(mark))
    }

    /// Words, also joined by hyphens, and possessives.
    fn running(&self) -> Places {
        self.looking(Look::Wordlike) | self.looking(Look::Possessive) | self.marked(Mark::Dash)
    }

    /// Tokens of a noun phrase before its head; `breaks`: words that end it.
    pub(super) fn in_phrase(&self, breaks: Places) -> Places {
        let marks = self.marked(Mark::Quote) | self.marked(Mark::Phrase);
        (self.running() | marks) & !self.dates & (self.covered | !breaks)
    }

    /// Tokens that are a row of the list.
    pub(super) fn single_rows(&mut self, number: usize, list: WordListId, field: &Field<'_>) -> Places {
        self.rows_of(number, list, &[], field).single
    }

    /// The tokens that the `number`-th step takes of those that take one token, if that was found.
    #[inline]
    pub(super) fn known_taken(&self, number: usize) -> Option<Places> {
        self.tests.get(number).filter(|made| made.made == self.number).map(|made| made.known)
    }

    /// Remembers that.
    pub(super) fn remember_taken(&mut self, number: usize, places: Places) {
        self.tests.resize(self.tests.len().max(number + 1), Made::default());
        self.tests[number] = Made { made: self.number, known: places };
    }

    /// The tokens that a step takes; `asked` is what they show.
    pub(super) fn find_taken(&self, step: &Step, asked: &Asked, field: &Field<'_>) -> Places {
        let tokens = self.all >> 1;
        match step {
            Step::Test(Test::Gap) => return tokens & !self.marked(Mark::Stop),
            Step::Test(Test::Bare) => return tokens & !self.marked(Mark::Stop) & !self.actors,
            Step::Test(Test::Running) => return self.running() & !self.covered,
            _ => {}
        }
        let shown = |features: &Vec<Feature>| features.iter().fold(0, |all, &one| all | self.showing(one));
        let mut places = asked.any_of.as_ref().map_or(tokens, shown);
        if !asked.exact {
            each(places, |at| {
                places &= !(Places::from(!field.takes(step, self.from + at)) << at);
            });
        }
        places
    }

    /// From where a row of the list, the `number`-th that is asked for, leads to one of `to`.
    pub(super) fn before_rows(
        &mut self,
        number: usize,
        list: WordListId,
        values: &[ValueId],
        to: Places,
        field: &Field<'_>,
    ) -> Places {
        if self.showing(Feature::of_list(list.0)) == 0 {
            return 0;
        }
        let Rows { single, from, to: end } = self.rows_of(number, list, values, field);
        (single & (to >> 1)) | over(&self.arcs[from as usize..end as usize], to)
    }

    fn find_rows(&mut self, list: WordListId, values: &[ValueId], field: &Field<'_>) -> Rows {
        let (mut single, first) = (0, index(self.arcs.len()));
        each(self.showing(Feature::of_list(list.0)), |at| {
            for hit in field.hits.starting_at(self.from + at) {
                let end = hit.tokens.end as usize;
                if end > self.from + self.len || field.row_of(hit, list, values).is_none() {
                    continue;
                }
                if hit.tokens.len() == 1 {
                    single |= 1 << at;
                } else {
                    self.arcs.push(Arc { from: place(at), to: place(end - self.from) });
                }
            }
        });
        Rows { single, from: first, to: index(self.arcs.len()) }
    }

    /// From where a mention of these types leads to one of `to`.
    #[inline]
    pub(super) fn before_mentions(&self, types: TypeSet, to: Places) -> Places {
        if !self.spot_types.meets(types) {
            return 0;
        }
        let spots = self.spots.iter().filter(|spot| types.has(spot.type_id));
        spots.fold(0, |places, spot| places | (to >> spot.arc.to & 1) << spot.arc.from)
    }

    /// Places behind a mention of these types.
    pub(super) fn behind_mentions(&self, types: TypeSet, field: &Field<'_>) -> Places {
        let mut places = self.mention_ends;
        each(self.mention_ends, |at| {
            let fits = field.mentions.ending(self.from + at).is_some_and(|(_, type_id)| types.has(type_id));
            places &= !(Places::from(!fits) << at);
        });
        places
    }

    /// From where an aside leads to one of `to`.
    pub(super) fn before_asides(&mut self, to: Places, field: &Field<'_>) -> Places {
        if self.asides.made != self.number {
            let first = index(self.arcs.len());
            let marks = self.looking(Look::Punctuation);
            let (mut ends, arcs) = (std::mem::take(&mut self.ends), &mut self.arcs);
            each(marks, |at| {
                aside_ends(field, self.from + at, &mut ends);
                let inside = ends.iter().map(|&end| end as usize - self.from).filter(|&end| end <= self.len);
                arcs.extend(inside.map(|end| Arc { from: place(at), to: place(end) }));
            });
            self.ends = ends;
            self.asides = Made { made: self.number, known: (first, index(self.arcs.len())) };
        }
        let (from, end) = self.asides.known;
        over(&self.arcs[from as usize..end as usize], to)
    }

    /// Tokens without a blank before them.
    pub(super) fn glued(&self) -> Places {
        self.looking(Look::Glued)
    }

    /// Has the list a row here with one of these values?
    pub(super) fn has_rows(
        &mut self,
        number: usize,
        list: WordListId,
        values: &[ValueId],
        field: &Field<'_>,
    ) -> bool {
        if self.showing(Feature::of_list(list.0)) == 0 {
            return false;
        }
        let rows = self.rows_of(number, list, values, field);
        rows.single != 0 || rows.from < rows.to
    }

    fn rows_of(&mut self, number: usize, list: WordListId, values: &[ValueId], field: &Field<'_>) -> Rows {
        self.rows.resize(self.rows.len().max(number + 1), Made::default());
        if self.rows[number].made != self.number {
            let known = self.find_rows(list, values, field);
            self.rows[number] = Made { made: self.number, known };
        }
        self.rows[number].known
    }

    /// The start of the sentence, if it is in the window.
    pub(super) fn first(&self, field: &Field<'_>) -> Places {
        Places::from(self.from == field.bounds.start as usize)
    }

    /// The end of the sentence, if it is in the window.
    pub(super) fn last(&self, field: &Field<'_>) -> Places {
        Places::from(self.is_last(field)) << self.len
    }

    /// Does the sentence end with the window?
    pub(super) fn is_last(&self, field: &Field<'_>) -> bool {
        self.from + self.len >= field.bounds.end as usize
    }
}

/// The starts of the arcs that lead to one of `to`.
#[inline]
fn over(arcs: &[Arc], to: Places) -> Places {
    arcs.iter().fold(0, |places, arc| places | (to >> arc.to & 1) << arc.from)
}

/// Calls `act` with each place of a set, in order.
#[inline]
pub(super) fn each(mut places: Places, mut act: impl FnMut(usize)) {
    while places != 0 {
        act(places.trailing_zeros() as usize);
        places &= places - 1;
    }
}

/// The windows of a stretch, with the first of their places that matches are looked for at, and the first after these. A
/// match spans less than a window: where windows overlap, the earlier one has it, and each sees some tokens before.
pub(super) fn windows(bounds: TokenSpan, reach: usize, back: usize) -> impl Iterator<Item = Part> {
    let (start, end) = (bounds.start as usize, bounds.end as usize);
    let fresh = MOST - reach;
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let at = next?;
        let from = at.saturating_sub(back).max(start);
        let to = end.min(from + MOST);
        let until = if to == end { end + 1 } else { from + fresh };
        next = (to < end).then_some(until);
        Some(Part { from, to, starts: places_between(at - from, until - from) })
    })
}

/// One window: its tokens, and the places where matches may start.
pub(super) struct Part {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) starts: Places,
}

fn places_between(from: usize, to: usize) -> Places {
    let below = |n: usize| if n > MOST { Places::MAX } else { (1 << n) - 1 };
    below(to) & !below(from)
}

fn place(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
