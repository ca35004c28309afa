//! Keys: the distinct folded word sequences of all names and listed words, numbered. Knows words by number only.

use hashbrown::HashTable;

use super::table::index;
use crate::model::{KeyId, WordId};

const NO_KEY: u32 = u32::MAX;

/// All keys. A key of one word is found by its word's number, longer ones by hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    words: Vec<WordId>,
    /// Where each key's words end; they begin where those of the key before end.
    ends: Vec<u32>,
    /// Key of each single word, [`NO_KEY`] if there is none.
    by_word: Vec<u32>,
    longer: HashTable<u32>,
}

impl Keys {
    /// Makes room, so that the table need not grow.
    pub(super) fn reserve(&mut self, keys: usize) {
        let (arena, ends) = (&self.words, &self.ends);
        self.longer.reserve(keys, |&key| hash_words(words_of(arena, ends, key)));
        self.ends.reserve(keys);
        self.words.reserve(keys * 2);
    }

    /// The key of these words, new if need be.
    pub(super) fn intern(&mut self, words: &[WordId]) -> KeyId {
        let next = index(self.ends.len());
        if let [word] = words {
            let at = word.0 as usize;
            if at >= self.by_word.len() {
                self.by_word.resize(at + 1, NO_KEY);
            }
            if let Some(slot) = self.by_word.get_mut(at) {
                if *slot != NO_KEY {
                    return KeyId(*slot);
                }
                *slot = next;
            }
        } else {
            let (arena, ends) = (&self.words, &self.ends);
            let same = |&key: &u32| words_of(arena, ends, key) == words;
            let hash_of = |&key: &u32| hash_words(words_of(arena, ends, key));
            match self.longer.entry(hash_words(words), same, hash_of) {
                hashbrown::hash_table::Entry::Occupied(found) => return KeyId(*found.get()),
                hashbrown::hash_table::Entry::Vacant(slot) => _ = slot.insert(next),
            }
        }
        self.words.extend_from_slice(words);
        self.ends.push(index(self.words.len()));
        KeyId(next)
    }

    /// The key of these words, if it is one.
    pub(super) fn get(&self, words: &[WordId]) -> Option<KeyId> {
        if let [word] = words {
            return self.of_word(*word);
        }
        let same = |&key: &u32| words_of(&self.words, &self.ends, key) == words;
        self.longer.find(hash_words(words), same).map(|&key| KeyId(key))
    }

    /// The key that is this single word, if there is one.
    pub(super) fn of_word(&self, word: WordId) -> Option<KeyId> {
        self.by_word.get(word.0 as usize).filter(|&&key| key != NO_KEY).map(|&key| KeyId(key))
    }

    /// The words of a key.
    pub(super) fn words(&self, key: KeyId) -> &[WordId] {
        words_of(&self.words, &self.ends, key.0)
    }

    /// Number of keys.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn words_of<'a>(words: &'a [WordId], ends: &[u32], key: u32) -> &'a [WordId] {
    let at = key as usize;
    let start = if at == 0 { 0 } else { ends.get(at - 1).copied().unwrap_or(0) };
    let end = ends.get(at).copied().unwrap_or(start);
    words.get(start as usize..end as usize).unwrap_or_default()
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// A fast hash without random state; the order of a table by it is never seen.
fn hash_words(words: &[WordId]) -> u64 {
    finish(words.iter().fold(0, |hash, word| step(hash, u64::from(word.0))))
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
