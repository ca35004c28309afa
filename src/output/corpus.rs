//! What the corpus knows of entities, relations and pairs, summed over documents. Sums, smallest and largest values and
//! sorted sets only, so the order in which documents arrive changes nothing. Grows with the number of different
//! entities, not with the number of mentions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::excerpt::push_collapsed;
use super::facts::Context;
use crate::model::{Entity, Listing, Modality, Relation};

/// Ways of writing an entity that are kept: those that come first in order of code points.
pub(super) const MOST_ALIASES: usize = 50;
/// A longer way of writing is not kept, in code points.
pub(super) const LONGEST_ALIAS: usize = 100;

/// Relation, subject and object.
pub(super) type RelationKey = (Box<str>, Box<str>, Box<str>);
/// Two entities, the smaller id first.
pub(super) type PairKey = (Box<str>, Box<str>);

/// Who an entity is. Where documents differ, the smallest wins: listed before discovered, then by content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    pub(super) discovered: bool,
    pub(super) type_name: Box<str>,
    pub(super) subtype: Box<str>,
    pub(super) name: Box<str>,
    /// Country, latitude, longitude, external ids.
    pub(super) listing: [Box<str>; 4],
}

impl Identity {
    fn new(entity: &Entity, type_name: &str) -> Self {
        let Listing { country, latitude, longitude, external_ids } = entity.listing.clone();
        Self {
            discovered: !entity.listed,
            type_name: type_name.into(),
            subtype: entity.subtype.clone(),
            name: entity.name.clone(),
            listing: [country, latitude, longitude, external_ids],
        }
    }
}

/// Counts with the dates of the documents that were counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) documents: u64,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
    pub(super) negated: u64,
    pub(super) alleged: u64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.documents += other.documents;
        self.negated += other.negated;
        self.alleged += other.alleged;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }

    /// The counts of one document.
    fn in_document(&mut self, day: Option<Date>) {
        self.documents = 1;
        (self.first, self.last) = (day, day);
    }
}

/// An entity, summed. Its tally's rows are mentions.
#[derive(Clone, Debug)]
pub(super) struct EntityTotal {
    pub(super) identity: Identity,
    pub(super) aliases: BTreeSet<Box<str>>,
    pub(super) tally: Tally,
}

impl EntityTotal {
    fn new(identity: Identity) -> Self {
        Self { identity, aliases: BTreeSet::new(), tally: Tally::default() }
    }

    pub(super) fn name(&self) -> &str {
        &self.identity.name
    }

    pub(super) fn type_name(&self) -> &str {
        &self.identity.type_name
    }

    fn add(&mut self, other: Self) {
        self.identity = self.identity.clone().min(other.identity);
        self.tally.add(&other.tally);
        for alias in other.aliases {
            self.add_alias(alias);
        }
    }

    fn add_alias(&mut self, alias: Box<str>) {
        self.aliases.insert(alias);
        if self.aliases.len() > MOST_ALIASES {
            self.aliases.pop_last();
        }
    }
}

/// The whole corpus; also what one document adds to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Corpus {
    pub(super) entities: BTreeMap<Box<str>, EntityTotal>,
    pub(super) relations: BTreeMap<RelationKey, Tally>,
    pub(super) pairs: BTreeMap<PairKey, Tally>,
}

/// What one document adds.
pub(super) type DocumentSeen = Corpus;

impl Corpus {
    /// Adds a document.
    pub(super) fn add(&mut self, seen: DocumentSeen) {
        for (id, total) in seen.entities {
            match self.entities.get_mut(&id) {
                Some(known) => known.add(total),
                None => drop(self.entities.insert(id, total)),
            }
        }
        for (key, tally) in seen.relations {
            self.relations.entry(key).or_default().add(&tally);
        }
        for (key, tally) in seen.pairs {
            self.pairs.entry(key).or_default().add(&tally);
        }
    }
}

/// Collects one document while its rows are written.
#[derive(Default)]
pub(super) struct Seen<'a> {
    entities: BTreeMap<&'a str, (Vec<&'a Entity>, BTreeSet<&'a str>, u64)>,
    relations: BTreeMap<(&'a str, &'a str, &'a str), Tally>,
    pairs: BTreeMap<(&'a str, &'a str), u64>,
}

impl<'a> Seen<'a> {
    /// A mention of `entity`, written as `surface`.
    pub(super) fn mention(&mut self, entity: &'a Entity, surface: &'a str) {
        let (_, surfaces, mentions) = self.entity(entity);
        surfaces.insert(surface);
        *mentions += 1;
    }

    /// A row of `relations.csv`. Who claims it is in the table of entities even if it has no mention of its own.
    pub(super) fn relation(
        &mut self,
        relation: &'a Relation,
        subject: &'a Entity,
        object: &'a Entity,
        claimed_by: Option<&'a Entity>,
    ) {
        if let Some(entity) = claimed_by {
            self.entity(entity);
        }
        let tally = self.relations.entry((&relation.relation, &subject.id, &object.id)).or_default();
        tally.rows += 1;
        tally.negated += u64::from(relation.modality == Modality::Negated);
        tally.alleged += u64::from(relation.modality == Modality::Alleged);
    }

    /// A sentence that names both.
    pub(super) fn pair(&mut self, one: &'a Entity, other: &'a Entity) {
        let (one, other): (&str, &str) = (&one.id, &other.id);
        *self.pairs.entry((one.min(other), one.max(other))).or_default() += 1;
    }

    fn entity(&mut self, entity: &'a Entity) -> &mut (Vec<&'a Entity>, BTreeSet<&'a str>, u64) {
        let seen = self.entities.entry(&entity.id).or_default();
        if !seen.0.iter().any(|known| std::ptr::eq(*known, entity)) {
            seen.0.push(entity);
        }
        seen
    }

    /// The document's sums, with its date.
    pub(super) fn finish(self, context: &Context<'_>) -> DocumentSeen {
        let day = context.facts.day();
        let mut seen = DocumentSeen::default();
        for (id, (readings, surfaces, mentions)) in self.entities {
            let identities = readings.iter().map(|e| Identity::new(e, context.labels.type_name(e.type_id)));
            let Some(identity) = identities.min() else { continue };
            let mut total = EntityTotal::new(identity);
            total.tally.rows = mentions;
            total.tally.in_document(day);
            surfaces.into_iter().filter_map(alias).for_each(|alias| total.add_alias(alias));
            seen.entities.insert(id.into(), total);
        }
        for ((relation, subject, object), mut tally) in self.relations {
            tally.in_document(day);
            seen.relations.insert((relation.into(), subject.into(), object.into()), tally);
        }
        for ((one, other), rows) in self.pairs {
            let mut tally = Tally { rows, ..Tally::default() };
            tally.in_document(day);
            seen.pairs.insert((one.into(), other.into()), tally);
        }
        seen
    }
}

/// A way of writing, on one line and fit for a list joined with `|`; none if it is too long.
fn alias(surface: &str) -> Option<Box<str>> {
    if surface.chars().take(LONGEST_ALIAS + 1).count() > LONGEST_ALIAS {
        return None;
    }
    let mut alias = String::new();
    push_collapsed(&surface.replace('|', " "), &mut alias);
    (!alias.is_empty()).then(|| alias.into())
}
