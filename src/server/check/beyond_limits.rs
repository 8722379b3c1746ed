//! Rows beyond the limits of the books: they were there before the database refused them.

use super::{finding::Finding, row_names};
use crate::{
    books::limits::{FIRST_DAY, LAST_DAY, TABLES, Values},
    messages::check,
};
use sea_orm::{DatabaseConnection, DbBackend, DbErr};

/// The rows that are beyond them.
pub(super) async fn beyond(db: &DatabaseConnection) -> Result<Finding, DbErr> {
    let backend = db.get_database_backend();
    let mut finding = Finding::of(check::within_limits(), Vec::new());
    for (table, columns) in TABLES {
        let broken = columns.iter().map(|(column, values)| {
            let holds = holds(backend, "row_beyond", column, *values);
            let parts = [format!("'{column}'"), format!("CAST(row_beyond.{column} AS TEXT)")];
            let what = row_names::about(row_names::VALUE, table, "row_beyond", &parts);
            format!("WHEN NOT {holds} THEN {what}")
        });
        let found = format!(
            "SELECT CASE {} END AS what FROM {table} AS row_beyond WHERE NOT {}",
            broken.collect::<Vec<_>>().join(" "),
            within(backend, table, "row_beyond")
        );
        finding.join(Finding::by(db, check::within_limits(), &found).await?);
    }
    Ok(finding)
}

/// A condition that holds for the rows of `table`, called `row`, with which one can calculate.
pub(super) fn within(backend: DbBackend, table: &str, row: &str) -> String {
    let columns = TABLES.iter().find(|(name, _)| *name == table);
    let columns = columns.into_iter().flat_map(|(_, columns)| *columns);
    let all: Vec<String> = columns
        .map(|(column, values)| holds(backend, row, column, *values))
        .collect();
    format!("({})", all.join(" AND "))
}

/// Whether `column` of the row `row` is NULL or within its limits; SQLite also keeps values of other types.
fn holds(backend: DbBackend, row: &str, column: &str, values: Values) -> String {
    let column = format!("{row}.{column}");
    let is_typed = backend == DbBackend::Postgres;
    let day = if is_typed {
        format!("{column} BETWEEN DATE '{FIRST_DAY}' AND DATE '{LAST_DAY}'")
    } else {
        format!("typeof({column}) = 'text' AND {column} IS date({column}, '+0 days') AND {column} >= '{FIRST_DAY}'")
    };
    let holds = match values {
        Values::Whole(limit) => {
            let is_whole = if is_typed {
                String::new()
            } else {
                format!("typeof({column}) = 'integer' AND ")
            };
            format!("{is_whole}{column} BETWEEN {} AND {}", limit.least, limit.most)
        }
        Values::Day => day,
        Values::DayFrom(first) => format!("{day} AND {column} >= {row}.{first}"),
        Values::YesOrNo if is_typed => "TRUE".to_owned(),
        Values::YesOrNo => format!("{column} IN (0, 1)"),
    };
    format!("({column} IS NULL OR ({holds}))")
}
