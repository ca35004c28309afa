//! Weighs what a segment can be: of the types that the evidence speaks for, a listed entry, a full name elsewhere in the
//! document, or a name that no list has.

use super::coref::Link;
use super::countries::Countries;
use super::evidence::Weights;
use super::listed::{Listed, Reading};
use super::observe::Observer;
use super::segment::Segment;
use super::verdict::{Target, Weighed, score_of};
use crate::gazetteer::{Agreement, Strength};
use crate::model::TypeId;
use crate::rules::Page;

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
/// The types that rules weigh, in order of [`Weights`].
const WEIGHED: [TypeId; 3] = [TypeId::PERSON, TypeId::ORGANIZATION, TypeId::PLACE];

/// What readings are weighed by.
pub(super) struct Scales<'c> {
    pub(super) page: &'c Page<'c>,
    pub(super) listed: &'c Listed,
    pub(super) observer: &'c Observer<'c>,
    pub(super) countries: &'c Countries<'c>,
    /// Leave out what no list has.
    pub(super) listed_only: bool,
}

impl Scales<'_> {
    /// What a segment can be, best first.
    pub(super) fn weigh<'b>(
        &self,
        segment: &Segment,
        links: &[(Link, u32)],
        scores: &Weights,
        buffers: &'b mut Weighing,
    ) -> &'b [Weighed] {
        let Weighing { weighed, best } = buffers;
        weighed.clear();
        best.0.clear();
        let readings = segment.place.as_ref().map_or(&[][..], |place| self.listed.readings(place));
        for reading in readings {
            let prior = self.prior(reading, segment);
            let least = match reading.strength {
                _ if prior >= PROMINENT || reading.country.is_some() => SURE_LEAST,
                Strength::Strong | Strength::Cased => LISTED_LEAST,
                _ => DISCOVERED_LEAST,
            };
            let score = match score_of(scores, reading.type_id) {
                Some(score) if score >= least => score,
                Some(_) => continue,
                None => prior - 50,
            };
            best.take(reading.type_id, prior);
            let target = Target::Listed(*reading);
            weighed.push(Weighed { target, type_id: reading.type_id, score: score + prior });
        }
        // "Polish" is no short form of a body whose name begins so
        let links = if readings.iter().any(|r| r.demonym) { &[] } else { links };
        for &(link, group) in links {
            let type_id = link.type_id();
            let score = score_of(scores, type_id).unwrap_or_default();
            if score >= DISCOVERED_LEAST {
                best.take(type_id, link.score());
                let target = Target::Same { group, link };
                weighed.push(Weighed { target, type_id, score: score + link.score() });
            }
        }
        // does a list surely have it, written just so?
        let sure = |r: &Reading| r.strength <= Strength::Cased && r.agreement == Agreement::Exact;
        let least = if readings.iter().any(sure) { AGAINST_LISTED } else { DISCOVERED_LEAST };
        for (type_id, &score) in WEIGHED.into_iter().zip(scores) {
            if score >= least && !self.listed_only {
                best.take(type_id, 0);
                weighed.push(Weighed { target: Target::Discovered, type_id, score });
            }
        }
        self.rank(best, weighed);
        weighed
    }

    /// Best first. Within a type the best target keeps the type's score; the others lose what they are worse by.
    fn rank(&self, best: &Best, weighed: &mut [Weighed]) {
        for one in &mut *weighed {
            one.score -= best.of(one.type_id);
        }
        if weighed.len() > 1 {
            weighed.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| self.order(a).cmp(&self.order(b))));
        }
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
            + self
                .countries
                .support(gazetteer.country_of(reading.entry), || gazetteer.subtype_of(reading.entry))
            + 40 * i32::from(self.observer.lies_in(segment.tokens, reading))
    }
}

/// Buffers of the weighing.
#[derive(Debug, Default)]
pub(super) struct Weighing {
    weighed: Vec<Weighed>,
    best: Best,
}

/// The best that speaks for a target, by type; few types are weighed at once.
#[derive(Debug, Default)]
struct Best(Vec<(TypeId, i32)>);

impl Best {
    fn take(&mut self, type_id: TypeId, prior: i32) {
        match self.0.iter_mut().find(|best| best.0 == type_id) {
            Some(best) => best.1 = best.1.max(prior),
            None => self.0.push((type_id, prior)),
        }
    }

    fn of(&self, type_id: TypeId) -> i32 {
        self.0.iter().find(|best| best.0 == type_id).map_or(0, |best| best.1)
    }
}
