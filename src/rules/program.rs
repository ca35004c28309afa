//! Syntax tree to steps: looks up words, lists and types, and works out what a match begins with and must contain.

use super::lexis::Lexis;
use super::parse::{Node, parse};
use super::pattern::{Pattern, PatternError, TypeSet};
use super::test::{Class, Test};
use crate::gazetteer::{Gazetteer, ValueId, WordListId};
use crate::model::{TypeId, WordId};
use crate::text::{Vocabulary, folded_words};

/// Something that the scan has already found when rules run, and that can start them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// A word.
    Word(WordId),
    /// A row of a word list.
    List(WordListId),
    /// A row of a word list with this value.
    Value(WordListId, ValueId),
    /// A token that starts with a digit.
    Digit,
    /// A mention.
    Mention,
    /// A capitalized word.
    Capital,
    /// A mark that is no word.
    Punctuation,
}

/// One step of a compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// One token.
    Test(Test),
    /// One of these words; sorted.
    Words(Vec<WordId>),
    /// A row of a list with one of these values (any if none); remembered in the innermost capture.
    List { list: WordListId, values: Vec<ValueId>, slot: Option<u16> },
    /// A mention; remembered in the slot.
    Mention { types: TypeSet, slot: Option<u16> },
    /// Try `first`, then `second`.
    Split { first: u32, second: u32 },
    /// Go on there.
    Jump(u32),
    /// A capture begins, ends.
    Open(u16),
    /// See `Open`.
    Close(u16),
    /// The pattern of this number in `looks` does or does not match here.
    Look { pattern: u32, behind: bool, negate: bool },
    /// A token of a noun phrase, up to its head; words of this list break it.
    Phrase(WordListId),
    /// A bracket, or words between commas or dashes, that interrupt a clause.
    Aside,
    /// No blank before the next token.
    Glued,
    /// Stands first, last in the sentence.
    First,
    /// See `First`.
    Last,
    /// Done.
    Accept,
}

/// Rows with so many values are looked for among all of their list.
const MOST_VALUES: usize = 12;

/// The word list whose words end a noun phrase (`<np:N>`).
const PHRASE_BREAKS: &str = "phrase_breaks";

/// Compiles patterns against loaded lists.
pub struct Compiler<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) vocabulary: &'a mut Vocabulary,
    pub(super) subject: TypeSet,
    pub(super) object: TypeSet,
}

impl<'a> Compiler<'a> {
    /// For patterns without SUBJECT and OBJECT.
    pub fn new(gazetteer: &'a Gazetteer, vocabulary: &'a mut Vocabulary) -> Self {
        Self { gazetteer, vocabulary, subject: TypeSet::ANY, object: TypeSet::ANY }
    }

    /// For patterns of names: `NAME` stands for every segment, whatever its type.
    pub fn for_names(gazetteer: &'a Gazetteer, vocabulary: &'a mut Vocabulary) -> Self {
        Self { gazetteer, vocabulary, subject: TypeSet(u64::MAX), object: TypeSet(u64::MAX) }
    }

    /// The types that SUBJECT and OBJECT stand for, as `person|place` or `any`.
    pub fn roles(&mut self, subject: &str, object: &str) -> Result<(), PatternError> {
        self.subject = self.types(subject.split('|'))?;
        self.object = self.types(object.split('|'))?;
        Ok(())
    }

    /// The types that SUBJECT and OBJECT stand for.
    pub fn role_types(&self) -> (TypeSet, TypeSet) {
        (self.subject, self.object)
    }

