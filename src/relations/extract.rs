//! Extract: runs the rules over a document's sentences and makes rows of their matches.
//!
//! A rule runs only in sentences that hold two mentions and one of its words, and starts only where it can.

use super::Relations;
use super::arguments::Arguments;
use super::attribution::{Statement, statement_of, statements};
use super::cues::cued;
use super::date::date_of;
use super::file::{Coordination, Rule, RuleSet};
use super::merge::{Found, merge};
use super::quotes::Quotes;
use crate::model::{Entity, EntityIndex, Mention, Modality, Relation, Sentence, TokenSpan, TypeId};
use crate::rules::{Field, MatchScratch, MentionMap, Page, RuleMatch, Start, SweepScratch, TypeSet};

/// Buffers reused between documents.
#[derive(Default)]
pub struct RelationScratch {
    map: MentionMap,
    matching: MatchScratch,
    sweeping: SweepScratch,
    quotes: Quotes,
    telling: Vec<Telling>,
    starts: Vec<Start>,
}

/// Calls `each` with the number of the rule for every match of a rule of `set` in the sentence, in order of start, then
/// rule.
pub(super) fn matches(
    set: &RuleSet,
    field: &Field<'_>,
    scratch: (&mut SweepScratch, &mut MatchScratch),
    each: &mut dyn FnMut(u32, RuleMatch),
) {
    let (sweeping, matching) = scratch;
    set.sweep.find_in(field, field.bounds, sweeping, |start| {
        if let Some(matched) = match_of(set, field, start, matching) {
            each(start.rule, matched);
        }
    });
}

/// In a long sentence there may be none where the sweep says that one starts.
fn match_of(
    set: &RuleSet,
    field: &Field<'_>,
    Start { at, rule, .. }: Start,
    matching: &mut MatchScratch,
) -> Option<RuleMatch> {
    set.rules[rule as usize].pattern.match_at(field, at as usize, matching)
}

/// A sentence with two names.
#[derive(Clone, Copy, Debug)]
struct Telling {
    /// Its number.
    number: u32,
    tokens: TokenSpan,
    /// First mention that may be in it.
    first: usize,
}

/// See [`Relations::relate`].
pub(super) fn relate(
    relations: &Relations,
    page: &Page<'_>,
    entities: &[Entity],
    mentions: &[Mention],
    scratch: &mut RelationScratch,
) -> Vec<Relation> {
    scratch.map.fill(page.text.tokens.len(), mentions.iter().map(|m| (m.tokens, m.type_id)));
    scratch.quotes.fill(page.source(), &page.text.tokens);
    telling(&page.text.sentences, mentions, &mut scratch.telling);
    let RelationScratch { map, matching, sweeping, quotes, telling, starts } = scratch;
    let place_of = |number: u32| telling.binary_search_by_key(&number, |telling| telling.number);
    starts.clear();
    let tells = |number| place_of(number).is_ok();
    relations.rules.sweep.find(page, map, tells, sweeping, |start| starts.push(start));
    let (mut rows, mut group) = (Vec::new(), 0);
    for here in starts.chunk_by(|one, other| one.span == other.span) {
        let Ok(place) = place_of(here[0].span) else { continue };
        let Telling { number, tokens, first } = telling[place];
        let field = page.field(map, tokens);
        let arguments = Arguments { field, mentions, lists: &relations.lists };
        let reader = Reader { relations, entities, arguments, first, number };
        rows.extend(reader.read(here, (sweeping, matching), quotes, &mut group));
    }
    rows
}

fn telling(sentences: &[Sentence], mentions: &[Mention], out: &mut Vec<Telling>) {
    out.clear();
    let mut first = 0;
    for (number, sentence) in (0u32..).zip(sentences) {
        while mentions.get(first).is_some_and(|m| m.tokens.end <= sentence.tokens.start) {
            first += 1;
        }
        if has_two_names(&mentions[first..], sentence) {
            out.push(Telling { number, tokens: sentence.tokens, first });
        }
    }
}

fn has_two_names(mentions: &[Mention], sentence: &Sentence) -> bool {
    let inside = mentions.iter().take_while(|m| m.tokens.start < sentence.tokens.end);
    inside.filter(|m| m.type_id != TypeId::DATE).nth(1).is_some()
}

