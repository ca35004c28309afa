//! Documents of every kind through the whole program: what is read, what becomes a problem, what ends a run.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::running::{Place, Ran};

const TEXT: &str = "Ada Lark came to Vilnius on 28 February 2018.\n";

/// Runs on `in` into `out`.
const USUAL: [&str; 4] = ["in", "--out", "out", "-q"];

#[test]
fn each_format_is_read_and_documents_are_sorted_by_id() {
    let place = Place::new();
    place
        .write("in/z.txt", TEXT)
        .write("in/b/page.html", "<title>A page</title><body><p>Vilnius &amp; Kaunas<script>var Riga</script>")
        .write("in/b-1.md", "# Vilnius\n")
        .write("in/a.jsonl", "{\"id\":\"r2\",\"text\":\"Vilnius\",\"date\":\"2018-03-01\"}\n{\"id\":\"r1\",\"text\":\"Kaunas\"}\n")
        .write("in/.hidden.txt", TEXT)
        .write("in/x.pdf", "%PDF-");
    let told = place.run(&["in", "--out", "out"]).ends_with(0);
    assert!(told.contains("1 .pdf") && told.contains("documents  5"), "{told}");
    assert_eq!(place.ids(), ["r2", "r1", "b-1.md", "b/page.html", "z.txt"]);
    let record = place.document("r2");
    assert_eq!((record["date"].as_str(), record["date_source"].as_str()), ("2018-03-01", "metadata"));
    assert_eq!(record["path"], "in/a.jsonl:1");
    assert_eq!(place.document("b/page.html")["title"], "A page");
    assert!(place.table("mentions.csv").iter().all(|row| row["text"] != "Riga"));
}

