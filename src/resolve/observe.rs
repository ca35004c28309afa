//! The observer: reads the facts of a segment from its words, its place, its lists and the rest of the document.

use super::endings::Endings;
use super::facts::{Fact, Facts};
use super::listed::{Listed, Place, Reading};
use super::marks::{Mark, Marks};
use super::segment::Segment;
use crate::gazetteer::{Agreement, EntryId, Strength};
use crate::model::{Case, Gap, SentenceForm, Token, TokenKind, TokenSpan, TypeId, WordId};
use crate::rules::Page;

/// What facts are read from.
pub(super) struct Observer<'o> {
    page: &'o Page<'o>,
    listed: &'o Listed,
    marks: &'o Marks,
    endings: &'o Endings,
    /// Countries that the document names.
    supported: &'o dyn Fn(&str) -> bool,
    /// The document is about sport.
    pub(super) sports: bool,
    small: SmallWords,
}

/// A document is about sport if one token in so many, and three at least, are words of sport.
const SPORTS_SHARE: usize = 90;

impl<'o> Observer<'o> {
    pub(super) fn new(
        page: &'o Page<'o>,
        listed: &'o Listed,
        marks: &'o Marks,
        endings: &'o Endings,
        segments: &[Segment],
        supported: &'o dyn Fn(&str) -> bool,
    ) -> Self {
        let words = marks.count(Mark::SPORT);
        let sports = words >= 3 && words * SPORTS_SHARE >= page.text.tokens.len();
        let small = SmallWords::new(&page.text.tokens, marks, segments);
        Self { page, listed, marks, endings, supported, sports, small }
    }

    /// Is it a place whose country, or a division of that, follows behind a comma?
    pub(super) fn lies_in(&self, tokens: TokenSpan, reading: &Reading) -> bool {
        let (gazetteer, comma) = (self.page.gazetteer, tokens.end as usize);
        let behind = || self.page.text.tokens.get(comma).is_some_and(|t| t.gap < Gap::Blank);
        let listed = reading.type_id == TypeId::PLACE && self.marks.has(comma + 1, Mark::LISTED);
        if !listed || !behind() || self.page.surface(TokenSpan::new(tokens.end, tokens.end + 1)) != "," {
            return false;
        }
        if gazetteer.subtype_of(reading.entry) == "country" {
            return false;
        }
        let places = self.listed.starting_at(comma + 1).iter().flat_map(|p| self.listed.readings(p));
        places.filter(|r| !r.demonym && r.type_id == TypeId::PLACE).any(|r| {
            matches!(gazetteer.subtype_of(r.entry), "country" | "territory" | "division" | "state")
                && gazetteer.country_of(r.entry) == gazetteer.country_of(reading.entry)
        })
    }

    /// How many common words a segment begins with; none if there are no others.
    pub(super) fn common_first(&self, segment: &Segment) -> Option<usize> {
        let mut words = segment.tokens.range().filter(|&at| self.page.text.tokens[at].is_wordlike());
        words.position(|at| !self.marks.has(at, Mark::COMMON))
    }

    /// The facts of a segment that is one of `alike` in the document.
    pub(super) fn facts(&self, segment: &Segment, alike: usize) -> Facts {
        let mut facts = Facts::default();
        facts.note(Fact::Any, true);
        facts.note(Fact::Repeated, alike > 1);
        facts.note(Fact::Often, alike > 3);
        facts.note(Fact::Sports, self.sports);
        self.note_words(segment, &mut facts);
        self.note_position(segment, &mut facts);
        self.note_shape(segment, &mut facts);
        match &segment.place {
            Some(place) => self.note_listed(place, facts.has(Fact::Words1), &mut facts),
            None => self.note_ending(segment, &mut facts),
        }
        self.note_inside(segment, &mut facts);
        facts
    }