/// How, by whom and of when a match is stated.
struct Stated {
    modality: Modality,
    claimed_by: Option<EntityIndex>,
    date: Option<u32>,
}

/// Reads one sentence.
struct Reader<'r, 'a> {
    relations: &'r Relations,
    entities: &'r [Entity],
    arguments: Arguments<'a>,
    /// First mention that may be in the sentence.
    first: usize,
    /// Its number.
    number: u32,
}

impl Reader<'_, '_> {
    /// The relations of the matches that start at `starts`.
    fn read(
        &self,
        starts: &[Start],
        (sweeping, matching): (&mut SweepScratch, &mut MatchScratch),
        quotes: &Quotes,
        group: &mut u32,
    ) -> Vec<Relation> {
        let field = self.arguments.field;
        let set = &self.relations.rules;
        let matched = starts.iter().map(|&start| Some((start.rule, match_of(set, &field, start, matching)?)));
        let found: Vec<(u32, RuleMatch)> = matched.flatten().collect();
        if found.is_empty() {
            return Vec::new();
        }
        let statements = statements(self.relations, &field, (sweeping, matching));
        let mut rows = Vec::new();
        for (number, matched) in &found {
            let rule = &set.rules[*number as usize];
            let pairs = self.pairs(rule, matched);
            if pairs.is_empty() {
                continue;
            }
            let (modality, claimed_by) = self.stated(rule, matched, &statements, quotes);
            // "X, head of Y, said on Monday": what holds has no day
            let holds = rule.presupposed && rule.pattern.slot("trigger").is_none();
            let date = date_of(&self.arguments, self.first, self.all_of(matched, &pairs), holds);
            let stated = Stated { modality, claimed_by, date };
            let shared = if pairs.len() > 1 {
                *group += 1;
                *group
            } else {
                0
            };
            rows.extend(
                pairs
                    .into_iter()
                    .map(|pair| self.row(rule, matched, pair, &stated, shared))
                    .map(|relation| Found { relation, rule: *number, symmetric: rule.symmetric }),
            );
        }
        merge(rows, self.arguments.mentions)
    }

    /// The (subject, object) mentions of a match, coordinated ones too.
    fn pairs(&self, rule: &Rule, matched: &RuleMatch) -> Vec<(usize, usize)> {
        let arguments = &self.arguments;
        let mention = |name| matched.mention_of(rule.pattern.slot(name)).map(|m| m as usize);
        let trigger = trigger_of(rule, matched);
        let inner = |index: usize| arguments.mentions[index].tokens.end < matched.tokens.end;
        let stands = |index: usize| {
            arguments.stands(index, rule.nationality, inner(index)) && !arguments.in_compound(index, trigger)
        };
        let Some(subject) = mention("subject").filter(|&s| stands(s)) else { return Vec::new() };
        if rule.coordination == Coordination::Mutual {
            return self.mutual(rule, subject);
        }
        let Some(object) = mention("object").filter(|&o| stands(o)) else { return Vec::new() };
        let (of_subject, of_object) = match rule.coordination {
            Coordination::Both => (true, true),
            Coordination::Subject => (true, false),
            Coordination::Object => (false, true),
            Coordination::None | Coordination::Mutual => (false, false),
        };
        let subjects = self.members(subject, of_subject, subject < object, rule.types.0);
        let objects = self.members(object, of_object, object < subject, rule.types.1);
        let pairs = subjects.iter().flat_map(|&s| objects.iter().map(move |&o| (s, o)));
        pairs.filter(|&(s, o)| s != o && (!rule.contained || self.may_hold(s, o))).collect()
    }

    /// The tokens from the first to the last of a match and its arguments.
    fn all_of(&self, matched: &RuleMatch, pairs: &[(usize, usize)]) -> TokenSpan {
        let tokens = |index: usize| self.arguments.mentions.get(index).map(|m| m.tokens);
        let arguments = pairs.iter().flat_map(|&(s, o)| [s, o]).filter_map(tokens);
        arguments.fold(matched.tokens, |all, t| TokenSpan::new(all.start.min(t.start), all.end.max(t.end)))
    }

    /// Those coordinated with `index`, on the side that looks away from the other argument.
    fn members(&self, index: usize, expand: bool, is_left: bool, types: TypeSet) -> Vec<usize> {
        match (expand, is_left) {
            (false, _) => vec![index],
            (true, true) => self.arguments.with_preceding(index, types),
            (true, false) => self.arguments.with_following(index, types),
        }
    }

