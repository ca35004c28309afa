//! Who is who: from hits and capitalized runs to mentions, each with one type and one entity.
//!
//! `marks` (word lists by token) → `listed` (names of lists, institutions with their country) → `segment` (names and
//! the rest) → `evidence` (rules with weights) → `group` (written alike) → `choose` (one reading each; `coref` gives
//! shorter forms) → `build` (entities and mentions).

mod build;
mod choose;
mod confidence;
mod coref;
mod countries;
mod doubt;
mod echo;
mod endings;
mod entities;
mod evidence;
mod facts;
mod group;
mod listed;
mod marks;
mod nation;
mod observe;
mod path;
mod run;
mod segment;
mod verdict;
mod view;
mod voices;
mod weigh;

use crate::dates::FoundDate;
use crate::gazetteer::{DataError, EntryId, Folder, Gazetteer};
use crate::model::{DateKind, Entity, Gap, Mention, SentenceForm, TokenSpan, TypeId};
use crate::rules::{Page, Trial};
use crate::text::Vocabulary;
use build::{Builder, in_order};
use choose::{Choice, Chooser};
use countries::Countries;
use doubt::Doubt;
use endings::Endings;
use evidence::{EvidenceScratch, Firing, NameRules};
use group::Groups;
use listed::Listed;
use marks::{Mark, MarkLists, Marks};
use nation::Nations;
use observe::Observer;
use segment::{Segment, Segmenter};
use std::collections::BTreeMap;
use voices::{FactRules, Spoken};
use weigh::Scales;

/// The rules of `rules/names` and the word lists that they need.
#[derive(Clone, Debug, Default)]
pub struct Resolver {
    rules: NameRules,
    facts: FactRules,
    marks: MarkLists,
    endings: Endings,
    /// The entry of each country, by code.
    countries: BTreeMap<Box<str>, EntryId>,
    /// Leave out what no list has (`--no-discover`).
    pub listed_only: bool,
}

/// What is known of a document when its names are weighed.
#[derive(Default)]
struct Case {
    marks: Marks,
    listed: Listed,
    segments: Vec<Segment>,
    firings: Vec<Firing>,
}

/// Buffers reused between documents.
#[derive(Default)]
pub struct ResolveScratch {
    /// Of the documents that were resolved together last, and room that earlier ones left.
    cases: Vec<Case>,
    segmenter: Segmenter,
    evidence: EvidenceScratch,
    typed: Vec<Firing>,
    groups: Groups,
    choice: Choice,
}

/// A document's entities and mentions. Mentions are in order and do not overlap.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// What mentions point to, in order of first appearance.
    pub entities: Vec<Entity>,
    /// Names and dates.
    pub mentions: Vec<Mention>,
}

/// Who hears what has spoken for each possible name, if anyone wants to.
type Told<'t> = Option<&'t mut dyn FnMut(TokenSpan, &Spoken)>;

