//! Evidence: rules that speak for or against a type of a segment, by what is inside it, around it or known of it, with
//! weights. What stands against every type speaks for no name at all.

use super::facts::{Fact, Facts};
use super::segment::Segment;
use crate::gazetteer::{DataError, Folder, Gazetteer};
use crate::model::{TokenSpan, TypeId};
use crate::rules::{
    Compiler, Counter, Example, Lexis, MatchScratch, MentionMap, Page, Pattern, Patterns, Sweep,
    SweepScratch, Trial, line_with, parse_rules,
};
use crate::text::Vocabulary;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The type of a segment that no list decides, while evidence is gathered.
const UNDECIDED: TypeId = TypeId(63);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    /// Weight for each type that the rule speaks for (or, negative, against); ten is one in the log odds.
    weights: BTreeMap<String, i32>,
    inside: Option<Patterns>,
    around: Option<Patterns>,
    fact: Option<String>,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counter: Vec<Counter>,
}

/// A rule that has fired on a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Firing {
    pub(super) segment: u32,
    pub(super) rule: u32,
}

/// What weighs: a sum for each of person, organization, place.
pub(super) type Weights = [i32; 3];

/// A loaded rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// `person/title_before`.
    pub(super) id: Box<str>,
    /// By type.
    pub(super) weights: Weights,
}

/// A pattern and the number of its rule.
#[derive(Clone, Debug)]
struct Numbered {
    rule: u32,
    pattern: Pattern,
    /// It begins with NAME: it speaks for the one that it begins with, by what stands after it; nothing can, where the
    /// text ends.
    after: bool,
    /// Where it catches the one that it speaks for.
    subject: Option<usize>,
}

/// Patterns, each with its rule, and what finds them.
#[derive(Clone, Debug, Default)]
struct Indexed {
    patterns: Vec<Numbered>,
    sweep: Sweep,
}

impl Indexed {
    /// Makes its patterns ready to be found.
    fn settle(&mut self, lexis: Lexis<'_>) {
        self.sweep = Sweep::of(self.patterns.iter().map(|numbered| &numbered.pattern), lexis);
    }
}

/// All rules of `rules/names`.
#[derive(Clone, Debug, Default)]
pub(super) struct NameRules {
    pub(super) rules: Vec<Rule>,
    inside: Indexed,
    /// Patterns over what stands around a segment.
    plain: Indexed,
    /// Those that ask for the types of other segments.
    typed: Indexed,
    facts: Vec<(Fact, u32)>,
    pub(super) trials: Vec<Trial>,
}

impl NameRules {
    pub(super) fn load(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Vec<DataError>> {
        let (mut rules, mut errors) = (Self::default(), Vec::new());
        for folder in folders {
            for (path, bytes) in &folder.files {
                let Some(stem) = path.strip_prefix("rules/names/").and_then(|p| p.strip_suffix(".toml"))
                else {
                    continue;
                };
                let shown = format!("{}/{path}", folder.label);
                match parse_rules::<File>(&shown, bytes) {
                    Ok(file) => {
                        let text = String::from_utf8_lossy(bytes);
                        let mut loader = Loader { gazetteer, vocabulary, shown: &shown, text: &text };
                        for row in file.rule {
                            rules.add(stem, row, &mut loader, &mut errors);
                        }
                    }
                    Err(error) => errors.push(error),
                }
            }
        }
        for indexed in [&mut rules.inside, &mut rules.plain, &mut rules.typed] {
            indexed.settle(Lexis { gazetteer, vocabulary });
        }
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    fn add(&mut self, stem: &str, row: Row, loader: &mut Loader<'_>, errors: &mut Vec<DataError>) {
        let number = to_u32(self.rules.len());
        let id = format!("{stem}/{}", row.id);
        let weights = loader.weights(&id, &row.weights, errors);
        for source in row.inside.iter().flat_map(Patterns::iter) {
            loader.add(source, number, &mut self.inside, errors);
        }
        for source in row.around.iter().flat_map(Patterns::iter) {
            let to = if asks_for_types(source) { &mut self.typed } else { &mut self.plain };
            loader.add(source, number, to, errors);
        }
        if let Some(name) = &row.fact {
            match Fact::named(name) {
                Some(fact) => self.facts.push((fact, number)),
                None => errors.push(loader.error(name, format!("no fact {name:?}"), Fact::names())),
            }
        }
        self.trials.extend(row.example.into_iter().map(|e| Trial {
            rule: id.clone(),
            text: e.text,
            date: e.date,
            expect: e.expect,
            fires: true,
        }));
        self.trials.extend(row.counter.into_iter().map(|c| Trial {
            rule: id.clone(),
            text: c.text,
            date: c.date,
            expect: c.allow,
            fires: false,
        }));
        self.rules.push(Rule { id: id.into(), weights });
    }
}

struct Loader<'l> {
    gazetteer: &'l Gazetteer,
    vocabulary: &'l mut Vocabulary,
    shown: &'l str,
    text: &'l str,
}

impl Loader<'_> {
    fn weights(&self, id: &str, row: &BTreeMap<String, i32>, errors: &mut Vec<DataError>) -> Weights {
        let mut weights = Weights::default();
        for (name, weight) in row {
            if let Some(place) = TypeId::KNOWN.iter().position(|t| t == name).and_then(|i| weights.get_mut(i))
            {
                *place = *weight;
            } else {
                let near = id.rsplit('/').next().unwrap_or(id);
                let expected = TypeId::KNOWN[..weights.len()].join(", ");
                errors.push(self.error(near, format!("rule {id}: no type {name:?} here"), expected));
            }
        }
        weights
    }

