//! What the balance of a project is made of: the parts of its owners since it began.

use super::opened::Opened;
use crate::{
    books::BEGINNING,
    days::Days,
    measure::Measure,
    messages::{figure, measure as words, setting},
    place::Place,
    report::{Cell, Column, Content, Panel, Row, Table},
};

/// The measure of single days that adds up to this balance.
fn of_days(measure: Measure) -> Option<Measure> {
    Some(match measure {
        Measure::Earned => Measure::Revenue,
        Measure::ExternalCostSoFar => Measure::ExternalCost,
        Measure::LabourCostSoFar => Measure::LabourCost,
        Measure::HoursSoFar => Measure::Hours,
        _ => return None,
    })
}

/// The part of each owner since the beginning of the project.
pub(super) fn panel<C>(opened: &Opened<'_, C>) -> Option<Panel> {
    let (context, ledger) = (opened.context, opened.project()?);
    let measure = of_days(opened.measure)?;
    let end = opened.ledger.timeline.stretches(&opened.days).end;
    let days = Days {
        from: BEGINNING,
        to: opened.days.to,
    };
    let mut owners = Vec::new();
    for (_, owner) in ledger.project.owners.iter() {
        if !owners.contains(owner) {
            owners.push(*owner);
        }
    }
    let rows = owners.into_iter().map(|owner| {
        let figures = ledger.figures_of(owner, 0..end);
        let cell = match measure {
            Measure::Revenue => Cell::of(figures.revenue),
            Measure::ExternalCost => Cell::of(figures.external_cost),
            Measure::LabourCost => Cell::money_unless_withheld(figures.labour_cost),
            _ => Cell::of(figures.minutes),
        };
        let is_seen = context.everything.includes(owner);
        let name = if is_seen {
            context.division_cell(owner)
        } else {
            Cell::of(words::another_division())
        };
        let place = Place {
            days: Some(days),
            project: opened.place.project.clone(),
            ..context.place_of(owner)
        };
        // Outside of what is chosen it opens nothing.
        let cell = match context.scope.includes(owner) {
            true => context.figure(cell, measure, &place),
            false => cell,
        };
        Row::new(vec![name, cell])
    });
    let table = Table {
        name: "owners",
        caption: words::by_division().into(),
        columns: vec![Column::text(setting::division()), Column::figure(opened.measure.name())],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::of(figure::total()),
            opened.amount(opened.measure, &opened.days).cell(),
        ])),
        lacks: None,
        empty: words::nothing(),
    };
    Some(Panel::new(words::by_division(), vec![Content::Table(table)]))
}
