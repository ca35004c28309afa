//! A sheet: what all tokens of a document show, found once for all sweeps over its sentences.

use super::feature::Feature;
use super::layout::{Layout, Stretch};
use super::matcher::Field;
use super::mentions::MentionMap;
use super::program::index;
use super::showing::Showing;
use crate::gazetteer::Gazetteer;
use crate::model::{Hits, Text, TokenSpan};
use std::ops::Range;

/// Sentences that share a window, and what its places show. A sentence that is too long for one is a frame by itself of
/// which nothing is known.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// By number.
    pub(super) sentences: Range<u32>,
    features: Range<u32>,
}

/// See the head of the file. Buffers are reused from document to document.
#[derive(Debug, Default)]
pub struct Sheet {
    pub(super) frames: Vec<Frame>,
    features: Vec<(Feature, u64)>,
    layout: Layout<u64>,
    showing: Showing<u64>,
}

impl Sheet {
    /// Of a document that has been scanned.
    pub fn of(source: &str, text: &Text, hits: &Hits, gazetteer: &Gazetteer) -> Self {
        let mut sheet = Self::default();
        sheet.fill(source, text, hits, gazetteer);
        sheet
    }

    /// Starts anew with a document that has been scanned.
    pub fn fill(&mut self, source: &str, text: &Text, hits: &Hits, gazetteer: &Gazetteer) {
        self.frames.clear();
        self.features.clear();
        self.layout.clear();
        let mentions = &MentionMap::default();
        let bounds = TokenSpan::new(0, index(text.tokens.len()));
        let field = Field { source, tokens: &text.tokens, hits, gazetteer, mentions, bounds };
        let mut first = 0;
        for (number, sentence) in (0..).zip(&text.sentences) {
            if !self.layout.add(Stretch::whole(sentence.tokens)) {
                self.close(&field, first..number);
                first = number;
                if !self.layout.add(Stretch::whole(sentence.tokens)) {
                    self.close(&field, number..number + 1);
                    first = number + 1;
                }
            }
        }
        self.close(&field, first..index(text.sentences.len()));
    }

    /// What the places of a frame show.
    pub(super) fn features(&self, frame: &Frame) -> &[(Feature, u64)] {
        let Range { start, end } = frame.features;
        self.features.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Makes a frame of sentences, those that were laid out.
    fn close(&mut self, field: &Field<'_>, sentences: Range<u32>) {
        if sentences.is_empty() {
            return;
        }
        self.showing.clear();
        self.showing.find(field, &self.layout, |_| true);
        let from = index(self.features.len());
        self.features.extend(self.showing.all());
        self.frames.push(Frame { sentences, features: from..index(self.features.len()) });
        self.layout.clear();
    }
}