    /// What it compiles with.
    pub fn lexis(&self) -> Lexis<'_> {
        Lexis { gazetteer: self.gazetteer, vocabulary: self.vocabulary }
    }

    /// Parses and compiles.
    pub fn compile(&mut self, source: &str) -> Result<Pattern, PatternError> {
        let node = parse(source)?;
        self.pattern(&node)
    }

    fn pattern(&mut self, node: &Node<'_>) -> Result<Pattern, PatternError> {
        let needs = self.needs(node)?;
        let is_anchored = self.starts(node)?.is_some_and(|starts| !starts.is_empty());
        Ok(Pattern { is_anchored, needs, ..self.look(node)? })
    }

    /// A pattern of which nothing needs to be known but what it matches.
    fn look(&mut self, node: &Node<'_>) -> Result<Pattern, PatternError> {
        let mut builder = Builder { steps: Vec::new(), looks: Vec::new(), slots: Vec::new() };
        self.emit(node, None, &mut builder)?;
        builder.steps.push(Step::Accept);
        let Builder { steps, looks, slots } = builder;
        Ok(Pattern { joins: joins(&steps), steps, looks, slots, is_anchored: false, needs: Vec::new() })
    }

    fn emit(&mut self, node: &Node<'_>, slot: Option<u16>, out: &mut Builder) -> Result<(), PatternError> {
        match node {
            Node::Sequence(nodes) => nodes.iter().try_for_each(|n| self.emit(n, None, out))?,
            Node::Choice(branches) => self.emit_choice(branches, slot, out)?,
            Node::Repeat { node, least, most } => self.emit_repeat(node, *least, *most, out)?,
            Node::Capture { name, node } => {
                let slot = out.slot(name);
                out.steps.push(Step::Open(slot));
                self.emit(node, Some(slot), out)?;
                out.steps.push(Step::Close(slot));
            }
            Node::Glued(node) => {
                out.steps.push(Step::Glued);
                self.emit(node, slot, out)?;
            }
            Node::Look { behind, negate, node } => {
                let pattern = self.look(node)?;
                out.looks.push(pattern);
                let pattern = index(out.looks.len() - 1);
                out.steps.push(Step::Look { pattern, behind: *behind, negate: *negate });
            }
            Node::Literal { text, exact } => {
                for (i, test) in self.literal(text, *exact).into_iter().enumerate() {
                    if i > 0 {
                        out.steps.push(Step::Glued);
                    }
                    out.steps.push(Step::Test(test));
                }
            }
            Node::List { name, values } => {
                let list = self.list(name)?;
                let values: Vec<_> = values.iter().map(|v| self.gazetteer.value_id(v)).collect();
                self.name_rows(list, &values);
                out.steps.push(Step::List { list, values, slot });
            }
            Node::Mention(types) => {
                let types = self.types(types.iter().copied())?;
                out.steps.push(Step::Mention { types, slot });
            }
            Node::Role { subject } => self.emit_role(*subject, out),
            Node::Class { name, argument } => self.emit_class(name, argument, out)?,
        }
        Ok(())
    }

    fn emit_role(&mut self, subject: bool, out: &mut Builder) {
        let (types, name) = if subject { (self.subject, "subject") } else { (self.object, "object") };
        let slot = out.slot(name);
        out.steps.extend([Step::Open(slot), Step::Mention { types, slot: Some(slot) }, Step::Close(slot)]);
    }

    fn emit_class(&mut self, name: &str, argument: &str, out: &mut Builder) -> Result<(), PatternError> {
        match name {
            "first" => out.steps.push(Step::First),
            "last" => out.steps.push(Step::Last),
            "gap" => out.lazy(&Test::Gap, gap_length(argument)?),
            "bare" => out.lazy(&Test::Bare, gap_length(argument)?),
            "words" => out.lazy(&Test::Running, gap_length(argument)?),
            "np" => {
                let breaks = self.list(PHRASE_BREAKS)?;
                self.name_rows(breaks, &[]);
                out.greedy(&Step::Phrase(breaks), gap_length(argument)?);
            }
            "aside" => out.steps.push(Step::Aside),
            "ends" => out.steps.push(Step::Test(Test::Ends(argument.into()))),
            _ => out.steps.push(Step::Test(Test::Class(Class::parse(name, argument)?))),
        }
        Ok(())
    }

    fn emit_choice(
        &mut self,
        branches: &[Node<'_>],
        slot: Option<u16>,
        out: &mut Builder,
    ) -> Result<(), PatternError> {
        let mut ends = Vec::new();
        let mut rest = branches;
        while let Some(branch) = rest.first() {
            let words = self.leading_words(rest);
            rest = &rest[words.len().max(1)..];
            let split = (!rest.is_empty()).then(|| out.hole());
            if words.len() > 1 {
                out.words(words);
            } else {
                self.emit(branch, slot, out)?;
            }
            if let Some(split) = split {
                ends.push(out.hole());
                out.steps[split] = Step::Split { first: index(split + 1), second: index(out.steps.len()) };
            }
        }
        for end in ends {
            out.steps[end] = Step::Jump(index(out.steps.len()));
        }
        Ok(())
    }

    /// The words that the first branches are, as long as they are single words: one step tests them all.
    fn leading_words(&mut self, branches: &[Node<'_>]) -> Vec<WordId> {
        let mut words = Vec::new();
        for branch in branches {
            match self.single_word(branch) {
                Some(word) => words.push(word),
                None => break,
            }
        }
        words
    }

    fn single_word(&mut self, node: &Node<'_>) -> Option<WordId> {
        match node {
            Node::Sequence(nodes) if nodes.len() == 1 => self.single_word(nodes.first()?),
            Node::Literal { text, exact: false } => match self.literal(text, false).as_slice() {
                [Test::Word(word)] => Some(*word),
                _ => None,
            },
            _ => None,
        }
    }

    fn emit_repeat(
        &mut self,
        node: &Node<'_>,
        least: u8,
        most: u8,
        out: &mut Builder,
    ) -> Result<(), PatternError> {
        let mut splits = Vec::new();
        for i in 0..most {
            if i >= least {
                splits.push(out.hole());
            }
            self.emit(node, None, out)?;
        }
        for split in splits {
            out.steps[split] = Step::Split { first: index(split + 1), second: index(out.steps.len()) };
        }
        Ok(())
    }

    pub(super) fn literal(&mut self, text: &str, exact: bool) -> Vec<Test> {
        // Most are a word in small letters, which is its own folding.
        if !exact && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return vec![Test::Word(self.vocabulary.name(text))];
        }
        let mut words: Vec<(String, String)> = Vec::new();
        folded_words(text, |folded, original| words.push((folded.to_owned(), original.to_owned())));
        let mut spelled = |(folded, original): (String, String)| {
            let word = self.vocabulary.name(&folded);
            if exact { Test::Spelled(word, original.into()) } else { Test::Word(word) }
        };
        words.into_iter().map(&mut spelled).collect()
    }

    pub(super) fn list(&self, name: &str) -> Result<WordListId, PatternError> {
        self.gazetteer.word_list(name).ok_or_else(|| PatternError {
            at: 1,
            what: format!("no word list {name:?}"),
            expected: "the stem of a file of kind words in lists.toml".into(),
        })
    }

    /// From now on tokens show these rows.
    fn name_rows(&mut self, list: WordListId, values: &[ValueId]) {
        if values.is_empty() || values.len() > MOST_VALUES {
            self.vocabulary.name_rows(list.0, None);
        } else {
            for value in values {
                self.vocabulary.name_rows(list.0, Some(value.0));
            }
        }
    }

    pub(super) fn types<'t>(&self, names: impl Iterator<Item = &'t str>) -> Result<TypeSet, PatternError> {
        let mut set = TypeSet::default();
        for name in names {
            let known = self.gazetteer.types().iter().position(|t| **t == *name);
            match known.and_then(|i| u16::try_from(i).ok()) {
                Some(i) => set = set.with(TypeId(i)),
                None if name == "any" => set = TypeSet(set.0 | TypeSet::ANY.0),
                None => {
                    let expected = format!("any or one of {}", self.gazetteer.types().join(", "));
                    return Err(PatternError { at: 1, what: format!("no type {name:?}"), expected });
                }
            }
        }
        Ok(set)
    }
}

