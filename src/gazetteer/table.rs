//! A CSV file as offsets into its text: no cell is copied, but those of rows with quotes. Knows cells and lines, not what
//! columns mean. Reads what the crate `csv` reads, as the test shows, several times faster.

use std::ops::Range;

use super::Content;
use super::error::Errors;

/// The cells of a CSV file, header apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The file; empty if it is not UTF-8.
    source: Content,
    /// The cells that are not in the file as they are: of rows with quotes, a byte behind each.
    unquoted: String,
    /// Where each row begins, in the file or, from its end on, in `unquoted`.
    starts: Vec<u32>,
    /// Where each cell ends; but for the first of a row it begins a byte behind the one before.
    ends: Vec<u32>,
    /// The header.
    columns: Vec<Box<str>>,
    /// The line of each row.
    lines: Vec<u32>,
}

/// Larger files are not read: an offset has 32 bits, and a cell may be there as written and without its quotes.
const MOST_BYTES: usize = 1 << 31;

impl Table {
    /// Reads a CSV file; rows that are broken are reported and left out.
    pub(super) fn read(content: &Content, errors: &mut Errors) -> Self {
        let mut table = Self::default();
        if content.len() > MOST_BYTES {
            errors.push(0, "a file of more than 2 GiB", "smaller files");
            return table;
        }
        let is_text = content.text().is_some();
        if is_text {
            table.source = content.clone();
        }
        let mut reader = Reader { bytes: content, at: 0, line: 1, cells: Vec::new(), ends: Vec::new() };
        if content.starts_with(BYTE_ORDER_MARK) {
            reader.at = BYTE_ORDER_MARK.len();
        }
        if reader.find_row() {
            reader.read_row();
            table.add_header(&reader, errors);
        } else {
            errors.push(1, "an empty file", "a header that names the columns");
        }
        table.reserve(expected_rows(content));
        while reader.find_row() {
            let line = reader.line;
            let (start, kept) = (reader.at, table.ends.len());
            let cells = if is_text && reader.read_plain_row(&mut table.ends) {
                table.ends.len() - kept
            } else {
                table.ends.truncate(kept);
                reader.at = start;
                reader.read_row();
                reader.ends.len()
            };
            table.add_row(&reader, index(start), cells, line, errors);
        }
        table
    }

    /// Makes room for so many rows: growing would copy what is there.
    fn reserve(&mut self, rows: usize) {
        self.starts.reserve(rows);
        self.lines.reserve(rows);
        self.ends.reserve(rows * self.columns.len());
    }

    fn add_header(&mut self, reader: &Reader<'_>, errors: &mut Errors) {
        let mut start = 0;
        for &end in &reader.ends {
            let cell = reader.cells.get(start..end).unwrap_or_default();
            start = end + 1;
            let Ok(name) = std::str::from_utf8(cell) else {
                errors.push(1, "a header that is not UTF-8", "UTF-8 text");
                continue;
            };
            if self.columns.iter().any(|other| &**other == name) {
                errors.push(1, format!("column `{name}` twice"), "each column once");
            }
            self.columns.push(name.into());
        }
    }

    /// Keeps a row, plain if its ends are there already.
    fn add_row(&mut self, reader: &Reader<'_>, start: u32, cells: usize, line: u32, errors: &mut Errors) {
        let kept = self.lines.len() * self.columns.len();
        if cells != self.columns.len() {
            self.ends.truncate(kept);
            let what = format!("{cells} cells in a row");
            errors.push(line.into(), what, format!("{}, as in the header", self.columns.len()));
            return;
        }
        let mut start = start;
        if self.ends.len() == kept {
            let Ok(text) = std::str::from_utf8(&reader.cells) else {
                errors.push(line.into(), "bytes that are not UTF-8", "UTF-8 text");
                return;
            };
            start = index(self.source.len() + self.unquoted.len());
            self.unquoted.push_str(text);
            self.ends.extend(reader.ends.iter().map(|&end| start + index(end)));
        }
        self.starts.push(start);
        self.lines.push(line);
    }

