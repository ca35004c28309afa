//! Sweeps: where in sentences the patterns of a set can match, found for all places at once. Each pattern becomes a short
//! program; run from its end to its start over sets of places (see `window`), it leaves the places where a match begins.
//!
//! A sweep is exact: the walk of `matcher`, which tells what a match caught, is needed only where there is one. A program
//! goes on only as long as there is a place left, so most end after a step or two, at their trigger.

use super::code::{Glance, Instruction, Listed, Need, Program, Take};
use super::feature::{Feature, FeatureSet};
use super::index::{RuleBits, Sieve, Sifting, Where};
use super::layout::Stretch;
use super::matcher::{Field, MatchScratch};
use super::mentions::MentionMap;
use super::page::Page;
use super::places::{Part, Places, parts};
use super::program::index;
use super::search::{Search, Seeing};
use super::window::{Features, Window};
use super::{BACK, WINDOW};
use crate::gazetteer::WordListId;
use crate::model::TokenSpan;
use std::ops::Range;

/// Patterns of a set, by number, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    /// The steps of all programs.
    pub(super) code: Vec<Instruction>,
    /// The ways of their choices.
    pub(super) choices: Vec<u32>,
    /// Those of the patterns and of what looks ahead.
    pub(super) programs: Vec<Program>,
    /// The most steps of programs that run at one time, one looking ahead for another.
    pub(super) depth: usize,
    /// By pattern.
    pub(super) rules: Vec<Rule>,
    /// Tells by what tokens show which patterns may match.
    pub(super) sieve: Sieve,
    /// Of each of these one stands in every match of some pattern.
    pub(super) needs: Vec<Box<[Need]>>,
    /// The numbers of what patterns need.
    pub(super) needed: Vec<u32>,
    pub(super) takes: Vec<Take>,
    pub(super) rows: Vec<Listed>,
    pub(super) looks: Vec<Glance>,
    /// What some step asks for.
    pub(super) asked: FeatureSet,
}

/// A pattern of a sweep.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) program: u32,
    /// What it needs, a part of all that is needed.
    pub(super) needs: Range<usize>,
    /// What tokens show of the rarest of that, and where.
    pub(super) rarest: Option<(Where, Vec<Feature>)>,
}

/// Buffers reused between sentences.
#[derive(Default)]
pub struct SweepScratch {
    short: Seeing<u64>,
    long: Seeing<u128>,
    walking: MatchScratch,
    live: RuleBits,
    /// The numbers of the spans in the short window.
    spans: Vec<u32>,
    /// Places (in long spans tokens) and patterns.
    found: Vec<(usize, u32)>,
}

/// Where a match starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// The number of its span, of those that were searched.
    pub span: u32,
    /// Its first token.
    pub at: u32,
    /// The number of the pattern.
    pub rule: u32,
}

/// Which matches are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// All.
    Any,
    /// Those of a whole span.
    Whole,
}

impl Sweep {
    /// Is a match certain to start where [`Self::find`] says? In long spans one may.
    pub fn is_exact(span: TokenSpan) -> bool {
        span.len() <= u64::MOST
    }

    /// Tells `each` where matches start that lie in one of the sentences for which `asks` holds: by sentence, then token,
    /// then pattern.
    pub fn find(
        &self,
        page: &Page<'_>,
        mentions: &MentionMap,
        asks: impl Fn(u32) -> bool,
        scratch: &mut SweepScratch,
        mut each: impl FnMut(Start),
    ) {
        let field = page.field(mentions, TokenSpan::new(0, 0));
        for frame in &page.sheet.frames {
            let sentences =
                page.text.sentences.get(frame.sentences.start as usize..frame.sentences.end as usize);
            for (number, sentence) in frame.sentences.clone().zip(sentences.unwrap_or_default()) {
                if !asks(number) {
                    scratch.short.window.layout.skip(sentence.tokens.len());
                } else if scratch.short.window.layout.add(Stretch::whole(sentence.tokens)) {
                    scratch.spans.push(number);
                } else {
                    self.look_at_long(&field, number, sentence.tokens, scratch, &mut each);
                }
            }
            self.look_at_short(&field, Some(page.sheet.features(frame)), Asking::Any, scratch, &mut each);
        }
    }

    /// Tells `each` where matches start that lie in `span`; in order of token, then pattern.
    pub fn find_in(
        &self,
        field: &Field<'_>,
        span: TokenSpan,
        scratch: &mut SweepScratch,
        mut each: impl FnMut(Start),
    ) {
        if Self::is_exact(span) {
            scratch.short.window.layout.add(Stretch::whole(span));
            scratch.spans.push(0);
            self.look_at_short(field, None, Asking::Any, scratch, &mut each);
        } else {
            self.look_at_long(field, 0, span, scratch, &mut each);
        }
    }

