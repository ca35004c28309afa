//! Why a row is there, and why one is not: for a place in a document everything that was considered. Runs the stages once
//! more and reads what they leave; changes nothing and is never part of a run.

pub(crate) mod considered;
mod text;

use serde::Serialize;

use crate::extract::{Extraction, Extractor, Scratch};
use crate::model::{Document, DocumentDate, Rejected, Source, TokenSpan};
use crate::output::{Origin, Positions};
use crate::resolve::Evidence;
use crate::resources::Resources;
use crate::rules::Page;
use crate::text::{PORTION, portions};
use considered::{Considered, considered};

/// A place to explain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// Line from 1; all of the document if none.
    pub line: Option<u32>,
    /// Code point in the line from 1; all of the line if none.
    pub column: Option<u32>,
}

impl At {
    /// Does the place lie between these, given as line and column?
    fn lies_between(self, first: (u32, u32), last: (u32, u32)) -> bool {
        self.line.is_none_or(|line| match self.column {
            None => first.0 <= line && line <= last.0,
            Some(column) => first <= (line, column) && (line, column) < last,
        })
    }
}

/// Everything about a place.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// The document.
    pub doc_id: String,
    /// Its date and how that is known, if it is.
    pub date: Option<String>,
    /// Its sentences there.
    pub sentences: Vec<SentenceView>,
}

/// A sentence.
#[derive(Debug, Serialize)]
pub struct SentenceView {
    /// Where it starts.
    pub line: u32,
    /// See `line`.
    pub column: u32,
    /// Prose, title, capitals or line.
    pub form: String,
    /// Its text.
    pub text: String,
    /// Its tokens, or those asked for.
    pub tokens: Vec<TokenView>,
    /// What could have been a mention, and what became of it.
    pub candidates: Vec<CandidateView>,
    /// Dates that were found.
    pub dates: Vec<DateView>,
    /// Relations that were found.
    pub relations: Vec<RelationView>,
    /// Rules of relations that came close.
    pub near: Vec<NearView>,
}

/// A token.
#[derive(Debug, Serialize)]
pub struct TokenView {
    /// As written.
    pub text: String,
    /// Where.
    pub line: u32,
    /// See `line`.
    pub column: u32,
    /// What it is made of.
    pub kind: String,
    /// How it is written.
    pub case: String,
    /// Word lists that have it, or words that begin with it.
    pub words: Vec<String>,
}

/// What could have been a mention.
#[derive(Debug, Serialize)]
pub struct CandidateView {
    /// The stretch of text.
    pub text: String,
    /// The type that it has or would have.
    pub r#type: String,
    /// The entity that it is or would be; empty if no list has it.
    pub id: String,
    /// List and line, or rule.
    pub source: String,
    /// Strength in the list, and how the text agrees.
    pub listed: Option<String>,
    /// What speaks for person, organization, place.
    pub scores: Option<[i32; 3]>,
    /// Rules that spoke: id, and what they add to the three.
    pub spoke: Vec<(String, [i32; 3])>,
    /// Did it win?
    pub won: bool,
    /// Why, or why not.
    pub reason: String,
}

/// A date.
#[derive(Debug, Serialize)]
pub struct DateView {
    /// The stretch of text.
    pub text: String,
    /// Its value.
    pub value: String,
    /// The rule.
    pub rule: String,
}

/// A relation.
#[derive(Debug, Serialize)]
pub struct RelationView {
    /// Subject, relation, object.
    pub statement: String,
    /// How it is stated.
    pub modality: String,
    /// The rule.
    pub rule: String,
}

/// A rule that came close.
#[derive(Debug, Serialize)]
pub struct NearView {
    /// The rule.
    pub rule: String,
    /// What it had matched.
    pub matched: String,
    /// So many things had still to match.
    pub left: u32,
    /// What it needed next, one of these; nothing if it matched, but its arguments were refused or merged.
    pub needed: Vec<String>,
}

