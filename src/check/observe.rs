//! What an extraction found, as rows to be compared.

use sha2::{Digest, Sha256};

use super::rows::{Found, MentionFact, RelationFact, Spot};
use crate::model::{Mention, Relation, TokenSpan};
use crate::output::{DocumentFacts, Labels, Positions};

/// All rows of a document, and where its sentences stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Observed {
    /// Mentions, in the order of the text.
    pub(super) mentions: Vec<Found<MentionFact>>,
    /// Relations, in the order of the text.
    pub(super) relations: Vec<Found<RelationFact>>,
    /// Sentences in order: hash, and line and column of each token.
    pub(super) sentences: Vec<(String, Vec<(u32, u32)>)>,
}

impl Observed {
    /// Adds what was found in the document's next portion.
    pub(super) fn append(&mut self, mut next: Self) {
        self.mentions.append(&mut next.mentions);
        self.relations.append(&mut next.relations);
        self.sentences.append(&mut next.sentences);
    }

    /// Line and column where a row would stand, if its sentence is in the text.
    pub(super) fn place_of(&self, spot: &Spot) -> Option<(u32, u32)> {
        let (_, tokens) =
            self.sentences.iter().find(|(hash, _)| spot.is_known() && *hash == spot.sentence)?;
        let at = spot.tokens.map_or(0, |(start, _)| start as usize);
        tokens.get(at).or_else(|| tokens.first()).copied()
    }
}

/// Looks at what was found in a document.
pub(super) fn observe(facts: &DocumentFacts<'_>, labels: Labels<'_>) -> Observed {
    let positions = Positions::new(&facts.document.text, facts.before().origin);
    let hashes: Vec<String> = facts.text.sentences.iter().map(|s| hash(facts.words(s.tokens))).collect();
    let view = View { facts, labels, positions, hashes };
    let mut relations: Vec<&Relation> = facts.relations.iter().collect();
    relations.sort_by_key(|r| (r.tokens, r.subject, r.object));
    Observed {
        mentions: facts.mentions.iter().map(|mention| view.mention(mention)).collect(),
        relations: relations.into_iter().map(|relation| view.relation(relation)).collect(),
        sentences: view.sentences(),
    }
}

struct View<'a> {
    facts: &'a DocumentFacts<'a>,
    labels: Labels<'a>,
    positions: Positions<'a>,
    hashes: Vec<String>,
}

impl View<'_> {
    fn mention(&self, mention: &Mention) -> Found<MentionFact> {
        let entity = self.facts.entity_of(mention);
        let date = mention.date.as_deref();
        let subtype = date.map_or(entity.map_or("", |e| &*e.subtype), |d| d.kind.as_str());
        let mut source = String::new();
        self.labels.push_source(&mention.source, &mut source);
        Found {
            fact: MentionFact {
                type_name: self.labels.type_name(mention.type_id).to_owned(),
                subtype: subtype.to_owned(),
                text: self.text(mention),
                entity_id: entity.map_or_else(String::new, |e| e.id.to_string()),
                value: date.map_or_else(String::new, |d| d.value.clone()),
                modifier: date.and_then(|d| d.modifier.as_deref()).unwrap_or_default().to_owned(),
                spot: self.spot(mention.sentence, mention.tokens),
            },
            place: self.positions.line_and_column(mention.bytes.start),
            source,
        }
    }

    fn relation(&self, relation: &Relation) -> Found<RelationFact> {
        let (subject, object) = (self.facts.mention(relation.subject), self.facts.mention(relation.object));
        let id_of = |mention: Option<&Mention>| {
            mention.and_then(|m| self.facts.entity_of(m)).map_or_else(String::new, |e| e.id.to_string())
        };
        let claimed_by = relation.claimed_by.and_then(|index| self.facts.entity(index));
        let date = relation.date.and_then(|index| self.facts.mention(index)).and_then(|m| m.date.as_ref());
        let at = subject.map_or(relation.tokens, |m| m.tokens);
        Found {
            fact: RelationFact {
                relation: relation.relation.to_string(),
                subject: subject.map_or_else(String::new, |m| self.text(m)),
                subject_id: id_of(subject),
                object: object.map_or_else(String::new, |m| self.text(m)),
                object_id: id_of(object),
                qualifier: collapsed(&relation.qualifier),
                modality: relation.modality.as_str().to_owned(),
                claimed_by_id: claimed_by.map_or_else(String::new, |e| e.id.to_string()),
                date: date.map_or_else(String::new, |d| d.value.clone()),
                spot: self.spot(relation.sentence, at),
            },
            place: self.positions.line_and_column(self.facts.text.bytes(relation.tokens).start),
            source: relation.rule.to_string(),
        }
    }

    fn text(&self, mention: &Mention) -> String {
        collapsed(self.facts.document.text.get(mention.bytes.range()).unwrap_or_default())
    }

    fn spot(&self, sentence: u32, tokens: TokenSpan) -> Spot {
        let Some(span) = self.facts.text.sentences.get(sentence as usize).map(|s| s.tokens) else {
            return Spot::default();
        };
        let hash = self.hashes.get(sentence as usize).cloned().unwrap_or_default();
        let from = |at: u32| at.saturating_sub(span.start);
        Spot { sentence: hash, tokens: Some((from(tokens.start), from(tokens.end))) }
    }

    fn sentences(&self) -> Vec<(String, Vec<(u32, u32)>)> {
        let text = self.facts.text;
        let places = |tokens: TokenSpan| {
            let tokens = text.tokens.get(tokens.range()).unwrap_or_default();
            tokens.iter().map(|t| self.positions.line_and_column(t.start)).collect()
        };
        self.hashes.iter().zip(&text.sentences).map(|(h, s)| (h.clone(), places(s.tokens))).collect()
    }
}

/// A letter and eight hexadecimal digits, whatever blanks the text has.
pub(crate) fn hash(text: &str) -> String {
    let mut sha = Sha256::new();
    for word in text.split_whitespace() {
        sha.update(word);
        sha.update([0]);
    }
    let hex = |byte: &u8| format!("{byte:02x}");
    std::iter::once("s".to_owned()).chain(sha.finalize().iter().take(4).map(hex)).collect()
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
