//! The bookings in the scope, searched and cut into pages by the database.

use super::{
    CostsQuery,
    costs_sql::{FoundBookings, PartRow},
};
use crate::{
    error::AppError,
    money::Money,
    period::Days,
    projects,
    ui::{
        pager::Pager,
        table::{Cell, Column, Row, Table},
    },
    view::RenderContext,
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;

/// The section with the bookings of `days`: a line for each division's part, and the total of all that match.
pub(super) async fn section(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    days: &Days,
    query: &CostsQuery,
) -> Result<AnyView, AppError> {
    let wanted = query.q.trim().to_lowercase();
    let found = FoundBookings {
        db,
        scope: &context.scope,
        days,
        wanted: &wanted,
    };
    let sum = found.sum().await?;
    let pager = Pager {
        row: query.row(),
        page_size: context.chosen.get(),
        total: sum.count.unsigned_abs(),
        format: context.format,
    };
    let parts = found.page(pager.before(), pager.page_size.rows()).await?;
    let table = table(parts, Money(sum.amount), context, !wanted.is_empty());
    Ok(view! {
        <section class="panel">
            <h2>"Bookings"</h2>
            {table.view()}
            {pager.view(|row| context.link(&query.from(row)))}
        </section>
    }
    .into_any())
}

fn table(parts: Vec<PartRow>, sum: Money, context: &RenderContext, is_search: bool) -> Table {
    let format = context.format;
    let rows = parts.into_iter().map(|part| {
        Row::new(vec![
            Cell::text(part.booked_on.to_string()),
            Cell::text(part.category),
            Cell::text(match (part.shared, part.unsplit) {
                (false, _) => part.text,
                (true, 0) => format!("{} (part of a shared booking)", part.text),
                (true, _) => format!("{} (shared, and not split)", part.text),
            }),
            Cell::text(part.supplier),
            part.code.map_or(Cell::Empty, |code| {
                Cell::link(&code, context.link(&projects::address(&code)))
            }),
            context.division_cell(part.division_id),
            Cell::money(Money(part.amount), format),
        ])
    });
    let blank = || Cell::text("");
    Table {
        caption: "Bookings".to_owned(),
        caption_hidden: true,
        columns: vec![
            Column::text("Day"),
            Column::text("Category"),
            Column::text("Text"),
            Column::text("Supplier"),
            Column::text("Project"),
            Column::text("Division"),
            Column::figure("Amount"),
        ],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::text("Total"),
            blank(),
            blank(),
            blank(),
            blank(),
            blank(),
            Cell::money(sum, format),
        ])),
        lacks: None,
        empty: if is_search {
            "No booking contains what you are looking for. Clear the search to see all."
        } else {
            "Nothing was booked in this period."
        },
    }
}
