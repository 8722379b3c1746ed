//! The bookings behind a figure, row by row: of a shared one this division's part, with the key that it was split by.

use super::{
    Opened,
    bookings_sql::{FoundBookings, PartRow},
};
use crate::{
    error::AppError,
    measure::Measure,
    message::Value,
    messages::{costs, figure, measure as words, setting},
    money::Money,
    projects,
    report::{Cell, Column, Content, Panel, Row, Table},
};
use sea_orm::ConnectionTrait;

/// The bookings of an opened figure, with their total.
pub(super) async fn panel<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let measure = opened.measure;
    let found = FoundBookings::of(opened);
    let sum = found.sum().await?;
    let pager = opened.pager(sum.count.unsigned_abs());
    let page = found.page(pager.before(), pager.page_size.rows()).await?;
    let shows_keys = matches!(measure, Measure::Overhead | Measure::BookedCost);
    let mut columns = vec![
        Column::text(figure::day()),
        Column::text(figure::category()),
        Column::text(figure::text()),
        Column::text(figure::supplier()),
        Column::text(figure::project()),
        Column::text(setting::division()),
    ];
    if shows_keys {
        columns.extend([Column::figure(words::booked()), Column::text(words::key())]);
    }
    columns.push(Column::figure(figure::amount()));
    let rows = page.into_iter().map(|part| {
        let key = shows_keys.then(|| [Cell::of(Money(part.whole)), key(&part)]);
        let amount = Cell::of(Money(part.amount));
        let mut cells = vec![
            Cell::of(part.booked_on),
            Cell::text(part.category),
            Cell::text(part.text),
            Cell::text(part.supplier),
            part.code.map_or(Cell::Nothing, |code| {
                Cell::link(&code, opened.context.link(&projects::address(&code)))
            }),
            opened.context.division_cell(part.division_id),
        ];
        cells.extend(key.into_iter().flatten());
        cells.push(amount);
        Row::new(cells)
    });
    let total = Row::total(columns.len(), vec![(columns.len() - 1, Cell::of(Money(sum.amount)))]);
    let table = Table {
        name: "bookings",
        caption: figure::bookings().into(),
        columns,
        rows: rows.collect(),
        total: Some(total),
        lacks: None,
        empty: costs::nothing_booked(),
    };
    Ok(Panel::new(
        figure::bookings(),
        vec![Content::Table(table), Content::Pager(pager)],
    ))
}

/// The part of the key that a division bears.
fn key(part: &PartRow) -> Cell {
    match (part.shared, part.unsplit, part.weight.zip(part.weights)) {
        (true, 0, Some((weight, weights))) => {
            let of = |weight: i64| Value::Count(weight.unsigned_abs());
            Cell::of(words::part_of_key(of(weight), of(weights)))
        }
        (true, 1, _) => Cell::of(words::not_split()),
        _ => Cell::Nothing,
    }
}
