//! The bookings behind a figure, row by row: of a shared one this division's part, with the key that it was split by.

use super::opened::Opened;
use crate::{
    error::AppError,
    measure::Measure,
    message::Value,
    messages::{costs, figure, measure as words, setting},
    money::Money,
    projects,
    report::{Cell, Column, Content, Panel, Row, Table},
    rows::{BookingSum, Bookings, Found, Narrowing, PartRow},
    view::RenderContext,
};
use sea_orm::{ConnectionTrait, StreamTrait};

/// The bookings of an opened figure.
pub(super) fn sought<C>(opened: &Opened<'_, C>) -> Bookings {
    Bookings {
        scope: opened.context.scope.clone(),
        days: opened.days,
        measure: opened.measure,
        narrowing: Narrowing::to(opened.place),
        order: None,
    }
}

/// The bookings of an opened figure, with their total.
pub(super) async fn panel<C: ConnectionTrait + StreamTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let (measure, context) = (opened.measure, opened.context.clone());
    let found = Found::all_of(sought(opened), move |part| row(part, measure, &context));
    let list = found.list(opened.db, |total| opened.pager(total), |sum| table(sum, measure));
    let list = Content::List(Box::new(list.await?));
    Ok(Panel::new(figure::bookings(), vec![list]))
}

/// What stands around the bookings.
fn table(sum: &BookingSum, measure: Measure) -> Table {
    let mut columns = vec![
        Column::text(figure::day()),
        Column::text(figure::category()),
        Column::text(figure::text()),
        Column::text(figure::supplier()),
        Column::text(figure::project()),
        Column::text(setting::division()),
    ];
    if shows_keys(measure) {
        columns.extend([Column::figure(words::booked()), Column::text(words::key())]);
    }
    columns.push(Column::figure(figure::amount()));
    let total = Row::total(columns.len(), vec![(columns.len() - 1, Cell::of(Money(sum.amount)))]);
    Table {
        name: "bookings",
        caption: figure::bookings().into(),
        columns,
        rows: Vec::new(),
        total: Some(total),
        lacks: None,
        empty: costs::nothing_booked(),
    }
}

/// Whether the parts of shared bookings are of interest: what was booked, and the key.
fn shows_keys(measure: Measure) -> bool {
    matches!(measure, Measure::Overhead | Measure::BookedCost)
}

fn row(part: PartRow, measure: Measure, context: &RenderContext) -> Row {
    let key = shows_keys(measure).then(|| [Cell::of(Money(part.whole)), key(&part)]);
    let amount = Cell::of(Money(part.amount));
    let mut cells = vec![
        Cell::of(part.booked_on),
        Cell::text(part.category),
        Cell::text(part.text),
        Cell::text(part.supplier),
        part.code.map_or(Cell::Nothing, |code| {
            Cell::link(&code, context.link(&projects::address(&code)))
        }),
        context.division_cell(part.division_id),
    ];
    cells.extend(key.into_iter().flatten());
    cells.push(amount);
    Row::new(cells)
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
