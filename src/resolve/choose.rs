//! Chooses one reading for each segment: the type that the evidence speaks for most, if it speaks for any; then, of that
//! type, a listed entry, a full name elsewhere in the document, or a name that no list has.

use super::coref::{Antecedents, Link};
use super::countries::Countries;
use super::evidence::{Firing, NameRules, Weights};
use super::facts::Observer;
use super::group::Groups;
use super::listed::{Listed, Reading};
use super::segment::Segment;
use crate::gazetteer::{Agreement, Strength};
use crate::model::TypeId;
use crate::rules::Page;

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

    /// How far the winner is ahead of the next type, or of being no name.
    pub(super) fn margin(&self) -> i32 {
        let Some(first) = self.weighed.first() else { return 0 };
        let next = self.weighed.iter().find(|w| w.type_id != first.type_id).map_or(0, |w| w.score);
        first.score - next.max(0)
    }
}

/// The least score of a name that no list has: ten is one in the log odds, and what is likelier no name is none.
const DISCOVERED_LEAST: i32 = 1;
/// The least score of a listed name, for which its list speaks beside the rules.
const LISTED_LEAST: i32 = -12;
/// The least score of a type that no list has for a name that a list surely has: a listed name outranks a discovered one.
const AGAINST_LISTED: i32 = 10;
/// The least score of a prominent name that means nothing else: context alone does not talk it away.
const SURE_LEAST: i32 = -42;
/// What is prominent: see `prior`.
const PROMINENT: i32 = 60;
/// A rule speaks at most so often in one document for names written alike.
const MOST_FIRINGS: i32 = 2;
/// The types that rules weigh, in order of [`Weights`].
const WEIGHED: [TypeId; 3] = [TypeId::PERSON, TypeId::ORGANIZATION, TypeId::PLACE];

pub(super) struct Chooser<'c> {
    pub(super) page: &'c Page<'c>,
    pub(super) rules: &'c NameRules,
    pub(super) listed: &'c Listed,
    pub(super) segments: &'c [Segment],
    pub(super) groups: &'c Groups,
    /// Sorted by segment.
    pub(super) firings: &'c [Firing],
    pub(super) observer: &'c Observer<'c>,
    pub(super) countries: &'c Countries<'c>,
    /// Leave out what no list has.
    pub(super) listed_only: bool,
}

/// What has spoken for one segment: each rule with twice its times.
pub(super) type Spoken = Vec<(u32, i32)>;

/// What the document says of all segments of a group.
struct Known<'k> {
    /// How many they are.
    alike: usize,
    links: &'k [(Link, u32)],
    /// Their acronym follows one of them.
    acronym: bool,
}

