//! `pairs.csv`, on request: entities that stand together in a sentence, counted. Says nothing about how they are
//! connected; that is what `relations.csv` is for.

use std::collections::BTreeSet;

use super::columns::{Column, ForeignKey, Kind, Schema, column, fields};
use super::corpus::{Corpus, EntityTotal, Seen, Tally};
use super::facts::Context;
use super::numbers::{push_day, push_number};
use super::profiles::Profile;
use super::rows::push_row;
use crate::model::Entity;

/// An entity is paired with so many others that follow it in its sentence: a list of two thousand names is no
/// evidence that its first and last belong together, and the count of pairs must stay linear in the text.
const REACH: usize = 32;

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "pairs",
        about: "One row for each two entities that stand together in a sentence.",
        fields: fields(&columns()),
        primary_key: &["entity_id", "other_id"],
        foreign_keys: &[
            ForeignKey { column: "entity_id", table: "entities", key: "entity_id" },
            ForeignKey { column: "other_id", table: "entities", key: "entity_id" },
        ],
    }
}

/// One row.
struct PairRow<'a> {
    ids: (&'a str, &'a str),
    entities: (Option<&'a EntityTotal>, Option<&'a EntityTotal>),
    tally: &'a Tally,
}

/// The columns, in order.
fn columns<'a>() -> [Column<PairRow<'a>>; 10] {
    use Kind::{Day, Id, Integer, Text};
    type R<'a> = PairRow<'a>;
    [
        column("entity_id", Id, "The entity with the smaller id", |r: &R, out| out.push_str(r.ids.0)),
        column("name", Text, "Its name", |r: &R, out| {
            out.push_str(r.entities.0.map_or("", EntityTotal::name));
        }),
        column("type", Id, "Its type", |r: &R, out| {
            out.push_str(r.entities.0.map_or("", EntityTotal::type_name));
        }),
        column("other_id", Id, "The other entity", |r: &R, out| out.push_str(r.ids.1)),
        column("other_name", Text, "Its name", |r: &R, out| {
            out.push_str(r.entities.1.map_or("", EntityTotal::name));
        }),
        column("other_type", Id, "Its type", |r: &R, out| {
            out.push_str(r.entities.1.map_or("", EntityTotal::type_name));
        }),
        column("sentences", Integer, "Sentences that name both", |r: &R, out| push_number(out, r.tally.rows)),
        column("documents", Integer, "Documents with such a sentence", |r: &R, out| {
            push_number(out, r.tally.documents);
        }),
        column("first_date", Day, "Earliest date of these documents", |r: &R, out| {
            push_day(out, r.tally.first);
        }),
        column("last_date", Day, "Latest date of these documents", |r: &R, out| push_day(out, r.tally.last)),
    ]
}

/// Counts the pairs of each sentence, dates left out.
pub(super) fn collect<'f>(context: &Context<'f>, seen: &mut Seen<'f>) {
    let mut named: Vec<_> = context
        .facts
        .mentions
        .iter()
        .filter_map(|mention| Some((mention.sentence, mention.bytes, context.facts.entity_of(mention)?)))
        .collect();
    named.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
    for sentence in named.chunk_by(|a, b| a.0 == b.0) {
        let mut met = BTreeSet::new();
        let distinct: Vec<&Entity> =
            sentence.iter().map(|(_, _, entity)| *entity).filter(|entity| met.insert(&*entity.id)).collect();
        for (i, first) in distinct.iter().enumerate() {
            for second in distinct.iter().skip(i + 1).take(REACH) {
                seen.pair(first, second);
            }
        }
    }
}

/// All rows, by ids.
pub(super) fn push_rows(corpus: &Corpus, profile: Profile, out: &mut String) -> u64 {
    let columns = columns();
    for ((one, other), tally) in &corpus.pairs {
        let entities = (corpus.entity(one), corpus.entity(other));
        push_row(out, &columns, &PairRow { ids: (one, other), entities, tally }, profile);
    }
    corpus.pairs.len() as u64
}
