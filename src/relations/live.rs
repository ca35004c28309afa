//! Which rules can match in the sentence at hand: all that their matches hold is there, and so are the types of their
//! arguments.

use super::file::RuleSet;
use crate::model::Sign;
use crate::rules::{Field, Pattern, RuleBits, Starters, TypeSet};

/// The live rules of a sentence; buffers reused between sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    rules: RuleBits,
    /// For each token of the sentence, all that it and those after it show.
    rest: Vec<Sign>,
    needed: RuleBits,
    /// For whoever goes over the sentence.
    pub(super) starters: Starters,
}

impl Live {
    /// The rules that can match somewhere.
    pub(super) const fn rules(&self) -> &RuleBits {
        &self.rules
    }

    /// Does all that the pattern needs stand at token `at` or after it?
    pub(super) fn goes_on(&self, pattern: &Pattern, field: &Field<'_>, at: usize) -> bool {
        let rest = at.checked_sub(field.bounds.start as usize).and_then(|offset| self.rest.get(offset));
        rest.is_some_and(|rest| pattern.needs().iter().all(|need| need.meets(rest)))
    }

    /// Looks for the rules of `set` whose first `needs` needs, and whose types, the sentence has; are there any?
    pub(super) fn refill(&mut self, set: &RuleSet, field: &Field<'_>, needs: usize) -> bool {
        let signs = field.hits.signs.get(field.bounds.range()).unwrap_or_default();
        self.rest.clear();
        let mut all = Sign::NONE;
        self.rest.extend(signs.iter().rev().map(|sign| {
            all.add(sign);
            all
        }));
        self.rest.reverse();
        for (nth, by_need) in set.by_need.iter().take(needs).enumerate() {
            self.needed.clear();
            by_need.of_sign(&all, &mut self.needed);
            if nth == 0 {
                std::mem::swap(&mut self.rules, &mut self.needed);
            } else {
                self.rules.keep(&self.needed);
            }
        }
        let types = field.bounds.range().filter_map(|at| field.mentions.type_starting(at));
        let types = types.fold(TypeSet::default(), TypeSet::with);
        self.rules.retain(|rule| {
            let (subject, object) = set.rules[rule as usize].types;
            subject.meets(types) && object.meets(types)
        });
        !self.rules.is_empty()
    }
}
