//! Matches a compiled pattern at one token: a backtracking walk that visits no (step, token) pair twice.

use super::aside::aside_ends;
use super::mentions::MentionMap;
use super::pattern::Pattern;
use super::program::Step;
use super::test::Test;
use super::{BACK, WINDOW};
use crate::gazetteer::{Gazetteer, ListedWord, ValueId, WordListId, word_agrees};
use crate::model::{Gap, Hit, Hits, KeyId, Look, Token, TokenSpan, TypeId, WordId};

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

impl Field<'_> {
    /// Does the token look so that rows of some list may begin there?
    fn may_list(&self, at: usize) -> bool {
        self.hits.shows.get(at).is_some_and(|shows| shows.rows != 0 || shows.has(Look::Phrase))
    }

    /// Does a step that takes one token take token `at`?
    pub(super) fn takes(&self, step: &Step, at: usize) -> bool {
        match step {
            Step::Test(test) => self.passes(test, at),
            Step::Words(words) => self.is_one_of(words, at),
            Step::Phrase(breaks) => self.in_phrase(*breaks, at),
            _ => false,
        }
    }

    /// Where the row of `list` with one of `values` (any if none) stands among the rows of a hit, if it has one.
    pub fn row_of(&self, hit: &Hit, list: WordListId, values: &[ValueId]) -> Option<usize> {
        let fits = |row: &ListedWord| {
            row.list == list
                && (values.is_empty() || values.contains(&row.value))
                && self.case_fits(row, hit.tokens)
        };
        self.gazetteer.words(hit.key).iter().position(fits)
    }

    /// May token `at` stand in a noun phrase before its head? Other mentions may, dates and breaking words may not.
    fn in_phrase(&self, breaks: WordListId, at: usize) -> bool {
        if !self.passes(&Test::InPhrase, at) {
            return false;
        }
        if let Some(type_id) = self.mentions.type_at(at) {
            return type_id != TypeId::DATE;
        }
        if !self.may_list(at) {
            return true;
        }
        let single = |h: &&Hit| h.tokens.len() == 1;
        !self.hits.starting_at(at).iter().filter(single).any(|hit| self.row_of(hit, breaks, &[]).is_some())
    }

    fn passes(&self, test: &Test, at: usize) -> bool {
        if at >= self.bounds.end as usize {
            return false;
        }
        let Some(token) = self.tokens.get(at) else { return false };
        let free = match test {
            Test::Running => self.mentions.covering(at).is_none(),
            Test::Bare => !self.mentions.type_at(at).is_some_and(is_actor),
            _ => true,
        };
        free && test.accepts(token, self.source)
    }

    fn is_one_of(&self, words: &[WordId], at: usize) -> bool {
        at < self.bounds.end as usize
            && self.tokens.get(at).is_some_and(|token| words.binary_search(&token.word).is_ok())
    }

    fn case_fits(&self, row: &ListedWord, tokens: TokenSpan) -> bool {
        word_agrees(self.gazetteer, row, self.source, &self.tokens[tokens.range()])
    }
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

/// No mention, no key: nothing is remembered.
const NOTHING: u32 = u32::MAX;

/// What a capture has caught so far; as small as can be, for alternatives put it aside and back.
#[derive(Clone, Copy, Debug)]
struct Caught {
    taken: bool,
    from: u32,
    to: u32,
    mention: u32,
    row: Row,
}

/// A list row: its key and its place among the rows of the key.
#[derive(Clone, Copy, Debug)]
struct Row {
    key: u32,
    at: u32,
}

impl Caught {
    const NONE: Self =
        Self { taken: false, from: 0, to: 0, mention: NOTHING, row: Row { key: NOTHING, at: 0 } };

    fn capture(&self, gazetteer: &Gazetteer) -> Option<Capture> {
        let row = (self.row.key != NOTHING)
            .then(|| gazetteer.words(KeyId(self.row.key)).get(self.row.at as usize).copied())
            .flatten();
        let mention = (self.mention != NOTHING).then_some(self.mention);
        self.taken.then_some(Capture { tokens: (self.from, self.to), row, mention })
    }
}

enum Job {
    Explore { step: u32, at: u32 },
    ExploreRow { step: u32, at: u32, slot: u16, row: Row },
    Restore { slot: u16, old: Caught },
}

