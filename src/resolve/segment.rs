//! Cuts each sentence into names and the rest: the best-scoring path over listed names and unknown capitalized runs.
//!
//! Scores are integers. A listed name earns by its length; an unknown run of capitalized words earns less, more if its
//! words have the shape of a person, an institution or a place, and nothing where capitals tell nothing.

use super::echo::Echoes;
use super::listed::{Listed, Place, Reading};
use super::marks::{Mark, Marks};
use super::path::Path;
use super::run::{Run, Step};
use super::view::View;
use crate::gazetteer::{Agreement, Strength};
use crate::model::{Case, Gap, Sentence, SentenceForm, Token, TokenKind, TokenSpan, TypeId};
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

/// Buffers of the search.
#[derive(Clone, Debug, Default)]
pub(super) struct Segmenter {
    path: Path,
    echoes: Echoes,
}

impl Segmenter {
    /// Fills `out` with the segments of all sentences, in order, not overlapping: running text first, then headings,
    /// where names that running text has are found again.
    pub(super) fn fill(&mut self, page: &Page<'_>, listed: &Listed, marks: &Marks, out: &mut Vec<Segment>) {
        out.clear();
        let heading = |s: &Sentence| matches!(s.form, SentenceForm::TitleCase | SentenceForm::Capitals);
        let view = |index: usize| {
            let sentence = &page.text.sentences[index];
            View::new(page, listed, marks, sentence, to_u32(index), heading(sentence))
        };
        let sentences = 0..page.text.sentences.len();
        for index in sentences.clone().filter(|&i| !heading(&page.text.sentences[i])) {
            self.sentence(&view(index), out);
        }
        let prose = out.len();
        let headings = page.text.sentences.iter().any(heading);
        self.echoes.fill(page, marks, out, headings);
        if self.echoes.has_heads() {
            for index in sentences.clone().filter(|&i| !heading(&page.text.sentences[i])) {
                self.short_forms(&view(index), prose, out);
            }
        }
        for index in sentences.filter(|&i| heading(&page.text.sentences[i])) {
            self.sentence(&view(index), out);
        }
        if prose < out.len() {
            out.sort_by_key(|s| s.tokens.start);
        }
    }

    /// Adds the common words that stand for companies of the text, where the first `known` segments leave room.
    fn short_forms(&mut self, view: &View<'_>, known: usize, out: &mut Vec<Segment>) {
        let tokens = view.sentence.tokens;
        let mut at = out[..known].partition_point(|s| s.tokens.end <= tokens.start);
        for i in tokens.range().filter(|&i| view.marks.has(i, Mark::COMMON)) {
            while at < known && out[at].tokens.end as usize <= i {
                at += 1;
            }
            let free = at >= known || out[at].tokens.start as usize > i;
            if free && self.echoes.is_head(view.page, view.marks, i, || view.opens(i)) {
                let tokens = TokenSpan::new(to_u32(i), to_u32(i + 1));
                out.push(Segment { tokens, place: None, sentence: view.index });
            }
        }
    }

    fn sentence(&mut self, view: &View<'_>, out: &mut Vec<Segment>) {
        // most words are small and begin no name
        const BEGINS: Mark = Mark(Mark::NAMELIKE.0 | Mark::LISTED.0 | Mark::PARTICLE.0);
        let Self { path, echoes } = self;
        for at in view.sentence.tokens.range() {
            if !view.marks.has(at, BEGINS) {
                continue;
            }
            path.go_to(to_u32(at), out);
            view.each_from(at, &mut |score, segment| path.offer(score, segment));
            if view.heading {
                view.each_echo(at, echoes, &mut |score, segment| path.offer(score, segment));
            }
        }
        path.go_to(view.sentence.tokens.end, out);
    }
}

