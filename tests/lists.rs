//! `gazetteer lint`, `stats` and `show` of the whole program.

use crate::running::Place;

const LISTS: &str = "id,name,type,aliases,strength,notes\n\
                     org-heron,Blue Heron Works,organization,Heron Works,,\n\
                     org-ed,Ed,organization,,strong,\n\
                     org-ox,Ox,organization,,strong,lint:meant the mark of a pen\n";

fn told(place: &Place, arguments: &[&str], code: i32) -> String {
    let output = place.command().arg("gazetteer").args(arguments).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn lint_of_a_folder_tells_its_findings_alone_and_ends_with_1() {
    let place = Place::new();
    place.write("mine/firms.csv", LISTS);
    let expected = "mine/firms.csv:3: short: `Ed` has fewer than 4 letters, yet is `strong`\n";
    assert_eq!(told(&place, &["lint", "mine"], 1), expected);
    let with_meant = told(&place, &["lint", "mine", "--meant"], 1);
    assert!(
        with_meant.contains("firms.csv:4: short: `Ox`") && with_meant.contains("(meant)"),
        "{with_meant}"
    );
}

#[test]
fn lint_without_findings_ends_with_0() {
    let place = Place::new();
    place.write("mine/firms.csv", LISTS.replace("org-ed,Ed,", "org-ed,Edburton Mills,"));
    assert_eq!(told(&place, &["lint", "mine"], 0), "");
}

#[test]
fn show_tells_list_line_strength_and_why() {
    let place = Place::new();
    place.write("mine/firms.csv", LISTS);
    let shown = told(&place, &["show", "Heron Works", "--only-gazetteers", "mine"], 0);
    assert_eq!(
        shown,
        "Heron Works: org-heron Blue Heron Works, organization; listed as `Heron Works` in mine/firms.csv:2; \
         strong (nothing speaks against it); exact\n"
    );
}

#[test]
fn stats_count_the_names_of_each_list() {
    let place = Place::new();
    place.write("mine/firms.csv", LISTS);
    let stats = told(&place, &["stats", "--only-gazetteers", "mine"], 0);
    let row = stats.lines().find(|line| line.starts_with("mine/firms.csv")).expect("the list's row");
    assert_eq!(row.split_whitespace().collect::<Vec<_>>()[1..4], ["3", "4", "4"], "{row}");
}

#[test]
fn a_broken_list_is_wrong_usage() {
    let place = Place::new();
    place.write("mine/firms.csv", "id,name\n");
    told(&place, &["lint", "mine"], 2);
}
