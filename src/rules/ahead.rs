//! Looking ahead: what can stand next at a step of a pattern, so that most walks end before they begin.

use super::matcher::Field;
use super::pattern::TypeSet;
use super::program::Step;
use super::test::{Class, Test};
use crate::model::{Look, Sign, WordId};

/// What a token must show, or which mention must start at it, for a step to go on. May promise too much, never too little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct First {
    pub(super) sign: Sign,
    pub(super) types: TypeSet,
    /// Nothing is known: any token will do, or none.
    pub(super) anything: bool,
}

impl First {
    pub(super) const ANYTHING: Self = Self { sign: Sign::NONE, types: TypeSet(0), anything: true };

    const fn of_sign(sign: Sign) -> Self {
        Self { sign, types: TypeSet(0), anything: false }
    }

    fn of_looks(looks: &[Look]) -> Self {
        let mut sign = Sign::NONE;
        for &look in looks {
            sign.add(&Sign::of_look(look));
        }
        Self::of_sign(sign)
    }

    fn add(&mut self, other: &Self) {
        self.sign.add(&other.sign);
        self.types.0 |= other.types.0;
        self.anything |= other.anything;
    }

    /// Can the step go on at token `at`?
    #[inline]
    pub(super) fn fits(&self, field: &Field<'_>, at: usize) -> bool {
        if self.anything {
            return true;
        }
        if at >= field.bounds.end as usize {
            return false;
        }
        field.hits.signs.get(at).is_some_and(|sign| sign.meets(&self.sign))
            || (self.types.0 != 0 && field.mentions.type_starting(at).is_some_and(|t| self.types.has(t)))
    }
}

/// What is known ahead at the steps of a pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Ahead {
    /// For each split, what its two ways can go on with.
    splits: Vec<[First; 2]>,
    /// For each step that is a split, its place in `splits`.
    places: Vec<u32>,
    /// What a match begins with.
    pub(super) first: First,
    /// What stands after the first token or mention.
    pub(super) second: First,
    /// May a match begin with a row of a list, of one word or more? Then `second` holds for rows of one word.
    pub(super) lists: bool,
}

impl Ahead {
    /// `bit` gives the bit of a word in signs.
    pub(super) fn new(steps: &[Step], bit: &dyn Fn(WordId) -> Option<u8>) -> Self {
        let looker = Looker { steps, bit };
        let mut ahead = Self { places: vec![0; steps.len()], ..Self::default() };
        for (at, step) in steps.iter().enumerate() {
            if let Step::Split { first, second } = step {
                ahead.places[at] = u32::try_from(ahead.splits.len()).unwrap_or(u32::MAX);
                ahead.splits.push([looker.first(*first), looker.first(*second)]);
            }
        }
        ahead.first = looker.first(0);
        ahead.second = looker.second(&ahead.first);
        ahead.lists = looker.consuming(0).0.iter().any(|&at| matches!(steps[at as usize], Step::List { .. }));
        ahead
    }

    /// What the two ways of the split at `step` can go on with.
    #[inline]
    pub(super) fn of_split(&self, step: u32) -> &[First; 2] {
        &self.splits[self.places[step as usize] as usize]
    }
}

struct Looker<'l> {
    steps: &'l [Step],
    bit: &'l dyn Fn(WordId) -> Option<u8>,
}

impl Looker<'_> {
    /// The steps reached from `from` that take something of the text; and whether the pattern may end before one, or ask
    /// for the end.
    fn consuming(&self, from: u32) -> (Vec<u32>, bool) {
        let (mut reached, mut ends) = (Vec::new(), false);
        let (mut seen, mut open) = (vec![false; self.steps.len()], vec![from]);
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at as usize], true) {
                continue;
            }
            match &self.steps[at as usize] {
                Step::Split { first, second } => open.extend([*first, *second]),
                Step::Jump(to) => open.push(*to),
                Step::Open(_) | Step::Close(_) | Step::Look { .. } | Step::Glued | Step::First => {
                    open.push(at + 1);
                }
                Step::Accept | Step::Last => ends = true,
                Step::Test(_)
                | Step::Words(_)
                | Step::List { .. }
                | Step::Mention { .. }
                | Step::Phrase(_)
                | Step::Aside => {
                    reached.push(at);
                }
            }
        }
        (reached, ends)
    }

    fn first(&self, from: u32) -> First {
        let (reached, ends) = self.consuming(from);
        let mut first = First { anything: ends, ..First::default() };
        for at in reached {
            first.add(&self.of_step(at));
        }
        first
    }

    /// What stands after what a match begins with; unknown if that may be a mention or a token.
    fn second(&self, first: &First) -> First {
        let by_mention = first.types.0 != 0;
        if first.anything || (by_mention && first.sign != Sign::NONE) {
            return First::ANYTHING;
        }
        let mut second = First::default();
        for at in self.consuming(0).0 {
            match self.steps[at as usize] {
                Step::Aside => second.add(&First::ANYTHING),
                _ => second.add(&self.first(at + 1)),
            }
        }
        second
    }

    fn of_step(&self, at: u32) -> First {
        match &self.steps[at as usize] {
            Step::Test(test) => self.of_test(test),
            Step::Words(words) => {
                let mut all = First::default();
                for &word in words {
                    all.add(&self.of_word(word));
                }
                all
            }
            Step::List { list, .. } => First::of_sign(Sign::of_list(list.0)),
            Step::Mention { types, .. } => First { types: *types, ..First::default() },
            Step::Phrase(_) => self.of_test(&Test::InPhrase),
            Step::Aside => First::of_looks(&[Look::Punctuation]),
            _ => First::ANYTHING,
        }
    }

    fn of_word(&self, word: WordId) -> First {
        (self.bit)(word).map_or(First::ANYTHING, |bit| First::of_sign(Sign::of_word(bit)))
    }

    fn of_test(&self, test: &Test) -> First {
        match test {
            Test::Word(word) | Test::Spelled(word, _) => self.of_word(*word),
            Test::Class(class) => of_class(*class),
            Test::Running | Test::InPhrase => {
                First::of_looks(&[Look::Wordlike, Look::Possessive, Look::Punctuation])
            }
            Test::Ends(_) => First::of_looks(&[Look::Lower]),
            Test::Gap | Test::Bare => First::ANYTHING,
        }
    }
}

fn of_class(class: Class) -> First {
    let look = match class {
        Class::Any => return First::ANYTHING,
        Class::Initial => return First::of_looks(&[Look::Dotted, Look::Title]),
        Class::Word => Look::Wordlike,
        Class::Capitalized => Look::Capitalized,
        Class::Title => Look::Title,
        Class::Upper => Look::Upper,
        Class::Camel => Look::Camel,
        Class::Lower => Look::Lower,
        Class::Mixed => Look::Mixed,
        Class::Punctuation | Class::Quote | Class::Dash => Look::Punctuation,
        Class::Possessive => Look::Possessive,
        Class::Number { .. } | Class::Digits { .. } => Look::Number,
        Class::LineStart => Look::LineStart,
    };
    First::of_looks(&[look])
}

/// What the token shows that a step takes, if that is known.
pub(super) fn shown_by(step: &Step, bit: &dyn Fn(WordId) -> Option<u8>) -> Option<Sign> {
    let looker = Looker { steps: std::slice::from_ref(step), bit };
    let first = looker.of_step(0);
    (!first.anything).then_some(first.sign)
}