    /// Tells `each` the patterns that match from the first to the last token of one of `spans`; none for a long one.
    pub fn find_whole(
        &self,
        field: &Field<'_>,
        spans: impl Iterator<Item = TokenSpan>,
        scratch: &mut SweepScratch,
        mut each: impl FnMut(Start),
    ) {
        for (number, span) in (0..).zip(spans).filter(|&(_, span)| Self::is_exact(span)) {
            if !scratch.short.window.layout.add(Stretch::whole(span)) {
                self.look_at_short(field, None, Asking::Whole, scratch, &mut each);
                scratch.short.window.layout.add(Stretch::whole(span));
            }
            scratch.spans.push(number);
        }
        self.look_at_short(field, None, Asking::Whole, scratch, &mut each);
    }

    /// Searches the window of short spans, and empties it.
    fn look_at_short(
        &self,
        field: &Field<'_>,
        known: Option<&[(Feature, u64)]>,
        asking: Asking,
        scratch: &mut SweepScratch,
        each: &mut impl FnMut(Start),
    ) {
        let SweepScratch { short, walking, live, spans, found, .. } = scratch;
        if spans.is_empty() {
            return short.window.layout.clear();
        }
        let mut search = Search::open(self, field, short, walking, known);
        let layout = &search.window.layout;
        let (starts, ends) = match asking {
            Asking::Any => (u64::ALL, layout.all()),
            Asking::Whole => (layout.starts, layout.ends),
        };
        search.all(live, ends, |rule, places| (places & starts).each(|place| found.push((place, rule))));
        found.sort_unstable();
        for (place, rule) in found.drain(..) {
            let layout = &short.window.layout;
            each(Start { span: spans[layout.number_of(place)], at: index(layout.token(place)), rule });
        }
        spans.clear();
        short.window.layout.clear();
    }

    /// Searches a long span.
    fn look_at_long(
        &self,
        field: &Field<'_>,
        span: u32,
        bounds: TokenSpan,
        scratch: &mut SweepScratch,
        each: &mut impl FnMut(Start),
    ) {
        let SweepScratch { long, walking, live, found, .. } = scratch;
        for Part { from, to, starts: may } in parts(bounds, WINDOW, BACK) {
            long.window.layout.clear();
            long.window.layout.add(Stretch { tokens: TokenSpan::new(index(from), index(to)), bounds });
            let mut search = Search::open(self, field, long, walking, None);
            let ends = search.window.layout.all();
            search.all(live, ends, |rule, starts| {
                (starts & may).each(|place| found.push((from + place, rule)));
            });
        }
        found.sort_unstable();
        for (at, rule) in found.drain(..) {
            each(Start { span, at: index(at), rule });
        }
    }

    /// The patterns that could match if more of the sentence were as they need it: what is rarest in them is there, or rows
    /// of its list with other values.
    pub fn in_question(&self, field: &Field<'_>) -> RuleBits {
        let mut window = Window::<u128>::default();
        let (mut all, mut live) = (RuleBits::default(), RuleBits::default());
        let mut sifting = Sifting::default();
        for Part { from, to, .. } in parts(field.bounds, WINDOW, BACK) {
            let tokens = TokenSpan::new(index(from), index(to));
            window.layout.clear();
            window.layout.add(Stretch { tokens, bounds: field.bounds });
            window.open(field, Features::Of(&self.asked));
            self.sieve.in_question(&window, field, &mut live, &mut sifting);
            all.add_all(&live);
        }
        for (number, rule) in (0..).zip(&self.rules) {
            if let Some((place, features)) = &rule.rarest
                && self.lists_of(features).any(|list| has_row(field, *place, list))
            {
                all.add(number);
            }
        }
        all
    }

    /// The lists of which tokens that show one of these have a row.
    fn lists_of(&self, features: &[Feature]) -> impl Iterator<Item = WordListId> {
        let shown = |rows: &&Listed| rows.shown.iter().any(|feature| features.contains(feature));
        self.rows.iter().filter(shown).map(|rows| rows.list)
    }
}

/// Is a row of the list there, whatever its value?
fn has_row(field: &Field<'_>, place: Where, list: WordListId) -> bool {
    let begins_mention = |at: usize| field.mentions.starting(at).is_some();
    field.bounds.range().any(|at| {
        field.hits.starting_at(at).iter().any(|hit| {
            let stands_there = match place {
                Where::Anywhere => true,
                Where::After => field.mentions.ending(at).is_some(),
                Where::Before => begins_mention(at + 1) || begins_mention(hit.tokens.end as usize),
            };
            stands_there && field.gazetteer.words(hit.key).iter().any(|row| row.list == list)
        })
    })
}
