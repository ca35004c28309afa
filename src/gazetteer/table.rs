//! A CSV file as one string and offsets: no allocation per cell. Knows cells and lines, not what columns mean.

use std::ops::Range;

use super::error::Errors;

/// The cells of a CSV file, header apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// All cells, one behind the other.
    text: String,
    /// Where each cell ends in `text`; it begins where the one before ends.
    ends: Vec<u32>,
    /// The header.
    columns: Vec<Box<str>>,
    /// The line of each row.
    lines: Vec<u32>,
}

impl Table {
    /// Reads a CSV file; rows that are broken are reported and left out.
    pub(super) fn read(bytes: &[u8], errors: &mut Errors) -> Self {
        let mut table = Self::default();
        if u32::try_from(bytes.len()).is_err() {
            errors.push(0, "a file of more than 4 GiB", "smaller files");
            return table;
        }
        table.text.reserve(bytes.len());
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(1 << 16)
            .from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        let mut is_header = true;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) if is_header => table.add_header(&record, errors),
                Ok(true) => table.add_row(&record, errors),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    errors.push(line, error.to_string(), "CSV");
                    break;
                }
            }
            is_header = false;
        }
        if is_header {
            errors.push(1, "an empty file", "a header that names the columns");
        }
        table
    }

    fn add_header(&mut self, record: &csv::ByteRecord, errors: &mut Errors) {
        for cell in record {
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

    fn add_row(&mut self, record: &csv::ByteRecord, errors: &mut Errors) {
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != self.columns.len() {
            let what = format!("{} cells in a row", record.len());
            errors.push(line, what, format!("{}, as in the header", self.columns.len()));
            return;
        }
        let Ok(cells) = std::str::from_utf8(record.as_slice()) else {
            errors.push(line, "bytes that are not UTF-8", "UTF-8 text");
            return;
        };
        let base = self.text.len();
        self.text.push_str(cells);
        for cell in 0..record.len() {
            let end = record.range(cell).map_or(0, |range| range.end);
            self.ends.push(index(base + end));
        }
        self.lines.push(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// Bytes in all cells.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
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
    pub(super) fn cell(&self, row: u32, column: usize) -> &str {
        self.text.get(self.cell_range(row, column)).unwrap_or_default()
    }

    /// Where a cell lies, for [`Self::slice`].
    pub(super) fn cell_range(&self, row: u32, column: usize) -> Range<usize> {
        if column >= self.columns.len() {
            return 0..0;
        }
        let at = row as usize * self.columns.len() + column;
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
        start as usize..self.ends.get(at).copied().unwrap_or(start) as usize
    }

    /// A stretch of the file's cells; empty if it is none.
    pub(super) fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The 1-based line of a row.
    pub(super) fn line(&self, row: u32) -> u32 {
        self.lines.get(row as usize).copied().unwrap_or(0)
    }
}

/// A length as `u32`; files are checked to be smaller than 4 GiB.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
