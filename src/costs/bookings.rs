//! The list of bookings in the scope, searched and cut into pages by the database.

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
    report::{AllRows, Cell, Column, Content, List, Pager, Panel, Row, RowSource, RowStream, Table},
    view::RenderContext,
};
use async_stream::try_stream;
use futures_util::{StreamExt, pin_mut};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

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
    let rows = parts.into_iter().map(|part| row(part, context)).collect();
    let table = table(rows, Money(sum.amount), !wanted.is_empty());
    let all = AllRows::of(AllBookings {
        context: context.clone(),
        days: *days,
        wanted,
    });
    let list = List { table, pager, all };
    Ok(Panel::new(figure::bookings(), vec![Content::List(Box::new(list))]))
}

/// Every booking that is found, whatever page is shown.
struct AllBookings {
    context: RenderContext,
    days: Days,
    wanted: String,
}

impl RowSource for AllBookings {
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(try_stream! {
            let found = FoundBookings {
                db,
                scope: &self.context.scope,
                days: &self.days,
                wanted: &self.wanted,
            };
            let parts = found.all().await?;
            pin_mut!(parts);
            while let Some(part) = parts.next().await {
                yield row(part?, &self.context);
            }
        })
    }

    fn has_notes(&self) -> bool {
        false
    }
}

fn row(part: PartRow, context: &RenderContext) -> Row {
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
}

fn table(rows: Vec<Row>, sum: Money, is_search: bool) -> Table {
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
        rows,
        total: Some(Row::total(7, vec![(6, Cell::of(sum))])),
        lacks: None,
        empty: if is_search {
            messages::costs::no_match()
        } else {
            messages::costs::nothing_booked()
        },
    }
}
