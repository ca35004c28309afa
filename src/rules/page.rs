//! A page: one document as the stages after the scan read it.

use super::matcher::Field;
use super::mentions::MentionMap;
use super::sheet::Sheet;
use crate::gazetteer::Gazetteer;
use crate::model::{Document, Hits, Text, TokenSpan};

/// A document with its tokens, sentences and hits, and the lists that the hits refer to.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its tokens and sentences.
    pub text: &'a Text,
    /// Its hits.
    pub hits: &'a Hits,
    /// What its tokens show.
    pub sheet: &'a Sheet,
    /// The lists.
    pub gazetteer: &'a Gazetteer,
}

impl<'a> Page<'a> {
    /// The decoded text.
    pub fn source(&self) -> &'a str {
        &self.document.text
    }

    /// The text of some tokens, blanks inside included.
    pub fn surface(&self, tokens: TokenSpan) -> &'a str {
        self.source().get(self.text.bytes(tokens).range()).unwrap_or_default()
    }

    /// What patterns look at within `bounds`.
    pub fn field(&self, mentions: &'a MentionMap, bounds: TokenSpan) -> Field<'a> {
        Field {
            source: self.source(),
            tokens: &self.text.tokens,
            hits: self.hits,
            gazetteer: self.gazetteer,
            mentions,
            bounds,
        }
    }
}
