//! Dates do not depend on the day or the time zone in which the program runs; what they do depend on, an option says.

use crate::running::Place;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

const TEXT: &str = "They met yesterday, last Tuesday and in March; the year before last was better. At 9 p.m. on 3 May \
                    2019 it rained, two weeks ago it did not, and now nobody knows.";

/// The clock and the time zone around a run.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    zone: &'a str,
    /// The library that changes the clock, and the second to which.
    clock: Option<(&'a PathBuf, &'a str)>,
}

impl Around<'_> {
    fn set(self, command: &mut Command) {
        command.env("TZ", self.zone);
        if let Some((library, second)) = self.clock {
            command.env("LD_PRELOAD", library).env("FAKE_CLOCK", second);
        }
    }

    /// The mentions of a document whose file name dates it, and of one without a date.
    fn written(self) -> String {
        let place = Place::new();
        place.write("in/2023-09-15-news.txt", TEXT).write("in/undated.txt", TEXT);
        let mut command = place.command();
        self.set(command.args(["run", "in", "--out", "out"]));
        let ran = command.output().expect("the program starts");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        std::fs::read_to_string(place.path("out/mentions.csv")).expect("the table")
    }

    /// What `date` says of now.
    fn now(self, format: &str) -> String {
        let mut command = Command::new("date");
        self.set(command.arg(format));
        let said = command.output().expect("the program date is there");
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    }
}

#[test]
fn the_time_zone_changes_nothing() {
    let here = Around { zone: "UTC0", ..Around::default() }.written();
    assert!(here.contains("2023-09-14"), "{here}");
    // written out, so that no database of zones is needed
    for (zone, offset) in [("LINT-14", "+1400"), ("BIT12", "-1200"), ("NPT-5:45", "+0545")] {
        let there = Around { zone, ..Around::default() };
        if cfg!(unix) {
            assert_eq!(there.now("+%z"), offset, "the zone is not changed");
        }
        assert_eq!(there.written(), here, "{zone}");
    }
    for zone in ["Pacific/Kiritimati", "America/Adak", "Asia/Kathmandu"] {
        assert_eq!(Around { zone, ..Around::default() }.written(), here, "{zone}");
    }
}

#[test]
fn the_day_changes_nothing() {
    let place = Place::new();
    let library = place.path("clock.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/clock.c");
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).output();
    if !cfg!(target_os = "linux") || !built.is_ok_and(|built| built.status.success()) {
        // not captured by the test runner: whoever runs the tests is to read it
        let mut out = std::io::stderr();
        writeln!(out, "SKIPPED the_day_changes_nothing: no Linux with cc to change the clock with")
            .expect("stderr");
        return;
    }
    let here = Around { zone: "UTC0", ..Around::default() }.written();
    for (second, year) in [("978307201", "2001"), ("2087942399", "2036")] {
        let then = Around { zone: "UTC0", clock: Some((&library, second)) };
        assert_eq!(then.now("+%Y"), year, "the clock is not changed");
        assert_eq!(then.written(), here, "{year}");
    }
}

#[test]
fn the_order_of_a_date_in_digits_comes_from_the_document_then_from_the_option_else_it_stays_open() {
    let place = Place::new();
    place
        .write("in/a.txt", "It was signed on 3/6/22.")
        .write("in/b.txt", "It was signed on 3/6/22, not on 6/15/22.");
    let read = |options: &[&str]| {
        place.run(&[&["in", "--out", "out", "--quiet"], options].concat()).ends_with(0);
        let rows = place.table("mentions.csv");
        let dates = rows.iter().filter(|row| row["text"] == "3/6/22");
        dates
            .map(|row| [&row["value"], &row["value_start"], &row["value_end"]].map(Clone::clone))
            .collect::<Vec<_>>()
    };
    let month_first = ["2022-03-06", "2022-03-06", "2022-03-06"];
    assert_eq!(read(&[]), [["2022-XX-XX", "2022-03-06", "2022-06-03"], month_first]);
    assert_eq!(read(&["--date-order", "dmy"]), [["2022-06-03", "2022-06-03", "2022-06-03"], month_first]);
    assert_eq!(read(&["--date-order", "mdy"]), [month_first, month_first]);
    let told = place.run(&["in", "--date-order", "ymd"]).ends_with(2);
    assert!(told.contains("expected dmy (day first) or mdy (month first)"), "{told}");
}
