//! Which part of a date in digits comes first (`3/6/22`): decided once for a document, by its other dates in digits, by
//! what the user asked for, by its dates in words, by the country of its dateline, in this order; else both readings stay open.

use super::header;
use super::meaning::{Meaning, Order};
use super::seek::Found;
use crate::gazetteer::{Gazetteer, Strength, WordListId};
use crate::model::{DateOrder, Token, TokenKind};
use crate::rules::Page;
use hashbrown::HashMap;

/// The order that is usual in each country, by its code; countries that use several have none.
#[derive(Debug, Default)]
pub(super) struct Usual(HashMap<Box<str>, DateOrder>);

impl Usual {
    /// From the list of countries.
    pub(super) fn new(gazetteer: &Gazetteer, list: Option<WordListId>) -> Self {
        let rows = list.into_iter().flat_map(|list| gazetteer.words_of(list));
        let read = rows.filter_map(|(_, row)| {
            let order = DateOrder::parse(gazetteer.value(row))?;
            Some((gazetteer.word_form(row).into(), order))
        });
        Self(read.collect())
    }
}

/// Gives dates whose order is open the document's order, if it shows one.
pub(super) fn settle(page: &Page<'_>, found: &mut [Found], usual: &Usual, asked: Option<DateOrder>) {
    if !found.iter().any(|f| order_of(f) == Some(Order::Open)) {
        return;
    }
    let order = shown(found).or(asked).or_else(|| spelled(page, found));
    let order = order.or_else(|| usual_here(page, found, usual));
    let Some(order) = order else { return };
    for fields in found.iter_mut().filter_map(|f| match &mut f.reading.meaning {
        Meaning::Calendar(fields) if fields.order == Some(Order::Open) => Some(fields),
        _ => None,
    }) {
        fields.order = None;
        if order == DateOrder::Mdy {
            std::mem::swap(&mut fields.month, &mut fields.day);
        }
    }
}

fn order_of(found: &Found) -> Option<Order> {
    let Meaning::Calendar(fields) = &found.reading.meaning else { return None };
    fields.order
}

/// The order of all other dates in digits; none if they differ.
fn shown(found: &[Found]) -> Option<DateOrder> {
    let has = |order| found.iter().any(|f| order_of(f) == Some(order));
    match (has(Order::Dmy), has(Order::Mdy)) {
        (true, false) => Some(DateOrder::Dmy),
        (false, true) => Some(DateOrder::Mdy),
        _ => None,
    }
}

/// Whoever writes `3 June` and never `June 3` puts the day first in digits too; the other way round it is not so sure.
fn spelled(page: &Page<'_>, found: &[Found]) -> Option<DateOrder> {
    let mut days = found.iter().filter_map(|f| day_stands_first(page, f));
    let first = days.next()?;
    (first && days.all(|day_first| day_first)).then_some(DateOrder::Dmy)
}

/// Does the day stand before the name of the month? `None` if it is no such date.
fn day_stands_first(page: &Page<'_>, found: &Found) -> Option<bool> {
    let Meaning::Calendar(fields) = &found.reading.meaning else { return None };
    let (Some(_), Some(_), None, None) = (fields.month, fields.day, &fields.clock, fields.order) else {
        return None;
    };
    let tokens = page.text.tokens.get(found.tokens.start as usize..found.tokens.end as usize)?;
    let is_day = |token: &Token| matches!(token.kind, TokenKind::Number | TokenKind::Mixed);
    let day = tokens.iter().position(is_day)?;
    let has_name = tokens.iter().any(|token| token.kind == TokenKind::Word);
    has_name.then(|| tokens.get(day + 1).is_some_and(|token| token.kind == TokenKind::Word))
}

/// The usual order of the country that a dateline names; none if its places lie in countries of different orders.
fn usual_here(page: &Page<'_>, found: &[Found], usual: &Usual) -> Option<DateOrder> {
    let places = found.iter().find_map(|f| header::dateline_places(page, f))?;
    let hits = places.range().flat_map(|at| page.hits.starting_at(at));
    let mut orders = hits.filter(|hit| hit.tokens.end <= places.end).filter_map(|hit| {
        let names = page.gazetteer.names(hit.key).iter().filter(|name| name.strength != Strength::Never);
        let entries = names.map(|name| page.gazetteer.entry(name.entry));
        let placed = entries.filter(|entry| !entry.country.is_empty());
        let best = placed.max_by_key(|entry| (entry.prior, entry.population))?;
        Some(usual.0.get(best.country).copied())
    });
    let first = orders.next()??;
    orders.all(|other| other == Some(first)).then_some(first)
}
