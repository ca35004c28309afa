//! Ids of rows: a letter and sixteen hexadecimal digits, from content alone. The hash is defined here and never
//! changes with the platform or the compiler. Within a document, two mentions of one type cannot collide: the last step
//! is one-to-one in their offsets.

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

    /// The id.
    pub(super) fn id(self, letter: char) -> String {
        format!("{letter}{:016x}", self.0)
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

    #[test]
    fn ids_never_change() {
        assert_eq!(Hash::of("").id('m'), "mc3817c016ba4ff30");
        assert_eq!(Hash::of("a.txt").text("place").span(3, 10).id('m'), "md37a9d6cd800829e");
    }

    #[test]
    fn ids_differ_by_each_part() {
        let ids: BTreeSet<String> =
            [("a", "place", 1, 2), ("b", "place", 1, 2), ("a", "person", 1, 2), ("a", "place", 2, 1)]
                .into_iter()
                .map(|(doc, kind, start, end)| Hash::of(doc).text(kind).span(start, end).id('m'))
                .collect();
        assert_eq!(ids.len(), 4);
    }
}
