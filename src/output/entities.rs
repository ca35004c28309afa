//! `entities.csv`: one row for each person, organization, place or other thing of the corpus, by id.

use super::columns::{Column, Kind, Schema, column, fields};
use super::corpus::{Corpus, EntityTotal};
use super::numbers::{push_day, push_number};
use super::profiles::Profile;
use super::rows::push_row;

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "entities",
        about: "One row for each person, organization, place or other thing.",
        fields: fields(&columns()),
        primary_key: &["entity_id"],
        foreign_keys: &[],
    }
}

/// One row.
struct EntityRow<'a> {
    id: &'a str,
    total: &'a EntityTotal,
}

/// The columns, in order.
fn columns<'a>() -> [Column<EntityRow<'a>>; 14] {
    use Kind::{Day, Decimal, Id, Integer, Text, YesNo};
    type R<'a> = EntityRow<'a>;
    [
        column("entity_id", Id, "The list's id, or one made from a discovered name", |r: &R, out| {
            out.push_str(r.id);
        }),
        column("type", Id, "As in mentions.csv", |r: &R, out| out.push_str(r.total.type_name())),
        column("subtype", Id, "As in mentions.csv", |r: &R, out| out.push_str(&r.total.identity.subtype)),
        column("name", Text, "The main name", |r: &R, out| out.push_str(r.total.name())),
        column(
            "aliases_seen",
            Text,
            "How the documents write it: of the ways up to 100 code points long, the first 50 in order of code points",
            push_aliases,
        ),
        column("mentions", Integer, "Its rows in mentions.csv", |r: &R, out| {
            push_number(out, r.total.tally.rows);
        }),
        column("documents", Integer, "Documents that name it", |r: &R, out| {
            push_number(out, r.total.tally.documents);
        }),
        column("first_date", Day, "Earliest date of these documents", |r: &R, out| {
            push_day(out, r.total.tally.first);
        }),
        column("last_date", Day, "Latest date of these documents", |r: &R, out| {
            push_day(out, r.total.tally.last);
        }),
        column("country", Id, "ISO 3166-1 alpha-2 code", |r: &R, out| {
            out.push_str(&r.total.identity.listing[0]);
        }),
        column("latitude", Decimal, "Degrees north", |r: &R, out| out.push_str(&r.total.identity.listing[1])),
        column("longitude", Decimal, "Degrees east", |r: &R, out| out.push_str(&r.total.identity.listing[2])),
        column("external_ids", Text, "Ids elsewhere, such as wikidata:Q37", |r: &R, out| {
            out.push_str(&r.total.identity.listing[3]);
        }),
        column("listed", YesNo, "yes if a list has it, no if it was discovered", |r: &R, out| {
            out.push_str(if r.total.identity.discovered { "no" } else { "yes" });
        }),
    ]
}

/// Sorted, joined with `|`.
fn push_aliases(row: &EntityRow<'_>, out: &mut String) {
    for (i, alias) in row.total.aliases.iter().enumerate() {
        if i > 0 {
            out.push('|');
        }
        out.push_str(alias);
    }
}

/// All rows, by id.
pub(super) fn push_rows(corpus: &Corpus, profile: Profile, out: &mut String) -> u64 {
    let columns = columns();
    for (id, total) in corpus.sorted_entities() {
        push_row(out, &columns, &EntityRow { id, total }, profile);
    }
    corpus.entities.len() as u64
}
