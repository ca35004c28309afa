//! Everything that could have been a mention, and what became of it: listed names that the scan found, possible names that
//! were weighed. Decides nothing; it reads what the stages found and says why the rest was left.

use crate::extract::Extraction;
use crate::gazetteer::{Agreement, Strength, agreement};
use crate::model::{Hit, Mention, Source, TokenSpan, TypeId};
use crate::resolve::Evidence;
use crate::rules::Page;

/// A candidate.
#[derive(Clone, Debug)]
pub(crate) struct Considered {
    /// Where.
    pub(crate) tokens: TokenSpan,
    /// The entry that it would be; empty for a name that no list has.
    pub(crate) id: String,
    /// Its type; of a name that no list has, the type that most speaks for.
    pub(crate) type_id: TypeId,
    /// Its list and line, or the rule that speaks loudest about it.
    pub(crate) source: Source,
    /// How its name counts in the list and how the text agrees with it; nothing for names that no list has.
    pub(crate) listed: Option<(Strength, Agreement)>,
    /// What speaks for person, organization, place, if it was weighed.
    pub(crate) scores: Option<[i32; 3]>,
    /// Is it what the mention there refers to?
    pub(crate) won: bool,
    /// Why it won or lost.
    pub(crate) reason: String,
}

/// All candidates of a document, in order.
pub(crate) fn considered(page: &Page<'_>, extraction: &Extraction, evidence: &[Evidence]) -> Vec<Considered> {
    let court = Court { page, extraction, evidence };
    let mut all: Vec<Considered> = page.hits.all.iter().flat_map(|hit| court.names(hit)).collect();
    all.extend(evidence.iter().filter_map(|weighed| court.weighed(weighed)));
    all.sort_by(|a, b| {
        let key = |c: &Considered| (c.tokens.start, std::cmp::Reverse(c.tokens.end), !c.won);
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
    all
}

struct Court<'a> {
    page: &'a Page<'a>,
    extraction: &'a Extraction,
    /// In order.
    evidence: &'a [Evidence],
}

impl Court<'_> {
    /// The listed names of a hit, once an entry.
    fn names(&self, hit: &Hit) -> Vec<Considered> {
        let gazetteer = self.page.gazetteer;
        let tokens = self.page.text.tokens.get(hit.tokens.range()).unwrap_or_default();
        let mut all: Vec<Considered> = Vec::new();
        for name in gazetteer.names(hit.key) {
            let entry = gazetteer.entry(name.entry);
            let agrees = agreement(gazetteer, name, self.page.source(), tokens);
            let source = Source::List { list: name.list, line: name.line };
            let (won, reason) = self.judge(hit.tokens, entry.id, &source, name.strength, agrees);
            let considered = Considered {
                tokens: hit.tokens,
                id: entry.id.to_owned(),
                type_id: entry.type_id,
                source,
                listed: Some((name.strength, agrees)),
                scores: self.scores(hit.tokens),
                won,
                reason,
            };
            match all.iter_mut().find(|known| known.id == considered.id) {
                Some(known) if considered.won && !known.won => *known = considered,
                Some(_) => {}
                None => all.push(considered),
            }
        }
        all
    }

    fn judge(
        &self,
        tokens: TokenSpan,
        id: &str,
        source: &Source,
        strength: Strength,
        agrees: Agreement,
    ) -> (bool, String) {
        if strength == Strength::Never {
            return (false, "never a name by itself, says its list".to_owned());
        }
        if agrees == Agreement::Refused {
            return (false, "the text is not written as the list wants it".to_owned());
        }
        let Some(mention) = self.mention_at(tokens) else { return (false, self.unweighed(tokens)) };
        let winner = self.extraction.entities.get(mention.entity.0 as usize).map_or("", |e| &*e.id);
        if mention.tokens == tokens && (winner == id || mention.source == *source) {
            return (true, format!("won: {}, {}", mention.decision, mention.kind.as_str()));
        }
        (false, self.beaten(tokens, mention, winner))
    }

    fn beaten(&self, tokens: TokenSpan, mention: &Mention, winner: &str) -> String {
        let surface = self.page.surface(mention.tokens);
        if mention.type_id == TypeId::DATE {
            return format!("part of the date \"{surface}\"");
        }
        if mention.tokens == tokens {
            return format!("another reading won: {winner} ({})", mention.decision);
        }
        let how = if mention.tokens.covers(&tokens) { "part of" } else { "cuts" };
        format!("{how} \"{surface}\" ({winner})")
    }

    /// Why there is no mention at all.
    fn unweighed(&self, tokens: TokenSpan) -> String {
        match self.evidence_of(tokens) {
            Some(evidence) => against(evidence),
            None => "not weighed: the sentence was cut into names without it".to_owned(),
        }
    }

    /// A possible name that no mention came of, or one that no list has.
    fn weighed(&self, evidence: &Evidence) -> Option<Considered> {
        let mention = self.mention_at(evidence.tokens);
        let is_here = mention.is_some_and(|m| m.tokens == evidence.tokens);
        if is_here && mention.is_some_and(|m| matches!(m.source, Source::List { .. })) {
            return None;
        }
        let scores = sums(evidence);
        let types = [TypeId::PERSON, TypeId::ORGANIZATION, TypeId::PLACE];
        let best = types
            .into_iter()
            .zip(scores)
            .max_by_key(|(type_id, score)| (*score, std::cmp::Reverse(*type_id)));
        let winner = mention.filter(|_| is_here);
        let entity = winner.and_then(|m| self.extraction.entities.get(m.entity.0 as usize));
        let reason = match (winner, mention) {
            (Some(winner), _) => format!("won: {}, {}", winner.decision, winner.kind.as_str()),
            (None, Some(other)) => self.beaten(evidence.tokens, other, ""),
            (None, None) => against(evidence),
        };
        Some(Considered {
            tokens: evidence.tokens,
            id: entity.map_or_else(String::new, |e| e.id.to_string()),
            type_id: winner.map_or(best.map_or(TypeId::PERSON, |(type_id, _)| type_id), |m| m.type_id),
            source: winner.map_or_else(|| Source::Rule(loudest(evidence)), |m| m.source.clone()),
            listed: None,
            scores: Some(scores),
            won: is_here,
            reason,
        })
    }

    fn scores(&self, tokens: TokenSpan) -> Option<[i32; 3]> {
        self.evidence_of(tokens).map(sums)
    }

    fn evidence_of(&self, tokens: TokenSpan) -> Option<&Evidence> {
        let at = self.evidence.partition_point(|e| e.tokens.start < tokens.start);
        self.evidence.get(at).filter(|e| e.tokens == tokens)
    }

    /// The mention that shares a token.
    fn mention_at(&self, tokens: TokenSpan) -> Option<&Mention> {
        let mentions = &self.extraction.mentions;
        let at = mentions.partition_point(|m| m.tokens.end <= tokens.start);
        mentions.get(at).filter(|m| m.tokens.overlaps(&tokens))
    }
}

