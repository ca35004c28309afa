//! `rejected.csv`: one row for each candidate that became no mention, with the reason; written on request.

use super::columns::{Column, ForeignKey, Kind, Schema, closed_column, column, fields};
use super::excerpt::push_collapsed;
use super::facts::Context;
use super::numbers::push_number;
use super::profiles::Profile;
use super::rows::push_row;
use crate::model::{ByteSpan, Rejected};

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "rejected",
        about: "One row for each candidate that became no mention.",
        fields: fields(&columns()),
        primary_key: &[],
        foreign_keys: &[ForeignKey { column: "doc_id", table: "documents", key: "doc_id" }],
    }
}

/// One row.
struct RejectedRow<'a> {
    context: &'a Context<'a>,
    rejected: &'a Rejected,
    bytes: ByteSpan,
}

impl RejectedRow<'_> {
    fn place(&self) -> (u32, u32) {
        self.context.positions.line_and_column(self.bytes.start)
    }
}

/// The columns, in order.
fn columns<'a>() -> [Column<RejectedRow<'a>>; 10] {
    use Kind::{Id, Integer, Text};
    type R<'a> = RejectedRow<'a>;
    [
        closed_column("doc_id", Text, "The document", |r: &R, out| out.push_str(&r.context.doc_id)),
        column("type", Id, "The type that it would have", |r: &R, out| {
            out.push_str(r.context.labels.type_name(r.rejected.type_id));
        }),
        column("text", Text, "The stretch of text, blanks collapsed", |r: &R, out| {
            push_collapsed(r.context.words(r.rejected.tokens), out);
        }),
        column("entity_id", Id, "The entry that it would be; empty if no list has it", |r: &R, out| {
            out.push_str(&r.rejected.id);
        }),
        column("start", Integer, "First code point in the document's text", |r: &R, out| {
            push_number(out, r.context.positions.chars(r.bytes.start));
        }),
        column("end", Integer, "First code point after it", |r: &R, out| {
            push_number(out, r.context.positions.chars(r.bytes.end));
        }),
        column("line", Integer, "Line in the document's text, from 1", |r: &R, out| {
            push_number(out, r.place().0);
        }),
        column("column", Integer, "Code point in its line, from 1", |r: &R, out| {
            push_number(out, r.place().1);
        }),
        column("source", Text, "List and line, or the rule that said most about it", |r: &R, out| {
            r.context.labels.push_source(&r.rejected.source, out);
        }),
        column("reason", Text, "Why it is no mention", |r: &R, out| push_collapsed(&r.rejected.reason, out)),
    ]
}

/// Appends all rows. Gives their number.
pub(super) fn push_rows(context: &Context<'_>, profile: Profile, out: &mut String) -> u64 {
    let columns = columns();
    for rejected in context.facts.rejected {
        let bytes = context.facts.text.bytes(rejected.tokens);
        push_row(out, &columns, &RejectedRow { context, rejected, bytes }, profile);
    }
    context.facts.rejected.len() as u64
}
