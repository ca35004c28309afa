//! Which rules can match in the sentence at hand: all that their matches hold is there, and so are the types of their
//! arguments.

use super::file::RuleSet;
use crate::model::Sign;
use crate::rules::{Field, LeadEnds, MatchScratch, RuleBits, Starters, TypeSet};

/// The live rules of a sentence; buffers reused between sentences.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    rules: RuleBits,
    /// For each token of the sentence, all that it and those after it show.
    rest: Vec<Sign>,
    /// For each token of the sentence, the types of mentions that start after it.
    later: Vec<TypeSet>,
    needed: RuleBits,
    /// By number of the lead, the token after the one where its ends were last looked for, and these.
    lead_ends: Vec<(usize, LeadEnds)>,
    /// For whoever goes over the sentence.
    pub(super) starters: Starters,
}

impl Live {
    /// The rules that can match somewhere.
    pub(super) const fn rules(&self) -> &RuleBits {
        &self.rules
    }

    /// May the rule match from token `at` on? All that it needs stands there or after it, and what follows its lead can
    /// follow here.
    pub(super) fn goes_on(
        &mut self,
        set: &RuleSet,
        rule: u32,
        field: &Field<'_>,
        at: usize,
        scratch: &mut MatchScratch,
    ) -> bool {
        let pattern = &set.rules[rule as usize].pattern;
        let Some(offset) = at.checked_sub(field.bounds.start as usize) else { return false };
        let needs = |rest: &Sign| pattern.needs().iter().all(|need| need.meets(rest));
        let other = |later: &TypeSet| pattern.later().is_none_or(|types| types.meets(*later));
        if !self.later.get(offset).is_some_and(other) || !self.rest.get(offset).is_some_and(needs) {
            return false;
        }
        let Some(lead) = set.leads[rule as usize] else { return true };
        let lead = lead as usize;
        self.lead_ends.resize(self.lead_ends.len().max(lead + 1), (0, LeadEnds::default()));
        if self.lead_ends[lead].0 != at + 1 {
            self.lead_ends[lead] = (at + 1, pattern.lead_ends(field, at, scratch));
        }
        pattern.follows(field, at, self.lead_ends[lead].1)
    }

    /// Looks for the rules of `set` whose first `needs` needs, and whose types, the sentence has; are there any?
    pub(super) fn refill(&mut self, set: &RuleSet, field: &Field<'_>, needs: usize) -> bool {
        let signs = field.hits.signs.get(field.bounds.range()).unwrap_or_default();
        self.rest.clear();
        self.lead_ends.clear();
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
        let mut types = TypeSet::default();
        self.later.clear();
        self.later.extend(field.bounds.range().rev().map(|at| {
            let after = types;
            types = field.mentions.type_starting(at).map_or(types, |t| types.with(t));
            after
        }));
        self.later.reverse();
        self.rules.retain(|rule| {
            let (subject, object) = set.rules[rule as usize].types;
            subject.meets(types) && object.meets(types)
        });
        !self.rules.is_empty()
    }
}
