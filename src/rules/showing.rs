//! What tokens show, feature by feature: the places of those that do.

use super::feature::{Feature, FeatureSet, Mark};
use super::layout::{Layout, Stretch};
use super::matcher::Field;
use super::places::Places;
use crate::model::{Look, Shows};

/// Looks have a bit each in so many.
const LOOKS: usize = 16;

/// The tokens of a window, by what they show.
#[derive(Clone, Debug, Default)]
pub(super) struct Showing<P> {
    /// By feature.
    places: Vec<P>,
    /// What some token shows.
    pub(super) shown: Vec<Feature>,
}

impl<P: Places> Showing<P> {
    pub(super) fn clear(&mut self) {
        for feature in self.shown.drain(..) {
            self.places[feature.0 as usize] = P::NONE;
        }
    }

    /// The tokens that show it.
    #[inline]
    pub(super) fn of(&self, feature: Feature) -> P {
        self.places.get(feature.0 as usize).copied().unwrap_or(P::NONE)
    }

    /// The tokens that show one of these.
    pub(super) fn of_any(&self, features: &[Feature]) -> P {
        features.iter().fold(P::NONE, |all, &one| all | self.of(one))
    }

    /// All features that are shown, with their tokens.
    pub(super) fn all(&self) -> impl Iterator<Item = (Feature, P)> {
        self.shown.iter().map(|&feature| (feature, self.of(feature)))
    }

    #[inline]
    fn note(&mut self, feature: Feature, tokens: P) {
        let at = feature.0 as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, P::NONE);
        }
        let places = &mut self.places[at];
        if *places == P::NONE {
            self.shown.push(feature);
        }
        *places |= tokens;
    }

    /// Looks at the tokens that were laid out.
    pub(super) fn find(&mut self, field: &Field<'_>, layout: &Layout<P>, asks: impl Fn(Feature) -> bool) {
        let mut looks = [P::NONE; LOOKS];
        for &(start, Stretch { tokens, .. }) in &layout.stretches {
            let shows = field.hits.shows.get(tokens.range()).unwrap_or_default();
            for (nth, shows) in shows.iter().enumerate() {
                let bit = P::FIRST << (start + nth);
                shows.each_look().for_each(|look| looks[look as usize % LOOKS] |= bit);
                each_rare(field, tokens.start as usize + nth, *shows, |feature| {
                    if asks(feature) {
                        self.note(feature, bit);
                    }
                });
            }
        }
        for (look, places) in (0u32..).zip(looks).filter(|(_, places)| *places != P::NONE) {
            self.note(Feature(look), places);
        }
    }

    /// Takes over what is known of tokens; of these only `tokens`, and only what is asked for.
    pub(super) fn load(&mut self, known: &[(Feature, P)], tokens: P, asked: &FeatureSet) {
        for &(feature, places) in known {
            if places & tokens != P::NONE && asked.has(feature) {
                self.note(feature, places & tokens);
            }
        }
    }
}

/// Tells `each` what token `at` shows, but for its looks.
#[inline]
fn each_rare(field: &Field<'_>, at: usize, shows: Shows, mut each: impl FnMut(Feature)) {
    field.gazetteer.rows_of_set(shows.rows).iter().for_each(|&rows| each(Feature::of_rows(rows)));
    if shows.named != 0 {
        each(Feature::of_named(shows.named));
    }
    if shows.has(Look::Phrase) {
        for hit in field.hits.starting_at(at) {
            field.gazetteer.named_rows(hit.key).iter().for_each(|&rows| each(Feature::of_rows(rows)));
        }
    }
    if shows.has(Look::Punctuation)
        && let Some(mark) = field.tokens.get(at).and_then(|token| Mark::at(token, field.source))
    {
        each(Feature::of_mark(mark));
    }
}
