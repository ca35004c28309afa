//! A candidate that became no mention, and why.

use super::{Source, TokenSpan, TypeId};

/// A candidate that became no mention.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Where.
    pub tokens: TokenSpan,
    /// The entry that it would be; empty for a name that no list has.
    pub id: Box<str>,
    /// The type that it would have.
    pub type_id: TypeId,
    /// Its list and line, or the rule that said most about it.
    pub source: Source,
    /// Why it is no mention.
    pub reason: String,
}
