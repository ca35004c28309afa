//! Each way that bytes can come, and what becomes of it.

use super::*;

fn read(bytes: &[u8]) -> Decoded {
    decode(bytes.to_vec(), None, None).expect("text")
}

fn refused(bytes: &[u8]) -> String {
    decode(bytes.to_vec(), None, None).expect_err("refused")
}

fn wide(text: &str, mark: bool, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(to_bytes).collect()
}

const LITHUANIAN: &str =
    "Vilniuje, Žemaitės gatvėje, ąžuolai žaliuoja. Šiandien prezidentas įteikė apdovanojimus.";

#[test]
fn utf8_is_read_as_it_is_and_its_mark_is_no_text() {
    assert_eq!(
        read("Łódź\r\n".as_bytes()),
        Decoded { text: "Łódź\r\n".into(), encoding: "utf-8", problem: String::new() }
    );
    assert_eq!(read(b"\xef\xbb\xbfa"), read(b"a"));
}

#[test]
fn utf16_is_read_with_and_without_a_mark() {
    for mark in [true, false] {
        let little = read(&wide(LITHUANIAN, mark, u16::to_le_bytes));
        assert_eq!((little.text.as_str(), little.encoding), (LITHUANIAN, "utf-16le"));
        let big = read(&wide(LITHUANIAN, mark, u16::to_be_bytes));
        assert_eq!((big.text.as_str(), big.encoding), (LITHUANIAN, "utf-16be"));
    }
}

#[test]
fn utf32_is_refused_by_name() {
    assert!(refused(b"\xff\xfe\0\0a\0\0\0").contains("UTF-32LE"));
    assert!(refused(b"\0\0\xfe\xff\0\0\0a").contains("UTF-32BE"));
}

#[test]
fn legacy_encodings_are_detected() {
    for (label, text) in [
        ("windows-1257", LITHUANIAN),
        ("windows-1252", "Le café de l’Élysée est fermé à 8 h. Über München fährt niemand."),
        ("windows-1251", "Президент Литвы выступил в четверг в Вильнюсе."),
    ] {
        let encoding = encoding_named(label).expect("known");
        let decoded = read(&encoding.encode(text).0);
        assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.problem.as_str()), (text, label, ""));
    }
}

#[test]
fn the_asked_encoding_is_used_unless_a_mark_says_otherwise() {
    let latin2 = encoding_named("iso-8859-2");
    let decoded = decode(b"\xb9".to_vec(), latin2, None).expect("text");
    assert_eq!((decoded.text.as_str(), decoded.encoding), ("š", "iso-8859-2"));
    let marked = decode(b"\xef\xbb\xbf\xc5\xa1".to_vec(), latin2, None).expect("text");
    assert_eq!((marked.text.as_str(), marked.encoding), ("š", "utf-8"));
}

#[test]
fn the_declared_encoding_of_a_page_comes_before_detection() {
    let decoded = decode(b"\xb9".to_vec(), None, encoding_named("iso-8859-2")).expect("text");
    assert_eq!(decoded.text, "š");
}

#[test]
fn invalid_bytes_are_replaced_and_told_of() {
    for bytes in [&b"Valid \xff\xfe text"[..], b"Vilnius \xc3\x28 text", b"ends in the middle: caf\xc3"] {
        let decoded = read(bytes);
        assert!(decoded.text.contains('\u{fffd}'), "{decoded:?}");
        assert!(decoded.problem.contains("invalid UTF-8"), "{decoded:?}");
    }
    let decoded = read(b"\xc5\xa1 and \xc5\xa1 but \xff");
    assert_eq!(decoded.problem, "1 invalid UTF-8 sequences replaced by U+FFFD, the first at byte 14");
}

#[test]
fn a_stray_nul_is_replaced_and_many_are_refused() {
    let decoded = read(b"one stray\0 character in a line");
    assert_eq!(decoded.text, "one stray\u{fffd} character in a line");
    assert_eq!(decoded.problem, "1 NUL characters replaced by U+FFFD");
    assert!(refused(b"\0\0\0\0").contains("binary"));
    assert!(refused(&[b'a', 0, 0, 7, b'b', 1, 2, 0, 0, 0, 9]).contains("binary"));
}

#[test]
fn files_that_are_no_text_are_refused_by_name() {
    assert!(refused(b"%PDF-1.7 text").contains("PDF"));
    assert!(refused(b"PK\x03\x04\x14\0").contains("ZIP"));
    let noise: Vec<u8> = (0..2000_u32).map(|i| i.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    assert!(refused(&noise).contains("binary"));
}

#[test]
fn nothing_decodes_to_nothing() {
    assert_eq!(read(b"").text, "");
    assert_eq!(read(b"\xef\xbb\xbf").text, "");
}
