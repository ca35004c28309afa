//! Cuts each sentence into names and the rest: the best-scoring path over listed names and unknown capitalized runs.
//!
//! Scores are integers. A listed name earns by its length; an unknown run of capitalized words earns less, more if its
//! words have the shape of a person, an institution or a place, and nothing where capitals tell nothing.

use super::listed::{Listed, Place};
use super::marks::{Mark, Marks, looks_like_name};
use crate::gazetteer::{Agreement, Strength};
use crate::model::{Case, Gap, Sentence, SentenceForm, TokenKind, TokenSpan};
use crate::rules::Page;

/// A stretch of text that may be a mention.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) tokens: TokenSpan,
    /// Listed readings, if any.
    pub(super) place: Option<Place>,
    pub(super) sentence: u32,
}

/// The most tokens of an unknown name.
const LONGEST: usize = 12;

/// Buffers of the search for the best path.
#[derive(Clone, Debug, Default)]
pub(super) struct Segmenter {
    best: Vec<(i32, Option<Segment>)>,
}

impl Segmenter {
    /// Fills `out` with the segments of all sentences, in order, not overlapping.
    pub(super) fn fill(&mut self, page: &Page<'_>, listed: &Listed, marks: &Marks, out: &mut Vec<Segment>) {
        out.clear();
        for (index, sentence) in page.text.sentences.iter().enumerate() {
            let view =
                View { page, listed, marks, sentence, index: u32::try_from(index).unwrap_or(u32::MAX) };
            self.sentence(&view, out);
        }
    }

    fn sentence(&mut self, view: &View<'_>, out: &mut Vec<Segment>) {
        let (start, end) = (view.sentence.tokens.start as usize, view.sentence.tokens.end as usize);
        self.best.clear();
        self.best.resize(end - start + 1, (i32::MIN, None));
        self.best[0].0 = 0;
        for at in start..end {
            let so_far = self.best[at - start].0;
            if so_far == i32::MIN {
                continue;
            }
            self.offer(at + 1 - start, so_far, None);
            view.each_from(at, |score, segment| {
                if score > 0 {
                    self.offer(segment.tokens.end as usize - start, so_far + score, Some(segment));
                }
            });
        }
        self.trace(start, out);
    }

    fn offer(&mut self, at: usize, score: i32, segment: Option<Segment>) {
        if let Some(place) = self.best.get_mut(at)
            && score > place.0
        {
            *place = (score, segment);
        }
    }

    fn trace(&self, start: usize, out: &mut Vec<Segment>) {
        let from = out.len();
        let mut at = self.best.len() - 1;
        while at > 0 {
            match self.best[at].1 {
                Some(segment) => {
                    out.push(segment);
                    at = segment.tokens.start as usize - start;
                }
                None => at -= 1,
            }
        }
        out[from..].reverse();
    }
}

struct View<'v> {
    page: &'v Page<'v>,
    listed: &'v Listed,
    marks: &'v Marks,
    sentence: &'v Sentence,
    index: u32,
}

