//! The time entries behind a figure, row by row.

use super::opened::Opened;
use crate::{
    error::AppError,
    measure::Measure,
    messages::{figure, measure as words},
    money::{Minutes, Money},
    projects,
    report::{Cell, Column, Content, Panel, Row, Table},
    rows::{Counted, Entries, EntryRow, EntrySum, Found, Narrowing},
    view::{RenderContext, amount::Amount},
};
use sea_orm::{ConnectionTrait, StreamTrait};

/// The entries of an opened figure that `counted` names.
pub(super) fn sought<C>(opened: &Opened<'_, C>, counted: Counted) -> Entries {
    Entries {
        scope: opened.context.scope.clone(),
        everything: opened.context.everything.clone(),
        days: opened.days,
        counted,
        narrowing: Narrowing::to(opened.place),
        order: None,
    }
}

/// What `sum` is in `measure`.
pub(super) fn amount(sum: &EntrySum, measure: Measure) -> Amount {
    match measure {
        Measure::LabourCost => Amount::unless_withheld(sum.labour_cost.map(Money)),
        _ => Amount::Minutes(Minutes(sum.minutes)),
    }
}

/// The entries of an opened figure, with their total.
pub(super) async fn panel<C: ConnectionTrait + StreamTrait>(
    opened: &Opened<'_, C>,
    counted: Counted,
) -> Result<Panel, AppError> {
    let context = opened.context.clone();
    let found = Found {
        // Whose project it is, where it is another division's.
        has_notes: counted == Counted::Utilised,
        ..Found::all_of(sought(opened, counted), move |entry| row(entry, counted, &context))
    };
    let list = found.list(opened.db, |total| opened.pager(total), |sum| table(sum, counted));
    let list = Content::List(Box::new(list.await?));
    Ok(Panel::new(words::time_entries(), vec![list]))
}

/// What stands around the entries.
fn table(sum: &EntrySum, counted: Counted) -> Table {
    let mut columns = vec![
        Column::text(figure::day()),
        Column::text(figure::person()),
        Column::text(figure::project()),
        Column::text(figure::text()),
        Column::figure(figure::hours_name()),
    ];
    columns.extend(counted.amount().map(|measure| Column::figure(measure.name())));
    let mut totals = vec![(4, Cell::of(Minutes(sum.minutes)))];
    totals.extend(beside(counted, sum.revenue, sum.labour_cost).map(|cell| (5, cell)));
    Table {
        name: "entries",
        caption: words::time_entries().into(),
        rows: Vec::new(),
        total: Some(Row::total(columns.len(), totals)),
        columns,
        lacks: None,
        empty: words::no_entries(),
    }
}

fn row(entry: EntryRow, counted: Counted, context: &RenderContext) -> Row {
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
    cells.extend(beside(counted, entry.revenue, entry.labour_cost));
    Row::new(cells)
}

/// What stands beside the hours.
fn beside(counted: Counted, revenue: i64, labour_cost: Option<i64>) -> Option<Cell> {
    counted.amount().map(|measure| match measure {
        Measure::LabourCost => Cell::money_unless_withheld(labour_cost.map(Money)),
        _ => Cell::of(Money(revenue)),
    })
}
