//! Marked text: how examples of rule files name their mentions, `[person Ada Lark] of [org Norfield Mills]`, so that an
//! example tests its rule and not the finding of names.

use crate::model::{Entity, EntityIndex, Listing, Mention, MentionKind, Source, Text, TokenSpan, TypeId};

/// A mention marked in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// First byte, first byte after.
    pub bytes: (usize, usize),
    /// Its type.
    pub type_id: TypeId,
    /// A nationality word?
    pub demonym: bool,
}

/// A text without its marks, and what they marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedText {
    /// The text.
    pub text: String,
    /// In order.
    pub marked: Vec<Marked>,
}

/// Words of marks.
const KINDS: [(&str, TypeId, bool); 5] = [
    ("person", TypeId::PERSON, false),
    ("org", TypeId::ORGANIZATION, false),
    ("place", TypeId::PLACE, false),
    ("nation", TypeId::PLACE, true),
    ("date", TypeId::DATE, false),
];

impl MarkedText {
    /// Reads the marks; brackets that begin with no known word stay text.
    pub fn parse(source: &str) -> Self {
        let mut out = Self::default();
        let mut rest = source;
        while let Some(open) = rest.find('[') {
            out.text.push_str(&rest[..open]);
            rest = &rest[open..];
            let mark = KINDS.iter().find_map(|&(word, type_id, demonym)| {
                let inner = rest[1..].strip_prefix(word)?.strip_prefix(' ')?;
                let (name, after) = inner.split_once(']')?;
                Some((name, after, type_id, demonym))
            });
            let Some((name, after, type_id, demonym)) = mark else {
                out.text.push('[');
                rest = &rest[1..];
                continue;
            };
            let start = out.text.len();
            out.text.push_str(name);
            out.marked.push(Marked { bytes: (start, out.text.len()), type_id, demonym });
            rest = after;
        }
        out.text.push_str(rest);
        out
    }

    /// Mentions and entities of the marks over the tokens of the text; equal names are one entity.
    pub fn mentions(&self, text: &Text) -> (Vec<Entity>, Vec<Mention>) {
        let (mut entities, mut mentions): (Vec<Entity>, Vec<Mention>) = (Vec::new(), Vec::new());
        for marked in &self.marked {
            let name = &self.text[marked.bytes.0..marked.bytes.1];
            let known = entities.iter().position(|e| *e.name == *name && e.type_id == marked.type_id);
            let entity = known.unwrap_or_else(|| {
                entities.push(entity(name, marked.type_id));
                entities.len() - 1
            });
            let start = text.tokens.partition_point(|t| (t.end as usize) <= marked.bytes.0);
            let end = text.tokens.partition_point(|t| (t.start as usize) < marked.bytes.1);
            let tokens = TokenSpan::new(to_u32(start), to_u32(end));
            if !tokens.is_empty() && mentions.last().is_none_or(|m| m.tokens.end <= tokens.start) {
                mentions.push(mention(marked, text, tokens, EntityIndex(to_u32(entity))));
            }
        }
        (entities, mentions)
    }
}

fn entity(name: &str, type_id: TypeId) -> Entity {
    let listing = Listing::default();
    Entity { id: name.into(), name: name.into(), type_id, subtype: Box::default(), listed: false, listing }
}

fn mention(marked: &Marked, text: &Text, tokens: TokenSpan, entity: EntityIndex) -> Mention {
    Mention {
        tokens,
        bytes: text.bytes(tokens),
        type_id: marked.type_id,
        entity,
        date: None,
        kind: if marked.demonym { MentionKind::Demonym } else { MentionKind::Exact },
        source: Source::Rule("marked".into()),
        decision: "marked",
        confidence: 100,
        candidates: Vec::new(),
        sentence: to_u32(text.sentence_of(tokens.start)),
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
