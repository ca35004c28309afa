//! Documents that are too long for one piece: read in portions, told as one document.

use crate::running::{Place, Row};

/// Longer than a portion.
const LENGTH: usize = 5 << 19;

/// Names, dates, relations, letters beyond ASCII, a blank line by LF and by CRLF.
fn paragraph(number: usize, joint: &str) -> String {
    let (day, place) = (1 + number % 28, ["Vilnius", "Riga", "Tallinn"][number % 3]);
    [
        format!("Angela Merkel met Emmanuel Macron in {place} on {day} May 2019."),
        "„Žinios“ tells of it … NATO joined the talks.\r\n".to_owned(),
        "Siemens acquired the plant in Kaunas, €5 million was paid.".to_owned(),
    ]
    .join(joint)
}

fn long(joint: &str, end: &str) -> String {
    let mut text = "Vilnius, 3 March 2020\n\n".to_owned();
    for number in 0.. {
        if text.len() > LENGTH {
            break;
        }
        text.push_str(&paragraph(number, joint));
        text.push_str(end);
    }
    text
}

/// Line and column of each code point.
fn places(text: &str) -> Vec<(String, String)> {
    let (mut line, mut column, mut places) = (1, 1, Vec::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        places.push((line.to_string(), column.to_string()));
        column += 1;
        if c == '\n' || (c == '\r' && chars.peek() != Some(&'\n')) {
            (line, column) = (line + 1, 1);
        }
    }
    places
}

fn number(row: &Row, column: &str) -> usize {
    row[column].parse().unwrap_or_else(|_| panic!("{column} in {row:?}"))
}

fn assert_places(text: &str, rows: &[Row]) {
    let (chars, places) = (text.chars().collect::<Vec<_>>(), places(text));
    let mut last = 0;
    for row in rows {
        let (start, end) = (number(row, "start"), number(row, "end"));
        assert_eq!(chars[start..end].iter().collect::<String>(), row["text"], "{row:?}");
        assert_eq!(places[start], (row["line"].clone(), row["column"].clone()), "{row:?}");
        assert!(last <= start, "{row:?}");
        last = start;
    }
}

#[test]
fn a_long_document_is_told_as_one() {
    let place = Place::new();
    let (lines, one_line) = (long("\n", "\n\n"), long(" ", " "));
    place.write("in/lines.txt", &lines).write("in/one_line.txt", one_line.replace(['\r', '\n'], " "));
    place.write("in/short.txt", paragraph(1, " "));
    place.run(&["in", "--out", "out"]).ends_with(0);
    let mentions = place.table("mentions.csv");
    let of = |id: &str| mentions.iter().filter(|row| row["doc_id"] == id).cloned().collect::<Vec<Row>>();
    assert_places(&lines, &of("lines.txt"));
    assert_places(&one_line.replace(['\r', '\n'], " "), &of("one_line.txt"));
    let relations = place.table("relations.csv");
    for (id, text) in [("lines.txt", &lines), ("one_line.txt", &one_line)] {
        let document = place.document(id);
        assert_eq!(number(&document, "chars"), text.chars().count());
        assert_eq!(number(&document, "mentions"), of(id).len());
        let stated = relations.iter().filter(|row| row["doc_id"] == id).count();
        assert_eq!(number(&document, "relations"), stated);
        // each paragraph has the same: none is lost where the text is cut
        let paragraphs = text.matches("Siemens acquired").count();
        let found = of(id).iter().filter(|row| row["entity_id"] == "org-siemens").count();
        assert_eq!(found, paragraphs, "{id}");
        assert!(stated >= paragraphs, "{id}: {stated} of {paragraphs}");
    }
    assert_eq!(place.document("lines.txt")["date"], "2020-03-03", "the first portion tells it");
    let siemens = place.table("entities.csv").into_iter().find(|row| row["entity_id"] == "org-siemens");
    assert_eq!(siemens.map(|row| row["documents"].clone()).as_deref(), Some("3"));
    let summary = place.table("relation_summary.csv");
    assert!(summary.iter().all(|row| number(row, "documents") <= 3), "{summary:?}");
    let once = std::fs::read(place.path("out/mentions.csv")).expect("the table");
    place.run(&["in", "--out", "out", "--threads", "1"]).ends_with(0);
    assert!(
        once == std::fs::read(place.path("out/mentions.csv")).expect("the table"),
        "threads change bytes"
    );
}

#[test]
fn check_and_explain_read_a_long_document_as_a_run_does() {
    let place = Place::new();
    let text = long("\n", "\n\n");
    place.write("in/a.txt", &text);
    let check = |more: &[&str]| {
        let mut command = place.command();
        command.args(["check", "expected", "in"]).args(more).env_remove("CI");
        command.output().expect("the program starts")
    };
    place.write("expected/.keep", "");
    assert!(check(&["--bless"]).status.success());
    assert!(check(&[]).status.success());
    // a paragraph on top moves all cuts
    place.write("in/a.txt", text.replacen("\n\n", "\n\nNobody was there. \n\n", 1));
    let moved = check(&[]);
    assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stdout));
    let line = text.lines().count() / 2;
    let asked = format!("in/a.txt:{line}");
    let explained = place.command().args(["explain", &asked]).output().expect("the program starts");
    let told = String::from_utf8_lossy(&explained.stdout).into_owned();
    assert!(explained.status.success() && told.contains(&format!("{line}:")), "{told}");
}
