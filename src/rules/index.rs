//! Which rules can start at a token: by what the token shows, or the mention that starts there, and by what stands next.
//! Sets of rules are bits: a token's sign picks them all at once.

use super::ahead::First;
use super::matcher::Field;
use super::pattern::{Pattern, TypeSet};
use crate::model::{Look, SIGN_BITS, Sign, TypeId};

/// A set of rules, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleBits(Vec<u64>);

impl RuleBits {
    /// Empties it.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Is it empty?
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&bits| bits == 0)
    }

    /// Keeps what is in `other`, too.
    pub fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    /// Keeps what passes.
    pub fn retain(&mut self, mut passes: impl FnMut(u32) -> bool) {
        for (at, bits) in self.0.iter_mut().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                if !passes(number(at, bit)) {
                    *bits &= !(1 << bit);
                }
            }
        }
    }

    /// The rules, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(at, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    number(at, bit)
                })
            })
        })
    }

    fn add(&mut self, rule: u32) {
        let at = rule as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (rule % 64);
    }

    #[inline]
    fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }
}

fn number(at: usize, bit: u32) -> u32 {
    u32::try_from(at * 64).unwrap_or(u32::MAX).saturating_add(bit)
}

/// Rules by what a token must show for them.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// By bit of signs.
    by_bit: Vec<RuleBits>,
    /// By type of the mention that starts there.
    by_type: Vec<RuleBits>,
    /// Bits that some rule asks for.
    asked: Sign,
    types: TypeSet,
    /// Rules that any token will do for, or none.
    anything: RuleBits,
}

impl Shown {
    /// Adds a rule that asks for one of the bits of `sign`; for nothing, if there is none.
    pub fn add_sign(&mut self, rule: u32, sign: Option<Sign>) {
        let first = First { sign: sign.unwrap_or_default(), anything: sign.is_none(), ..First::default() };
        self.add(rule, &first);
    }

    fn add(&mut self, rule: u32, first: &First) {
        if first.anything {
            self.anything.add(rule);
            return;
        }
        self.asked.add(&first.sign);
        self.by_bit.resize(SIGN_BITS, RuleBits::default());
        first.sign.each_common(&Sign::ALL, |bit| self.by_bit[bit].add(rule));
        self.types.0 |= first.types.0;
        self.by_type.resize(64, RuleBits::default());
        (0..64).filter(|&bit| first.types.0 >> bit & 1 == 1).for_each(|bit| self.by_type[bit].add(rule));
    }

    /// Adds to `out` the rules that a token with this sign will do for.
    #[inline]
    pub fn of_sign(&self, sign: &Sign, out: &mut RuleBits) {
        out.join(&self.anything);
        sign.each_common(&self.asked, |bit| out.join(&self.by_bit[bit]));
    }

    fn of_mention(&self, type_id: TypeId, out: &mut RuleBits) {
        if self.types.has(type_id) {
            out.join(&self.by_type[usize::from(type_id.0 & 63)]);
        }
    }
}

/// Rules (numbers of the caller's) by what they can start with.
#[derive(Clone, Debug, Default)]
pub struct RuleIndex {
    first: Shown,
    /// The same for rules whose second part is a mention: most tokens stand before none.
    before_mention: Shown,
    /// By rule, what comes second.
    seconds: Vec<Second>,
}

/// What stands after the first token or mention of a match.
#[derive(Clone, Copy, Debug, Default)]
struct Second {
    first: First,
    /// The match may begin with a row of a list, perhaps of several words.
    lists: bool,
}

/// The rules that can start at a token, and what was needed to find them.
#[derive(Clone, Debug, Default)]
pub struct Starters {
    rules: RuleBits,
    by_mention: RuleBits,
}

impl Starters {
    /// Their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.rules.iter()
    }
}

impl RuleIndex {
    /// Adds rule `rule`.
    pub fn add(&mut self, rule: u32, pattern: &Pattern) {
        let (first, second) = (&pattern.ahead.first, pattern.ahead.second);
        let mention_next = !second.anything && second.sign == Sign::NONE;
        if mention_next { &mut self.before_mention } else { &mut self.first }.add(rule, first);
        let at = rule as usize;
        self.seconds.resize(self.seconds.len().max(at + 1), Second::default());
        self.seconds[at] = Second { first: second, lists: pattern.ahead.lists };
    }

    /// Finds the rules that can start at token `at`; of those in `among`, if it is given.
    pub fn at(&self, field: &Field<'_>, at: usize, among: Option<&RuleBits>, out: &mut Starters) {
        out.rules.clear();
        let Some(sign) = field.hits.signs.get(at) else { return };
        let end = field.bounds.end as usize;
        if at >= end {
            out.rules.join(&self.first.anything);
            keep_among(among, &mut out.rules);
            return;
        }
        self.first.of_sign(sign, &mut out.rules);
        let phrase = sign.meets(&Sign::of_look(Look::Phrase));
        if phrase || (at + 1 < end && field.mentions.type_starting(at + 1).is_some()) {
            self.before_mention.of_sign(sign, &mut out.rules);
        }
        keep_among(among, &mut out.rules);
        out.rules.retain(|rule| {
            let second = &self.seconds[rule as usize];
            (phrase && second.lists) || second.first.fits(field, at + 1)
        });
        if (self.first.types.0 | self.before_mention.types.0) != 0
            && let Some((_, span, type_id)) = field.mentions.starting(at)
        {
            out.by_mention.clear();
            self.first.of_mention(type_id, &mut out.by_mention);
            self.before_mention.of_mention(type_id, &mut out.by_mention);
            keep_among(among, &mut out.by_mention);
            out.by_mention.retain(|rule| self.seconds[rule as usize].first.fits(field, span.end as usize));
            out.rules.join(&out.by_mention);
        }
    }
}

fn keep_among(among: Option<&RuleBits>, rules: &mut RuleBits) {
    if let Some(among) = among {
        rules.keep(among);
    }
}
