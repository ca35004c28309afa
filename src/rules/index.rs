//! Sets of rules, and which rules a text concerns by what its tokens show.

use super::feature::Feature;
use super::matcher::Field;
use super::places::Places;
use super::program::index;
use super::showing::Showing;
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

    /// The rules of a feature: words of a set of rules, and what is in each.
    #[inline]
    fn rules_of(&self, feature: Feature) -> &[(u32, u64)] {
        let at = feature.0 as usize;
        match self.starts.get(at..at + 2) {
            Some(&[from, to]) => &self.rules[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Adds the rules of what tokens show that stand at one of `places`.
    #[inline]
    fn add_shown<P: Places>(&self, showing: &Showing<P>, places: P, out: &mut [u64]) {
        if self.rules.is_empty() {
            return;
        }
        for &feature in &showing.shown {
            let rules = self.rules_of(feature);
            if !rules.is_empty() && showing.of(feature) & places != P::NONE {
                add(rules, out);
            }
        }
    }
}

#[inline]
fn add(rules: &[(u32, u64)], out: &mut [u64]) {
    for &(word, bits) in rules {
        out[word as usize] |= bits;
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
    /// Sets `out` to the rules of which the rarest thing that they need is in the window.
    pub(super) fn in_question<P: Places>(&self, window: &Window<P>, field: &Field<'_>, out: &mut RuleBits) {
        out.0.clear();
        let Some(layer) = self.0.first() else { return };
        layer.find(window, &mut out.0);
        layer.after.add_shown(&window.showing, window.after_mentions(), &mut out.0);
        if !layer.before.rules.is_empty() {
            layer.before.add_shown(&window.showing, window.ahead_of_mentions(), &mut out.0);
            window.each_list_ahead_of_mentions(field, |list| add(layer.before.rules_of(list), &mut out.0));
        }
    }

    /// Sets `out` to the rules that the window may concern.
    pub(super) fn live<P: Places>(
        &self,
        window: &Window<P>,
        field: &Field<'_>,
        out: &mut RuleBits,
        spare: &mut Vec<u64>,
    ) {
        self.in_question(window, field, out);
        for layer in self.0.iter().skip(1) {
            layer.find(window, spare);
            out.0.iter_mut().zip(&*spare).for_each(|(live, more)| *live &= more);
        }
    }
}

impl Layer {
    fn find<P: Places>(&self, window: &Window<P>, out: &mut Vec<u64>) {
        out.clone_from(&self.always);
        self.anywhere.add_shown(&window.showing, P::ALL, out);
    }
}

/// So many things are asked of a rule by the sieve, the rarest; three rule out little more than two and cost as much.
pub(super) const LAYERS: usize = 2;

/// A sieve in the making.
#[derive(Default)]
pub(super) struct SieveBuilder {
    layers: [[Vec<(Feature, u32)>; 3]; LAYERS],
    always: [Vec<u32>; LAYERS],
    rules: u32,
}

impl SieveBuilder {
    /// Adds a rule whose matches show one of these there, for each of `needs`, the rarest first.
    pub(super) fn add(&mut self, rule: u32, needs: Vec<(Where, Vec<Feature>)>) {
        self.rules = self.rules.max(rule + 1);
        let mut needs = needs.into_iter();
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