impl Chooser<'_> {
    /// One verdict a segment; full names first, then the shorter forms that may stand for them. `told` hears what has
    /// spoken for each segment.
    pub(super) fn choose(&self, mut told: impl FnMut(usize, &Spoken)) -> Vec<Verdict> {
        let mut verdicts = vec![Verdict::default(); self.segments.len()];
        let mut antecedents = Antecedents::default();
        antecedents.add_acronyms(self.page, self.segments, self.groups);
        let mut order: Vec<usize> = (0..self.groups.all.len()).collect();
        order.sort_by_key(|&g| (std::cmp::Reverse(self.groups.all[g].words), g));
        let (mut shared, mut spoken) = (Vec::new(), Vec::new());
        for group in order {
            let whole = &self.groups.all[group];
            let number = u32::try_from(group).unwrap_or(u32::MAX);
            self.share(&whole.segments, &mut shared);
            for &segment in &whole.segments {
                let links = antecedents.of(&whole.key);
                let known =
                    Known { alike: whole.segments.len(), links, acronym: antecedents.introduces(number) };
                self.speak(segment as usize, &known, &shared, &mut spoken);
                told(segment as usize, &spoken);
                verdicts[segment as usize] = self.weigh(segment as usize, links, &spoken);
            }
            let first = whole.segments.iter().find_map(|&s| verdicts[s as usize].winner());
            if let Some(winner) = first
                && whole.words > 1
                && !matches!(winner.target, Target::Same { .. })
            {
                let common = self.observer.common_words(whole.segments[0], self.segments);
                antecedents.add_name(&whole.key, winner.type_id, number, &common);
            }
        }
        verdicts
    }

    fn firings_of(&self, segment: usize) -> &[Firing] {
        let start = self.firings.partition_point(|f| (f.segment as usize) < segment);
        let end = start + self.firings[start..].iter().take_while(|f| f.segment as usize == segment).count();
        &self.firings[start..end]
    }

    /// How often each rule fires on any of the segments, a few times at most.
    fn share(&self, segments: &[u32], shared: &mut Spoken) {
        shared.clear();
        for &segment in segments {
            shared.extend(self.firings_of(segment as usize).iter().map(|f| (f.rule, 1)));
        }
        shared.sort_unstable();
        shared.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = (kept.1 + next.1).min(MOST_FIRINGS);
            }
            same
        });
    }

    /// What speaks for a segment: what fires on it counts as much as what fires on all written alike; and its facts.
    fn speak(&self, segment: usize, known: &Known<'_>, shared: &Spoken, spoken: &mut Spoken) {
        spoken.clone_from(shared);
        for firing in self.firings_of(segment) {
            if let Ok(at) = spoken.binary_search_by_key(&firing.rule, |s| s.0) {
                spoken[at].1 += 1;
            }
        }
        let mut facts = self.observer.facts(&self.segments[segment], known.alike);
        facts.note_links(known.links, known.acronym);
        spoken.extend(self.rules.of_facts(facts).map(|rule| (rule, 2)));
    }

    fn weigh(&self, segment: usize, links: &[(Link, u32)], spoken: &Spoken) -> Verdict {
        let scores = self.scores(spoken);
        let mut weighed = Vec::new();
        if let Some(place) = &self.segments[segment].place {
            for reading in self.listed.readings(place) {
                let prior = self.prior(reading, &self.segments[segment]);
                let least = match reading.strength {
                    _ if prior >= PROMINENT || reading.country.is_some() => SURE_LEAST,
                    Strength::Strong | Strength::Cased => LISTED_LEAST,
                    _ => DISCOVERED_LEAST,
                };
                let score = match score_of(&scores, reading.type_id) {
                    Some(score) if score >= least => score,
                    Some(_) => continue,
                    None => prior - 50,
                };
                weighed.push((
                    prior,
                    Weighed { target: Target::Listed(*reading), type_id: reading.type_id, score },
                ));
            }
        }
        let links = if self.is_nationality(segment) { &[] } else { links };
        for &(link, group) in links {
            let type_id = link.type_id();
            let score = score_of(&scores, type_id).unwrap_or_default();
            if score >= DISCOVERED_LEAST {
                weighed
                    .push((link.score(), Weighed { target: Target::Same { group, link }, type_id, score }));
            }
        }
        let sure = self.is_surely_listed(segment);
        let least = if sure { AGAINST_LISTED } else { DISCOVERED_LEAST };
        for (type_id, score) in WEIGHED.into_iter().zip(scores) {
            if score >= least && !self.listed_only {
                weighed.push((0, Weighed { target: Target::Discovered, type_id, score }));
            }
        }
        let weighed = self.rank(weighed);
        let rule = weighed.first().and_then(|w| self.loudest(spoken, w.type_id));
        Verdict { weighed, rule }
    }

    /// Does a list surely have it, written just so?
    fn is_surely_listed(&self, segment: usize) -> bool {
        let place = self.segments[segment].place.as_ref();
        let sure = |r: &Reading| r.strength <= Strength::Cased && r.agreement == Agreement::Exact;
        place.is_some_and(|place| self.listed.readings(place).iter().any(sure))
    }

    /// "Polish" is no short form of a body whose name begins so.
    fn is_nationality(&self, segment: usize) -> bool {
        let place = self.segments[segment].place.as_ref();
        place.is_some_and(|place| self.listed.readings(place).iter().any(|r| r.demonym))
    }

    /// Best first. Within a type the best target keeps the type's score; the others lose what they are worse by.
    fn rank(&self, mut weighed: Vec<(i32, Weighed)>) -> Vec<Weighed> {
        for i in 0..weighed.len() {
            let type_id = weighed[i].1.type_id;
            let best = weighed.iter().filter(|w| w.1.type_id == type_id).map(|w| w.0).max();
            weighed[i].1.score -= best.unwrap_or_default() - weighed[i].0;
        }
        let mut weighed: Vec<Weighed> = weighed.into_iter().map(|w| w.1).collect();
        weighed.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| self.order(a).cmp(&self.order(b))));
        weighed
    }

    fn scores(&self, spoken: &Spoken) -> Weights {
        let mut doubled = Weights::default();
        for &(rule, times) in spoken {
            for (sum, weight) in doubled.iter_mut().zip(self.rules.rules[rule as usize].weights) {
                *sum += weight * times;
            }
        }
        doubled.map(|sum| sum.div_euclid(2))
    }

    /// The rule that speaks loudest for a type.
    fn loudest(&self, spoken: &Spoken, type_id: TypeId) -> Option<u32> {
        let weight = |&(rule, times): &(u32, i32)| {
            let weight = score_of(&self.rules.rules[rule as usize].weights, type_id)? * times;
            (weight > 0).then_some((weight, std::cmp::Reverse(rule)))
        };
        spoken.iter().filter_map(weight).max().map(|(_, rule)| rule.0)
    }

    /// Ties: a full name's short form, then a listed name, then a discovered one; among listed ones the smaller id.
    fn order(&self, weighed: &Weighed) -> (u8, &str, u32) {
        match weighed.target {
            Target::Listed(reading) => (1, self.page.gazetteer.id_of(reading.entry), 0),
            Target::Same { group, .. } => (0, "", group),
            Target::Discovered => (2, "", u32::from(weighed.type_id.0)),
        }
    }

    /// What speaks for a listed reading before any context: how surely its name means it, and how prominent it is.
    fn prior(&self, reading: &Reading, segment: &Segment) -> i32 {
        let gazetteer = self.page.gazetteer;
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
        let population = gazetteer.population_of(reading.entry);
        let size = i32::try_from(population.checked_ilog2().unwrap_or(0)).unwrap_or(0) / 2;
        let prominence = i32::from(gazetteer.prior_of(reading.entry)) / 5;
        strength
            + agreement
            + size
            + prominence
            + i32::from(reading.main) * 3
            + self.countries.support(gazetteer.country_of(reading.entry), gazetteer.subtype_of(reading.entry))
            + 40 * i32::from(self.observer.lies_in(segment.tokens, reading))
    }
}

/// The score of a type that rules weigh.
fn score_of(scores: &Weights, type_id: TypeId) -> Option<i32> {
    scores.get(usize::from(type_id.0)).copied()
}
