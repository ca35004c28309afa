//! Ids of rows: a letter and sixteen hexadecimal digits, from content alone. The hash is defined here and never
//! changes with the platform or the compiler. Within a document, two mentions of one type cannot collide: the last step
//! is one-to-one in their offsets.

use super::numbers::push_ascii;

/// A hash in the making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash(u64);

impl Hash {
    /// Starts from a text (FNV-1a), such as the document's id.
    pub(super) fn of(text: &str) -> Self {
        let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(mix(fnv))
    }

    /// Adds a text.
    pub(super) fn text(self, text: &str) -> Self {
        Self(mix(self.0 ^ Self::of(text).0.rotate_left(17)))
    }

    /// Adds two offsets.
    pub(super) fn span(self, start: u32, end: u32) -> Self {
        Self(mix(self.0 ^ (u64::from(start) << 32 | u64::from(end))))
    }

    /// Appends the id.
    pub(super) fn push_id(self, letter: char, out: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 16];
        for (at, digit) in digits.iter_mut().enumerate() {
            *digit = DIGITS[(self.0 >> (60 - 4 * at) & 15) as usize];
        }
        out.push(letter);
        push_ascii(out, &digits);
    }
}

/// The finishing steps of `SplitMix64`: every bit of the input moves every bit of the result, one to one.
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn id(hash: Hash) -> String {
        let mut id = String::new();
        hash.push_id('m', &mut id);
        id
    }

    #[test]
    fn ids_never_change() {
        assert_eq!(id(Hash::of("")), "mc3817c016ba4ff30");
        assert_eq!(id(Hash::of("a.txt").text("place").span(3, 10)), "md37a9d6cd800829e");
    }

    #[test]
    fn ids_differ_by_each_part() {
        let ids: BTreeSet<String> =
            [("a", "place", 1, 2), ("b", "place", 1, 2), ("a", "person", 1, 2), ("a", "place", 2, 1)]
                .into_iter()
                .map(|(doc, kind, start, end)| id(Hash::of(doc).text(kind).span(start, end)))
                .collect();
        assert_eq!(ids.len(), 4);
    }
}