/// Buffers reused between matches.
#[derive(Default)]
pub struct MatchScratch {
    jobs: Vec<Job>,
    /// For each (step, token) pair, the number of the walk that came by last.
    visited: Vec<u32>,
    walk: u32,
    /// Remember all pairs, not only where ways join: for those who ask how far a walk came.
    pub(super) thorough: bool,
    captures: Vec<Caught>,
    ends: Vec<u32>,
    /// For what is looked up around a token meanwhile.
    inner: Option<Box<MatchScratch>>,
}

impl MatchScratch {
    /// Has the last walk, if it was thorough, come by there?
    pub(super) fn tried(&self, step: usize, offset: usize) -> bool {
        self.visited.get(step * WIDTH + offset) == Some(&self.walk)
    }

    /// Makes ready for another walk.
    fn clear(&mut self, pattern: &Pattern) {
        self.jobs.clear();
        self.captures.clear();
        self.captures.resize(pattern.slots.len(), Caught::NONE);
        if self.visited.len() < pattern.steps.len() * WIDTH {
            self.visited.resize(pattern.steps.len() * WIDTH, self.walk);
        }
        self.walk = self.walk.wrapping_add(1);
        if self.walk == 0 {
            self.visited.fill(0);
            self.walk = 1;
        }
    }
}

/// Tokens that a walk may stand before.
const WIDTH: usize = WINDOW + 1;

impl Pattern {
    /// The match that starts at token `at`, if any: the first one in the order that the pattern prefers.
    pub fn match_at(&self, field: &Field<'_>, at: usize, scratch: &mut MatchScratch) -> Option<RuleMatch> {
        let end = self.end_at(field, at, scratch)?;
        let start = u32::try_from(at).ok()?;
        let captures = scratch.captures.iter().map(|caught| caught.capture(field.gazetteer)).collect();
        Some(RuleMatch { tokens: TokenSpan::new(start, end), captures })
    }

    /// The mention that the match which starts at token `at` catches in a slot.
    pub fn mention_at(
        &self,
        field: &Field<'_>,
        at: usize,
        slot: Option<usize>,
        scratch: &mut MatchScratch,
    ) -> Option<u32> {
        self.end_at(field, at, scratch)?;
        let caught = scratch.captures.get(slot?)?;
        (caught.taken && caught.mention != NOTHING).then_some(caught.mention)
    }

    /// Where the match that starts at token `at` ends.
    pub fn end_at(&self, field: &Field<'_>, at: usize, scratch: &mut MatchScratch) -> Option<u32> {
        Walk::new(self, field, at, scratch)?.run()
    }

    pub(super) fn matches_before(&self, field: &Field<'_>, at: usize, scratch: &mut MatchScratch) -> bool {
        match self.leading_step() {
            Some(Step::Mention { types, .. }) => field
                .mentions
                .ending(at)
                .is_some_and(|(span, t)| types.has(t) && span.start >= field.bounds.start),
            Some(Step::First | Step::Last) | None => false,
            Some(_) => {
                let least = at.saturating_sub(BACK).max(field.bounds.start as usize);
                let inside = |from: usize| from + 1 < at && field.mentions.covering(from).is_some();
                let field = Field { bounds: TokenSpan::new(field.bounds.start, to_u32(at)), ..*field };
                (least..at)
                    .rev()
                    .filter(|&from| !inside(from))
                    .any(|from| self.end_at(&field, from, scratch).is_some_and(|end| end as usize == at))
            }
        }
    }
}

/// Offsets from token `at` that a match may come to, the end included; `None` outside the field.
pub(super) fn width(field: &Field<'_>, at: usize) -> Option<usize> {
    let end = (field.bounds.end as usize).min(field.tokens.len());
    Some(end.checked_sub(at)?.min(WINDOW) + 1)
}

pub(super) struct Walk<'w, 'a> {
    pattern: &'w Pattern,
    field: &'w Field<'a>,
    from: usize,
    width: usize,
    scratch: &'w mut MatchScratch,
}