    /// May the second place hold the first, by what the lists know of both?
    fn may_hold(&self, inner: usize, outer: usize) -> bool {
        let entity = |m: usize| {
            let index = self.arguments.mentions.get(m)?.entity.0;
            self.entities.get(index as usize)
        };
        let (Some(inner), Some(outer)) = (entity(inner), entity(outer)) else { return true };
        let known = |e: &Entity| e.listed && e.type_id == TypeId::PLACE;
        if !known(inner) || !known(outer) {
            return true;
        }
        *inner.subtype != *"country" && (inner.subtype != outer.subtype || inner.subtype.is_empty())
    }

    fn mutual(&self, rule: &Rule, last: usize) -> Vec<(usize, usize)> {
        let members = self.arguments.with_preceding(last, rule.types.0);
        let mut pairs = Vec::new();
        for (i, &a) in members.iter().enumerate() {
            pairs.extend(members[i + 1..].iter().map(|&b| (a, b)));
        }
        pairs
    }

    /// How a match is stated, and by whom.
    fn stated(
        &self,
        rule: &Rule,
        matched: &RuleMatch,
        statements: &[Statement],
        quotes: &Quotes,
    ) -> (Modality, Option<EntityIndex>) {
        let arguments = &self.arguments;
        let trigger = trigger_of(rule, matched);
        let (from, to) = (matched.tokens.start as usize, trigger.end as usize);
        let cue = if rule.presupposed { None } else { cued(&arguments.field, arguments.lists, from, to) };
        let entity = |index: u32| arguments.mentions.get(index as usize).map(|m| m.entity);
        let own = matched
            .tokens_of(rule.pattern.slot("said"))
            .and(matched.mention_of(rule.pattern.slot("subject")));
        let statement = statement_of(statements, quotes, trigger).filter(|s| rule.attributed || s.close);
        let named = matched.mention_of(rule.pattern.slot("speaker"));
        let speaker = own.or(named).or_else(|| statement.and_then(|s| s.speaker)).and_then(entity);
        let told = own.map(|_| Modality::Reported).or(statement.map(|s| s.modality));
        let modality = rule.modality.or(cue).or(told).unwrap_or(Modality::Asserted);
        (modality, speaker)
    }

    fn row(
        &self,
        rule: &Rule,
        matched: &RuleMatch,
        (subject, object): (usize, usize),
        stated: &Stated,
        group: u32,
    ) -> Relation {
        let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Relation {
            relation: rule.relation.clone(),
            subject: to_u32(subject),
            object: to_u32(object),
            qualifier: self.qualifier(rule, matched),
            modality: stated.modality,
            claimed_by: stated.claimed_by,
            date: stated.date,
            group,
            trigger: trigger_of(rule, matched),
            tokens: matched.tokens,
            sentence: self.number,
            rule: rule.id.clone(),
            confidence: rule.confidence,
        }
    }

    /// The rule's own qualifier, the trigger row's, and the words of captures `was` and `role`.
    fn qualifier(&self, rule: &Rule, matched: &RuleMatch) -> String {
        let field = &self.arguments.field;
        let words = |name| {
            let tokens = matched.tokens_of(rule.pattern.slot(name)).filter(|t| !t.is_empty())?;
            let (first, last) =
                (field.tokens.get(tokens.start as usize)?, field.tokens.get(tokens.end as usize - 1)?);
            field.source.get(first.start as usize..last.end as usize)
        };
        let role = [words("was"), words("role")].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let row = matched.row_of(rule.pattern.slot("trigger"));
        let listed = row.map(|r| field.gazetteer.column(&r, "qualifier")).unwrap_or_default();
        let role = role.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut parts = vec![rule.qualifier.as_ref(), listed, words("how").unwrap_or_default(), &role];
        parts.retain(|p| !p.is_empty());
        parts.dedup();
        parts.join("|")
    }
}

/// The words that state a relation: the capture `trigger`, `role`, or all of the match.
fn trigger_of(rule: &Rule, matched: &RuleMatch) -> TokenSpan {
    let captured =
        ["trigger", "role"].into_iter().find_map(|name| matched.tokens_of(rule.pattern.slot(name)));
    captured.filter(|t| !t.is_empty()).unwrap_or(matched.tokens)
}
