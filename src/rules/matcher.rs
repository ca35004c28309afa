//! Matches a compiled pattern at one token: a backtracking walk that visits no (step, token) pair twice.

use super::WINDOW;
use super::aside::aside_ends;
use super::pattern::Pattern;
use super::program::Step;
use super::test::Test;
use crate::gazetteer::{Gazetteer, ListedWord, WordListId, word_agrees};
use crate::model::{Gap, Hit, Hits, Token, TokenSpan, TypeId};

/// Which mention starts at, covers and ends before each token.
#[derive(Clone, Debug, Default)]
pub struct MentionMap {
    spots: Vec<(TokenSpan, TypeId)>,
    /// For each token, 1 + the index of the mention that covers it; 0 for none.
    covering: Vec<u32>,
}

impl MentionMap {
    /// Refills the map. `mentions` are in order and do not overlap.
    pub fn fill(&mut self, tokens: usize, mentions: impl Iterator<Item = (TokenSpan, TypeId)>) {
        self.spots.clear();
        self.covering.clear();
        self.covering.resize(tokens, 0);
        for (span, type_id) in mentions {
            self.spots.push((span, type_id));
            let number = u32::try_from(self.spots.len()).unwrap_or(u32::MAX);
            for covered in self.covering.get_mut(span.range()).into_iter().flatten() {
                *covered = number;
            }
        }
    }

    /// Index of the mention that covers token `at`.
    pub fn covering(&self, at: usize) -> Option<usize> {
        self.covering.get(at).and_then(|&n| (n as usize).checked_sub(1))
    }

    fn type_at(&self, at: usize) -> Option<TypeId> {
        self.covering(at).and_then(|index| self.spots.get(index)).map(|&(_, type_id)| type_id)
    }

    /// Type of the mention that starts at token `at`.
    pub fn type_starting(&self, at: usize) -> Option<TypeId> {
        self.starting(at).map(|(_, _, type_id)| type_id)
    }

    fn starting(&self, at: usize) -> Option<(usize, TokenSpan, TypeId)> {
        let index = self.covering(at)?;
        let &(span, type_id) = self.spots.get(index)?;
        (span.start as usize == at).then_some((index, span, type_id))
    }

    fn ending(&self, at: usize) -> Option<(TokenSpan, TypeId)> {
        let &(span, type_id) = self.spots.get(self.covering(at.checked_sub(1)?)?)?;
        (span.end as usize == at).then_some((span, type_id))
    }
}

/// What patterns look at: a document's tokens and hits, the mentions found so far, and the bounds of the sentence.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// The decoded text.
    pub source: &'a str,
    /// All tokens of the document.
    pub tokens: &'a [Token],
    /// All hits of the document.
    pub hits: &'a Hits,
    /// The lists that hits refer to.
    pub gazetteer: &'a Gazetteer,
    /// Mentions found so far.
    pub mentions: &'a MentionMap,
    /// Matches stay inside.
    pub bounds: TokenSpan,
}

/// What a capture caught.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Capture {
    /// First token, first token after.
    pub tokens: (u32, u32),
    /// The list row, if a list was captured.
    pub row: Option<ListedWord>,
    /// The mention's index, if a mention was captured.
    pub mention: Option<u32>,
}

/// A match of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleMatch {
    /// All that was matched.
    pub tokens: TokenSpan,
    /// By slot of the pattern; `None` for captures that took no part.
    pub captures: Vec<Option<Capture>>,
}

impl RuleMatch {
    /// The tokens of a slot.
    pub fn tokens_of(&self, slot: Option<usize>) -> Option<TokenSpan> {
        let capture = self.captures.get(slot?)?.as_ref()?;
        Some(TokenSpan::new(capture.tokens.0, capture.tokens.1))
    }

    /// The mention of a slot.
    pub fn mention_of(&self, slot: Option<usize>) -> Option<u32> {
        self.captures.get(slot?)?.as_ref()?.mention
    }

    /// The list row of a slot.
    pub fn row_of(&self, slot: Option<usize>) -> Option<ListedWord> {
        self.captures.get(slot?)?.as_ref()?.row
    }
}

/// A list row and the slot that remembers it.
type Remembered = Option<(u16, ListedWord)>;

enum Job {
    Explore { step: u32, at: u32, row: Remembered },
    Restore { slot: u16, old: Option<Capture> },
}

/// Buffers reused between matches.
#[derive(Default)]
pub struct MatchScratch {
    jobs: Vec<Job>,
    /// Bit `step × width + offset`: the walk has been there.
    pub(super) visited: Vec<u64>,
    captures: Vec<Option<Capture>>,
}