/// Steps that several ways lead to, or one way from several tokens.
fn joins(steps: &[Step]) -> Vec<bool> {
    let mut ways = vec![0_usize; steps.len() + 1];
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Split { first, second } => {
                ways[*first as usize] += 1;
                ways[*second as usize] += 1;
            }
            Step::Jump(to) => ways[*to as usize] += 1,
            Step::List { .. } | Step::Aside => ways[at + 1] += 2,
            Step::Accept => {}
            _ => ways[at + 1] += 1,
        }
    }
    ways.truncate(steps.len());
    ways.into_iter().map(|ways| ways > 1).collect()
}

struct Builder {
    steps: Vec<Step>,
    looks: Vec<Pattern>,
    slots: Vec<Box<str>>,
}

impl Builder {
    fn hole(&mut self) -> usize {
        self.steps.push(Step::Accept);
        self.steps.len() - 1
    }

    fn words(&mut self, mut words: Vec<WordId>) {
        words.sort_unstable();
        words.dedup();
        self.steps.push(Step::Words(words));
    }

    fn slot(&mut self, name: &str) -> u16 {
        let at = self.slots.iter().position(|s| **s == *name).unwrap_or_else(|| {
            self.slots.push(name.into());
            self.slots.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// `step` up to `most` times, as often as possible.
    fn greedy(&mut self, step: &Step, most: u8) {
        let mut splits = Vec::new();
        for _ in 0..most {
            splits.push(self.hole());
            self.steps.push(step.clone());
        }
        for split in splits {
            self.steps[split] = Step::Split { first: index(split + 1), second: index(self.steps.len()) };
        }
    }

    /// Up to `most` tokens that pass `test`, as few as possible.
    fn lazy(&mut self, test: &Test, most: u8) {
        let mut splits = Vec::new();
        for _ in 0..most {
            splits.push(self.hole());
            self.steps.push(Step::Test(test.clone()));
        }
        for split in splits {
            self.steps[split] = Step::Split { first: index(self.steps.len()), second: index(split + 1) };
        }
    }
}

fn gap_length(argument: &str) -> Result<u8, PatternError> {
    match argument.parse() {
        Ok(n) if (1..=40).contains(&n) => Ok(n),
        _ => Err(PatternError {
            at: 1,
            what: format!("bad gap {argument:?}"),
            expected: "<gap:N>, N from 1 to 40".into(),
        }),
    }
}

pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
