//! Verdicts to entities and mentions: ids, canonical names, kinds, sources, confidence.

use super::confidence::confidence;
use super::coref::Link;
use super::doubt::Doubt;
use super::entities::{Entities, entity_of, push_slug};
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

/// Prefixes of the ids of unlisted names, by type.
const PREFIXES: [&str; 4] = ["person", "org", "place", "date"];
/// What stands for the id of a name that no list has among candidates, by type.
const NEW: [&str; 4] = ["person-new", "org-new", "place-new", "date-new"];

pub(super) struct Builder<'b> {
    page: &'b Page<'b>,
    rules: &'b NameRules,
    groups: &'b Groups,
    segments: &'b [Segment],
    verdicts: &'b Verdicts,
    nations: &'b Nations<'b>,
    doubt: &'b Doubt<'b>,
    entities: Entities,
    /// The entities of entries.
    listed: HashMap<EntryId, EntityIndex>,
    /// The entities of groups that no list has, by type.
    discovered: HashMap<(u32, TypeId), EntityIndex>,
    /// For groups with shorter forms, the segment that decided what they are.
    full: HashMap<u32, Option<u32>>,
    id: String,
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
        Self {
            page,
            rules,
            groups,
            segments,
            verdicts,
            nations,
            doubt,
            entities: Entities::default(),
            listed: HashMap::new(),
            discovered: HashMap::new(),
            full: HashMap::new(),
            id: String::new(),
        }
    }

    /// All entities that mentions were made for.
    pub(super) fn into_entities(self) -> Vec<Entity> {
        self.entities.all
    }

    /// The mention of segment `at`, if it was taken for something.
    pub(super) fn mention(&mut self, at: usize) -> Option<Mention> {
        let winner = *self.verdicts.winner(at)?;
        let segment = self.segments[at];
        let entity = self.entity(at, 0)?;
        let type_id = self.entities.all[entity.0 as usize].type_id;
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
        let Self { entities, id, .. } = self;
        id.clear();
        id.push_str("date-");
        push_slug(&date.value.value, id);
        let subtype = if date.value.kind == DateKind::Date { "" } else { date.value.kind.as_str() };
        let entity = entities.of_id(id, || Entity {
            id: id.as_str().into(),
            name: date.value.value.as_str().into(),
            type_id: TypeId::DATE,
            subtype: subtype.into(),
            listed: false,
            listing: Listing::default(),
        });
        Mention {
            tokens: date.tokens,
            bytes: self.page.text.bytes(date.tokens),
            type_id: TypeId::DATE,
            entity,
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
        match winner.target {
            Target::Listed(reading) => Some(self.listed(&reading, at)),
            Target::Discovered => Some(self.discovered(winner.type_id, at)),
            Target::Same { group, .. } => {
                // a full name's own verdict is never a shorter form of itself: two steps suffice
                let full = self.full_form(group)?;
                if depth < 2 { self.entity(full as usize, depth + 1) } else { None }
            }
        }
    }

    /// The segment of a group that decided what it is.
    fn full_form(&mut self, group: u32) -> Option<u32> {
        let (verdicts, groups) = (self.verdicts, self.groups);
        let decided = |&&s: &&u32| {
            verdicts.winner(s as usize).is_some_and(|w| !matches!(w.target, Target::Same { .. }))
        };
        let find = || groups.segments(group).iter().find(decided).copied();
        *self.full.entry(group).or_insert_with(find)
    }

    fn listed(&mut self, reading: &Reading, at: usize) -> EntityIndex {
        if self.page.gazetteer.is_institution(reading.entry) {
            let institution = self.institution(reading, at);
            return self.entities.of_id(&institution.id.clone(), || institution);
        }
        if self.doubt.doubts(&self.segments[at], reading) {
            return self.doubted(reading);
        }
        self.of_entry(reading.entry)
    }

    fn of_entry(&mut self, entry: EntryId) -> EntityIndex {
        let Self { page, entities, listed, .. } = self;
        *listed.entry(entry).or_insert_with(|| entities.of_entry(page, entry))
    }

    /// Of the listed one's type and name, but not surely it.
    fn doubted(&mut self, reading: &Reading) -> EntityIndex {
        let Self { page, entities, id, .. } = self;
        id.clear();
        id.push_str(page.gazetteer.id_of(reading.entry));
        id.push_str("-perhaps");
        entities.of_id(id, || {
            let listed = entity_of(page, reading.entry);
            let listing = Listing { country: listed.listing.country, ..Listing::default() };
            Entity { id: id.as_str().into(), subtype: Box::default(), listed: false, listing, ..listed }
        })
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

    fn discovered(&mut self, type_id: TypeId, at: usize) -> EntityIndex {
        let group = self.groups.of(at);
        if let Some(&known) = self.discovered.get(&(group, type_id)) {
            return known;
        }
        let entity = self.discover(type_id, group);
        self.discovered.insert((group, type_id), entity);
        entity
    }

    fn discover(&mut self, type_id: TypeId, group: u32) -> EntityIndex {
        let tokens = self.segments[self.groups.segments(group)[0] as usize].tokens;
        let mut id = std::mem::take(&mut self.id);
        id.clear();
        id.push_str(PREFIXES.get(usize::from(type_id.0)).copied().unwrap_or("name"));
        id.push('-');
        let bare = if type_id == TypeId::ORGANIZATION { self.without_suffix(tokens) } else { tokens };
        if bare == tokens {
            push_slug(self.groups.key(group), &mut id);
        } else if let Some(entry) = self.listed_as(bare) {
            self.id = id;
            return self.of_entry(entry);
        } else {
            let mut key = String::new();
            folded_key(self.page, bare, &mut key);
            push_slug(&key, &mut id);
        }
        if self.page.gazetteer.entry_by_id(&id).is_some() {
            id.push_str("-x");
        }
        let page = self.page;
        let entity = self.entities.of_id(&id, || Entity {
            id: id.as_str().into(),
            name: page.surface(tokens).split_whitespace().collect::<Vec<_>>().join(" ").into(),
            type_id,
            subtype: Box::default(),
            listed: false,
            listing: Listing::default(),
        });
        self.id = id;
        entity
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
            Target::Listed(reading) => self.page.gazetteer.id_of(reading.entry).into(),
            Target::Discovered => NEW.get(usize::from(w.type_id.0)).copied().unwrap_or("name-new").into(),
            Target::Same { group, .. } => {
                let key = self.groups.key(group);
                let mut id = String::with_capacity(8 + key.len());
                id.push_str("same-as-");
                push_slug(key, &mut id);
                id.into()
            }
        };
        weighed.iter().take(8).map(|w| Candidate { id: id(w), score: w.score }).collect()
    }
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
