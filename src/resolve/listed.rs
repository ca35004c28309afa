//! Listed names at their places: every hit that agrees in case with a name, with all its readings; and institutions
//! composed with a country beside them.

use super::marks::{Mark, Marks};
use crate::gazetteer::{Agreement, EntryId, Name, Strength, agreement};
use crate::model::{Case, Gap, TokenKind, TokenSpan, TypeId};
use crate::rules::Page;

/// A listed name as one possible meaning of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The entry.
    pub(super) entry: EntryId,
    /// For a composed institution, its country.
    pub(super) country: Option<EntryId>,
    pub(super) type_id: TypeId,
    pub(super) strength: Strength,
    pub(super) agreement: Agreement,
    pub(super) list: u16,
    pub(super) line: u32,
    /// The entry's canonical name, not an alias?
    pub(super) main: bool,
    /// A nationality word.
    pub(super) demonym: bool,
}

/// A stretch of text with its listed readings; `readings` is a range of [`Listed::readings`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) tokens: TokenSpan,
    pub(super) readings: (u32, u32),
    /// A row of the grammar of institutions stands here.
    pub(super) institution: bool,
}

/// All listed names of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    pub(super) places: Vec<Place>,
    readings: Vec<Reading>,
    /// For each 64 tokens, at which of them places start, and how many starts there are before.
    blocks: Vec<(u64, u32)>,
    /// The first place of each start, and the number of places.
    first: Vec<u32>,
}

impl Listed {
    pub(super) fn readings(&self, place: &Place) -> &[Reading] {
        &self.readings[place.readings.0 as usize..place.readings.1 as usize]
    }

    /// Places that start at token `at`, longest first.
    pub(super) fn starting_at(&self, at: usize) -> &[Place] {
        let Some(&(starts, before)) = self.blocks.get(at / 64) else { return &[] };
        let bit = 1_u64 << (at % 64);
        if starts & bit == 0 {
            return &[];
        }
        let start = before as usize + (starts & (bit - 1)).count_ones() as usize;
        &self.places[self.first[start] as usize..self.first[start + 1] as usize]
    }

    /// Finds the listed names of a document and marks where they begin.
    pub(super) fn fill(&mut self, page: &Page<'_>, marks: &mut Marks) {
        self.places.clear();
        self.readings.clear();
        for hit in &page.hits.all {
            let names = page.gazetteer.names(hit.key);
            if !names.is_empty() {
                self.add(page, hit.tokens, names, marks);
            }
        }
        self.compose(page, marks);
        self.places.sort_by_key(|p| (p.tokens.start, std::cmp::Reverse(p.tokens.end)));
        self.index(page.text.tokens.len());
        for place in &self.places {
            marks.add(TokenSpan::new(place.tokens.start, place.tokens.start + 1), Mark::LISTED);
        }
    }

    fn add(&mut self, page: &Page<'_>, tokens: TokenSpan, names: &[Name], marks: &Marks) {
        let from = self.readings.len();
        let (mut institution, mut article) = (false, false);
        let words = &page.text.tokens[tokens.range()];
        for name in names {
            if name.strength == Strength::Never {
                continue;
            }
            let found = agreement(page.gazetteer, name, page.source(), words);
            if found == Agreement::Refused {
                continue;
            }
            let type_id = page.gazetteer.type_of(name.entry);
            let composed = page.gazetteer.is_institution(name.entry);
            if (composed || type_id == TypeId::ORGANIZATION)
                && ends_as_a_plain_word(page, name, tokens, marks)
            {
                continue;
            }
            let demonym = page.gazetteer.list(name.list).is_some_and(|l| l.demonym);
            institution |= composed;
            article |= words.len() > 1 && begins_with_article(page, name, tokens, marks);
            let reading = Reading {
                entry: name.entry,
                country: None,
                type_id,
                strength: if demonym && !may_be_a_verb(page, tokens, marks) {
                    name.strength
                } else {
                    strength_here(name, type_id, tokens, marks)
                },
                agreement: found,
                list: name.list,
                line: name.line,
                main: name.main,
                demonym,
            };
            // one entry may list two spellings that fold alike: the better agreement counts
            match self.readings[from..].iter_mut().find(|r| r.entry == name.entry) {
                Some(known) if rank(&reading) < rank(known) => *known = reading,
                Some(_) => {}
                None => self.readings.push(reading),
            }
        }
        // the period of "Corp." belongs to the name, whether or not the list writes it
        let period = page.text.tokens.get(tokens.end as usize).is_some_and(|t| t.gap == Gap::None)
            && marks.has(tokens.end as usize - 1, Mark::ORG_SUFFIX)
            && marks.has(tokens.end as usize, Mark::ORG_SUFFIX);
        let tokens = TokenSpan::new(tokens.start + u32::from(article), tokens.end + u32::from(period));
        self.close(tokens, from, institution);
    }

    fn close(&mut self, tokens: TokenSpan, from: usize, institution: bool) {
        if self.readings.len() > from {
            let readings = (to_u32(from), to_u32(self.readings.len()));
            self.places.push(Place { tokens, readings, institution });
        }
    }

    /// Adds "Lithuanian Foreign Ministry" and "Foreign Ministry of (the Republic of) Lithuania".
    fn compose(&mut self, page: &Page<'_>, marks: &Marks) {
        let grammar: Vec<Place> = self.places.iter().filter(|p| p.institution).copied().collect();
        if grammar.is_empty() {
            return;
        }
        let countries: Vec<(TokenSpan, EntryId)> = self.countries(page);
        for place in grammar {
            for &(tokens, country) in countries_beside(&countries, place.tokens, marks) {
                self.add_composed(&place, tokens, country);
            }
        }
    }

