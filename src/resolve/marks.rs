//! Marks: for each token, which word lists it belongs to. Filled once a document from the hits, then asked by bit.

use crate::gazetteer::{Gazetteer, ListedWord, ValueId, WordCase, WordListId, word_agrees};
use crate::model::{Hit, Token, TokenKind, TokenSpan};
use crate::rules::Page;
use hashbrown::HashMap;

/// Word lists that name finding asks about, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(pub(super) u32);

impl Mark {
    pub(super) const COMMON: Self = Self(1);
    pub(super) const GIVEN: Self = Self(1 << 1);
    pub(super) const SURNAME: Self = Self(1 << 2);
    pub(super) const TITLE: Self = Self(1 << 3);
    pub(super) const ROLE: Self = Self(1 << 4);
    pub(super) const ORG_HEAD: Self = Self(1 << 5);
    pub(super) const ORG_HEAD_FIRST: Self = Self(1 << 6);
    pub(super) const ORG_SUFFIX: Self = Self(1 << 7);
    pub(super) const PLACE_HEAD: Self = Self(1 << 8);
    pub(super) const PARTICLE: Self = Self(1 << 9);
    pub(super) const CONNECTOR: Self = Self(1 << 10);
    pub(super) const STOP: Self = Self(1 << 11);
    pub(super) const FURNITURE: Self = Self(1 << 12);
    pub(super) const AND: Self = Self(1 << 13);
    pub(super) const DATE: Self = Self(1 << 14);
    /// A head word that stands before the rest of a place's name ("Lake", "Gulf of").
    pub(super) const PLACE_FIRST: Self = Self(1 << 15);
    /// Among the most frequent words of the language.
    pub(super) const EVERYDAY: Self = Self(1 << 17);
    /// A word that begins sentences rather than names.
    pub(super) const STARTER: Self = Self(1 << 18);
    /// A preposition after which a place is where something happens.
    pub(super) const WHERE: Self = Self(1 << 25);
    /// "said", "denied".
    pub(super) const SAID: Self = Self(1 << 27);
    /// "Jr.", "III".
    pub(super) const GENERATION: Self = Self(1 << 16);
    /// A word before an institution that makes it another one ("Regional").
    pub(super) const QUALIFIER: Self = Self(1 << 19);
    /// "at", "under": what stands between a body and the one that it belongs to.
    pub(super) const BELONGS: Self = Self(1 << 20);
    pub(super) const SPORT: Self = Self(1 << 26);
    /// What can be part of a name by its looks alone.
    pub(super) const NAMELIKE: Self = Self(1 << 21);
    /// A listed name begins here.
    pub(super) const LISTED: Self = Self(1 << 22);
    pub(super) const GIVEN_OR_SURNAME_OR_COMMON: Self =
        Self(Self::GIVEN.0 | Self::SURNAME.0 | Self::COMMON.0);
    /// What a word of the language is and an acronym is not.
    const ORDINARY: Self = Self(Self::COMMON.0 | Self::EVERYDAY.0 | Self::STOP.0);
    pub(super) const LINK: Self = Self(Self::CONNECTOR.0 | Self::AND.0);
    pub(super) const TITLE_OR_ROLE: Self = Self(Self::TITLE.0 | Self::ROLE.0);
}

/// One word list: its file's stem, the value of its rows that count (empty: all), and the mark they give.
const LISTS: &[(&str, &str, Mark)] = &[
    ("common_words", "", Mark::COMMON),
    ("common_words", "10", Mark::EVERYDAY),
    ("common_words", "20", Mark::EVERYDAY),
    ("given_names", "", Mark::GIVEN),
    ("surnames", "", Mark::SURNAME),
    ("titles", "", Mark::TITLE),
    ("ranks", "", Mark::TITLE),
    ("roles", "", Mark::ROLE),
    ("org_heads", "last", Mark::ORG_HEAD),
    ("org_heads", "both", Mark::ORG_HEAD),
    ("org_heads", "both", Mark::ORG_HEAD_FIRST),
    ("org_heads", "first_of", Mark::ORG_HEAD_FIRST),
    ("org_suffixes", "", Mark::ORG_SUFFIX),
    ("place_prepositions", "in", Mark::WHERE),
    ("said_verbs", "", Mark::SAID),
    ("place_heads", "last", Mark::PLACE_HEAD),
    ("place_heads", "both", Mark::PLACE_HEAD),
    ("place_heads", "both", Mark::PLACE_FIRST),
    ("place_heads", "first", Mark::PLACE_FIRST),
    ("person_particles", "", Mark::PARTICLE),
    ("person_suffixes", "generation", Mark::GENERATION),
    ("name_connectors", "link", Mark::CONNECTOR),
    ("name_connectors", "and", Mark::AND),
    ("stop_names", "determiner", Mark::STOP),
    ("stop_names", "function", Mark::STARTER),
    ("stop_names", "pronoun", Mark::STOP),
    ("stop_names", "time", Mark::STARTER),
    ("stop_names", "verb", Mark::STARTER),
    ("stop_names", "common", Mark::COMMON),
    ("stop_names", "common", Mark::EVERYDAY),
    ("stop_names", "direction", Mark::COMMON),
    ("stop_names", "direction", Mark::EVERYDAY),
    ("stop_names", "number", Mark::COMMON),
    ("furniture", "", Mark::FURNITURE),
    ("sports_words", "", Mark::SPORT),
    ("body_prepositions", "", Mark::BELONGS),
    ("body_qualifiers", "", Mark::QUALIFIER),
];

