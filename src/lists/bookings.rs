//! The list of bookings: a line for each division's part.

use super::{
    ListPage, RowsQuery,
    columns::{Columns, ListColumn},
    field::Field,
    filters::{self, Options},
    options_sql, project_cell, words_cell, yes_or_no,
};
use crate::{
    error::AppError,
    measure::Measure,
    messages::{costs, figure, lists, setting},
    money::Money,
    pages::BOOKINGS,
    place::Place,
    report::{Cell, Pager, Report, Row, Table},
    rows::{Bookings, Found, PartRow},
    search::Wanted,
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
            ListColumn::words(figure::category(), "category", "LOWER(shares.category)"),
            ListColumn::words(figure::text(), "text", "LOWER(shares.text)"),
            ListColumn::words(figure::supplier(), "supplier", "LOWER(shares.supplier)"),
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
    let narrowed = filters::narrowed(db, context, query, &page.page, page.fields, options).await?;
    let sought = Bookings {
        scope: context.scope.clone(),
        days,
        measure: Measure::BookedCost,
        narrowing: narrowed.narrowing.clone(),
        order: page.columns.sql(query)?,
    };
    let of_row = context.clone();
    let found = Found::all_of(sought, move |part| row(part, &of_row)).searched(Wanted::new(&query.q));
    let is_all = query.q.trim().is_empty() && query.fields().next().is_none();
    let list = found.list(
        db,
        |total| {
            let pager = Pager::new(query.row(), context.chosen.get(), total);
            pager.leading(|row| context.link(&query.from(&page.page, row)))
        },
        |sum| {
            let amount = Cell::of(Money(sum.amount));
            let amount = match is_all {
                true => context.figure(amount, Measure::BookedCost, &Place::chosen()),
                false => amount,
            };
            let count = Cell::of(lists::bookings(sum.count.unsigned_abs()));
            Table {
                name: "bookings",
                caption: figure::bookings().into(),
                columns: page.columns.of_table(&page.page, query, context),
                rows: Vec::new(),
                total: Some(Row::total(COLUMNS, vec![(1, count), (COLUMNS - 1, amount)])),
                lacks: None,
                empty: if is_all {
                    costs::nothing_booked()
                } else {
                    lists::no_match()
                },
            }
        },
    );
    let list = list.await?;
    Ok(page.report(context, query, narrowed, list))
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