    fn note_words(&self, segment: &Segment, facts: &mut Facts) {
        let tokens = &self.page.text.tokens;
        let form = self.page.text.sentences.get(segment.sentence as usize).map(|s| s.form);
        let prose = matches!(form, Some(SentenceForm::Prose | SentenceForm::Line));
        let (mut words, mut known, mut common, mut linked) = (0, 0, 0, false);
        for at in segment.tokens.range().filter(|&at| tokens[at].is_wordlike()) {
            words += 1;
            known += usize::from(self.marks.has(at, Mark::GIVEN_OR_SURNAME_OR_COMMON));
            common +=
                usize::from(self.marks.has(at, Mark::COMMON) && !(prose && tokens[at].case == Case::Upper));
            linked |= tokens[at].case == Case::Lower && self.marks.has(at, Mark::LINK);
        }
        let (first, last) = (segment.tokens.start as usize, segment.tokens.end as usize - 1);
        let given = self.marks.has(first, Mark::GIVEN);
        let surname = self.marks.has(last, Mark::SURNAME);
        let longer = words > 1;
        facts.note(Fact::Words1, words <= 1);
        facts.note(Fact::Words2, words == 2);
        facts.note(Fact::Words3, words == 3);
        facts.note(Fact::Words4, words > 3);
        facts.note(Fact::AllCommon, words > 0 && common == words);
        facts.note(Fact::LongAllCommon, words > 2 && common == words);
        facts.note(Fact::NoneKnown, known == 0);
        facts.note(Fact::Linked, linked);
        facts.note(Fact::GivenAlone, given && !longer);
        facts.note(Fact::SurnameAlone, surname && !longer);
        facts.note(Fact::GivenAndSurname, given && surname && longer);
        facts.note(Fact::GivenFirst, given && !surname && longer);
        facts.note(Fact::SurnameLast, surname && !given && longer);
        facts.note(Fact::CommonLast, longer && !surname && self.marks.has(last, Mark::COMMON));
        facts.note(Fact::StopName, self.marks.has(first, Mark::STOP));
        facts.note(Fact::TitleFirst, self.marks.has(first, Mark::TITLE_OR_ROLE));
    }

    fn note_ending(&self, segment: &Segment, facts: &mut Facts) {
        let last = segment.tokens.end as usize - 1;
        let word = self.page.surface(TokenSpan::new(segment.tokens.end - 1, segment.tokens.end));
        if !self.marks.has(last, Mark::GIVEN_OR_SURNAME_OR_COMMON) {
            let hint = self.endings.hint(word);
            facts.note(Fact::EndsAsPerson, hint == Some(TypeId::PERSON));
            facts.note(Fact::EndsAsOrganization, hint == Some(TypeId::ORGANIZATION));
            facts.note(Fact::EndsAsPlace, hint == Some(TypeId::PLACE));
        }
        let before = segment.tokens.start.checked_sub(1).map(|at| TokenSpan::new(at, at + 1));
        let article = before.is_some_and(|b| {
            self.marks.has(b.start as usize, Mark::STOP)
                && self.page.text.tokens[b.range()][0].case == Case::Lower
        });
        facts.note(Fact::PluralWithArticle, facts.has(Fact::Words1) && article && word.ends_with('s'));
    }

    fn note_position(&self, segment: &Segment, facts: &mut Facts) {
        let Some(sentence) = self.page.text.sentences.get(segment.sentence as usize) else { return };
        let tokens = &self.page.text.tokens;
        let first = segment.tokens.start as usize;
        let opens = (sentence.tokens.start as usize..first)
            .rev()
            .take(3)
            .all(|at| tokens[at].kind == TokenKind::Punctuation);
        let common = facts.has(Fact::AllCommon) && facts.has(Fact::Words1);
        facts.note(Fact::Opens, opens);
        facts.note(Fact::OpensCommon, opens && common);
        facts.note(Fact::TitleCase, sentence.form == SentenceForm::TitleCase);
        facts.note(Fact::Capitals, sentence.form == SentenceForm::Capitals);
        facts.note(Fact::Line, sentence.form == SentenceForm::Line);
        facts
            .note(Fact::WholeLine, sentence.form != SentenceForm::Prose && sentence.tokens == segment.tokens);
        let acronym = tokens[first].kind == TokenKind::Dotted;
        let small = !acronym && self.small.has(tokens[first].word);
        facts.note(Fact::LowerElsewhere, small);
        facts.note(Fact::LongLowerElsewhere, small && !facts.has(Fact::Words1));
    }

    /// What one word inside running text is: a capital there tells more than one that opens a sentence.
    fn note_inside(&self, segment: &Segment, facts: &mut Facts) {
        let form = self.page.text.sentences.get(segment.sentence as usize).map(|s| s.form);
        let inside = form == Some(SentenceForm::Prose) && facts.has(Fact::Words1) && !facts.has(Fact::Opens);
        let first = self.page.text.tokens[segment.tokens.start as usize];
        facts.note(Fact::UnknownWord, inside && facts.has(Fact::NoneKnown) && first.case != Case::Upper);
        facts.note(Fact::CommonInside, inside && facts.has(Fact::AllCommon));
        facts.note(Fact::CuePersonInside, inside && facts.has(Fact::ListedPersonCue));
        facts.note(Fact::CueOrganizationInside, inside && facts.has(Fact::ListedOrganizationCue));
        facts.note(Fact::CuePlaceInside, inside && facts.has(Fact::ListedPlaceCue));
    }