impl View<'_> {
    /// Calls `each` with every segment that may start at token `at` and its score.
    fn each_from(&self, at: usize, each: &mut impl FnMut(i32, Segment)) {
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

    /// Calls `each` with every name of running text that starts at token `at` here too.
    fn each_echo(&self, at: usize, echoes: &mut Echoes, each: &mut impl FnMut(i32, Segment)) {
        if !self.marks.has(at, Mark::NAMELIKE) || self.marks.has(at, Mark::DATE) {
            return;
        }
        echoes.each_from(self.page, at, self.sentence.tokens, |end, words| {
            let everyday = words == 1 && self.marks.has(at, Mark::EVERYDAY);
            let listed = self.listed.starting_at(at).iter().any(|p| p.tokens.end == end);
            let tokens = TokenSpan::new(to_u32(at), end);
            if !everyday && !listed {
                each(18 * words - 4, Segment { tokens, place: None, sentence: self.index });
            }
        });
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
        let is_sure = |r: &Reading| r.strength <= Strength::Cased;
        let sure = readings.iter().any(|r| is_sure(r) && r.agreement <= Agreement::Folded);
        let shouted = readings.iter().any(|r| is_sure(r) && r.agreement == Agreement::Shouted);
        let common = words == 1 && self.marks.has(place.tokens.start as usize, Mark::COMMON);
        // Where all is in capitals, those of "ICE" tell nothing; a country is meant all the same.
        let ordinary = common
            && self.sentence.form == SentenceForm::Capitals
            && !readings.iter().any(|r| is_sure(r) && r.type_id == TypeId::PLACE);
        let score = match (sure, shouted) {
            _ if ordinary => 0,
            // more than the country and the institution earn apart
            (true, _) if readings.iter().any(|r| r.country.is_some()) => 22 * words + 2,
            (true, _) if place.institution => 22 * words - 6,
            (true, _) => 22 * words - 4,
            (_, true) if common => 0,
            (_, true) => 16 * words - 4,
            _ if common && (self.heading || self.is_silent_noun(place.tokens.start as usize)) => 0,
            _ => 12 * words - 7,
        };
        let tail = i32::from(place.institution && self.is_tail_of_body(place.tokens.start as usize));
        score - self.fragment_cost(place.tokens, readings, words) - tail * (8 * words + 10)
    }

    /// A listed name beside another capitalized word is likely but a part of a longer name.
    fn fragment_cost(&self, tokens: TokenSpan, readings: &[Reading], words: i32) -> i32 {
        if readings.iter().any(|r| r.demonym) {
            return 0;
        }
        if self.is_kind_of_body(tokens, readings) && self.nationality_before(tokens.start as usize) {
            return 8 * words + 10;
        }
        let person = words > 1 && readings.iter().all(|r| r.type_id == TypeId::PERSON);
        let before = if person { 6 } else { 8 * words + 10 };
        let after = 8 * words + 10;
        let end = tokens.end as usize;
        let apart = self.is_country_before_person(tokens, readings) || self.shouts(end);
        i32::from(self.goes_on_before(tokens.start as usize)) * before
            + i32::from(self.goes_on_after(end) && !apart) * after
    }

    /// "ambassador to Ukraine William Miller": no person is called Ukraine.
    fn is_country_before_person(&self, tokens: TokenSpan, readings: &[Reading]) -> bool {
        self.marks.has(tokens.end as usize, Mark::GIVEN)
            && !self.marks.has(tokens.end as usize - 1, Mark::GIVEN)
            && readings.iter().any(|r| self.page.gazetteer.subtype_of(r.entry) == "country")
    }

    /// A listed body named by common words alone ("Democratic Party"): other countries have theirs.
    fn is_kind_of_body(&self, tokens: TokenSpan, readings: &[Reading]) -> bool {
        readings.iter().all(|r| r.type_id == TypeId::ORGANIZATION && r.country.is_none())
            && self.marks.has(tokens.end as usize - 1, Mark::ORG_HEAD)
            && tokens.range().all(|i| self.marks.has(i, Mark::COMMON))
    }

    fn goes_on_before(&self, start: usize) -> bool {
        let tokens = &self.page.text.tokens;
        let Some(gap) = tokens.get(start).map(|t| t.gap) else { return false };
        let Some(before) = start.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start as usize) else {
            return false;
        };
        match gap {
            Gap::Space | Gap::Line => {
                (self.is_part_of_name(before) || (before > 0 && self.is_initial(before - 1)))
                    && !self.changes_style(start)
                    && !self.shouts(start)
                    && !(self.opens(before)
                        && self.marks.has(before, Mark::COMMON)
                        && !self.marks.has(before, Mark::QUALIFIER))
            }
            Gap::None => {
                self.is_hyphen(before)
                    && before.checked_sub(1).is_some_and(|b| {
                        tokens[before].gap == Gap::None && self.is_part_of_name(b) && !self.ends_listed(b)
                    })
            }
            Gap::Blank => false,
        }
    }

    fn goes_on_after(&self, end: usize) -> bool {
        let tokens = &self.page.text.tokens;
        if end >= self.sentence.tokens.end as usize {
            return false;
        }
        match tokens[end].gap {
            Gap::Space | Gap::Line => self.is_part_of_name(end) && !self.changes_style(end),
            Gap::None => {
                self.is_hyphen(end)
                    && tokens.get(end + 1).is_some_and(|t| t.gap == Gap::None)
                    && self.is_part_of_name(end + 1)
                    && !self.marks.has(end + 1, Mark::LISTED)
            }
            Gap::Blank => false,
        }
    }

    fn words_in(&self, tokens: TokenSpan) -> i32 {
        let words = self.page.text.tokens[tokens.range()].iter().filter(|t| t.is_wordlike()).count();
        i32::try_from(words).unwrap_or(i32::MAX / 64)
    }

    fn each_unknown(&self, at: usize, each: &mut impl FnMut(i32, Segment)) {
        if !self.marks.has(at, Mark(Mark::NAMELIKE.0 | Mark::PARTICLE.0)) {
            return;
        }
        let mut run = Run::default();
        let mut before = None;
        let end = (self.sentence.tokens.end as usize).min(at + LONGEST);
        let tail = 12 * i32::from(self.is_tail_of_body(at));
        for i in at..end {
            let Some(step) = self.step(at, i) else { return };
            run.add(&step);
            let ordinary = i == at && self.heading && self.marks.has(i, Mark::COMMON);
            if !step.name || ordinary || step.initial {
                continue;
            }
            let score = run.score() - tail;
            if score > 0 {
                let before = *before.get_or_insert_with(|| self.goes_on_before(at));
                let cut = i32::from(before) + i32::from(self.goes_on_after(i + 1));
                let tokens = TokenSpan::new(to_u32(at), to_u32(i + 1));
                each(score - 6 * cut, Segment { tokens, place: None, sentence: self.index });
            }
        }
    }

    /// What token `i` brings to an unknown name that starts at `from`; `None` if it cannot be inside.
    fn step(&self, from: usize, i: usize) -> Option<Step> {
        let token = self.page.text.tokens.get(i)?;
        let first = i == from;
        let marks = |mark| self.marks.has(i, mark);
        if marks(Mark::DATE) || (!first && self.stands_apart(i, token)) {
            return None;
        }
        let initial = self.is_initial(i);
        if first && self.begins_none(i, token, initial) {
            return None;
        }
        let leads = || self.nameable(i + 1) || (self.hyphenates(i + 1) && self.nameable(i + 2));
        let particle = marks(Mark::PARTICLE) && token.is_wordlike() && leads();
        let period = self.is_period(i);
        let name = self.nameable(i) || (!first && (period || self.is_syllable(i) || self.is_domain(i)));
        let link = marks(Mark::CONNECTOR) && !particle;
        let and = marks(Mark::AND) && self.joins_common(i);
        let inside = || link || and || self.joins(i) || self.owns(i) || self.joins_firm(i);
        if !(name || particle || (!first && inside())) {
            return None;
        }
        let head = |mark| marks(mark) && token.is_capitalized();
        Some(Step {
            name,
            head: head(Mark::ORG_HEAD),
            head_first: head(Mark::ORG_HEAD_FIRST),
            suffix: marks(Mark::ORG_SUFFIX) && (token.is_capitalized() || period || self.is_domain(i)),
            place_head: head(Mark::PLACE_HEAD),
            place_first: head(Mark::PLACE_FIRST),
            given: marks(Mark::GIVEN),
            surname: marks(Mark::SURNAME),
            common: self.is_common(i),
            lone: first && self.is_lone_name(i),
            opens: first && self.opens(i),
            role: marks(Mark::TITLE_OR_ROLE),
            nationality: first && self.is_nationality(i),
            after_title: first && self.title_before(i),
            listed: marks(Mark::LISTED),
            after_nationality: first && self.nationality_before(i),
            link,
            and,
            possessive: token.kind == TokenKind::Possessive,
            period: !first && period,
            initial,
            wraps: token.gap == Gap::Line,
            shouts: !first && self.shouts(i),
        })
    }

    /// Can token `i` not go on with any name?
    fn stands_apart(&self, i: usize, token: &Token) -> bool {
        const INSIDE: Mark = Mark(Mark::NAMELIKE.0 | Mark::PARTICLE.0 | Mark::CONNECTOR.0 | Mark::AND.0);
        // a small word ends most names
        (token.is_wordlike() && token.gap != Gap::None && !self.marks.has(i, INSIDE))
            || token.gap == Gap::Blank
            || self.changes_style(i)
    }

    /// Can token `i` not be the first of a name?
    fn begins_none(&self, i: usize, token: &Token, initial: bool) -> bool {
        let marks = |mark| self.marks.has(i, mark);
        let stops = || marks(Mark::STOP) || (marks(Mark::STARTER) && self.opens(i));
        (marks(Mark::ORG_SUFFIX) && self.is_period(i + 1))
            || (!(initial || (marks(Mark::PARTICLE) && token.case == Case::Lower)) && stops())
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
