//! An explanation for people, with colours on a terminal.

use std::fmt::Write as _;

use super::{CandidateView, Explanation, SentenceView};

const BOLD: &str = "\u{1b}[1m";
const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

pub(super) fn write(explanation: &Explanation, colours: bool) -> String {
    let mut out = String::new();
    let date = explanation.date.as_deref().unwrap_or("none");
    let _ = writeln!(out, "{}, document date {date}", explanation.doc_id);
    if explanation.sentences.is_empty() {
        out.push_str("no text there\n");
    }
    let writer = Writer { colours };
    for sentence in &explanation.sentences {
        writer.sentence(sentence, &mut out);
    }
    out
}

struct Writer {
    colours: bool,
}

impl Writer {
    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colours { format!("{colour}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn sentence(&self, sentence: &SentenceView, out: &mut String) {
        let place = format!("{}:{} ({})", sentence.line, sentence.column, sentence.form);
        let _ = writeln!(out, "\n{place} {}", self.paint(BOLD, &sentence.text));
        self.tokens(sentence, out);
        if !sentence.candidates.is_empty() {
            out.push_str("  names\n");
        }
        for candidate in &sentence.candidates {
            self.candidate(candidate, out);
        }
        for date in &sentence.dates {
            let _ = writeln!(out, "  date \"{}\" = {} by {}", date.text, date.value, date.rule);
        }
        for relation in &sentence.relations {
            let _ = writeln!(
                out,
                "  relation {} ({}) by {}",
                relation.statement, relation.modality, relation.rule
            );
        }
        for near in &sentence.near {
            let ended = if near.needed.is_empty() {
                "matched; its arguments were refused, or an equal row was before it".to_owned()
            } else {
                format!("then it needed {} ({} short)", near.needed.join(" or "), near.left)
            };
            let _ = writeln!(
                out,
                "  {} {} came to \"{}\": {ended}",
                self.paint(DIM, "no relation"),
                near.rule,
                near.matched
            );
        }
    }

    fn tokens(&self, sentence: &SentenceView, out: &mut String) {
        out.push_str("  tokens\n");
        for token in &sentence.tokens {
            let words = token.words.join("; ");
            let line = format!("{}:{} {} {}", token.line, token.column, token.kind, token.case);
            let _ = writeln!(
                out,
                "    {:<24} {}",
                token.text,
                self.paint(DIM, &format!("{line} {words}")).trim_end()
            );
        }
    }

    fn candidate(&self, c: &CandidateView, out: &mut String) {
        let (mark, colour) = if c.won { ("+", GREEN) } else { ("-", RED) };
        let id = if c.id.is_empty() { "(no list has it)" } else { c.id.as_str() };
        let listed = c.listed.as_ref().map_or_else(String::new, |listed| format!("; {listed}"));
        let _ = writeln!(
            out,
            "    {} \"{}\" {} {id}, {}{listed}: {}",
            self.paint(colour, mark),
            c.text,
            c.r#type,
            c.source,
            c.reason
        );
        if let Some([person, organization, place]) = c.scores {
            let _ =
                writeln!(out, "        scores: person {person}, organization {organization}, place {place}");
        }
        for (rule, [person, organization, place]) in &c.spoke {
            let line = format!("{rule}: {person:+}, {organization:+}, {place:+}");
            let _ = writeln!(out, "        {}", self.paint(DIM, &line));
        }
    }
}
