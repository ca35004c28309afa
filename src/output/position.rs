//! From bytes to what rows count: code points, and lines and columns from 1. One pass over the text; ASCII text needs no
//! table of code points at all. A line ends at LF, CRLF or a CR alone.

use crate::model::ByteSpan;

/// Bytes between two remembered counts; a look-up counts within one such block.
const BLOCK: usize = 128;

/// Where a text begins in a longer one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Code points before it.
    pub chars: u32,
    /// Ends of lines before it.
    pub lines: u32,
    /// Code points before it in its first line.
    pub columns: u32,
}

/// Where bytes of one text stand.
pub(crate) struct Positions<'a> {
    bytes: &'a [u8],
    origin: Origin,
    /// Code points before each block; empty for ASCII.
    before: Vec<u32>,
    /// First byte of each line.
    lines: Vec<u32>,
}

impl<'a> Positions<'a> {
    /// Reads the text once. Where it begins in a longer one, places are those in the longer one.
    pub(crate) fn new(source: &'a str, origin: Origin) -> Self {
        let bytes = source.as_bytes();
        let before = if source.is_ascii() { Vec::new() } else { counts(bytes) };
        Self { bytes, origin, before, lines: line_starts(bytes) }
    }

    /// Where a text begins that follows it.
    pub(crate) fn end(&self) -> Origin {
        let (line, column) = self.line_and_column(count(self.bytes.len()));
        Origin { chars: self.len(), lines: line - 1, columns: column - 1 }
    }

    /// Code points before byte `at`.
    pub(super) fn chars(&self, at: u32) -> u32 {
        self.origin.chars + self.chars_here(at)
    }

    /// The same in this text alone.
    fn chars_here(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.bytes.len());
        match self.before.get(at / BLOCK) {
            Some(before) => before + code_points(&self.bytes[at - at % BLOCK..at]),
            None => count(at),
        }
    }

    /// Code points before both ends of `span`.
    pub(super) fn span(&self, span: ByteSpan) -> (u32, u32) {
        let start = self.chars(span.start);
        match self.bytes.get(span.range()) {
            // Most spans are shorter than what a look-up counts.
            Some(inside) if inside.len() <= BLOCK => (start, start + self.count(inside)),
            _ => (start, self.chars(span.end)),
        }
    }

    fn count(&self, bytes: &[u8]) -> u32 {
        if self.before.is_empty() { count(bytes.len()) } else { code_points(bytes) }
    }

    /// Line and column, in code points, of byte `at`; both from 1.
    pub(crate) fn line_and_column(&self, at: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|&start| start <= at);
        let start = line.checked_sub(1).and_then(|i| self.lines.get(i)).copied().unwrap_or(0);
        let columns = if line <= 1 { self.origin.columns } else { 0 };
        let column = columns + self.chars_here(at) - self.chars_here(start) + 1;
        (self.origin.lines + count(line), column)
    }

    /// Code points to the end of the text.
    fn len(&self) -> u32 {
        self.chars(count(self.bytes.len()))
    }
}

/// Code points before each block of the text, and before its end.
fn counts(bytes: &[u8]) -> Vec<u32> {
    let mut sum = 0;
    let mut before = vec![0];
    for block in bytes.chunks_exact(BLOCK) {
        sum += code_points(block);
        before.push(sum);
    }
    before
}

/// Bytes that begin a code point.
fn code_points(bytes: &[u8]) -> u32 {
    count(bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count())
}

/// First bytes of lines, 0 first.
fn line_starts(bytes: &[u8]) -> Vec<u32> {
    const STRETCH: usize = 32;
    let mut starts = vec![0];
    for (stretch, first) in bytes.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
        // Most stretches have no byte so low, and are asked as a whole.
        if stretch.iter().fold(0, |low, &byte| low | u8::from(byte <= b'\r')) != 0 {
            for (i, &byte) in (first..).zip(stretch) {
                if byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                    starts.push(count(i + 1));
                }
            }
        }
    }
    starts
}

/// Spans count in 32 bits, so texts are shorter than that.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn positions(text: &str) -> Positions<'_> {
        Positions::new(text, Origin::default())
    }

    #[test]
    fn lines_end_at_lf_crlf_and_cr() {
        let positions = self::positions("ab\ncd\r\nef\rgh");
        let places: Vec<_> = [0, 1, 3, 4, 7, 10, 11].map(|at| positions.line_and_column(at)).into();
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2)]);
    }

    #[test]
    fn columns_count_code_points() {
        assert_eq!(positions("x\nŠžemaitė ir").line_and_column(2 + 10), (2, 9));
    }

    proptest! {
        #[test]
        fn a_part_of_a_text_tells_places_in_the_whole(text in "(?s)[a-zŠ€😀\r\n ]{0,300}", cut in 0_usize..300) {
            let cut = (cut..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
            let cut = if text[..cut].ends_with('\r') { cut - 1 } else { cut };
            let whole = positions(&text);
            let part = Positions::new(&text[cut..], positions(&text[..cut]).end());
            for (at, _) in text[cut..].char_indices() {
                prop_assert_eq!(part.chars(count(at)), whole.chars(count(cut + at)));
                prop_assert_eq!(part.line_and_column(count(at)), whole.line_and_column(count(cut + at)));
            }
            prop_assert_eq!(part.end(), whole.end());
        }

        #[test]
        fn every_boundary_has_the_code_points_before_it(text in "(?s)[a-zŠ€😀\r\n ]{0,400}") {
            let positions = self::positions(&text);
            for (chars, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(positions.chars(count(at)) as usize, chars);
                let from = text.char_indices().nth(chars / 2).map_or(0, |(from, _)| from);
                let span = positions.span(ByteSpan::new(count(from), count(at)));
                prop_assert_eq!((span.0 as usize, span.1 as usize), (chars / 2, chars));
            }
            prop_assert_eq!(positions.len() as usize, text.chars().count());
        }
    }
}
