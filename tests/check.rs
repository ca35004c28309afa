//! `check`, `explain`, `diff` and `run --rejected` of the whole program: golden reports, the expected tables of the
//! project's own samples, and what each command says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::running::Place;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Each format with the ending of its golden report.
const FORMATS: [(&str, &str); 6] = [
    ("text", "txt"),
    ("json", "json"),
    ("junit", "xml"),
    ("sarif", "sarif"),
    ("github", "github"),
    ("markdown", "md"),
];

fn gazet(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gazet"));
    command.current_dir(folder).env_remove("CI").args(arguments);
    command.output().expect("the program starts")
}

fn told(output: &Output, code: i32) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(code), "{text}{errors}");
    text
}

#[test]
fn each_class_of_difference_is_reported_in_each_format_as_before() {
    let folder = Path::new(ROOT).join("tests/golden/check");
    for (format, ending) in FORMATS {
        let arguments = ["check", "expected", "in", "--gazetteers", "lists", "--format", format];
        let report = told(&gazet(&folder, &arguments), 1);
        let golden = fs::read_to_string(folder.join(format!("report.{ending}"))).expect("the golden report");
        assert_eq!(report, golden, "{format}: if this is meant, run .ci/bless and read the diff");
    }
    let text = fs::read_to_string(folder.join("report.txt")).expect("the golden report");
    for class in ["missing", "spurious", "boundary", "type", "entity", "value", "modality"] {
        assert!(text.contains(&format!(": {class} ")), "{class} has an example");
    }
}

/// The samples say what was reviewed.
fn holds(expected: &str, documents: &Path) {
    let documents = documents.to_str().expect("a path in UTF-8");
    let output = gazet(Path::new(ROOT), &["check", expected, documents]);
    let report = told(&output, 0);
    assert!(report.contains("0 differences"), "{report}");
}

#[test]
fn seeds_say_what_was_reviewed() {
    holds("tests/expected/seeds", Path::new("seeds"));
}

#[test]
fn originals_say_what_was_reviewed() {
    let originals = PathBuf::from(ROOT).join("../shared/seeds");
    if originals.is_dir() {
        holds("tests/expected/originals", &originals);
    } else {
        println!("skipped: ../shared/seeds is not there");
    }
}

#[test]
fn originals_leave_no_sentence_in_their_expected_tables() {
    let folder = Path::new(ROOT).join("tests/expected/originals");
    for entry in
        walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file())
    {
        let mut reader = csv::Reader::from_path(entry.path()).expect("a table");
        let columns: Vec<String> = reader.headers().expect("columns").iter().map(str::to_owned).collect();
        assert!(!columns.iter().any(|c| c == "evidence"), "{columns:?}");
        for row in reader.records() {
            let row = row.expect("a row");
            let longest = row.iter().map(|cell| cell.split_whitespace().count()).max().unwrap_or(0);
            assert!(longest <= 16, "a cell of {longest} words: {row:?}");
        }
    }
}

/// A list, a document and its blessed table.
fn small() -> Place {
    let place = Place::new();
    place.write(
        "lists/names.csv",
        "id,name,type\nperson-lark,Ada Lark,person\nplace-edburton,Edburton,place\n",
    );
    place.write("in/a.txt", "Ada Lark left Edburton.\n");
    place
}

fn run(place: &Place, arguments: &[&str], ci: Option<&str>) -> Output {
    let mut command = place.command();
    command.env_remove("CI").args(arguments);
    ci.map(|value| command.env("CI", value));
    command.output().expect("the program starts")
}

#[test]
fn ci_never_blesses_unless_forced() {
    let place = small();
    let bless = ["check", "expected", "in", "--only-gazetteers", "lists", "--bless"];
    let refused = run(&place, &bless, Some("true"));
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("CI is set"));
    assert!(!place.path("expected").exists());
    told(&run(&place, &[&bless[..], &["--force"]].concat(), Some("true")), 0);
    assert!(place.path("expected/a.txt.mentions.csv").exists());
    told(&run(&place, &bless[..5], Some("true")), 0);
}

#[test]
fn wrong_thresholds_and_tables_are_wrong_usage() {
    let place = small();
    let check = ["check", "expected", "in", "--only-gazetteers", "lists"];
    told(&run(&place, &[&check[..], &["--min-f1", "person=2"]].concat(), None), 2);
    place.write("expected/a.txt.mentions.csv", "colour\n");
    let refused = run(&place, &check, None);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("a.txt.mentions.csv:1: no column \"colour\""));
}

#[test]
fn explain_tells_what_won_what_lost_and_which_rule_came_close() {
    let place = small();
    place.write("in/b.txt", "One.\n\nAda Lark met with Edburton yesterday, and Riga waited.\n");
    let explain = |at: &str| told(&run(&place, &["explain", at, "--gazetteers", "lists", "--json"], None), 0);
    let view: serde_json::Value = serde_json::from_str(&explain("in/b.txt:3")).expect("JSON");
    let sentence = &view["sentences"][0];
    assert_eq!(view["sentences"].as_array().map(Vec::len), Some(1));
    assert_eq!(sentence["tokens"][0]["text"], "Ada");
    let candidates = sentence["candidates"].as_array().expect("candidates");
    let lark = candidates.iter().find(|c| c["id"] == "person-lark").expect("the listed name");
    assert_eq!((lark["won"].as_bool(), lark["source"].as_str()), (Some(true), Some("lists/names.csv:2")));
    let ada = candidates.iter().find(|c| c["id"] == "place-ada-us").expect("the town of that name");
    assert_eq!(ada["won"], false);
    assert_eq!(ada["reason"], "part of \"Ada Lark\" (person-lark)");
    let here: serde_json::Value = serde_json::from_str(&explain("in/b.txt:3:1")).expect("JSON");
    assert_eq!(here["sentences"][0]["tokens"].as_array().map(Vec::len), Some(1));
    let nowhere = told(&run(&place, &["explain", "in/b.txt:99"], None), 0);
    assert!(nowhere.contains("no text there"), "{nowhere}");
}

#[test]
fn diff_charges_rows_to_the_line_that_made_them_and_rejected_names_the_losers() {
    let place = small();
    let tables = |out: &str| {
        run(&place, &["run", "in", "--gazetteers", "lists", "--out", out, "--rejected", "-q"], None)
    };
    told(&tables("one"), 0);
    place.write(
        "lists/names.csv",
        "id,name,type\nperson-lark,Ada Lark,person\nplace-edburton,Edburton,place\norg-left,Ada Lark left Edburton,organization\n",
    );
    told(&tables("two"), 0);
    let difference = told(&run(&place, &["diff", "one", "two"], None), 1);
    assert!(difference.starts_with("lists/names.csv:4: +0 −1 mentions, 1 type\n"), "{difference}");
    assert_eq!(told(&run(&place, &["diff", "one", "one"], None), 0), "no difference\n");
    let rejected = fs::read_to_string(place.path("two/rejected.csv")).expect("the table");
    let row = rejected.lines().find(|row| row.contains("person-lark")).expect("the name that lost");
    assert!(row.contains("lists/names.csv:2") && row.contains("part of"), "{row}");
}
