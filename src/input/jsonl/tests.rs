//! Records, good and bad, and the cutting of streams.

use super::*;
use crate::model::Status::{Done, Failed, Flawed};

fn documents(lines: &str) -> Vec<Document> {
    let block = Block { first_line: 1, bytes: lines.as_bytes().to_vec() };
    let place = Place { doc_id: "n.jsonl".into(), path: "in/n.jsonl".into() };
    let mut all = Vec::new();
    read(&block, &place, &InputOptions::default(), &mut |document| all.push(document));
    all
}

#[test]
fn a_record_is_a_document() {
    let all = documents(
        "{\"id\":\"a\",\"text\":\"One\\nž\",\"date\":\"2018-03-01T10:00\",\"title\":\"T\",\"x\":[1]}\r\n\n{\"id\":7,\"text\":\"b\"}",
    );
    assert_eq!(all.len(), 2);
    let first = &all[0];
    assert_eq!((first.doc_id.as_str(), first.path.as_str()), ("a", "in/n.jsonl:1"));
    assert_eq!((first.text.as_str(), first.title.as_str()), ("One\nž", "T"));
    assert_eq!(first.date.map(|d| d.date), Some(jiff::civil::date(2018, 3, 1)));
    assert_eq!((first.status, first.problem.as_str()), (Done, ""));
    assert_eq!((all[1].doc_id.as_str(), all[1].path.as_str()), ("7", "in/n.jsonl:3"));
}

#[test]
fn a_bad_record_costs_itself_alone() {
    let all = documents(concat!(
        "{\"id\":\"a\",\"text\":\"x\"}\n",
        "{\"id\":\"b\",\"text\":\n",
        "{\"text\":\"x\"}\n",
        "{\"id\":\"d\"}\n",
        "[]\n",
        "{\"id\":\"f\",\"text\":\"\\ud800\"}\n",
        "{\"id\":\"g\",\"text\":\"x\",\"date\":\"soon\",\"title\":3}\n",
        "{\"id\":\"h\",\"text\":\"\"}\n",
        "{\"id\":\"i\",\"text\":\"y\"}\n",
    ));
    let seen: Vec<_> = all.iter().map(|d| (d.doc_id.as_str(), d.status)).collect();
    assert_eq!(
        seen,
        [
            ("a", Done),
            ("n.jsonl:2", Failed),
            ("n.jsonl:3", Failed),
            ("d", Failed),
            ("n.jsonl:5", Failed),
            ("n.jsonl:6", Failed),
            ("g", Flawed),
            ("h", Flawed),
            ("i", Done)
        ]
    );
    assert!(all[1].problem.starts_with("line 2, column"), "{}", all[1].problem);
    assert!(all[2].problem.contains("line 3: no \"id\""), "{}", all[2].problem);
    assert!(all[3].problem.contains("line 4: no \"text\""), "{}", all[3].problem);
    assert!(all[6].problem.contains("expected YYYY-MM-DD") && all[6].problem.contains("title 3"));
    assert!(all[7].problem.contains("empty"));
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let all = documents(&format!("{{\"id\":\"a\",\"text\":{}\n", "[".repeat(200_000)));
    assert_eq!(all[0].status, Failed);
}

fn pieces(bytes: &[u8], limit: u64) -> Vec<Piece> {
    let mut blocks = Blocks::new(bytes, limit);
    std::iter::from_fn(|| blocks.next_piece().expect("a slice can be read")).collect()
}

#[test]
fn lines_beyond_the_limit_are_passed_over() {
    let block = |first_line, bytes: &[u8]| Piece::Block(Block { first_line, bytes: bytes.to_vec() });
    assert_eq!(
        pieces(b"aa\nbbbbbbbb\ncc\ndddddd", 4),
        [block(1, b"aa\n"), Piece::TooLong(2, 9), block(3, b"cc\n"), Piece::TooLong(4, 6)]
    );
    assert_eq!(pieces(b"aaaa\nbbbb", 4), [block(1, b"aaaa\nbbbb")]);
}

#[test]
fn blocks_hold_whole_lines_and_lose_none() {
    let lines = (0..1000).map(|i| format!("line {i}\n")).collect::<Vec<_>>().concat();
    let all = pieces(lines.as_bytes(), 100);
    let mut whole = Vec::new();
    for piece in &all {
        let Piece::Block(block) = piece else { panic!("{piece:?}") };
        assert_eq!(
            usize::try_from(block.first_line).expect("small"),
            1 + whole.iter().filter(|&&b| b == b'\n').count()
        );
        assert!(block.bytes.ends_with(b"\n"));
        whole.extend_from_slice(&block.bytes);
    }
    assert_eq!(whole, lines.as_bytes());
    assert!(all.len() > 10);
}
