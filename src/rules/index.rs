//! Sets of rules, and which rules a text concerns by what its tokens show.

use super::feature::Feature;
use super::matcher::Field;
use super::places::Places;
use super::program::index;
use super::window::Window;

/// A set of rules, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleBits(Vec<u64>);

impl RuleBits {
    /// The rules, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().zip((0..).step_by(64)).flat_map(|(&bits, base)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    base + bit
                })
            })
        })
    }

    /// Adds those of another set.
    pub(super) fn add_all(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(all, more)| *all |= more);
    }

    pub(super) fn add(&mut self, rule: u32) {
        let at = rule as usize / 64;
        self.0.resize(self.0.len().max(at + 1), 0);
        self.0[at] |= 1 << (rule % 64);
    }
}

/// Where a token stands that shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Where {
    Anywhere,
    /// Right after a mention.
    After,
    /// Right before one; the last token of a row of several words shows its list, too.
    Before,
}

/// Tells by what the tokens of a text show which rules may match in it: those of which the two rarest things that they need
/// are there. A third rules out little more and costs as much.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve {
    /// Where in `needing` what needs each feature begins; and where the last ends.
    starts: Vec<u32>,
    needing: Vec<Needing>,
    /// Rules of which no rarest thing is known, then those of which no second is.
    always: Vec<u64>,
    /// Does a rule need something before a mention?
    asks_before: bool,
}

/// Rules that need a feature.
#[derive(Clone, Copy, Debug)]
struct Needing {
    place: Where,
    /// The number of a word of a set of rules; of two sets, one behind the other, if it is the second thing that they need.
    word: u32,
    /// What is in the word.
    rules: u64,
}

/// Room for a sieve to work in.
#[derive(Clone, Debug, Default)]
pub(super) struct Sifting {
    /// Rules of which the rarest thing is there, then those of which the second is.
    both: Vec<u64>,
}

impl Sieve {
    /// Sets `out` to the rules that the window may concern.
    pub(super) fn live<P: Places>(
        &self,
        window: &Window<P>,
        field: &Field<'_>,
        out: &mut RuleBits,
        scratch: &mut Sifting,
    ) {
        self.in_question(window, field, out, scratch);
        let (_, second) = scratch.both.split_at(scratch.both.len() / 2);
        out.0.iter_mut().zip(second).for_each(|(live, second)| *live &= second);
    }

    /// Sets `out` to the rules of which the rarest thing that they need is in the window.
    pub(super) fn in_question<P: Places>(
        &self,
        window: &Window<P>,
        field: &Field<'_>,
        out: &mut RuleBits,
        Sifting { both }: &mut Sifting,
    ) {
        both.clone_from(&self.always);
        let (after, before) = (window.after_mentions(), window.ahead_of_mentions());
        for &feature in &window.showing.shown {
            let needing = self.needing(feature);
            if needing.is_empty() {
                continue;
            }
            let places = window.showing.of(feature);
            let all_if = |holds: bool| if holds { u64::MAX } else { 0 };
            let holds = [u64::MAX, all_if(places & after != P::NONE), all_if(places & before != P::NONE)];
            for &Needing { place, word, rules } in needing {
                both[word as usize] |= rules & holds[place as usize];
            }
        }
        if self.asks_before {
            window.each_list_ahead_of_mentions(field, |list| {
                let needing = self.needing(list).iter().filter(|needing| needing.place == Where::Before);
                needing.for_each(|&Needing { word, rules, .. }| both[word as usize] |= rules);
            });
        }
        out.0.clear();
        out.0.extend_from_slice(&both[..both.len() / 2]);
    }

    #[inline]
    fn needing(&self, feature: Feature) -> &[Needing] {
        let at = feature.0 as usize;
        match self.starts.get(at..at + 2) {
            Some(&[from, to]) => &self.needing[from as usize..to as usize],
            _ => &[],
        }
    }
}

/// So many things are asked of a rule by the sieve.
pub(super) const ASKED: usize = 2;

/// A sieve in the making.
#[derive(Default)]
pub(super) struct SieveBuilder {
    /// Features with the rules that need them there, as the rarest or as the second thing.
    pairs: Vec<(Feature, usize, Where, u32)>,
    always: [Vec<u32>; ASKED],
    rules: u32,
}

impl SieveBuilder {
    /// Adds a rule whose matches show one of these there, for each of `needs`, the rarest first.
    pub(super) fn add(&mut self, rule: u32, needs: Vec<(Where, Vec<Feature>)>) {
        self.rules = self.rules.max(rule + 1);
        let mut needs = needs.into_iter();
        for (nth, always) in self.always.iter_mut().enumerate() {
            match needs.next() {
                None => always.push(rule),
                Some((place, features)) => {
                    self.pairs.extend(features.into_iter().map(|feature| (feature, nth, place, rule)));
                }
            }
        }
    }

    pub(super) fn finish(mut self) -> Sieve {
        let words = self.rules.div_ceil(64);
        let mut always = vec![0; ASKED * words as usize];
        for (nth, rules) in self.always.iter().enumerate() {
            for rule in rules {
                always[nth * words as usize + *rule as usize / 64] |= 1 << (rule % 64);
            }
        }
        self.pairs.sort_unstable();
        let asks_before = self.pairs.iter().any(|&(_, _, place, _)| place == Where::Before);
        let mut sieve = Sieve { always, asks_before, ..Sieve::default() };
        let mut last = None;
        for &(feature, nth, place, rule) in &self.pairs {
            let (word, bit) = (index(nth) * words + rule / 64, 1 << (rule % 64));
            match sieve.needing.last_mut() {
                Some(known) if last == Some((feature, place)) && known.word == word => known.rules |= bit,
                _ => {
                    let until = feature.0 as usize + 1;
                    sieve.starts.resize(until.max(sieve.starts.len()), index(sieve.needing.len()));
                    sieve.needing.push(Needing { place, word, rules: bit });
                }
            }
            last = Some((feature, place));
        }
        sieve.starts.push(index(sieve.needing.len()));
        sieve
    }
}
