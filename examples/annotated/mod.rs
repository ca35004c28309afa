//! Annotated texts, as the examples read them.

use gazet::model::{DateSource, Document, DocumentDate};

/// The document of an annotated text; `dct` begins with its day.
pub(crate) fn document(doc_id: &str, text: &str, dct: Option<&str>) -> Document {
    let day = dct.and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let date = day.map(|date| DocumentDate { date, year_known: true, source: DateSource::Metadata });
    Document::of_text(doc_id, text, date)
}

/// For each byte, the number of code points before it; one more for the end.
pub(crate) fn code_points(text: &str) -> Vec<usize> {
    let mut points = Vec::with_capacity(text.len() + 1);
    for (number, c) in text.chars().enumerate() {
        points.extend(std::iter::repeat_n(number, c.len_utf8()));
    }
    points.push(text.chars().count());
    points
}
