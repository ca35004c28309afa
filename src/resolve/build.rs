//! Verdicts to entities and mentions: ids, canonical names, kinds, sources, confidence.

use super::confidence::confidence;
use super::coref::Link;
use super::doubt::Doubt;
use super::evidence::NameRules;
use super::group::{Groups, folded_key};
use super::listed::Reading;
use super::marks::Mark;
use super::nation::{Nation, Nations};
use super::segment::Segment;
use super::verdict::{Target, Verdicts, Weighed};
use crate::dates::FoundDate;
use crate::gazetteer::{Agreement, EntryId, Name, Strength};
use crate::model::{
    Candidate, DateKind, Entity, EntityIndex, Listing, Mention, MentionKind, Source, TokenSpan, TypeId,
    WordId,
};
use crate::rules::Page;
use hashbrown::HashMap;

/// Prefixes of the ids of unlisted names, by type; then of dates.
const PREFIXES: [&str; 4] = ["person", "org", "place", "date"];

pub(super) struct Builder<'b> {
    pub(super) page: &'b Page<'b>,
    pub(super) rules: &'b NameRules,
    pub(super) groups: &'b Groups,
    pub(super) segments: &'b [Segment],
    pub(super) verdicts: &'b Verdicts,
    pub(super) nations: &'b Nations<'b>,
    pub(super) doubt: &'b Doubt<'b>,
    pub(super) entities: Vec<Entity>,
    known: HashMap<Box<str>, EntityIndex>,
}

impl<'b> Builder<'b> {
    #[expect(clippy::too_many_arguments, reason = "each is one thing that earlier steps made")]
    pub(super) fn new(
        page: &'b Page<'b>,
        rules: &'b NameRules,
        groups: &'b Groups,
        segments: &'b [Segment],
        verdicts: &'b Verdicts,
        nations: &'b Nations<'b>,
        doubt: &'b Doubt<'b>,
    ) -> Self {
        let known = HashMap::new();
        Self { page, rules, groups, segments, verdicts, nations, doubt, entities: Vec::new(), known }
    }

    /// The mention of segment `at`, if it was taken for something.
    pub(super) fn mention(&mut self, at: usize) -> Option<Mention> {
        let winner = *self.verdicts.winner(at)?;
        let segment = self.segments[at];
        let entity = self.entity(at, 0)?;
        let type_id = self.entities[entity.0 as usize].type_id;
        let (kind, source, decision) = self.reason(at, &winner);
        Some(Mention {
            tokens: segment.tokens,
            bytes: self.page.text.bytes(segment.tokens),
            type_id,
            entity,
            date: None,
            kind,
            source,
            decision,
            confidence: confidence(self.verdicts.margin(at)),
            candidates: self.candidates(self.verdicts.weighed(at)),
            sentence: segment.sentence,
        })
    }

    /// The mention of a date.
    pub(super) fn date(&mut self, date: &FoundDate) -> Mention {
        let id = format!("{}-{}", PREFIXES[3], slug(&date.value.value));
        let subtype = if date.value.kind == DateKind::Date { "" } else { date.value.kind.as_str() };
        let entity = Entity {
            id: id.into(),
            name: date.value.value.as_str().into(),
            type_id: TypeId::DATE,
            subtype: subtype.into(),
            listed: false,
            listing: Listing::default(),
        };
        Mention {
            tokens: date.tokens,
            bytes: self.page.text.bytes(date.tokens),
            type_id: TypeId::DATE,
            entity: self.intern(entity),
            date: Some(Box::new(date.value.clone())),
            kind: MentionKind::Rule,
            source: Source::Rule(date.rule.clone()),
            decision: "rule",
            confidence: date.confidence,
            candidates: Vec::new(),
            sentence: u32::try_from(self.page.text.sentence_of(date.tokens.start)).unwrap_or(0),
        }
    }

