//! `relations.csv`: one row for each statement between two mentions, in the order of the text.

use std::collections::BTreeMap;

use super::columns::{Column, ForeignKey, Kind, Schema, closed_column, column, fields};
use super::corpus::Seen;
use super::excerpt::{push_collapsed, push_excerpt};
use super::facts::Context;
use super::ids::Hash;
use super::mentions;
use super::numbers::push_number;
use super::profiles::Profile;
use super::rows::push_row;
use crate::model::{Entity, Relation};

/// The table's shape.
pub(super) fn schema() -> Schema {
    Schema {
        name: "relations",
        about: "One row for each statement between two mentions.",
        fields: fields(&columns()),
        primary_key: &["relation_id"],
        foreign_keys: &[
            ForeignKey { column: "doc_id", table: "documents", key: "doc_id" },
            ForeignKey { column: "subject_id", table: "entities", key: "entity_id" },
            ForeignKey { column: "object_id", table: "entities", key: "entity_id" },
            ForeignKey { column: "claimed_by_id", table: "entities", key: "entity_id" },
            ForeignKey { column: "subject_mention", table: "mentions", key: "mention_id" },
            ForeignKey { column: "object_mention", table: "mentions", key: "mention_id" },
        ],
    }
}

/// One row.
struct RelationRow<'a, 'f> {
    context: &'a Context<'f>,
    relation: &'f Relation,
    mention_ids: &'a [Hash],
    id: Hash,
    /// Id of the first row of its group, if it has one.
    group: Option<Hash>,
}

impl<'f> RelationRow<'_, 'f> {
    fn entity(&self, mention: u32) -> Option<&'f Entity> {
        self.context.facts.mention(mention).and_then(|mention| self.context.facts.entity_of(mention))
    }

    fn type_name(&self, mention: u32) -> &str {
        self.context
            .facts
            .mention(mention)
            .map_or("", |mention| self.context.labels.type_name(mention.type_id))
    }

    fn push_mention_id(&self, mention: u32, out: &mut String) {
        if let Some(id) = self.mention_ids.get(mention as usize) {
            id.push_id(mentions::LETTER, out);
        }
    }

    fn claimed_by(&self) -> Option<&'f Entity> {
        self.relation.claimed_by.and_then(|index| self.context.facts.entity(index))
    }
}

fn id_of(entity: Option<&Entity>) -> &str {
    entity.map_or("", |entity| &entity.id)
}

fn name_of(entity: Option<&Entity>) -> &str {
    entity.map_or("", |entity| &entity.name)
}

/// The columns, in order: who and what, how it is stated, where it stands.
fn columns<'a, 'f: 'a>() -> Vec<Column<RelationRow<'a, 'f>>> {
    what().into_iter().chain(how()).chain(place()).collect()
}

fn what<'a, 'f: 'a>() -> [Column<RelationRow<'a, 'f>>; 9] {
    use Kind::{Id, Text};
    type R<'a, 'f> = RelationRow<'a, 'f>;
    [
        closed_column("relation_id", Id, "Id of the row", |r: &R, out| r.id.push_id('r', out)),
        closed_column("doc_id", Text, "The document", |r: &R, out| out.push_str(&r.context.doc_id)),
        column("relation", Id, "What is stated", |r: &R, out| out.push_str(&r.relation.relation)),
        column("subject_id", Id, "The entity that does, has or is", |r: &R, out| {
            out.push_str(id_of(r.entity(r.relation.subject)));
        }),
        column("subject_name", Text, "Its name", |r: &R, out| {
            out.push_str(name_of(r.entity(r.relation.subject)));
        }),
        column("subject_type", Id, "Its type", |r: &R, out| out.push_str(r.type_name(r.relation.subject))),
        column("object_id", Id, "The entity at the other end", |r: &R, out| {
            out.push_str(id_of(r.entity(r.relation.object)));
        }),
        column("object_name", Text, "Its name", |r: &R, out| {
            out.push_str(name_of(r.entity(r.relation.object)));
        }),
        column("object_type", Id, "Its type", |r: &R, out| out.push_str(r.type_name(r.relation.object))),
    ]
}

