//! Keys: the distinct folded word sequences of all names and listed words, numbered. Knows words by number only.
//!
//! Keys of two words or more are the marked nodes of a tree: each node is the beginning of a key, each edge a word. The
//! tree numbers keys while lists are merged, and the automaton then walks it over texts, so nothing is built twice.

use hashbrown::HashTable;
use hashbrown::hash_table;

use super::table::index;
use crate::model::{KeyId, WordId};

const NO_KEY: u32 = u32::MAX;

/// A node of the tree of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(pub(super) u32);

impl NodeId {
    /// Before any word.
    pub(super) const ROOT: Self = Self(0);
    /// No node: of words that stand in no longer key.
    const NONE: u32 = u32::MAX;
}

/// A beginning of keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// One word less.
    pub(super) parent: NodeId,
    /// Its last word.
    pub(super) word: WordId,
    /// The key that it is, [`NO_KEY`] if it is only the beginning of one.
    key: u32,
}

impl Node {
    /// The key of two words or more that it is.
    pub(super) fn key(&self) -> Option<KeyId> {
        (self.key != NO_KEY).then_some(KeyId(self.key))
    }
}

/// What begins with a word.
#[derive(Clone, Copy, Debug)]
struct Opening {
    /// The key that is this word alone.
    key: u32,
    /// Where longer keys go on that begin with it; the root if they only go on with it, [`NodeId::NONE`] if there are none.
    node: u32,
}

impl Opening {
    const NOTHING: Self = Self { key: NO_KEY, node: NodeId::NONE };
}

/// A step from a node below the root to the next.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: u32,
    word: WordId,
    to: u32,
}

/// All keys.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    words: Vec<WordId>,
    /// Where each key's words end; they begin where those of the key before end.
    ends: Vec<u32>,
    /// By word.
    openings: Vec<Opening>,
    edges: HashTable<Edge>,
    /// The root first, every node behind its parent.
    nodes: Vec<Node>,
}

impl Default for Keys {
    fn default() -> Self {
        let root = Node { parent: NodeId::ROOT, word: WordId::NONE, key: NO_KEY };
        Self {
            words: Vec::new(),
            ends: Vec::new(),
            openings: Vec::new(),
            edges: HashTable::new(),
            nodes: vec![root],
        }
    }
}

impl Keys {
    /// Makes room for at most so many keys, of so many words in all and so many different ones, so that little need grow.
    pub(super) fn reserve(&mut self, keys: usize, words: usize, different: usize) {
        self.openings.resize(different.max(self.openings.len()), Opening::NOTHING);
        self.edges.reserve(words.saturating_sub(keys), hash_edge);
        self.nodes.reserve(words);
        self.ends.reserve(keys);
        self.words.reserve(words);
    }

    /// The key of these words, new if need be.
    pub(super) fn intern(&mut self, words: &[WordId]) -> KeyId {
        let next = index(self.ends.len());
        let known = if let [word] = words {
            self.opening(*word).map(|opening| &mut opening.key)
        } else {
            let node = words.iter().fold(NodeId::ROOT, |node, &word| self.grow(node, word));
            self.nodes.get_mut(node.0 as usize).map(|node| &mut node.key)
        };
        let Some(known) = known else { return KeyId(NO_KEY) };
        if *known != NO_KEY {
            return KeyId(*known);
        }
        *known = next;
        self.words.extend_from_slice(words);
        self.ends.push(index(self.words.len()));
        KeyId(next)
    }

    /// What begins with a word, made if need be.
    fn opening(&mut self, word: WordId) -> Option<&mut Opening> {
        let at = word.0 as usize;
        if at >= self.openings.len() {
            self.openings.resize(at + 1, Opening::NOTHING);
        }
        self.openings.get_mut(at)
    }

    /// The node one word behind `node`, made if need be.
    fn grow(&mut self, node: NodeId, word: WordId) -> NodeId {
        let next = index(self.nodes.len());
        let at_root = node == NodeId::ROOT;
        let Some(opening) = self.opening(word) else { return NodeId::ROOT };
        let is_new = opening.node == NodeId::NONE || (at_root && opening.node == NodeId::ROOT.0);
        if is_new {
            opening.node = if at_root { next } else { NodeId::ROOT.0 };
        }
        if at_root && !is_new {
            return NodeId(opening.node);
        }
        if !at_root {
            let edge = Edge { from: node.0, word, to: next };
            match self.edges.entry(hash_edge(&edge), |other| same(other, node, word), hash_edge) {
                hash_table::Entry::Occupied(found) => return NodeId(found.get().to),
                hash_table::Entry::Vacant(slot) => _ = slot.insert(edge),
            }
        }
        self.nodes.push(Node { parent: node, word, key: NO_KEY });
        NodeId(next)
    }

    /// The key of these words, if it is one.
    pub(super) fn get(&self, words: &[WordId]) -> Option<KeyId> {
        match words {
            [] => None,
            [word] => self.of_word(*word),
            [first, rest @ ..] => {
                let start = self.first(*first).filter(|&node| node != NodeId::ROOT)?;
                let node = rest.iter().try_fold(start, |node, &word| self.child(node, word))?;
                self.node(node)?.key()
            }
        }
    }

    /// The key that is this single word, if there is one.
    #[inline]
    pub(super) fn of_word(&self, word: WordId) -> Option<KeyId> {
        self.openings
            .get(word.0 as usize)
            .filter(|opening| opening.key != NO_KEY)
            .map(|opening| KeyId(opening.key))
    }

    /// The node that longer keys go on from which begin with this word: the root if none does, `None` if no longer key has
    /// the word at all.
    #[inline]
    pub(super) fn first(&self, word: WordId) -> Option<NodeId> {
        self.openings
            .get(word.0 as usize)
            .filter(|opening| opening.node != NodeId::NONE)
            .map(|opening| NodeId(opening.node))
    }

    /// The node one word behind one that is not the root.
    #[inline]
    pub(super) fn child(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        let hash = hash_edge(&Edge { from: node.0, word, to: 0 });
        self.edges.find(hash, |other| same(other, node, word)).map(|edge| NodeId(edge.to))
    }

    /// A node by its number.
    pub(super) fn node(&self, node: NodeId) -> Option<&Node> {
        self.nodes.get(node.0 as usize)
    }

    /// All nodes, the root first, each behind its parent.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The words of a key.
    pub(super) fn words(&self, key: KeyId) -> &[WordId] {
        let at = key.0 as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.words.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Number of keys.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of the tree in memory.
    pub(super) fn tree_memory(&self) -> usize {
        self.edges.allocation_size() + size_of_val(&*self.nodes) + size_of_val(&*self.openings)
    }
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn same(edge: &Edge, from: NodeId, word: WordId) -> bool {
    edge.from == from.0 && edge.word == word
}

/// A fast hash without random state; the order of a table by it is never seen.
fn hash_edge(edge: &Edge) -> u64 {
    finish(step(step(0, u64::from(edge.from)), u64::from(edge.word.0)))
}

/// The same for text.
pub(super) fn hash_text(text: &str) -> u64 {
    let (chunks, rest) = text.as_bytes().as_chunks::<8>();
    let hash = chunks.iter().fold(text.len() as u64, |hash, chunk| step(hash, u64::from_le_bytes(*chunk)));
    finish(rest.iter().fold(hash, |hash, &byte| step(hash, u64::from(byte))))
}

const fn step(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(MULTIPLIER)
}

/// Brings the well-mixed upper bits down to where the table looks.
const fn finish(hash: u64) -> u64 {
    hash ^ (hash >> 32)
}