/// Explains a place of a document. A long one is read in portions, as a run reads it.
pub fn explain(resources: &Resources, document: &Document, at: At) -> Explanation {
    let mut part = document.clone();
    let text = std::mem::take(&mut part.text);
    let (mut date, mut sentences, mut origin) = (document.date, Vec::new(), Origin::default());
    let place = |origin: Origin| (origin.lines + 1, origin.columns + 1);
    for (nth, text) in portions(&text, PORTION).enumerate() {
        let end = Positions::new(text, origin).end();
        // the first tells the date
        if nth == 0 || at.lies_between(place(origin), place(end)) {
            text.clone_into(&mut part.text);
            let (known, told) = explain_part(resources, &part, origin, at);
            if nth == 0 {
                (date, part.date) = (known, known);
            }
            sentences.extend(told);
        }
        origin = end;
    }
    let date = date.map(|known| {
        let day = if known.year_known {
            known.date.to_string()
        } else {
            known.date.strftime("XXXX-%m-%d").to_string()
        };
        format!("{day} ({})", known.source.as_str())
    });
    Explanation { doc_id: document.doc_id.clone(), date, sentences }
}

/// Explains a place of a text that begins somewhere in a document; tells the date that it was read with.
fn explain_part(
    resources: &Resources,
    document: &Document,
    origin: Origin,
    at: At,
) -> (Option<DocumentDate>, Vec<SentenceView>) {
    let mut scratch = Scratch::default();
    let extractor = Extractor::new(resources);
    let extraction = extractor.extract(document, &mut scratch);
    let evidence = extractor.evidence(document, &mut scratch);
    let page = scratch.page(document, resources.gazetteer());
    let viewer = Viewer {
        resources,
        page,
        extraction: &extraction,
        evidence: &evidence,
        considered: considered(&page, &extraction, &evidence),
        positions: Positions::new(&document.text, origin),
        at,
    };
    (extraction.date, viewer.sentences())
}

/// The candidates of a document that became no mention; `extraction` is what was made of it.
pub(crate) fn rejected(
    resources: &Resources,
    document: &Document,
    extraction: &Extraction,
    scratch: &mut Scratch,
) -> Vec<Rejected> {
    let evidence = Extractor::new(resources).evidence(document, scratch);
    let page = scratch.page(document, resources.gazetteer());
    let lost = considered(&page, extraction, &evidence).into_iter().filter(|candidate| !candidate.won);
    lost.map(|Considered { tokens, id, type_id, source, reason, .. }| Rejected {
        tokens,
        id: id.into(),
        type_id,
        source,
        reason,
    })
    .collect()
}

/// Writes an explanation for people.
pub fn write(explanation: &Explanation, colours: bool) -> String {
    text::write(explanation, colours)
}

/// Writes an explanation for programs.
pub fn write_json(explanation: &Explanation) -> String {
    // Nothing in it can fail to be written.
    serde_json::to_string_pretty(explanation).unwrap_or_default() + "\n"
}

struct Viewer<'a> {
    resources: &'a Resources,
    page: Page<'a>,
    extraction: &'a Extraction,
    evidence: &'a [Evidence],
    considered: Vec<Considered>,
    positions: Positions<'a>,
    at: At,
}

