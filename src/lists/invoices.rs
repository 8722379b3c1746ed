//! The list of invoices.

use super::{
    ListPage, RowsQuery,
    columns::{Columns, ListColumn},
    field::Field,
    filters::Options,
    options_sql, project_cell, words_cell,
};
use crate::{
    error::AppError,
    messages::{figure, lists, setting},
    money::Money,
    pages::INVOICES,
    report::{Cell, Report, Row, Table},
    rows::{InvoiceRow, InvoiceSum, Invoices},
    view::RenderContext,
};
use sea_orm::{ConnectionTrait, StreamTrait};

/// How many columns there are; the last one is the amount.
const COLUMNS: usize = 7;

fn page() -> ListPage {
    ListPage {
        page: INVOICES,
        label: lists::search_invoices,
        fields: &[Field::Client, Field::Project, Field::Kind, Field::Assigned],
        columns: Columns(vec![
            ListColumn::day(figure::day(), "day", "invoices.invoiced_on"),
            ListColumn::words(figure::number(), "number", "invoices.number"),
            ListColumn::words(figure::client(), "client", "clients.name"),
            ListColumn::words(figure::project(), "project", "projects.code"),
            ListColumn::text(figure::name()),
            ListColumn::text(setting::division()),
            ListColumn::figure(figure::amount(), "amount", "invoices.amount"),
        ]),
    }
}

/// The invoices in the scope, with the total of all that match.
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
    let options = Options::of_projects(options_sql::of_invoices(db, &context.scope, &days).await?);
    let sought = |narrowing, order| Invoices {
        scope: context.scope.clone(),
        days,
        narrowing,
        order: Some(order),
    };
    let table = |sum: &InvoiceSum, is_all| Table {
        name: "invoices",
        caption: figure::invoices().into(),
        columns: Vec::new(),
        rows: Vec::new(),
        total: Some(total(sum)),
        lacks: None,
        empty: if is_all {
            lists::no_invoices()
        } else {
            lists::no_match()
        },
    };
    page.report(db, (context, query), options, sought, row, table).await
}

fn row(invoice: InvoiceRow, context: &RenderContext) -> Row {
    Row::new(vec![
        Cell::of(invoice.invoiced_on),
        Cell::text(invoice.number),
        words_cell(invoice.client),
        project_cell(Some(&invoice.code), context),
        Cell::text(invoice.project),
        context.division_cell(invoice.division_id),
        Cell::of(Money(invoice.amount)),
    ])
}

fn total(sum: &InvoiceSum) -> Row {
    let count = Cell::of(lists::invoices(sum.count.unsigned_abs()));
    let amount = Cell::of(Money(sum.amount));
    Row::total(COLUMNS, vec![(1, count), (COLUMNS - 1, amount)])
}
