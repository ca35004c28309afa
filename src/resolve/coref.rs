//! Antecedents within a document: a surname for its full name, an acronym for what it was introduced for, the head of
//! an organization's name for the whole.

use super::group::Groups;
use super::segment::Segment;
use crate::model::{Case, TokenKind, TokenSpan, TypeId};
use crate::rules::Page;
use hashbrown::{HashMap, HashSet};

/// How a shorter form stands for the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// Introduced in brackets.
    Acronym,
    /// Initials of an organization named in full.
    Initials,
    /// The last words of a person's name.
    Surname,
    /// The first words of an organization's name.
    Head,
    /// A person's given name.
    Given,
}

impl Link {
    pub(super) const fn score(self) -> i32 {
        match self {
            Self::Acronym => 90,
            Self::Surname => 48,
            Self::Initials => 40,
            Self::Head => 30,
            Self::Given => 26,
        }
    }

    /// The type of what it stands for.
    pub(super) const fn type_id(self) -> TypeId {
        match self {
            Self::Surname | Self::Given => TypeId::PERSON,
            Self::Acronym | Self::Initials | Self::Head => TypeId::ORGANIZATION,
        }
    }

    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::Acronym => "coref/acronym",
            Self::Initials => "coref/initials",
            Self::Surname => "coref/surname",
            Self::Head => "coref/head",
            Self::Given => "coref/given_name",
        }
    }
}

/// Shorter forms that may stand for full names, by folded key.
#[derive(Clone, Debug, Default)]
pub(super) struct Antecedents {
    /// Key of the short form, with each full group that it may stand for.
    links: HashMap<Box<str>, Vec<(Link, u32)>>,
    /// Groups whose initials follow them in brackets.
    introduced: HashSet<u32>,
}

impl Antecedents {
    /// Full groups that `key` may stand for.
    pub(super) fn of(&self, key: &str) -> &[(Link, u32)] {
        self.links.get(key).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, key: &str, link: Link, group: u32) {
        let links = self.links.entry_ref(key).or_default();
        if !links.contains(&(link, group)) {
            links.push((link, group));
        }
    }

    /// Do the initials of a group's name follow it in brackets?
    pub(super) fn introduces(&self, group: u32) -> bool {
        self.introduced.contains(&group)
    }

    /// Adds what a full name of this type can be shortened to; `common` tells which of its words are common ones.
    pub(super) fn add_name(&mut self, key: &str, type_id: TypeId, group: u32, common: &[bool]) {
        let words: Vec<&str> = key.split(' ').collect();
        if type_id == TypeId::PERSON {
            for from in 1..words.len() {
                self.add(&words[from..].join(" "), Link::Surname, group);
            }
            if words.len() > 1 {
                self.add(words[0], Link::Given, group);
            }
        } else if type_id == TypeId::ORGANIZATION {
            for to in 1..words.len() {
                // "National Cyber" is no short form of a centre, and begins other names
                let telling = to == 1 || common.iter().take(to).any(|c| !c);
                if telling {
                    self.add(&words[..to].join(" "), Link::Head, group);
                }
            }
            if words.len() > 2 {
                let initials: String = words.iter().filter_map(|w| w.chars().next()).collect();
                self.add(&initials, Link::Initials, group);
            }
        }
    }

    /// Adds acronyms that the text introduces: "National Traffic Exchange Center (NCOT)", "NCOT (National …)".
    pub(super) fn add_acronyms(&mut self, page: &Page<'_>, segments: &[Segment], groups: &Groups) {
        for (first, pair) in segments.windows(2).enumerate() {
            if !bracketed(page, pair[0].tokens, pair[1].tokens) {
                continue;
            }
            let (long, short) =
                if is_acronym(page, pair[1].tokens) { (first, first + 1) } else { (first + 1, first) };
            if is_acronym(page, segments[short].tokens)
                && abbreviates(page, segments[short].tokens, segments[long].tokens)
            {
                let key = groups.all[groups.of_segment[short] as usize].key.clone();
                self.add(&key, Link::Acronym, groups.of_segment[long]);
                if long < short && has_initials(page, segments[short].tokens, segments[long].tokens) {
                    self.introduced.insert(groups.of_segment[long]);
                }
            }
        }
    }
}

/// Does an opening bracket alone stand between the two, and a closing one after the second?
fn bracketed(page: &Page<'_>, one: TokenSpan, two: TokenSpan) -> bool {
    let mark = |at: u32, wanted: &str| {
        page.text.tokens.get(at as usize).is_some_and(|t| t.kind == TokenKind::Punctuation)
            && page.surface(TokenSpan::new(at, at + 1)) == wanted
    };
    let possessive = page.text.tokens.get(one.end as usize).is_some_and(|t| t.kind == TokenKind::Possessive);
    let end = one.end + u32::from(possessive);
    end + 1 == two.start && mark(end, "(") && mark(two.end, ")")
}

/// Are the letters of the short form, all but one at most, initials of the long form in order?
fn has_initials(page: &Page<'_>, short: TokenSpan, long: TokenSpan) -> bool {
    let (short, long) = (page.surface(short).to_lowercase(), page.surface(long).to_lowercase());
    let mut initials = long.split(|c: char| !c.is_alphanumeric()).filter_map(|w| w.chars().next());
    let letters = short.chars().filter(|c| c.is_alphanumeric());
    let missing = letters.filter(|&letter| !initials.any(|initial| initial == letter)).count();
    short.chars().count() > 2 && missing <= 1 || missing == 0
}

fn is_acronym(page: &Page<'_>, tokens: TokenSpan) -> bool {
    let letters =
        |t: &crate::model::Token| t.end - t.start >= 2 && matches!(t.case, Case::Upper | Case::Camel);
    tokens.len() == 1 && page.text.tokens.get(tokens.start as usize).is_some_and(letters)
}

/// Schwartz and Hearst (2003), simplified: the letters of the short form occur in order in the long form, the first at
/// the start of a word.
fn abbreviates(page: &Page<'_>, short: TokenSpan, long: TokenSpan) -> bool {
    let (short, long) = (page.surface(short).to_lowercase(), page.surface(long).to_lowercase());
    if page.text.tokens.is_empty() || long.split_whitespace().count() < 2 {
        return false;
    }
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let rest = long.chars();
    let mut starts = true;
    let mut matched = 0;
    for c in rest {
        if matched < letters.len() && c == letters[matched] && (matched > 0 || starts) {
            matched += 1;
        }
        starts = !c.is_alphanumeric();
    }
    // a body's acronym is often of its native name: let one letter in three be missing
    matched * 3 >= letters.len() * 2 && matched > 1 || initials_start(&letters, &long)
}

fn initials_start(letters: &[char], long: &str) -> bool {
    letters.first().is_some_and(|first| long.split_whitespace().next().is_some_and(|w| w.starts_with(*first)))
}