fn how<'a, 'f: 'a>() -> [Column<RelationRow<'a, 'f>>; 8] {
    use Kind::{Id, Text};
    type R<'a, 'f> = RelationRow<'a, 'f>;
    [
        column("qualifier", Text, "Words of the role, former, acting, cyber, armed", |r: &R, out| {
            push_collapsed(&r.relation.qualifier, out);
        }),
        closed_column("modality", Id, "asserted, reported, alleged, negated or planned", |r: &R, out| {
            out.push_str(r.relation.modality.as_str());
        }),
        column("claimed_by_id", Id, "The entity that says so, if not the publication", |r: &R, out| {
            out.push_str(id_of(r.claimed_by()));
        }),
        column("claimed_by_name", Text, "Its name", |r: &R, out| out.push_str(name_of(r.claimed_by()))),
        column("date", Text, "TIMEX3 value of the date in its clause", |r: &R, out| {
            let mention = r.relation.date.and_then(|index| r.context.facts.mention(index));
            out.push_str(mention.and_then(|mention| mention.date.as_ref()).map_or("", |date| &date.value));
        }),
        closed_column("subject_mention", Id, "The subject's row in mentions.csv", |r: &R, out| {
            r.push_mention_id(r.relation.subject, out);
        }),
        closed_column("object_mention", Id, "The object's row in mentions.csv", |r: &R, out| {
            r.push_mention_id(r.relation.object, out);
        }),
        closed_column("group", Id, "Rows that come from one coordination share it", |r: &R, out| {
            r.group.into_iter().for_each(|group| group.push_id('g', out));
        }),
    ]
}

fn place<'a, 'f: 'a>() -> [Column<RelationRow<'a, 'f>>; 6] {
    use Kind::{Id, Integer, Text};
    type R<'a, 'f> = RelationRow<'a, 'f>;
    [
        column("trigger", Text, "The words that state it", |r: &R, out| {
            push_collapsed(r.context.words(r.relation.trigger), out);
        }),
        column("start", Integer, "First code point of the stretch that the rule matched", |r: &R, out| {
            push_number(out, r.context.chars(r.relation.tokens).0);
        }),
        column("end", Integer, "First code point after that stretch", |r: &R, out| {
            push_number(out, r.context.chars(r.relation.tokens).1);
        }),
        column("evidence", Text, "The sentence, clipped around the trigger, blanks collapsed", push_evidence),
        column("rule", Id, "The rule that found it", |r: &R, out| out.push_str(&r.relation.rule)),
        column("confidence", Integer, "0 to 100", |r: &R, out| push_number(out, r.relation.confidence)),
    ]
}

/// The sentence around the trigger; around the whole match where a rule has no trigger of its own.
fn push_evidence(row: &RelationRow<'_, '_>, out: &mut String) {
    let (context, relation) = (row.context, row.relation);
    let focus = if relation.trigger.is_empty() { relation.tokens } else { relation.trigger };
    let focus = context.facts.text.bytes(focus).range();
    push_excerpt(context.facts.source(), context.sentence(relation.sentence), focus, out);
}

/// Appends all rows.
pub(super) fn push_rows<'f>(
    context: &Context<'f>,
    mention_ids: &[Hash],
    profile: Profile,
    out: &mut String,
    seen: &mut Seen<'f>,
) {
    if context.facts.relations.is_empty() {
        return;
    }
    let columns = columns();
    let ordered = in_order(context);
    let groups = group_ids(&ordered);
    for &(id, relation) in &ordered {
        let group = groups.get(&relation.group).copied();
        let row = RelationRow { context, relation, mention_ids, id, group };
        push_row(out, &columns, &row, profile);
        if let (Some(subject), Some(object)) = (row.entity(relation.subject), row.entity(relation.object)) {
            seen.relation(relation, subject, object);
        }
    }
}

/// Relations with their ids, in the order of the text; content decides every tie.
fn in_order<'a>(context: &Context<'a>) -> Vec<(Hash, &'a Relation)> {
    let relations = context.facts.relations;
    let mut ordered: Vec<_> =
        relations.iter().map(|relation| (relation_id(context, relation), relation)).collect();
    ordered.sort_by(|(a_id, a), (b_id, b)| {
        let key = |r: &Relation| (r.tokens, r.subject, r.object);
        key(a)
            .cmp(&key(b))
            .then_with(|| a.relation.cmp(&b.relation))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a_id.cmp(b_id))
    });
    ordered
}

/// From document, relation, both mentions, rule, trigger and qualifier.
fn relation_id(context: &Context<'_>, relation: &Relation) -> Hash {
    let chars = |mention: u32| {
        context.facts.mention(mention).map_or((0, 0), |mention| context.positions.span(mention.bytes))
    };
    let (subject, object, trigger) =
        (chars(relation.subject), chars(relation.object), context.chars(relation.trigger));
    let hash = context.hash.text(&relation.relation).text(&relation.rule).text(&relation.qualifier);
    hash.span(subject.0, subject.1).span(object.0, object.1).span(trigger.0, trigger.1)
}

/// A group is named after its first row.
fn group_ids(ordered: &[(Hash, &Relation)]) -> BTreeMap<u32, Hash> {
    let mut groups = BTreeMap::new();
    for (id, relation) in ordered.iter().filter(|(_, relation)| relation.group != 0) {
        groups.entry(relation.group).or_insert(*id);
    }
    groups
}
