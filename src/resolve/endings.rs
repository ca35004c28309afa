//! Endings of words that hint at what an unknown name is: `-ville`, `-escu`, `-bank` (`words/name_endings.csv`).

use crate::gazetteer::Gazetteer;
use crate::model::TypeId;
use crate::text::fold_word;
use hashbrown::HashMap;

/// The type that each ending hints at.
#[derive(Clone, Debug, Default)]
pub(super) struct Endings {
    types: HashMap<Box<str>, TypeId>,
    longest: usize,
}

/// Letters that a word must have before the ending.
const STEM: usize = 2;

impl Endings {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut endings = Self::default();
        let Some(list) = gazetteer.word_list("name_endings") else { return endings };
        for (_, row) in gazetteer.words_of(list) {
            let value = gazetteer.value(row);
            let known = TypeId::KNOWN.iter().position(|t| *t == value).and_then(|i| u16::try_from(i).ok());
            if let Some(type_id) = known.map(TypeId) {
                let mut ending = String::new();
                fold_word(gazetteer.word_form(row), &mut ending);
                endings.longest = endings.longest.max(ending.len());
                endings.types.insert(ending.into(), type_id);
            }
        }
        endings
    }

    /// What the longest known ending of `word` hints at.
    pub(super) fn hint(&self, word: &str) -> Option<TypeId> {
        let mut folded = String::new();
        fold_word(word, &mut folded);
        let least = folded.len().saturating_sub(self.longest);
        let mut starts = folded.char_indices().map(|(at, _)| at).skip(STEM).filter(|&at| at >= least);
        starts.find_map(|at| self.types.get(&folded[at..])).copied()
    }
}
