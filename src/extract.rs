//! One document through the stages.

use crate::dates::DateScratch;
use crate::model::{Document, DocumentDate, Entity, Hits, Mention, Relation, Text};
use crate::relations::RelationScratch;
use crate::resolve::{Evidence, ResolveScratch};
use crate::resources::Resources;
use crate::rules::Page;
use crate::text::{TokenScratch, split_sentences, tokenize};
use crate::timings::{Laps, Stage};

/// Buffers reused between documents: one set a worker.
#[derive(Default)]
pub struct Scratch {
    tokens: TokenScratch,
    text: Text,
    hits: Hits,
    dates: DateScratch,
    resolve: ResolveScratch,
    relations: RelationScratch,
    /// Measures the stages, if asked to.
    pub(crate) laps: Laps,
}

impl Scratch {
    /// Tokens and sentences of the last document.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Hits of the last document.
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// Gives back what only a long document needs, when all stages are through with it: buffers of that size are not worth
    /// keeping, and its rows need the room. Its tokens and sentences stay.
    pub(crate) fn shed(&mut self) {
        if self.text.tokens.len() > LONG {
            let Self { text, laps, .. } = std::mem::take(self);
            *self = Self { text, laps, ..Self::default() };
        }
    }
}

/// Tokens of a document that is long: some megabytes.
const LONG: usize = 1 << 19;

/// What a document says.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The document's date, from outside or from its own header, dateline or name.
    pub date: Option<DocumentDate>,
    /// What its mentions point to.
    pub entities: Vec<Entity>,
    /// Names and dates, in order, not overlapping.
    pub mentions: Vec<Mention>,
    /// Stated relations, in order.
    pub relations: Vec<Relation>,
}

/// Takes documents through the stages.
#[derive(Clone, Copy, Debug)]
pub struct Extractor<'r> {
    resources: &'r Resources,
}

impl<'r> Extractor<'r> {
    /// With these lists and rules.
    pub const fn new(resources: &'r Resources) -> Self {
        Self { resources }
    }

    /// One document: text → hits → dates → mentions → relations.
    pub fn extract(&self, document: &Document, scratch: &mut Scratch) -> Extraction {
        let known = self.resources;
        let Scratch { tokens, text, hits, dates, resolve, relations, laps } = scratch;
        tokenize(&document.text, &known.vocabulary, tokens, &mut text.tokens);
        laps.lap(Stage::Tokenize);
        split_sentences(&document.text, &text.tokens, &known.abbreviations, &mut text.sentences);
        laps.lap(Stage::Sentences);
        known.gazetteer.scan(text, hits);
        laps.lap(Stage::Scan);
        let page = Page { document, text, hits, gazetteer: &known.gazetteer };
        let found = known.dates.find(&page, dates);
        laps.lap(Stage::Dates);
        let resolved = known.resolver.resolve(&page, &found.dates, resolve);
        laps.lap(Stage::Resolve);
        let stated = known.relations.relate(&page, &resolved.entities, &resolved.mentions, relations);
        laps.lap(Stage::Relations);
        let date = document.date.or(found.document);
        Extraction { date, entities: resolved.entities, mentions: resolved.mentions, relations: stated }
    }

    /// What has spoken for and against each possible name of a document: for explaining, and for fitting weights.
    pub fn evidence(&self, document: &Document, scratch: &mut Scratch) -> Vec<Evidence> {
        let known = self.resources;
        let Scratch { tokens, text, hits, dates, resolve, .. } = scratch;
        tokenize(&document.text, &known.vocabulary, tokens, &mut text.tokens);
        split_sentences(&document.text, &text.tokens, &known.abbreviations, &mut text.sentences);
        known.gazetteer.scan(text, hits);
        let page = Page { document, text, hits, gazetteer: &known.gazetteer };
        let found = known.dates.find(&page, dates);
        known.resolver.evidence(&page, &found.dates, resolve)
    }
}
