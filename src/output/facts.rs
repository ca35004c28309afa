//! One document's facts in, its finished rows out. Runs wherever the document was processed and shares nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::columns::Kind;
use super::corpus::{DocumentSeen, Seen};
use super::ids::Hash;
use super::numbers::push_number;
use super::position::{Origin, Positions};
use super::rows::{close_cell, push_row};
use super::tables::TableOptions;
use super::{documents, mentions, pairs, rejected, relations};
use crate::model::{
    Document, DocumentDate, Entity, EntityIndex, Mention, Rejected, Relation, Source, Status, Text,
    TokenSpan, TypeId,
};

/// Names for the numbers that facts carry.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// Types by [`TypeId`].
    pub types: &'a [String],
    /// Files of lists by the number in [`Source::List`].
    pub lists: &'a [String],
}

impl<'a> Labels<'a> {
    /// A type's name; empty if unknown.
    pub(crate) fn type_name(&self, type_id: TypeId) -> &'a str {
        self.types.get(usize::from(type_id.0)).map_or("", String::as_str)
    }

    /// Appends `file:line`, or the rule.
    pub(crate) fn push_source(&self, source: &Source, out: &mut String) {
        match source {
            Source::List { list, line } => {
                out.push_str(self.lists.get(usize::from(*list)).map_or("", String::as_str));
                out.push(':');
                push_number(out, *line);
            }
            Source::Rule(rule) => out.push_str(rule),
        }
    }
}

/// A long document is taken through the stages in portions, one after the other. What comes before this one:
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// Where its text begins.
    pub origin: Origin,
    /// Tokens before it.
    pub tokens: u64,
    /// Sentences.
    pub sentences: u64,
    /// Rows of `mentions.csv`.
    pub mentions: u64,
    /// Rows of `relations.csv`.
    pub relations: u64,
}

/// Of a long document: which of its portions the facts are of.
#[derive(Clone, Copy, Debug)]
pub struct Portion<'a> {
    /// All of the document's text.
    pub whole: &'a str,
    /// What came before.
    pub before: Before,
    /// Does the document end with it?
    pub is_last: bool,
}

/// What the stages found in one document, or in a portion of it.
#[derive(Clone, Copy, Debug)]
pub struct DocumentFacts<'a> {
    /// The document, with its decoded text; of a portion with the portion's.
    pub document: &'a Document,
    /// Which portion, if it is none in one piece.
    pub portion: Option<Portion<'a>>,
    /// Its date, from outside or from the text.
    pub date: Option<DocumentDate>,
    /// Its tokens and sentences.
    pub text: &'a Text,
    /// Its entities.
    pub entities: &'a [Entity],
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// Its relations.
    pub relations: &'a [Relation],
    /// Candidates that became no mention, if they are asked for.
    pub rejected: &'a [Rejected],
}

impl<'a> DocumentFacts<'a> {
    /// The decoded text.
    pub(super) fn source(&self) -> &'a str {
        &self.document.text
    }

    /// What comes before it in the document.
    pub(crate) fn before(&self) -> Before {
        self.portion.map_or_else(Before::default, |portion| portion.before)
    }

    /// What comes before a portion that follows it; `origin` is where that begins.
    pub(crate) fn and_before(&self, origin: Origin) -> Before {
        let before = self.before();
        Before {
            origin,
            tokens: before.tokens + self.text.tokens.len() as u64,
            sentences: before.sentences + self.text.sentences.len() as u64,
            mentions: before.mentions + self.mentions.len() as u64,
            relations: before.relations + self.relations.len() as u64,
        }
    }

    /// Does the document end with it?
    pub(super) fn is_last(&self) -> bool {
        self.portion.is_none_or(|portion| portion.is_last)
    }

    /// The text of a token span.
    pub(crate) fn words(&self, span: TokenSpan) -> &'a str {
        self.source().get(self.text.bytes(span).range()).unwrap_or_default()
    }

    /// What a mention refers to. A date has a value instead.
    pub(crate) fn entity_of(&self, mention: &Mention) -> Option<&'a Entity> {
        (mention.type_id != TypeId::DATE).then(|| self.entity(mention.entity)).flatten()
    }

    /// An entity by number.
    pub(crate) fn entity(&self, index: EntityIndex) -> Option<&'a Entity> {
        self.entities.get(index.0 as usize)
    }

    /// A mention by number.
    pub(crate) fn mention(&self, index: u32) -> Option<&'a Mention> {
        self.mentions.get(index as usize)
    }

    /// The day that counts for `first_date` and `last_date`: only a date whose year is known.
    pub(super) fn day(&self) -> Option<Date> {
        self.date.filter(|date| date.year_known).map(|date| date.date)
    }
}

