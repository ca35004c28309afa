//! A mention: a stretch of text that refers to an entity, and the reason why it was found.

use super::{ByteSpan, DateValue, EntityIndex, TokenSpan};

/// An entity type: the four known ones, then whatever the lists name, numbered in order of `lists.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

impl TypeId {
    /// A human being.
    pub const PERSON: Self = Self(0);
    /// An institution, company, group …
    pub const ORGANIZATION: Self = Self(1);
    /// A place.
    pub const PLACE: Self = Self(2);
    /// A temporal expression.
    pub const DATE: Self = Self(3);
    /// Names of the known types, in order.
    pub const KNOWN: [&'static str; 4] = ["person", "organization", "place", "date"];
}

/// How the text relates to the name that it was found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// As listed, to the letter.
    Exact,
    /// As listed, but for case, diacritics, quotes, dashes or blanks.
    Folded,
    /// A nationality word for its country.
    Demonym,
    /// An acronym introduced in the document.
    Acronym,
    /// A later, shorter form of a name (surname, head of a company's name).
    ShortForm,
    /// A name that no list has.
    Discovered,
    /// Found by a rule over listed words (dates, composed institutions).
    Rule,
}

impl MentionKind {
    /// The word in `mentions.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Folded => "folded",
            Self::Demonym => "demonym",
            Self::Acronym => "acronym",
            Self::ShortForm => "short_form",
            Self::Discovered => "discovered",
            Self::Rule => "rule",
        }
    }
}

/// What found a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A row of a list: index of the list in the manifest, and the row's line in its file.
    List {
        /// Index into the loaded lists.
        list: u16,
        /// 1-based line.
        line: u32,
    },
    /// A rule, by its id (`names/title_surname`).
    Rule(Box<str>),
}

/// One possible reading that was weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Entity id.
    pub id: Box<str>,
    /// Its score; higher is better.
    pub score: i32,
}

/// A mention, resolved.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its tokens; mentions of a document never overlap.
    pub tokens: TokenSpan,
    /// Its bytes in the decoded text.
    pub bytes: ByteSpan,
    /// Its type.
    pub type_id: TypeId,
    /// The document's entity that it refers to.
    pub entity: EntityIndex,
    /// The value, of a date.
    pub date: Option<Box<DateValue>>,
    /// How the text relates to the name.
    pub kind: MentionKind,
    /// What found it.
    pub source: Source,
    /// One word: why this reading won.
    pub decision: &'static str,
    /// 0 to 100: of the rows at 90, nine of ten are right.
    pub confidence: u8,
    /// Readings that were weighed, best first; empty if there was but one.
    pub candidates: Vec<Candidate>,
    /// Index of its sentence.
    pub sentence: u32,
}
