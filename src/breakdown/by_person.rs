//! What a figure is made of: the people.

use super::{capacity, entries, opened::Opened};
use crate::{
    error::AppError,
    measure::Measure,
    messages::{figure, measure as words},
    money::{Minutes, Money},
    report::{Cell, Column, Content, Panel, Row, Table},
    rows::Counted,
};
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;

/// The figure by person.
pub(super) async fn panel<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let (measure, context) = (opened.measure, opened.context);
    let people = entries::sought(opened, Counted::of(measure)).people(opened.db).await?;
    let is_cost = measure == Measure::LabourCost;
    let mut columns = vec![Column::text(figure::person()), Column::figure(figure::hours_name())];
    columns.extend(is_cost.then(|| Column::figure(measure.name())));
    let hours = if is_cost { Measure::Hours } else { measure };
    let rows = people.iter().map(|person| {
        let place = opened.place.clone().person(person.id);
        let hours_cell = Cell::of(Minutes(person.minutes));
        let mut cells = vec![Cell::text(&person.name)];
        // Hours without a cost are no part of what labour costs, so these open nothing of their own.
        cells.push(match is_cost {
            true => hours_cell,
            false => context.figure(hours_cell, hours, &place),
        });
        cells.extend(is_cost.then(|| {
            let cost = Cell::money_unless_withheld(person.labour_cost.map(Money));
            context.figure(cost, measure, &place)
        }));
        Row::new(cells)
    });
    let minutes = people.iter().map(|person| Minutes(person.minutes)).sum::<Minutes>();
    let cost = people
        .iter()
        .map(|person| person.labour_cost.map(Money))
        .sum::<Option<Money>>();
    let mut totals = vec![(1, Cell::of(minutes))];
    totals.extend(is_cost.then(|| (2, Cell::money_unless_withheld(cost))));
    let table = Table {
        name: "people",
        caption: words::by_person().into(),
        rows: rows.collect(),
        total: Some(Row::total(columns.len(), totals)),
        columns,
        lacks: None,
        empty: words::no_entries(),
    };
    Ok(Panel::new(words::by_person(), vec![Content::Table(table)]))
}

/// Utilisation by person: billable hours beside capacity.
pub(super) async fn utilisation<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let context = opened.context;
    let found = entries::sought(opened, Counted::Utilised);
    // By name, then by id: two may have the same name.
    let mut people: BTreeMap<(String, i64), (Minutes, Minutes)> = BTreeMap::new();
    for person in found.people(opened.db).await? {
        people.entry((person.name, person.id)).or_default().0 += Minutes(person.minutes);
    }
    for part in capacity::parts(opened).await? {
        people.entry((part.name, part.person)).or_default().1 += part.minutes;
    }
    let share = |billable: Minutes, capacity: Minutes| Cell::share(billable.share_of(capacity), figure::no_capacity());
    let rows = people.iter().map(|((name, id), (billable, capacity))| {
        let place = opened.place.clone().person(*id);
        Row::new(vec![
            Cell::text(name),
            context.figure(Cell::of(*billable), Measure::UtilisedHours, &place),
            Cell::of(*capacity),
            share(*billable, *capacity),
        ])
    });
    let sums = opened.sums(&opened.days);
    let table = Table {
        name: "people",
        caption: words::by_person().into(),
        columns: vec![
            Column::text(figure::person()),
            Column::figure(Measure::UtilisedHours.name()),
            Column::figure(Measure::Capacity.name()),
            Column::figure(Measure::Utilisation.name()),
        ],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::of(figure::total()),
            Cell::of(sums.utilised),
            Cell::of(sums.capacity),
            share(sums.utilised, sums.capacity),
        ])),
        lacks: None,
        empty: words::no_entries(),
    };
    Ok(Panel::new(words::by_person(), vec![Content::Table(table)]))
}
