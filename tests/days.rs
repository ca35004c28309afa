//! Dates do not depend on the day or the time zone in which the program runs.

use crate::running::Place;
use std::process::Command;

const TEXT: &str = "They met yesterday, last Tuesday and in March; the year before last was better. At 9 p.m. on 3 May \
                    2019 it rained, two weeks ago it did not, and now nobody knows.";

fn written(time_zone: &str, clock: Option<&str>) -> String {
    let place = Place::new();
    place.write("in/2023-09-15-news.txt", TEXT).write("in/undated.txt", TEXT);
    let mut command = match clock {
        Some(day) => {
            let mut faked = Command::new("faketime");
            faked.arg(day).arg(env!("CARGO_BIN_EXE_gazet"));
            faked
        }
        None => place.command(),
    };
    command.current_dir(place.path(".")).env("TZ", time_zone).args(["run", "in", "--out", "out"]);
    let ran = command.output().expect("the program starts");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    std::fs::read_to_string(place.path("out/mentions.csv")).expect("the table")
}

#[test]
fn the_time_zone_changes_nothing() {
    let here = written("UTC", None);
    assert!(here.contains("2023-09-14"), "{here}");
    for time_zone in ["Pacific/Kiritimati", "America/Adak", "Asia/Kathmandu"] {
        assert_eq!(written(time_zone, None), here, "{time_zone}");
    }
}

#[test]
fn the_day_changes_nothing() {
    if Command::new("faketime").arg("--version").output().is_err() {
        eprintln!("skipped: no faketime here to change the clock with");
        return;
    }
    let here = written("UTC", None);
    for day in ["2001-01-01 00:00:01", "2036-02-29 23:59:59"] {
        assert_eq!(written("UTC", Some(day)), here, "{day}");
    }
}
