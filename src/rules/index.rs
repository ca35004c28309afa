//! Sets of rules, and which rules a text concerns by what its tokens show.

use super::feature::Feature;
use super::program::index;

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

    fn add(&mut self, rule: u32) {
        let at = rule as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (rule % 64);
    }
}

/// Where a token stands that shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Anywhere,
    /// Right after a mention.
    After,
    /// Right before one; the last token of a row of several words shows its list, too.
    Before,
}

/// What the tokens beside mentions show; see [`Where`]. A feature may stand here twice.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    pub(super) after: Vec<Feature>,
    pub(super) before: Vec<Feature>,
}

/// Rules by a feature that some token of each of their matches shows there.
#[derive(Clone, Debug, Default)]
struct ByFeature {
    /// Where the rules of each feature begin, and where the last end.
    starts: Vec<u32>,
    /// So many words of a set of rules, and what is in each.
    rules: Vec<(u32, u64)>,
}

impl ByFeature {
    fn of(mut pairs: Vec<(Feature, u32)>) -> Self {
        pairs.sort_unstable();
        let mut by_feature = Self::default();
        let Some(&(last, _)) = pairs.last() else { return by_feature };
        let mut pairs = pairs.into_iter().peekable();
        for feature in 0..=last.0 {
            let from = by_feature.rules.len();
            by_feature.starts.push(index(from));
            while let Some((_, rule)) = pairs.next_if(|&(of, _)| of.0 == feature) {
                let (word, bit) = (rule / 64, 1 << (rule % 64));
                match by_feature.rules[from..].last_mut() {
                    Some((known, bits)) if *known == word => *bits |= bit,
                    _ => by_feature.rules.push((word, bit)),
                }
            }
        }
        by_feature.starts.push(index(by_feature.rules.len()));
        by_feature
    }

    /// Adds the rules of these features.
    #[inline]
    fn add_all(&self, shown: &[Feature], out: &mut [u64]) {
        if self.rules.is_empty() {
            return;
        }
        for feature in shown {
            let at = feature.0 as usize;
            let Some(&[from, to]) = self.starts.get(at..at + 2) else { continue };
            for &(word, bits) in &self.rules[from as usize..to as usize] {
                out[word as usize] |= bits;
            }
        }
    }
}

/// One thing that each rule needs.
#[derive(Clone, Debug, Default)]
struct Layer {
    anywhere: ByFeature,
    after: ByFeature,
    before: ByFeature,
    /// Rules of which no such thing is known.
    always: Vec<u64>,
}

/// Tells by what the tokens of a text show which rules may match in it: those of which everything that they need is there,
/// of what was laid down here.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve(Vec<Layer>);

impl Sieve {
    /// Sets `out` to the rules of which the rarest thing that they need is among these.
    pub(super) fn in_question(&self, shown: &[Feature], beside: &Beside, out: &mut RuleBits) {
        match self.0.first() {
            Some(layer) => layer.find(shown, beside, &mut out.0),
            None => out.0.clear(),
        }
    }

    /// Sets `out` to the rules that a text may concern whose tokens show these.
    pub(super) fn live(&self, shown: &[Feature], beside: &Beside, out: &mut RuleBits, spare: &mut Vec<u64>) {
        self.in_question(shown, beside, out);
        for layer in self.0.iter().skip(1) {
            layer.find(shown, beside, spare);
            out.0.iter_mut().zip(&*spare).for_each(|(live, more)| *live &= more);
        }
    }
}

impl Layer {
    fn find(&self, shown: &[Feature], beside: &Beside, out: &mut Vec<u64>) {
        out.clone_from(&self.always);
        self.anywhere.add_all(shown, out);
        self.after.add_all(&beside.after, out);
        self.before.add_all(&beside.before, out);
    }
}

/// The most things that are asked of a rule by the sieve: the rarest; others rule out little.
const LAYERS: usize = 3;

/// A sieve in the making.
#[derive(Default)]
pub(super) struct SieveBuilder {
    layers: [[Vec<(Feature, u32)>; 3]; LAYERS],
    always: [Vec<u32>; LAYERS],
    rules: u32,
}

impl SieveBuilder {
    /// Adds a rule whose matches show one of these there, for each of `needs`, the rarest first.
    pub(super) fn add(&mut self, rule: u32, mut needs: impl Iterator<Item = (Where, Vec<Feature>)>) {
        self.rules = self.rules.max(rule + 1);
        for (layer, always) in self.layers.iter_mut().zip(&mut self.always) {
            let Some((place, features)) = needs.next() else {
                always.push(rule);
                continue;
            };
            layer[place as usize].extend(features.into_iter().map(|feature| (feature, rule)));
        }
    }

    pub(super) fn finish(self) -> Sieve {
        let words = self.rules.div_ceil(64) as usize;
        let layers = self.layers.into_iter().zip(self.always).map(|([anywhere, after, before], rules)| {
            let mut always = RuleBits(vec![0; words]);
            rules.into_iter().for_each(|rule| always.add(rule));
            let [anywhere, after, before] = [anywhere, after, before].map(ByFeature::of);
            Layer { anywhere, after, before, always: always.0 }
        });
        Sieve(layers.collect())
    }
}