/// Facts with what all rows of the document need.
pub(super) struct Context<'a> {
    pub(super) facts: &'a DocumentFacts<'a>,
    pub(super) labels: Labels<'a>,
    pub(super) positions: Positions<'a>,
    /// The document's sums up to the end of the facts.
    pub(super) sums: Before,
    pub(super) hash: Hash,
    /// Its id as a closed cell.
    pub(super) doc_id: String,
}

impl Context<'_> {
    /// Code points of a token span.
    pub(super) fn chars(&self, span: TokenSpan) -> (u32, u32) {
        self.positions.span(self.facts.text.bytes(span))
    }

    /// The text of a token span.
    pub(super) fn words(&self, span: TokenSpan) -> &str {
        self.facts.words(span)
    }

    /// The bytes of a sentence by number; nothing if there is no such sentence.
    pub(super) fn sentence(&self, index: u32) -> std::ops::Range<usize> {
        let span = self.facts.text.sentences.get(index as usize).map(|s| self.facts.text.bytes(s.tokens));
        span.map_or(0..0, |bytes| bytes.range())
    }
}

/// A document's rows, finished, and what the corpus must know of it.
#[derive(Clone, Debug)]
pub struct DocumentRows {
    /// The row of `documents.csv`.
    pub(super) documents: String,
    /// Rows of `mentions.csv`.
    pub(super) mentions: String,
    /// Rows of `relations.csv`.
    pub(super) relations: String,
    /// Rows of `rejected.csv`.
    pub(super) rejected: String,
    /// What it adds to the tables of the whole corpus.
    pub(super) seen: DocumentSeen,
    /// SHA-256 over its id and text; told with its last portion.
    pub(super) input: Option<[u8; 32]>,
    /// How reading it went.
    pub status: Status,
    /// Its mentions by type.
    pub mentions_by_type: BTreeMap<String, u64>,
    /// Rows of `relations.csv`.
    pub relation_count: u64,
    /// Its rows of `rejected.csv`.
    pub(super) rejected_count: u64,
}

/// Bytes of most rows, so that a table need not grow row by row.
const ROW: usize = 384;

/// Formats all rows of one document, or of a portion of it; the row of `documents.csv` comes with the last portion.
pub fn format(facts: &DocumentFacts<'_>, labels: Labels<'_>, options: TableOptions) -> DocumentRows {
    let positions = Positions::new(facts.source(), facts.before().origin);
    let mut doc_id = facts.document.doc_id.clone();
    close_cell(&mut doc_id, 0, Kind::Text, options.profile);
    let sums = facts.and_before(positions.end());
    let context = Context { facts, labels, positions, sums, hash: Hash::of(&facts.document.doc_id), doc_id };
    let mut seen = Seen::new(facts.entities);
    let mut rows = DocumentRows {
        documents: String::new(),
        mentions: String::with_capacity(facts.mentions.len() * ROW),
        relations: String::with_capacity(facts.relations.len() * ROW),
        rejected: String::new(),
        seen: DocumentSeen::default(),
        input: facts.is_last().then(|| input_hash(facts)),
        status: facts.document.status,
        mentions_by_type: count_types(facts.mentions, labels),
        relation_count: facts.relations.len() as u64,
        rejected_count: 0,
    };
    if facts.is_last() {
        push_row(&mut rows.documents, &documents::columns(), &context, options.profile);
    }
    let ids = mentions::push_rows(&context, options.profile, &mut rows.mentions, &mut seen);
    relations::push_rows(&context, &ids, options.profile, &mut rows.relations, &mut seen);
    if options.rejected {
        rows.rejected_count = rejected::push_rows(&context, options.profile, &mut rows.rejected);
    }
    if options.pairs {
        pairs::collect(&context, &mut seen);
    }
    rows.seen = seen.finish(&context);
    rows
}

/// Mentions by the name of their type.
fn count_types(mentions: &[Mention], labels: Labels<'_>) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<TypeId, u64> = BTreeMap::new();
    for mention in mentions {
        *counts.entry(mention.type_id).or_default() += 1;
    }
    counts.into_iter().map(|(type_id, n)| (labels.type_name(type_id).to_owned(), n)).collect()
}

/// SHA-256 over the id, a NUL and the decoded text.
fn input_hash(facts: &DocumentFacts<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(facts.document.doc_id.as_bytes());
    hash.update([0]);
    hash.update(facts.portion.map_or(facts.source(), |portion| portion.whole).as_bytes());
    hash.finalize().into()
}
