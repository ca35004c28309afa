//! Documents through the stages. Several go through each stage together: what a stage needs at hand, its rules and tables,
//! is fetched once for all of them.

use std::sync::LazyLock;

use crate::dates::{DateScratch, FoundDates};
use crate::gazetteer::Gazetteer;
use crate::model::{Document, DocumentDate, Entity, Hits, Mention, Relation, Text};
use crate::relations::RelationScratch;
use crate::resolve::{Evidence, ResolveScratch, Resolved};
use crate::resources::Resources;
use crate::rules::{Page, Sheet};
use crate::text::{TokenScratch, split_sentences, tokenize};
use crate::timings::{Laps, Stage};

/// What the first stages make of a document.
#[derive(Default)]
struct Scanned {
    text: Text,
    hits: Hits,
    sheet: Sheet,
}

impl Scanned {
    fn page<'a>(&'a self, document: &'a Document, gazetteer: &'a Gazetteer) -> Page<'a> {
        let Self { text, hits, sheet } = self;
        Page { document, text, hits, sheet, gazetteer }
    }
}

/// Buffers reused between documents: one set a worker.
#[derive(Default)]
pub struct Scratch {
    tokens: TokenScratch,
    /// Of the documents that went through together last, and room that earlier ones left.
    scanned: Vec<Scanned>,
    dates: DateScratch,
    resolve: ResolveScratch,
    relations: RelationScratch,
    /// Measures the stages, if asked to.
    pub(crate) laps: Laps,
}

impl Scratch {
    /// Tokens and sentences of the last document.
    pub fn text(&self) -> &Text {
        self.text_of(0)
    }

    /// Tokens and sentences of one of the documents that went through together last, by number.
    pub fn text_of(&self, number: usize) -> &Text {
        &self.scanned(number).text
    }

    /// Hits of the last document.
    pub fn hits(&self) -> &Hits {
        &self.scanned(0).hits
    }

    /// The last document as the stages after the scan read it.
    pub(crate) fn page<'a>(&'a self, document: &'a Document, gazetteer: &'a Gazetteer) -> Page<'a> {
        self.scanned(0).page(document, gazetteer)
    }

    fn scanned(&self, number: usize) -> &Scanned {
        self.scanned.get(number).unwrap_or(&NOTHING)
    }
}

static NOTHING: LazyLock<Scanned> = LazyLock::new(Scanned::default);

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
        self.extract_all(&[document], scratch).pop().unwrap_or_default()
    }

    /// Some documents, of some kilobytes together or long ones alone. Each is read as if it were alone.
    pub fn extract_all(&self, documents: &[&Document], scratch: &mut Scratch) -> Vec<Extraction> {
        let known = self.resources;
        self.scan(documents, scratch);
        let Scratch { scanned, dates, resolve, relations, laps, .. } = scratch;
        let pages: Vec<Page<'_>> = documents
            .iter()
            .zip(scanned)
            .map(|(document, scanned)| scanned.page(document, &known.gazetteer))
            .collect();
        let found: Vec<FoundDates> = pages.iter().map(|page| known.dates.find(page, dates)).collect();
        laps.lap(Stage::Dates);
        let dated: Vec<_> =
            pages.iter().zip(&found).map(|(page, found)| (*page, found.dates.as_slice())).collect();
        let resolved = known.resolver.resolve_all(&dated, resolve);
        laps.lap(Stage::Resolve);
        let all =
            pages.iter().zip(found).zip(resolved).map(|((page, found), Resolved { entities, mentions })| {
                let stated = known.relations.relate(page, &entities, &mentions, relations);
                Extraction {
                    date: page.document.date.or(found.document),
                    entities,
                    mentions,
                    relations: stated,
                }
            });
        let all = all.collect();
        laps.lap(Stage::Relations);
        all
    }

    /// Text → hits.
    fn scan(self, documents: &[&Document], scratch: &mut Scratch) {
        let known = self.resources;
        let Scratch { tokens, scanned, laps, .. } = scratch;
        scanned.resize_with(scanned.len().max(documents.len()), Scanned::default);
        for (document, Scanned { text, .. }) in documents.iter().zip(&mut *scanned) {
            tokenize(&document.text, &known.vocabulary, tokens, &mut text.tokens);
        }
        laps.lap(Stage::Tokenize);
        for (document, Scanned { text, .. }) in documents.iter().zip(&mut *scanned) {
            split_sentences(&document.text, &text.tokens, &known.abbreviations, &mut text.sentences);
        }
        laps.lap(Stage::Sentences);
        for (_, Scanned { text, hits, .. }) in documents.iter().zip(&mut *scanned) {
            known.gazetteer.scan(text, hits);
        }
        for (document, Scanned { text, hits, sheet }) in documents.iter().zip(scanned) {
            sheet.fill(&document.text, text, hits, &known.gazetteer);
        }
        laps.lap(Stage::Scan);
    }

    /// What has spoken for and against each possible name of a document: for explaining, and for fitting weights.
    pub fn evidence(&self, document: &Document, scratch: &mut Scratch) -> Vec<Evidence> {
        let known = self.resources;
        self.scan(&[document], scratch);
        let Scratch { scanned, dates, resolve, .. } = scratch;
        let Some(scanned) = scanned.first() else { return Vec::new() };
        let page = scanned.page(document, &known.gazetteer);
        let found = known.dates.find(&page, dates);
        known.resolver.evidence(&page, &found.dates, resolve)
    }
}