    fn note_shape(&self, segment: &Segment, facts: &mut Facts) {
        let words =
            || self.page.text.tokens[segment.tokens.range()].iter().filter(|t: &&Token| t.is_wordlike());
        facts.note(Fact::Upper, words().all(|t| t.case == Case::Upper));
        facts.note(Fact::Camel, words().any(|t| t.case == Case::Camel));
        facts.note(Fact::Mixed, words().any(|t| matches!(t.kind, TokenKind::Mixed | TokenKind::Number)));
        let prose = !facts.has(Fact::Capitals) && !facts.has(Fact::TitleCase);
        let alone = facts.has(Fact::Words1) && !facts.has(Fact::AllCommon);
        facts.note(Fact::Acronym, facts.has(Fact::Upper) && alone && prose);
        let first = self.page.text.tokens[segment.tokens.start as usize];
        facts.note(Fact::AcronymShort, facts.has(Fact::Acronym) && first.end - first.start == 2);
        let common = self.marks.has(segment.tokens.start as usize, Mark::COMMON);
        facts.note(Fact::CommonShouted, facts.has(Fact::Acronym) && common);
        facts.note(Fact::Dotted, words().any(|t| t.kind == TokenKind::Dotted));
    }

    fn note_listed(&self, place: &Place, alone: bool, facts: &mut Facts) {
        let readings = self.listed.readings(place);
        facts.note(Fact::ListedShouted, readings.iter().all(|r| r.agreement == Agreement::Shouted));
        facts.note(Fact::ListedInstitution, place.institution);
        for reading in readings {
            if reading.demonym {
                facts.note(Fact::ListedDemonym, true);
                continue;
            }
            let (sure, cue, long) = match reading.type_id {
                TypeId::PERSON => (Fact::ListedPerson, Fact::ListedPersonCue, Fact::ListedPersonLong),
                TypeId::ORGANIZATION => {
                    (Fact::ListedOrganization, Fact::ListedOrganizationCue, Fact::ListedOrganizationLong)
                }
                TypeId::PLACE => (Fact::ListedPlace, Fact::ListedPlaceCue, Fact::ListedPlaceLong),
                _ => (Fact::ListedOther, Fact::ListedOther, Fact::ListedOther),
            };
            let surely = reading.strength <= Strength::Cased;
            facts.note(sure, surely);
            facts.note(cue, !surely);
            facts.note(long, surely && !alone);
            facts.note(Fact::InstitutionWithCountry, reading.country.is_some());
            facts.note(Fact::PlaceContained, self.lies_in(place.tokens, reading));
            if reading.type_id == TypeId::PLACE && surely {
                self.note_place(reading.entry, facts);
            }
        }
    }

    fn note_place(&self, entry: EntryId, facts: &mut Facts) {
        let gazetteer = self.page.gazetteer;
        let (subtype, population) = (gazetteer.subtype_of(entry), gazetteer.population_of(entry));
        facts.note(Fact::PlaceCountry, subtype == "country");
        facts.note(Fact::PlaceLarge, population >= 500_000);
        facts.note(Fact::PlaceSmall, (1..30_000).contains(&population));
        let country = gazetteer.country_of(entry);
        facts.note(Fact::PlaceSupported, !country.is_empty() && (self.supported)(country));
        let country = matches!(subtype, "country" | "territory" | "nation" | "historical");
        facts.note(Fact::SportsPlace, self.sports && !country);
        facts.note(Fact::SportsCountry, self.sports && country);
    }
}

/// Words that open a segment and stand in lower case elsewhere.
struct SmallWords {
    /// Words that open a segment, sorted, each with whether it stands in lower case.
    words: Vec<(WordId, bool)>,
    /// A bit for each remainder of their numbers: most words of a text open nothing.
    perhaps: u128,
}

impl SmallWords {
    fn new(tokens: &[Token], marks: &Marks, segments: &[Segment]) -> Self {
        let opening = segments.iter().map(|s| s.tokens.start as usize);
        let opening = opening.filter(|&at| marks.has(at, Mark::COMMON)).map(|at| (tokens[at].word, false));
        let mut small = Self { words: opening.collect(), perhaps: 0 };
        small.words.sort_unstable();
        small.words.dedup();
        small.perhaps = small.words.iter().fold(0, |bits, (word, _)| bits | bit(*word));
        for token in tokens.iter().filter(|t| t.case == Case::Lower) {
            if let Some(at) = small.find(token.word) {
                small.words[at].1 = true;
            }
        }
        small
    }

    fn find(&self, word: WordId) -> Option<usize> {
        if self.perhaps & bit(word) == 0 {
            return None;
        }
        self.words.binary_search_by_key(&word, |&(known, _)| known).ok()
    }

    fn has(&self, word: WordId) -> bool {
        self.find(word).is_some_and(|at| self.words[at].1)
    }
}

const fn bit(word: WordId) -> u128 {
    1 << (word.0 % 128)
}
