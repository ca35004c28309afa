//! What the words of a sentence look like to the search for names: which can be part of one, what holds one together.

use super::listed::{Listed, Place};
use super::marks::{Mark, Marks};
use crate::model::{Case, Gap, Sentence, SentenceForm, Token, TokenKind};
use crate::rules::Page;

/// One sentence with what is known of its words.
pub(super) struct View<'v> {
    pub(super) page: &'v Page<'v>,
    pub(super) listed: &'v Listed,
    pub(super) marks: &'v Marks,
    pub(super) sentence: &'v Sentence,
    pub(super) index: u32,
    /// Capitals tell little here.
    pub(super) heading: bool,
    /// The first token that is no punctuation, or the sentence's end.
    first_word: usize,
}

impl<'v> View<'v> {
    pub(super) fn new(
        page: &'v Page<'v>,
        listed: &'v Listed,
        marks: &'v Marks,
        sentence: &'v Sentence,
        index: u32,
        heading: bool,
    ) -> Self {
        let tokens = &page.text.tokens[sentence.tokens.range()];
        let signs = tokens.iter().take_while(|t| t.kind == TokenKind::Punctuation).count();
        let first_word = sentence.tokens.start as usize + signs;
        Self { page, listed, marks, sentence, index, heading, first_word }
    }
    /// "Mrs Smith", "Mr. Smith".
    pub(super) fn title_before(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|&b| b >= self.sentence.tokens.start as usize);
        before.is_some_and(|b| {
            self.marks.has(b, Mark::TITLE)
                || (b > 0 && self.marks.has(b - 1, Mark::TITLE) && self.text_of(b) == ".")
        })
    }

    pub(super) fn nationality_before(&self, i: usize) -> bool {
        self.page.text.tokens.get(i).is_some_and(|t| t.gap == Gap::Space)
            && i > self.sentence.tokens.start as usize
            && self.is_nationality(i - 1)
    }

    /// A word that would rather be a part of the name beside it than stand alone.
    pub(super) fn is_part_of_name(&self, i: usize) -> bool {
        const OTHER: Mark = Mark(Mark::TITLE.0 | Mark::ROLE.0 | Mark::STOP.0 | Mark::DATE.0);
        self.nameable(i) && !self.marks.has(i, OTHER) && !self.is_nationality(i)
    }

    /// Does a name in capitals begin here after a listed one that is not ("Moscow INTERFAX")?
    pub(super) fn shouts(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        let Some(before) = i.checked_sub(1) else { return false };
        let upper = |t: &Token| t.case == Case::Upper && t.kind == TokenKind::Word && t.end - t.start > 2;
        tokens.get(i).is_some_and(upper) && tokens[before].case == Case::Capital && self.ends_listed(before)
    }

    pub(super) fn ends_listed(&self, i: usize) -> bool {
        self.marks.has(i, Mark::LISTED) && self.listed.starting_at(i).iter().any(|p| p.tokens.len() == 1)
    }

    /// A hyphen without blanks.
    pub(super) fn hyphenates(&self, i: usize) -> bool {
        let glued = |i: usize| self.page.text.tokens.get(i).is_some_and(|t| t.gap == Gap::None);
        glued(i) && glued(i + 1) && self.is_hyphen(i)
    }

    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.page.text.tokens[i].kind == TokenKind::Punctuation && matches!(self.text_of(i), "-" | "‐" | "‑")
    }

    pub(super) fn text_of(&self, i: usize) -> &str {
        let token = &self.page.text.tokens[i];
        self.page.source().get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// Can token `i` be a word of a name by its looks, here?
    pub(super) fn nameable(&self, i: usize) -> bool {
        const HEADS: Mark = Mark(
            Mark::ORG_HEAD.0
                | Mark::ORG_HEAD_FIRST.0
                | Mark::ORG_SUFFIX.0
                | Mark::PLACE_HEAD.0
                | Mark::GIVEN.0,
        );
        if !self.marks.has(i, Mark::NAMELIKE) || self.is_code(&self.page.text.tokens[i]) {
            return false;
        }
        match self.sentence.form {
            SentenceForm::Prose => true,
            SentenceForm::Line => !self.marks.has(i, Mark::FURNITURE),
            SentenceForm::TitleCase | SentenceForm::Capitals => {
                let surname = i > 0
                    && !self.marks.has(i, Mark::EVERYDAY)
                    && self.marks.has(i - 1, Mark::GIVEN)
                    && self.marks.has(i - 1, Mark::NAMELIKE);
                !self.marks.has(i, Mark::FURNITURE)
                    && (!self.marks.has(i, Mark::COMMON) || self.marks.has(i, HEADS) || surname)
            }
        }
    }

    /// Letters and digits of a reference number ("LD2304174694").
    pub(super) fn is_code(&self, token: &Token) -> bool {
        let text = || self.page.source().get(token.start as usize..token.end as usize).unwrap_or_default();
        token.kind == TokenKind::Mixed && text().bytes().filter(u8::is_ascii_digit).count() > 5
    }

    /// Does a new line begin here whose letters are of another case ("Ada Lark" / "LONDON")?
    pub(super) fn changes_style(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        let (one, two) = (&tokens[i - 1], &tokens[i]);
        two.gap == Gap::Line && one.is_wordlike() && is_shouted(one) != is_shouted(two)
    }

    /// A single capital with a period.
    pub(super) fn is_initial(&self, i: usize) -> bool {
        let token = &self.page.text.tokens[i];
        token.case == Case::Capital
            && token.kind == TokenKind::Word
            && token.end - token.start <= 2
            && self.text_of(i).chars().count() == 1
            && self.page.text.tokens.get(i + 1).is_some_and(|t| t.gap == Gap::None)
            && self.text_of(i + 1) == "."
    }

    /// The second syllable of a given name after a hyphen ("Hao-han"): short, in small letters, no common word.
    pub(super) fn is_syllable(&self, i: usize) -> bool {
        let token = &self.page.text.tokens[i];
        token.case == Case::Lower
            && token.kind == TokenKind::Word
            && token.gap == Gap::None
            && token.end - token.start <= 5
            && (!self.marks.has(i, Mark::COMMON)
                || (i >= 3 && self.nameable(i - 3) && self.marks.has(i - 3, Mark::SURNAME)))
            && i >= 2
            && self.is_hyphen(i - 1)
            && self.page.text.tokens[i - 1].gap == Gap::None
            && self.nameable(i - 2)
    }

    /// The period of an abbreviation that ends names ("Inc.", "Jr.").
    pub(super) fn is_period(&self, i: usize) -> bool {
        self.marks.has(i, Mark(Mark::ORG_SUFFIX.0 | Mark::GENERATION.0))
            && self.page.text.tokens[i].kind == TokenKind::Punctuation
            && self.text_of(i) == "."
    }

    /// An "and" between two capitalized common words ("Food and Drug").
    pub(super) fn joins_common(&self, i: usize) -> bool {
        let common =
            |i: usize| self.marks.has(i, Mark::COMMON) && self.nameable(i) && !self.is_nationality(i);
        let role = |i: usize| self.marks.has(i, Mark(Mark::TITLE.0 | Mark::ROLE.0));
        i > 0 && common(i - 1) && common(i + 1) && !role(i + 1)
    }

    /// "… Technology and Communications Department": what begins at token `i` may be the end of a longer body's name.
    pub(super) fn is_tail_of_body(&self, i: usize) -> bool {
        let Some(and) = i.checked_sub(1).filter(|&a| a > self.sentence.tokens.start as usize) else {
            return false;
        };
        self.marks.has(and, Mark::AND)
            && self.joins_common(and)
            && !self.marks.has(and - 1, Mark::ORG_HEAD_FIRST)
            && !self.ends_listed(and - 1)
    }

    /// A possessive inside a name: after a common word ("People's Union") or a saint ("St. Charles's Church").
    pub(super) fn owns(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        i > 0
            && tokens[i].kind == TokenKind::Possessive
            && self.nameable(i - 1)
            && self.nameable(i + 1)
            && ((self.marks.has(i - 1, Mark::COMMON) && !self.marks.has(i - 1, Mark::ORG_HEAD))
                || (i > 2 && self.text_of(i - 2) == "." && tokens[i - 3].end - tokens[i - 3].start == 2))
    }

    /// Punctuation that holds a name together: a hyphen or ampersand, an apostrophe, the period of an initial.
    pub(super) fn joins(&self, i: usize) -> bool {
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
            // "Norfield Mills, Inc."
            "," => self.marks.has(i + 1, Mark::ORG_SUFFIX) && self.is_period(i + 2) && self.nameable(i + 1),
            "." => short && self.nameable(i + 1),
            _ => false,
        }
    }

    /// A common word, and not written as an acronym is.
    pub(super) fn is_common(&self, i: usize) -> bool {
        let acronym = self.sentence.form == SentenceForm::Prose
            && matches!(self.page.text.tokens[i].case, Case::Upper | Case::Camel);
        self.marks.has(i, Mark::COMMON) && !acronym
    }

    /// One common word whose capital nothing but a name explains: inside running text, not among the most frequent.
    pub(super) fn is_lone_name(&self, i: usize) -> bool {
        const OTHER: Mark = Mark(
            Mark::EVERYDAY.0
                | Mark::STOP.0
                | Mark::STARTER.0
                | Mark::ORG_HEAD.0
                | Mark::ORG_HEAD_FIRST.0
                | Mark::PLACE_HEAD.0
                | Mark::TITLE_OR_ROLE.0,
        );
        self.sentence.form == SentenceForm::Prose
            && self.page.text.tokens[i].case == Case::Capital
            && !self.marks.has(i, OTHER)
            && !self.opens(i)
    }

    /// The end of a name that is an address too ("Quibbles.com").
    pub(super) fn is_domain(&self, i: usize) -> bool {
        let tokens = &self.page.text.tokens;
        i > 1
            && tokens[i].case == Case::Lower
            && tokens[i].gap == Gap::None
            && tokens[i - 1].gap == Gap::None
            && self.marks.has(i, Mark::ORG_SUFFIX)
            && self.is_period(i - 1)
            && tokens[i - 2].is_capitalized()
    }

    /// The "and" of "and Partners", "and Sons".
    pub(super) fn joins_firm(&self, i: usize) -> bool {
        self.marks.has(i, Mark::AND) && self.marks.has(i, Mark::ORG_SUFFIX) && self.nameable(i + 1)
    }

    /// First word of the sentence, of a quotation in it, or of a line.
    pub(super) fn opens(&self, i: usize) -> bool {
        let quote = || self.text_of(i - 1).contains(['"', '“', '”', '„', '«', ':']);
        i <= self.first_word
            || (i > 0 && self.page.text.tokens[i - 1].kind == TokenKind::Punctuation && quote())
    }

    pub(super) fn is_nationality(&self, i: usize) -> bool {
        let demonym =
            |place: &Place| place.tokens.len() == 1 && self.listed.readings(place).iter().any(|r| r.demonym);
        self.marks.has(i, Mark::LISTED) && self.listed.starting_at(i).iter().any(demonym)
    }

    /// Such a word, and no name that speaks ("Shell said").
    pub(super) fn is_silent_noun(&self, i: usize) -> bool {
        const OTHER: Mark = Mark(Mark::STOP.0 | Mark::STARTER.0 | Mark::ORG_HEAD.0 | Mark::ROLE.0);
        self.is_plain_noun(i) && (!self.marks.has(i + 1, Mark::SAID) || self.marks.has(i, OTHER))
    }

    /// "The Centre", "Union": a common word where nothing makes it a name.
    pub(super) fn is_plain_noun(&self, i: usize) -> bool {
        if self.page.text.tokens.get(i).is_none_or(|t| t.case != Case::Capital) {
            return self.opens(i);
        }
        if self.marks.has(i, Mark(Mark::STOP.0 | Mark::STARTER.0)) {
            return true;
        }
        let article = i > 0 && self.marks.has(i - 1, Mark::STOP);
        self.opens(i) || self.marks.has(i, Mark::ORG_HEAD) || (article && self.marks.has(i, Mark::EVERYDAY))
    }
}

/// A word in capitals that is no acronym.
fn is_shouted(token: &Token) -> bool {
    token.case == Case::Upper && token.kind == TokenKind::Word && token.end - token.start > 3
}
