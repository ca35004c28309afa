//! Facts: what code sees at a segment and no pattern can say, each with a name by which rules weigh it.
//!
//! Which lists have the name and how surely, how its words are marked and written, where it stands, what the rest of
//! the document says. What a fact is worth is said in `rules/names`.

use super::coref::Link;
use super::endings::Endings;
use super::listed::{Listed, Place, Reading};
use super::marks::{Mark, Marks};
use super::segment::Segment;
use crate::gazetteer::{Agreement, EntryId, Strength};
use crate::model::{Case, Gap, SentenceForm, Token, TokenKind, TokenSpan, TypeId, WordId};
use crate::rules::Page;
use hashbrown::HashSet;

/// One fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Holds for every segment.
    Any,
    /// A list surely has it as a person.
    ListedPerson,
    /// A list has it as a person if something else says so.
    ListedPersonCue,
    /// Listed as a person, two words or more.
    ListedPersonLong,
    /// A list surely has it as an organization.
    ListedOrganization,
    /// A list has it as an organization if something else says so.
    ListedOrganizationCue,
    /// Listed as an organization, two words or more.
    ListedOrganizationLong,
    /// A list surely has it as a place.
    ListedPlace,
    /// A list has it as a place if something else says so.
    ListedPlaceCue,
    /// Listed as a place, two words or more.
    ListedPlaceLong,
    /// A list has it as something else.
    ListedOther,
    /// A nationality word.
    ListedDemonym,
    /// Listed, but here in capitals and there not.
    ListedShouted,
    /// A row of the grammar of institutions.
    ListedInstitution,
    /// Such a row with its country.
    InstitutionWithCountry,
    /// Listed as a country.
    PlaceCountry,
    /// Listed as a place of half a million or more.
    PlaceLarge,
    /// Listed as a place of fewer than thirty thousand.
    PlaceSmall,
    /// Listed as a place in a country that the document names.
    PlaceSupported,
    /// Listed as a place, in a document about sport.
    SportsPlace,
    /// The end of a person's name in the document.
    SurnameOfFull,
    /// The beginning of one.
    GivenOfFull,
    /// Introduced as an acronym.
    AcronymOfFull,
    /// The initials of a longer name.
    InitialsOfFull,
    /// The beginning of an organization's name.
    HeadOfFull,
    /// One word.
    Words1,
    /// Two words.
    Words2,
    /// Three words.
    Words3,
    /// Four words or more.
    Words4,
    /// First in a sentence, or a line.
    Opens,
    /// So, and one common word.
    OpensCommon,
    /// In a line that capitalizes its words.
    TitleCase,
    /// In a line of capitals.
    Capitals,
    /// In a line of its own.
    Line,
    /// A line of its own.
    WholeLine,
    /// Common words only.
    AllCommon,
    /// Neither common words nor parts of persons' names.
    NoneKnown,
    /// One word, a given name.
    GivenAlone,
    /// One word, a surname.
    SurnameAlone,
    /// Begins with a given name, ends with a surname.
    GivenAndSurname,
    /// Begins with a given name, ends otherwise.
    GivenFirst,
    /// Ends with a surname, begins otherwise.
    SurnameLast,
    /// Two words or more, the last a common one and no surname.
    CommonLast,
    /// All capitals.
    Upper,
    /// Capitals inside.
    Camel,
    /// Letters and digits.
    Mixed,
    /// Letters with periods.
    Dotted,
    /// Its first word is written small elsewhere in the document.
    LowerElsewhere,
    /// Written so twice or more in the document.
    Repeated,
    /// Written so four times or more.
    Often,
    /// In a document about sport.
    Sports,
    /// Words such as "of" inside.
    Linked,
    /// Begins with a word that is no name.
    StopName,
    /// Begins with a title or role.
    TitleFirst,
    /// Of no list, it ends as persons' names do.
    EndsAsPerson,
    /// Of no list, it ends as names of organizations do.
    EndsAsOrganization,
    /// Of no list, it ends as names of places do.
    EndsAsPlace,
    /// One word that ends in s, with an article before it.
    PluralWithArticle,
    /// Listed as a country, in a document about sport: its team is called so too.
    SportsCountry,
    /// One word of capitals in running text, no common word.
    Acronym,
    /// So, of two letters.
    AcronymShort,
    /// In capitals in running text, a common word.
    CommonShouted,
    /// The long form of an acronym that follows in brackets.
    HasAcronym,
    /// Two words or more, the first written small elsewhere in the document.
    LongLowerElsewhere,
    /// Three common words or more.
    LongAllCommon,
    /// One common word, capitalized inside running text.
    CommonInside,
    /// One word of no list, not in capitals.
    UnknownWord,
    /// Inside running text, listed as a person if something else says so.
    CuePersonInside,
    /// Inside running text, listed as an organization if something else says so.
    CueOrganizationInside,
    /// Inside running text, listed as a place if something else says so.
    CuePlaceInside,
    /// Listed as a place in the country that follows, or whose division follows ("Lincoln, Nebraska").
    PlaceContained,
}

