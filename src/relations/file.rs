//! The rule files of relations and of attribution: their fields, compiled patterns, and what finds these.

use crate::gazetteer::{DataError, Folder, Gazetteer};
use crate::model::Modality;
use crate::rules::{
    Compiler, Counter, Example, Pattern, Patterns, Phrases, Sweep, Trial, TypeSet, line_of, parse_rules,
};
use crate::text::Vocabulary;
use serde::Deserialize;
use toml::Spanned;

/// Where the rule files of relations are in a folder.
const RELATIONS: &str = "rules/relations/";
/// Rules that say who states what.
const ATTRIBUTION: &str = "rules/attribution.toml";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    relation: Spanned<String>,
    subject: String,
    object: String,
    /// Either argument may come first; of two rows for one pair, one stays.
    #[serde(default)]
    symmetric: bool,
    rule: Vec<RuleText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: Spanned<String>,
    pattern: Patterns,
    #[serde(default = "usual_confidence")]
    confidence: u8,
    /// Goes into `qualifier` as it stands.
    #[serde(default)]
    qualifier: String,
    /// Taken for granted by the writer whoever speaks (an apposition, a bracket): not attributed.
    #[serde(default)]
    presupposed: bool,
    /// Does attribution count? Not where the rule's own subject speaks.
    #[serde(default = "yes")]
    attributed: bool,
    /// The object holds the subject, as far as the lists know both (a town and its country).
    #[serde(default)]
    contained: bool,
    /// Does a nationality word stand for its country as an argument, whatever follows it?
    #[serde(default)]
    nationality: bool,
    /// `subject`, `object`, `both` or `none`: which arguments bring those coordinated with them.
    #[serde(default)]
    coordination: Coordination,
    /// How it is stated, if the rule's own words say so.
    modality: Option<String>,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counter: Vec<Counter>,
}

const fn usual_confidence() -> u8 {
    90
}

const fn yes() -> bool {
    true
}

/// Which arguments bring along those coordinated with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Coordination {
    /// Subject and object, each on its own: a row for each pair.
    #[default]
    Both,
    /// The subject alone.
    Subject,
    /// The object alone.
    Object,
    /// Neither.
    None,
    /// The members of the coordination that SUBJECT belongs to relate to one another.
    Mutual,
}

/// What attribution rules say about where the statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    /// After the match, to the end of the sentence.
    After,
    /// Before the match, from the start of the sentence.
    Before,
    /// All of the sentence.
    Sentence,
    /// Before the match, from the last comma or bracket.
    Clause,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttributionFile {
    subject: String,
    rule: Vec<AttributionText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttributionText {
    id: Spanned<String>,
    pattern: Patterns,
    scope: Scope,
    modality: String,
}

/// One pattern of a rule, with what its match means.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) relation: Box<str>,
    pub(super) id: Box<str>,
    pub(super) pattern: Pattern,
    pub(super) confidence: u8,
    pub(super) qualifier: Box<str>,
    pub(super) presupposed: bool,
    pub(super) attributed: bool,
    pub(super) contained: bool,
    pub(super) nationality: bool,
    pub(super) symmetric: bool,
    pub(super) coordination: Coordination,
    pub(super) modality: Option<Modality>,
    pub(super) scope: Scope,
    pub(super) types: (TypeSet, TypeSet),
}

/// Compiled rules and what finds them.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleSet {
    pub(super) rules: Vec<Rule>,
    pub(super) trials: Vec<Trial>,
    /// Finds them.
    pub(super) sweep: Sweep,
}

impl RuleSet {
    /// The relation rules of all folders.
    pub(super) fn relations(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
        phrases: &Phrases,
    ) -> Result<Self, Vec<DataError>> {
        let mut loader = Loader::new(gazetteer, vocabulary, phrases);
        for folder in folders {
            for (file, bytes) in folder.files.iter().filter(|(f, _)| f.starts_with(RELATIONS)) {
                loader.relation_file(&folder.path_of(file), bytes);
            }
        }
        loader.finish()
    }

    /// The attribution rules of all folders.
    pub(super) fn attributions(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
        phrases: &Phrases,
    ) -> Result<Self, Vec<DataError>> {
        let mut loader = Loader::new(gazetteer, vocabulary, phrases);
        for folder in folders {
            if let Some(bytes) = folder.file(ATTRIBUTION) {
                loader.attribution_file(&folder.path_of(ATTRIBUTION), bytes);
            }
        }
        loader.finish()
    }
}

struct Loader<'a> {
    compiler: Compiler<'a>,
    phrases: &'a Phrases,
    set: RuleSet,
    errors: Vec<DataError>,
}

