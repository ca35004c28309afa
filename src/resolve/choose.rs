//! Chooses one reading for each segment: listed entries, unlisted persons, organizations and places, and full names
//! elsewhere in the document compete with integer scores.

use super::coref::{Antecedents, Link};
use super::evidence::{Firing, NameRules};
use super::group::Groups;
use super::listed::{Listed, Reading};
use super::segment::Segment;
use crate::gazetteer::{Agreement, EntryId, Strength};
use crate::model::TypeId;
use crate::rules::Page;
use std::collections::BTreeMap;

/// What a segment is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Listed(Reading),
    /// No list has it.
    Discovered,
    /// A shorter form of the name of another group.
    Same {
        group: u32,
        link: Link,
    },
}

/// A weighed possibility.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    pub(super) target: Target,
    pub(super) type_id: TypeId,
    pub(super) score: i32,
}

/// What was decided for a segment: the possibilities, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    pub(super) weighed: Vec<Weighed>,
    /// The rule that spoke loudest for the winner's type, if any.
    pub(super) rule: Option<u32>,
}

impl Verdict {
    pub(super) fn winner(&self) -> Option<&Weighed> {
        self.weighed.first()
    }

    pub(super) fn margin(&self) -> i32 {
        match self.weighed.as_slice() {
            [first, second, ..] => first.score - second.score,
            _ => 40,
        }
    }
}

/// The least score of an unlisted name.
const DISCOVERED_LEAST: i32 = 20;
/// The least score of a listed name.
const LISTED_LEAST: i32 = 25;
/// A rule speaks at most so often in one document for names written alike.
const MOST_FIRINGS: i32 = 2;

pub(super) struct Chooser<'c> {
    pub(super) page: &'c Page<'c>,
    pub(super) rules: &'c NameRules,
    pub(super) listed: &'c Listed,
    pub(super) segments: &'c [Segment],
    pub(super) groups: &'c Groups,
    pub(super) firings: &'c [Firing],
    pub(super) countries: &'c Countries<'c>,
    /// Leave out what no list has.
    pub(super) listed_only: bool,
}

