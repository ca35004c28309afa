//! `documents.csv`: one row for each document, read or not, in the order of the run.

use super::columns::{Column, Kind, Schema, column, fields};
use super::excerpt::push_collapsed;
use super::facts::Context;
use super::numbers::{push_day, push_number, push_shown};

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "documents",
        about: "One row for each document, read or not.",
        fields: fields(&columns()),
        // Two files may claim one id; the second is refused, and its row says so.
        primary_key: &["doc_id", "path"],
        foreign_keys: &[],
    }
}

/// The columns, in order.
pub(super) fn columns<'a>() -> [Column<Context<'a>>; 14] {
    use Kind::{Id, Integer, OpenDay, Text};
    type C<'a> = Context<'a>;
    [
        column("doc_id", Text, "Path relative to the folder given, or the record's id", |c: &C, out| {
            out.push_str(&c.facts.document.doc_id);
        }),
        column("path", Text, "Where it was read from", |c: &C, out| out.push_str(&c.facts.document.path)),
        column("title", Text, "Title, if known", |c: &C, out| push_collapsed(&c.facts.document.title, out)),
        column("date", OpenDay, "The document's own date; XXXX for a year that is not known", push_date),
        column("date_source", Id, "Where that date was found", |c: &C, out| {
            out.push_str(c.facts.date.map_or("", |date| date.source.as_str()));
        }),
        column("encoding", Id, "Encoding that it was decoded from", |c: &C, out| {
            out.push_str(c.facts.document.encoding);
        }),
        column("bytes", Integer, "Size as stored", |c: &C, out| push_number(out, c.facts.document.bytes)),
        column("chars", Integer, "Code points of its text", |c: &C, out| {
            push_number(out, c.sums.origin.chars);
        }),
        column("tokens", Integer, "Words, numbers and punctuation marks", |c: &C, out| {
            push_number(out, c.sums.tokens);
        }),
        column("sentences", Integer, "Sentences, headings and list lines", |c: &C, out| {
            push_number(out, c.sums.sentences);
        }),
        column("mentions", Integer, "Its rows in mentions.csv", |c: &C, out| {
            push_number(out, c.sums.mentions);
        }),
        column("relations", Integer, "Its rows in relations.csv", |c: &C, out| {
            push_number(out, c.sums.relations);
        }),
        column("status", Id, "ok, flawed (read, with a problem) or failed (not read)", |c: &C, out| {
            out.push_str(c.facts.document.status.as_str());
        }),
        column("problem", Text, "What went wrong", |c: &C, out| {
            push_collapsed(&c.facts.document.problem, out);
        }),
    ]
}

/// The day, with `XXXX` for an unknown year.
fn push_date(context: &Context<'_>, out: &mut String) {
    let Some(known) = context.facts.date else { return };
    let day = known.date;
    if known.year_known {
        push_day(out, Some(day));
    } else {
        push_shown(out, format_args!("XXXX-{:02}-{:02}", day.month(), day.day()));
    }
}
