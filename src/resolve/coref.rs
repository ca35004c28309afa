//! Antecedents within a document: a surname for its full name, an acronym for what it was introduced for, the head of
//! an organization's name for the whole.

use super::group::Groups;
use super::segment::Segment;
use crate::model::{Case, TokenKind, TokenSpan, TypeId};
use crate::rules::Page;
use hashbrown::HashSet;

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

/// The most full names of one kind that a shorter form is weighed against: those that come first.
const MOST: usize = 8;

/// Shorter forms that may stand for full names; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Antecedents {
    /// For each group, the groups of full names that it may stand for.
    links: Vec<Vec<(Link, u32)>>,
    /// Groups that stand for others, to be emptied.
    linked: Vec<u32>,
    /// Acronyms that the text introduces, with the groups of their long forms.
    acronyms: Vec<(u32, u32)>,
    /// Groups whose initials follow them in brackets.
    introduced: HashSet<u32>,
    /// Shorter forms of full names: how, and their groups.
    shorts: Vec<(Link, u32)>,
    /// For each group, which of these are its own.
    shorts_of: Vec<(u32, u32)>,
    initials: String,
}

impl Antecedents {
    /// Begins anew with the acronyms of a document.
    pub(super) fn fill(&mut self, page: &Page<'_>, segments: &[Segment], groups: &Groups) {
        self.empty_links();
        self.links.resize_with(groups.len(), Vec::new);
        self.acronyms.clear();
        self.introduced.clear();
        self.shorts.clear();
        self.shorts_of.clear();
        self.shorts_of.resize(groups.len(), (0, 0));
        self.find_acronyms(page, segments, groups);
        self.begin_again();
    }

    /// Back to acronyms alone; what full names can be shortened to stays known.
    pub(super) fn begin_again(&mut self) {
        self.empty_links();
        for at in 0..self.acronyms.len() {
            let (short, long) = self.acronyms[at];
            self.add(short, Link::Acronym, long);
        }
    }

    fn empty_links(&mut self) {
        for group in self.linked.drain(..) {
            self.links[group as usize].clear();
        }
    }

    /// Groups of full names that a group may stand for.
    pub(super) fn of(&self, group: u32) -> &[(Link, u32)] {
        &self.links[group as usize]
    }

    /// Do the initials of a group's name follow it in brackets?
    pub(super) fn introduces(&self, group: u32) -> bool {
        self.introduced.contains(&group)
    }

    /// Adds a link; of many of one kind those to the first groups stay, which win against the others.
    fn add(&mut self, short: u32, link: Link, full: u32) {
        let links = &mut self.links[short as usize];
        if links.is_empty() {
            self.linked.push(short);
        }
        if links.contains(&(link, full)) {
            return;
        }
        if links.iter().filter(|known| known.0 == link).count() < MOST {
            links.push((link, full));
        } else if let Some(last) =
            links.iter_mut().filter(|known| known.0 == link).max_by_key(|known| known.1)
            && full < last.1
        {
            last.1 = full;
        }
    }

    /// Adds what the full name of a group can be shortened to.
    pub(super) fn add_name(&mut self, group: u32) {
        let (start, end) = self.shorts_of[group as usize];
        for at in start..end {
            let (link, short) = self.shorts[at as usize];
            self.add(short, link, group);
        }
    }

    /// Calls `each` with the groups of the shorter forms of a group's full name.
    pub(super) fn each_short(&self, group: u32, mut each: impl FnMut(u32)) {
        let (start, end) = self.shorts_of[group as usize];
        self.shorts[start as usize..end as usize].iter().for_each(|&(_, short)| each(short));
    }

    /// Finds what the full name of a group, of this type, can be shortened to, as far as the document does;
    /// `common_first` tells how many common words it begins with before another one.
    pub(super) fn take(
        &mut self,
        groups: &Groups,
        group: u32,
        type_id: Option<TypeId>,
        common_first: impl FnOnce() -> Option<usize>,
    ) {
        let start = self.shorts.len();
        let key = groups.key(group);
        let mut add = |link, short: &str| {
            self.shorts.extend(groups.find(short).map(|short| (link, short)));
        };
        let blanks = || key.match_indices(' ').map(|(at, _)| at);
        if type_id == Some(TypeId::PERSON) {
            blanks().for_each(|at| add(Link::Surname, &key[at + 1..]));
            blanks().take(1).for_each(|at| add(Link::Given, &key[..at]));
        } else if type_id == Some(TypeId::ORGANIZATION) {
            let common = common_first();
            for (to, at) in blanks().enumerate().map(|(before, at)| (before + 1, at)) {
                // "National Cyber" is no short form of a centre, and begins other names
                if to == 1 || common.is_some_and(|common| common < to) {
                    add(Link::Head, &key[..at]);
                }
            }
            if blanks().nth(1).is_some() {
                self.initials.clear();
                self.initials.extend(key.split(' ').filter_map(|w| w.chars().next()));
                self.shorts.extend(groups.find(&self.initials).map(|short| (Link::Initials, short)));
            }
        }
        let range = (start, self.shorts.len());
        self.shorts_of[group as usize] =
            (u32::try_from(range.0).unwrap_or(u32::MAX), u32::try_from(range.1).unwrap_or(u32::MAX));
    }

    /// Finds acronyms that the text introduces: "National Traffic Exchange Center (NCOT)", "NCOT (National …)".
    fn find_acronyms(&mut self, page: &Page<'_>, segments: &[Segment], groups: &Groups) {
        for (first, pair) in segments.windows(2).enumerate() {
            if !bracketed(page, pair[0].tokens, pair[1].tokens) {
                continue;
            }
            let (long, short) =
                if is_acronym(page, pair[1].tokens) { (first, first + 1) } else { (first + 1, first) };
            if is_acronym(page, segments[short].tokens)
                && abbreviates(page, segments[short].tokens, segments[long].tokens)
            {
                self.acronyms.push((groups.of(short), groups.of(long)));
                if long < short && has_initials(page, segments[short].tokens, segments[long].tokens) {
                    self.introduced.insert(groups.of(long));
                }
            }
        }
    }
}

/// Does an opening bracket alone stand between the two, and a closing one after the second?
fn bracketed(page: &Page<'_>, one: TokenSpan, two: TokenSpan) -> bool {
    let apart = two.start - one.end;
    let tokens = &page.text.tokens;
    let possessive = || tokens.get(one.end as usize).is_some_and(|t| t.kind == TokenKind::Possessive);
    let mark = |at: u32, wanted: &str| {
        tokens.get(at as usize).is_some_and(|t| t.kind == TokenKind::Punctuation)
            && page.surface(TokenSpan::new(at, at + 1)) == wanted
    };
    (apart == 1 || (apart == 2 && possessive())) && mark(two.start - 1, "(") && mark(two.end, ")")
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
