//! What the corpus knows of entities, relations and pairs, summed over documents. Sums, smallest and largest values and
//! sorted sets only, so the order in which documents arrive changes nothing. Grows with the number of different
//! entities, not with the number of mentions.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use jiff::civil::Date;

use super::excerpt::push_collapsed;
use super::facts::Context;
use crate::model::{Entity, EntityIndex, Listing, Modality, Relation};

/// Ways of writing an entity that are kept: those that come first in order of code points.
pub(super) const MOST_ALIASES: usize = 50;
/// A longer way of writing is not kept, in code points.
pub(super) const LONGEST_ALIAS: usize = 100;

/// Relation, subject and object.
pub(super) type RelationKey = (Box<str>, Box<str>, Box<str>);
/// Two entities, the smaller id first.
pub(super) type PairKey = (Box<str>, Box<str>);

/// Who an entity is. Where documents differ, the smallest wins: listed before discovered, then by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity<S> {
    pub(super) discovered: bool,
    pub(super) type_name: S,
    pub(super) subtype: S,
    pub(super) name: S,
    /// Country, latitude, longitude, external ids.
    pub(super) listing: [S; 4],
}

impl<'a> Identity<&'a str> {
    fn new(entity: &'a Entity, type_name: &'a str) -> Self {
        let Listing { country, latitude, longitude, external_ids } = &entity.listing;
        Self {
            discovered: !entity.listed,
            type_name,
            subtype: &entity.subtype,
            name: &entity.name,
            listing: [country, latitude, longitude, external_ids],
        }
    }
}

impl<S> Identity<S> {
    /// The same with its texts as `change` makes them, in order.
    fn map<'s, T>(&'s self, mut change: impl FnMut(&'s S) -> T) -> Identity<T> {
        Identity {
            discovered: self.discovered,
            type_name: change(&self.type_name),
            subtype: change(&self.subtype),
            name: change(&self.name),
            listing: self.listing.each_ref().map(change),
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
    pub(super) identity: Identity<Box<str>>,
    /// Sorted.
    pub(super) aliases: Vec<Box<str>>,
    pub(super) tally: Tally,
}

impl EntityTotal {
    fn new(identity: &Identity<&str>) -> Self {
        Self { identity: identity.map(|&text| text.into()), aliases: Vec::new(), tally: Tally::default() }
    }

    pub(super) fn name(&self) -> &str {
        &self.identity.name
    }

    pub(super) fn type_name(&self) -> &str {
        &self.identity.type_name
    }

    fn add_identity(&mut self, identity: &Identity<&str>) {
        if *identity < self.identity.map(|text| &**text) {
            self.identity = identity.map(|&text| text.into());
        }
    }

    fn add_alias(&mut self, alias: &str) {
        let Err(at) = self.aliases.binary_search_by(|known| (**known).cmp(alias)) else { return };
        if at < MOST_ALIASES {
            self.aliases.truncate(MOST_ALIASES - 1);
            self.aliases.insert(at, alias.into());
        }
    }
}

/// The whole corpus.
#[derive(Clone, Debug, Default)]
pub(super) struct Corpus {
    /// By id. Documents name the same ones again and again, and one thread sums them all: this is looked up fast.
    pub(super) entities: HashMap<Box<str>, Box<EntityTotal>>,
    pub(super) relations: BTreeMap<RelationKey, Tally>,
    pub(super) pairs: BTreeMap<PairKey, Tally>,
    /// What has been counted of the document whose portions come in.
    counted: BTreeSet<String>,
}

impl Corpus {
    /// An entity by id.
    pub(super) fn entity(&self, id: &str) -> Option<&EntityTotal> {
        self.entities.get(id).map(|total| &**total)
    }

    /// The entities in order of their ids.
    pub(super) fn sorted_entities(&self) -> Vec<(&str, &EntityTotal)> {
        let mut sorted: Vec<_> = self.entities.iter().map(|(id, total)| (&**id, &**total)).collect();
        sorted.sort_unstable_by_key(|&(id, _)| id);
        sorted
    }

    /// Adds a document, or a portion of one.
    pub(super) fn add(&mut self, seen: DocumentSeen) {
        let DocumentSeen { entities, letters, ends, relations, pairs, portion } = seen;
        let counted = &mut self.counted;
        // what an earlier portion of the document had, too, is in no further document
        let mut once = |key: &[&str], mut tally: Tally| {
            if portion.is_some() && !counted.insert(key.join("\n")) {
                tally.documents = 0;
            }
            tally
        };
        let mut texts = Texts { letters: &letters, ends: ends.iter(), start: 0 };
        for entity in entities {
            let id = texts.next();
            let identity = entity.identity.map(|()| texts.next());
            let known = match self.entities.get_mut(id) {
                Some(known) => known,
                None => self.entities.entry(id.into()).or_insert(Box::new(EntityTotal::new(&identity))),
            };
            known.add_identity(&identity);
            known.tally.add(&once(&[id], entity.tally));
            for _ in 0..entity.aliases {
                known.add_alias(texts.next());
            }
        }
        for (key, tally) in relations {
            let tally = once(&[&*key.0, &*key.1, &*key.2], tally);
            self.relations.entry(key).or_default().add(&tally);
        }
        for (key, tally) in pairs {
            let tally = once(&[&*key.0, &*key.1], tally);
            self.pairs.entry(key).or_default().add(&tally);
        }
        if portion == Some(true) {
            self.counted.clear();
        }
    }
}

/// What one document adds. Its entities are by id, with all their texts in one piece: what the corpus knows already needs
/// no string of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentSeen {
    entities: Vec<SeenEntity>,
    /// Of each entity its id, the texts of its identity and its aliases.
    letters: String,
    /// Where each text ends.
    ends: Vec<u32>,
    relations: Vec<(RelationKey, Tally)>,
    pub(super) pairs: Vec<(PairKey, Tally)>,
    /// Is it only a portion of the document, and the last one?
    portion: Option<bool>,
}

#[derive(Clone, Debug)]
struct SeenEntity {
    identity: Identity<()>,
    tally: Tally,
    aliases: u32,
}

impl DocumentSeen {
    fn end_text(&mut self) {
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
    }

