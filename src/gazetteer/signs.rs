//! The signs of tokens: which word lists have a row that begins there, which word of a pattern stands there. Made when all
//! is loaded, so that a scan only looks up.

use super::store::Store;
use super::table::index;
use crate::model::{Hits, Look, Sign, Token};
use crate::text::Vocabulary;
use hashbrown::HashMap;

/// What keys and words show.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    /// By word, 1 + its bit among the words that patterns name; 0 for the others.
    words: Vec<u8>,
    /// By key, the number of its sign in `distinct`.
    keys: Vec<u16>,
    /// Signs of keys; the first is that of keys without listed words.
    distinct: Vec<Sign>,
}

impl Signs {
    pub(super) fn new(store: &Store, vocabulary: &Vocabulary) -> Self {
        let mut signs =
            Self { words: vocabulary.sign_bits().to_vec(), keys: Vec::new(), distinct: vec![Sign::NONE] };
        let mut known: HashMap<Vec<u16>, u16> = HashMap::new();
        let mut lists = Vec::new();
        signs.keys.reserve(store.keys.len());
        for key in 0..index(store.keys.len()) {
            let rows = store.words.of(key);
            if rows.is_empty() {
                signs.keys.push(0);
                continue;
            }
            lists.clear();
            lists.extend(rows.iter().map(|row| row.list.0));
            let several = store.keys.words(crate::model::KeyId(key)).len() > 1;
            lists.push(if several { u16::MAX } else { 0 });
            let number = known.get(&lists).copied().unwrap_or_else(|| {
                let number = signs.add(&lists);
                known.insert(lists.clone(), number);
                number
            });
            signs.keys.push(number);
        }
        signs
    }

    /// Adds the sign of a key: its lists, then whether it has several words. Should ever more signs be needed than have
    /// numbers, the last stands for all further ones and shows everything.
    fn add(&mut self, lists: &[u16]) -> u16 {
        let mut sign = Sign::NONE;
        if let Some((several, lists)) = lists.split_last() {
            for &list in lists {
                sign.add(&Sign::of_list(list));
            }
            if *several == u16::MAX {
                sign.add(&Sign::of_look(Look::Phrase));
            }
        }
        match u16::try_from(self.distinct.len()) {
            Ok(number) if number < u16::MAX => {
                self.distinct.push(sign);
                number
            }
            _ => {
                self.distinct.resize(usize::from(u16::MAX) + 1, Sign::ALL);
                u16::MAX
            }
        }
    }

    /// Writes the signs of a document's tokens to its hits.
    pub(super) fn fill(&self, tokens: &[Token], hits: &mut Hits) {
        let mut signs = std::mem::take(&mut hits.signs);
        signs.clear();
        signs.extend(tokens.iter().enumerate().map(|(at, token)| {
            let mut sign = Sign::of_token(token);
            if let Some(bit) = self.words.get(token.word.0 as usize).and_then(|bit| bit.checked_sub(1)) {
                sign.add(&Sign::of_word(bit));
            }
            for hit in hits.starting_at(at) {
                let number = self.keys.get(hit.key.0 as usize).copied().unwrap_or(0);
                if number != 0 {
                    sign.add(&self.distinct[usize::from(number)]);
                }
            }
            sign
        }));
        hits.signs = signs;
    }
}
