//! Attribution: who states what a sentence says: said-verbs, "according to", quotation marks.

use super::Relations;
use super::extract::matches;
use super::file::Scope;
use super::quotes::Quotes;
use crate::model::{Modality, TokenSpan};
use crate::rules::{Field, MatchScratch, SweepScratch};

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
    /// Said within a clause, of all that it says, be it taken for granted or not.
    pub(super) close: bool,
}

/// The statements that a sentence attributes to somebody.
pub(super) fn statements(
    relations: &Relations,
    field: &Field<'_>,
    scratch: (&mut SweepScratch, &mut MatchScratch),
) -> Vec<Statement> {
    let mut found = Vec::new();
    matches(&relations.attributions, field, scratch, &mut |number, matched| {
        let rule = &relations.attributions.rules[number as usize];
        let tokens = match rule.scope {
            Scope::After => TokenSpan::new(matched.tokens.end, field.bounds.end),
            Scope::Before => TokenSpan::new(field.bounds.start, matched.tokens.start),
            Scope::Sentence => field.bounds,
            Scope::Clause => TokenSpan::new(clause_start(field, matched.tokens.start), matched.tokens.start),
        };
        let speaker = matched.mention_of(rule.pattern.slot("subject"));
        let modality = rule.modality.unwrap_or(Modality::Reported);
        let close = rule.scope == Scope::Clause;
        found.push(Statement { tokens, frame: matched.tokens, speaker, modality, close });
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
            close: false,
        })
    })
}

/// Most tokens that such a clause has.
const LONGEST: u32 = 40;

/// After the last comma or bracket before token `at`.
fn clause_start(field: &Field<'_>, at: u32) -> u32 {
    let least = field.bounds.start.max(at.saturating_sub(LONGEST));
    let mark = |at: &u32| {
        let text = field.tokens.get(*at as usize);
        text.and_then(|t| field.source.get(t.start as usize..t.end as usize))
            .is_some_and(|text| matches!(text, "," | "(" | ")"))
    };
    (least..at).rev().find(mark).map_or(least, |mark| mark + 1)
}
