//! The capacity behind a figure, by person and month: contract hours less absences, for the working days that count.

use super::{capacity_sql, opened::Opened};
use crate::{
    days::{Days, Month},
    error::AppError,
    messages::{figure, measure as words},
    money::Minutes,
    report::{Cell, Column, Panel, Row, Table},
    server::ledger::{DivisionKey, capacity_parts},
};
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;

/// A person's capacity in a month while they are in a division.
pub(super) struct Part {
    pub(super) person: i64,
    pub(super) name: String,
    month: Month,
    contract: Minutes,
    absence: Minutes,
    /// The days of the figure on which it counts.
    days: Option<Days>,
    /// How much of it counts; all parts add up to the capacity.
    pub(super) minutes: Minutes,
}

/// The capacity of an opened figure, by month and person.
pub(super) async fn panel<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Panel, AppError> {
    let mut parts = parts(opened).await?;
    parts.retain(|part| part.days.is_some());
    parts.sort_by(|one, other| (one.month, &one.name, one.person).cmp(&(other.month, &other.name, other.person)));
    let total = parts.iter().map(|part| part.minutes).sum::<Minutes>();
    let row = |part: &Part| {
        Row::new(vec![
            Cell::of(part.month),
            Cell::text(&part.name),
            Cell::of(part.contract),
            Cell::of(part.absence),
            part.days.map_or(Cell::Nothing, Cell::of),
            Cell::of(part.minutes),
        ])
    };
    let rows = parts.iter().map(row).collect();
    let table = Table {
        name: "capacity",
        caption: words::capacity_by_person().into(),
        columns: vec![
            Column::text(figure::month()),
            Column::text(figure::person()),
            Column::figure(words::contract_hours()),
            Column::figure(words::absences()),
            Column::text(words::days_that_count()),
            Column::figure(figure::capacity()),
        ],
        rows: Vec::new(),
        total: Some(Row::total(6, vec![(5, Cell::of(total))])),
        lacks: None,
        empty: words::no_capacity(),
    };
    Ok(Panel::new(words::capacity_by_person(), vec![opened.list(table, rows)]))
}

/// Every person's capacity on the days of an opened figure.
pub(super) async fn parts<C: ConnectionTrait>(opened: &Opened<'_, C>) -> Result<Vec<Part>, AppError> {
    let days = opened.days;
    let rows = capacity_sql::rows(opened.db, &opened.context.scope, days).await?;
    let mut together: BTreeMap<(DivisionKey, Month), Vec<capacity_sql::CapacityRow>> = BTreeMap::new();
    for row in rows {
        together
            .entry((row.division_id, Month::of(row.month)))
            .or_default()
            .push(row);
    }
    let mut parts = Vec::new();
    for ((_, month), rows) in together {
        let held: Vec<(Days, Minutes)> = rows.iter().map(|row| (row.days(), row.minutes())).collect();
        let minutes = capacity_parts(month, &held, &days);
        parts.extend(rows.into_iter().zip(minutes).map(|(row, minutes)| Part {
            days: row.days().overlap(&month.days()).and_then(|held| held.overlap(&days)),
            person: row.person_id,
            month,
            contract: Minutes(row.contract_minutes),
            absence: Minutes(row.absence_minutes),
            minutes,
            name: row.name,
        }));
    }
    Ok(parts)
}