#[test]
fn bad_documents_get_rows_and_change_no_others() {
    let place = Place::new();
    place.write("in/good.txt", TEXT).write("in/m.jsonl", "{\"id\":\"good record\",\"text\":\"Vilnius\"}\n");
    place.run(&USUAL).ends_with(0);
    let rows_of_good = |place: &Place| -> Vec<_> {
        let rows = place.table("mentions.csv").into_iter();
        rows.filter(|row| row["doc_id"].starts_with("good")).collect()
    };
    let before = (rows_of_good(&place), place.document("good.txt"));
    assert!(!before.0.is_empty());

    place
        .write("in/m.jsonl", "{\"id\":\"good record\",\"text\":\"Vilnius\"}\n{\"id\":\n{\"text\":\"x\"}\n{\"id\":\"no text\"}\n{\"id\":\"good record\",\"text\":\"Kaunas\"}\n{\"id\":\"good.txt\",\"text\":\"Kaunas\"}\n")
        .write("in/empty.txt", "")
        .write("in/blank.txt", " \n\u{feff}")
        .write("in/nul.txt", [0_u8; 500])
        .write("in/binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .write("in/invalid.txt", b"Vilnius \xff\xfe text")
        .write("in/large.txt", "Vilnius ".repeat(1000))
        .write("in/wide.jsonl", b"\xff\xfe{\0}\0\n\0")
        .write("in/empty.jsonl", "\n\n");
    let told = place.run(&["in", "--out", "out", "--max-document-size", "4K"]).ends_with(3);
    assert!(told.contains("see documents.csv"), "{told}");
    for (id, status, problem) in [
        ("m.jsonl:2", "failed", "line 2, column"),
        ("m.jsonl:3", "failed", "line 3: no \"id\""),
        ("no text", "failed", "line 4: no \"text\""),
        ("empty.txt", "flawed", "empty"),
        ("blank.txt", "flawed", "empty"),
        ("nul.txt", "failed", "binary data"),
        ("binary.txt", "failed", "PNG"),
        ("invalid.txt", "flawed", "the first at byte 8"),
        ("large.txt", "failed", "too large: 8000 bytes, the limit is 4096"),
        ("wide.jsonl", "failed", "UTF-8"),
        ("empty.jsonl", "flawed", "empty"),
    ] {
        let row = place.document(id);
        assert_eq!(row["status"], status, "{row:?}");
        assert!(row["problem"].contains(problem), "{row:?}");
    }
    let repeated: Vec<_> = place
        .table("documents.csv")
        .into_iter()
        .filter(|row| row["problem"].contains("duplicate id"))
        .collect();
    let paths: Vec<_> = repeated.iter().map(|row| row["path"].as_str()).collect();
    // The file good.txt comes before the record of that id.
    assert_eq!(paths, ["in/m.jsonl:5", "in/m.jsonl:6"]);
    assert_eq!((rows_of_good(&place), place.document("good.txt")), before);
}

#[cfg(unix)]
#[test]
fn links_and_strange_names_are_told_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let place = Place::new();
    place.write("in/a.txt", TEXT).write("elsewhere/b.txt", TEXT).write("elsewhere/in.txt", TEXT);
    place.write(OsStr::from_bytes(b"in/caf\xe9.txt"), TEXT);
    symlink("nowhere", place.path("in/dangling.txt")).expect("link");
    symlink("self.txt", place.path("in/self.txt")).expect("link");
    symlink("../elsewhere/in.txt", place.path("in/file.txt")).expect("link");
    symlink("../elsewhere", place.path("in/folder")).expect("link");
    symlink(".", place.path("elsewhere/again")).expect("link");
    let told = place.run(&["in", "--out", "out"]).ends_with(3);
    assert!(told.contains("1 links to folders not followed"), "{told}");
    assert_eq!(place.ids(), ["a.txt", "caf\\xE9.txt", "dangling.txt", "file.txt", "self.txt"]);
    assert_eq!(place.document("caf\\xE9.txt")["status"], "ok");
    assert!(place.document("dangling.txt")["problem"].contains("dangling link"));
    assert_eq!(place.document("self.txt")["status"], "failed");

    place.run(&["in", "--out", "out", "-q", "--follow"]).ends_with(3);
    assert_eq!(place.document("folder/b.txt")["status"], "ok");
    let loops = place.table("documents.csv").into_iter().filter(|row| row["problem"].contains("link loop"));
    assert_eq!(loops.count(), 1);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_a_problem() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("in/a.txt", TEXT).write("in/secret.txt", TEXT);
    fs::set_permissions(place.path("in/secret.txt"), fs::Permissions::from_mode(0o0)).expect("mode");
    if fs::read(place.path("in/secret.txt")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    place.run(&USUAL).ends_with(3);
    assert!(place.document("secret.txt")["problem"].contains("no permission"));
}

#[test]
fn paths_that_hold_nothing_end_the_run() {
    let place = Place::new();
    let told = place.run(&["in", "gone", "gone2.txt", "--out", "out"]).ends_with(2);
    assert!(
        told.contains("gone: there is no such") && told.contains("gone2.txt: there is no such"),
        "{told}"
    );
    place.write("in/x.pdf", "%PDF-");
    let told = place.run(&["in", "--out", "out"]).ends_with(2);
    assert!(told.contains("no document to read in in (skipped files: 1 .pdf)"), "{told}");
    assert!(!place.path("out").exists());
    let usage: [&[&str]; 4] =
        [&[], &["in", "--profile", "calc"], &["in", "--max-document-size", "2G"], &["in", "--date", "soon"]];
    for arguments in usage {
        assert!(place.run(arguments).ends_with(2).contains("--help"));
    }
}

#[test]
fn errors_in_the_metadata_are_told_at_once_and_nothing_is_written() {
    let place = Place::new();
    place.write("in/a.txt", TEXT).write("m.csv", "path,date\na.txt,yesterday\nb.txt,2018-13-01\n");
    let told = place.run(&["in", "--out", "out", "--metadata", "m.csv"]).ends_with(2);
    assert!(
        told.contains("m.csv:2: ") && told.contains("m.csv:3: ") && told.contains("YYYY-MM-DD"),
        "{told}"
    );
    assert!(!place.path("out/documents.csv").exists());
}

#[test]
fn metadata_comes_before_records_and_records_before_the_option() {
    let place = Place::new();
    place
        .write("in/a.txt", "Vilnius")
        .write("in/b.txt", "Vilnius")
        .write("in/r.jsonl", "{\"id\":\"r\",\"text\":\"x\",\"date\":\"2001-01-01\"}\n{\"id\":\"s\",\"text\":\"x\",\"date\":\"2001-01-01\"}")
        .write("m.csv", "path,title,date\nin/a.txt,A title,2018-03-01\nr,,2019-01-01\nnobody,x,\n");
    let told = place.run(&["in", "--out", "out", "--metadata", "m.csv", "--date", "2020-02-02"]).ends_with(0);
    assert!(told.contains("1 rows of m.csv name no document"), "{told}");
    let day = |id: &str| (place.document(id)["date"].clone(), place.document(id)["date_source"].clone());
    assert_eq!(day("a.txt"), ("2018-03-01".to_owned(), "metadata".to_owned()));
    assert_eq!(place.document("a.txt")["title"], "A title");
    assert_eq!(day("b.txt"), ("2020-02-02".to_owned(), "option".to_owned()));
    assert_eq!(day("r").0, "2019-01-01");
    assert_eq!(day("s").0, "2001-01-01");
}

#[test]
fn several_paths_keep_their_documents_apart() {
    let place = Place::new();
    place.write("in/2019/news/a.txt", TEXT).write("in/2020/news/a.txt", TEXT).write("other/a.txt", TEXT);
    place
        .run(&["in/2019/news", "in/2020/news/", "in/2019/news", "other/a.txt", "--out", "out", "-q"])
        .ends_with(0);
    assert_eq!(place.ids(), ["2019/news/a.txt", "2020/news/a.txt", "a.txt"]);
    place.run(&["in", "in/2019", "--out", "out", "-q"]).ends_with(0);
    assert_eq!(place.ids(), ["in/2019/news/a.txt", "in/2020/news/a.txt"]);
}

#[test]
fn what_a_run_writes_is_not_read_by_the_next() {
    let place = Place::new();
    place.write("in/a.txt", TEXT);
    for _ in 0..2 {
        place
            .run(&["in", "--out", "in/out", "--save-text", "in/texts", "--ext", "txt", "--ext", "csv", "-q"])
            .ends_with(0);
        let documents = fs::read_to_string(place.path("in/out/documents.csv")).expect("a table");
        assert_eq!(documents.lines().count(), 2, "{documents}");
    }
    assert_eq!(fs::read_to_string(place.path("in/texts/a.txt.txt")).expect("a text"), TEXT);
}

#[test]
fn standard_input_is_text_or_records() {
    let place = Place::new();
    let piped = |text: &str| {
        let mut command = place.command();
        let mut child = command
            .args(["run", "-", "--out", "out", "-q"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("it reads");
        Ran(child.wait_with_output().expect("it ends"))
    };
    piped(TEXT).ends_with(0);
    assert_eq!(place.ids(), ["stdin"]);
    piped("{\"id\":\"a\",\"text\":\"Vilnius\"}\n{\"id\":\"b\",\"text\":\"Kaunas\"}\n").ends_with(0);
    assert_eq!(place.ids(), ["a", "b"]);
}

#[test]
fn threads_change_no_byte() {
    let place = Place::new();
    for n in 0..60 {
        place.write(format!("in/{}.txt", (n * 37) % 60), format!("{n} {TEXT}").repeat(1 + n % 5));
    }
    let records: Vec<String> =
        (0..300).map(|n| format!("{{\"id\":\"r{n}\",\"text\":\"Vilnius {n}\"}}\n")).collect();
    place.write("in/r.jsonl", records.concat());
    let mut all = Vec::new();
    for threads in ["1", "2", "8"] {
        place.run(&["in", "--out", "out", "-q", "--threads", threads]).ends_with(0);
        let tables = ["documents.csv", "mentions.csv", "entities.csv", "relations.csv", "datapackage.json"];
        all.push(tables.map(|name| fs::read(place.path("out").join(name)).expect("a table")));
    }
    assert_eq!(place.ids().len(), 360);
    assert!(all[0] == all[1] && all[1] == all[2], "tables differ between numbers of threads");
}
