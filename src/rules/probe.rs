//! How far a pattern gets from a token, for telling why a rule did not match. Not used where rules run: it reads what a
//! failed walk has left behind.

use super::matcher::{Field, MatchScratch, width};
use super::pattern::{Pattern, TypeSet};
use super::program::Step;
use super::test::Test;
use crate::gazetteer::Gazetteer;
use crate::model::{TokenSpan, TypeId};
use crate::text::Vocabulary;

/// Where a pattern that did not match came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// What it had matched by then.
    pub tokens: TokenSpan,
    /// So many things had still to match at the least,
    pub left: u32,
    /// of so many.
    pub of: u32,
    /// What it needed next; one of these.
    pub needed: Vec<String>,
}

/// Enough alternatives to understand a step.
const MOST_NEEDED: usize = 6;

impl Pattern {
    /// How far a match from token `at` gets; `None` if it matches, or not even begins.
    pub fn reach(
        &self,
        field: &Field<'_>,
        at: usize,
        scratch: &mut MatchScratch,
        vocabulary: &Vocabulary,
    ) -> Option<Reach> {
        scratch.thorough = true;
        let matched = self.match_at(field, at, scratch).is_some();
        scratch.thorough = false;
        if matched {
            return None;
        }
        let width = width(field, at)?;
        let tried = |step: usize, offset: usize| scratch.tried(step, offset);
        let left = self.left();
        let open = |step: usize| needs(&self.steps[step]) && (0..width).any(|offset| tried(step, offset));
        let least = (0..left.len()).filter(|&step| open(step)).map(|step| left[step]).min()?;
        let is_last = |step: usize| needs(&self.steps[step]) && left[step] == least;
        let at_offset = |offset: usize| (0..left.len()).any(|step| is_last(step) && tried(step, offset));
        let offset = (1..width).rev().find(|&offset| at_offset(offset))?;
        let mut needed: Vec<String> = (0..left.len())
            .filter(|&step| is_last(step) && tried(step, offset))
            .map(|step| describe(&self.steps[step], field.gazetteer, vocabulary))
            .collect();
        needed.sort();
        needed.dedup();
        needed.truncate(MOST_NEEDED);
        let position = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let tokens = TokenSpan::new(position(at), position(at + offset));
        Some(Reach { tokens, left: least, of: left.first().copied().unwrap_or(0), needed })
    }

    /// Does a match start at token `at`, no way left out?
    #[cfg(test)]
    pub fn matches_thoroughly(&self, field: &Field<'_>, at: usize, scratch: &mut MatchScratch) -> bool {
        scratch.thorough = true;
        let matched = self.match_at(field, at, scratch).is_some();
        scratch.thorough = false;
        matched
    }

    /// For each step the least number of things that must still match from there.
    fn left(&self) -> Vec<u32> {
        let mut left = vec![u32::MAX; self.steps.len()];
        let mut changed = true;
        while changed {
            changed = false;
            for (at, step) in self.steps.iter().enumerate().rev() {
                let from = |to: usize| left.get(to).copied().unwrap_or(u32::MAX);
                let now = match step {
                    Step::Accept => 0,
                    Step::Split { first, second } => from(*first as usize).min(from(*second as usize)),
                    Step::Jump(to) => from(*to as usize),
                    Step::Test(_)
                    | Step::Words(_)
                    | Step::List { .. }
                    | Step::Mention { .. }
                    | Step::Phrase(_)
                    | Step::Aside => from(at + 1).saturating_add(1),
                    _ => from(at + 1),
                };
                changed |= now < left[at];
                left[at] = now.min(left[at]);
            }
        }
        left
    }
}

/// Can the step fail for want of something that a reader can name?
fn needs(step: &Step) -> bool {
    !matches!(
        step,
        Step::Split { .. }
            | Step::Jump(_)
            | Step::Open(_)
            | Step::Close(_)
            | Step::Accept
            | Step::Phrase(_)
            | Step::Aside
            | Step::Test(Test::Running | Test::Gap | Test::InPhrase)
    )
}

/// The step as a rule file would write it.
fn describe(step: &Step, gazetteer: &Gazetteer, vocabulary: &Vocabulary) -> String {
    match step {
        Step::Test(Test::Word(word) | Test::Spelled(word, _)) => vocabulary.word(*word).to_owned(),
        Step::Words(words) => {
            let words: Vec<&str> = words.iter().map(|word| vocabulary.word(*word)).collect();
            words.join("|")
        }
        Step::Test(Test::Ends(end)) => format!("<ends:{end}>"),
        Step::Test(Test::Class(class)) => format!("<{class:?}>").to_lowercase(),
        Step::Test(_) => "a word".to_owned(),
        Step::List { list, values, .. } if values.is_empty() => {
            format!("{{{}}}", gazetteer.word_list_name(*list))
        }
        Step::List { list, values, .. } => {
            let values: Vec<&str> = values.iter().map(|value| gazetteer.value_text(*value)).collect();
            format!("{{{}:{}}}", gazetteer.word_list_name(*list), values.join("|"))
        }
        Step::Mention { types, .. } => mention(*types, gazetteer),
        Step::Look { negate: true, .. } => "nothing that the rule forbids here".to_owned(),
        Step::Look { .. } => "what the rule looks for beside it".to_owned(),
        Step::Glued => "no blank".to_owned(),
        Step::First => "the start of the sentence".to_owned(),
        Step::Last => "the end of the sentence".to_owned(),
        _ => "more".to_owned(),
    }
}

fn mention(types: TypeSet, gazetteer: &Gazetteer) -> String {
    if types == TypeSet::ANY {
        return "[any]".to_owned();
    }
    let named = (0u16..).zip(gazetteer.types()).filter(|(at, _)| types.has(TypeId(*at)));
    format!("[{}]", named.map(|(_, name)| &**name).collect::<Vec<_>>().join("|"))
}
