//! Which countries a document is about.

use super::listed::Listed;
use super::segment::Segment;
use crate::gazetteer::{EntryId, Strength};
use crate::model::{Case, TypeId};
use crate::rules::Page;
use std::collections::BTreeMap;

/// What a document says of a country.
#[derive(Clone, Copy, Debug)]
struct Count<'c> {
    code: &'c str,
    /// How often it is meant: by name, by its nationality word, or through its places and bodies.
    meant: u32,
    /// How often its states and provinces are named.
    divisions: u32,
}

/// The countries that a document means.
#[derive(Clone, Debug)]
pub(super) struct Countries<'c> {
    /// In order of code.
    counts: Vec<Count<'c>>,
    /// The country that is meant most, if any; ties by code.
    dominant: Option<&'c str>,
    /// The country that is meant more often than any other.
    clear: Option<&'c str>,
    entries: &'c BTreeMap<Box<str>, EntryId>,
}

impl<'c> Countries<'c> {
    /// `entries`: the entry of each country, by code.
    pub(super) fn new(
        page: &Page<'c>,
        listed: &Listed,
        segments: &[Segment],
        entries: &'c BTreeMap<Box<str>, EntryId>,
    ) -> Self {
        let mut countries = Self { counts: Vec::new(), dominant: None, clear: None, entries };
        for place in segments.iter().filter_map(|s| s.place.as_ref()) {
            let [reading] = listed.readings(place) else { continue };
            let country = page.gazetteer.country_of(reading.entry);
            // countries share acronyms ("NCSC"): one says nothing of which country is meant
            let acronym = reading.type_id != TypeId::PLACE
                && page.text.tokens.get(place.tokens.start as usize).is_some_and(|t| t.case == Case::Upper)
                && place.tokens.len() == 1;
            if reading.strength <= Strength::Cased && !country.is_empty() && !acronym {
                let division = page.gazetteer.subtype_of(reading.entry) == DIVISION;
                countries.count(country, u32::from(division));
            }
        }
        countries.find_most();
        countries
    }

    fn count(&mut self, code: &'c str, divisions: u32) {
        match self.find(code) {
            Ok(at) => {
                self.counts[at].meant += 1;
                self.counts[at].divisions += divisions;
            }
            Err(at) => self.counts.insert(at, Count { code, meant: 1, divisions }),
        }
    }

    fn find(&self, code: &str) -> Result<usize, usize> {
        self.counts.binary_search_by(|count| count.code.cmp(code))
    }

    fn find_most(&mut self) {
        let Some(most) = self.counts.iter().map(|count| count.meant).max() else { return };
        let mut codes = self.counts.iter().filter(|count| count.meant == most).map(|count| count.code);
        self.dominant = codes.next();
        self.clear = self.dominant.filter(|_| codes.next().is_none());
    }

    /// The country that is meant more often than any other.
    pub(super) const fn clear(&self) -> Option<&'c str> {
        self.clear
    }

    /// The entry of a country, by its code.
    pub(super) fn entry(&self, code: &str) -> Option<EntryId> {
        self.entries.get(code).copied()
    }

    /// Does the document name the country, or something of it?
    pub(super) fn names(&self, country: &str) -> bool {
        self.find(country).is_ok()
    }

    /// What the document says for an entry of several that share a name: how often its country is meant, and for a
    /// state or province, that others of its country are named.
    pub(super) fn support(&self, country: &str, subtype: impl FnOnce() -> &'c str) -> i32 {
        let Ok(at) = self.find(country) else { return 0 };
        let Count { meant, divisions, .. } = self.counts[at];
        let siblings = i32::from(divisions > 0 && subtype() == DIVISION);
        let dominant = i32::from(self.dominant == Some(country));
        8 * i32::try_from(meant.min(4)).unwrap_or(0) + 2 * dominant + 40 * siblings
    }
}

/// The subtype of states and provinces.
const DIVISION: &str = "division";