/// All facts with their names, in order.
const ALL: [(Fact, &str); 71] = [
    (Fact::Any, "any"),
    (Fact::ListedPerson, "listed_person"),
    (Fact::ListedPersonCue, "listed_person_cue"),
    (Fact::ListedPersonLong, "listed_person_long"),
    (Fact::ListedOrganization, "listed_organization"),
    (Fact::ListedOrganizationCue, "listed_organization_cue"),
    (Fact::ListedOrganizationLong, "listed_organization_long"),
    (Fact::ListedPlace, "listed_place"),
    (Fact::ListedPlaceCue, "listed_place_cue"),
    (Fact::ListedPlaceLong, "listed_place_long"),
    (Fact::ListedOther, "listed_other"),
    (Fact::ListedDemonym, "listed_demonym"),
    (Fact::ListedShouted, "listed_shouted"),
    (Fact::ListedInstitution, "listed_institution"),
    (Fact::InstitutionWithCountry, "institution_with_country"),
    (Fact::PlaceCountry, "place_country"),
    (Fact::PlaceLarge, "place_large"),
    (Fact::PlaceSmall, "place_small"),
    (Fact::PlaceSupported, "place_supported"),
    (Fact::SportsPlace, "sports_place"),
    (Fact::SurnameOfFull, "surname_of_full"),
    (Fact::GivenOfFull, "given_of_full"),
    (Fact::AcronymOfFull, "acronym_of_full"),
    (Fact::InitialsOfFull, "initials_of_full"),
    (Fact::HeadOfFull, "head_of_full"),
    (Fact::Words1, "words_1"),
    (Fact::Words2, "words_2"),
    (Fact::Words3, "words_3"),
    (Fact::Words4, "words_4"),
    (Fact::Opens, "opens"),
    (Fact::OpensCommon, "opens_common"),
    (Fact::TitleCase, "title_case"),
    (Fact::Capitals, "capitals"),
    (Fact::Line, "line"),
    (Fact::WholeLine, "whole_line"),
    (Fact::AllCommon, "all_common"),
    (Fact::NoneKnown, "none_known"),
    (Fact::GivenAlone, "given_alone"),
    (Fact::SurnameAlone, "surname_alone"),
    (Fact::GivenAndSurname, "given_and_surname"),
    (Fact::GivenFirst, "given_first"),
    (Fact::SurnameLast, "surname_last"),
    (Fact::CommonLast, "common_last"),
    (Fact::Upper, "upper"),
    (Fact::Camel, "camel"),
    (Fact::Mixed, "mixed"),
    (Fact::Dotted, "dotted"),
    (Fact::LowerElsewhere, "lower_elsewhere"),
    (Fact::Repeated, "repeated"),
    (Fact::Often, "often"),
    (Fact::Sports, "sports"),
    (Fact::Linked, "linked"),
    (Fact::StopName, "stop_name"),
    (Fact::TitleFirst, "title_first"),
    (Fact::EndsAsPerson, "ends_as_person"),
    (Fact::EndsAsOrganization, "ends_as_organization"),
    (Fact::EndsAsPlace, "ends_as_place"),
    (Fact::PluralWithArticle, "plural_with_article"),
    (Fact::SportsCountry, "sports_country"),
    (Fact::Acronym, "acronym"),
    (Fact::AcronymShort, "acronym_short"),
    (Fact::CommonShouted, "common_shouted"),
    (Fact::HasAcronym, "has_acronym"),
    (Fact::LongLowerElsewhere, "long_lower_elsewhere"),
    (Fact::LongAllCommon, "long_all_common"),
    (Fact::CommonInside, "common_inside"),
    (Fact::UnknownWord, "unknown_word"),
    (Fact::CuePersonInside, "cue_person_inside"),
    (Fact::CueOrganizationInside, "cue_organization_inside"),
    (Fact::CuePlaceInside, "cue_place_inside"),
    (Fact::PlaceContained, "place_contained"),
];

