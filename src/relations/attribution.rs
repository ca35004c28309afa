//! Attribution: who states what a sentence says: said-verbs, "according to", quotation marks.

use super::Relations;
use super::extract::matches;
use super::file::Scope;
use super::live::Live;
use super::quotes::Quotes;
use crate::model::{Modality, TokenSpan};
use crate::rules::{Field, MatchScratch};

/// Somebody's statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    /// What is stated.
    pub(super) tokens: TokenSpan,
    /// The words that attribute it.
    pub(super) frame: TokenSpan,
    /// Who states it: a mention.
    pub(super) speaker: Option<u32>,
    /// How.
    pub(super) modality: Modality,
}

/// The statements that a sentence attributes to somebody.
pub(super) fn statements(
    relations: &Relations,
    field: &Field<'_>,
    live: &mut Live,
    scratch: &mut MatchScratch,
) -> Vec<Statement> {
    let mut found = Vec::new();
    matches(&relations.attributions, field, live, scratch, &mut |number, matched| {
        let rule = &relations.attributions.rules[number as usize];
        let tokens = match rule.scope {
            Scope::After => TokenSpan::new(matched.tokens.end, field.bounds.end),
            Scope::Before => TokenSpan::new(field.bounds.start, matched.tokens.start),
            Scope::Sentence => field.bounds,
        };
        let speaker = matched.mention_of(rule.pattern.slot("subject"));
        let modality = rule.modality.unwrap_or(Modality::Reported);
        found.push(Statement { tokens, frame: matched.tokens, speaker, modality });
    });
    found
}

/// The statement that the words at `trigger` belong to: the nearest frame whose scope covers them; in quotation marks
/// without one, somebody's.
pub(super) fn statement_of(
    statements: &[Statement],
    quotes: &Quotes,
    trigger: TokenSpan,
) -> Option<Statement> {
    let covers = |s: &&Statement| s.tokens.covers(&trigger) && !s.frame.overlaps(&trigger);
    let distance = |s: &&Statement| {
        if s.frame.end <= trigger.start {
            trigger.start - s.frame.end
        } else {
            s.frame.start.saturating_sub(trigger.end)
        }
    };
    let framed = statements.iter().filter(covers).min_by_key(distance).copied();
    framed.or_else(|| {
        quotes.inside(trigger.start).then_some(Statement {
            tokens: trigger,
            frame: TokenSpan::new(0, 0),
            speaker: None,
            modality: Modality::Reported,
        })
    })
}
