//! Which countries a document is about.

use super::listed::Listed;
use super::segment::Segment;
use crate::gazetteer::{EntryId, Strength};
use crate::model::{Case, TypeId};
use crate::rules::Page;
use std::collections::BTreeMap;

/// How often each country is meant in a document: by name, by its nationality word, or through its places and bodies.
#[derive(Clone, Debug)]
pub(super) struct Countries<'c> {
    counts: BTreeMap<&'c str, u32>,
    /// How often states and provinces of a country are named.
    divisions: BTreeMap<&'c str, u32>,
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
        let mut countries = Self { counts: BTreeMap::new(), divisions: BTreeMap::new(), entries };
        for place in segments.iter().filter_map(|s| s.place.as_ref()) {
            let readings = listed.readings(place);
            let [reading] = readings else { continue };
            let country = page.gazetteer.country_of(reading.entry);
            // countries share acronyms ("NCSC"): one says nothing of which country is meant
            let acronym = reading.type_id != TypeId::PLACE
                && page.text.tokens.get(place.tokens.start as usize).is_some_and(|t| t.case == Case::Upper)
                && place.tokens.len() == 1;
            if reading.strength <= Strength::Cased && !country.is_empty() && !acronym {
                *countries.counts.entry(country).or_default() += 1;
                if page.gazetteer.subtype_of(reading.entry) == DIVISION {
                    *countries.divisions.entry(country).or_default() += 1;
                }
            }
        }
        countries
    }

    /// The country that is meant most, if any; ties by code.
    pub(super) fn dominant(&self) -> Option<&str> {
        self.counts
            .iter()
            .max_by_key(|(code, count)| (**count, std::cmp::Reverse(**code)))
            .map(|(code, _)| *code)
    }

    /// The country that is meant more often than any other.
    pub(super) fn clear(&self) -> Option<&'c str> {
        let most = self.counts.values().max()?;
        let mut codes = self.counts.iter().filter(|(_, count)| *count == most).map(|(code, _)| *code);
        let first = codes.next()?;
        codes.next().is_none().then_some(first)
    }

    /// The entry of a country, by its code.
    pub(super) fn entry(&self, code: &str) -> Option<EntryId> {
        self.entries.get(code).copied()
    }

    /// Does the document name the country, or something of it?
    pub(super) fn names(&self, country: &str) -> bool {
        self.counts.contains_key(country)
    }

    /// What the document says for an entry of several that share a name: how often its country is meant, and for a
    /// state or province, that others of its country are named.
    pub(super) fn support(&self, country: &str, subtype: &str) -> i32 {
        let count = |counts: &BTreeMap<&str, u32>, most: u32| {
            i32::try_from(counts.get(country).copied().unwrap_or(0).min(most)).unwrap_or(0)
        };
        let siblings = if subtype == DIVISION { count(&self.divisions, 1) } else { 0 };
        let dominant = i32::from(self.dominant() == Some(country));
        8 * count(&self.counts, 4) + 2 * dominant + 40 * siblings
    }
}

/// The subtype of states and provinces.
const DIVISION: &str = "division";
