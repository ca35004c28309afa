//! Pages and what a reader sees of them.

use super::*;

fn text(source: &str) -> String {
    page_text(source).text
}

#[test]
fn blocks_are_set_off_and_inline_elements_run_on() {
    let page = "<!doctype html><title> The\n title </title><body><h1>A <b>b</b>old</h1><p>One\n two<br>three<div>four</div>";
    let expected = PageText { title: "The title".into(), text: "A bold\n\nOne two\nthree\n\nfour\n".into() };
    assert_eq!(page_text(page), expected);
}

#[test]
fn lists_and_tables_keep_their_shape() {
    assert_eq!(text("<ul><li>a<li><p>b</p></ul>c"), "- a\n\n- b\n\nc\n");
    assert_eq!(text("<ol>\n <li>a</li>\n <li>b</li>\n</ol>"), "- a\n- b\n");
    assert_eq!(
        text("<table><tr><th>Name<th>Year<tr><td>Ada</td><td>1815</td></tr></table>"),
        "Name | Year\nAda | 1815\n"
    );
}

#[test]
fn entities_become_characters_and_hard_spaces_stay() {
    assert_eq!(
        text("R&amp;D &lt;3 caf&eacute; &#x160;iauliai a&nbsp;b &notit;"),
        "R&D <3 café Šiauliai a\u{a0}b ¬it;\n"
    );
}

#[test]
fn what_no_reader_sees_is_left_out() {
    for hidden in [
        "<script>if (a < b) { document.write('<p>x</p>') }</script>",
        "<style>p { color: red }</style>",
        "<noscript>x <p>y</p></noscript>",
        "<template><p>x</p></template>",
        "<p hidden>x</p>",
        "<p hidden>x",
        "<div aria-hidden=true>x<div>y</div>z</div>",
        "<span style='color:red; DISPLAY : none'>x</span>",
        "<svg><title>x</title><path d='M0'/><text>y</text></svg>",
        "<select><option>x<option>y</select>",
        "<dialog>x</dialog>",
        "<!-- x -->",
    ] {
        let page = page_text(&format!("<p>before</p>{hidden}<p>after</p>"));
        assert_eq!((page.text.as_str(), page.title.as_str()), ("before\n\nafter\n", ""), "{hidden}");
    }
}

#[test]
fn hidden_items_end_where_their_end_tag_is_left_out() {
    assert_eq!(text("<ul><li>a<li hidden>x<ul><li>y</ul><li>b</ul>c"), "- a\n- b\n\nc\n");
    assert_eq!(text("<ul><li>a<li hidden>x</ul>c"), "- a\n\nc\n");
    assert_eq!(text("<table><tr><td>a<td hidden>x<td>b</table>c"), "a | b\n\nc\n");
}

#[test]
fn a_page_that_hides_itself_is_still_read() {
    assert_eq!(text("<body style='visibility:hidden'><p>a</p></body>"), "a\n");
}

#[test]
fn preformatted_text_keeps_its_lines() {
    assert_eq!(text("<p>a</p><pre>\n x\n   y\n</pre><p>b"), "a\n\n x\n   y\n\n\nb\n");
}

#[test]
fn depth_and_broken_markup_cost_nothing() {
    let deep = format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(text(&deep), "deep\n");
    assert_eq!(text(&"</b></div></p>".repeat(10_000)), "");
    assert_eq!(text("a <b <i>c"), "a c\n");
    assert_eq!(text("a < b & c"), "a < b & c\n");
    assert_eq!(text("<p"), "");
}

#[test]
fn the_declared_encoding_is_found() {
    for page in [
        "<meta charset=windows-1257>",
        "<html><META name=x><meta http-equiv='Content-Type' content=\"text/html; charset=windows-1257\">",
        "<meta charset = 'Windows-1257' />",
    ] {
        assert_eq!(
            declared_encoding(page.as_bytes()).map(encoding_rs::Encoding::name),
            Some("windows-1257"),
            "{page}"
        );
    }
    assert_eq!(declared_encoding(b"<p>charset=windows-1257</p>"), None);
    assert_eq!(declared_encoding(b"<meta charset=utf-16>"), None);
}