    fn countries(&self, page: &Page<'_>) -> Vec<(TokenSpan, EntryId)> {
        let mut found = Vec::new();
        for place in &self.places {
            for reading in self.readings(place) {
                if reading.type_id == TypeId::PLACE
                    && is_country(page.gazetteer.subtype_of(reading.entry))
                    && !page.gazetteer.country_of(reading.entry).is_empty()
                {
                    found.push((place.tokens, reading.entry));
                }
            }
        }
        found.sort_by_key(|(tokens, entry)| (tokens.start, tokens.end, *entry));
        found
    }

    fn add_composed(&mut self, place: &Place, country_tokens: TokenSpan, country: EntryId) {
        let tokens = TokenSpan::new(
            place.tokens.start.min(country_tokens.start),
            place.tokens.end.max(country_tokens.end),
        );
        let from = self.readings.len();
        for i in place.readings.0..place.readings.1 {
            let mut reading = self.readings[i as usize];
            if reading.type_id == TypeId::ORGANIZATION {
                reading.country = Some(country);
                self.readings.push(reading);
            }
        }
        self.close(tokens, from, true);
    }

    fn index(&mut self, tokens: usize) {
        self.blocks.clear();
        self.blocks.resize(tokens.div_ceil(64), (0, 0));
        self.first.clear();
        let mut last = None;
        for (number, place) in self.places.iter().enumerate() {
            let start = place.tokens.start as usize;
            if last != Some(start) {
                last = Some(start);
                self.first.push(to_u32(number));
                self.blocks[start / 64].0 |= 1 << (start % 64);
            }
        }
        self.first.push(to_u32(self.places.len()));
        let mut before = 0;
        for (starts, sum) in &mut self.blocks {
            *sum = before;
            before += starts.count_ones();
        }
    }
}

/// Does the name begin with an article or an adjective that is no part of it: "the Netherlands", "upstate New York"?
fn begins_with_article(page: &Page<'_>, name: &Name, tokens: TokenSpan, marks: &Marks) -> bool {
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let words = page.text.tokens.get(tokens.range()).unwrap_or_default();
    let (in_text, in_list) = (page.surface(tokens).chars().next(), page.gazetteer.form(name).chars().next());
    let [first, second, ..] = words else { return false };
    let start = tokens.start as usize;
    let adjective = first.case == Case::Lower && second.is_capitalized() && marks.has(start, Mark::COMMON);
    (marks.has(start, Mark::STOP) && (small(in_text) || small(in_list)))
        || (adjective && !marks.has(start, Mark::PARTICLE))
}

/// "British government" for the listed "British Government", "foreign ministry": a common noun, no name.
fn ends_as_a_plain_word(page: &Page<'_>, name: &Name, tokens: TokenSpan, marks: &Marks) -> bool {
    let Some(last) = page.text.tokens.get(tokens.end as usize - 1) else { return true };
    // the halves of "Cyber-partisans" are no words of their own
    let hyphened = tokens.len() > 2 && last.gap == Gap::None;
    let small = last.kind == TokenKind::Word && last.case == Case::Lower && !hyphened;
    let glued = page.text.tokens.get(tokens.start as usize + 1).is_some_and(|t| t.gap == Gap::None);
    let begins_small = page.text.tokens.get(tokens.start as usize).is_some_and(|t| t.case == Case::Lower)
        && !(glued && tokens.len() > 2)
        && marks.has(tokens.start as usize, Mark::COMMON)
        && page.gazetteer.form(name).starts_with(char::is_uppercase);
    let listed_so = || {
        page.gazetteer.form(name).split(' ').next_back().is_some_and(|w| w.starts_with(char::is_lowercase))
    };
    begins_small
        || small
            && marks.has(tokens.end as usize - 1, Mark::COMMON)
            && (name.strength == Strength::Strong || !listed_so())
}

/// "Polish the brass": first in its sentence, before an article or pronoun.
fn may_be_a_verb(page: &Page<'_>, tokens: TokenSpan, marks: &Marks) -> bool {
    let sentence = page.text.sentences.get(page.text.sentence_of(tokens.start));
    sentence.is_some_and(|s| s.tokens.start == tokens.start) && marks.has(tokens.end as usize, Mark::STOP)
}

/// A place named like an everyday word ("Union") needs support; a nationality word ("Polish") does not.
fn strength_here(name: &Name, type_id: TypeId, tokens: TokenSpan, marks: &Marks) -> Strength {
    let everyday = tokens.len() == 1 && marks.has(tokens.start as usize, Mark::EVERYDAY);
    if everyday && type_id == TypeId::PLACE && name.strength == Strength::Cased {
        Strength::Cue
    } else {
        name.strength
    }
}

/// Subtypes of places whose institutions a document can name with them.
fn is_country(subtype: &str) -> bool {
    matches!(subtype, "country" | "territory" | "historical" | "state")
}

/// The country names directly before `tokens` (no possessive), or after them behind linking words.
fn countries_beside<'c>(
    countries: &'c [(TokenSpan, EntryId)],
    tokens: TokenSpan,
    marks: &'c Marks,
) -> impl Iterator<Item = &'c (TokenSpan, EntryId)> {
    let linked = move |from: u32, to: u32| {
        from < to && to - from <= 2 && (from..to).all(|at| marks.has(at as usize, Mark::CONNECTOR))
    };
    let before = countries.partition_point(|(c, _)| c.start + 6 < tokens.start);
    let near = countries[before..].iter().take_while(move |(c, _)| c.start <= tokens.end + 2);
    near.filter(move |(c, _)| c.end == tokens.start || linked(tokens.end, c.start))
}

fn rank(reading: &Reading) -> (Agreement, Strength, bool) {
    (reading.agreement, reading.strength, !reading.main)
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