impl Viewer<'_> {
    fn sentences(&self) -> Vec<SentenceView> {
        let numbered = (0u32..).zip(&self.page.text.sentences);
        numbered
            .filter(|(_, s)| self.shows(s.tokens))
            .map(|(number, s)| self.sentence(number, s.tokens))
            .collect()
    }

    /// Does the place asked for lie in these tokens?
    fn shows(&self, tokens: TokenSpan) -> bool {
        let bytes = self.page.text.bytes(tokens);
        let place = |at| self.positions.line_and_column(at);
        self.at.lies_between(place(bytes.start), place(bytes.end))
    }

    fn sentence(&self, number: u32, tokens: TokenSpan) -> SentenceView {
        let place = self.positions.line_and_column(self.page.text.bytes(tokens).start);
        let form = self.page.text.sentences.get(number as usize).map(|s| format!("{:?}", s.form));
        SentenceView {
            line: place.0,
            column: place.1,
            form: form.unwrap_or_default().to_lowercase(),
            text: self.surface(tokens),
            tokens: self.tokens(tokens),
            candidates: self.candidates(tokens),
            dates: self.dates(number, tokens),
            relations: self.relations(number),
            near: self.near(number, tokens),
        }
    }

    fn surface(&self, tokens: TokenSpan) -> String {
        self.page.surface(tokens).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn tokens(&self, sentence: TokenSpan) -> Vec<TokenView> {
        let all = (sentence.start..sentence.end).map(|at| (at, TokenSpan::new(at, at + 1)));
        let view = |(at, span): (u32, TokenSpan)| {
            let token = self.page.text.tokens.get(at as usize)?;
            let place = self.positions.line_and_column(token.start);
            Some(TokenView {
                text: self.surface(span),
                line: place.0,
                column: place.1,
                kind: format!("{:?}", token.kind).to_lowercase(),
                case: format!("{:?}", token.case).to_lowercase(),
                words: self.words_at(at as usize),
            })
        };
        all.filter(|(_, span)| self.shows(*span)).filter_map(view).collect()
    }

    /// `roles: lead (gazetteers/words/roles.csv:12)`.
    fn words_at(&self, at: usize) -> Vec<String> {
        let gazetteer = self.page.gazetteer;
        let rows = self.page.hits.starting_at(at).iter().flat_map(|hit| gazetteer.words(hit.key));
        let shown = rows.map(|row| {
            let list = gazetteer.list_of(row).map(crate::gazetteer::List::path).unwrap_or_default();
            let (name, value) = (gazetteer.word_list_name(row.list), gazetteer.value(row));
            let form = gazetteer.word_form(row);
            format!("{name}: {form}, {value} ({list}:{})", row.line)
        });
        shown.collect()
    }

    fn candidates(&self, sentence: TokenSpan) -> Vec<CandidateView> {
        let here = self.considered.iter().filter(|c| sentence.covers(&c.tokens) && self.shows(c.tokens));
        here.map(|c| self.candidate(c)).collect()
    }

    fn candidate(&self, considered: &Considered) -> CandidateView {
        let types = self.resources.types();
        let evidence = self.evidence.iter().find(|e| e.tokens == considered.tokens);
        let spoke = evidence.into_iter().flat_map(|e| &e.spoke);
        let listed = considered.listed.map(|(strength, agreement)| {
            format!("{}, {}", strength.as_str(), format!("{agreement:?}").to_lowercase())
        });
        CandidateView {
            text: self.surface(considered.tokens),
            r#type: types.get(usize::from(considered.type_id.0)).cloned().unwrap_or_default(),
            id: considered.id.clone(),
            source: self.source(&considered.source),
            listed,
            scores: considered.scores,
            spoke: spoke
                .map(|s| (s.rule.to_string(), s.weights.map(|w| (w * s.halves).div_euclid(2))))
                .collect(),
            won: considered.won,
            reason: considered.reason.clone(),
        }
    }

    fn source(&self, source: &Source) -> String {
        match source {
            Source::List { list, line } => {
                let path = self.resources.lists().get(usize::from(*list)).map_or("", String::as_str);
                format!("{path}:{line}")
            }
            Source::Rule(rule) => rule.to_string(),
        }
    }

    fn dates(&self, number: u32, sentence: TokenSpan) -> Vec<DateView> {
        let here =
            self.extraction.mentions.iter().filter(|m| m.sentence == number && sentence.covers(&m.tokens));
        let view = |m: &crate::model::Mention| {
            let date = m.date.as_ref()?;
            let (text, value) = (self.surface(m.tokens), date.value.clone());
            Some(DateView { text, value, rule: self.source(&m.source) })
        };
        here.filter(|m| self.shows(m.tokens)).filter_map(view).collect()
    }

    fn mention_text(&self, index: u32) -> String {
        self.extraction.mentions.get(index as usize).map_or_else(String::new, |m| self.surface(m.tokens))
    }

    fn relations(&self, number: u32) -> Vec<RelationView> {
        let here = self.extraction.relations.iter().filter(|relation| relation.sentence == number);
        let view = |r: &crate::model::Relation| RelationView {
            statement: format!(
                "{} {} {}",
                self.mention_text(r.subject),
                r.relation,
                self.mention_text(r.object)
            ),
            modality: r.modality.as_str().to_owned(),
            rule: r.rule.to_string(),
        };
        here.map(view).collect()
    }

    /// Rules that came close and gave no row.
    fn near(&self, number: u32, sentence: TokenSpan) -> Vec<NearView> {
        let gave =
            |rule: &str| self.extraction.relations.iter().any(|r| r.sentence == number && *r.rule == *rule);
        let known = self.resources;
        let near = known.relations.near(&self.page, &self.extraction.mentions, sentence, &known.vocabulary);
        near.into_iter()
            .filter(|near| !gave(&near.rule))
            .map(|near| NearView {
                rule: near.rule.to_string(),
                matched: self.surface(near.tokens),
                left: near.left,
                needed: near.needed,
            })
            .collect()
    }
}
