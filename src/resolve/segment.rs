//! Cuts each sentence into names and the rest: the best-scoring path over listed names and unknown capitalized runs.
//!
//! Scores are integers. A listed name earns by its length; an unknown run of capitalized words earns less, more if its
//! words have the shape of a person, an institution or a place, and nothing where capitals tell nothing.

use super::echo::Echoes;
use super::listed::{Listed, Place, Reading};
use super::marks::{Mark, Marks, looks_like_name};
use super::run::{Run, Step};
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

/// Buffers of the search for the best path.
#[derive(Clone, Debug, Default)]
pub(super) struct Segmenter {
    best: Vec<(i32, Option<Segment>)>,
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
            View { page, listed, marks, sentence, index: to_u32(index), heading: heading(sentence) }
        };
        let sentences = 0..page.text.sentences.len();
        for index in sentences.clone().filter(|&i| !heading(&page.text.sentences[i])) {
            self.sentence(&view(index), out);
        }
        let prose = out.len();
        self.echoes.fill(page, marks, out);
        for index in sentences.filter(|&i| heading(&page.text.sentences[i])) {
            self.sentence(&view(index), out);
        }
        if prose < out.len() {
            out.sort_by_key(|s| s.tokens.start);
        }
    }

    fn sentence(&mut self, view: &View<'_>, out: &mut Vec<Segment>) {
        let (start, end) = (view.sentence.tokens.start as usize, view.sentence.tokens.end as usize);
        let echoes = std::mem::take(&mut self.echoes);
        self.best.clear();
        self.best.resize(end - start + 1, (i32::MIN, None));
        self.best[0].0 = 0;
        for at in start..end {
            let so_far = self.best[at - start].0;
            if so_far == i32::MIN {
                continue;
            }
            self.offer(at + 1 - start, so_far, None);
            let mut offer = |score, segment: Segment| {
                if score > 0 {
                    self.offer(segment.tokens.end as usize - start, so_far + score, Some(segment));
                }
            };
            view.each_from(at, &mut offer);
            if view.heading {
                view.each_echo(at, &echoes, &mut offer);
            }
        }
        self.echoes = echoes;
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
    /// Capitals tell little here.
    heading: bool,
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
    fn each_echo(&self, at: usize, echoes: &Echoes, each: &mut impl FnMut(i32, Segment)) {
        if !self.page.text.tokens.get(at).is_some_and(looks_like_name) || self.marks.has(at, Mark::DATE) {
            return;
        }
        echoes.each_from(self.page, at, self.sentence.tokens, |end, words| {
            let everyday = words == 1 && self.marks.has(at, Mark::EVERYDAY);
            let tokens = TokenSpan::new(to_u32(at), end);
            if !everyday {
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
        let score = match (sure, shouted) {
            // more than the country and the institution earn apart
            (true, _) if readings.iter().any(|r| r.country.is_some()) => 22 * words + 2,
            (true, _) if place.institution => 22 * words - 6,
            (true, _) => 22 * words - 4,
            (_, true) if common => 0,
            (_, true) => 16 * words - 4,
            _ if common && self.opens(place.tokens.start as usize) => 0,
            _ => 12 * words - 7,
        };
        score - self.fragment_cost(place.tokens, readings, words)
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
        let apart = self.is_country_before_person(tokens, readings) || self.shouts_after(tokens);
        i32::from(self.goes_on_before(tokens.start as usize)) * before
            + i32::from(self.goes_on_after(end) && !apart) * after
    }

    /// "ambassador to Ukraine William Miller": no person is called Ukraine.
    fn is_country_before_person(&self, tokens: TokenSpan, readings: &[Reading]) -> bool {
        self.marks.has(tokens.end as usize, Mark::GIVEN)
            && !self.marks.has(tokens.end as usize - 1, Mark::GIVEN)
            && readings.iter().any(|r| self.page.gazetteer.entry(r.entry).subtype == "country")
    }

    /// A name in capitals after one that is not ("Moscow INTERFAX").
    fn shouts_after(&self, tokens: TokenSpan) -> bool {
        let all = &self.page.text.tokens;
        let (Some(last), Some(next)) = (all.get(tokens.end as usize - 1), all.get(tokens.end as usize))
        else {
            return false;
        };
        last.case == Case::Capital && next.case == Case::Upper && next.end - next.start > 2
    }

    /// A listed body named by common words alone ("Democratic Party"): other countries have theirs.
    fn is_kind_of_body(&self, tokens: TokenSpan, readings: &[Reading]) -> bool {
        readings.iter().all(|r| r.type_id == TypeId::ORGANIZATION && r.country.is_none())
            && self.marks.has(tokens.end as usize - 1, Mark::ORG_HEAD)
            && tokens.range().all(|i| self.marks.has(i, Mark::COMMON))
    }

    fn nationality_before(&self, i: usize) -> bool {
        self.page.text.tokens.get(i).is_some_and(|t| t.gap == Gap::Space)
            && i > self.sentence.tokens.start as usize
            && self.is_nationality(i - 1)
    }

    fn goes_on_before(&self, start: usize) -> bool {
        let tokens = &self.page.text.tokens;
        let Some(gap) = tokens.get(start).map(|t| t.gap) else { return false };
        let Some(before) = start.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start as usize) else {
            return false;
        };
        match gap {
            Gap::Space | Gap::Line => {
                !self.changes_style(start)
                    && (self.is_part_of_name(before) || (before > 0 && self.is_initial(before - 1)))
                    && !(self.opens(before) && self.marks.has(before, Mark::COMMON))
            }
            Gap::None => {
                self.is_hyphen(before)
                    && before.checked_sub(1).is_some_and(|b| {
                        tokens[before].gap == Gap::None && self.is_part_of_name(b) && !self.ends_listed(b)
                    })
            }
            _ => false,
        }
    }

    fn goes_on_after(&self, end: usize) -> bool {
        let tokens = &self.page.text.tokens;
        if end >= self.sentence.tokens.end as usize {
            return false;
        }
        match tokens[end].gap {
            Gap::Space | Gap::Line => !self.changes_style(end) && self.is_part_of_name(end),
            Gap::None => {
                self.is_hyphen(end)
                    && tokens.get(end + 1).is_some_and(|t| t.gap == Gap::None)
                    && self.is_part_of_name(end + 1)
                    && self.listed.starting_at(end + 1).is_empty()
            }
            _ => false,
        }
    }

    /// A word that would rather be a part of the name beside it than stand alone.
    fn is_part_of_name(&self, i: usize) -> bool {
        const OTHER: Mark = Mark(Mark::TITLE.0 | Mark::ROLE.0 | Mark::STOP.0 | Mark::DATE.0);
        self.nameable(i) && !self.marks.has(i, OTHER) && !self.is_nationality(i)
    }

    fn ends_listed(&self, i: usize) -> bool {
        self.listed.starting_at(i).iter().any(|p| p.tokens.len() == 1)
    }

    /// A hyphen without blanks.
    fn hyphenates(&self, i: usize) -> bool {
        let glued = |i: usize| self.page.text.tokens.get(i).is_some_and(|t| t.gap == Gap::None);
        glued(i) && glued(i + 1) && self.is_hyphen(i)
    }

    fn is_hyphen(&self, i: usize) -> bool {
        self.page.text.tokens[i].kind == TokenKind::Punctuation && matches!(self.text_of(i), "-" | "‐" | "‑")
    }

    fn text_of(&self, i: usize) -> &str {
        self.page.surface(TokenSpan::new(to_u32(i), to_u32(i + 1)))
    }

    fn words_in(&self, tokens: TokenSpan) -> i32 {
        let words = self.page.text.tokens[tokens.range()].iter().filter(|t| t.is_wordlike()).count();
        i32::try_from(words).unwrap_or(i32::MAX / 64)
    }

    fn each_unknown(&self, at: usize, each: &mut impl FnMut(i32, Segment)) {
        let mut run = Run::default();
        let end = (self.sentence.tokens.end as usize).min(at + LONGEST);
        for i in at..end {
            let Some(step) = self.step(at, i) else { return };
            run.add(&step);
            if step.name {
                if self.is_initial(i) {
                    continue;
                }
                let tokens = TokenSpan::new(to_u32(at), to_u32(i + 1));
                let cut = i32::from(self.goes_on_before(at)) + i32::from(self.goes_on_after(i + 1));
                each(run.score() - 6 * cut, Segment { tokens, place: None, sentence: self.index });
            }
        }
    }

    /// What token `i` brings to an unknown name that starts at `from`; `None` if it cannot be inside.
    fn step(&self, from: usize, i: usize) -> Option<Step> {
        let token = self.page.text.tokens.get(i)?;
        let first = i == from;
        let marks = |mark| self.marks.has(i, mark);
        if marks(Mark::DATE) || (!first && token.gap == Gap::Blank) || (!first && self.changes_style(i)) {
            return None;
        }
        let initial = self.is_initial(i);
        let stops = marks(Mark::STOP) || (marks(Mark::STARTER) && self.opens(i));
        if first && stops && !initial && !(marks(Mark::PARTICLE) && token.case == Case::Lower) {
            return None;
        }
        let leads = self.nameable(i + 1) || (self.hyphenates(i + 1) && self.nameable(i + 2));
        let particle = marks(Mark::PARTICLE) && token.is_wordlike() && leads;
        let head = |mark| marks(mark) && token.is_capitalized();
        let step = Step {
            name: self.nameable(i) || (!first && (self.is_syllable(i) || self.is_period(i))),
            head: head(Mark::ORG_HEAD),
            head_first: head(Mark::ORG_HEAD_FIRST),
            suffix: marks(Mark::ORG_SUFFIX) && (token.is_capitalized() || self.is_period(i)),
            place_head: head(Mark::PLACE_HEAD),
            place_first: head(Mark::PLACE_FIRST),
            given: marks(Mark::GIVEN),
            surname: marks(Mark::SURNAME),
            common: marks(Mark::COMMON),
            opens: self.opens(i),
            role: marks(Mark::TITLE) || marks(Mark::ROLE),
            nationality: self.is_nationality(i),
            listed: !self.listed.starting_at(i).is_empty(),
            after_nationality: first && self.nationality_before(i),
            link: marks(Mark::CONNECTOR) && !particle,
            and: marks(Mark::AND) && self.joins_common(i),
            possessive: token.kind == TokenKind::Possessive,
            period: !first && self.is_period(i),
            initial,
            wraps: token.gap == Gap::Line,
        };
        let inside = step.link || step.and || particle || self.joins(i) || self.owns(i);
        (step.name || particle || (!first && inside)).then_some(step)
    }

    /// Can token `i` be a word of a name by its looks, here?
    fn nameable(&self, i: usize) -> bool {
        const HEADS: Mark = Mark(
            Mark::ORG_HEAD.0
                | Mark::ORG_HEAD_FIRST.0
                | Mark::ORG_SUFFIX.0
                | Mark::PLACE_HEAD.0
                | Mark::GIVEN.0,
        );
        let Some(token) = self.page.text.tokens.get(i) else { return false };
        if !looks_like_name(token) || self.is_code(token) {
            return false;
        }
        match self.sentence.form {
            SentenceForm::Prose => true,
            SentenceForm::Line => !self.marks.has(i, Mark::FURNITURE),
            SentenceForm::TitleCase | SentenceForm::Capitals => {
                let surname = i > 0
                    && !self.marks.has(i, Mark::EVERYDAY)
                    && self.marks.has(i - 1, Mark::GIVEN)
                    && looks_like_name(&self.page.text.tokens[i - 1]);
                !self.marks.has(i, Mark::FURNITURE)
                    && (!self.marks.has(i, Mark::COMMON) || self.marks.has(i, HEADS) || surname)
            }
        }
    }

    /// Letters and digits of a reference number ("LD2304174694").
    fn is_code(&self, token: &Token) -> bool {
        let text = self.page.source().get(token.start as usize..token.end as usize).unwrap_or_default();
        token.kind == TokenKind::Mixed && text.bytes().filter(u8::is_ascii_digit).count() > 5
    }

    /// Does a new line begin here whose letters are of another case ("Ada Lark" / "LONDON")?
    fn changes_style(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        let (one, two) = (tokens[i - 1], tokens[i]);
        two.gap == Gap::Line && one.is_wordlike() && (one.case == Case::Upper) != (two.case == Case::Upper)
    }

    /// A single capital with a period.
    fn is_initial(&self, i: usize) -> bool {
        let token = self.page.text.tokens[i];
        token.case == Case::Capital
            && token.kind == TokenKind::Word
            && token.end - token.start <= 2
            && self.text_of(i).chars().count() == 1
            && self.page.text.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None)
            && self.text_of(i + 1) == "."
    }

    /// The second syllable of a given name after a hyphen ("Hao-han"): short, in small letters, no common word.
    fn is_syllable(&self, i: usize) -> bool {
        let token = self.page.text.tokens[i];
        token.case == Case::Lower
            && token.kind == TokenKind::Word
            && token.gap == Gap::None
            && token.end - token.start <= 5
            && (!self.marks.has(i, Mark::COMMON) || (i >= 3 && self.marks.has(i - 3, Mark::SURNAME)))
            && i >= 2
            && self.is_hyphen(i - 1)
            && self.page.text.tokens[i - 1].gap == Gap::None
            && self.nameable(i - 2)
    }

    /// The period of an abbreviation that ends names ("Inc.", "Jr.").
    fn is_period(&self, i: usize) -> bool {
        self.page.text.tokens[i].kind == TokenKind::Punctuation
            && self.marks.has(i, Mark(Mark::ORG_SUFFIX.0 | Mark::GENERATION.0))
            && self.text_of(i) == "."
    }

    /// An "and" between two capitalized common words ("Food and Drug").
    fn joins_common(&self, i: usize) -> bool {
        let common =
            |i: usize| self.marks.has(i, Mark::COMMON) && self.nameable(i) && !self.is_nationality(i);
        let role = |i: usize| self.marks.has(i, Mark(Mark::TITLE.0 | Mark::ROLE.0));
        i > 0 && common(i - 1) && common(i + 1) && !role(i + 1)
    }

    /// A possessive inside a name: after a common word ("People's Union") or a saint ("St. Charles's Church").
    fn owns(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        i > 0
            && tokens[i].kind == TokenKind::Possessive
            && self.nameable(i - 1)
            && self.nameable(i + 1)
            && ((self.marks.has(i - 1, Mark::COMMON) && !self.marks.has(i - 1, Mark::ORG_HEAD))
                || (i > 2 && self.text_of(i - 2) == "." && tokens[i - 3].end - tokens[i - 3].start == 2))
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
        let glued = token.gap == Gap::None && after.gap == Gap::None;
        let short = before.case == Case::Capital && before.end - before.start <= 2 && token.gap == Gap::None;
        match self.text_of(i) {
            "-" | "‐" | "‑" => {
                glued
                    && (self.nameable(i + 1)
                        || self.is_syllable(i + 1)
                        || self.marks.has(i + 1, Mark::PARTICLE))
            }
            "'" | "’" => (glued || (short && after.gap == Gap::None)) && self.nameable(i + 1),
            "&" => self.nameable(i + 1),
            "." => short && self.nameable(i + 1),
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

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
