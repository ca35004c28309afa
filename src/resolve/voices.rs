//! Voices: the rules that have fired on segments and those that hold by their facts, and what they say together.

use super::evidence::{Firing, NameRules, Weights};
use super::facts::Facts;
use super::verdict::score_of;
use crate::model::TypeId;

/// A rule speaks at most so often in one document for names written alike.
const MOST_FIRINGS: i32 = 2;

/// What has spoken for one segment: each rule with twice its times.
pub(super) type Spoken = Vec<(u32, i32)>;

/// What rules say of each fact; looked up once when the rules are loaded.
#[derive(Clone, Debug, Default)]
pub(super) struct FactRules {
    facts: Vec<(Weights, Box<[u32]>)>,
}

impl FactRules {
    pub(super) fn new(rules: &NameRules) -> Self {
        let of = |number| {
            let of_fact: Box<[u32]> = rules.of_facts(Facts::of_number(number)).collect();
            let mut sum = Weights::default();
            of_fact.iter().for_each(|&rule| add(&mut sum, &rules.rules[rule as usize].weights, 2));
            (sum, of_fact)
        };
        Self { facts: (0..Facts::COUNT).map(of).collect() }
    }

    fn add(&self, facts: Facts, sums: &mut Weights) {
        facts.each_number(|number| add(sums, &self.facts[number].0, 1));
    }

    fn each_rule(&self, facts: Facts, mut each: impl FnMut(u32)) {
        facts.each_number(|number| self.facts[number].1.iter().for_each(|&rule| each(rule)));
    }
}

/// What has fired in a document. What fires on a segment counts as much as what fires on all written alike.
pub(super) struct Voices<'v> {
    rules: &'v NameRules,
    facts: &'v FactRules,
    /// Sorted by segment, then rule.
    firings: &'v [Firing],
    /// Where those of each segment begin, and where the last end.
    starts: Vec<u32>,
    /// How often each rule fires on any segment of the group, a few times at most.
    shared: Spoken,
    shared_sum: Weights,
    times: Vec<i32>,
}

impl<'v> Voices<'v> {
    pub(super) fn new(
        rules: &'v NameRules,
        facts: &'v FactRules,
        firings: &'v [Firing],
        segments: usize,
    ) -> Self {
        let mut starts = Vec::with_capacity(segments + 1);
        let mut next = 0;
        for segment in 0..segments {
            starts.push(u32::try_from(next).unwrap_or(u32::MAX));
            next += firings[next..].iter().take_while(|f| f.segment as usize == segment).count();
        }
        starts.push(u32::try_from(next).unwrap_or(u32::MAX));
        let times = vec![0; rules.rules.len()];
        Self { rules, facts, firings, starts, shared: Vec::new(), shared_sum: Weights::default(), times }
    }

    fn of(&self, segment: usize) -> &'v [Firing] {
        &self.firings[self.starts[segment] as usize..self.starts[segment + 1] as usize]
    }

    fn weights(&self, rule: u32) -> &'v Weights {
        &self.rules.rules[rule as usize].weights
    }

    /// Turns to a group of segments.
    pub(super) fn turn_to(&mut self, segments: &[u32]) {
        self.shared.clear();
        self.shared_sum = Weights::default();
        for &segment in segments {
            for firing in self.of(segment as usize) {
                let times = &mut self.times[firing.rule as usize];
                if *times == 0 {
                    self.shared.push((firing.rule, 0));
                }
                *times = (*times + 1).min(MOST_FIRINGS);
            }
        }
        if segments.len() > 1 {
            self.shared.sort_unstable();
        }
        for (rule, times) in &mut self.shared {
            *times = std::mem::take(&mut self.times[*rule as usize]);
            add(&mut self.shared_sum, &self.rules.rules[*rule as usize].weights, *times);
        }
    }

    /// What all say of a segment of the group that has these facts.
    pub(super) fn scores(&self, segment: usize, facts: Facts) -> Weights {
        let mut doubled = self.shared_sum;
        for firing in self.of(segment) {
            add(&mut doubled, self.weights(firing.rule), 1);
        }
        self.facts.add(facts, &mut doubled);
        doubled.map(|sum| sum.div_euclid(2))
    }

    /// The rule that speaks loudest for a type; of equals the first.
    pub(super) fn loudest(&self, segment: usize, facts: Facts, type_id: TypeId) -> Option<u32> {
        let mut loudest: Option<(i32, u32)> = None;
        let mut hear = |rule: u32, times: i32| {
            let weight = score_of(self.weights(rule), type_id).unwrap_or(0) * times;
            if weight > 0 && loudest.is_none_or(|(most, first)| (most, rule) < (weight, first)) {
                loudest = Some((weight, rule));
            }
        };
        self.fired(segment).for_each(|(rule, times)| hear(rule, times));
        self.facts.each_rule(facts, |rule| hear(rule, 2));
        loudest.map(|(_, rule)| rule)
    }

    /// The rules that fired, each with twice its times.
    fn fired(&self, segment: usize) -> impl Iterator<Item = (u32, i32)> {
        let mut own = self.of(segment).iter().map(|f| f.rule).peekable();
        self.shared
            .iter()
            .map(move |&(rule, times)| (rule, times + i32::from(own.next_if_eq(&rule).is_some())))
    }

    /// Tells all that speaks for a segment of the group, in order.
    pub(super) fn tell(&self, segment: usize, facts: Facts, spoken: &mut Spoken) {
        spoken.clear();
        spoken.extend(self.fired(segment));
        spoken.extend(self.rules.of_facts(facts).map(|rule| (rule, 2)));
    }
}

#[inline]
const fn add(sums: &mut Weights, weights: &Weights, times: i32) {
    sums[0] += weights[0] * times;
    sums[1] += weights[1] * times;
    sums[2] += weights[2] * times;
}
