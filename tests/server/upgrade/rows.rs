//! All rows of a database, as text.

use control_maniac::server::db;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::collections::BTreeMap;

/// A row by its columns.
pub type Row = BTreeMap<String, String>;

/// The rows of each table.
pub type Content = BTreeMap<String, Vec<Row>>;

/// The content of every table.
pub async fn content(db: &DatabaseConnection) -> Content {
    let snapshot = db::reading(db).await.unwrap();
    let ask = async |sql: &str| {
        let rows = snapshot.query_all_raw(Statement::from_string(snapshot.get_database_backend(), sql));
        rows.await.unwrap()
    };
    let columns = match snapshot.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        }
        _ => {
            "SELECT t.name AS table_name, c.name AS column_name FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in ask(columns).await {
        let column = row.try_get("", "column_name").unwrap();
        tables
            .entry(row.try_get("", "table_name").unwrap())
            .or_default()
            .push(column);
    }
    let mut content = Content::new();
    for (table, columns) in tables {
        let texts: Vec<String> = columns
            .iter()
            .map(|column| format!("CAST({column} AS TEXT) AS {column}"))
            .collect();
        let mut rows: Vec<Row> = Vec::new();
        for row in ask(&format!("SELECT {} FROM {table}", texts.join(", "))).await {
            let text = |column: &String| {
                row.try_get::<Option<String>>("", column)
                    .unwrap()
                    .unwrap_or("NULL".to_owned())
            };
            rows.push(columns.iter().map(|column| (column.clone(), text(column))).collect());
        }
        rows.sort();
        content.insert(table, rows);
    }
    content
}

/// The rows without the columns that `other`'s don't have.
pub fn in_columns_of(rows: &[Row], other: &[Row]) -> Vec<Row> {
    let is_there = |column: &String| other.first().is_none_or(|row| row.contains_key(column));
    let without = |row: &Row| row.clone().into_iter().filter(|(column, _)| is_there(column)).collect();
    let mut rows: Vec<Row> = rows.iter().map(without).collect();
    rows.sort();
    rows
}