impl<'a> Loader<'a> {
    fn new(gazetteer: &'a Gazetteer, vocabulary: &'a mut Vocabulary, phrases: &'a Phrases) -> Self {
        let compiler = Compiler::new(gazetteer, vocabulary);
        Self { compiler, phrases, set: RuleSet::default(), errors: Vec::new() }
    }

    fn finish(mut self) -> Result<RuleSet, Vec<DataError>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        let patterns = self.set.rules.iter().map(|rule| &rule.pattern);
        self.set.sweep = Sweep::of(patterns, self.compiler.lexis());
        Ok(self.set)
    }

    fn relation_file(&mut self, path: &str, bytes: &[u8]) {
        let file: RuleFile = match parse_rules(path, bytes) {
            Ok(file) => file,
            Err(error) => return self.errors.push(error),
        };
        let source = String::from_utf8_lossy(bytes);
        let line = line_of(&source, file.relation.span().start);
        if let Err(error) = self.compiler.roles(&file.subject, &file.object) {
            return self.errors.push(DataError::new(path, line, error.what, error.expected));
        }
        let relation = file.relation.get_ref();
        for rule in &file.rule {
            let id = format!("{relation}/{}", rule.id.get_ref());
            let line = line_of(&source, rule.id.span().start);
            self.add_trials(&id, rule);
            let Some(modality) = self.modality(path, line, rule.modality.as_deref()) else { continue };
            let template = Rule {
                relation: relation.as_str().into(),
                id: id.into(),
                pattern: Pattern::default(),
                confidence: rule.confidence.min(100),
                qualifier: rule.qualifier.as_str().into(),
                presupposed: rule.presupposed,
                attributed: rule.attributed && !rule.presupposed,
                contained: rule.contained,
                nationality: rule.nationality,
                symmetric: file.symmetric,
                coordination: rule.coordination,
                modality,
                scope: Scope::Sentence,
                types: self.compiler.role_types(),
            };
            self.add_patterns(path, line, &rule.pattern, &template);
        }
    }

    fn attribution_file(&mut self, path: &str, bytes: &[u8]) {
        let file: AttributionFile = match parse_rules(path, bytes) {
            Ok(file) => file,
            Err(error) => return self.errors.push(error),
        };
        if let Err(error) = self.compiler.roles(&file.subject, "any") {
            return self.errors.push(DataError::new(path, 0, error.what, error.expected));
        }
        let source = String::from_utf8_lossy(bytes);
        for rule in &file.rule {
            let line = line_of(&source, rule.id.span().start);
            let Some(modality) = self.modality(path, line, Some(&rule.modality)) else { continue };
            let template = Rule {
                relation: "attribution".into(),
                id: rule.id.get_ref().as_str().into(),
                pattern: Pattern::default(),
                confidence: 0,
                qualifier: Box::default(),
                presupposed: true,
                attributed: false,
                contained: false,
                nationality: true,
                symmetric: false,
                coordination: Coordination::None,
                modality,
                scope: rule.scope,
                types: self.compiler.role_types(),
            };
            self.add_patterns(path, line, &rule.pattern, &template);
        }
    }

    fn add_patterns(&mut self, path: &str, line: u64, patterns: &Patterns, template: &Rule) {
        for text in patterns.iter() {
            let compiled = self.phrases.expand(text).and_then(|expanded| self.compiler.compile(&expanded));
            match compiled {
                Ok(pattern) => {
                    self.set.rules.push(Rule { pattern, ..template.clone() });
                }
                Err(error) => {
                    let what = format!("{}: {}, character {}", template.id, error.what, error.at);
                    self.errors.push(DataError::new(path, line, what, error.expected));
                }
            }
        }
    }

    fn add_trials(&mut self, id: &str, rule: &RuleText) {
        let example = |e: &Example| (e.text.clone(), e.date.clone(), e.expect.clone(), true);
        let counter = |c: &Counter| (c.text.clone(), c.date.clone(), c.allow.clone(), false);
        let all = rule.example.iter().map(example).chain(rule.counter.iter().map(counter));
        self.set.trials.extend(all.map(|(text, date, expect, fires)| Trial {
            rule: id.to_owned(),
            text,
            date,
            expect,
            fires,
        }));
    }

    /// The modality of that name; outer `None` is an error, told.
    #[expect(clippy::option_option, reason = "no name is fine, a wrong one is an error")]
    fn modality(&mut self, path: &str, line: u64, name: Option<&str>) -> Option<Option<Modality>> {
        let Some(name) = name else { return Some(None) };
        let found = super::cues::modality_named(name);
        if found.is_none() {
            let expected = "asserted, reported, alleged, negated or planned";
            self.errors.push(DataError::new(path, line, format!("no modality {name:?}"), expected));
        }
        found.map(Some)
    }
}
