//! For tests: a sweep finds what walks find that try every pattern at every token.

use super::matcher::{Field, MatchScratch};
use super::mentions::MentionMap;
use super::page::Page;
use super::pattern::Pattern;
use super::sheet::Sheet;
use super::sweep::{Sweep, SweepScratch};
use crate::gazetteer::Gazetteer;
use crate::model::{Document, Hits, Text, TokenSpan, TypeId};
use crate::text::{Abbreviations, TokenScratch, Vocabulary, split_sentences, tokenize};

/// Sentences of many kinds: news, one of marks, short lines, and lines of which two would match as one.
const TEXTS: [&str; 4] = [
    include_str!("../../seeds/08-the-railway-and-the-trial.txt"),
    "On 3 May 2019, \"Ada Lark\" (born 1970) of the Ministry of Defence of Lithuania said in Vilnius: the EU, NATO and \
     Siemens - once led by Angela Merkel - met; it was late!\nHeading without end\n\nVilnius. Riga? 5 pm. Mr. Lark's bank.\n",
    "; , . - \"x\" ( ) [ ] ' ! ?\n\n",
    "Lithuania\n\nattacked Latvia\n\nNATO\n\nhas attacked Estonia\n\nMinister\n\nAngela Merkel\n\nof Germany\n\nsaid\n\nin May\n\n2019\n\n",
];

/// Takes a page of these texts and the names in it that lists have, as mentions.
pub(crate) fn with_sample<R>(
    gazetteer: &Gazetteer,
    vocabulary: &Vocabulary,
    look: impl FnOnce(&Page<'_>, &[(TokenSpan, TypeId)]) -> R,
) -> R {
    let endless = "Ada Lark of Vilnius said in May that NATO and the bank of Riga, ".repeat(20);
    let source = [&TEXTS.concat(), endless.as_str(), TEXTS[1]].concat();
    let (mut text, mut hits) = (Text::default(), Hits::default());
    tokenize(&source, vocabulary, &mut TokenScratch::default(), &mut text.tokens);
    split_sentences(&source, &text.tokens, &Abbreviations::default(), &mut text.sentences);
    gazetteer.scan(&text, &mut hits);
    let sheet = &Sheet::of(&source, &text, &hits, gazetteer);
    let document = &Document::of_text("sample", source, None);
    let page = Page { document, text: &text, hits: &hits, sheet, gazetteer };
    let mut spots: Vec<(TokenSpan, TypeId)> = Vec::new();
    for hit in &hits.all {
        let is_free = spots.last().is_none_or(|(last, _)| last.end <= hit.tokens.start);
        if let Some(name) = gazetteer.names(hit.key).first().filter(|_| is_free) {
            spots.push((hit.tokens, gazetteer.type_of(name.entry)));
        }
    }
    assert!(text.sentences.len() > 30 && spots.len() > 60, "{} sentences", text.sentences.len());
    look(&page, &spots)
}

/// Asserts that the sweep of these patterns finds what walks find, in all sentences of a page and in some; says how much.
pub(crate) fn assert_sweep_agrees(
    sweep: &Sweep,
    patterns: &[&Pattern],
    page: &Page<'_>,
    map: &MentionMap,
) -> usize {
    let (mut sweeping, mut walking) = (SweepScratch::default(), MatchScratch::default());
    let choices: [fn(u32) -> bool; 4] = [|_| true, |n| n % 2 == 0, |n| n % 5 > 2, |n| n == 7];
    let field = |span: u32| page.field(map, page.text.sentences[span as usize].tokens);
    let mut total = 0;
    for asks in choices {
        let mut quick = Vec::new();
        sweep.find(page, map, asks, &mut sweeping, |start| quick.push((start.span, start.at, start.rule)));
        quick.retain(|&(span, at, rule)| {
            let field = field(span);
            Sweep::is_exact(field.bounds)
                || patterns[rule as usize].match_at(&field, at as usize, &mut walking).is_some()
        });
        let mut slow = Vec::new();
        for span in (0..).take(page.text.sentences.len()).filter(|&span| asks(span)) {
            let field = field(span);
            for at in field.bounds.start..field.bounds.end {
                walk(patterns, &field, at, &mut walking, |rule| slow.push((span, at, rule)));
            }
        }
        assert_eq!(quick, slow);
        total += slow.len();
    }
    total
}

fn walk(
    patterns: &[&Pattern],
    field: &Field<'_>,
    at: u32,
    scratch: &mut MatchScratch,
    mut each: impl FnMut(u32),
) {
    for (rule, pattern) in (0..).zip(patterns) {
        if pattern.matches_thoroughly(field, at as usize, scratch) {
            each(rule);
        }
    }
}
