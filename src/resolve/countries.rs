//! Which countries a document is about.

use super::listed::Listed;
use super::segment::Segment;
use crate::gazetteer::{EntryId, Strength};
use crate::rules::Page;
use std::collections::BTreeMap;

/// How often each country is meant in a document: by name, by its nationality word, or through its places and bodies.
#[derive(Clone, Debug)]
pub(super) struct Countries<'c> {
    counts: BTreeMap<&'c str, u32>,
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
        let mut countries = Self { counts: BTreeMap::new(), entries };
        for place in segments.iter().filter_map(|s| s.place.as_ref()) {
            let readings = listed.readings(place);
            let [reading] = readings else { continue };
            let entry = page.gazetteer.entry(reading.entry);
            if reading.strength <= Strength::Cased && !entry.country.is_empty() {
                *countries.counts.entry(entry.country).or_default() += 1;
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

    /// The entry of a country, by its code.
    pub(super) fn entry(&self, code: &str) -> Option<EntryId> {
        self.entries.get(code).copied()
    }

    pub(super) fn support(&self, country: &str) -> i32 {
        match self.counts.get(country) {
            Some(_) if self.dominant() == Some(country) => 10,
            Some(_) => 6,
            None => 0,
        }
    }
}
