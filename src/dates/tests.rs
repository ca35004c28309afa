//! Runs the rule files' own examples, and whole texts through the stage.

use super::rule::Make;
use super::{DateScratch, Dates, FoundDates};
use crate::gazetteer::{Gazetteer, embedded};
use crate::model::{DateSource, Document, DocumentDate, Hits, Status, Text};
use crate::rules::agreement::{assert_sweep_agrees, with_sample};
use crate::rules::{MentionMap, Page, Sheet, run_trials};
use crate::text::{AbbreviationClass, Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};
use std::sync::OnceLock;

struct Stage {
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    abbreviations: Abbreviations,
    dates: Dates,
}

/// The embedded lists and rules, loaded once.
fn stage() -> &'static Stage {
    static STAGE: OnceLock<Stage> = OnceLock::new();
    STAGE.get_or_init(|| {
        let folders = [embedded()];
        let mut vocabulary = Vocabulary::new();
        let mut gazetteer = Gazetteer::load(&folders, &mut vocabulary).unwrap();
        let dates = Dates::load(&folders, &gazetteer, &mut vocabulary).unwrap_or_else(|errors| {
            panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
        });
        gazetteer.build(&vocabulary);
        let list = gazetteer.word_list("abbreviations").unwrap();
        let rows = gazetteer.words_of(list).filter_map(|(key, word)| {
            let class = AbbreviationClass::parse(gazetteer.value(word))?;
            Some((*gazetteer.key_words(key).first()?, class))
        });
        let abbreviations = Abbreviations::new(rows);
        Stage { vocabulary, gazetteer, abbreviations, dates }
    })
}

/// What is found in `text`, as `words = value`, each with its rule; and all that the stage gives.
fn found(text: &str, date: Option<&str>, doc_id: &str) -> (Vec<(String, String)>, FoundDates) {
    let stage = stage();
    let date = date.map(|d| DocumentDate {
        date: d.parse().unwrap(),
        year_known: true,
        source: DateSource::Metadata,
    });
    let document = Document {
        doc_id: doc_id.to_owned(),
        path: doc_id.to_owned(),
        title: String::new(),
        text: text.to_owned(),
        date,
        encoding: "utf-8",
        bytes: text.len() as u64,
        status: Status::Done,
        problem: String::new(),
    };
    let (mut words, mut hits) = (Text::default(), Hits::default());
    tokenize(text, &stage.vocabulary, &mut TokenScratch::default(), &mut words.tokens);
    split_sentences(text, &words.tokens, &stage.abbreviations, &mut words.sentences);
    stage.gazetteer.scan(&words, &mut hits);
    let (gazetteer, document) = (&stage.gazetteer, &document);
    let sheet = &Sheet::of(text, &words, &hits, gazetteer);
    let page = Page { document, text: &words, hits: &hits, sheet, gazetteer };
    let dates = stage.dates.find(&page, &mut DateScratch::default());
    let rows = dates
        .dates
        .iter()
        .map(|d| (format!("{} = {}", page.surface(d.tokens), d.value.value), d.rule.to_string()));
    (rows.collect(), dates)
}

fn rows(text: &str, date: Option<&str>) -> Vec<String> {
    found(text, date, "a.txt").0.into_iter().map(|(row, _)| row).collect()
}

#[test]
fn every_rule_finds_its_examples_and_leaves_its_counter_examples() {
    let failures =
        run_trials(stage().dates.trials(), |trial| found(&trial.text, trial.date.as_deref(), "a.txt").0);
    let shown: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
}

#[test]
fn every_rule_that_finds_dates_has_an_example() {
    let trials = stage().dates.trials();
    for rule in &stage().dates.rules {
        let finds = rule.emits.iter().any(|emit| emit.make != Make::Nothing);
        let shown = trials.iter().any(|t| t.rule == *rule.id && t.fires == finds);
        assert!(shown, "{} has no example (or, finding nothing, no counter-example)", rule.id);
    }
}

#[test]
fn without_a_date_nothing_is_guessed() {
    let text = "They met last year, last November, on Wednesday, in July, on August 12 and two weeks ago.";
    let expected = [
        "last year = XXXX",
        "last November = XXXX-11",
        "Wednesday = XXXX-WXX-3",
        "July = XXXX-07",
        "August 12 = XXXX-08-12",
        "two weeks ago = XXXX-WXX",
    ];
    assert_eq!(rows(text, None), expected);
}

