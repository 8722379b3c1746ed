//! Whether a database has everything that its migrations make. Otherwise a missing part would show late, when a page
//! needs it. Further parts, perhaps from a newer program, don't matter.

use super::{
    database_version::DatabaseVersion,
    program::{Program, UNUSED},
    sql::sql,
};
use crate::{message::Value, messages::check};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr};
use sea_orm_migration::MigratorTraitSelf;
use std::collections::BTreeSet;

/// Each of these tables has one row, without which the server doesn't start.
const SINGLES: [&str; 5] = [
    "data_revision",
    "rights_revision",
    "database_epoch",
    "studio_clock",
    "compatibility",
];

/// What stands before the name of a trigger, and of an index: SQLite's words for them.
const TRIGGER: &str = "trigger";
const INDEX: &str = "index";

/// The parts that `db` lacks, by name, although it went through migrations that make them and that this program knows.
///
/// # Errors
/// The database failed, or isn't this program's.
pub async fn missing(db: &DatabaseConnection) -> Result<Vec<Value>, DbErr> {
    let version = DatabaseVersion::read(db).await?;
    if !version.is_ours() {
        return Err(DbErr::RecordNotFound("it is no database of this program".to_owned()));
    }
    let made = made_by(known_steps(&version)).await?;
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
    let is_used = |name: &&String| !UNUSED.contains(&name.as_str());
    let missing = wanted.difference(&there).filter(is_used);
    let mut missing: Vec<Value> = missing.map(|name| part(name)).collect();
    for single in SINGLES {
        let is_there = |of: &BTreeSet<String>| of.iter().any(|name| name.starts_with(&format!("{single}.")));
        if is_there(&wanted) && is_there(&there) {
            let count = format!("SELECT COUNT(*) FROM {single}");
            if sql(count).value::<i64>(db).await? != Some(1) {
                missing.push(check::one_row(Value::text(single)).into());
            }
        }
    }
    Ok(missing)
}

/// A part by its name: a trigger or an index says what it is, and a column has its table before it.
fn part(name: &str) -> Value {
    match name.split_once(' ') {
        Some((TRIGGER, name)) => check::trigger(Value::text(name)).into(),
        Some((INDEX, name)) => check::index(Value::text(name)).into(),
        _ => Value::text(name),
    }
}

/// Whether `db` went through every migration that this program knows.
///
/// # Errors
/// The database failed.
pub async fn is_current(db: &DatabaseConnection) -> Result<bool, DbErr> {
    let version = DatabaseVersion::read(db).await?;
    Ok(Program::THIS.steps().is_subset(&version.steps))
}

/// How many of the migrations that this program knows a database went through.
pub fn known_steps(version: &DatabaseVersion) -> usize {
    Program::THIS.steps().intersection(&version.steps).count()
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
    Program::THIS.up(&db, u32::try_from(steps).ok()).await?;
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
            "SELECT tables.name || '.' || columns.name AS name
             FROM sqlite_master tables JOIN pragma_table_info(tables.name) columns
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'"
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

/// The triggers of a Postgres database that are not switched off.
async fn triggers(db: &DatabaseConnection) -> Result<BTreeSet<String>, DbErr> {
    names(
        db,
        "SELECT 'trigger ' || triggers.tgname AS name FROM pg_trigger triggers
         JOIN pg_class tables ON tables.oid = triggers.tgrelid
         JOIN pg_namespace namespaces ON namespaces.oid = tables.relnamespace
         WHERE NOT triggers.tgisinternal AND triggers.tgenabled <> 'D' AND namespaces.nspname = current_schema()",
    )
    .await
}

/// The name in Postgres of one of SQLite's triggers or indexes, if it has such a trigger: one for all kinds of change
/// to a table. Its limits are no triggers, and its indexes have names of their own.
fn on_postgres(name: &str) -> Option<String> {
    let trigger = name.strip_prefix("trigger ")?;
    let of_all = ["_insert", "_update", "_delete"]
        .iter()
        .find_map(|change| trigger.strip_suffix(change));
    let trigger = of_all.unwrap_or(trigger);
    (!trigger.ends_with("_have_limits")).then(|| format!("trigger {trigger}"))
}

async fn names(db: &DatabaseConnection, select: &'static str) -> Result<BTreeSet<String>, DbErr> {
    Ok(sql(select).values(db).await?.into_iter().collect())
}
