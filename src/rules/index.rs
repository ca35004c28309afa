//! Sets of rules, and which rules a text concerns by what its tokens show.

use super::feature::Feature;

/// A set of rules, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleBits(Vec<u64>);

impl RuleBits {
    /// Empties it.
    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// The rules, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(at, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                (left != 0).then(|| {
                    left &= left - 1;
                    u32::try_from(at * 64).unwrap_or(u32::MAX).saturating_add(bit)
                })
            })
        })
    }

    #[inline]
    pub(super) fn add(&mut self, rule: u32) {
        let at = rule as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (rule % 64);
    }
}

/// Rules by a feature that some token of each of their matches shows.
#[derive(Clone, Debug, Default)]
pub(super) struct ByFeature {
    rules: Vec<Vec<u32>>,
    /// Those of which no such feature is known.
    always: Vec<u32>,
}

impl ByFeature {
    /// Adds a rule whose matches show one of these.
    pub(super) fn add(&mut self, rule: u32, any_of: Option<&[Feature]>) {
        let Some(features) = any_of else { return self.always.push(rule) };
        for feature in features {
            let at = feature.0 as usize;
            if self.rules.len() <= at {
                self.rules.resize(at + 1, Vec::new());
            }
            self.rules[at].push(rule);
        }
    }

    /// Sets `out` to the rules that a text may concern whose tokens show these.
    pub(super) fn of(&self, shown: &[Feature], out: &mut RuleBits) {
        out.clear();
        self.always.iter().for_each(|&rule| out.add(rule));
        for feature in shown {
            let rules = self.rules.get(feature.0 as usize);
            rules.into_iter().flatten().for_each(|&rule| out.add(rule));
        }
    }
}