    /// Bytes in all cells.
    pub(super) fn bytes(&self) -> usize {
        self.source.len() + self.unquoted.len()
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The header.
    pub(super) fn columns(&self) -> &[Box<str>] {
        &self.columns
    }

    /// The number of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| &**column == name)
    }

    /// A cell; empty if there is no such row or column.
    #[inline]
    pub(super) fn cell(&self, row: u32, column: usize) -> &str {
        let range = self.cell_range(row, column);
        if range.is_empty() { "" } else { self.slice(index(range.start), index(range.end)) }
    }

    /// Where a cell lies, for [`Self::slice`].
    #[inline]
    pub(super) fn cell_range(&self, row: u32, column: usize) -> Range<usize> {
        if column >= self.columns.len() {
            return 0..0;
        }
        let at = row as usize * self.columns.len() + column;
        let start = match column {
            0 => self.starts.get(row as usize).copied().unwrap_or(0),
            _ => self.ends.get(at - 1).map_or(0, |&end| end + 1),
        };
        start as usize..self.ends.get(at).copied().unwrap_or(start) as usize
    }

    /// A stretch of the file's cells; empty if it is none.
    #[inline]
    pub(super) fn slice(&self, start: u32, end: u32) -> &str {
        let (text, start, end) = self.place(start, end);
        text.get(start..end).unwrap_or_default()
    }

    /// The text that a stretch of cells lies in, and where: for those who read on behind it.
    #[inline]
    pub(super) fn place(&self, start: u32, end: u32) -> (&str, usize, usize) {
        let source = self.source.text().unwrap_or_default();
        let (start, end) = (start as usize, end as usize);
        match start.checked_sub(source.len()) {
            Some(start) => (&self.unquoted, start, end - source.len()),
            None => (source, start, end),
        }
    }

    /// The 1-based line of a row.
    #[inline]
    pub(super) fn line(&self, row: u32) -> u32 {
        self.lines.get(row as usize).copied().unwrap_or(0)
    }
}

/// A length as `u32`; files are checked to be smaller than 4 GiB.
#[inline]
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// So many bytes tell how long the rows of a file are.
const SAMPLE: usize = 1 << 14;

/// About so many rows a file has, rather more than fewer.
fn expected_rows(bytes: &[u8]) -> usize {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let rows = 1 + sample.iter().filter(|&&byte| byte == b'\n').count();
    if sample.len() == bytes.len() { rows } else { bytes.len() / sample.len() * (rows + rows / 16) }
}

/// Goes over a file row by row.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The line of `at`.
    line: u32,
    /// The last row read by [`Self::read_row`], a byte behind each cell.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl Reader<'_> {
    /// Skips empty lines; is there a row?
    fn find_row(&mut self) -> bool {
        while let Some(byte @ (b'\n' | b'\r')) = self.bytes.get(self.at) {
            self.line += u32::from(*byte == b'\n');
            self.at += 1;
        }
        self.at < self.bytes.len()
    }

    /// Reads a row whose cells begin with no quotes, adding where they end. False if it is none; then it may be half read.
    fn read_plain_row(&mut self, ends: &mut Vec<u32>) -> bool {
        let mut cell = self.at;
        loop {
            let at = next_mark(self.bytes, self.at);
            self.at = at + 1;
            match self.bytes.get(at) {
                Some(b'"') if at == cell => return false,
                Some(b'"') => {}
                Some(b',') => {
                    ends.push(index(at));
                    cell = self.at;
                }
                _ => {
                    ends.push(index(at));
                    self.at = at;
                    return true;
                }
            }
        }
    }

    /// Reads any row into `cells` and `ends`.
    fn read_row(&mut self) {
        self.cells.clear();
        self.ends.clear();
        loop {
            let is_last = !self.read_cell();
            self.ends.push(self.cells.len());
            self.cells.push(b',');
            if is_last {
                return;
            }
        }
    }

    /// Reads a cell; does another follow? Quotes count where a cell begins with them; what stands behind the closing ones
    /// is taken as it is.
    fn read_cell(&mut self) -> bool {
        let mut quoted = self.bytes.get(self.at) == Some(&b'"');
        self.at += usize::from(quoted);
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b',' if !quoted => {
                    self.at += 1;
                    return true;
                }
                b'\n' | b'\r' if !quoted => return false,
                b'"' if quoted => {
                    self.at += 1;
                    // Doubled ones stand for one.
                    if self.bytes.get(self.at) != Some(&b'"') {
                        quoted = false;
                        continue;
                    }
                }
                _ => {}
            }
            self.line += u32::from(byte == b'\n');
            self.cells.push(byte);
            self.at += 1;
        }
        false
    }
}