impl<'w, 'a> Walk<'w, 'a> {
    pub(super) fn new(
        pattern: &'w Pattern,
        field: &'w Field<'a>,
        at: usize,
        scratch: &'w mut MatchScratch,
    ) -> Option<Self> {
        let width = width(field, at)?;
        scratch.clear(pattern);
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
            next = Some(self.other_way()?);
        }
    }

    /// The next way that was put aside; what was caught since then is forgotten.
    fn other_way(&mut self) -> Option<(u32, u32)> {
        loop {
            match self.scratch.jobs.pop()? {
                Job::Explore { step, at } => return Some((step, at)),
                Job::ExploreRow { step, at, slot, row } => {
                    self.remember(slot, |c| c.row = row);
                    return Some((step, at));
                }
                Job::Restore { slot, old } => self.scratch.captures[usize::from(slot)] = old,
            }
        }
    }

    /// May the walk go there? Not if it has been there: only steps that several ways lead to need to remember.
    #[inline]
    fn visit(&mut self, step: u32, at: u32) -> bool {
        let offset = at as usize - self.from;
        if offset >= self.width {
            return false;
        }
        if !self.pattern.joins[step as usize] && !self.scratch.thorough {
            return true;
        }
        let seen = &mut self.scratch.visited[step as usize * WIDTH + offset];
        std::mem::replace(seen, self.scratch.walk) != self.scratch.walk
    }

    /// Where to go on after `step` at token `at`; alternatives are put on the stack.
    fn advance(&mut self, step: u32, at: u32) -> Option<(u32, u32)> {
        let pattern = self.pattern;
        let next = step + 1;
        match &pattern.steps[step as usize] {
            taking @ (Step::Test(_) | Step::Words(_) | Step::Phrase(_)) => {
                self.field.takes(taking, at as usize).then_some((next, at + 1))
            }
            Step::List { list, values, slot } => {
                self.push_rows(*list, values, at, next, *slot);
                None
            }
            Step::Mention { types, slot } => {
                let (index, span, type_id) = self.field.mentions.starting(at as usize)?;
                if !types.has(type_id) {
                    return None;
                }
                if let Some(slot) = *slot {
                    self.remember(slot, |c| c.mention = to_u32(index));
                }
                Some((next, span.end))
            }
            Step::Split { first, second } => {
                self.scratch.jobs.push(Job::Explore { step: *second, at });
                Some((*first, at))
            }
            Step::Jump(to) => Some((*to, at)),
            Step::Open(slot) => {
                self.remember(*slot, |c| *c = Caught { from: at, to: at, ..Caught::NONE });
                Some((next, at))
            }
            Step::Close(slot) => {
                self.remember(*slot, |c| c.to = at);
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
            Step::Aside => {
                self.push_asides(at, next);
                None
            }
            Step::Accept => None,
        }
    }

    fn look(&mut self, look: &Pattern, at: usize, behind: bool) -> bool {
        let mut inner = self.scratch.inner.take().unwrap_or_default();
        let found = if behind {
            look.matches_before(self.field, at, &mut inner)
        } else {
            at <= self.field.bounds.end as usize && look.end_at(self.field, at, &mut inner).is_some()
        };
        self.scratch.inner = Some(inner);
        found
    }

    /// Puts the list's rows that start at `at` on the stack, each with its end, the longest on top.
    fn push_rows(&mut self, list: WordListId, values: &[ValueId], at: u32, next: u32, slot: Option<u16>) {
        let field = self.field;
        if !field.may_list(at as usize) {
            return;
        }
        for hit in field.hits.starting_at(at as usize).iter().rev() {
            if hit.tokens.end > field.bounds.end {
                continue;
            }
            if let Some(row) = field.row_of(hit, list, values) {
                let (at, row) = (hit.tokens.end, Row { key: hit.key.0, at: to_u32(row) });
                self.scratch.jobs.push(match slot {
                    Some(slot) => Job::ExploreRow { step: next, at, slot, row },
                    None => Job::Explore { step: next, at },
                });
            }
        }
    }

    /// Puts the ends of the aside that begins at `at` on the stack, the nearest on top.
    fn push_asides(&mut self, at: u32, next: u32) {
        let mut ends = std::mem::take(&mut self.scratch.ends);
        aside_ends(self.field, at as usize, &mut ends);
        self.scratch.jobs.extend(ends.iter().rev().map(|&at| Job::Explore { step: next, at }));
        self.scratch.ends = ends;
    }

    fn remember(&mut self, slot: u16, change: impl FnOnce(&mut Caught)) {
        let place = &mut self.scratch.captures[usize::from(slot)];
        self.scratch.jobs.push(Job::Restore { slot, old: *place });
        change(place);
        place.taken = true;
    }
}

pub(super) const fn is_actor(type_id: TypeId) -> bool {
    matches!(type_id, TypeId::PERSON | TypeId::ORGANIZATION)
}

fn to_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
