//! Runs the examples of rule files: marked texts through the relation rules alone.

use super::{MarkedText, RelationScratch, Relations};
use crate::gazetteer::Gazetteer;
use crate::model::{Document, Entity, Hits, Mention, Modality, Text};
use crate::rules::{Page, Sheet, Trial, TrialFailure, run_trials};
use crate::text::{Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};

/// A row as examples write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrialRow {
    /// The relation.
    pub relation: String,
    /// `subject -> object`, with ` (modality by speaker)` if it is not asserted.
    pub pair: String,
    /// Rule id.
    pub rule: String,
    /// Qualifier.
    pub qualifier: String,
}

/// What rules need to read a text.
#[derive(Clone, Copy, Debug)]
pub struct TrialBench<'a> {
    /// The lists, built.
    pub gazetteer: &'a Gazetteer,
    /// Known words.
    pub vocabulary: &'a Vocabulary,
    /// For sentences.
    pub abbreviations: &'a Abbreviations,
}

impl TrialBench<'_> {
    /// What the rules find in a marked text.
    pub fn find(&self, relations: &Relations, source: &str) -> Vec<TrialRow> {
        self.read(source, |page, entities, mentions| rows(relations, page, entities, mentions))
    }

    /// Shows a marked text to `look`.
    pub(super) fn read<R>(
        &self,
        source: &str,
        look: impl FnOnce(&Page<'_>, &[Entity], &[Mention]) -> R,
    ) -> R {
        let marked = MarkedText::parse(source);
        let mut text = Text::default();
        tokenize(&marked.text, self.vocabulary, &mut TokenScratch::default(), &mut text.tokens);
        split_sentences(&marked.text, &text.tokens, self.abbreviations, &mut text.sentences);
        let mut hits = Hits::default();
        self.gazetteer.scan(&text, &mut hits);
        let (entities, mentions) = marked.mentions(&text);
        let sheet = &Sheet::of(&marked.text, &text, &hits, self.gazetteer);
        let document = &Document::of_text("trial", marked.text, None);
        let page = Page { document, text: &text, hits: &hits, sheet, gazetteer: self.gazetteer };
        look(&page, &entities, &mentions)
    }

    /// Trials of the rule files that go wrong; a trial looks at rows of its own relation alone.
    pub fn failures(&self, relations: &Relations) -> Vec<TrialFailure> {
        run_trials(relations.trials(), |trial: &Trial| {
            let relation = trial.rule.split('/').next().unwrap_or_default();
            let rows = self.find(relations, &trial.text).into_iter().filter(|row| row.relation == relation);
            rows.map(|row| (row.pair, row.rule)).collect()
        })
    }
}

/// The rows that the rules find, as examples write them.
fn rows(relations: &Relations, page: &Page<'_>, entities: &[Entity], mentions: &[Mention]) -> Vec<TrialRow> {
    let rows = relations.relate(page, entities, mentions, &mut RelationScratch::default());
    let name = |index: u32| mentions.get(index as usize).map_or("", |m| page.surface(m.tokens));
    let speaker =
        |e: crate::model::EntityIndex| entities.get(e.0 as usize).map(|e| format!(" by {}", e.name));
    let row = |row: &crate::model::Relation| {
        let by = row.claimed_by.and_then(speaker).unwrap_or_default();
        let stated = match row.modality {
            Modality::Asserted => String::new(),
            modality => format!(" ({}{by})", modality.as_str()),
        };
        TrialRow {
            relation: row.relation.to_string(),
            pair: format!("{} -> {}{stated}", name(row.subject), name(row.object)),
            rule: row.rule.to_string(),
            qualifier: row.qualifier.clone(),
        }
    };
    rows.iter().map(row).collect()
}
