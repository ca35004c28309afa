//! Rules that came close in a sentence: what stood in the way of a relation. For explaining alone.

use std::collections::BTreeMap;

use super::Relations;
use crate::model::{Mention, TokenSpan};
use crate::rules::{MatchScratch, MentionMap, Page, TypeSet};
use crate::text::Vocabulary;

/// A rule that came close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Its id.
    pub rule: Box<str>,
    /// What it had matched.
    pub tokens: TokenSpan,
    /// So many things had still to match; none if it matched, and its arguments were refused or an equal row was there.
    pub left: u32,
    /// What it needed next, one of these; empty if it matched.
    pub needed: Vec<String>,
}

/// A rule of which less has matched, or of which more is left, is not close.
const LEAST_MATCHED: u32 = 2;
/// See above.
const MOST_LEFT: u32 = 2;
/// More would tell nothing.
const MOST: usize = 6;

impl Relations {
    /// The rules that came closest in a sentence, best first. `mentions` are those of the document.
    pub fn near(
        &self,
        page: &Page<'_>,
        mentions: &[Mention],
        sentence: TokenSpan,
        vocabulary: &Vocabulary,
    ) -> Vec<Near> {
        let mut map = MentionMap::default();
        map.fill(page.text.tokens.len(), mentions.iter().map(|m| (m.tokens, m.type_id)));
        let field = page.field(&map, sentence);
        let mut scratch = MatchScratch::default();
        let types = map.within(sentence.start as usize, sentence.end as usize);
        let types = types.iter().fold(TypeSet::default(), |all, &(_, type_id)| all.with(type_id));
        let meets = |(subject, object): (TypeSet, TypeSet)| subject.meets(types) && object.meets(types);
        let live = self.rules.sweep.in_question(&field);
        let mut best: BTreeMap<Box<str>, Near> = BTreeMap::new();
        for at in sentence.range() {
            for number in live.iter() {
                let rule = &self.rules.rules[number as usize];
                if !meets(rule.types) {
                    continue;
                }
                let near = match rule.pattern.match_at(&field, at, &mut scratch) {
                    Some(matched) => {
                        Near { rule: rule.id.clone(), tokens: matched.tokens, left: 0, needed: Vec::new() }
                    }
                    None => match rule.pattern.reach(&field, at, &mut scratch, vocabulary) {
                        Some(reach) if reach.left > MOST_LEFT || reach.left + LEAST_MATCHED > reach.of => {
                            continue;
                        }
                        Some(reach) => Near {
                            rule: rule.id.clone(),
                            tokens: reach.tokens,
                            left: reach.left,
                            needed: reach.needed,
                        },
                        None => continue,
                    },
                };
                let is_better = best
                    .get(&rule.id)
                    .is_none_or(|known| (near.left, known.tokens.len()) < (known.left, near.tokens.len()));
                if is_better {
                    best.insert(rule.id.clone(), near);
                }
            }
        }
        let mut near: Vec<Near> = best.into_values().collect();
        near.sort_by(|a, b| a.left.cmp(&b.left).then_with(|| a.rule.cmp(&b.rule)));
        near.truncate(MOST);
        near
    }
}