#[test]
fn a_text_without_a_year_keeps_it_open_but_counts_from_its_dateline() {
    let text = "CHISINAU, August 5. /Press/. She was sentenced on Tuesday, led away in the evening, and will appeal \
                next Tuesday. On Monday she had spoken. Nothing happened last year.";
    let expected = [
        "August 5 = XXXX-08-05",
        "Tuesday = XXXX-08-05",
        "the evening = XXXX-08-05TEV",
        "next Tuesday = XXXX-08-12",
        "Monday = XXXX-08-04",
        "last year = XXXX",
    ];
    assert_eq!(rows(text, None), expected);
}

#[test]
fn a_weekday_that_the_lead_does_not_tie_to_the_dateline_stays_open() {
    let text = "VILNIUS, August 12. /Press/. The minister spoke of a theft. He gave no names. Others had \
                wondered too. Another theft followed on Wednesday, said a note on Thursday.";
    let expected = ["August 12 = XXXX-08-12", "Wednesday = XXXX-WXX-3", "Thursday = XXXX-WXX-4"];
    assert_eq!(rows(text, None), expected);
}

#[test]
fn what_nothing_places_keeps_its_x() {
    let text = "Two days later it rained. The next month was dry, that night was cold, the following year too; \
                the weekend was off, the third quarter good, and at the end of the week they left at 9 p.m.";
    let expected = [
        "Two days later = XXXX-XX-XX",
        "The next month = XXXX-XX",
        "that night = XXXX-XX-XXTNI",
        "the following year = XXXX",
        "the weekend = XXXX-WXX-WE",
        "the third quarter = XXXX-Q3",
        "the end of the week = XXXX-WXX",
        "9 p.m. = XXXX-XX-XXT21:00",
    ];
    assert_eq!(rows(text, None), expected);
}

#[test]
fn what_follows_a_day_of_which_only_the_weekday_is_known_keeps_its_x_too() {
    let text = "It broke on 18 November 2024. On Tuesday the minister spoke. The police came the same day at 9 p.m., \
                the army the next day and the navy two days later.";
    let expected = [
        "18 November 2024 = 2024-11-18",
        "Tuesday = XXXX-WXX-2",
        "the same day = XXXX-WXX-2",
        "9 p.m. = XXXX-WXX-2T21:00",
        "the next day = XXXX-WXX-3",
        "two days later = XXXX-WXX-5",
    ];
    assert_eq!(rows(text, None), expected);
}

#[test]
fn a_header_line_a_dateline_and_a_file_name_date_the_document() {
    let dated = |text: &str, doc_id: &str| {
        found(text, None, doc_id).1.document.map(|d| (d.date.to_string(), d.year_known, d.source))
    };
    let day = |text: &str, year_known, source| Some((text.to_owned(), year_known, source));
    let header = "The Wire\nPublished on: September 15, 2023\n\nA man was seen in Riga last week.";
    assert_eq!(dated(header, "a.txt"), day("2023-09-15", true, DateSource::Header));
    let alone = "A heading\n\nFebruary 28, 2018\n\nA man was seen in Riga last week.";
    assert_eq!(dated(alone, "2020-01-01-a.txt"), day("2018-02-28", true, DateSource::Header));
    let dateline = "A heading\n\nVILNIUS, August 12. /TASS/. A man was seen in Riga last week.";
    assert_eq!(dated(dateline, "a.txt"), day("2000-08-12", false, DateSource::Dateline));
    let plain = "A man was seen in Riga on 3 May 2019, and nobody knew why he was there at all.";
    assert_eq!(dated(plain, "news/2023-09-15-man.txt"), day("2023-09-15", true, DateSource::FileName));
    assert_eq!(dated(plain, "man.txt"), None);
}

