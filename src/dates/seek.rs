//! Finds the expressions of a document: at each token the rules that can start there and whose words stand near; the
//! longest mention wins, then the order of the files. No look-up of the calendar here.

use super::compose::Caught;
use super::lexicon::Lexicon;
use super::meaning::Reading;
use super::rule::{Make, Rule};
use crate::gazetteer::WordListId;
use crate::model::{TokenKind, TokenSpan, WordId};
use crate::rules::{Anchor, Field, MatchScratch, MentionMap, Page, Pattern, RuleIndex, RuleMatch, Starters};

/// How far from a rule's start its rarest word may stand, in tokens.
const REACH: usize = 8;
/// Expressions are no longer than this, in tokens.
const LONGEST: usize = 28;
/// More word lists than this share the last bit.
const LISTS: usize = 61;
/// The bit of tokens that rules without a list begin with.
const WORDS: u64 = 1 << 62;
/// The bit of tokens with digits.
const DIGITS: u64 = 1 << 63;

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

/// Which rules can start where.
#[derive(Debug, Default)]
pub(super) struct Seeker {
    index: RuleIndex,
    /// For each rule: the bits of which one must stand near its start.
    needs: Vec<u64>,
    /// The lists that rules begin with or need; their places are their bits.
    lists: Vec<WordListId>,
    /// The bit of each list, by its number.
    bits: Vec<u64>,
    /// Words that rules without a list begin with: a bit for each word of the vocabulary.
    words: Vec<u64>,
}

/// Buffers reused between documents.
#[derive(Default)]
pub struct DateScratch {
    near: Vec<u64>,
    candidates: Starters,
    matching: MatchScratch,
}

impl Seeker {
    pub(super) fn new(rules: &[Rule]) -> Self {
        let mut seeker = Self::default();
        for (at, rule) in rules.iter().enumerate() {
            let needs = seeker.needs_of(&rule.pattern);
            seeker.needs.push(needs);
            seeker.index.add(u32::try_from(at).unwrap_or(u32::MAX), &rule.pattern);
            for start in rule.pattern.starts() {
                match start {
                    Anchor::Word(word) if needs == u64::MAX => seeker.add_word(*word),
                    _ => {
                        seeker.bit_of(*start);
                    }
                }
            }
        }
        seeker
    }

    fn needs_of(&mut self, pattern: &Pattern) -> u64 {
        let bits = pattern.anchors().iter().map(|anchor| self.bit_of(*anchor));
        let bits: Vec<u64> = bits.collect();
        // a word that is in no list has no bit: then anything will do
        if bits.is_empty() || bits.contains(&0) {
            u64::MAX
        } else {
            bits.iter().fold(0, |all, bit| all | bit)
        }
    }

    fn bit_of(&mut self, anchor: Anchor) -> u64 {
        let list = match anchor {
            Anchor::List(list) | Anchor::Value(list, _) => list,
            Anchor::Digit => return DIGITS,
            _ => return 0,
        };
        let at = self.lists.iter().position(|l| *l == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        let number = usize::from(list.0);
        if self.bits.len() <= number {
            self.bits.resize(number + 1, 0);
        }
        self.bits[number] = 1 << at.min(LISTS);
        self.bits[number]
    }

    fn add_word(&mut self, word: WordId) {
        let at = word.0 as usize / 64;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (word.0 % 64);
    }

    fn begins_with(&self, word: WordId) -> bool {
        self.words.get(word.0 as usize / 64).is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
    }

    /// All expressions of the page, in order; they do not overlap.
    pub(super) fn find(
        &self,
        rules: &[Rule],
        page: &Page<'_>,
        lexicon: Lexicon<'_>,
        scratch: &mut DateScratch,
    ) -> Vec<Found> {
        self.mark(page, &mut scratch.near);
        let nothing = MentionMap::default();
        let mut all = Vec::new();
        for (sentence, part) in page.text.sentences.iter().enumerate() {
            let mut at = part.tokens.start as usize;
            while at < part.tokens.end as usize {
                let end = part.tokens.end.min(u32::try_from(at + LONGEST).unwrap_or(u32::MAX));
                let field = page.field(&nothing, TokenSpan::new(part.tokens.start, end));
                let best = self.best_at(rules, &field, lexicon, at, scratch);
                at = best.as_ref().map_or(at + 1, |b| b.end.max(at + 1));
                let found = best.into_iter().flat_map(|b| {
                    b.mentions.into_iter().map(move |(tokens, reading)| (tokens, reading, b.rule))
                });
                all.extend(found.map(|(tokens, reading, rule)| Found { tokens, reading, rule, sentence }));
            }
        }
        all
    }

    /// For each token, the bits of the lists that have a word there or within reach.
    fn mark(&self, page: &Page<'_>, near: &mut Vec<u64>) {
        near.clear();
        near.resize(page.text.tokens.len(), 0);
        for (at, token) in page.text.tokens.iter().enumerate() {
            let mut bits = match token.kind {
                TokenKind::Number | TokenKind::Mixed => DIGITS,
                _ => 0,
            };
            for hit in page.hits.starting_at(at) {
                for row in page.gazetteer.words(hit.key) {
                    bits |= self.bits.get(usize::from(row.list.0)).copied().unwrap_or(0);
                }
            }
            if self.begins_with(token.word) {
                near[at] |= WORDS;
            }
            if bits != 0 {
                for place in &mut near[at.saturating_sub(REACH)..=at] {
                    *place |= bits;
                }
            }
        }
    }

    fn best_at(
        &self,
        rules: &[Rule],
        field: &Field<'_>,
        lexicon: Lexicon<'_>,
        at: usize,
        scratch: &mut DateScratch,
    ) -> Option<Best> {
        let near = scratch.near.get(at).copied().filter(|bits| *bits != 0)?;
        let mut best: Option<Best> = None;
        self.index.at(field, at, None, &mut scratch.candidates);
        for number in scratch.candidates.iter() {
            let number = number as usize;
            if self.needs.get(number).is_none_or(|needs| needs & near == 0) {
                continue;
            }
            let Some(rule) = rules.get(number) else { continue };
            let Some(found) = rule.pattern.match_at(field, at, &mut scratch.matching) else { continue };
            let Some(read) = read(rule, &found, lexicon) else { continue };
            if best.as_ref().is_none_or(|b| read.length > b.length) {
                best = Some(Best { rule: number, ..read });
            }
        }
        best
    }
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
