//! The list of bookings: a line for each division's part.

use super::{
    ListPage, RowsQuery,
    columns::{Columns, ListColumn},
    field::Field,
    filters::Options,
    options_sql, project_cell, words_cell, yes_or_no,
};
use crate::{
    error::AppError,
    measure::Measure,
    messages::{costs, figure, lists, setting},
    money::Money,
    pages::BOOKINGS,
    place::Place,
    report::{Cell, Report, Row, Table},
    rows::{BookingSum, Bookings, PartRow},
    view::RenderContext,
};
use sea_orm::{ConnectionTrait, StreamTrait};

/// How many columns there are; the last one is the amount.
const COLUMNS: usize = 8;

fn page() -> ListPage {
    ListPage {
        page: BOOKINGS,
        label: lists::search_bookings,
        fields: &[
            Field::Client,
            Field::Project,
            Field::Category,
            Field::Supplier,
            Field::Kind,
            Field::Billable,
            Field::Assigned,
        ],
        columns: Columns(vec![
            ListColumn::day(figure::day(), "day", "shares.booked_on"),
            ListColumn::words(figure::category(), "category", "shares.category"),
            ListColumn::words(figure::text(), "text", "shares.text"),
            ListColumn::words(figure::supplier(), "supplier", "shares.supplier"),
            ListColumn::words(figure::project(), "project", "projects.code"),
            ListColumn::text(setting::division()),
            ListColumn::text(figure::billable()),
            ListColumn::figure(figure::amount(), "amount", "shares.amount"),
        ]),
    }
}

/// The bookings in the scope, with the total of all that match.
///
/// # Errors
/// The list has no such filter or order; the database failed.
pub async fn report(
    db: &(impl ConnectionTrait + StreamTrait),
    context: &RenderContext,
    query: &RowsQuery,
) -> Result<Report, AppError> {
    let page = page();
    page.check(query)?;
    let days = context.period.days(context.today);
    let options = Options::of_bookings(options_sql::of_bookings(db, &context.scope, &days).await?);
    let sought = |narrowing, order| Bookings {
        scope: context.scope.clone(),
        days,
        measure: Measure::BookedCost,
        narrowing,
        order: Some(order),
    };
    let table = |sum: &BookingSum, is_all| Table {
        name: "bookings",
        caption: figure::bookings().into(),
        columns: Vec::new(),
        rows: Vec::new(),
        total: Some(total(sum, context, is_all)),
        lacks: None,
        empty: if is_all {
            costs::nothing_booked()
        } else {
            lists::no_match()
        },
    };
    page.report(db, (context, query), options, sought, row, table).await
}

fn row(part: PartRow, context: &RenderContext) -> Row {
    let text = Cell::of(part.words());
    Row::new(vec![
        Cell::of(part.booked_on),
        Cell::text(part.category),
        text,
        words_cell(Some(part.supplier)),
        project_cell(part.code.as_ref(), context),
        context.division_cell(part.division_id),
        Cell::of(yes_or_no(part.billable)),
        Cell::of(Money(part.amount)),
    ])
}

/// The total. That of all bookings is a figure that opens; what is searched for is no place.
fn total(sum: &BookingSum, context: &RenderContext, is_all: bool) -> Row {
    let amount = Cell::of(Money(sum.amount));
    let amount = match is_all {
        true => context.figure(amount, Measure::BookedCost, &Place::chosen()),
        false => amount,
    };
    let count = Cell::of(lists::bookings(sum.count.unsigned_abs()));
    Row::total(COLUMNS, vec![(1, count), (COLUMNS - 1, amount)])
}