    fn error(&self, near: &str, what: String, expected: String) -> DataError {
        DataError { path: self.shown.to_owned(), line: line_with(self.text, near), what, expected }
    }

    /// Compiles a pattern of rule `number`.
    fn add(&mut self, source: &str, number: u32, to: &mut Indexed, errors: &mut Vec<DataError>) {
        match Compiler::for_names(self.gazetteer, self.vocabulary).compile(source) {
            Ok(pattern) => {
                let (after, subject) = (source.starts_with("NAME "), pattern.slot("subject"));
                to.patterns.push(Numbered { rule: number, pattern, after, subject });
            }
            Err(error) => {
                let what = format!("character {}: {}", error.at, error.what);
                errors.push(self.error(source, what, error.expected));
            }
        }
    }
}

/// Does the pattern hold `[person]` or the like, not `[any]` alone?
fn asks_for_types(pattern: &str) -> bool {
    pattern.split('[').skip(1).any(|rest| !rest.starts_with("any]"))
}

/// Buffers of the search for evidence.
#[derive(Default)]
pub(super) struct EvidenceScratch {
    map: MentionMap,
    sweeping: SweepScratch,
    matching: MatchScratch,
}

impl NameRules {
    /// Every rule that fires on a segment by a pattern that needs no types, once a segment; sorted by segment, then rule.
    pub(super) fn fire(
        &self,
        page: &Page<'_>,
        segments: &[Segment],
        scratch: &mut EvidenceScratch,
        out: &mut Vec<Firing>,
    ) {
        out.clear();
        let spots = segments.iter().map(|s| (s.tokens, UNDECIDED));
        scratch.map.fill(page.text.tokens.len(), spots);
        self.fire_inside(page, segments, scratch, out);
        self.plain.fire(page, scratch, out);
        // found in two sorted runs
        out.sort();
        out.dedup();
    }

    /// Adds the rules that fire by what the segments around are taken for.
    pub(super) fn fire_typed(
        &self,
        page: &Page<'_>,
        segments: &[Segment],
        types: impl Iterator<Item = Option<TypeId>>,
        scratch: &mut EvidenceScratch,
        out: &mut Vec<Firing>,
    ) {
        let spots = segments.iter().zip(types).map(|(s, t)| (s.tokens, t.unwrap_or(UNDECIDED)));
        scratch.map.fill(page.text.tokens.len(), spots);
        self.typed.fire(page, scratch, out);
        out.sort();
        out.dedup();
    }

    /// Rules that hold for a segment by a fact.
    pub(super) fn of_facts(&self, facts: Facts) -> impl Iterator<Item = u32> {
        self.facts.iter().filter(move |(fact, _)| facts.has(*fact)).map(|(_, rule)| *rule)
    }

    /// Rules whose patterns are all of a segment.
    fn fire_inside(
        &self,
        page: &Page<'_>,
        segments: &[Segment],
        scratch: &mut EvidenceScratch,
        out: &mut Vec<Firing>,
    ) {
        let EvidenceScratch { map, sweeping, matching } = scratch;
        let field = page.field(map, TokenSpan::new(0, 0));
        let spans = segments.iter().map(|segment| segment.tokens);
        self.inside.sweep.find_whole(&field, spans, sweeping, |start| {
            let Numbered { rule, pattern, .. } = &self.inside.patterns[start.rule as usize];
            let tokens = segments[start.span as usize].tokens;
            let end = pattern.end_at(&page.field(map, tokens), start.at as usize, matching);
            if end == Some(tokens.end) {
                out.push(Firing { segment: start.span, rule: *rule });
            }
        });
    }
}

