//! Whose institution: the country of a ministry, army or court that is named without one.
//!
//! First what is written with it ("Lithuania's", "(Vilnius)", "in Vilnius … the ministry"), then the country with which
//! the document has named the same institution before, then the country that the document is about, unless the sentence
//! speaks of another. What none of them says stays open.

use super::countries::Countries;
use super::marks::{Mark, Marks};
use super::segment::Segment;
use super::verdict::Verdicts;
use crate::gazetteer::EntryId;
use crate::model::{Gap, TokenKind, TypeId};
use crate::rules::Page;
use std::collections::BTreeMap;

/// So many names away a place says nothing of an institution.
const NEAR: usize = 12;
/// The most tokens between two names that are written together.
const APART: usize = 4;

/// A document's places and institutions, as decided.
pub(super) struct Nations<'n> {
    pub(super) page: &'n Page<'n>,
    pub(super) marks: &'n Marks,
    pub(super) segments: &'n [Segment],
    pub(super) verdicts: &'n Verdicts,
    pub(super) countries: &'n Countries<'n>,
    /// The first segment that names an institution with a country, and the country; `None` if they are several.
    told: BTreeMap<EntryId, (usize, Option<EntryId>)>,
}

/// What is known of an institution's country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nation<'n> {
    /// An entry of, or in, the country.
    Of(EntryId),
    /// The document's country, by code.
    About(&'n str),
    Open,
}

impl<'n> Nations<'n> {
    pub(super) fn new(
        page: &'n Page<'n>,
        marks: &'n Marks,
        segments: &'n [Segment],
        verdicts: &'n Verdicts,
        countries: &'n Countries<'n>,
    ) -> Self {
        let mut nations = Self { page, marks, segments, verdicts, countries, told: BTreeMap::new() };
        for at in 0..verdicts.len() {
            let Some(reading) = verdicts.listed(at) else { continue };
            if !page.gazetteer.is_institution(reading.entry) {
                continue;
            }
            if let Some(country) = nations.named(at) {
                let code = |entry: EntryId| page.gazetteer.country_of(entry);
                let same = |known: EntryId| code(known) == code(country);
                let told = nations.told.entry(reading.entry).or_insert((at, Some(country)));
                told.1 = told.1.filter(|&known| same(known));
            }
        }
        nations
    }

    /// The country of the institution at segment `at`, or a place in it.
    pub(super) fn of(&self, at: usize) -> Nation<'n> {
        let Some(reading) = self.verdicts.listed(at) else { return Nation::Open };
        let told = || self.told.get(&reading.entry).filter(|told| told.0 < at).and_then(|told| told.1);
        match self.named(at).or_else(told) {
            Some(entry) => Nation::Of(entry),
            None => self.about(at),
        }
    }

    fn code(&self, entry: EntryId) -> &'n str {
        self.page.gazetteer.country_of(entry)
    }

    /// What is written with the institution.
    fn named(&self, at: usize) -> Option<EntryId> {
        let reading = self.verdicts.listed(at)?;
        let beside = || self.possessor(at).or_else(|| self.together_with(at)).or_else(|| self.after(at));
        reading.country.or_else(beside).or_else(|| self.where_it_is(at))
    }

    /// "the Lithuanian Foreign Ministry and the …": the country of the institution directly before.
    fn together_with(&self, at: usize) -> Option<EntryId> {
        let before =
            at.checked_sub(1).filter(|&b| self.segments[b].sentence == self.segments[at].sentence)?;
        let (end, start) =
            (self.segments[before].tokens.end as usize, self.segments[at].tokens.start as usize);
        let and = (end..start).any(|i| self.marks.has(i, Mark::AND));
        (and && start - end <= 2).then(|| self.composed(before)).flatten()
    }

    /// The country that is a part of the institution's name at segment `at`.
    fn composed(&self, at: usize) -> Option<EntryId> {
        self.verdicts.listed(at)?.country
    }

    /// The place at segment `at`, if it is one of a country.
    fn place(&self, at: usize) -> Option<EntryId> {
        let reading = self.verdicts.listed(at)?;
        let of_country = !self.page.gazetteer.country_of(reading.entry).is_empty();
        (reading.type_id == TypeId::PLACE && of_country).then_some(reading.entry)
    }

    /// "Lithuania's" directly before.
    fn possessor(&self, at: usize) -> Option<EntryId> {
        let before = at.checked_sub(1)?;
        let gap = self.segments[at].tokens.start.checked_sub(self.segments[before].tokens.end)?;
        let owns = self.page.text.tokens[self.segments[before].tokens.end as usize].kind;
        (gap == 1 && owns == TokenKind::Possessive).then(|| self.place(before)).flatten()
    }

    /// "… (Vilnius)", "… , Vilnius", "… in Vilnius", also after other bodies that it belongs to.
    fn after(&self, at: usize) -> Option<EntryId> {
        let mut end = self.segments[at].tokens.end as usize;
        for next in at + 1..self.segments.len().min(at + 4) {
            let start = self.segments[next].tokens.start as usize;
            if self.segments[next].sentence != self.segments[at].sentence || !self.together(end, start) {
                return None;
            }
            let winner = self.verdicts.winner(next)?;
            if winner.type_id == TypeId::PLACE {
                return self.place(next);
            }
            if winner.type_id != TypeId::ORGANIZATION {
                return None;
            }
            end = self.segments[next].tokens.end as usize;
        }
        None
    }

    /// Nothing but marks, prepositions and articles from token `end` to `start`, and one at least?
    fn together(&self, end: usize, start: usize) -> bool {
        let between = self.page.text.tokens.get(end..start).unwrap_or_default();
        let small = |i: usize| {
            let token = self.page.text.tokens[i];
            token.gap < Gap::Blank
                && (token.kind == TokenKind::Punctuation && matches!(self.text_of(i), "(" | ")" | ",")
                    || self.marks.has(i, Mark(Mark::WHERE.0 | Mark::STOP.0 | Mark::BELONGS.0)))
        };
        !between.is_empty() && between.len() <= APART && (end..start).all(small)
    }

    fn text_of(&self, at: usize) -> &str {
        let token = self.page.text.tokens[at];
        self.page.source().get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// "In Vilnius, the ministry …": the place where something is, if the sentence opens with it. Anywhere else in the
    /// sentence something else may be there.
    fn where_it_is(&self, at: usize) -> Option<EntryId> {
        let opening = self.page.text.sentences.get(self.segments[at].sentence as usize)?.tokens.start;
        let placed = |&before: &usize| {
            let preposition = self.segments[before].tokens.start.checked_sub(1);
            preposition == Some(opening) && self.marks.has(opening as usize, Mark::WHERE)
        };
        self.before(at).find(placed).and_then(|before| self.place(before))
    }

    /// Segments before `at` in its sentence, the nearest first.
    fn before(&self, at: usize) -> impl Iterator<Item = usize> {
        let sentence = self.segments[at].sentence;
        let near = at.saturating_sub(NEAR)..at;
        near.rev().take_while(move |&b| self.segments[b].sentence == sentence)
    }

    /// The country that the document is about, unless the sentence has spoken of others and not of it.
    fn about(&self, at: usize) -> Nation<'n> {
        let Some(about) = self.countries.clear() else { return Nation::Open };
        let country = |b: usize| self.place(b).or_else(|| self.composed(b));
        let mut others = self.before(at).filter_map(country).map(|e| self.code(e)).peekable();
        if others.peek().is_none() || others.any(|code| code == about) {
            return Nation::About(about);
        }
        Nation::Open
    }
}
