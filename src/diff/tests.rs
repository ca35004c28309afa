//! Two small runs, compared.

use std::fs;
use std::path::Path;

use super::*;

const DOCUMENTS: &str = "doc_id,chars\na.txt,60\n";
const HEAD: &str =
    "mention_id,doc_id,type,subtype,text,entity_id,value,mod,start,end,line,column,source,sentence\n";

fn write(folder: &Path, documents: &str, rows: &[&str]) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("documents.csv"), documents).unwrap();
    fs::write(folder.join("mentions.csv"), format!("{HEAD}{}\n", rows.join("\n"))).unwrap();
    fs::write(folder.join("relations.csv"), "relation_id,doc_id\n").unwrap();
}

fn compared(documents: [&str; 2], old: &[&str], new: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("a"), documents[0], old);
    write(&folder.path().join("b"), documents[1], new);
    diff(&folder.path().join("a"), &folder.path().join("b")).unwrap().to_string()
}

#[test]
fn what_a_new_line_adds_and_pushes_aside_is_charged_to_it() {
    let old = [
        "m1,a.txt,place,,Riga,place-riga,,,0,4,1,1,p.csv:2,Riga Bank Hall",
        "m2,a.txt,place,,Hall,place-hall,,,10,14,1,11,p.csv:3,Riga Bank Hall",
    ];
    let new = [
        "m3,a.txt,organization,,Riga Bank Hall,org-hall,,,0,14,1,1,o.csv:9,Riga Bank Hall",
        "m4,a.txt,person,,Ada,person-ada,,,20,23,1,21,n.csv:4,Ada",
    ];
    assert_eq!(
        compared([DOCUMENTS; 2], &old, &new),
        "o.csv:9: +0 −1 mentions, 1 type\n    \
         ~ a.txt:1:1 place \"Riga\" (place-riga) → organization \"Riga Bank Hall\" (org-hall)\n    \
         - a.txt:1:11 place \"Hall\" (place-hall)\n\
         n.csv:4: +1 −0 mentions\n    + a.txt:1:21 person \"Ada\" (person-ada)\n"
    );
}

#[test]
fn text_put_in_before_makes_no_difference() {
    let old = ["m1,a.txt,place,,Riga,place-riga,,,0,4,1,1,p.csv:2,Riga it is."];
    let new = ["m2,a.txt,place,,Riga,place-riga,,,50,54,3,1,p.csv:7,Riga it is."];
    assert_eq!(compared([DOCUMENTS, "doc_id,chars\na.txt,110\n"], &old, &new), "no difference\n");
}

#[test]
fn documents_of_one_run_alone_are_named() {
    let told = compared(["doc_id,chars\na.txt,5\nb.txt,5\n", "doc_id,chars\na.txt,5\nc.txt,5\n"], &[], &[]);
    assert_eq!(told, "b.txt: only in the first run\nc.txt: only in the second run\n");
}

#[test]
fn a_folder_without_tables_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let error = diff(folder.path(), folder.path()).unwrap_err().to_string();
    assert!(error.contains("documents.csv: cannot be read"), "{error}");
}
