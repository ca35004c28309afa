//! Every reading that the lists have of a string, and of the parts of it: where it stands, how strong it is and why.

use std::fmt;

use super::rows::Column;
use super::store::{COMMON_WORDS, is_acronym};
use super::{Gazetteer, ListedWord, Name, Strength, agreement, word_agrees};
use crate::model::{Hit, Hits, Text};
use crate::text::{TokenScratch, Vocabulary, tokenize};

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The part of the string that it reads.
    pub text: String,
    /// The name or word as listed.
    pub form: String,
    /// What it is: an entry (`place-vilnius-lt Vilnius, place/city, LT`) or a listed word (`titles: president`).
    pub what: String,
    /// Its list.
    pub path: String,
    /// Its line there.
    pub line: u32,
    /// Its strength; of a listed word none.
    pub strength: Option<Strength>,
    /// What gave it that strength; for a listed word in what case it counts.
    pub why: &'static str,
    /// How the text agrees with it.
    pub agreement: String,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, form, what, path, line, why, agreement, .. } = self;
        match self.strength {
            Some(strength) => {
                write!(
                    f,
                    "{text}: {what}; listed as `{form}` in {path}:{line}; {} ({why}); {agreement}",
                    strength.as_str()
                )
            }
            None => write!(f, "{text}: {what}; listed as `{form}` in {path}:{line}; {agreement}"),
        }
    }
}

/// All readings of `string`, from left to right, longer parts first. Needs [`Gazetteer::build`].
pub fn show(gazetteer: &Gazetteer, vocabulary: &Vocabulary, string: &str) -> Vec<Reading> {
    let (mut text, mut hits) = (Text::default(), Hits::default());
    tokenize(string, vocabulary, &mut TokenScratch::default(), &mut text.tokens);
    gazetteer.scan(&text, &mut hits);
    let shower = Shower { gazetteer, string, text };
    let readings = hits.all.iter().flat_map(|hit| {
        let names = gazetteer.names(hit.key).iter().map(|name| shower.name(hit, name));
        let words = gazetteer.words(hit.key).iter().map(|word| shower.word(hit, word));
        names.chain(words).collect::<Vec<_>>()
    });
    readings.collect()
}

struct Shower<'a> {
    gazetteer: &'a Gazetteer,
    string: &'a str,
    text: Text,
}

impl Shower<'_> {
    fn surface(&self, hit: &Hit) -> String {
        self.string.get(self.text.bytes(hit.tokens).range()).unwrap_or_default().to_owned()
    }

    fn name(&self, hit: &Hit, name: &Name) -> Reading {
        let entry = self.gazetteer.entry(name.entry);
        let kind = self.gazetteer.types().get(usize::from(entry.type_id.0)).map_or("", |name| name);
        let mut what = format!("{} {}, {kind}", entry.id, entry.name);
        for (mark, fact) in [("/", entry.subtype), (", ", entry.country), (", ", entry.external_ids)] {
            if !fact.is_empty() {
                what.push_str(mark);
                what.push_str(fact);
            }
        }
        let tokens = self.text.tokens.get(hit.tokens.range()).unwrap_or_default();
        let agreement = agreement(self.gazetteer, name, self.string, tokens);
        Reading {
            text: self.surface(hit),
            form: self.gazetteer.form(name).to_owned(),
            what,
            path: self.gazetteer.list(name.list).map(super::List::path).unwrap_or_default(),
            line: name.line,
            strength: Some(name.strength),
            why: self.why(hit, name),
            agreement: format!("{agreement:?}").to_lowercase(),
        }
    }

    /// What gave a name its strength.
    fn why(&self, hit: &Hit, name: &Name) -> &'static str {
        let store = &self.gazetteer.store;
        let Some(loaded) = store.lists.get(usize::from(name.list)) else { return "" };
        let row_says = store.row_of(name).is_some_and(|at| !loaded.cell(at.row, Column::Strength).is_empty());
        let is_common = self.gazetteer.word_list(COMMON_WORDS).is_some_and(|common| {
            hit.tokens.len() == 1 && self.gazetteer.words(hit.key).iter().any(|word| word.list == common)
        });
        if store.suffix(name).is_some() {
            "the alias says so"
        } else if row_says {
            "its row says so"
        } else if loaded.list.strength.is_some() {
            "its list says so"
        } else if is_common {
            "also a common word"
        } else if is_acronym(self.gazetteer.form(name)) {
            "a short acronym"
        } else {
            "nothing speaks against it"
        }
    }

    fn word(&self, hit: &Hit, word: &ListedWord) -> Reading {
        let list = self.gazetteer.word_list_name(word.list);
        let value = self.gazetteer.value(word);
        let tokens = self.text.tokens.get(hit.tokens.range()).unwrap_or_default();
        let agrees = word_agrees(self.gazetteer, word, self.string, tokens);
        Reading {
            text: self.surface(hit),
            form: self.gazetteer.word_form(word).to_owned(),
            what: if value.is_empty() {
                format!("word of {list}")
            } else {
                format!("word of {list}, {value}")
            },
            path: self.gazetteer.list(word.at.list).map(super::List::path).unwrap_or_default(),
            line: word.line,
            strength: None,
            why: match word.case {
                super::WordCase::Any => "in any case",
                super::WordCase::Exact => "in its exact case",
                super::WordCase::Capital => "with a capital",
            },
            agreement: if agrees { "agrees" } else { "refused" }.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{load, small_folder};
    use super::*;

    fn shown(string: &str) -> Vec<String> {
        let (gazetteer, vocabulary) = load(&[small_folder()]);
        show(&gazetteer, &vocabulary, string).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn readings_say_where_they_stand_and_why_they_are_as_strong() {
        assert_eq!(
            shown("Reading"),
            [
                "Reading: place-reading-gb Reading, place/city, GB; listed as `Reading` in lists/places.csv:4; \
             cased (also a common word); exact",
                "Reading: word of common_words, 900; listed as `reading` in lists/words/common_words.csv:2; agrees",
            ]
        );
        assert_eq!(
            shown("Wilno"),
            ["Wilno: place-vilnius-lt Vilnius, place/city, LT; listed as `Wilno` in \
             lists/places.csv:2; never (the alias says so); exact"]
        );
        assert_eq!(
            shown("it"),
            ["it: malware-it IT, malware; listed as `IT` in lists/tools.csv:3; \
             cased (a short acronym); refused"]
        );
        assert_eq!(shown("nothing here"), [""; 0]);
    }
}
