//! Doubt: the type of a name is sure, and a list has the name, but not that the listed one is meant.
//!
//! A country in a match report may be its team; a sportsman may be called like a member of parliament. Who is in doubt
//! keeps type and candidates and gets an id of its own, without the listed one's external ids.

use super::countries::Countries;
use super::listed::Reading;
use super::marks::{Mark, Marks};
use super::segment::Segment;
use crate::dates::FoundDate;
use crate::model::{Gap, TokenKind, TokenSpan, TypeId};
use crate::rules::Page;
use jiff::civil::Date;

/// People of lists below this prominence share their names with many.
const PROMINENT: u8 = 60;
/// A list says when a person took office; the papers may know them so many years before.
const YEARS_BEFORE: i16 = 12;

/// What a document says that lets a listed reading be doubted.
pub(super) struct Doubt<'d> {
    pub(super) page: &'d Page<'d>,
    pub(super) marks: &'d Marks,
    pub(super) countries: &'d Countries<'d>,
    /// The document is about sport.
    pub(super) sports: bool,
    /// The document's year, or the latest that it speaks of.
    pub(super) year: Option<i16>,
}

impl<'d> Doubt<'d> {
    pub(super) fn new(
        page: &'d Page<'d>,
        marks: &'d Marks,
        countries: &'d Countries<'d>,
        sports: bool,
        dates: &[&FoundDate],
    ) -> Self {
        let told = || dates.iter().filter_map(|d| d.value.first).map(Date::year).max();
        let year = page.document.date.filter(|d| d.year_known).map(|d| d.date.year()).or_else(told);
        Self { page, marks, countries, sports, year }
    }

    /// Is it unsure that `segment` means the entry of this reading?
    pub(super) fn doubts(&self, segment: &Segment, reading: &Reading) -> bool {
        match reading.type_id {
            TypeId::PERSON => self.doubts_person(reading),
            TypeId::PLACE if !reading.demonym => self.sports && self.may_be_team(segment, reading),
            _ => false,
        }
    }

    fn doubts_person(&self, reading: &Reading) -> bool {
        let gazetteer = self.page.gazetteer;
        let away = || {
            let country = gazetteer.country_of(reading.entry);
            !country.is_empty() && !self.countries.names(country)
        };
        if gazetteer.prior_of(reading.entry) < PROMINENT && (self.sports || away()) {
            return true;
        }
        self.year.is_some_and(|year| {
            let from = gazetteer.entry(reading.entry).valid_from.get(..4).and_then(|y| y.parse().ok());
            from.is_some_and(|from: i16| year + YEARS_BEFORE < from)
        })
    }

    /// A country or state where the sentence does not say that it is a place.
    fn may_be_team(&self, segment: &Segment, reading: &Reading) -> bool {
        let subtype = self.page.gazetteer.subtype_of(reading.entry);
        matches!(subtype, "country" | "territory" | "division" | "state") && !self.is_where(segment.tokens)
    }

    /// "in Norway", "Oslo, Norway", "(Norway)", "Norway 1996-08-31".
    fn is_where(&self, name: TokenSpan) -> bool {
        let (start, end) = (name.start as usize, name.end as usize);
        let Some(before) = start.checked_sub(1) else { return self.marks.has(end, Mark::DATE) };
        let tokens = &self.page.text.tokens;
        let sign = |at: usize, wanted: &str| {
            tokens.get(at).is_some_and(|t| t.kind == TokenKind::Punctuation) && self.text_of(at) == wanted
        };
        let same_line = tokens[start].gap < Gap::Line;
        let after_place =
            sign(before, ",") && before > 0 && tokens[before - 1].is_capitalized() && !sign(end, ",");
        let article = usize::from(self.marks.has(before, Mark::STOP));
        let preposition = before.checked_sub(article).is_some_and(|at| self.marks.has(at, Mark::WHERE));
        (same_line && (preposition || after_place || (sign(before, "(") && sign(end, ")"))))
            || self.marks.has(end, Mark::DATE)
    }

    fn text_of(&self, at: usize) -> &str {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.page.surface(TokenSpan::new(at, at.saturating_add(1)))
    }
}