/// What the rows of one key give; few keys differ in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Given {
    /// In any case.
    always: u32,
    /// If the first letter is a capital.
    capital: u32,
    /// Rows of the key that must be compared letter by letter, and their lists, give more.
    exact: bool,
}

/// Which keys give which marks; looked up once when the rules are loaded.
#[derive(Clone, Debug, Default)]
pub(super) struct MarkLists {
    /// By number of the list: values that count (none: all) and their marks.
    lists: Vec<Vec<(Option<ValueId>, Mark)>>,
    /// What keys can give; the first gives nothing.
    given: Vec<Given>,
    /// For each key, what it gives.
    keys: Vec<u32>,
}

impl MarkLists {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut lists = Vec::new();
        for &(name, value, mark) in LISTS {
            let Some(list) = gazetteer.word_list(name) else { continue };
            let at = usize::from(list.0);
            if lists.len() <= at {
                lists.resize(at + 1, Vec::new());
            }
            lists[at].push(((!value.is_empty()).then(|| gazetteer.value_id(value)), mark));
        }
        let keys = vec![0; gazetteer.key_count()];
        let mut lists = Self { lists, given: vec![Given::default()], keys };
        lists.number_keys(gazetteer);
        lists
    }

    fn number_keys(&mut self, gazetteer: &Gazetteer) {
        let mut known: HashMap<Given, u32> = HashMap::new();
        known.insert(Given::default(), 0);
        // rows of a list mostly give the same
        let mut last = (Given::default(), 0);
        for list in (0..self.lists.len()).filter(|&at| !self.lists[at].is_empty()) {
            let Ok(number) = u16::try_from(list) else { continue };
            for (key, row) in gazetteer.words_of(WordListId(number)) {
                let marks = self.of(row).0;
                let Some(slot) = self.keys.get_mut(key.0 as usize).filter(|_| marks != 0) else { continue };
                let mut given = self.given[*slot as usize];
                match row.case {
                    WordCase::Any => given.always |= marks,
                    WordCase::Capital => given.capital |= marks,
                    WordCase::Exact => given.exact = true,
                }
                if given == self.given[*slot as usize] {
                    continue;
                }
                if given == last.0 {
                    *slot = last.1;
                    continue;
                }
                let next = u32::try_from(self.given.len()).unwrap_or(u32::MAX);
                *slot = *known.entry(given).or_insert(next);
                if *slot == next {
                    self.given.push(given);
                }
                last = (given, *slot);
            }
        }
    }

    /// The marks that a row gives.
    fn of(&self, row: &ListedWord) -> Mark {
        let rows = self.lists.get(usize::from(row.list.0)).map_or(&[][..], Vec::as_slice);
        let fits = |value: Option<ValueId>| value.is_none_or(|value| value == row.value);
        Mark(rows.iter().filter(|(value, _)| fits(*value)).fold(0, |bits, (_, mark)| bits | mark.0))
    }

    /// The marks of a hit.
    fn at(&self, page: &Page<'_>, hit: &Hit) -> u32 {
        let given = self.keys.get(hit.key.0 as usize).map_or(0, |&number| number as usize);
        if given == 0 {
            return 0;
        }
        let Given { always, capital, exact } = self.given[given];
        let tokens = &page.text.tokens[hit.tokens.range()];
        let mut marks = always | if tokens[0].is_capitalized() { capital } else { 0 };
        if exact {
            let rows = page.gazetteer.words(hit.key).iter().filter(|row| row.case == WordCase::Exact);
            let agrees = |row: &&ListedWord| word_agrees(page.gazetteer, row, page.source(), tokens);
            marks |= rows.filter(agrees).fold(0, |bits, row| bits | self.of(row).0);
        }
        // "U.S." is not "us"
        let dotted = matches!(tokens, [token] if token.kind == TokenKind::Dotted);
        if dotted { marks & !Mark::ORDINARY.0 } else { marks }
    }
}

/// Marks of each token of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    bits: Vec<u32>,
}

impl Marks {
    pub(super) fn fill(&mut self, page: &Page<'_>, lists: &MarkLists) {
        let looks = |token: &Token| if looks_like_name(token) { Mark::NAMELIKE.0 } else { 0 };
        self.bits.clear();
        self.bits.extend(page.text.tokens.iter().map(looks));
        for hit in &page.hits.all {
            let marks = lists.at(page, hit);
            if marks != 0 {
                self.add(hit.tokens, Mark(marks));
            }
        }
    }

    pub(super) fn add(&mut self, tokens: TokenSpan, mark: Mark) {
        for bits in self.bits.get_mut(tokens.range()).into_iter().flatten() {
            *bits |= mark.0;
        }
    }

    /// How many tokens have any of these marks.
    pub(super) fn count(&self, mark: Mark) -> usize {
        self.bits.iter().filter(|&bits| bits & mark.0 != 0).count()
    }

    /// Has token `at` any of these marks?
    pub(super) fn has(&self, at: usize, mark: Mark) -> bool {
        self.bits.get(at).is_some_and(|bits| bits & mark.0 != 0)
    }
}

/// A word that can be part of a name by its looks alone.
pub(super) fn looks_like_name(token: &Token) -> bool {
    token.is_wordlike() && token.is_capitalized()
}
