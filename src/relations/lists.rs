//! The word lists that code here asks for, found once by name; a list that is missing has no words.

use crate::gazetteer::{Gazetteer, ListedWord, WordListId};
use crate::rules::Field;

/// Word lists.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    /// Words that end a noun phrase.
    pub(super) breaks: Option<WordListId>,
    pub(super) determiners: Option<WordListId>,
    pub(super) prepositions: Option<WordListId>,
    pub(super) adverbs: Option<WordListId>,
    /// Nouns that act for their country ("Russian troops").
    pub(super) actors: Option<WordListId>,
    /// What follows a place in a compound ("Riga-based").
    pub(super) compounds: Option<WordListId>,
    /// Nouns that take a name before them for another thing ("NATO allies").
    pub(super) owned: Option<WordListId>,
    pub(super) roles: Option<WordListId>,
    /// Words that say how a thing is stated, with their modality.
    pub(super) cues: Option<WordListId>,
    /// Verbs before a verb ("planned to"), with their modality.
    pub(super) chains: Option<WordListId>,
    /// What joins the last member of a coordination.
    pub(super) joiners: Option<WordListId>,
    /// What may stand before the first subject of a clause.
    pub(super) openers: Option<WordListId>,
    /// What organizations are called ("company").
    pub(super) commons: Option<WordListId>,
    /// Ends of words that go on with no noun phrase.
    pub(super) endings: Endings,
}

/// Ends of words, by what such a word is.
#[derive(Clone, Debug, Default)]
pub(super) struct Endings {
    /// Of a verb's past ("-ed").
    past: Vec<Box<str>>,
    /// Of other words that are no nouns ("-ing", "-ly").
    other: Vec<Box<str>>,
}

impl Endings {
    fn find(gazetteer: &Gazetteer) -> Self {
        let rows = || gazetteer.word_list("verb_endings").into_iter().flat_map(|l| gazetteer.words_of(l));
        let of = |past| {
            let fits = move |(_, row): &(_, &ListedWord)| (gazetteer.value(row) == PAST) == past;
            rows().filter(fits).map(|(_, row)| gazetteer.word_form(row).into()).collect()
        };
        Self { past: of(true), other: of(false) }
    }

    /// Does `word` end like a verb in the past?
    pub(super) fn is_past(&self, word: &str) -> bool {
        self.past.iter().any(|end| word.ends_with(&**end))
    }

    /// Does `word` end like no noun?
    pub(super) fn has(&self, word: &str) -> bool {
        self.is_past(word) || self.other.iter().any(|end| word.ends_with(&**end))
    }
}

/// The value of rows of `verb_endings` that are ends of a past.
const PAST: &str = "past";

impl Lists {
    pub(super) fn find(gazetteer: &Gazetteer) -> Self {
        let list = |name| gazetteer.word_list(name);
        Self {
            breaks: list("phrase_breaks"),
            determiners: list("determiners"),
            prepositions: list("prepositions"),
            adverbs: list("adverbs"),
            actors: list("country_actors"),
            compounds: list("compound_tails"),
            owned: list("owned_nouns"),
            roles: list("roles"),
            cues: list("modality_cues"),
            chains: list("chain_verbs"),
            joiners: list("joiners"),
            openers: list("clause_openers"),
            commons: list("org_commons"),
            endings: Endings::find(gazetteer),
        }
    }
}

/// The longest row of `list` that starts at token `at`: its end and the row.
pub(super) fn listed(field: &Field<'_>, list: Option<WordListId>, at: usize) -> Option<(usize, ListedWord)> {
    let list = list?;
    field.hits.starting_at(at).iter().find_map(|hit| {
        let row = field.gazetteer.words(hit.key).get(field.row_of(hit, list, &[])?)?;
        (hit.tokens.end <= field.bounds.end).then_some((hit.tokens.end as usize, *row))
    })
}
