//! `mentions.csv`: one row for each name or date in a text, in the order of the text.

use super::columns::{Column, ForeignKey, Kind, Schema, column, fields};
use super::corpus::Seen;
use super::documents::{push_number, push_shown};
use super::excerpt::push_excerpt;
use super::facts::Context;
use super::profiles::Profile;
use super::rows::push_row;
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

/// One row.
pub(super) struct MentionRow<'a> {
    context: &'a Context<'a>,
    mention: &'a Mention,
    entity: Option<&'a Entity>,
    id: &'a str,
    /// In code points.
    start: u32,
    end: u32,
    /// Line and column.
    place: (u32, u32),
    sentence: &'a str,
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
        column("mention_id", Id, "Id of the row", |r: &R, out| out.push_str(r.id)),
        column("doc_id", Text, "The document", |r: &R, out| out.push_str(&r.context.facts.document.doc_id)),
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
            push_number(out, r.start);
        }),
        column("end", Integer, "First code point after it", |r: &R, out| push_number(out, r.end)),
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
        column("kind", Id, "How it was recognized", |r: &R, out| out.push_str(r.mention.kind.as_str())),
        column("source", Text, "List and line, or rule, that found it", |r: &R, out| {
            r.context.labels.push_source(&r.mention.source, out);
        }),
        column("decision", Id, "Why this reading won", |r: &R, out| out.push_str(r.mention.decision)),
        column("confidence", Integer, "0 to 100", |r: &R, out| push_number(out, r.mention.confidence)),
        column("candidates", Text, "Readings that were weighed, id:score, best first", push_candidates),
        column(
            "sentence",
            Text,
            "The sentence, clipped around the mention, blanks collapsed",
            |r: &R, out| {
                out.push_str(r.sentence);
            },
        ),
    ]
}

/// Exactly the bytes of the mention.
fn push_text(row: &MentionRow<'_>, out: &mut String) {
    out.push_str(row.context.facts.source().get(row.mention.bytes.range()).unwrap_or_default());
}

/// `id:score|id:score`.
fn push_candidates(row: &MentionRow<'_>, out: &mut String) {
    for (i, candidate) in row.mention.candidates.iter().enumerate() {
        if i > 0 {
            out.push('|');
        }
        push_shown(out, format_args!("{}:{}", candidate.id, candidate.score));
    }
}

/// A full ISO day, if known.
pub(super) fn push_day(out: &mut String, day: Option<jiff::civil::Date>) {
    if let Some(day) = day {
        push_shown(out, day);
    }
}

/// Appends all rows and says the mentions' ids, by the mentions' numbers.
pub(super) fn push_rows<'f>(
    context: &Context<'f>,
    profile: Profile,
    out: &mut String,
    seen: &mut Seen<'f>,
) -> Vec<String> {
    let mentions = context.facts.mentions;
    let mut sentences = Sentences::default();
    let mut ids = vec![String::new(); mentions.len()];
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&i| (mentions[i].bytes, mentions[i].type_id, i));
    for i in order {
        let mention = &mentions[i];
        let (start, end) =
            (context.positions.chars(mention.bytes.start), context.positions.chars(mention.bytes.end));
        let type_name = context.labels.type_name(mention.type_id);
        let id = context.hash.text(type_name).span(start, end).id('m');
        let entity = context.facts.entity_of(mention);
        let sentence = sentences.around(context, mention);
        let place = context.positions.line_and_column(mention.bytes.start);
        let row = MentionRow { context, mention, entity, id: &id, start, end, place, sentence };
        push_row(out, &columns(), &row, profile);
        ids[i] = id;
        if let Some(entity) = entity {
            let surface = context.facts.source().get(mention.bytes.range()).unwrap_or_default();
            seen.mention(entity, surface);
        }
    }
    ids
}

/// The sentence shown last: one that needs no clipping serves all its mentions.
#[derive(Default)]
struct Sentences {
    whole: Option<u32>,
    text: String,
}

impl Sentences {
    fn around(&mut self, context: &Context<'_>, mention: &Mention) -> &str {
        if self.whole != Some(mention.sentence) {
            self.text.clear();
            let (sentence, focus) = (context.sentence(mention.sentence), mention.bytes.range());
            let is_whole = push_excerpt(context.facts.source(), sentence, focus, &mut self.text);
            self.whole = is_whole.then_some(mention.sentence);
        }
        &self.text
    }
}