impl Pattern {
    /// The match that starts at token `at`, if any: the first one in the order that the pattern prefers.
    pub fn match_at(&self, field: &Field<'_>, at: usize, scratch: &mut MatchScratch) -> Option<RuleMatch> {
        let end = Walk::new(self, field, at, scratch)?.run()?;
        let start = u32::try_from(at).ok()?;
        Some(RuleMatch { tokens: TokenSpan::new(start, end), captures: scratch.captures.clone() })
    }

    fn matches_before(&self, field: &Field<'_>, at: usize) -> bool {
        match self.steps.iter().find(|s| !matches!(s, Step::Open(_) | Step::Glued)) {
            Some(Step::Mention { types, .. }) => field
                .mentions
                .ending(at)
                .is_some_and(|(span, t)| types.has(t) && span.start >= field.bounds.start),
            Some(Step::First | Step::Last) | None => false,
            Some(_) => {
                let least = at.saturating_sub(6).max(field.bounds.start as usize);
                let mut scratch = MatchScratch::default();
                let inside = |from: usize| from + 1 < at && field.mentions.covering(from).is_some();
                (least..at).rev().filter(|&from| !inside(from)).any(|from| {
                    let field = Field { bounds: TokenSpan::new(field.bounds.start, to_u32(at)), ..*field };
                    self.match_at(&field, from, &mut scratch).is_some_and(|m| m.tokens.end as usize == at)
                })
            }
        }
    }
}

/// Offsets from token `at` that a match may come to, the end included; `None` outside the field.
pub(super) fn width(field: &Field<'_>, at: usize) -> Option<usize> {
    let end = (field.bounds.end as usize).min(field.tokens.len());
    Some(end.checked_sub(at)?.min(WINDOW) + 1)
}

struct Walk<'w, 'a> {
    pattern: &'w Pattern,
    field: &'w Field<'a>,
    from: usize,
    width: usize,
    scratch: &'w mut MatchScratch,
}

impl<'w, 'a> Walk<'w, 'a> {
    fn new(
        pattern: &'w Pattern,
        field: &'w Field<'a>,
        at: usize,
        scratch: &'w mut MatchScratch,
    ) -> Option<Self> {
        let width = width(field, at)?;
        scratch.jobs.clear();
        scratch.visited.clear();
        scratch.visited.resize((pattern.steps.len() * width).div_ceil(64), 0);
        scratch.captures.clear();
        scratch.captures.resize(pattern.slots.len(), None);
        Some(Self { pattern, field, from: at, width, scratch })
    }

    fn run(mut self) -> Option<u32> {
        let mut next = Some((0, to_u32(self.from)));
        loop {
            while let Some((step, at)) = next {
                if !self.visit(step, at) {
                    break;
                }
                if matches!(self.pattern.steps[step as usize], Step::Accept) {
                    return Some(at);
                }
                next = self.advance(step, at);
            }
            next = loop {
                match self.scratch.jobs.pop()? {
                    Job::Explore { step, at, row } => {
                        self.remember_row(row);
                        break Some((step, at));
                    }
                    Job::Restore { slot, old } => self.scratch.captures[usize::from(slot)] = old,
                }
            };
        }
    }

    fn visit(&mut self, step: u32, at: u32) -> bool {
        let offset = at as usize - self.from;
        if offset >= self.width {
            return false;
        }
        let bit = step as usize * self.width + offset;
        let seen = self.scratch.visited[bit / 64] >> (bit % 64) & 1 == 1;
        self.scratch.visited[bit / 64] |= 1 << (bit % 64);
        !seen
    }

