//! The lists: time entries, bookings and invoices, each row of them, searched, narrowed, sorted and cut into pages.

mod bookings;
mod columns;
mod field;
mod filters;
mod invoices;
mod options_sql;
mod query;
mod time;

pub use bookings::report as bookings;
pub use invoices::report as invoices;
pub use query::RowsQuery;
pub use time::report as time;

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::{error, figure},
    pages::Page,
    projects,
    report::{Cell, Content, Filters, Pager, Panel, Part, Report, Row, Search, Table},
    rows::{Found, Narrowing, Sought},
    search::Wanted,
    view::RenderContext,
};
use columns::Columns;
use field::Field;
use filters::Options;
use sea_orm::{ConnectionTrait, StreamTrait};

/// A list's page: what it can be narrowed and sorted by.
struct ListPage {
    page: Page,
    label: fn() -> Message,
    fields: &'static [Field],
    columns: Columns,
}

impl ListPage {
    /// Refuses what `query` asks for and this list doesn't have.
    fn check(&self, query: &RowsQuery) -> Result<(), AppError> {
        if let Some(field) = query.fields().find(|field| !self.fields.contains(field)) {
            return Err(AppError::invalid(
                field.key(),
                error::no_filter(Value::text(field.key())),
            ));
        }
        self.columns.order(query).map(|_| ())
    }

    /// The page with the rows that `sought` looks for, once it knows what they are narrowed to and the order in SQL. `row`
    /// shows one of them; `table` says what stands around them, given their sum and whether they are all there are.
    ///
    /// # Errors
    /// The list has no such filter or order; the database failed.
    async fn report<S: Sought>(
        &self,
        db: &(impl ConnectionTrait + StreamTrait),
        (context, query): (&RenderContext, &RowsQuery),
        options: Options,
        sought: impl FnOnce(Narrowing, String) -> S,
        row: fn(S::Row, &RenderContext) -> Row,
        table: impl FnOnce(&S::Sum, bool) -> Table,
    ) -> Result<Report, AppError> {
        let narrowed = filters::narrowed(db, context, query, &self.page, self.fields, options).await?;
        let sought = sought(narrowed.narrowing, self.columns.sql(query)?);
        let of_row = context.clone();
        let found = Found::all_of(sought, move |found| row(found, &of_row)).searched(Wanted::new(&query.q));
        let is_all = query.q.trim().is_empty() && query.fields().next().is_none();
        let list = found.list(
            db,
            |total| {
                let pager = Pager::new(query.row(), context.chosen.get(), total);
                pager.leading(|row| context.link(&query.from(&self.page, row)))
            },
            |sum| Table {
                columns: self.columns.of_table(&self.page, query, context),
                ..table(sum, is_all)
            },
        );
        let panel = Panel {
            heading: None,
            contents: vec![Content::List(Box::new(list.await?))],
        };
        Ok(Report {
            search: Some(Search {
                path: self.page.path,
                label: (self.label)(),
                text: query.q.clone(),
                fields: narrowed.fields,
                kept: query.sorting(),
            }),
            filters: Filters {
                chips: narrowed.chips,
                choices: Vec::new(),
            },
            ..context.report((self.page.title)(), vec![Part::Panel(panel)])
        })
    }
}

/// A project's code, which leads to its page; a dash if there is none.
fn project_cell(code: Option<&String>, context: &RenderContext) -> Cell {
    code.map_or(Cell::Nothing, |code| {
        Cell::link(code, context.link(&projects::address(code)))
    })
}

/// Somebody's own words; a dash if there are none.
fn words_cell(words: Option<String>) -> Cell {
    words
        .filter(|words| !words.is_empty())
        .map_or(Cell::Nothing, Cell::text)
}

fn yes_or_no(yes: bool) -> Message {
    if yes { figure::yes() } else { figure::no() }
}
