//! The table of formats: which extensions each owns. A new format is a line here and a file beside.

/// How a file becomes documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// The text is the document, unchanged (plain text, Markdown).
    Text,
    /// A page; its visible text is the document.
    Html,
    /// A record a line, each a document.
    JsonLines,
}

const EXTENSIONS: [(&str, Format); 8] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Text),
    ("markdown", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
];

impl Format {
    /// The format that owns `extension` (lower case, no dot).
    pub(super) fn of(extension: &str) -> Option<Self> {
        EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|&(_, format)| format)
    }

    /// The format to read a file in a folder with, or none if it is to be skipped. `wanted` replaces the known ones.
    pub(super) fn wanted(extension: &str, wanted: &[String]) -> Option<Self> {
        if wanted.is_empty() {
            return Self::of(extension);
        }
        let asked = wanted.iter().any(|ext| ext == extension);
        asked.then(|| Self::of(extension).unwrap_or(Self::Text))
    }
}

/// File kinds that are not text, by their first bytes.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, Office or EPUB file"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3\0", "a database"),
];

/// What the bytes are, if they start like a well-known file that is not text.
pub(super) fn signature(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asked_extensions_replace_the_known_ones() {
        let asked = vec!["log".to_owned(), "html".to_owned()];
        assert_eq!(Format::wanted("log", &asked), Some(Format::Text));
        assert_eq!(Format::wanted("html", &asked), Some(Format::Html));
        assert_eq!(Format::wanted("txt", &asked), None);
        assert_eq!(Format::wanted("txt", &[]), Some(Format::Text));
        assert_eq!(Format::wanted("log", &[]), None);
    }
}
