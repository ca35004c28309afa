//! `mentions.csv`: one row for each name or date in a text, in the order of the text.

use super::columns::{Column, ForeignKey, Kind, Schema, closed_column, column, fields};
use super::corpus::Seen;
use super::excerpt::push_excerpt;
use super::facts::Context;
use super::ids::Hash;
use super::numbers::{push_day, push_number, push_signed};
use super::profiles::Profile;
use super::rows::{close_cell, push_row};
use crate::model::{DateValue, Entity, Mention};

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "mentions",
        about: "One row for each name or date in a text.",
        fields: fields(&columns()),
        primary_key: &["mention_id"],
        foreign_keys: &[
            ForeignKey { column: "doc_id", table: "documents", key: "doc_id" },
            ForeignKey { column: "entity_id", table: "entities", key: "entity_id" },
        ],
    }
}

/// Begins the ids of rows.
pub(super) const LETTER: char = 'm';

/// One row.
struct MentionRow<'a> {
    context: &'a Context<'a>,
    mention: &'a Mention,
    entity: Option<&'a Entity>,
    id: Hash,
    /// In code points.
    chars: (u32, u32),
    /// Line and column.
    place: (u32, u32),
    sentences: Sentences,
}

impl MentionRow<'_> {
    fn date(&self) -> Option<&DateValue> {
        self.mention.date.as_deref()
    }
}

/// The columns, in order.
fn columns<'a>() -> [Column<MentionRow<'a>>; 21] {
    use Kind::{Day, Id, Integer, Text};
    type R<'a> = MentionRow<'a>;
    [
        closed_column("mention_id", Id, "Id of the row", |r: &R, out| r.id.push_id(LETTER, out)),
        closed_column("doc_id", Text, "The document", |r: &R, out| out.push_str(&r.context.doc_id)),
        column("type", Id, "person, organization, place, date, or a type that a list names", |r: &R, out| {
            out.push_str(r.context.labels.type_name(r.mention.type_id));
        }),
        column("subtype", Id, "Finer than the type; for dates date, time, duration or set", |r: &R, out| {
            let listed = r.entity.map_or("", |entity| &entity.subtype);
            out.push_str(r.date().map_or(listed, |date| date.kind.as_str()));
        }),
        column("text", Text, "The stretch of text as written", push_text),
        column("entity_id", Id, "What it refers to; empty for dates", |r: &R, out| {
            out.push_str(r.entity.map_or("", |entity| &entity.id));
        }),
        column("name", Text, "The entity's main name", |r: &R, out| {
            out.push_str(r.entity.map_or("", |entity| &entity.name));
        }),
        column("start", Integer, "First code point in the document's text", |r: &R, out| {
            push_number(out, r.chars.0);
        }),
        column("end", Integer, "First code point after it", |r: &R, out| push_number(out, r.chars.1)),
        column("line", Integer, "Line in the document's text, from 1", |r: &R, out| {
            push_number(out, r.place.0);
        }),
        column("column", Integer, "Code point in its line, from 1", |r: &R, out| {
            push_number(out, r.place.1);
        }),
        column("value", Text, "Dates: TIMEX3 value", |r: &R, out| {
            out.push_str(r.date().map_or("", |date| &date.value));
        }),
        column("value_start", Day, "Dates: first day that the value covers", |r: &R, out| {
            push_day(out, r.date().and_then(|date| date.first));
        }),
        column("value_end", Day, "Dates: last day that the value covers", |r: &R, out| {
            push_day(out, r.date().and_then(|date| date.last));
        }),
        column("mod", Id, "Dates: TIMEX3 mod", |r: &R, out| {
            out.push_str(r.date().and_then(|date| date.modifier.as_deref()).unwrap_or_default());
        }),
        closed_column("kind", Id, "How it was recognized", |r: &R, out| {
            out.push_str(r.mention.kind.as_str());
        }),
        column("source", Text, "List and line, or rule, that found it", |r: &R, out| {
            r.context.labels.push_source(&r.mention.source, out);
        }),
        closed_column("decision", Id, "Why this reading won", |r: &R, out| out.push_str(r.mention.decision)),
        column("confidence", Integer, "0 to 100", |r: &R, out| push_number(out, r.mention.confidence)),
        column("candidates", Text, "Readings that were weighed, id:score, best first", push_candidates),
        closed_column("sentence", Text, SENTENCE, push_sentence),
    ]
}

/// Exactly the bytes of the mention.
fn push_text(row: &MentionRow<'_>, out: &mut String) {
    out.push_str(row.context.facts.source().get(row.mention.bytes.range()).unwrap_or_default());
}

const SENTENCE: &str = "The sentence, clipped around the mention, blanks collapsed";

fn push_sentence(row: &MentionRow<'_>, out: &mut String) {
    out.push_str(&row.sentences.cell);
}

/// `id:score|id:score`.
fn push_candidates(row: &MentionRow<'_>, out: &mut String) {
    for (i, candidate) in row.mention.candidates.iter().enumerate() {
        if i > 0 {
            out.push('|');
        }
        out.push_str(&candidate.id);
        out.push(':');
        push_signed(out, candidate.score);
    }
}

/// Appends all rows and says the mentions' ids, by the mentions' numbers.
pub(super) fn push_rows<'f>(
    context: &Context<'f>,
    profile: Profile,
    out: &mut String,
    seen: &mut Seen<'f>,
) -> Vec<Hash> {
    let (facts, columns) = (context.facts, columns());
    let mentions = facts.mentions;
    let mut sentences = Sentences::default();
    let mut ids = vec![context.hash; mentions.len()];
    for i in in_order(mentions) {
        let mention = &mentions[i];
        let chars = context.positions.span(mention.bytes);
        let type_name = context.labels.type_name(mention.type_id);
        let id = context.hash.text(type_name).span(chars.0, chars.1);
        let entity = facts.entity_of(mention);
        sentences.show(context, mention, profile);
        let place = context.positions.line_and_column(mention.bytes.start);
        let row = MentionRow { context, mention, entity, id, chars, place, sentences };
        push_row(out, &columns, &row, profile);
        (ids[i], sentences) = (id, row.sentences);
        if entity.is_some() {
            seen.mention(mention.entity, facts.source().get(mention.bytes.range()).unwrap_or_default());
        }
    }
    ids
}

/// The numbers of mentions in the order of the text.
fn in_order(mentions: &[Mention]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&i| (mentions[i].bytes, mentions[i].type_id, i));
    order
}

/// The sentence shown last, as a closed cell: one that needs no clipping serves all its mentions.
#[derive(Default)]
struct Sentences {
    whole: Option<u32>,
    cell: String,
}

impl Sentences {
    fn show(&mut self, context: &Context<'_>, mention: &Mention, profile: Profile) {
        if self.whole != Some(mention.sentence) {
            self.cell.clear();
            let (sentence, focus) = (context.sentence(mention.sentence), mention.bytes.range());
            let is_whole = push_excerpt(context.facts.source(), sentence, focus, &mut self.cell);
            close_cell(&mut self.cell, 0, Kind::Text, profile);
            self.whole = is_whole.then_some(mention.sentence);
        }
    }
}
