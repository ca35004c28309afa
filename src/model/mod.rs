//! Plain data that travels between the stages; knows no stage.
//!
//! Coordinates are typed: [`ByteSpan`] counts bytes of the decoded text, [`TokenSpan`] counts tokens.
//! Code points, lines and columns exist only in rows (`output`).

mod date;
mod document;
mod entity;
mod hit;
mod look;
mod mention;
mod rejected;
mod relation;
mod span;
mod text;
mod token;

pub use date::{DateKind, DateOrder, DateValue, Modifier};
pub use document::{DateSource, Document, DocumentDate, Status};
pub use entity::{Entity, EntityIndex, Listing};
pub use hit::{Hit, Hits, KeyId};
pub use look::{Look, Shows};
pub use mention::{Candidate, Mention, MentionKind, Source, TypeId};
pub use rejected::Rejected;
pub use relation::{Modality, Relation};
pub use span::{ByteSpan, Bytes, Span, TokenSpan, Tokens};
pub use text::{Sentence, SentenceForm, Text};
pub use token::{Case, Gap, Token, TokenKind, WordId};