    fn entity(&mut self, at: usize, depth: u8) -> Option<EntityIndex> {
        let winner = *self.verdicts.winner(at)?;
        let entity = match winner.target {
            Target::Listed(reading) => self.listed(&reading, at),
            Target::Discovered => self.discovered(winner.type_id, at),
            Target::Same { group, .. } => {
                // a full name's own verdict is never a shorter form of itself: two steps suffice
                let full = self.full_form(group)?;
                return if depth < 2 { self.entity(full, depth + 1) } else { None };
            }
        };
        Some(self.intern(entity))
    }

    /// The segment of a group that decided what it is.
    fn full_form(&self, group: u32) -> Option<usize> {
        let decided = |&&s: &&u32| {
            self.verdicts.winner(s as usize).is_some_and(|w| !matches!(w.target, Target::Same { .. }))
        };
        self.groups.segments(group).iter().find(decided).map(|&s| s as usize)
    }

    fn listed(&self, reading: &Reading, at: usize) -> Entity {
        if self.page.gazetteer.is_institution(reading.entry) {
            return self.institution(reading, at);
        }
        if self.doubt.doubts(&self.segments[at], reading) {
            return self.doubted(reading);
        }
        entity_of(self.page, reading.entry)
    }

    /// Of the listed one's type and name, but not surely it.
    fn doubted(&self, reading: &Reading) -> Entity {
        let entry = self.page.gazetteer.entry(reading.entry);
        let listing = Listing { country: entry.country.into(), ..Listing::default() };
        Entity {
            id: format!("{}-perhaps", entry.id).into(),
            subtype: Box::default(),
            listed: false,
            listing,
            ..entity_of(self.page, reading.entry)
        }
    }

    /// An institution of the grammar with its country: the one named with it, before it ("Lithuania's"), or the one
    /// that the document is about.
    fn institution(&self, reading: &Reading, at: usize) -> Entity {
        let entry = self.page.gazetteer.entry(reading.entry);
        let code = match self.nations.of(at) {
            Nation::Of(named) => self.page.gazetteer.entry(named).country,
            Nation::About(code) => code,
            Nation::Open => {
                return Entity {
                    id: format!("org-{}", entry.id).into(),
                    ..entity_of(self.page, reading.entry)
                };
            }
        };
        let id = format!("org-{}-{}", code.to_lowercase(), entry.id);
        if let Some(known) = self.page.gazetteer.entry_by_id(&id) {
            return entity_of(self.page, known);
        }
        let name = match self.nations.countries.entry(code).or(reading.country) {
            Some(country) => format!("{} of {}", entry.name, self.page.gazetteer.entry(country).name),
            None => entry.name.to_owned(),
        };
        Entity {
            id: id.into(),
            name: name.into(),
            type_id: TypeId::ORGANIZATION,
            subtype: entry.subtype.into(),
            listed: true,
            listing: Listing { country: code.into(), ..Listing::default() },
        }
    }

    fn discovered(&self, type_id: TypeId, at: usize) -> Entity {
        let group = self.groups.of(at);
        let first = self.groups.segments(group)[0] as usize;
        let surface = self.page.surface(self.segments[first].tokens);
        let name = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let prefix = PREFIXES.get(usize::from(type_id.0)).copied().unwrap_or("name");
        let mut key = self.groups.key(group).to_owned();
        if type_id == TypeId::ORGANIZATION {
            let bare = self.without_suffix(self.segments[first].tokens);
            if let Some(entry) = self.listed_as(bare).filter(|_| bare != self.segments[first].tokens) {
                return entity_of(self.page, entry);
            }
            folded_key(self.page, bare, &mut key);
        }
        let mut id = format!("{prefix}-{}", slug(&key));
        if self.page.gazetteer.entry_by_id(&id).is_some() {
            id.push_str("-x");
        }
        Entity {
            id: id.into(),
            name: name.into(),
            type_id,
            subtype: Box::default(),
            listed: false,
            listing: Listing::default(),
        }
    }

    /// A body's name without the words for its legal form: "Philip Morris" Inc.
    fn without_suffix(&self, tokens: TokenSpan) -> TokenSpan {
        let mut end = tokens.end;
        while end > tokens.start + 1 && self.doubt.marks.has(end as usize - 1, Mark::ORG_SUFFIX) {
            end -= 1;
        }
        TokenSpan::new(tokens.start, end)
    }