    /// Where to go on after `step` at token `at`; alternatives are put on the stack.
    fn advance(&mut self, step: u32, at: u32) -> Option<(u32, u32)> {
        let pattern = self.pattern;
        let next = step + 1;
        match &pattern.steps[step as usize] {
            Step::Test(test) => self.passes(test, at as usize).then_some((next, at + 1)),
            Step::List { list, values, slot } => {
                let found = self.list_rows(*list, values, at, next, *slot);
                self.take_first(found)
            }
            Step::Mention { types, slot } => {
                let (index, span, type_id) = self.field.mentions.starting(at as usize)?;
                if !types.has(type_id) {
                    return None;
                }
                if let Some(slot) = *slot {
                    self.remember(slot, |c| c.mention = Some(to_u32(index)));
                }
                Some((next, span.end))
            }
            Step::Split { first, second } => {
                self.scratch.jobs.push(Job::Explore { step: *second, at, row: None });
                Some((*first, at))
            }
            Step::Jump(to) => Some((*to, at)),
            Step::Open(slot) => {
                self.remember(*slot, |c| *c = Capture { tokens: (at, at), ..Capture::default() });
                Some((next, at))
            }
            Step::Close(slot) => {
                self.remember(*slot, |c| c.tokens.1 = at);
                Some((next, at))
            }
            Step::Look { pattern: look, behind, negate } => {
                let look = &pattern.looks[*look as usize];
                (self.look(look, at as usize, *behind) != *negate).then_some((next, at))
            }
            Step::Glued => {
                self.field.tokens.get(at as usize).is_some_and(|t| t.gap == Gap::None).then_some((next, at))
            }
            Step::First => (at == self.field.bounds.start).then_some((next, at)),
            Step::Last => (at >= self.field.bounds.end).then_some((next, at)),
            Step::Phrase(breaks) => self.in_phrase(*breaks, at as usize).then_some((next, at + 1)),
            Step::Aside => {
                let ends = aside_ends(self.field, at as usize);
                self.take_first(ends.into_iter().map(|end| (next, end, None)).collect())
            }
            Step::Accept => None,
        }
    }

    /// May token `at` stand in a noun phrase before its head? Other mentions may, dates and breaking words may not.
    fn in_phrase(&self, breaks: WordListId, at: usize) -> bool {
        let field = self.field;
        if !self.passes(&Test::InPhrase, at) {
            return false;
        }
        if let Some(type_id) = field.mentions.type_at(at) {
            return type_id != TypeId::DATE;
        }
        let single = |h: &&Hit| h.tokens.len() == 1;
        !field
            .hits
            .starting_at(at)
            .iter()
            .filter(single)
            .any(|h| field.gazetteer.words(h.key).iter().any(|w| w.list == breaks))
    }

    fn passes(&self, test: &Test, at: usize) -> bool {
        if at >= self.field.bounds.end as usize {
            return false;
        }
        let Some(token) = self.field.tokens.get(at) else { return false };
        let free = match test {
            Test::Running => self.field.mentions.covering(at).is_none(),
            Test::Bare => !self.field.mentions.type_at(at).is_some_and(is_actor),
            _ => true,
        };
        free && test.accepts(token, self.field.source)
    }

    fn look(&self, look: &Pattern, at: usize, behind: bool) -> bool {
        if behind {
            return look.matches_before(self.field, at);
        }
        at <= self.field.bounds.end as usize
            && look.match_at(self.field, at, &mut MatchScratch::default()).is_some()
    }

    /// Ends of the list's rows that start at `at`, longest first, each with its row.
    fn list_rows(
        &mut self,
        list: WordListId,
        values: &[Box<str>],
        at: u32,
        next: u32,
        slot: Option<u16>,
    ) -> Vec<(u32, u32, Remembered)> {
        let field = self.field;
        let mut found = Vec::new();
        for hit in field.hits.starting_at(at as usize) {
            if hit.tokens.end > field.bounds.end {
                continue;
            }
            for row in field.gazetteer.words(hit.key).iter().filter(|r| r.list == list) {
                let value = field.gazetteer.value(row);
                if (values.is_empty() || values.iter().any(|v| **v == *value))
                    && self.case_fits(row, hit.tokens)
                {
                    found.push((next, hit.tokens.end, slot.map(|s| (s, *row))));
                    break;
                }
            }
        }
        found
    }

    fn case_fits(&self, row: &ListedWord, tokens: TokenSpan) -> bool {
        word_agrees(self.field.gazetteer, row, self.field.source, &self.field.tokens[tokens.range()])
    }

    fn take_first(&mut self, found: Vec<(u32, u32, Remembered)>) -> Option<(u32, u32)> {
        let mut found = found.into_iter();
        let (step, at, row) = found.next()?;
        for (step, at, row) in found.rev() {
            self.scratch.jobs.push(Job::Explore { step, at, row });
        }
        self.remember_row(row);
        Some((step, at))
    }

    fn remember_row(&mut self, row: Remembered) {
        if let Some((slot, row)) = row {
            self.remember(slot, |c| c.row = Some(row));
        }
    }

    fn remember(&mut self, slot: u16, change: impl FnOnce(&mut Capture)) {
        let place = &mut self.scratch.captures[usize::from(slot)];
        let mut capture = place.unwrap_or_default();
        self.scratch.jobs.push(Job::Restore { slot, old: *place });
        change(&mut capture);
        *place = Some(capture);
    }
}

const fn is_actor(type_id: TypeId) -> bool {
    matches!(type_id, TypeId::PERSON | TypeId::ORGANIZATION)
}

fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
