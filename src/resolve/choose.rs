//! Chooses one reading for each segment: full names first, then the shorter forms that may stand for them; then once more
//! where rules that ask for the types of names around have spoken.

use super::coref::Antecedents;
use super::evidence::{Firing, NameRules};
use super::facts::Facts;
use super::group::Groups;
use super::observe::Observer;
use super::segment::Segment;
use super::verdict::{Target, Verdicts};
use super::voices::{FactRules, Spoken, Voices};
use super::weigh::{Scales, Weighing};
use crate::model::TypeId;

/// What decides, and what is asked.
pub(super) struct Chooser<'c> {
    pub(super) rules: &'c NameRules,
    pub(super) fact_rules: &'c FactRules,
    pub(super) segments: &'c [Segment],
    pub(super) groups: &'c Groups,
    pub(super) observer: &'c Observer<'c>,
    pub(super) scales: Scales<'c>,
}

/// What was decided, and all of it that another look need not find out again; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    pub(super) verdicts: Verdicts,
    antecedents: Antecedents,
    /// Groups in the order in which they are judged.
    order: Vec<u32>,
    /// The facts of each segment but for those of its group.
    facts: Vec<Facts>,
    /// How each group stands to others.
    linked: Vec<Facts>,
    /// The type of each group's full name, if it is one.
    full: Vec<Option<TypeId>>,
    /// Groups that must be judged.
    due: Vec<bool>,
}

impl Chooser<'_> {
    /// One verdict a segment.
    pub(super) fn choose(&self, firings: &[Firing], choice: &mut Choice) {
        let groups = self.groups;
        choice.verdicts.clear(self.segments.len());
        choice.facts.clear();
        choice.facts.extend(
            self.segments.iter().enumerate().map(|(number, segment)| {
                self.observer.facts(segment, groups.segments(groups.of(number)).len())
            }),
        );
        choice.order.clear();
        choice.order.extend(0..u32::try_from(groups.len()).unwrap_or(u32::MAX));
        choice.order.sort_by_key(|&group| std::cmp::Reverse(groups.words(group)));
        choice.linked.clear();
        choice.linked.resize(groups.len(), Facts::default());
        choice.full.clear();
        choice.full.resize(groups.len(), None);
        choice.due.clear();
        choice.due.resize(groups.len(), true);
        choice.antecedents.fill(self.scales.page, self.segments, groups);
        self.judge(firings, choice);
    }

    /// Judges once more where more has fired (`firings` has all that `before` had), and where that changes anything.
    pub(super) fn reconsider(&self, before: &[Firing], firings: &[Firing], choice: &mut Choice) {
        choice.due.fill(false);
        let mut old = before.iter().peekable();
        let mut any = false;
        for firing in firings {
            if old.next_if_eq(&firing).is_none() {
                choice.due[self.groups.of(firing.segment as usize) as usize] = true;
                any = true;
            }
        }
        if any {
            choice.antecedents.begin_again();
            self.judge(firings, choice);
        }
    }

    /// Judges the groups that are due, and those whose longer names turn out to be something else.
    fn judge(&self, firings: &[Firing], choice: &mut Choice) {
        let mut voices = Voices::new(self.rules, self.fact_rules, firings, self.segments.len());
        let mut buffers = Weighing::default();
        for at in 0..choice.order.len() {
            let group = choice.order[at];
            if choice.due[group as usize] {
                let links = choice.antecedents.of(group);
                choice.linked[group as usize] = Facts::of_links(links, choice.antecedents.introduces(group));
                self.judge_group(group, &mut voices, &mut buffers, choice);
                self.take_full(group, choice);
            }
            if choice.full[group as usize].is_some() {
                choice.antecedents.add_name(group);
            }
        }
    }

    fn judge_group(&self, group: u32, voices: &mut Voices<'_>, buffers: &mut Weighing, choice: &mut Choice) {
        let segments = self.groups.segments(group);
        voices.turn_to(segments);
        let Choice { verdicts, antecedents, facts, linked, .. } = choice;
        for &segment in segments {
            let segment = segment as usize;
            let facts = facts[segment].and(linked[group as usize]);
            let scores = voices.scores(segment, facts);
            let weighed = self.scales.weigh(&self.segments[segment], antecedents.of(group), &scores, buffers);
            verdicts.set(segment, weighed);
            // that a list has the only reading is reason enough, and so is a longer name
            let rule = match weighed.first() {
                Some(winner) if needs_rule(winner.target, weighed.len()) => {
                    voices.loudest(segment, facts, winner.type_id)
                }
                _ => None,
            };
            verdicts.set_rule(segment, rule);
        }
    }

    /// Notes what the group's full name is; if it is something else than before, the groups of its shorter forms are due.
    fn take_full(&self, group: u32, choice: &mut Choice) {
        let Choice { verdicts, antecedents, full, due, .. } = choice;
        let first = self.groups.segments(group).iter().find_map(|&s| verdicts.winner(s as usize));
        let decides = |target| self.groups.words(group) > 1 && !matches!(target, Target::Same { .. });
        let type_id = first.filter(|winner| decides(winner.target)).map(|winner| winner.type_id);
        let known = &mut full[group as usize];
        if *known == type_id {
            return;
        }
        antecedents.each_short(group, |short| due[short as usize] = true);
        *known = type_id;
        let segment = &self.segments[self.groups.segments(group)[0] as usize];
        let common_first = || self.observer.common_first(segment);
        antecedents.take(self.groups, group, type_id, common_first);
        antecedents.each_short(group, |short| due[short as usize] = true);
    }

    /// Calls `told` with each segment and what has spoken for it.
    pub(super) fn tell(&self, firings: &[Firing], choice: &Choice, mut told: impl FnMut(usize, &Spoken)) {
        let mut voices = Voices::new(self.rules, self.fact_rules, firings, self.segments.len());
        let mut spoken = Vec::new();
        for &group in &choice.order {
            let segments = self.groups.segments(group);
            voices.turn_to(segments);
            for &segment in segments {
                let facts = choice.facts[segment as usize].and(choice.linked[group as usize]);
                voices.tell(segment as usize, facts, &mut spoken);
                told(segment as usize, &spoken);
            }
        }
    }
}

/// Is the rule that spoke loudest a part of the reason?
const fn needs_rule(target: Target, weighed: usize) -> bool {
    match target {
        Target::Listed(_) => weighed > 1,
        Target::Discovered => true,
        Target::Same { .. } => false,
    }
}