#[test]
fn a_date_in_digits_takes_the_order_of_the_others_or_of_the_dateline_s_country_or_stays_open() {
    let read = |text: &str| {
        let (rows, all) = found(text, None, "a.txt");
        let at = rows.iter().position(|(row, _)| row.starts_with("3/6/22 = ")).unwrap();
        let value = &all.dates[at].value;
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        format!("{} {} {}", value.value, day(value.first), day(value.last))
    };
    let (june, march) = ("2022-06-03 2022-06-03 2022-06-03", "2022-03-06 2022-03-06 2022-03-06");
    let open = "2022-XX-XX 2022-03-06 2022-06-03";
    assert_eq!(read("It was signed on 3/6/22."), open);
    assert_eq!(read("It was signed on 3/6/22 and ended on 25/12/2023."), june);
    assert_eq!(read("It was signed on 3/6/22 and ended on 12-25-2023."), march);
    assert_eq!(read("It was signed on 3/6/22; see 25/12/2023 and 12/25/2023."), open);
    assert_eq!(read("On 30 March and 1 April he read what was signed on 3/6/22."), june);
    assert_eq!(read("On March 30 he read what was signed on 3/6/22."), open);
    assert_eq!(read("On 30 March and April 1 he read what was signed on 3/6/22."), open);
    assert_eq!(read("WASHINGTON, March 30 (Wire) - It was signed on 3/6/22."), march);
    assert_eq!(read("VILNIUS, March 30 (Wire) - It was signed on 3/6/22."), open);
    assert_eq!(read("LONDON, March 30 (Wire) - It was signed on 3/6/22."), june);
    assert_eq!(read("WASHINGTON, March 30 (Wire) - It was signed on 3/6/22, paid on 14/6/22."), june);
}

#[test]
fn what_a_date_of_open_order_does_not_say_stays_open() {
    let text = "It was signed on 3/6/22. Two days later it was void. The same year it was signed again.";
    let expected = ["3/6/22 = 2022-XX-XX", "Two days later = XXXX-XX-XX", "The same year = 2022"];
    assert_eq!(rows(text, None), expected);
    let header = "The Wire\n\nPublished: 5/6/2022\n\nA man was seen in Riga yesterday.";
    assert!(found(header, None, "a.txt").1.document.is_none());
}

#[test]
fn a_value_covers_its_first_to_its_last_day() {
    let text =
        "In the second half of 2025, in February 2024, last week, on Christmas Eve 2020 and for two days.";
    let covered: Vec<String> = found(text, Some("2025-10-03"), "a.txt")
        .1
        .dates
        .iter()
        .map(|d| format!("{:?} {:?}", d.value.first, d.value.last))
        .collect();
    let expected = [
        "Some(2025-07-01) Some(2025-12-31)",
        "Some(2024-02-01) Some(2024-02-29)",
        "Some(2025-09-22) Some(2025-09-28)",
        "Some(2020-12-24) Some(2020-12-24)",
        "None None",
    ];
    assert_eq!(covered, expected);
}

#[test]
fn a_story_counts_from_what_it_told_and_news_from_its_day() {
    let story = "In March 1939 it began. Poland fell in September 1939. In June 1940 France fell. In December 1940 \
                 it went on, and in February they sailed. The war ended in 1945; two years later, in 1947, the \
                 treaty was signed in Paris in February 1947.";
    let told = rows(story, Some("2009-12-19"));
    assert!(told.contains(&"February = 1941-02".to_owned()), "{told:?}");
    assert!(told.contains(&"two years later = 1947".to_owned()), "{told:?}");
    let news = rows("The bank said in February that profits fell.", Some("2009-12-19"));
    assert_eq!(news, ["February = 2009-02"]);
}

#[test]
fn the_words_say_how_exactly_they_mean_it() {
    let text = "It took at least three years, nearly a month, and began in late 2020, about June 2021.";
    let modifiers: Vec<String> = found(text, None, "a.txt")
        .1
        .dates
        .iter()
        .map(|d| format!("{} {}", d.value.value, d.value.modifier.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(modifiers, ["P3Y EQUAL_OR_MORE", "P1M LESS_THAN", "2020 END", "2021-06 APPROX"]);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_stage(text in "([a-zA-Z]{1,9}|[0-9]{1,5}|[-,.:/' \n]|may|the|two|year|days?|ago|last|of|June|1990s|at|p\\.m\\.){0,60}") {
        for date in [None, Some("2024-02-29")] {
            let (rows, all) = found(&text, date, "a.txt");
            proptest::prop_assert_eq!(rows.len(), all.dates.len());
            for pair in all.dates.windows(2) {
                proptest::prop_assert!(pair[0].tokens.end <= pair[1].tokens.start);
            }
        }
    }
}

#[test]
fn sentences_are_searched_together_as_they_are_alone() {
    let Stage { gazetteer, vocabulary, dates, .. } = stage();
    let patterns: Vec<_> = dates.rules.iter().map(|rule| &rule.pattern).collect();
    let found = with_sample(gazetteer, vocabulary, |page, _| {
        assert_sweep_agrees(dates.seeker.sweep(), &patterns, page, &MentionMap::default())
    });
    assert!(found > 50, "only {found} matches");
}
