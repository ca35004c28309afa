//! The automaton over words: all keys of two words or more, found in one pass over a text's word numbers. Aho-Corasick over
//! the tree of [`Keys`]: where a text leaves a key, the longest beginning of another that the last words are is gone on from.
//!
//! Words instead of bytes: a match begins and ends with a token by itself, a word that no key has costs one look, and a
//! million names need a state for each beginning of a name alone.

use super::keys::{Keys, Node, NodeId};
use super::table::index;
use crate::model::{KeyId, WordId};

/// Finds keys of two words or more. Belongs to the gazetteer whose keys it was made of.
#[derive(Clone, Debug)]
pub struct Automaton {
    /// By node.
    states: Vec<State>,
}

/// What holds when a text has come to a node. "Shorter" nodes are those of the same last words, but fewer.
#[derive(Clone, Copy, Debug)]
struct State {
    /// Where to go on: here, or, where no key goes on, the longest shorter node where some does.
    resume: NodeId,
    /// Where to go on if the next word does not go on here.
    fall: NodeId,
    /// The longest shorter node that is a key; the root if there is none.
    shorter: NodeId,
}

impl State {
    const ROOT: Self = Self { resume: NodeId::ROOT, fall: NodeId::ROOT, shorter: NodeId::ROOT };
}

/// Where a pass over a text is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position(NodeId);

impl Position {
    /// Before any word.
    pub(super) const START: Self = Self(NodeId::ROOT);
}

impl Automaton {
    /// Builds it. Shorter nodes must be ready before longer ones.
    pub(super) fn new(keys: &Keys) -> Self {
        let nodes = keys.nodes();
        let mut automaton = Self { states: vec![State::ROOT; nodes.len()] };
        let mut goes_on = vec![false; nodes.len()];
        for node in nodes {
            if let Some(goes_on) = goes_on.get_mut(node.parent.0 as usize) {
                *goes_on = true;
            }
        }
        for at in by_length(nodes) {
            let Some(node) = keys.node(at) else { continue };
            let shorter = automaton.longest_shorter(keys, node);
            let of_shorter = automaton.state(shorter);
            let is_key = keys.node(shorter).is_some_and(|node| node.key().is_some());
            let goes_on = goes_on.get(at.0 as usize).copied().unwrap_or_default();
            if let Some(state) = automaton.states.get_mut(at.0 as usize) {
                state.fall = of_shorter.resume;
                state.resume = if goes_on { at } else { state.fall };
                state.shorter = if is_key { shorter } else { of_shorter.shorter };
            }
        }
        automaton
    }

    /// The longest node of fewer words that ends as this one does; the root if there is none.
    fn longest_shorter(&self, keys: &Keys, node: &Node) -> NodeId {
        if node.parent == NodeId::ROOT {
            return NodeId::ROOT;
        }
        let from = self.state(node.parent).fall;
        self.follow(keys, from, node.word).unwrap_or(NodeId::ROOT)
    }

    /// Where a word leads to from a node, or from the longest shorter one that it goes on from; `None` if no key has it.
    #[inline]
    fn follow(&self, keys: &Keys, mut from: NodeId, word: WordId) -> Option<NodeId> {
        let first = keys.first(word)?;
        while from != NodeId::ROOT {
            if let Some(node) = keys.child(from, word) {
                return Some(node);
            }
            from = self.state(from).fall;
        }
        Some(first)
    }

    fn state(&self, node: NodeId) -> State {
        self.states.get(node.0 as usize).copied().unwrap_or(State::ROOT)
    }

    /// Goes over a word, telling `found` every key that ends with it.
    #[inline]
    pub(super) fn step(
        &self,
        keys: &Keys,
        at: Position,
        word: WordId,
        mut found: impl FnMut(KeyId),
    ) -> Position {
        let Some(to) = self.follow(keys, at.0, word) else { return Position::START };
        let mut node = to;
        while node != NodeId::ROOT {
            keys.node(node).and_then(Node::key).into_iter().for_each(&mut found);
            node = self.state(node).shorter;
        }
        Position(self.state(to).resume)
    }

    /// Bytes in memory.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.states)
    }
}

/// All nodes but the root, those of fewer words first.
fn by_length(nodes: &[Node]) -> Vec<NodeId> {
    let mut lengths = vec![0_u32; nodes.len()];
    let mut ends = vec![0_u32];
    for (at, node) in nodes.iter().enumerate().skip(1) {
        let length = 1 + lengths.get(node.parent.0 as usize).copied().unwrap_or(0);
        lengths[at] = length;
        ends.resize(ends.len().max(length as usize + 1), 0);
        ends[length as usize] += 1;
    }
    let mut total = 0;
    for end in &mut ends {
        (*end, total) = (total, total + *end);
    }
    let mut sorted = vec![NodeId::ROOT; nodes.len().saturating_sub(1)];
    for (at, &length) in lengths.iter().enumerate().skip(1) {
        let next = &mut ends[length as usize];
        sorted[*next as usize] = NodeId(index(at));
        *next += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A few words, so that names overlap, begin and end alike and stand within one another.
        #[test]
        fn every_key_is_found_at_every_place(
            names in prop::collection::vec(prop::collection::vec(0_u32..4, 2..6), 1..12),
            text in prop::collection::vec(0_u32..5, 0..40),
        ) {
            let mut keys = Keys::default();
            for name in &names {
                keys.intern(&name.iter().map(|&word| WordId(word)).collect::<Vec<_>>());
            }
            let automaton = Automaton::new(&keys);
            let words: Vec<WordId> = text.iter().map(|&word| WordId(word)).collect();
            let (mut found, mut position) = (Vec::new(), Position::START);
            for (at, &word) in words.iter().enumerate() {
                position = automaton.step(&keys, position, word, |key| found.push((at + 1, key)));
            }
            let mut expected = Vec::new();
            for end in 0..=words.len() {
                // The longest first.
                for start in 0..end {
                    expected.extend(keys.get(&words[start..end]).map(|key| (end, key)));
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}
