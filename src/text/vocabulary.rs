//! The known words: folded word to number and back. Numbers are dense from 0, in order of interning.
//!
//! A word's hash is a multiply-rotate over chunks of eight bytes, without random state. An ASCII word of a text is
//! looked up where it stands: its letters are lowered eight at a time while they are hashed.

use hashbrown::HashTable;

use crate::model::WordId;

/// Setting this bit lowers ASCII letters and changes neither digits nor apostrophes.
const LOWERED: u64 = 0x2020_2020_2020_2020;
/// Taking bytes as they are.
const AS_IS: u64 = 0;

/// One word in the table: enough to recognize words of up to eight bytes without touching their letters.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// First eight bytes, little-endian, zero-filled.
    head: u64,
    /// Bytes.
    len: u32,
    /// Number.
    id: u32,
}

/// Folded words, numbered.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    table: HashTable<Entry>,
    /// All words, one after the other.
    letters: String,
    /// Where each word ends in `letters`.
    ends: Vec<u32>,
    /// Numbers of the one-byte words: punctuation, digits, letters.
    single: [WordId; 128],
    /// By word, its number among those that patterns name, from 1; 0 for the others.
    named: Vec<u16>,
    /// So many words are named.
    names: u16,
    /// By number of a word list, its rows that patterns name.
    named_rows: Vec<NamedRows>,
    /// So many sets of rows are named.
    rows: u16,
}

/// The rows of a word list that patterns name, each set of them with a number.
#[derive(Clone, Debug, Default)]
struct NamedRows {
    all: Option<u16>,
    /// Those with a value, by value.
    with: Vec<(u32, u16)>,
}

impl NamedRows {
    #[inline]
    fn with(&self, value: u32) -> Option<u16> {
        let place = self.with.binary_search_by_key(&value, |&(known, _)| known).ok()?;
        self.with.get(place).map(|&(_, number)| number)
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new()
    }
}

impl Vocabulary {
    /// No words.
    pub fn new() -> Self {
        Self {
            table: HashTable::new(),
            letters: String::new(),
            ends: Vec::new(),
            single: [WordId::NONE; 128],
            named: Vec::new(),
            names: 0,
            named_rows: Vec::new(),
            rows: 0,
        }
    }

    /// The word's number, a new one if need be. The word must be folded.
    pub fn intern(&mut self, word: &str) -> WordId {
        self.intern_at(word, 0, word.len(), AS_IS)
    }

    /// The same for the ASCII letters at `start..end` of a text, whatever their case.
    pub fn intern_letters(&mut self, text: &str, start: usize, end: usize) -> WordId {
        self.intern_at(text, start, end, LOWERED)
    }

    fn intern_at(&mut self, text: &str, start: usize, end: usize, lower: u64) -> WordId {
        let bytes = text.as_bytes();
        let hash = hash(bytes, start, end, lower);
        let known = self.find(hash, bytes, start, end, lower);
        if known != WordId::NONE {
            return known;
        }
        let word = text.get(start..end).unwrap_or_default();
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let (from, to) = (self.letters.len(), self.letters.len() + word.len());
        let (Ok(ends), Ok(len)) = (u32::try_from(to), u32::try_from(word.len())) else {
            return WordId::NONE; // four gigabytes of distinct words: nobody's list
        };
        self.letters.push_str(word);
        if lower == LOWERED {
            self.letters[from..].make_ascii_lowercase();
        }
        self.ends.push(ends);
        if let &[byte @ 0..128] = &self.letters.as_bytes()[from..] {
            self.single[usize::from(byte)] = WordId(id);
        }
        let entry = Entry { head: chunk(bytes, start, end, lower), len, id };
        let (letters, ends) = (&self.letters, &self.ends);
        self.table.insert_unique(hash, entry, |other| hash_of(letters, ends, other));
        WordId(id)
    }

    /// The number of a word that a pattern names; from now on tokens show it.
    pub fn name(&mut self, word: &str) -> WordId {
        let word = self.intern(word);
        let at = word.0 as usize;
        if word != WordId::NONE && self.named.get(at).is_none_or(|&number| number == 0) {
            self.named.resize(self.named.len().max(at + 1), 0);
            self.names = self.names.saturating_add(1);
            self.named[at] = self.names;
        }
        word
    }

    /// The number of a word among those that patterns name, from 1; the last stands for all further ones, should there
    /// ever be more than have numbers.
    pub fn number_of_named(&self, word: WordId) -> Option<u16> {
        self.named.get(word.0 as usize).copied().filter(|&number| number != 0)
    }

    /// A pattern names the rows of a word list, those with a value or all; from now on tokens show them.
    pub fn name_rows(&mut self, list: u16, value: Option<u32>) {
        let at = usize::from(list);
        if self.named_rows.len() <= at {
            self.named_rows.resize(at + 1, NamedRows::default());
        }
        let (named, next) = (&mut self.named_rows[at], self.rows);
        let is_new = match value {
            None => named.all.replace(named.all.unwrap_or(next)).is_none(),
            Some(value) => match named.with.binary_search_by_key(&value, |&(known, _)| known) {
                Ok(_) => false,
                Err(place) => {
                    named.with.insert(place, (value, next));
                    true
                }
            },
        };
        self.rows = next.saturating_add(u16::from(is_new));
    }

    /// The number of rows among those that patterns name; the last stands for all further ones, should there ever be more
    /// than have numbers.
    pub fn number_of_rows(&self, list: u16, value: Option<u32>) -> Option<u16> {
        let named = self.named_rows.get(usize::from(list))?;
        value.map_or(named.all, |value| named.with(value))
    }

