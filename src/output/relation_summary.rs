//! `relation_summary.csv`: the rows of `relations.csv` gathered by relation, subject and object.

use super::columns::{Column, ForeignKey, Kind, Schema, column, fields};
use super::corpus::{Corpus, EntityTotal, RelationKey, Tally};
use super::numbers::{push_day, push_number};
use super::profiles::Profile;
use super::rows::push_row;

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "relation_summary",
        about: "One row for each relation between the same two entities.",
        fields: fields(&columns()),
        primary_key: &["relation", "subject_id", "object_id"],
        foreign_keys: &[
            ForeignKey { column: "subject_id", table: "entities", key: "entity_id" },
            ForeignKey { column: "object_id", table: "entities", key: "entity_id" },
        ],
    }
}

/// One row.
struct SummaryRow<'a> {
    key: &'a RelationKey,
    subject: Option<&'a EntityTotal>,
    object: Option<&'a EntityTotal>,
    tally: &'a Tally,
}

/// The columns, in order.
fn columns<'a>() -> [Column<SummaryRow<'a>>; 13] {
    use Kind::{Day, Id, Integer, Text};
    type R<'a> = SummaryRow<'a>;
    [
        column("relation", Id, "What is stated", |r: &R, out| out.push_str(&r.key.0)),
        column("subject_id", Id, "The entity that does, has or is", |r: &R, out| out.push_str(&r.key.1)),
        column("subject_name", Text, "Its name", |r: &R, out| {
            out.push_str(r.subject.map_or("", EntityTotal::name));
        }),
        column("subject_type", Id, "Its type", |r: &R, out| {
            out.push_str(r.subject.map_or("", EntityTotal::type_name));
        }),
        column("object_id", Id, "The entity at the other end", |r: &R, out| out.push_str(&r.key.2)),
        column("object_name", Text, "Its name", |r: &R, out| {
            out.push_str(r.object.map_or("", EntityTotal::name));
        }),
        column("object_type", Id, "Its type", |r: &R, out| {
            out.push_str(r.object.map_or("", EntityTotal::type_name));
        }),
        column("rows", Integer, "Rows of relations.csv", |r: &R, out| push_number(out, r.tally.rows)),
        column("documents", Integer, "Documents that state it", |r: &R, out| {
            push_number(out, r.tally.documents);
        }),
        column("first_date", Day, "Earliest date of these documents", |r: &R, out| {
            push_day(out, r.tally.first);
        }),
        column("last_date", Day, "Latest date of these documents", |r: &R, out| push_day(out, r.tally.last)),
        column("negated", Integer, "Rows that say that it is not so", |r: &R, out| {
            push_number(out, r.tally.negated);
        }),
        column("alleged", Integer, "Rows that say that it may be so", |r: &R, out| {
            push_number(out, r.tally.alleged);
        }),
    ]
}

/// All rows, by relation, subject and object.
pub(super) fn push_rows(corpus: &Corpus, profile: Profile, out: &mut String) -> u64 {
    let columns = columns();
    for (key, tally) in &corpus.relations {
        let (subject, object) = (corpus.entity(&key.1), corpus.entity(&key.2));
        push_row(out, &columns, &SummaryRow { key, subject, object, tally }, profile);
    }
    corpus.relations.len() as u64
}