/// In each byte, the least that is greater than all marks.
const ABOVE_MARKS: u64 = 0x2d2d_2d2d_2d2d_2d2d;
const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;

/// Where the next comma, quotes or line end is; the end of the bytes if there is none.
fn next_mark(bytes: &[u8], mut at: usize) -> usize {
    loop {
        // Eight bytes at once, of which those below the marks' bound are looked at. The lowest of them is told for certain.
        if let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let eight = u64::from_le_bytes(*eight);
            let low = eight.wrapping_sub(ABOVE_MARKS) & !eight & HIGHEST_BITS;
            at += low.trailing_zeros() as usize / 8;
            if low == 0 {
                continue;
            }
        }
        match bytes.get(at) {
            None | Some(b',' | b'"' | b'\n' | b'\r') => return at,
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows as the crate `csv` reads them.
    fn by_crate(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
        let records = reader.into_byte_records().map(|record| record.expect("any bytes are records"));
        records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
    }

    fn rows_of(table: &Table) -> Vec<Vec<Vec<u8>>> {
        let header = table.columns.iter().map(|column| column.as_bytes().to_vec()).collect();
        let row = |row| (0..table.columns.len()).map(|at| table.cell(row, at).as_bytes().to_vec()).collect();
        std::iter::once(header).chain((0..index(table.len())).map(row)).collect()
    }

    #[test]
    fn each_row_knows_its_line() {
        let text = "a,b\r\n\r\n1,\"2\n2\"\r\n3,4\n\n5,6";
        let table = Table::read(&text.as_bytes().to_vec().into(), &mut Errors::default());
        assert_eq!(table.lines, [3, 5, 7]);
        assert_eq!((table.cell(0, 1), table.cell(2, 1), table.cell(3, 0)), ("2\n2", "6", ""));
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_crate(text in "(\u{feff})?[a-c]{1,2},[d-f]([\n]|\r\n)([a-z,\"\n\r é]|\"\"|, |long words|\n\"){0,40}") {
            let expected = by_crate(text.as_bytes());
            let mut errors = Errors::default();
            let table = Table::read(&text.clone().into_bytes().into(), &mut errors);
            let columns = table.columns.len();
            let told = errors.into_vec().iter().filter(|error| error.what.ends_with("cells in a row")).count();
            let (right, wrong): (Vec<_>, Vec<_>) = expected.into_iter().partition(|row| row.len() == columns);
            prop_assert_eq!(rows_of(&table), right, "{:?}", text);
            prop_assert_eq!(told, wrong.len());
            // The same from bytes that are no text as a whole.
            let mut bytes = text.clone().into_bytes();
            bytes.extend_from_slice(b"\n\xff,1");
            let broken = Table::read(&bytes.into(), &mut Errors::default());
            let closed = text.bytes().filter(|&byte| byte == b'"').count() == 0;
            prop_assert!(!closed || rows_of(&broken) == rows_of(&table), "{text:?}");
        }
    }
}
