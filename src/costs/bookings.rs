//! The bookings in the scope, searched and cut into pages by the database.

use super::{
    CostsQuery,
    costs_sql::{FoundBookings, PartRow},
};
use crate::{
    days::Days,
    error::AppError,
    message::Value,
    messages::{self, figure, setting},
    money::Money,
    projects,
    report::{Cell, Column, Content, Pager, Panel, Row, Table},
    view::RenderContext,
};
use sea_orm::ConnectionTrait;

/// The section with the bookings of `days`: a line for each division's part, and the total of all that match.
pub(super) async fn panel(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    days: &Days,
    query: &CostsQuery,
) -> Result<Panel, AppError> {
    let wanted = query.q.trim().to_lowercase();
    let found = FoundBookings {
        db,
        scope: &context.scope,
        days,
        wanted: &wanted,
    };
    let sum = found.sum().await?;
    let pager = Pager::new(query.row(), context.chosen.get(), sum.count.unsigned_abs())
        .leading(|row| context.link(&query.from(row)));
    let parts = found.page(pager.before(), pager.page_size.rows()).await?;
    let table = table(parts, Money(sum.amount), context, !wanted.is_empty());
    Ok(Panel::new(
        figure::bookings(),
        vec![Content::Table(table), Content::Pager(pager)],
    ))
}

fn table(parts: Vec<PartRow>, sum: Money, context: &RenderContext, is_search: bool) -> Table {
    let rows = parts.into_iter().map(|part| {
        let text = Value::text(part.text);
        Row::new(vec![
            Cell::of(part.booked_on),
            Cell::text(part.category),
            Cell::of(match (part.shared, part.unsplit) {
                (false, _) => text,
                (true, 0) => messages::costs::part_of_shared(text).into(),
                (true, _) => messages::costs::not_split(text).into(),
            }),
            Cell::text(part.supplier),
            part.code.map_or(Cell::Nothing, |code| {
                Cell::link(&code, context.link(&projects::address(&code)))
            }),
            context.division_cell(part.division_id),
            Cell::of(Money(part.amount)),
        ])
    });
    Table {
        name: "bookings",
        caption: figure::bookings().into(),
        columns: vec![
            Column::text(figure::day()),
            Column::text(figure::category()),
            Column::text(figure::text()),
            Column::text(figure::supplier()),
            Column::text(figure::project()),
            Column::text(setting::division()),
            Column::figure(figure::amount()),
        ],
        rows: rows.collect(),
        total: Some(Row::total(7, vec![(6, Cell::of(sum))])),
        lacks: None,
        empty: if is_search {
            messages::costs::no_match()
        } else {
            messages::costs::nothing_booked()
        },
    }
}
