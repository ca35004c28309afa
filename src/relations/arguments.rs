//! Arguments: does a matched mention stand for itself there, and which mentions are coordinated with it.
//!
//! Works on word lists and marks alone. Precision first: a coordination is followed only where its joints and its ends
//! look like one ("Russia attacked Ukraine and Lithuania condemned it" has none).

use super::lists::{Lists, listed};
use crate::model::{Case, Gap, Mention, MentionKind, Token, TokenKind, TokenSpan, TypeId};
use crate::rules::{Field, TypeSet};

/// Most members on one side of a coordination.
const MEMBERS: usize = 12;
/// Most tokens before the head of a member.
const MEMBER_WIDTH: usize = 8;

/// What arguments are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Arguments<'a> {
    pub(super) field: Field<'a>,
    pub(super) mentions: &'a [Mention],
    pub(super) lists: &'a Lists,
}

impl Arguments<'_> {
    /// Does mention `index` stand for its entity, rather than modify a noun that is another thing ("Russian hackers",
    /// "NATO allies")? `inner`: the pattern itself goes on after it.
    pub(super) fn stands(&self, index: usize, nationality: bool, inner: bool) -> bool {
        let Some(mention) = self.mentions.get(index) else { return false };
        let after = mention.tokens.end as usize;
        let actor = listed(&self.field, self.lists.actors, self.skip_possessive(after)).is_some();
        if mention.kind == MentionKind::Demonym {
            return nationality || actor || self.actor_follows(after);
        }
        inner || actor || self.is_possessive(after) || !self.owned_at(after)
    }

    /// A nationality word may stand a few words before its actor ("Russian ground attack aircraft").
    fn actor_follows(&self, after: usize) -> bool {
        (after..after + 3)
            .take_while(|&at| self.noun_at(at))
            .any(|at| listed(&self.field, self.lists.actors, at).is_some())
    }

    /// Is mention `index` the first part of a compound that the trigger does not speak of ("a Riga-based spokeswoman")?
    pub(super) fn in_compound(&self, index: usize, trigger: TokenSpan) -> bool {
        let Some(mention) = self.mentions.get(index) else { return false };
        let dash = mention.tokens.end as usize;
        let glued = self.text(dash) == "-" && self.token(dash + 1).is_some_and(|t| t.gap == Gap::None);
        glued
            && listed(&self.field, self.lists.compounds, dash + 1).is_some()
            && trigger.start != mention.tokens.end + 1
    }

    /// Does a noun stand at `at` that is another thing than the name before it?
    fn owned_at(&self, at: usize) -> bool {
        let lower = self.token(at).is_some_and(|t| t.case == Case::Lower && t.gap == Gap::Space);
        let listed = |list| listed(&self.field, list, at).is_some();
        lower && (listed(self.lists.owned) || listed(self.lists.roles))
    }

    fn skip_possessive(&self, at: usize) -> usize {
        at + usize::from(self.is_possessive(at))
    }

    fn is_possessive(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.kind == TokenKind::Possessive)
    }

    fn token(&self, at: usize) -> Option<&Token> {
        (at < self.field.bounds.end as usize).then(|| self.field.tokens.get(at)).flatten()
    }

    fn text(&self, at: usize) -> &str {
        let token = self.token(at);
        token.and_then(|t| self.field.source.get(t.start as usize..t.end as usize)).unwrap_or_default()
    }

    /// Does a lower-case word that goes on with the noun phrase stand at `at`?
    fn noun_at(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.kind == TokenKind::Word && token.case == Case::Lower && token.gap == Gap::Space;
        let lists = self.lists;
        let listed = |list| listed(&self.field, list, at).is_some();
        word && !lists.endings.has(self.text(at))
            && !listed(lists.breaks)
            && !listed(lists.adverbs)
            && !listed(lists.determiners)
            && !listed(lists.prepositions)
    }

    /// Mention `index` and those coordinated after it ("attacked X, Y and Z").
    pub(super) fn with_following(&self, index: usize, types: TypeSet) -> Vec<usize> {
        let mut all = vec![index];
        let mut certain = 1;
        let mut at = self.mentions[index].tokens.end as usize;
        while all.len() < MEMBERS {
            at = self.past_place(self.past_bracket(at));
            let Some((from, joined)) = self.joint(at) else { break };
            let Some(member) = self.member_after(from, types) else { break };
            let end = self.mentions[member].tokens.end as usize;
            if !self.ends_member(end) {
                break;
            }
            all.push(member);
            at = end;
            if joined {
                certain = all.len();
            }
        }
        all.truncate(certain);
        all
    }

    /// Mentions coordinated before `index` and itself, in order ("X, Y and Z attacked").
    pub(super) fn with_preceding(&self, index: usize, types: TypeSet) -> Vec<usize> {
        let mut all = vec![index];
        let mut start = self.phrase_start(self.mentions[index].tokens.start as usize);
        let mut joined = false;
        while all.len() < MEMBERS {
            let Some((end, by_word)) = self.joint_before(start) else { break };
            if all.len() == 1 {
                joined = by_word;
            }
            if !joined {
                break;
            }
            let from = |member: usize| self.phrase_start(self.mentions[member].tokens.start as usize);
            let opens = |member: &usize| self.may_open(from(*member));
            let direct = self.member_before(end, types).filter(opens);
            let aside = || self.member_before_aside(end, types).filter(opens);
            let Some(member) = direct.or_else(aside) else { break };
            all.push(member);
            start = from(member);
        }
        all.reverse();
        all
    }

    /// After a bracket that begins at `at`.
    fn past_bracket(&self, at: usize) -> usize {
        if self.text(at) != "(" {
            return at;
        }
        (at + 1..at + MEMBER_WIDTH).find(|&i| self.text(i) == ")").map_or(at, |close| close + 1)
    }

    /// After a place that follows a member: ", of Riga, Latvia", if a comma comes then.
    fn past_place(&self, at: usize) -> usize {
        if self.text(at) != "," || listed(&self.field, self.lists.prepositions, at + 1).is_none() {
            return at;
        }
        let place = |from: usize| {
            let mention = self.mentions.get(self.field.mentions.covering(from)?)?;
            (mention.type_id == TypeId::PLACE).then_some(mention.tokens.end as usize)
        };
        let Some(end) = place(at + 2) else { return at };
        let wider = if self.text(end) == "," { place(end + 1) } else { None };
        wider.filter(|&w| self.text(w) == ",").unwrap_or(end)
    }

    /// After the comma or joining word at `at`; was there a joining word?
    fn joint(&self, at: usize) -> Option<(usize, bool)> {
        let comma = self.text(at) == ",";
        let after = at + usize::from(comma);
        match listed(&self.field, self.lists.joiners, after) {
            Some((end, _)) => Some((end, true)),
            None => comma.then_some((after, false)),
        }
    }

    /// Before the comma or joining word that ends at `start`.
    fn joint_before(&self, start: usize) -> Option<(usize, bool)> {
        let least = self.field.bounds.start as usize;
        let begins = |from: usize| {
            from >= least
                && listed(&self.field, self.lists.joiners, from).is_some_and(|(end, _)| end == start)
        };
        let word = (1..=3).rev().filter_map(|n| start.checked_sub(n)).find(|&from| begins(from));
        let at = word.unwrap_or(start);
        let comma = at.checked_sub(1).is_some_and(|i| i >= least && self.text(i) == ",");
        let end = at - usize::from(comma);
        let end = self.before_bracket(end);
        (word.is_some() || comma).then_some((end, word.is_some()))
    }

    fn before_bracket(&self, end: usize) -> usize {
        if end.checked_sub(1).is_none_or(|i| self.text(i) != ")") {
            return end;
        }
        (end.saturating_sub(MEMBER_WIDTH)..end).rev().find(|&i| self.text(i) == "(").unwrap_or(end)
    }

    /// The head of the noun phrase that begins at `from`: its last mention, if that is of these types.
    fn member_after(&self, from: usize, types: TypeSet) -> Option<usize> {
        let mut at = match listed(&self.field, self.lists.determiners, from) {
            Some((end, _)) => end,
            None => from,
        };
        let most = at + MEMBER_WIDTH;
        let mut head = None;
        while at < most {
            if let Some(index) = self.field.mentions.covering(at) {
                if self.mentions.get(index)?.type_id == TypeId::DATE {
                    break;
                }
                head = Some(index);
                at = self.mentions.get(index)?.tokens.end as usize;
            } else if self.in_phrase(at) && head.is_none_or(|_| !self.noun_at(at)) {
                at += 1;
            } else {
                break;
            }
        }
        head.filter(|&index| types.has(self.mentions[index].type_id) && self.stands(index, false, false))
    }

    /// The mention that ends at `end`, if it is of these types.
    fn member_before(&self, end: usize, types: TypeSet) -> Option<usize> {
        let index = self.field.mentions.covering(end.checked_sub(1)?)?;
        let mention = self.mentions.get(index)?;
        let fits = mention.tokens.end as usize == end && types.has(mention.type_id);
        (fits && mention.kind != MentionKind::Demonym).then_some(index)
    }

    /// The mention before an apposition that ends at `end` (", the new head of X").
    fn member_before_aside(&self, end: usize, types: TypeSet) -> Option<usize> {
        let least = end.saturating_sub(2 * MEMBER_WIDTH).max(self.field.bounds.start as usize);
        let comma = (least..end).rev().find(|&at| self.text(at) == ",")?;
        let opens = [self.lists.determiners, self.lists.roles];
        opens.iter().find_map(|list| listed(&self.field, *list, comma + 1))?;
        self.member_before(comma, types)
    }

    fn in_phrase(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let wordlike = token.is_wordlike() || token.kind == TokenKind::Possessive || self.text(at) == "-";
        let verb = token.case == Case::Lower && self.lists.endings.is_past(self.text(at));
        wordlike && !verb && listed(&self.field, self.lists.breaks, at).is_none()
    }

    /// Where the noun phrase begins whose head starts at `head`.
    fn phrase_start(&self, head: usize) -> usize {
        let least = (self.field.bounds.start as usize).max(head.saturating_sub(MEMBER_WIDTH));
        let mut at = head;
        while at > least && self.in_phrase(at - 1) && !self.ends_another(at) {
            at -= 1;
        }
        let determined = at > least && listed(&self.field, self.lists.determiners, at - 1).is_some();
        at - usize::from(determined)
    }

    /// Does a name end before `at` that is no part of the noun phrase at `at` ("Ada asks the court", but not "the US
    /// company X")?
    fn ends_another(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|b| self.field.mentions.covering(b));
        let Some(mention) = before.and_then(|index| self.mentions.get(index)) else { return false };
        let lower = self.token(at).is_some_and(|t| t.case == Case::Lower);
        let common = listed(&self.field, self.lists.commons, at).is_some();
        lower && !common && mention.tokens.end as usize == at && mention.kind != MentionKind::Demonym
    }

    /// May a member that ends at `end` end a coordination or go on with it? A verb after it makes it a subject.
    fn ends_member(&self, end: usize) -> bool {
        let Some(token) = self.token(end) else { return true };
        let listed = |list| listed(&self.field, list, end).is_some();
        matches!(token.kind, TokenKind::Punctuation | TokenKind::Possessive)
            || self.field.mentions.covering(end).is_some()
            || listed(self.lists.prepositions)
            || listed(self.lists.joiners)
            || listed(self.lists.adverbs)
            || listed(self.lists.actors)
            || listed(self.lists.openers)
    }

    /// May the first subject of a clause begin at `at`?
    fn may_open(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&b| b >= self.field.bounds.start as usize) else {
            return true;
        };
        let mark = self.token(before).is_some_and(|t| t.kind == TokenKind::Punctuation);
        mark || listed(&self.field, self.lists.openers, before).is_some()
    }
}
