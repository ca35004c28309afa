//! Dates: every temporal expression of a document with its TIMEX3 value, and the document's own date.
//!
//! Three places, as the matter has three parts: how words look (`gazetteers/dates/*.csv`), what they mean (the value
//! columns of the same lists), how they combine (`gazetteers/rules/dates/*.toml`). This folder reads rules (`rule`),
//! finds what they match (`seek`), turns captures into meanings (`lexicon`, `compose`, `meaning`, `order`) and places meanings in
//! time (`header`, `story`, `tense`, `anchor`, `steps`, `year`, over `calendar` and `length`).
//!
//! What must hold: no clock and no time zone; what the text leaves open stays open; linear in the text.

mod anchor;
mod calendar;
mod compose;
mod header;
mod length;
mod lexicon;
mod meaning;
mod order;
mod rule;
mod seek;
mod steps;
mod story;
mod tense;
#[cfg(test)]
mod tests;
mod year;

pub use seek::DateScratch;

use crate::gazetteer::{DataError, Folder, Gazetteer, WordListId};
use crate::model::{DateOrder, DateValue, DocumentDate, TokenSpan};
use crate::rules::{Lexis, Page, Trial};
use crate::text::Vocabulary;
use anchor::Context;
use jiff::civil::Date;
use lexicon::Lexicon;
use order::Usual;
use rule::Rule;
use seek::{Found, Seeker};

/// Of the rows of a rule, so many in a hundred are right; dates are found alike well by all of them.
const CONFIDENCE: u8 = 88;
/// Rows whose value nothing determined.
const CONFIDENCE_OPEN: u8 = 75;

/// The rules, compiled.
#[derive(Debug)]
pub struct Dates {
    rules: Vec<Rule>,
    seeker: Seeker,
    trials: Vec<Trial>,
    numbers: Option<WordListId>,
    tense_cues: Option<WordListId>,
    header_cues: Option<WordListId>,
    /// Leave out what only points at the past, the present or the future (`--no-vague`).
    pub no_vague: bool,
    /// The order of dates in digits where the document does not show it (`--date-order`).
    pub date_order: Option<DateOrder>,
    usual_order: Usual,
}

/// What a document's dates are.
#[derive(Clone, Debug, Default)]
pub struct FoundDates {
    /// The document's date: known from outside, or found in its text or name.
    pub document: Option<DocumentDate>,
    /// Expressions in order; they do not overlap.
    pub dates: Vec<FoundDate>,
}

/// A temporal expression.
#[derive(Clone, Debug)]
pub struct FoundDate {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// Its value.
    pub value: DateValue,
    /// The rule that found it (`calendar/day_month_year`).
    pub rule: Box<str>,
    /// 0 to 100.
    pub confidence: u8,
}

impl FoundDate {
    /// Only the past, the present or the future (`now`, `recently`)?
    pub fn is_vague(&self) -> bool {
        self.value.value.ends_with("_REF")
    }
}

/// Sentences after a dateline's that tell the news of its day: the source's sign, then the lead.
const LEAD: usize = 2;

impl Dates {
    /// Reads the rule files of all folders. Words that rules name are interned; the gazetteer is built after this.
    pub fn load(
        folders: &[Folder],
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Vec<DataError>> {
        let (rules, trials) = rule::load(folders, gazetteer, vocabulary)?;
        Ok(Self {
            seeker: Seeker::new(&rules, Lexis { gazetteer, vocabulary }),
            rules,
            trials,
            numbers: gazetteer.word_list("numbers"),
            tense_cues: gazetteer.word_list("tense_cues"),
            header_cues: gazetteer.word_list("header_cues"),
            no_vague: false,
            date_order: None,
            usual_order: Usual::new(gazetteer, gazetteer.word_list("orders")),
        })
    }

    /// Finds and resolves the expressions of a page.
    pub fn find(&self, page: &Page<'_>, scratch: &mut DateScratch) -> FoundDates {
        let lexicon = Lexicon { page, numbers: self.numbers };
        let mut found = self.seeker.find(&self.rules, page, lexicon, scratch);
        order::settle(page, &mut found, &self.usual_order, self.date_order);
        let document = header::document_date(page, &found, self.header_cues);
        let mut context = Context::new(document, story::is_story(&found, document));
        let dateline = header::dateline_sentence(page, &found);
        let next = story::days_named_next(&found);
        let all = found.iter().zip(next);
        let mut dates: Vec<FoundDate> = all
            .filter_map(|(f, next)| {
                context.lead = dateline.is_some_and(|at| (at..=at + LEAD).contains(&f.sentence));
                self.resolve(page, f, next, &mut context)
            })
            .collect();
        dates.retain(|date| !(self.no_vague && date.is_vague()));
        FoundDates { document, dates }
    }

    fn resolve(
        &self,
        page: &Page<'_>,
        found: &Found,
        next: Option<Date>,
        context: &mut Context,
    ) -> Option<FoundDate> {
        let sentence = page.text.sentences.get(found.sentence)?.tokens;
        let lean = self.tense_cues.and_then(|cues| tense::lean(page, cues, sentence, found.tokens));
        let value = context.resolve(&found.reading, lean, next)?;
        let open = value.value.contains('X') || value.value.ends_with("_REF");
        let confidence = if open { CONFIDENCE_OPEN } else { CONFIDENCE };
        Some(FoundDate {
            tokens: found.tokens,
            value,
            rule: self.rules.get(found.rule)?.id.clone(),
            confidence,
        })
    }

    /// Examples and counter-examples of the rule files.
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }
}
