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
    let triggers_and_indexes = triggers_and_indexes(&made).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        wanted.extend(triggers_and_indexes.iter().filter_map(|name| on_postgres(name)));
        there.extend(triggers(db).await?);
    } else {
        wanted.extend(triggers_and_indexes);
        there.extend(self::triggers_and_indexes(db).await?);
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

/// Whether `db` went through every step that this program knows.
///
/// # Errors
/// The database failed, or knows no steps.
pub async fn is_current(db: &DatabaseConnection) -> Result<bool, DbErr> {
    let steps = names(db, "SELECT version AS name FROM seaql_migrations").await?;
    Ok(steps.len() >= Migrator::migrations().len())
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

/// Those of a Postgres that are not switched off.
async fn triggers(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    names(
        db,
        "SELECT 'trigger ' || t.tgname AS name FROM pg_trigger t
         JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND n.nspname = current_schema()",
    )
    .await
}

/// What Postgres calls one of SQLite's triggers or indexes, if it has such a trigger: one for all kinds of change of a
/// table. Its limits are no triggers, and its indexes have names of their own.
fn on_postgres(name: &str) -> Option<String> {
    let trigger = name.strip_prefix("trigger ")?;
    let of_all = ["_insert", "_update", "_delete"]
        .iter()
        .find_map(|change| trigger.strip_suffix(change));
    let trigger = of_all.unwrap_or(trigger);
    (!trigger.ends_with("_have_limits")).then(|| format!("trigger {trigger}"))
}

async fn names(db: &DatabaseConnection, select: &str) -> Result<BTreeSet<String>, DbErr> {
    let select = Statement::from_string(db.get_database_backend(), select);
    let rows = db.query_all_raw(select).await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}
