//! Evidence: rules that speak for or against a type of a segment, by what is inside it or around it, with weights.

use super::segment::Segment;
use crate::gazetteer::{DataError, Folder, Gazetteer};
use crate::model::{TokenSpan, TypeId};
use crate::rules::{
    Compiler, Counter, Example, MatchScratch, MentionMap, Page, Pattern, Patterns, RuleIndex, Trial,
    line_with, parse_rules,
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
    /// Weight for each type that the rule speaks for (or, negative, against).
    weights: BTreeMap<String, i32>,
    inside: Option<Patterns>,
    around: Option<Patterns>,
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

/// A loaded rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// `person/title_before`.
    pub(super) id: Box<str>,
    pub(super) weights: Vec<(TypeId, i32)>,
}

/// All rules of `rules/names`.
#[derive(Clone, Debug, Default)]
pub(super) struct NameRules {
    pub(super) rules: Vec<Rule>,
    inside: Vec<(u32, Pattern)>,
    around: Vec<(u32, Pattern)>,
    inside_index: RuleIndex,
    around_index: RuleIndex,
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
        if errors.is_empty() { Ok(rules) } else { Err(errors) }
    }

    fn add(&mut self, stem: &str, row: Row, loader: &mut Loader<'_>, errors: &mut Vec<DataError>) {
        let number = to_u32(self.rules.len());
        let id = format!("{stem}/{}", row.id);
        let weights = loader.weights(&id, &row.weights, errors);
        for (patterns, inside) in [(&row.inside, true), (&row.around, false)] {
            for source in patterns.iter().flat_map(Patterns::iter) {
                let Some(pattern) = loader.compile(source, errors) else { continue };
                let (list, index) = if inside {
                    (&mut self.inside, &mut self.inside_index)
                } else {
                    (&mut self.around, &mut self.around_index)
                };
                index.add(to_u32(list.len()), pattern.starts());
                list.push((number, pattern));
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
    fn weights(
        &self,
        id: &str,
        row: &BTreeMap<String, i32>,
        errors: &mut Vec<DataError>,
    ) -> Vec<(TypeId, i32)> {
        let mut weights = Vec::new();
        for (name, weight) in row {
            match self
                .gazetteer
                .types()
                .iter()
                .position(|t| **t == **name)
                .and_then(|i| u16::try_from(i).ok())
            {
                Some(i) => weights.push((TypeId(i), *weight)),
                None => errors.push(DataError {
                    path: self.shown.to_owned(),
                    line: line_with(self.text, id.rsplit('/').next().unwrap_or(id)),
                    what: format!("rule {id}: no type {name:?}"),
                    expected: self.gazetteer.types().join(", "),
                }),
            }
        }
        weights
    }

    fn compile(&mut self, source: &str, errors: &mut Vec<DataError>) -> Option<Pattern> {
        match Compiler::for_names(self.gazetteer, self.vocabulary).compile(source) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                errors.push(DataError {
                    path: self.shown.to_owned(),
                    line: line_with(self.text, source),
                    what: format!("character {}: {}", error.at, error.what),
                    expected: error.expected,
                });
                None
            }
        }
    }
}

/// Buffers of the search for evidence.
#[derive(Default)]
pub(super) struct EvidenceScratch {
    map: MentionMap,
    candidates: Vec<u32>,
    matching: MatchScratch,
}

impl NameRules {
    /// Every rule that fires on a segment, once a segment; sorted by segment, then rule.
    pub(super) fn fire(
        &self,
        page: &Page<'_>,
        segments: &[Segment],
        likely: impl Fn(&Segment) -> Option<TypeId>,
        scratch: &mut EvidenceScratch,
        out: &mut Vec<Firing>,
    ) {
        out.clear();
        let spots = segments.iter().map(|s| (s.tokens, likely(s).unwrap_or(UNDECIDED)));
        scratch.map.fill(page.text.tokens.len(), spots);
        let EvidenceScratch { map, candidates, matching } = scratch;
        for (number, segment) in segments.iter().enumerate() {
            let field = page.field(map, segment.tokens);
            self.inside_index.at(&field, segment.tokens.start as usize, candidates);
            for &candidate in &*candidates {
                let (rule, pattern) = &self.inside[candidate as usize];
                let found = pattern.match_at(&field, segment.tokens.start as usize, matching);
                if found.is_some_and(|m| m.tokens.end == segment.tokens.end) {
                    out.push(Firing { segment: to_u32(number), rule: *rule });
                }
            }
        }
        for sentence in &page.text.sentences {
            self.fire_around(page, sentence.tokens, map, candidates, matching, out);
        }
        out.sort_unstable();
        out.dedup();
    }

    fn fire_around(
        &self,
        page: &Page<'_>,
        bounds: TokenSpan,
        map: &MentionMap,
        candidates: &mut Vec<u32>,
        matching: &mut MatchScratch,
        out: &mut Vec<Firing>,
    ) {
        let field = page.field(map, bounds);
        for at in bounds.range() {
            self.around_index.at(&field, at, candidates);
            for &candidate in &*candidates {
                let (rule, pattern) = &self.around[candidate as usize];
                if let Some(found) = pattern.match_at(&field, at, matching)
                    && let Some(segment) = found.mention_of(pattern.slot("subject"))
                {
                    out.push(Firing { segment, rule: *rule });
                }
            }
        }
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