/// What all rules together say of person, organization, place.
pub(crate) fn sums(evidence: &Evidence) -> [i32; 3] {
    let mut sums = [0; 3];
    for spoke in &evidence.spoke {
        for (sum, weight) in sums.iter_mut().zip(spoke.weights) {
            *sum += weight * spoke.halves;
        }
    }
    sums.map(|sum: i32| sum.div_euclid(2))
}

/// The rule that moves the scores most.
fn loudest(evidence: &Evidence) -> Box<str> {
    let strength = |weights: [i32; 3]| weights.map(i32::abs).into_iter().max().unwrap_or_default();
    let loudest = evidence.spoke.iter().max_by_key(|spoke| strength(spoke.weights) * spoke.halves.abs());
    loudest.map_or_else(|| "names".into(), |spoke| spoke.rule.clone())
}

/// `too little speaks for it: person -12, organization -20, place -31; most against it: shape/common`.
fn against(evidence: &Evidence) -> String {
    let [person, organization, place] = sums(evidence);
    let worst = evidence.spoke.iter().min_by_key(|s| s.weights.iter().sum::<i32>() * s.halves);
    let worst = worst.filter(|s| s.weights.iter().sum::<i32>() < 0);
    let worst = worst.map_or_else(String::new, |s| format!("; most against it: {}", s.rule));
    if [person, organization, place].iter().any(|score| *score >= 0) {
        return format!(
            "no list may stand for it: person {person}, organization {organization}, place {place}{worst}"
        );
    }
    format!("too little speaks for it: person {person}, organization {organization}, place {place}{worst}")
}
