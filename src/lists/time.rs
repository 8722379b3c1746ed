//! The list of time entries.

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
    messages::{figure, lists, measure as measure_words, setting},
    money::{Minutes, Money},
    pages::TIME,
    place::Place,
    report::{Cell, Report, Row, Table},
    rows::{Counted, Entries, EntryRow, EntrySum},
    view::RenderContext,
};
use sea_orm::{ConnectionTrait, StreamTrait};

/// The first column of figures.
const HOURS: usize = 7;

fn page(context: &RenderContext) -> ListPage {
    let mut columns = vec![
        ListColumn::day(figure::day(), "day", "entries.worked_on"),
        ListColumn::words(figure::person(), "person", "people.name"),
        ListColumn::words(figure::project(), "project", "projects.code"),
        ListColumn::words(figure::client(), "client", "clients.name"),
        ListColumn::text(setting::division()),
        ListColumn::text(figure::text()),
        ListColumn::text(figure::billable()),
        ListColumn::figure(figure::hours_name(), "hours", "entries.minutes"),
        ListColumn::figure(figure::billed_time(), "revenue", "entries.revenue"),
    ];
    // By what may not be seen nothing is sorted either.
    if context.scope.includes_labour_cost() {
        columns.push(ListColumn::figure(figure::labour_cost(), "cost", "entries.labour_cost"));
    }
    ListPage {
        page: TIME,
        label: lists::search_time,
        fields: &[
            Field::Client,
            Field::Person,
            Field::Project,
            Field::Kind,
            Field::Billable,
            Field::Assigned,
        ],
        columns: Columns(columns),
    }
}

/// The time entries in the scope, with the total of all that match.
///
/// # Errors
/// The list has no such filter or order; the database failed.
pub async fn report(
    db: &(impl ConnectionTrait + StreamTrait),
    context: &RenderContext,
    query: &RowsQuery,
) -> Result<Report, AppError> {
    let page = page(context);
    page.check(query)?;
    let days = context.period.days(context.today);
    let options = Options::of_projects(options_sql::of_entries(db, &context.scope, &days).await?);
    let sought = |narrowing, order| Entries {
        scope: context.scope.clone(),
        everything: context.everything.clone(),
        days,
        counted: Counted::All,
        narrowing,
        order: Some(order),
    };
    let table = |sum: &EntrySum, is_all| Table {
        name: "time",
        caption: measure_words::time_entries().into(),
        columns: Vec::new(),
        rows: Vec::new(),
        total: Some(total(sum, context, is_all)),
        lacks: None,
        empty: if is_all { lists::no_time() } else { lists::no_match() },
    };
    page.report(db, (context, query), options, sought, row, table).await
}

fn row(entry: EntryRow, context: &RenderContext) -> Row {
    let mut cells = vec![
        Cell::of(entry.worked_on),
        Cell::text(entry.person),
        project_cell(entry.code.as_ref(), context),
        words_cell(entry.client),
        context.division_cell(entry.division_id),
        words_cell(entry.note),
        Cell::of(yes_or_no(entry.billable)),
        Cell::of(Minutes(entry.minutes)),
        Cell::of(Money(entry.revenue)),
    ];
    if context.scope.includes_labour_cost() {
        cells.push(match entry.labour_cost {
            Some(cost) => Cell::of(Money(cost)),
            None => Cell::Missing(lists::no_cost_rate()),
        });
    }
    Row::new(cells)
}

/// The total. Those of all entries are figures that open; what is searched for is no place.
fn total(sum: &EntrySum, context: &RenderContext, is_all: bool) -> Row {
    let opening = |cell: Cell, measure| match is_all {
        true => context.figure(cell, measure, &Place::chosen()),
        false => cell,
    };
    let mut totals = vec![
        (1, Cell::of(lists::entries(sum.count.unsigned_abs()))),
        (HOURS, opening(Cell::of(Minutes(sum.minutes)), Measure::Hours)),
        (HOURS + 1, Cell::of(Money(sum.revenue))),
    ];
    if context.scope.includes_labour_cost() {
        let cost = Cell::money_unless_withheld(sum.labour_cost.map(Money));
        totals.push((HOURS + 2, opening(cost, Measure::LabourCost)));
    }
    let columns = HOURS + 2 + usize::from(context.scope.includes_labour_cost());
    Row::total(columns, totals)
}
