//! Facts: what code sees at a segment and no pattern can say, each with a name by which rules weigh it.
//!
//! Which lists have the name and how surely, how its words are marked and written, where it stands, what the rest of
//! the document says. What a fact is worth is said in `rules/names`.

use super::coref::Link;

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
    /// How many facts there are.
    pub(super) const COUNT: usize = ALL.len();

    /// One fact, by its number.
    pub(super) const fn of_number(number: usize) -> Self {
        Self(1 << number)
    }

    /// How the segments of a group may stand for longer names, and whether an acronym of theirs follows.
    pub(super) fn of_links(links: &[(Link, u32)], acronym: bool) -> Self {
        let mut facts = Self::default();
        facts.note(Fact::HasAcronym, acronym);
        for (link, _) in links {
            let fact = match link {
                Link::Surname => Fact::SurnameOfFull,
                Link::Given => Fact::GivenOfFull,
                Link::Acronym => Fact::AcronymOfFull,
                Link::Initials => Fact::InitialsOfFull,
                Link::Head => Fact::HeadOfFull,
            };
            facts.note(fact, true);
        }
        facts
    }

    #[inline]
    pub(super) const fn has(self, fact: Fact) -> bool {
        self.0 >> fact as u8 & 1 == 1
    }

    #[inline]
    pub(super) const fn note(&mut self, fact: Fact, holds: bool) {
        self.0 |= (holds as u128) << fact as u8;
    }

    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Calls `each` with the numbers of its facts, in order.
    #[inline]
    pub(super) fn each_number(self, mut each: impl FnMut(usize)) {
        let mut rest = self.0;
        while rest != 0 {
            each(rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}
