//! What the comparison looks at: mentions and relations, expected or found, as plain columns.
//!
//! A row says where it stands by content, not by counting from the start of the document: a hash of its sentence, and
//! tokens counted from the sentence's start. So no row changes when text is put in before it, and no row holds text but
//! the names themselves.

use std::fmt;

/// Where in a document a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    /// Hash of the sentence's text; empty if unknown (a row written by hand).
    pub(crate) sentence: String,
    /// First token, counted from the sentence's start, and first token after.
    pub(crate) tokens: Option<(u32, u32)>,
}

impl Spot {
    /// Tokens that both cover, if they stand in sentences of the same text.
    pub(crate) fn overlap(&self, other: &Self) -> u32 {
        match (self.tokens, other.tokens) {
            (Some(a), Some(b)) if self.is_known() && self.sentence == other.sentence => {
                a.1.min(b.1).saturating_sub(a.0.max(b.0))
            }
            _ => 0,
        }
    }

    /// Does it say anything?
    pub(crate) fn is_known(&self) -> bool {
        !self.sentence.is_empty()
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens.map_or(Ok(()), |(start, end)| write!(f, "{start}..{end}"))
    }
}

/// A kind of rows: its columns, in order.
pub(crate) trait Facts: Clone + Eq + fmt::Debug {
    /// Names of the columns that say what the row states.
    const COLUMNS: &'static [&'static str];
    /// The cell of each column.
    fn cells(&self) -> Vec<&str>;
    /// From cells in the order of the columns.
    fn from_cells(cells: Vec<String>, spot: Spot) -> Self;
    /// Where it stands.
    fn spot(&self) -> &Spot;
    /// Where it stands, to be set.
    fn spot_mut(&mut self) -> &mut Spot;
    /// What its scores are counted under: the type, or the relation.
    fn group(&self) -> &str;
    /// For people: `organization "Norfield Mills"`.
    fn shown(&self) -> String;
}

/// A mention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MentionFact {
    /// Its type.
    pub(crate) type_name: String,
    /// Its subtype.
    pub(crate) subtype: String,
    /// As written, blanks collapsed.
    pub(crate) text: String,
    /// What it refers to; empty for dates.
    pub(crate) entity_id: String,
    /// Dates: the value.
    pub(crate) value: String,
    /// Dates: the modifier.
    pub(crate) modifier: String,
    /// Where it stands.
    pub(crate) spot: Spot,
}

impl Facts for MentionFact {
    const COLUMNS: &'static [&'static str] = &["type", "subtype", "text", "entity_id", "value", "mod"];

    fn cells(&self) -> Vec<&str> {
        vec![&self.type_name, &self.subtype, &self.text, &self.entity_id, &self.value, &self.modifier]
    }

    fn from_cells(cells: Vec<String>, spot: Spot) -> Self {
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        Self {
            type_name: next(),
            subtype: next(),
            text: next(),
            entity_id: next(),
            value: next(),
            modifier: next(),
            spot,
        }
    }

    fn spot(&self) -> &Spot {
        &self.spot
    }

    fn spot_mut(&mut self) -> &mut Spot {
        &mut self.spot
    }

    fn group(&self) -> &str {
        &self.type_name
    }

    fn shown(&self) -> String {
        let meaning = if self.entity_id.is_empty() { &self.value } else { &self.entity_id };
        format!("{} \"{}\" ({meaning})", self.type_name, self.text)
    }
}

/// A relation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RelationFact {
    /// What is stated.
    pub(crate) relation: String,
    /// The subject's text, blanks collapsed.
    pub(crate) subject: String,
    /// The subject's entity.
    pub(crate) subject_id: String,
    /// The object's text.
    pub(crate) object: String,
    /// The object's entity.
    pub(crate) object_id: String,
    /// Words of the role and so on.
    pub(crate) qualifier: String,
    /// How it is stated.
    pub(crate) modality: String,
    /// Who states it.
    pub(crate) claimed_by_id: String,
    /// Value of its date.
    pub(crate) date: String,
    /// Its sentence, and the tokens of its subject.
    pub(crate) spot: Spot,
}

impl Facts for RelationFact {
    const COLUMNS: &'static [&'static str] = &[
        "relation",
        "subject",
        "subject_id",
        "object",
        "object_id",
        "qualifier",
        "modality",
        "claimed_by_id",
        "date",
    ];

    fn cells(&self) -> Vec<&str> {
        vec![
            &self.relation,
            &self.subject,
            &self.subject_id,
            &self.object,
            &self.object_id,
            &self.qualifier,
            &self.modality,
            &self.claimed_by_id,
            &self.date,
        ]
    }

    fn from_cells(cells: Vec<String>, spot: Spot) -> Self {
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        Self {
            relation: next(),
            subject: next(),
            subject_id: next(),
            object: next(),
            object_id: next(),
            qualifier: next(),
            modality: next(),
            claimed_by_id: next(),
            date: next(),
            spot,
        }
    }

    fn spot(&self) -> &Spot {
        &self.spot
    }

    fn spot_mut(&mut self) -> &mut Spot {
        &mut self.spot
    }

    fn group(&self) -> &str {
        &self.relation
    }

    fn shown(&self) -> String {
        format!("\"{}\" {} \"{}\" ({})", self.subject, self.relation, self.object, self.modality)
    }
}

/// A row that a document's extraction gave.
#[derive(Clone, Debug)]
pub(crate) struct Found<F> {
    /// What it states.
    pub(crate) fact: F,
    /// Line and column in the document's text, from 1.
    pub(crate) place: (u32, u32),
    /// List and line, or rule, that made it.
    pub(crate) source: String,
}

/// A row that is expected.
#[derive(Clone, Debug)]
pub(crate) struct Expected<F> {
    /// What it states.
    pub(crate) fact: F,
    /// Checked by a person: must hold exactly, and is never rewritten.
    pub(crate) gold: bool,
}
