//! Which expected row is which found row: by meaning, not by counting. First rows of the same sentence that say the same,
//! then such that stand at the same place or share a part of it, then rows of changed sentences by what they say and by
//! their neighbours, in order. Each step takes what the earlier ones left, so a step can only add pairs.

use std::collections::{BTreeMap, VecDeque};

use super::rows::{MentionFact, RelationFact};

/// Two rows that are one, by their numbers; or one that has no partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The expected row, or the one of the first run.
    pub(crate) old: Option<usize>,
    /// The found row, or the one of the second run.
    pub(crate) new: Option<usize>,
}

/// More combinations of rows than this are not searched for the best order; keys alone decide then.
const MOST_COMBINATIONS: usize = 1 << 22;

/// Pairs mentions of one document. Both sides are in the order of the text.
pub(crate) fn mentions(old: &[&MentionFact], new: &[&MentionFact]) -> Vec<Pair> {
    let mut matching = Matching::new(old, new);
    matching.by_key(|m| m.spot.is_known().then(|| (m.spot.clone(), m.type_name.clone(), m.text.clone())));
    matching.by_key(|m| m.spot.tokens.filter(|_| m.spot.is_known()).map(|_| m.spot.clone()));
    matching.by_overlap();
    matching.by_key(|m| {
        m.spot.is_known().then(|| (m.spot.sentence.clone(), m.type_name.clone(), m.text.clone()))
    });
    matching.in_order();
    matching.by_key(|m| Some((m.type_name.clone(), m.text.clone())));
    matching.pairs()
}

/// Pairs relations of one document.
pub(crate) fn relations(old: &[&RelationFact], new: &[&RelationFact]) -> Vec<Pair> {
    let mut matching = Matching::new(old, new);
    let here = |r: &RelationFact, parts: &[&str]| {
        let mut key = vec![r.spot.sentence.clone()];
        key.extend(parts.iter().map(|&part| part.to_owned()));
        r.spot.is_known().then_some(key)
    };
    matching.by_key(|r| here(r, &[&r.relation, &r.subject, &r.object, &r.qualifier, &r.spot.to_string()]));
    matching.by_key(|r| here(r, &[&r.relation, &r.subject, &r.object, &r.qualifier]));
    matching.by_key(|r| here(r, &[&r.relation, &r.subject, &r.object]));
    matching.by_key(|r| here(r, &[&r.subject, &r.object]));
    matching.by_key(|r| here(r, &[&r.relation, &r.subject_id, &r.object_id]));
    matching.by_key(|r| here(r, &[&r.relation, "subject", &r.subject]));
    matching.by_key(|r| here(r, &[&r.relation, "object", &r.object]));
    matching.by_key(|r| Some([&r.relation, &r.subject, &r.object, &r.qualifier].map(String::clone)));
    matching.by_key(|r| Some([&r.relation, &r.subject, &r.object].map(String::clone)));
    matching.pairs()
}

struct Matching<'a, F> {
    old: &'a [&'a F],
    new: &'a [&'a F],
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl<'a, F> Matching<'a, F> {
    fn new(old: &'a [&'a F], new: &'a [&'a F]) -> Self {
        Self { old, new, of_old: vec![None; old.len()], of_new: vec![None; new.len()] }
    }

    fn free(of: &[Option<usize>]) -> Vec<usize> {
        (0..of.len()).filter(|&i| of[i].is_none()).collect()
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.of_old[old] = Some(new);
        self.of_new[new] = Some(old);
    }

    /// Pairs free rows of one key, the first with the first.
    fn by_key<K: Ord>(&mut self, key: impl Fn(&F) -> Option<K>) {
        let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for new in Self::free(&self.of_new) {
            if let Some(key) = key(self.new[new]) {
                waiting.entry(key).or_default().push_back(new);
            }
        }
        for old in Self::free(&self.of_old) {
            let partner = key(self.old[old]).and_then(|key| waiting.get_mut(&key)?.pop_front());
            if let Some(new) = partner {
                self.pair(old, new);
            }
        }
    }

    /// Pairs in the order of the new rows; rows without a partner stand where their neighbours do.
    fn pairs(self) -> Vec<Pair> {
        let mut pairs: Vec<(usize, usize, Pair)> = Vec::new();
        let mut after = 0;
        for (old, new) in self.of_old.iter().enumerate() {
            after = new.map_or(after, |new| new + 1);
            let place = new.map_or((after, 0), |new| (new, 1));
            pairs.push((place.0, place.1, Pair { old: Some(old), new: *new }));
        }
        let alone = Self::free(&self.of_new).into_iter();
        pairs.extend(alone.map(|new| (new, 1, Pair { old: None, new: Some(new) })));
        pairs.sort_by_key(|(at, side, pair)| (*at, *side, pair.old));
        pairs.into_iter().map(|(.., pair)| pair).collect()
    }
}