impl View<'_> {
    /// Calls `each` with every segment that may start at token `at` and its score.
    fn each_from(&self, at: usize, mut each: impl FnMut(i32, Segment)) {
        for place in self.listed.starting_at(at) {
            if place.tokens.end <= self.sentence.tokens.end && !self.cuts_date(place.tokens) {
                let segment = Segment { tokens: place.tokens, place: Some(*place), sentence: self.index };
                each(self.listed_score(place), segment);
            }
        }
        if self.sentence.form != SentenceForm::Capitals {
            self.each_unknown(at, each);
        }
    }

    /// Does the stretch lie in a date, or share a part with one?
    fn cuts_date(&self, tokens: TokenSpan) -> bool {
        let date = |at: u32| self.marks.has(at as usize, Mark::DATE);
        let inside = date(tokens.start) && date(tokens.end - 1);
        inside || (date(tokens.start) && tokens.start > 0 && date(tokens.start - 1))
    }

    fn listed_score(&self, place: &Place) -> i32 {
        let words = self.words_in(place.tokens);
        let readings = self.listed.readings(place);
        let sure = readings.iter().any(|r| r.strength <= Strength::Cased && r.agreement <= Agreement::Folded);
        let shouted =
            readings.iter().any(|r| r.strength <= Strength::Cased && r.agreement == Agreement::Shouted);
        let common = words == 1 && self.marks.has(place.tokens.start as usize, Mark::COMMON);
        match (sure, shouted) {
            // more than the country and the institution earn apart
            (true, _) if readings.iter().any(|r| r.country.is_some()) => 14 * words + 20,
            (true, _) if place.institution => 12 * words + 2,
            (true, _) => 14 * words + 8,
            (_, true) if common => 0,
            (_, true) => 12 * words,
            _ if common && self.opens(place.tokens.start as usize) => 0,
            _ => 10 * words - 7,
        }
    }

    fn words_in(&self, tokens: TokenSpan) -> i32 {
        let words = self.page.text.tokens[tokens.range()].iter().filter(|t| t.is_wordlike()).count();
        i32::try_from(words).unwrap_or(i32::MAX / 64)
    }

    fn each_unknown(&self, at: usize, mut each: impl FnMut(i32, Segment)) {
        let mut run = Run::default();
        let end = (self.sentence.tokens.end as usize).min(at + LONGEST);
        for i in at..end {
            let Some(step) = self.step(at, i) else { return };
            run.add(&step);
            if step.name {
                let tokens = TokenSpan::new(to_u32(at), to_u32(i + 1));
                each(run.score(), Segment { tokens, place: None, sentence: self.index });
            }
        }
    }

    /// What token `i` brings to an unknown name that starts at `from`; `None` if it cannot be inside.
    fn step(&self, from: usize, i: usize) -> Option<Step> {
        let token = self.page.text.tokens.get(i)?;
        let marks = |mark| self.marks.has(i, mark);
        if marks(Mark::DATE) || (i > from && token.gap == Gap::Blank) {
            return None;
        }
        let head = |mark| marks(mark) && token.is_capitalized();
        let step = Step {
            first: i == from,
            name: self.nameable(i),
            head: head(Mark::ORG_HEAD),
            head_first: head(Mark::ORG_HEAD_FIRST),
            suffix: marks(Mark::ORG_SUFFIX) && i > from,
            place_head: head(Mark::PLACE_HEAD),
            given: marks(Mark::GIVEN),
            surname: marks(Mark::SURNAME),
            common: marks(Mark::COMMON),
            opens: self.opens(i),
            foreign: marks(Mark::TITLE) || marks(Mark::ROLE) || marks(Mark::STOP),
            nationality: self.is_nationality(i),
            link: marks(Mark::CONNECTOR),
            and: marks(Mark::AND),
        };
        let free = marks(Mark::PARTICLE) || self.joins(i);
        let inside = i > from && (step.link || step.and || free);
        (step.name || inside || (i == from && marks(Mark::PARTICLE))).then_some(step)
    }

    /// Can token `i` be a word of a name by its looks, here?
    fn nameable(&self, i: usize) -> bool {
        let Some(token) = self.page.text.tokens.get(i) else { return false };
        let looks = looks_like_name(token);
        let title_case = self.sentence.form == SentenceForm::TitleCase;
        looks && !(title_case && self.marks.has(i, Mark::COMMON)) && !self.marks.has(i, Mark::FURNITURE)
    }

    /// Punctuation that holds a name together: a hyphen or ampersand, an apostrophe, the period of an initial.
    fn joins(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        let (Some(before), Some(token), Some(after)) =
            (i.checked_sub(1).map(|p| tokens[p]), tokens.get(i), tokens.get(i + 1))
        else {
            return false;
        };
        if token.kind != TokenKind::Punctuation {
            return false;
        }
        let mark = self.page.surface(TokenSpan::new(to_u32(i), to_u32(i + 1)));
        let glued = token.gap == Gap::None && after.gap == Gap::None;
        let initial =
            before.case == Case::Capital && before.end - before.start <= 2 && token.gap == Gap::None;
        match mark {
            "-" | "‐" | "‑" | "'" | "’" => {
                glued && looks_like_name(after) | self.marks.has(i + 1, Mark::PARTICLE)
            }
            "&" => looks_like_name(after),
            "." => initial && looks_like_name(after),
            _ => false,
        }
    }

    /// First word of the sentence, of a quotation in it, or of a line.
    fn opens(&self, i: usize) -> bool {
        let start = self.sentence.tokens.start as usize;
        i == start
            || (start..i).all(|j| self.page.text.tokens[j].kind == TokenKind::Punctuation)
            || (i > 0
                && self.page.text.tokens[i - 1].kind == TokenKind::Punctuation
                && self
                    .page
                    .surface(TokenSpan::new(to_u32(i - 1), to_u32(i)))
                    .contains(['"', '“', '”', '„', '«', ':']))
    }

    fn is_nationality(&self, i: usize) -> bool {
        self.listed
            .starting_at(i)
            .iter()
            .any(|place| place.tokens.len() == 1 && self.listed.readings(place).iter().any(|r| r.demonym))
    }
}

/// What one token brings to an unknown name.
struct Step {
    first: bool,
    name: bool,
    head: bool,
    head_first: bool,
    suffix: bool,
    place_head: bool,
    given: bool,
    surname: bool,
    common: bool,
    opens: bool,
    foreign: bool,
    nationality: bool,
    link: bool,
    and: bool,
}

/// An unknown name as it grows word by word.
#[derive(Default)]
struct Run {
    names: i32,
    cost: i32,
    links: i32,
    given_first: bool,
    head_first: bool,
    head_last: bool,
    suffix_last: bool,
    place_head: bool,
    surname_last: bool,
    plain: bool,
    and_open: bool,
}

impl Run {
    fn add(&mut self, step: &Step) {
        if step.first {
            self.given_first = step.given;
            self.head_first = step.head_first;
            self.plain = step.common;
        }
        if step.name {
            self.names += 1;
            self.head_last = step.head && !step.first;
            self.suffix_last = step.suffix;
            self.place_head =
                (step.place_head && !step.first) || (self.names > 1 && self.place_head && self.links == 0);
            self.surname_last = step.surname;
            self.cost += i32::from(step.common && step.opens) * 13 + i32::from(step.foreign) * 12;
            self.cost += i32::from(step.nationality && step.first) * 6;
            if self.names > 1 && step.head_first && self.and_open {
                self.cost += 30;
            }
            self.plain &= step.common;
        } else {
            self.links += i32::from(step.link) + i32::from(step.and);
            self.and_open |= step.and;
        }
    }

    fn score(&self) -> i32 {
        let organization =
            (self.head_first && self.links > 0) || (self.names > 1 && (self.head_last || self.suffix_last));
        if self.links > 0 && !organization {
            return 0;
        }
        let person = self.given_first && self.names > 1 && !self.head_last;
        let mut score = 10 * self.names - 8 - self.cost - 2 * self.links;
        if organization {
            score += 14;
        } else if person {
            score += 8 + 3 * i32::from(self.surname_last);
        } else if self.place_head && self.names > 1 {
            score += 8;
        } else if self.plain {
            score -= 8;
        }
        score
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