impl Fact {
    pub(super) fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(_, n)| *n == name).map(|(fact, _)| *fact)
    }

    pub(super) fn names() -> String {
        ALL.map(|(_, name)| name).join(", ")
    }
}

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(u128);

impl Facts {
    pub(super) const fn has(self, fact: Fact) -> bool {
        self.0 >> fact as u8 & 1 == 1
    }

    fn note(&mut self, fact: Fact, holds: bool) {
        self.0 |= u128::from(holds) << fact as u8;
    }

    /// Adds how a segment may stand for a longer name, and whether an acronym of it follows.
    pub(super) fn note_links(&mut self, links: &[(Link, u32)], acronym: bool) {
        self.note(Fact::HasAcronym, acronym);
        for (link, _) in links {
            let fact = match link {
                Link::Surname => Fact::SurnameOfFull,
                Link::Given => Fact::GivenOfFull,
                Link::Acronym => Fact::AcronymOfFull,
                Link::Initials => Fact::InitialsOfFull,
                Link::Head => Fact::HeadOfFull,
            };
            self.note(fact, true);
        }
    }
}

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
    /// Words that open a segment and stand in lower case elsewhere.
    small: HashSet<WordId>,
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
        let tokens = &page.text.tokens;
        let words = (0..tokens.len()).filter(|&at| marks.has(at, Mark::SPORT)).count();
        let sports = words >= 3 && words * SPORTS_SHARE >= tokens.len();
        let opening: HashSet<WordId> = segments
            .iter()
            .map(|s| s.tokens.start as usize)
            .filter(|&at| marks.has(at, Mark::COMMON))
            .map(|at| tokens[at].word)
            .collect();
        let small = tokens.iter().filter(|t| t.case == Case::Lower && opening.contains(&t.word));
        let small = small.map(|t| t.word).collect();
        Self { page, listed, marks, endings, supported, sports, small }
    }

    /// Is it a place whose country, or a division of that, follows behind a comma?
    pub(super) fn lies_in(&self, tokens: TokenSpan, reading: &Reading) -> bool {
        let (gazetteer, comma) = (self.page.gazetteer, tokens.end as usize);
        let part = reading.type_id == TypeId::PLACE && gazetteer.subtype_of(reading.entry) != "country";
        let behind = self.page.text.tokens.get(comma).is_some_and(|t| t.gap < Gap::Blank);
        if !part || !behind || self.page.surface(TokenSpan::new(tokens.end, tokens.end + 1)) != "," {
            return false;
        }
        let places = self.listed.starting_at(comma + 1).iter().flat_map(|p| self.listed.readings(p));
        places.filter(|r| !r.demonym && r.type_id == TypeId::PLACE).any(|r| {
            matches!(gazetteer.subtype_of(r.entry), "country" | "territory" | "division" | "state")
                && gazetteer.country_of(r.entry) == gazetteer.country_of(reading.entry)
        })
    }

    /// Which words of a segment are common ones.
    pub(super) fn common_words(&self, segment: u32, segments: &[Segment]) -> Vec<bool> {
        let tokens = segments[segment as usize].tokens.range();
        let words = tokens.filter(|&at| self.page.text.tokens[at].is_wordlike());
        words.map(|at| self.marks.has(at, Mark::COMMON)).collect()
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
        let small = !acronym && self.small.contains(&tokens[first].word);
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
