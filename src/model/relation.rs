//! A relation that the text states between two mentions of one sentence.

use super::{EntityIndex, TokenSpan};

/// In what way the text states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// As a fact, in the publication's own voice.
    Asserted,
    /// As somebody's statement.
    Reported,
    /// As possible or claimed (may, allegedly, suspected).
    Alleged,
    /// As not so.
    Negated,
    /// As intended.
    Planned,
}

impl Modality {
    /// The word in `relations.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Reported => "reported",
            Self::Alleged => "alleged",
            Self::Negated => "negated",
            Self::Planned => "planned",
        }
    }
}

/// A relation; mentions are indexes into the document's mentions.
#[derive(Clone, Debug)]
pub struct Relation {
    /// `holds_role`, `attacked`, …: the rule file's `relation`.
    pub relation: Box<str>,
    /// Mention that acts.
    pub subject: u32,
    /// Mention that is acted on.
    pub object: u32,
    /// The role's words, `former`, `cyber`, `armed` …; joined with `|`.
    pub qualifier: String,
    /// How it is stated.
    pub modality: Modality,
    /// Who states it, if not the publication.
    pub claimed_by: Option<EntityIndex>,
    /// Mention of the date of its clause.
    pub date: Option<u32>,
    /// Relations written from one coordination share its number, unique in the document; 0 for none.
    pub group: u32,
    /// The words that state it.
    pub trigger: TokenSpan,
    /// The whole stretch that the rule matched.
    pub tokens: TokenSpan,
    /// Index of the sentence.
    pub sentence: u32,
    /// Rule id (`holds_role/appositive`).
    pub rule: Box<str>,
    /// 0 to 100, as for mentions.
    pub confidence: u8,
}
