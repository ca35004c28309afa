//! A document's text as tokens and sentences. Tokens tile the text in order, without overlap, blanks left out.

use super::{ByteSpan, Token, TokenSpan};

/// The form of a sentence, which says how much its capitals tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SentenceForm {
    /// Running text.
    Prose,
    /// A line of its own without a full stop, most words capitalized: capitals tell little.
    TitleCase,
    /// Nearly all letters upper: capitals tell nothing.
    Capitals,
    /// A short line of its own in ordinary case (heading, caption, list item, page furniture).
    Line,
}

/// One sentence, heading, caption or list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// Its form.
    pub form: SentenceForm,
}

/// Tokens and sentences of one document; buffers are reused between documents.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// All sentences in order; together they cover all tokens.
    pub sentences: Vec<Sentence>,
}

impl Text {
    /// The bytes from the first to the last token of `span` (empty if the span is).
    pub fn bytes(&self, span: TokenSpan) -> ByteSpan {
        match (self.tokens.get(span.start as usize), self.tokens.get((span.end as usize).wrapping_sub(1))) {
            (Some(first), Some(last)) if !span.is_empty() => ByteSpan::new(first.start, last.end),
            _ => ByteSpan::new(0, 0),
        }
    }

    /// Index of the sentence that holds token `at`.
    pub fn sentence_of(&self, at: u32) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= at).min(self.sentences.len().saturating_sub(1))
    }
}