    /// The one organization that lists surely have by these words.
    fn listed_as(&self, tokens: TokenSpan) -> Option<EntryId> {
        let words: Vec<WordId> = self.page.text.tokens[tokens.range()].iter().map(|t| t.word).collect();
        let gazetteer = self.page.gazetteer;
        let names = gazetteer.names(gazetteer.key_of(&words)?);
        let sure =
            |n: &&Name| n.strength <= Strength::Cased && gazetteer.type_of(n.entry) == TypeId::ORGANIZATION;
        let mut entries = names.iter().filter(sure).map(|n| n.entry);
        let first = entries.next()?;
        entries.all(|e| e == first).then_some(first)
    }

    fn intern(&mut self, entity: Entity) -> EntityIndex {
        if let Some(index) = self.known.get(&entity.id) {
            return *index;
        }
        let index = EntityIndex(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        self.known.insert(entity.id.clone(), index);
        self.entities.push(entity);
        index
    }

    fn reason(&self, at: usize, winner: &Weighed) -> (MentionKind, Source, &'static str) {
        match winner.target {
            Target::Listed(reading) => {
                let source = Source::List { list: reading.list, line: reading.line };
                let kind = match reading.agreement {
                    _ if reading.demonym => MentionKind::Demonym,
                    _ if self.page.gazetteer.is_institution(reading.entry) => MentionKind::Rule,
                    Agreement::Exact => MentionKind::Exact,
                    _ => MentionKind::Folded,
                };
                let decision = match (self.verdicts.weighed(at).len(), self.verdicts.rule(at)) {
                    (1, _) => "only",
                    (_, Some(_)) => "context",
                    _ => "prior",
                };
                (kind, source, decision)
            }
            Target::Discovered => {
                let rule = self.verdicts.rule(at).map_or("names", |r| &*self.rules.rules[r as usize].id);
                (MentionKind::Discovered, Source::Rule(rule.into()), "evidence")
            }
            Target::Same { link, .. } => {
                let acronym = matches!(link, Link::Acronym | Link::Initials);
                let kind = if acronym { MentionKind::Acronym } else { MentionKind::ShortForm };
                (kind, Source::Rule(link.rule().into()), "document")
            }
        }
    }

    fn candidates(&self, weighed: &[Weighed]) -> Vec<Candidate> {
        if weighed.len() < 2 {
            return Vec::new();
        }
        let id = |w: &Weighed| match w.target {
            Target::Listed(reading) => self.page.gazetteer.id_of(reading.entry).to_owned(),
            Target::Discovered => {
                format!("{}-new", PREFIXES.get(usize::from(w.type_id.0)).unwrap_or(&"name"))
            }
            Target::Same { group, .. } => format!("same-as-{}", slug(self.groups.key(group))),
        };
        weighed.iter().take(8).map(|w| Candidate { id: id(w).into(), score: w.score }).collect()
    }
}

fn entity_of(page: &Page<'_>, entry: EntryId) -> Entity {
    let entry = page.gazetteer.entry(entry);
    Entity {
        id: entry.id.into(),
        name: entry.name.into(),
        type_id: entry.type_id,
        subtype: entry.subtype.into(),
        listed: true,
        listing: Listing {
            country: entry.country.into(),
            latitude: entry.latitude.into(),
            longitude: entry.longitude.into(),
            external_ids: entry.external_ids.into(),
        },
    }
}

/// Letters and digits of a folded key, the rest as single hyphens.
fn slug(key: &str) -> String {
    let mut slug = String::new();
    for c in key.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Dates win over names inside them; kept here so that mentions come out in order.
pub(super) fn in_order(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end), m.type_id));
    let mut end = 0;
    mentions.retain(|m| {
        let free = m.tokens.start >= end;
        end = if free { m.tokens.end } else { end };
        free
    });
    mentions
}
