//! The list of bookings in the scope, searched and cut into pages.

use super::CostsQuery;
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    messages::{self, figure, setting},
    money::Money,
    projects,
    report::{Cell, Column, Content, Pager, Panel, Row, Table},
    rows::{Bookings, Found, Narrowing, PartRow},
    search::Wanted,
    view::RenderContext,
};
use sea_orm::{ConnectionTrait, StreamTrait};

/// The bookings of `days` in which `wanted` is.
pub(super) fn found(context: &RenderContext, days: Days, wanted: Wanted) -> Found<Bookings> {
    let of_row = context.clone();
    let sought = Bookings {
        scope: context.scope.clone(),
        days,
        measure: Measure::BookedCost,
        narrowing: Narrowing::default(),
        order: None,
    };
    Found::all_of(sought, move |part| row(part, &of_row)).searched(wanted)
}

/// The section with the bookings of `days`: a line for each division's part, and the total of all that match.
pub(super) async fn panel(
    db: &(impl ConnectionTrait + StreamTrait),
    context: &RenderContext,
    days: &Days,
    query: &CostsQuery,
) -> Result<Panel, AppError> {
    let wanted = Wanted::new(&query.q);
    let is_search = !wanted.is_nothing();
    let list = found(context, *days, wanted).list(
        db,
        |total| {
            let pager = Pager::new(query.row(), context.chosen.get(), total);
            pager.leading(|row| context.link(&query.from(row)))
        },
        |sum| table(Money(sum.amount), is_search),
    );
    let list = Content::List(Box::new(list.await?));
    Ok(Panel::new(figure::bookings(), vec![list]))
}

fn row(part: PartRow, context: &RenderContext) -> Row {
    let words = part.words();
    Row::new(vec![
        Cell::of(part.booked_on),
        Cell::text(part.category),
        Cell::of(words),
        Cell::text(part.supplier),
        part.code.map_or(Cell::Nothing, |code| {
            Cell::link(&code, context.link(&projects::address(&code)))
        }),
        context.division_cell(part.division_id),
        Cell::of(Money(part.amount)),
    ])
}

fn table(sum: Money, is_search: bool) -> Table {
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
        rows: Vec::new(),
        total: Some(Row::total(7, vec![(6, Cell::of(sum))])),
        lacks: None,
        empty: if is_search {
            messages::costs::no_match()
        } else {
            messages::costs::nothing_booked()
        },
    }
}
