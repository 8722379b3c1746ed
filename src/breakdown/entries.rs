//! The time entries behind a figure, row by row.

use super::{
    counted::Entries,
    entries_sql::{EntryRow, FoundEntries},
    opened::Opened,
};
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    messages::{figure, measure as words},
    money::{Minutes, Money},
    place::Place,
    projects,
    report::{AllRows, Cell, Column, Content, List, Panel, Row, RowSource, RowStream, Table},
    view::RenderContext,
};
use async_stream::try_stream;
use futures_util::{StreamExt, pin_mut};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// The entries of an opened figure, with their total.
pub(super) async fn panel<C: ConnectionTrait>(opened: &Opened<'_, C>, entries: Entries) -> Result<Panel, AppError> {
    let found = FoundEntries::of(opened, entries);
    let sum = found.sum().await?;
    let pager = opened.pager(sum.count.unsigned_abs());
    let page = found.page(pager.before(), pager.page_size.rows()).await?;
    let mut columns = vec![
        Column::text(figure::day()),
        Column::text(figure::person()),
        Column::text(figure::project()),
        Column::text(figure::text()),
        Column::figure(figure::hours_name()),
    ];
    columns.extend(entries.amount().map(|measure| Column::figure(measure.name())));
    let mut totals = vec![(4, Cell::of(Minutes(sum.minutes)))];
    totals.extend(amount(entries, sum.revenue, sum.labour_cost).map(|cell| (5, cell)));
    let table = Table {
        name: "entries",
        caption: words::time_entries().into(),
        rows: page
            .into_iter()
            .map(|entry| row(entry, entries, opened.context))
            .collect(),
        total: Some(Row::total(columns.len(), totals)),
        columns,
        lacks: None,
        empty: words::no_entries(),
    };
    let all = AllRows::of(AllEntries {
        context: opened.context.clone(),
        place: opened.place.clone(),
        days: opened.days,
        entries,
    });
    let list = List { table, pager, all };
    Ok(Panel::new(words::time_entries(), vec![Content::List(Box::new(list))]))
}

fn row(entry: EntryRow, entries: Entries, context: &RenderContext) -> Row {
    let project = match entry.code {
        Some(code) => Cell::link(&code, context.link(&projects::address(&code))),
        None => Cell::Missing(words::project_of_another_division()),
    };
    let mut cells = vec![
        Cell::of(entry.worked_on),
        Cell::text(entry.person),
        project,
        Cell::text(entry.note.unwrap_or_default()),
        Cell::of(Minutes(entry.minutes)),
    ];
    cells.extend(amount(entries, entry.revenue, entry.labour_cost));
    Row::new(cells)
}

/// What stands beside the hours.
fn amount(entries: Entries, revenue: i64, labour_cost: Option<i64>) -> Option<Cell> {
    entries.amount().map(|measure| match measure {
        Measure::LabourCost => Cell::money_unless_withheld(labour_cost.map(Money)),
        _ => Cell::of(Money(revenue)),
    })
}

/// Every entry of a figure, whatever page is shown.
struct AllEntries {
    context: RenderContext,
    place: Place,
    days: Days,
    entries: Entries,
}

impl RowSource for AllEntries {
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(try_stream! {
            let found = FoundEntries::at(db, &self.context, &self.place, self.days, self.entries);
            let rows = found.all().await?;
            pin_mut!(rows);
            while let Some(entry) = rows.next().await {
                yield row(entry?, self.entries, &self.context);
            }
        })
    }

    fn has_notes(&self) -> bool {
        // Whose project it is, where it is another division's.
        self.entries == Entries::Utilised
    }
}
