//! The bookings behind a figure, row by row: of a shared one this division's part, with the key that it was split by.

use super::{
    bookings_sql::{FoundBookings, PartRow},
    opened::Opened,
};
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    message::Value,
    messages::{costs, figure, measure as words, setting},
    money::Money,
    place::Place,
    projects,
    report::{AllRows, Cell, Column, Content, List, Panel, Row, RowSource, RowStream, Table},
    view::RenderContext,
};
use async_stream::try_stream;
use futures_util::{StreamExt, pin_mut};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// The bookings of an opened figure, with their total.
pub(super) async fn panel<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let measure = opened.measure;
    let found = FoundBookings::of(opened);
    let sum = found.sum().await?;
    let pager = opened.pager(sum.count.unsigned_abs());
    let page = found.page(pager.before(), pager.page_size.rows()).await?;
    let shows_keys = shows_keys(measure);
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
    let total = Row::total(columns.len(), vec![(columns.len() - 1, Cell::of(Money(sum.amount)))]);
    let table = Table {
        name: "bookings",
        caption: figure::bookings().into(),
        columns,
        rows: page
            .into_iter()
            .map(|part| row(part, measure, opened.context))
            .collect(),
        total: Some(total),
        lacks: None,
        empty: costs::nothing_booked(),
    };
    let all = AllRows::of(AllBookings {
        context: opened.context.clone(),
        place: opened.place.clone(),
        days: opened.days,
        measure,
    });
    let list = List { table, pager, all };
    Ok(Panel::new(figure::bookings(), vec![Content::List(Box::new(list))]))
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

/// Every booking of a figure, whatever page is shown.
struct AllBookings {
    context: RenderContext,
    place: Place,
    days: Days,
    measure: Measure,
}

impl RowSource for AllBookings {
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(try_stream! {
            let found = FoundBookings::at(db, &self.context, &self.place, self.days, self.measure);
            let parts = found.all().await?;
            pin_mut!(parts);
            while let Some(part) = parts.next().await {
                yield row(part?, self.measure, &self.context);
            }
        })
    }

    fn has_notes(&self) -> bool {
        false
    }
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
