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

/// Rules by a feature that some token of each of their matches shows.
#[derive(Clone, Debug, Default)]
pub(super) struct ByFeature {
    anywhere: Vec<Vec<u32>>,
    after: Vec<Vec<u32>>,
    before: Vec<Vec<u32>>,
    /// Those of which no such feature is known.
    always: Vec<u32>,
}

impl ByFeature {
    /// Adds a rule whose matches show one of these there.
    pub(super) fn add(&mut self, rule: u32, any_of: Option<(Where, Vec<Feature>)>) {
        let Some((place, features)) = any_of else { return self.always.push(rule) };
        let rules = match place {
            Where::Anywhere => &mut self.anywhere,
            Where::After => &mut self.after,
            Where::Before => &mut self.before,
        };
        for feature in features {
            let at = feature.0 as usize;
            if rules.len() <= at {
                rules.resize(at + 1, Vec::new());
            }
            rules[at].push(rule);
        }
    }

    /// Sets `out` to the rules that a text may concern whose tokens show these.
    pub(super) fn of(&self, shown: &[Feature], beside: &Beside, out: &mut RuleBits) {
        out.clear();
        self.always.iter().for_each(|&rule| out.add(rule));
        let all = [
            (&self.anywhere, shown),
            (&self.after, beside.after.as_slice()),
            (&self.before, beside.before.as_slice()),
        ];
        for (rules, shown) in all {
            if rules.is_empty() {
                continue;
            }
            for feature in shown {
                let rules = rules.get(feature.0 as usize);
                rules.into_iter().flatten().for_each(|&rule| out.add(rule));
            }
        }
    }
}
