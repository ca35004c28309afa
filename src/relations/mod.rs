//! Relations: what the text of one sentence states between two mentions, by the rules of `rules/relations/*.toml`.
//!
//! Owns the rule files of relations and of attribution, and what a match means: its arguments with those coordinated to
//! them (`arguments`), how it is stated (`cues`, `attribution`), when (`date`), and that a sentence says a thing once
//! (`merge`). Does not know how patterns match (`rules`). What must hold: rows come from rules alone, never from mere
//! nearness; a rule whose arguments don't fit writes nothing; all work is linear in the text.

mod arguments;
mod attribution;
mod cues;
mod date;
mod extract;
mod file;
mod lists;
mod marked;
mod merge;
mod near;
mod quotes;
#[cfg(test)]
mod tests;
mod trial;

pub use extract::RelationScratch;
pub use marked::{Marked, MarkedText};
pub use near::Near;
pub use trial::{TrialBench, TrialRow};

use crate::gazetteer::{DataError, Folder, Gazetteer};
use crate::model::{Entity, Mention, Relation};
use crate::rules::{Page, Phrases, Trial};
use crate::text::Vocabulary;
use file::RuleSet;
use lists::Lists;

/// All rules of relations, compiled.
#[derive(Clone, Debug)]
pub struct Relations {
    rules: RuleSet,
    attributions: RuleSet,
    lists: Lists,
}

impl Relations {
    /// Reads and compiles the rule files of all folders. Either all is right, or all errors are told.
    pub fn load(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Vec<DataError>> {
        let lists = Lists::find(gazetteer);
        let phrases = Phrases::load(folders).map_err(|e| vec![e])?;
        let rules = RuleSet::relations(folders, gazetteer, vocabulary, &phrases);
        let attributions = RuleSet::attributions(folders, gazetteer, vocabulary, &phrases);
        match (rules, attributions) {
            (Ok(rules), Ok(attributions)) => Ok(Self { rules, attributions, lists }),
            (rules, attributions) => {
                Err([rules.err(), attributions.err()].into_iter().flatten().flatten().collect())
            }
        }
    }

    /// The relations of a document, in order of sentence, subject, object. `mentions` are in order and do not overlap.
    pub fn relate(
        &self,
        page: &Page<'_>,
        entities: &[Entity],
        mentions: &[Mention],
        scratch: &mut RelationScratch,
    ) -> Vec<Relation> {
        extract::relate(self, page, entities, mentions, scratch)
    }

    /// Examples and counter-examples of the rule files; their texts mark mentions ([`MarkedText`]).
    pub fn trials(&self) -> &[Trial] {
        &self.rules.trials
    }
}
