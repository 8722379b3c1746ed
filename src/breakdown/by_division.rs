//! What a figure is made of: the divisions, and what belongs to none.

use super::opened::Opened;
use crate::{
    measure::Reach,
    messages::{figure, measure as words, setting},
    place::Place,
    report::{Cell, Column, Content, Panel, Row, Table},
    server::ledger::keys,
    view::{
        amount::{amount_of, lacks_of},
        lacks,
    },
};

/// The figure by division, if it is of several.
pub(super) fn panel<C>(opened: &Opened<'_, C>) -> Option<Panel> {
    let (context, place, measure) = (opened.context, opened.place, opened.measure);
    let is_of_one = place.project.is_some() || place.person.is_some() || place.category.is_some();
    if is_of_one || measure.reach() == Reach::Project || keys(&context.scope).count() < 2 {
        return None;
    }
    let unsplit = context.unsplit(opened.ledger.unsplit(None, &opened.days));
    let by_division = opened.ledger.by_division(&context.scope, &opened.days);
    let rows = by_division.into_iter().map(|(key, figures)| {
        let unrated = lacks::unrated(figures.unrated).filter(|_| measure.contains_labour_cost());
        // Costs that aren't split are missing from each division, but not from the rest.
        let unsplit = unsplit.clone().filter(|_| key.is_some());
        let lacks = lacks_of(measure, unrated, unsplit, &figures);
        let cell = amount_of(measure, &figures).cell().lacking(lacks.as_ref());
        let there = Place {
            days: place.days,
            ..context.place_of(key)
        };
        Row::new(vec![context.division_cell(key), context.figure(cell, measure, &there)])
    });
    let table = Table {
        name: "divisions",
        caption: words::by_division().into(),
        columns: vec![Column::text(setting::division()), Column::figure(measure.name())],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::of(figure::total()),
            opened.amount(measure, &opened.days).cell(),
        ])),
        lacks: None,
        empty: words::nothing(),
    };
    Some(Panel::new(words::by_division(), vec![Content::Table(table)]))
}
