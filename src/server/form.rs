//! Whether a database has all that its migrations make. What is missing would show late otherwise, when a page needs it.

use super::migrations::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};
use sea_orm_migration::MigratorTrait;
use std::collections::BTreeSet;

/// Each has one row, without which the server doesn't start.
const SINGLES: [&str; 4] = ["data_revision", "rights_revision", "database_epoch", "studio_clock"];

/// What `db` lacks of what the steps make that it went through, by name; what it has besides doesn't matter.
///
/// # Errors
/// The database failed, or knows no steps.
pub async fn missing(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let steps = names(db, "SELECT version AS name FROM seaql_migrations").await?.len();
    let made = made_by(steps).await?;
    let mut wanted = columns(&made).await?;
    let mut there = columns(db).await?;
    // Postgres has its own way to write these.
    if db.get_database_backend() == DbBackend::Sqlite {
        wanted.extend(triggers_and_indexes(&made).await?);
        there.extend(triggers_and_indexes(db).await?);
    }
    let mut missing: Vec<String> = wanted.difference(&there).cloned().collect();
    for single in SINGLES {
        let is_there = |of: &BTreeSet<String>| of.iter().any(|name| name.starts_with(&format!("{single}.")));
        if is_there(&wanted) && is_there(&there) {
            let rows = names(db, &format!("SELECT CAST(id AS TEXT) AS name FROM {single}")).await?;
            if rows.len() != 1 {
                missing.push(format!("the one row of {single}"));
            }
        }
    }
    Ok(missing)
}

/// The tables that the first `steps` steps make.
///
/// # Errors
/// There is no memory for it.
pub async fn tables_after(steps: usize) -> Result<BTreeSet<String>, DbErr> {
    let columns = columns(&made_by(steps).await?).await?;
    let table = |column: &String| Some(column.split_once('.')?.0.to_owned());
    Ok(columns.iter().filter_map(table).collect())
}

/// An empty database that went through the first `steps` steps.
async fn made_by(steps: usize) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    Migrator::up(&db, u32::try_from(steps).ok()).await?;
    Ok(db)
}

/// Every column as `table.column`.
async fn columns(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    let select = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name || '.' || column_name AS name FROM information_schema.columns
             WHERE table_schema = current_schema()"
        }
        _ => {
            "SELECT t.name || '.' || c.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
    };
    names(db, select).await
}

async fn triggers_and_indexes(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    names(
        db,
        "SELECT type || ' ' || name AS name FROM sqlite_master
         WHERE type IN ('trigger', 'index') AND name NOT LIKE 'sqlite_%'",
    )
    .await
}

async fn names(db: &DatabaseConnection, select: &str) -> Result<BTreeSet<String>, DbErr> {
    let select = Statement::from_string(db.get_database_backend(), select);
    let rows = db.query_all_raw(select).await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}