impl Resolver {
    /// Reads `rules/names/*.toml` of all folders.
    pub fn load(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Vec<DataError>> {
        let rules = NameRules::load(folders, gazetteer, vocabulary)?;
        Ok(Self {
            facts: FactRules::new(&rules),
            rules,
            marks: MarkLists::new(gazetteer),
            endings: Endings::new(gazetteer),
            countries: countries(gazetteer),
            listed_only: false,
        })
    }

    /// Examples and counter-examples of the rules.
    pub fn trials(&self) -> &[Trial] {
        &self.rules.trials
    }

    /// Finds and resolves the mentions of a document; `dates` are in order and do not overlap.
    pub fn resolve(&self, page: &Page<'_>, dates: &[FoundDate], scratch: &mut ResolveScratch) -> Resolved {
        self.resolve_all(&[(*page, dates)], scratch).pop().unwrap_or_default()
    }

    /// The same for several documents, each as if it were alone.
    pub fn resolve_all(
        &self,
        pages: &[(Page<'_>, &[FoundDate])],
        scratch: &mut ResolveScratch,
    ) -> Vec<Resolved> {
        let known: Vec<Vec<&FoundDate>> = self.open(pages, scratch);
        let cases = pages.iter().zip(&known).enumerate();
        cases.map(|(nth, ((page, _), dates))| self.decide(page, dates, nth, scratch, None)).collect()
    }

    /// What has spoken for and against each possible name of a document, in order.
    pub fn evidence(
        &self,
        page: &Page<'_>,
        dates: &[FoundDate],
        scratch: &mut ResolveScratch,
    ) -> Vec<Evidence> {
        let mut told = Vec::new();
        let mut tell = |tokens, spoken: &Spoken| {
            let rule = |&(rule, times): &(u32, i32)| {
                let rule = &self.rules.rules[rule as usize];
                Spoke { rule: rule.id.clone(), halves: times, weights: rule.weights }
            };
            told.push(Evidence { tokens, spoke: spoken.iter().map(rule).collect() });
        };
        for dates in self.open(&[(*page, dates)], scratch) {
            self.decide(page, &dates, 0, scratch, Some(&mut tell));
        }
        told.sort_by_key(|e| e.tokens.start);
        told
    }

    /// Makes the documents' cases: finds their segments and what speaks for and against each. Says which of their dates are
    /// no part of a name.
    fn open<'d>(
        &self,
        pages: &[(Page<'_>, &'d [FoundDate])],
        scratch: &mut ResolveScratch,
    ) -> Vec<Vec<&'d FoundDate>> {
        let ResolveScratch { cases, segmenter, evidence, .. } = scratch;
        cases.resize_with(cases.len().max(pages.len()), Case::default);
        let mut known = Vec::with_capacity(pages.len());
        for ((page, dates), Case { marks, listed, segments, .. }) in pages.iter().zip(&mut *cases) {
            marks.fill(page, &self.marks);
            let dates: Vec<&FoundDate> = dates.iter().filter(|d| !is_part_of_name(page, marks, d)).collect();
            for date in &dates {
                marks.add(date.tokens, Mark::DATE);
            }
            listed.fill(page, marks);
            segmenter.fill(page, listed, marks, segments);
            known.push(dates);
        }
        for ((page, _), Case { segments, firings, .. }) in pages.iter().zip(cases) {
            self.rules.fire(page, segments, evidence, firings);
        }
        known
    }

    /// Decides a case.
    fn decide(
        &self,
        page: &Page<'_>,
        dates: &[&FoundDate],
        nth: usize,
        scratch: &mut ResolveScratch,
        told: Told<'_>,
    ) -> Resolved {
        let ResolveScratch { cases, evidence, typed, groups, choice, .. } = scratch;
        let Case { marks, listed, segments, firings } = &cases[nth];
        groups.fill(page, segments);
        let countries = Countries::new(page, listed, segments, &self.countries);
        let supported = |country: &str| countries.names(country);
        let observer = Observer::new(page, listed, marks, &self.endings, segments, &supported);
        let (countries, listed_only) = (&countries, self.listed_only);
        let scales = Scales { page, listed, observer: &observer, countries, listed_only };
        let (rules, fact_rules, observer) = (&self.rules, &self.facts, &observer);
        let chooser = Chooser { rules, fact_rules, segments, groups, observer, scales };
        chooser.choose(firings, choice);
        let types = (0..segments.len()).map(|at| choice.verdicts.winner(at).map(|w| w.type_id));
        typed.clone_from(firings);
        self.rules.fire_typed(page, segments, types, evidence, typed);
        chooser.reconsider(firings, typed, choice);
        if let Some(told) = told {
            chooser.tell(typed, choice, |segment, spoken| told(segments[segment].tokens, spoken));
        }
        let verdicts = &choice.verdicts;
        let doubt = Doubt::new(page, marks, countries, observer.sports, dates);
        let nations = Nations::new(page, marks, segments, verdicts, countries);
        let mut builder = Builder::new(page, rules, groups, segments, verdicts, &nations, &doubt);
        let mut mentions: Vec<Mention> = dates.iter().map(|d| builder.date(d)).collect();
        mentions.extend((0..segments.len()).filter_map(|at| builder.mention(at)));
        Resolved { entities: builder.into_entities(), mentions: in_order(mentions) }
    }
}

/// "The Evening Daily": a word of frequency with a capital beside another one is a part of a name.
fn is_part_of_name(page: &Page<'_>, marks: &Marks, date: &FoundDate) -> bool {
    let (start, tokens) = (date.tokens.start as usize, &page.text.tokens);
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.is_wordlike() && t.is_capitalized());
    let beside = |i: usize| tokens.get(i).is_some_and(|t| t.gap < Gap::Blank);
    let sentence = page.text.sentences.get(page.text.sentence_of(date.tokens.start));
    date.value.kind == DateKind::Set
        && date.tokens.len() == 1
        && capital(start)
        && marks.has(start, Mark::ORG_HEAD)
        && sentence.is_some_and(|s| s.form == SentenceForm::Prose && s.tokens.start != date.tokens.start)
        && ((beside(start) && start > 0 && capital(start - 1)) || (beside(start + 1) && capital(start + 1)))
}

/// What has spoken for and against a possible name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The possible name.
    pub tokens: TokenSpan,
    /// Each rule that fired.
    pub spoke: Vec<Spoke>,
}

/// A rule that fired on a possible name or on others written alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoke {
    /// Its id.
    pub rule: Box<str>,
    /// How often it counts, in halves: what fires on the name itself counts double.
    pub halves: i32,
    /// What it says of person, organization, place; ten is one in the log odds.
    pub weights: [i32; 3],
}

fn countries(gazetteer: &Gazetteer) -> BTreeMap<Box<str>, EntryId> {
    let mut countries = BTreeMap::new();
    for id in gazetteer.entries() {
        if gazetteer.type_of(id) == TypeId::PLACE && gazetteer.subtype_of(id) == "country" {
            let country = gazetteer.country_of(id);
            if !country.is_empty() {
                countries.entry(country.into()).or_insert(id);
            }
        }
    }
    countries
}
