//! Finds the expressions of a document: of those that start at a token the longest wins, then the order of the files. No
//! look-up of the calendar here.

use super::compose::Caught;
use super::lexicon::Lexicon;
use super::meaning::Reading;
use super::rule::{Make, Rule};
use crate::model::TokenSpan;
use crate::rules::{Field, Lexis, MatchScratch, MentionMap, Page, RuleMatch, Start, Sweep, SweepScratch};

/// An expression found, not yet placed in time.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) tokens: TokenSpan,
    pub(super) reading: Reading,
    /// Number of the rule.
    pub(super) rule: usize,
    /// Index of its sentence.
    pub(super) sentence: usize,
}

/// Finds where rules match.
#[derive(Debug, Default)]
pub(super) struct Seeker {
    sweep: Sweep,
}

/// Buffers reused between documents.
#[derive(Default)]
pub struct DateScratch {
    /// Where matches start in the sentences.
    starts: Vec<Start>,
    sweeping: SweepScratch,
    matching: MatchScratch,
}

impl Seeker {
    pub(super) fn new(rules: &[Rule], lexis: Lexis<'_>) -> Self {
        Self { sweep: Sweep::of(rules.iter().map(|rule| &rule.pattern), lexis) }
    }

    #[cfg(test)]
    pub(super) const fn sweep(&self) -> &Sweep {
        &self.sweep
    }

    /// All expressions of the page, in order; they do not overlap.
    pub(super) fn find(
        &self,
        rules: &[Rule],
        page: &Page<'_>,
        lexicon: Lexicon<'_>,
        scratch: &mut DateScratch,
    ) -> Vec<Found> {
        let DateScratch { starts, sweeping, matching } = scratch;
        let nothing = MentionMap::default();
        let mut all = Vec::new();
        let sentences = &page.text.sentences;
        starts.clear();
        self.sweep.find(page, &nothing, |_| true, sweeping, |start| starts.push(start));
        let mut from = 0;
        for here in starts.chunk_by(|one, other| one.at == other.at) {
            let (at, sentence) = (here[0].at as usize, here[0].span as usize);
            let Some(part) = sentences.get(sentence).filter(|_| at >= from) else { continue };
            let field = page.field(&nothing, part.tokens);
            let Some(best) = best_of(rules, here, &field, lexicon, matching) else { continue };
            from = best.end.max(at + 1);
            let found = |(tokens, reading)| Found { tokens, reading, rule: best.rule, sentence };
            all.extend(best.mentions.into_iter().map(found));
        }
        all
    }
}

/// The longest of the expressions that start at a token; of equally long ones that of the first rule.
fn best_of(
    rules: &[Rule],
    starts: &[Start],
    field: &Field<'_>,
    lexicon: Lexicon<'_>,
    matching: &mut MatchScratch,
) -> Option<Best> {
    let mut best: Option<Best> = None;
    for &Start { at, rule: number, .. } in starts {
        let Some(rule) = rules.get(number as usize) else { continue };
        let Some(found) = rule.pattern.match_at(field, at as usize, matching) else { continue };
        let Some(read) = read(rule, &found, lexicon) else { continue };
        if best.as_ref().is_none_or(|b| read.length > b.length) {
            best = Some(Best { rule: number as usize, ..read });
        }
    }
    best
}

/// The best match at a token.
struct Best {
    rule: usize,
    mentions: Vec<(TokenSpan, Reading)>,
    end: usize,
    /// Tokens from the first mention's start to the last one's end.
    length: usize,
}

/// What a match says; `None` if a part of it cannot be.
fn read(rule: &Rule, found: &RuleMatch, lexicon: Lexicon<'_>) -> Option<Best> {
    let mut mentions = Vec::new();
    let (mut start, mut end) = (u32::MAX, 0);
    for emit in &rule.emits {
        let caught = Caught { lexicon, pattern: &rule.pattern, found, emit };
        let span = caught.span();
        start = start.min(span.start);
        end = end.max(span.end);
        if emit.make != Make::Nothing {
            mentions.push((span, caught.reading()?));
        }
    }
    let length = end.checked_sub(start)? as usize;
    Some(Best { rule: 0, mentions, end: end as usize, length })
}