impl Indexed {
    /// Rules whose patterns match around a segment.
    fn fire(&self, page: &Page<'_>, scratch: &mut EvidenceScratch, out: &mut Vec<Firing>) {
        let EvidenceScratch { map, sweeping, matching } = scratch;
        let tokens = page.text.tokens.len();
        let sentence = |number: u32| page.text.sentences.get(number as usize);
        let has_names = |number| sentence(number).is_some_and(|sentence| map.has_any(sentence.tokens));
        self.sweep.find(page, map, has_names, sweeping, |start| {
            let Some(sentence) = sentence(start.span) else { return };
            let (field, at) = (page.field(map, sentence.tokens), start.at as usize);
            let Numbered { rule, pattern, after, subject } = &self.patterns[start.rule as usize];
            let segment = if *after {
                let ends_text = |span: TokenSpan| span.end as usize == tokens;
                let matches = Sweep::is_exact(field.bounds) || pattern.end_at(&field, at, matching).is_some();
                let begins = map.starting_at(at).filter(|&(_, span)| matches && !ends_text(span));
                begins.map(|(index, _)| index)
            } else {
                pattern.mention_at(&field, at, *subject, matching)
            };
            out.extend(segment.map(|segment| Firing { segment, rule: *rule }));
        });
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::embedded;
    use crate::rules::agreement::{assert_sweep_agrees, with_sample};

    #[test]
    fn sentences_are_searched_together_as_they_are_alone() {
        let (folders, mut vocabulary) = ([embedded()], Vocabulary::new());
        let mut gazetteer = Gazetteer::load(&folders, &mut vocabulary).unwrap();
        let rules = NameRules::load(&folders, &gazetteer, &mut vocabulary).unwrap();
        gazetteer.build(&vocabulary);
        let agree = |indexed: &Indexed, page: &Page<'_>, map: &MentionMap| {
            let patterns: Vec<_> = indexed.patterns.iter().map(|numbered| &numbered.pattern).collect();
            assert_sweep_agrees(&indexed.sweep, &patterns, page, map)
        };
        let found = with_sample(&gazetteer, &vocabulary, |page, spots| {
            let mut map = MentionMap::default();
            map.fill(page.text.tokens.len(), spots.iter().copied());
            let typed = agree(&rules.typed, page, &map);
            map.fill(page.text.tokens.len(), spots.iter().map(|&(tokens, _)| (tokens, UNDECIDED)));
            [typed, agree(&rules.plain, page, &map), inside(&rules, page, &map, spots)]
        });
        assert!(found.iter().all(|&found| found > 5), "only {found:?} matches");
    }

    /// Asserts that patterns of whole segments are found as walks find them.
    fn inside(rules: &NameRules, page: &Page<'_>, map: &MentionMap, spots: &[(TokenSpan, TypeId)]) -> usize {
        let (mut sweeping, mut matching) = (SweepScratch::default(), MatchScratch::default());
        let spans = || spots.iter().map(|&(tokens, _)| tokens);
        let mut matches = |span: u32, rule: u32| {
            let (tokens, _) = spots[span as usize];
            let pattern = &rules.inside.patterns[rule as usize].pattern;
            let found = pattern.match_at(&page.field(map, tokens), tokens.start as usize, &mut matching);
            found.is_some_and(|found| found.tokens.end == tokens.end)
        };
        let mut quick = Vec::new();
        let field = page.field(map, TokenSpan::new(0, 0));
        let sweep = &rules.inside.sweep;
        sweep.find_whole(&field, spans(), &mut sweeping, |start| quick.push((start.span, start.rule)));
        quick.retain(|&(span, rule)| matches(span, rule));
        let patterns = to_u32(rules.inside.patterns.len());
        let all = (0..to_u32(spots.len())).flat_map(|span| (0..patterns).map(move |rule| (span, rule)));
        let slow: Vec<(u32, u32)> = all.filter(|&(span, rule)| matches(span, rule)).collect();
        assert_eq!(quick, slow);
        slow.len()
    }
}