impl Matching<'_, MentionFact> {
    /// Pairs free rows that share tokens of one sentence; the largest share first.
    fn by_overlap(&mut self) {
        let mut of_sentence: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for new in Self::free(&self.of_new) {
            of_sentence.entry(&self.new[new].spot.sentence).or_default().push(new);
        }
        let mut shares = Vec::new();
        for old in Self::free(&self.of_old) {
            let spot = &self.old[old].spot;
            for &new in of_sentence.get(spot.sentence.as_str()).into_iter().flatten() {
                let share = spot.overlap(&self.new[new].spot);
                let differs = self.old[old].type_name != self.new[new].type_name;
                if share > 0 {
                    shares.push((std::cmp::Reverse(share), differs, old, new));
                }
            }
        }
        shares.sort_unstable();
        for (_, _, old, new) in shares {
            if self.of_old[old].is_none() && self.of_new[new].is_none() {
                self.pair(old, new);
            }
        }
    }

    /// Pairs free rows by the order that pairs most of what is alike (the longest common subsequence, with weights).
    fn in_order(&mut self) {
        let (old, new) = (Self::free(&self.of_old), Self::free(&self.of_new));
        if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > MOST_COMBINATIONS {
            return;
        }
        let width = new.len() + 1;
        let mut best = vec![0_u32; (old.len() + 1) * width];
        for (i, &o) in old.iter().enumerate().rev() {
            for (j, &n) in new.iter().enumerate().rev() {
                let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
                let alike = self.alike(o, n);
                let take = if alike > 0 { alike + best[(i + 1) * width + j + 1] } else { 0 };
                best[i * width + j] = skip.max(take);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < old.len() && j < new.len() {
            let here = best[i * width + j];
            let alike = self.alike(old[i], new[j]);
            if alike > 0 && here == alike + best[(i + 1) * width + j + 1] {
                self.pair(old[i], new[j]);
                (i, j) = (i + 1, j + 1);
            } else if here == best[(i + 1) * width + j] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// How alike two rows of different sentences are; 0 if not at all.
    fn alike(&self, old: usize, new: usize) -> u32 {
        let (o, n) = (self.old[old], self.new[new]);
        let meaning = match (o.text == n.text, o.type_name == n.type_name) {
            (true, true) => 8,
            (true, false) => 5,
            (false, true) if share_a_word(&o.text, &n.text) => 3,
            (false, _) => return 0,
        };
        let text =
            |rows: &[&MentionFact], at: Option<usize>| at.and_then(|i| rows.get(i)).map(|m| m.text.clone());
        let same = |a: Option<String>, b: Option<String>| u32::from(a.is_some() && a == b);
        meaning
            + same(text(self.old, old.checked_sub(1)), text(self.new, new.checked_sub(1)))
            + same(text(self.old, old.checked_add(1)), text(self.new, new.checked_add(1)))
    }
}

fn share_a_word(a: &str, b: &str) -> bool {
    let is_word = |word: &&str| word.chars().count() > 2;
    a.split(' ').filter(is_word).any(|word| b.split(' ').any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::super::rows::Spot;
    use super::*;

    /// `sentence:first..end type text`, such as `s1:0..2 person Ada Lark`.
    fn row(written: &str) -> MentionFact {
        let mut parts = written.splitn(3, ' ');
        let (sentence, tokens) = parts.next().unwrap().split_once(':').unwrap();
        let (start, end) = tokens.split_once("..").unwrap();
        MentionFact {
            spot: Spot {
                sentence: sentence.to_owned(),
                tokens: Some((start.parse().unwrap(), end.parse().unwrap())),
            },
            type_name: parts.next().unwrap().to_owned(),
            text: parts.next().unwrap().to_owned(),
            ..MentionFact::default()
        }
    }

    fn aligned(old: &[&str], new: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
        let (old, new): (Vec<_>, Vec<_>) =
            (old.iter().map(|w| row(w)).collect(), new.iter().map(|w| row(w)).collect());
        let pairs = mentions(&old.iter().collect::<Vec<_>>(), &new.iter().collect::<Vec<_>>());
        pairs.into_iter().map(|p| (p.old, p.new)).collect()
    }

    #[test]
    fn rows_of_unchanged_sentences_are_found_again_behind_an_inserted_one() {
        let old = ["s1:0..2 person Ada Lark", "s2:3..4 place Riga"];
        let new =
            ["s0:0..1 person Lark", "s0:4..5 place Riga", "s1:0..2 person Ada Lark", "s2:3..4 place Riga"];
        assert_eq!(
            aligned(&old, &new),
            [(None, Some(0)), (None, Some(1)), (Some(0), Some(2)), (Some(1), Some(3))]
        );
    }

    #[test]
    fn another_type_at_the_place_and_another_end_are_the_same_mention() {
        let old = ["s1:0..2 person Norfield Mills", "s1:4..5 place Riga"];
        let new = ["s1:0..2 organization Norfield Mills", "s1:3..5 place Old Riga"];
        assert_eq!(aligned(&old, &new), [(Some(0), Some(0)), (Some(1), Some(1))]);
    }

    #[test]
    fn an_edited_sentence_keeps_its_rows_by_what_they_say_and_their_order() {
        let old = ["s1:0..1 place Riga", "s1:3..4 person Lark", "s1:6..7 place Riga"];
        let new = ["s9:1..2 person Lark", "s9:4..5 place Riga"];
        assert_eq!(aligned(&old, &new), [(Some(0), None), (Some(1), Some(0)), (Some(2), Some(1))]);
    }

    #[test]
    fn what_is_not_alike_stays_alone() {
        let pairs = aligned(&["s1:0..1 place Riga"], &["s2:0..1 person Lark"]);
        assert_eq!(pairs, [(Some(0), None), (None, Some(0))]);
    }
}
