//! The automaton over words: all keys of two words or more, found in one pass over a text's word numbers. The only file that
//! knows `aho-corasick`.
//!
//! Each word that occurs in such a key has a number, written as three bytes of which only the first has its top bit set; so
//! a match can begin and end at words only. A word that no key has would be `0xff`, a byte that no key has: it leads back to
//! the start, so it isn't fed at all.

use aho_corasick::automaton::Automaton as _;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::keys::Keys;
use super::table::index;
use crate::model::{KeyId, WordId};

/// Numbers that three bytes can hold, `0xff` first not being used.
const MOST_WORDS: u32 = 0x7f << 14;
/// Bytes of a word.
const WIDTH: usize = 3;

/// Finds keys of two words or more.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    nfa: NFA,
    start: aho_corasick::automaton::StateID,
    /// The bytes of each word; the first is 0 for a word that no longer key has.
    codes: Vec<[u8; WIDTH]>,
    /// Key of each pattern.
    patterns: Vec<KeyId>,
}

/// Where a pass over a text is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position(aho_corasick::automaton::StateID);

impl Automaton {
    /// Builds it; an error says which limit the keys exceed.
    pub(super) fn new(keys: &Keys) -> Result<Self, String> {
        let patterns: Vec<KeyId> =
            (0..index(keys.len())).map(KeyId).filter(|&key| keys.words(key).len() > 1).collect();
        let codes = number_words(keys, &patterns)?;
        let encoded = patterns.iter().map(|&key| {
            let words = keys.words(key).iter();
            words
                .flat_map(|word| codes.get(word.0 as usize).copied().unwrap_or_default())
                .collect::<Vec<u8>>()
        });
        let nfa = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(encoded)
            .map_err(|error| error.to_string())?;
        let start = nfa.start_state(Anchored::No).map_err(|error| error.to_string())?;
        Ok(Self { nfa, start, codes, patterns })
    }

    /// Before any word.
    pub(super) const fn start(&self) -> Position {
        Position(self.start)
    }

    /// Goes over a word, telling `found` every key that ends with it.
    #[inline]
    pub(super) fn step(&self, at: Position, word: WordId, mut found: impl FnMut(KeyId)) -> Position {
        let code = self.codes.get(word.0 as usize).copied().unwrap_or_default();
        if code[0] == 0 {
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
    let mut codes = vec![[0; WIDTH]; size];
    let mut next = 0;
    for word in words() {
        let Some(code @ [0, ..]) = codes.get_mut(word.0 as usize) else { continue };
        if next == MOST_WORDS {
            return Err(format!("more than {MOST_WORDS} different words in names"));
        }
        let [_, upper, middle, lower] = spread(next).to_be_bytes();
        *code = [upper, middle, lower];
        next += 1;
    }
    Ok(codes)
}

/// Seven bits a byte, the top bit of the third from below set.
const fn spread(number: u32) -> u32 {
    0x80_0000 | (number >> 14 << 16) | (number >> 7 & 0x7f) << 8 | number & 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_byte_of_a_word_has_its_top_bit_set_and_none_is_0xff() {
        for number in [0, 1, 127, 128, 16_383, 16_384, MOST_WORDS - 1] {
            let [zero, first, second, third] = spread(number).to_be_bytes();
            assert_eq!(zero, 0, "{number}");
            assert!((0x80..0xff).contains(&first), "{number}: {first:x}");
            assert!(second < 0x80 && third < 0x80, "{number}: {second:x} {third:x}");
            let back = u32::from(first & 0x7f) << 14 | u32::from(second) << 7 | u32::from(third);
            assert_eq!(back, number);
        }
    }
}