    /// Adds the numbers of all rows that a row is one of.
    #[inline]
    pub fn push_numbers_of_row(&self, list: u16, value: u32, out: &mut Vec<u16>) {
        let Some(named) = self.named_rows.get(usize::from(list)) else { return };
        out.extend(named.all);
        out.extend(named.with(value));
    }

    /// These numbers by word; 0 for words that no pattern has named. The last words may be missing.
    pub fn named(&self) -> &[u16] {
        &self.named
    }

    /// Makes room for as many more words, so that the table need not grow.
    pub fn reserve(&mut self, words: usize) {
        let (letters, ends) = (&self.letters, &self.ends);
        self.table.reserve(words, |entry| hash_of(letters, ends, entry));
        self.ends.reserve(words);
    }

    /// The number of a folded word, [`WordId::NONE`] if unknown.
    pub fn get(&self, word: &str) -> WordId {
        let bytes = word.as_bytes();
        match bytes {
            &[byte @ 0..128] => self.single[usize::from(byte)],
            _ => self.find(hash(bytes, 0, bytes.len(), AS_IS), bytes, 0, bytes.len(), AS_IS),
        }
    }

    /// The number of the ASCII letters, digits and apostrophes at `start..end` of `source`, whatever their case.
    #[inline]
    pub(super) fn get_ascii(&self, source: &[u8], start: usize, end: usize) -> WordId {
        if end - start == 1 {
            let byte = source[start].to_ascii_lowercase();
            return self.single.get(usize::from(byte)).copied().unwrap_or(WordId::NONE);
        }
        self.find(hash(source, start, end, LOWERED), source, start, end, LOWERED)
    }

    /// The number of a lower-case ASCII word of 1 to 8 bytes, given little-endian and zero-filled.
    #[inline]
    pub(super) fn get_short(&self, head: u64, len: u32) -> WordId {
        if len == 1 {
            return self.single.get((head & 0xff) as usize).copied().unwrap_or(WordId::NONE);
        }
        let found = self
            .table
            .find(finish(step(u64::from(len), head)), |entry| entry.head == head && entry.len == len);
        found.map_or(WordId::NONE, |entry| WordId(entry.id))
    }

    /// The number of a one-byte punctuation word.
    #[inline]
    pub(super) fn get_byte(&self, byte: u8) -> WordId {
        self.single.get(usize::from(byte)).copied().unwrap_or(WordId::NONE)
    }

    /// The folded word of a number; empty if there is none.
    pub fn word(&self, id: WordId) -> &str {
        word_at(&self.letters, &self.ends, id.0)
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// No words?
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    #[inline]
    fn find(&self, hash: u64, bytes: &[u8], start: usize, end: usize, lower: u64) -> WordId {
        let (head, len) = (chunk(bytes, start, end, lower), end - start);
        let found = self.table.find(hash, |entry| {
            entry.head == head
                && entry.len as usize == len
                && (len <= 8 || self.goes_on_alike(entry.id, bytes, start, end, lower))
        });
        found.map_or(WordId::NONE, |entry| WordId(entry.id))
    }

    /// Is a word of the same length and the same first eight bytes this one?
    fn goes_on_alike(&self, id: u32, bytes: &[u8], start: usize, end: usize, lower: u64) -> bool {
        let letters = self.letters.as_bytes();
        let to = self.ends.get(id as usize).map_or(0, |&end| end as usize);
        let from = to - (end - start);
        let mut others = (8..end - start).step_by(8);
        others.all(|at| chunk(letters, from + at, to, AS_IS) == chunk(bytes, start + at, end, lower))
    }
}

fn word_at<'a>(letters: &'a str, ends: &[u32], id: u32) -> &'a str {
    let at = id as usize;
    let Some(&end) = ends.get(at) else { return "" };
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    &letters[start as usize..end as usize]
}

/// Hash of a word in the table; one of up to eight bytes needs no look at its letters.
fn hash_of(letters: &str, ends: &[u32], entry: &Entry) -> u64 {
    if entry.len <= 8 {
        return finish(step(u64::from(entry.len), entry.head));
    }
    let word = word_at(letters, ends, entry.id);
    hash(word.as_bytes(), 0, word.len(), AS_IS)
}

/// Hash of the bytes at `start..end`.
#[inline]
fn hash(bytes: &[u8], start: usize, end: usize, lower: u64) -> u64 {
    let mut hash = (end - start) as u64;
    let mut at = start;
    loop {
        hash = step(hash, chunk(bytes, at, end, lower));
        at += 8;
        if at >= end {
            return finish(hash);
        }
    }
}

#[inline]
const fn step(hash: u64, chunk: u64) -> u64 {
    (hash.rotate_left(23) ^ chunk).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The table looks at the lowest and the highest bits.
#[inline]
const fn finish(hash: u64) -> u64 {
    hash ^ (hash >> 32)
}

/// The up to eight bytes at `start` and before `end` as a little-endian number, zero-filled.
#[inline]
fn chunk(bytes: &[u8], start: usize, end: usize, lower: u64) -> u64 {
    let len = end - start;
    if let Some(eight) = bytes.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
        let all = u64::from_le_bytes(*eight) | lower;
        return if len >= 8 { all } else { all & ((1 << (8 * len)) - 1) };
    }
    let mut eight = [0; 8];
    let len = len.min(8);
    eight[..len].copy_from_slice(&bytes[start..start + len]);
    let mask = if len >= 8 { u64::MAX } else { (1 << (8 * len)) - 1 };
    u64::from_le_bytes(eight) | (lower & mask)
}
