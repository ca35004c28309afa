//! The automaton over words: all keys of two words or more, found in one pass over a text's word numbers. The only file that
//! knows `aho-corasick`.
//!
//! Each word that occurs in such a key has a number, written as three bytes of which all but the first have their top bit set;
//! so a match can begin and end at words only. (The first bytes are the small ones because the start state's transitions are
//! searched from the lowest while the automaton is built.) Any other word leads back to the start.

use aho_corasick::automaton::{Automaton as _, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::keys::Keys;
use super::table::index;
use crate::model::{KeyId, WordId};

/// Numbers that three bytes can hold.
const MOST_WORDS: u32 = 1 << 21;
/// Bytes of a word.
const WIDTH: usize = 3;

/// Finds keys of two words or more. Belongs to the gazetteer that it was made of.
#[derive(Clone, Debug)]
pub struct Automaton {
    nfa: NFA,
    start: StateID,
    /// The bytes of each word; [`NO_CODE`] for a word that no longer key has.
    codes: Vec<[u8; WIDTH]>,
    /// Key of each pattern.
    patterns: Vec<KeyId>,
}

/// The bytes of no word: the first has its top bit set.
const NO_CODE: [u8; WIDTH] = [0xff; WIDTH];

/// Where a pass over a text is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position(StateID);

impl Automaton {
    /// Builds it; an error says which limit the keys exceed.
    pub(super) fn new(keys: &Keys) -> Result<Self, String> {
        let longer: Vec<KeyId> =
            (0..index(keys.len())).map(KeyId).filter(|&key| keys.words(key).len() > 1).collect();
        let codes = number_words(keys, &longer)?;
        let encoded = Encoded::new(keys, &codes, &longer);
        let nfa = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(encoded.iter())
            .map_err(|error| error.to_string())?;
        let start = nfa.start_state(Anchored::No).map_err(|error| error.to_string())?;
        let patterns = encoded.patterns.iter().map(|&(_, _, _, key)| key).collect();
        Ok(Self { nfa, start, codes, patterns })
    }

    /// Before any word.
    pub(super) const fn start(&self) -> Position {
        Position(self.start)
    }

    /// Goes over a word, telling `found` every key that ends with it.
    #[inline]
    pub(super) fn step(&self, at: Position, word: WordId, mut found: impl FnMut(KeyId)) -> Position {
        let code = self.codes.get(word.0 as usize).copied().unwrap_or(NO_CODE);
        if code == NO_CODE {
            return self.start();
        }
        let state = code.iter().fold(at.0, |state, &byte| self.nfa.next_state(Anchored::No, state, byte));
        if self.nfa.is_match(state) {
            for at in 0..self.nfa.match_len(state) {
                let pattern = self.nfa.match_pattern(state, at).as_usize();
                self.patterns.get(pattern).copied().into_iter().for_each(&mut found);
            }
        }
        Position(state)
    }

    /// Bytes in memory.
    pub(super) fn memory(&self) -> usize {
        self.nfa.memory_usage() + self.codes.len() * WIDTH + self.patterns.len() * size_of::<KeyId>()
    }
}

/// The bytes of each word that the keys have.
fn number_words(keys: &Keys, patterns: &[KeyId]) -> Result<Vec<[u8; WIDTH]>, String> {
    let words = || patterns.iter().flat_map(|&key| keys.words(key));
    let size = words().map(|word| word.0 as usize + 1).max().unwrap_or(0);
    let mut codes = vec![NO_CODE; size];
    let mut next = 0;
    for word in words() {
        let Some(code @ &mut NO_CODE) = codes.get_mut(word.0 as usize) else { continue };
        if next == MOST_WORDS {
            return Err(format!("more than {MOST_WORDS} different words in names"));
        }
        *code = spread(next);
        next += 1;
    }
    Ok(codes)
}

/// Seven bits a byte; the top bit is set in all bytes but the first.
const fn spread(number: u32) -> [u8; WIDTH] {
    let [_, first, second, third] =
        (0x8080 | (number >> 14 << 16) | (number >> 7 & 0x7f) << 8 | number & 0x7f).to_be_bytes();
    [first, second, third]
}

/// The bytes of all patterns in one piece.
struct Encoded {
    bytes: Vec<u8>,
    /// Of each pattern the first eight bytes, as a number, and where it starts and ends in `bytes`.
    patterns: Vec<(u64, u32, u32, KeyId)>,
}

impl Encoded {
    /// Patterns in descending order. So each shares its beginning with the one before, and each new transition goes to the
    /// head of its state's list: the trie is built without searching such lists.
    fn new(keys: &Keys, codes: &[[u8; WIDTH]], patterns: &[KeyId]) -> Self {
        let mut encoded = Self { bytes: Vec::new(), patterns: Vec::with_capacity(patterns.len()) };
        for &key in patterns {
            let start = encoded.bytes.len();
            let words = keys.words(key).iter();
            encoded
                .bytes
                .extend(words.flat_map(|word| codes.get(word.0 as usize).copied().unwrap_or(NO_CODE)));
            let pattern = encoded.bytes.get(start..).unwrap_or_default();
            let mut head = [0; 8];
            head.iter_mut().zip(pattern).for_each(|(slot, &byte)| *slot = byte);
            let end = index(encoded.bytes.len());
            encoded.patterns.push((u64::from_be_bytes(head), index(start), end, key));
        }
        let bytes = &encoded.bytes;
        encoded
            .patterns
            .sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| slice(bytes, b).cmp(slice(bytes, a))));
        encoded
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.patterns.iter().map(|pattern| slice(&self.bytes, pattern))
    }
}

fn slice<'a>(bytes: &'a [u8], &(_, start, end, _): &(u64, u32, u32, KeyId)) -> &'a [u8] {
    bytes.get(start as usize..end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_of_a_word_but_the_first_have_their_top_bit_set() {
        for number in [0, 1, 127, 128, 16_383, 16_384, MOST_WORDS - 1] {
            let [first, second, third] = spread(number);
            assert!(
                first < 0x80 && second >= 0x80 && third >= 0x80,
                "{number}: {first:x} {second:x} {third:x}"
            );
            let back = u32::from(first) << 14 | u32::from(second & 0x7f) << 7 | u32::from(third & 0x7f);
            assert_eq!(back, number);
        }
    }
}