impl Chooser<'_> {
    /// One verdict a segment; full names first, then the shorter forms that may stand for them.
    pub(super) fn choose(&self) -> Vec<Verdict> {
        let mut verdicts = vec![Verdict::default(); self.segments.len()];
        let mut antecedents = Antecedents::default();
        antecedents.add_acronyms(self.page, self.segments, self.groups);
        let by_segment = self.firings_by_segment();
        let mut order: Vec<usize> = (0..self.groups.all.len()).collect();
        order.sort_by_key(|&g| (std::cmp::Reverse(self.groups.all[g].words), g));
        for group in order {
            let whole = &self.groups.all[group];
            let shared = self.shared_evidence(&whole.segments, &by_segment);
            for &segment in &whole.segments {
                let local = by_segment[segment as usize].iter().map(|f| (f.rule, 1));
                let evidence = Evidence { shared: &shared, local: local.collect() };
                verdicts[segment as usize] = self.weigh(segment as usize, &evidence, &antecedents);
            }
            let first = whole.segments.iter().find_map(|&s| verdicts[s as usize].winner());
            if let Some(winner) = first
                && whole.words > 1
                && !matches!(winner.target, Target::Same { .. })
            {
                antecedents.add_name(&whole.key, winner.type_id, u32::try_from(group).unwrap_or(u32::MAX));
            }
        }
        verdicts
    }

    fn firings_by_segment(&self) -> Vec<Vec<Firing>> {
        let mut by_segment = vec![Vec::new(); self.segments.len()];
        for firing in self.firings {
            by_segment[firing.segment as usize].push(*firing);
        }
        by_segment
    }

    fn shared_evidence(&self, segments: &[u32], by_segment: &[Vec<Firing>]) -> BTreeMap<u32, i32> {
        let mut counts = BTreeMap::new();
        for firing in segments.iter().flat_map(|&s| &by_segment[s as usize]) {
            let count: &mut i32 = counts.entry(firing.rule).or_default();
            *count = (*count + 1).min(MOST_FIRINGS);
        }
        counts
    }

    fn weigh(&self, segment: usize, evidence: &Evidence<'_>, antecedents: &Antecedents) -> Verdict {
        let key = &*self.groups.all[self.groups.of_segment[segment] as usize].key;
        let mut weighed = Vec::new();
        if let Some(place) = &self.segments[segment].place {
            for reading in self.listed.readings(place) {
                let score = self.prior(reading) + evidence.of(reading.type_id, self.rules);
                weighed.push(Weighed { target: Target::Listed(*reading), type_id: reading.type_id, score });
            }
        }
        weighed.retain(|w| w.score >= LISTED_LEAST);
        if !self.listed_only {
            for type_id in [TypeId::PERSON, TypeId::ORGANIZATION, TypeId::PLACE] {
                let score = evidence.of(type_id, self.rules);
                if score >= DISCOVERED_LEAST {
                    weighed.push(Weighed { target: Target::Discovered, type_id, score });
                }
            }
        }
        for &(link, group) in antecedents.of(key) {
            let type_id = if matches!(link, Link::Surname | Link::Given) {
                TypeId::PERSON
            } else {
                TypeId::ORGANIZATION
            };
            let score = link.score() + evidence.of(type_id, self.rules);
            weighed.push(Weighed { target: Target::Same { group, link }, type_id, score });
        }
        weighed.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| self.order(a).cmp(&self.order(b))));
        let rule = weighed.first().and_then(|w| evidence.loudest(w.type_id, self.rules));
        Verdict { weighed, rule }
    }

    /// Ties: a listed name, then a full name's short form, then a discovered one; among listed ones the smaller id.
    fn order(&self, weighed: &Weighed) -> (u8, &str, u32) {
        match weighed.target {
            Target::Listed(reading) => (0, self.page.gazetteer.entry(reading.entry).id, 0),
            Target::Same { group, .. } => (1, "", group),
            Target::Discovered => (2, "", u32::from(weighed.type_id.0)),
        }
    }

    /// What speaks for a listed reading before any context: how surely its name means it, and how prominent it is.
    fn prior(&self, reading: &Reading) -> i32 {
        let entry = self.page.gazetteer.entry(reading.entry);
        let strength = match reading.strength {
            Strength::Strong => 50,
            Strength::Cased => 40,
            Strength::Cue => 8,
            Strength::Never => -100,
        };
        let agreement = match reading.agreement {
            Agreement::Exact => 4,
            Agreement::Folded => 0,
            Agreement::Shouted => -6,
            Agreement::Refused => -100,
        };
        let size = i32::try_from(entry.population.checked_ilog2().unwrap_or(0)).unwrap_or(0) / 2;
        let prominence = i32::from(entry.prior) / 5;
        strength
            + agreement
            + size
            + prominence
            + i32::from(reading.main) * 3
            + self.countries.support(entry.country)
    }
}

struct Evidence<'e> {
    shared: &'e BTreeMap<u32, i32>,
    local: BTreeMap<u32, i32>,
}

impl Evidence<'_> {
    fn of(&self, type_id: TypeId, rules: &NameRules) -> i32 {
        self.each(type_id, rules).map(|(_, weight)| weight).sum()
    }

    fn loudest(&self, type_id: TypeId, rules: &NameRules) -> Option<u32> {
        let loudest =
            self.each(type_id, rules).filter(|(_, w)| *w > 0).max_by_key(|&(r, w)| (w, std::cmp::Reverse(r)));
        loudest.map(|(rule, _)| rule)
    }

    fn each(&self, type_id: TypeId, rules: &NameRules) -> impl Iterator<Item = (u32, i32)> {
        self.shared.iter().map(move |(&rule, &count)| {
            let times = count + self.local.get(&rule).copied().unwrap_or(0);
            let weight =
                rules.rules[rule as usize].weights.iter().find(|w| w.0 == type_id).map_or(0, |w| w.1);
            (rule, weight * times / 2)
        })
    }
}

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

    fn support(&self, country: &str) -> i32 {
        match self.counts.get(country) {
            Some(_) if self.dominant() == Some(country) => 10,
            Some(_) => 6,
            None => 0,
        }
    }
}