    fn push_text(&mut self, text: &str) {
        self.letters.push_str(text);
        self.end_text();
    }

    /// Adds an alias, on one line and fit for a list joined with `|`; not if it is too long. Says whether it did.
    fn push_alias(&mut self, surface: &str) -> bool {
        if surface.len() > LONGEST_ALIAS && surface.chars().nth(LONGEST_ALIAS).is_some() {
            return false;
        }
        let start = self.letters.len();
        if surface.contains('|') {
            push_collapsed(&surface.replace('|', " "), &mut self.letters);
        } else {
            push_collapsed(surface, &mut self.letters);
        }
        let any = self.letters.len() > start;
        if any {
            self.end_text();
        }
        any
    }
}

/// Gives texts back in the order in which they were put in.
struct Texts<'a> {
    letters: &'a str,
    ends: std::slice::Iter<'a, u32>,
    start: usize,
}

impl<'a> Texts<'a> {
    fn next(&mut self) -> &'a str {
        let end = self.ends.next().map_or(self.start, |&end| end as usize);
        self.letters.get(std::mem::replace(&mut self.start, end)..end).unwrap_or_default()
    }
}

/// Collects one document while its rows are written.
pub(super) struct Seen<'a> {
    entities: &'a [Entity],
    /// How often each entity is mentioned; none if nothing speaks of it.
    mentions: Vec<Option<u32>>,
    /// Entities with a way of writing each.
    surfaces: Vec<(EntityIndex, &'a str)>,
    relations: BTreeMap<(&'a str, &'a str, &'a str), Tally>,
    pairs: BTreeMap<(&'a str, &'a str), u64>,
}

impl<'a> Seen<'a> {
    /// Nothing seen of these entities.
    pub(super) fn new(entities: &'a [Entity]) -> Self {
        Self {
            entities,
            mentions: vec![None; entities.len()],
            surfaces: Vec::new(),
            relations: BTreeMap::new(),
            pairs: BTreeMap::new(),
        }
    }

    /// A mention of `entity`, written as `surface`.
    pub(super) fn mention(&mut self, entity: EntityIndex, surface: &'a str) {
        self.entity(entity, 1);
        self.surfaces.push((entity, surface));
    }

    /// A row of `relations.csv`. Who claims it is in the table of entities even if it has no mention of its own.
    pub(super) fn relation(&mut self, relation: &'a Relation, subject: &'a Entity, object: &'a Entity) {
        if let Some(entity) = relation.claimed_by {
            self.entity(entity, 0);
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

    fn entity(&mut self, entity: EntityIndex, mentions: u32) {
        if let Some(seen) = self.mentions.get_mut(entity.0 as usize) {
            *seen = Some(seen.unwrap_or(0) + mentions);
        }
    }

    /// The document's sums, with its date.
    pub(super) fn finish(mut self, context: &Context<'_>) -> DocumentSeen {
        let day = context.facts.day();
        let portion = context.facts.portion.map(|portion| portion.is_last);
        let mut seen = DocumentSeen { portion, ..DocumentSeen::default() };
        self.surfaces.sort_unstable();
        self.surfaces.dedup();
        self.push_entities(context, day, &mut seen);
        for ((relation, subject, object), mut tally) in self.relations {
            tally.in_document(day);
            seen.relations.push(((relation.into(), subject.into(), object.into()), tally));
        }
        for ((one, other), rows) in self.pairs {
            let mut tally = Tally { rows, ..Tally::default() };
            tally.in_document(day);
            seen.pairs.push(((one.into(), other.into()), tally));
        }
        seen
    }

    /// Entities by id; those of one id are one.
    fn push_entities(&self, context: &Context<'_>, day: Option<Date>, seen: &mut DocumentSeen) {
        let known = self.entities.iter().zip(&self.mentions).zip(0..);
        let mut readings: Vec<(&Entity, u32, EntityIndex)> = known
            .filter_map(|((entity, mentions), at)| Some((entity, (*mentions)?, EntityIndex(at))))
            .collect();
        readings.sort_unstable_by(|a, b| a.0.id.cmp(&b.0.id));
        for same in readings.chunk_by(|a, b| a.0.id == b.0.id) {
            let of = |entity| Identity::new(entity, context.labels.type_name(entity.type_id));
            let Some(identity) = same.iter().map(|&(entity, ..)| of(entity)).min() else { continue };
            let rows = same.iter().map(|&(_, mentions, _)| u64::from(mentions)).sum();
            let mut tally = Tally { rows, ..Tally::default() };
            tally.in_document(day);
            same.iter().take(1).for_each(|(entity, ..)| seen.push_text(&entity.id));
            let identity = identity.map(|text| seen.push_text(text));
            let mut aliases = 0;
            for &(_, _, entity) in same {
                let from = self.surfaces.partition_point(|&(other, _)| other < entity);
                let surfaces = self.surfaces[from..].iter().take_while(|&&(other, _)| other == entity);
                aliases += surfaces.map(|(_, surface)| u32::from(seen.push_alias(surface))).sum::<u32>();
            }
            seen.entities.push(SeenEntity { identity, tally, aliases });
        }
    }
}
