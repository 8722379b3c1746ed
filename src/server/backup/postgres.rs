//! Backups of a Postgres database, by the programs that come with it: `pg_dump` and `pg_restore`.

mod tool;

use super::{
    error::{BackupError, unusable},
    files::{Part, aside, folder_of},
    version::{WrongVersion, check_version},
};
use crate::{
    message::{Joint, Message, Told, Value},
    messages::backup,
    server::{database_version::DatabaseVersion, db, epoch, migrate, program::Program, schema, sql::sql},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, FromQueryResult, TransactionTrait};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};
use tool::{Tool, options, run};

/// Tables without which a dump isn't this program's.
const OURS: [&str; 3] = ["users", "settings", STEPS];

/// The table in which a database keeps the steps that it went through.
const STEPS: &str = "seaql_migrations";

/// The table in which it says which programs may serve it.
const COMPATIBILITY: &str = "compatibility";

/// Writes a copy of the database as it is at one moment to `file`.
pub async fn backup(url: &str, file: &Path) -> Result<u64, BackupError> {
    let db = db::open_existing(url).await?;
    let version = DatabaseVersion::read(&db).await.map_err(|_| WrongVersion::NotOurs);
    db.close().await?;
    let version = version.and_then(|version| check_version(&version));
    version.map_err(|cause| BackupError::WrongVersion {
        database: db::without_password(url),
        cause,
    })?;
    dump(url, file).await
}

async fn dump(url: &str, file: &Path) -> Result<u64, BackupError> {
    let part = Part::beside(file)?;
    let mut command = Tool::Dump.at(url);
    command.arg("--format=custom").arg("--file").arg(&part.0);
    run(Tool::Dump, command).await?;
    part.name(file)
}

/// Replaces the content of the database with the dump in `file`, all or nothing. Gives the file that has the old
/// content from now on.
pub async fn restore(url: &str, file: &Path) -> Result<Option<PathBuf>, BackupError> {
    let dumped = check(url, file).await?;
    let db = db::open_existing(url).await?;
    let restored = replace(&db, url, file, &dumped).await;
    db.close().await?;
    restored
}

async fn replace(
    db: &DatabaseConnection,
    url: &str,
    file: &Path,
    dumped: &HashSet<String>,
) -> Result<Option<PathBuf>, BackupError> {
    // A server that starts meanwhile waits here before it does anything.
    let alone = db.begin().await?;
    sql("SELECT pg_advisory_xact_lock($1)")
        .bind(migrate::LOCK)
        .run(&alone)
        .await?;
    let others = sessions(&alone).await?;
    if !others.is_empty() {
        return Err(BackupError::Used {
            database: db::without_password(url),
            by: others,
        });
    }
    let there = tables(&alone).await?;
    let is_ours = OURS.iter().all(|table| there.contains(*table));
    let aside = if is_ours {
        Some(dump_aside(url, file).await?)
    } else {
        None
    };
    // Not in the transaction that stays open: nobody else may drop the tables that it has read.
    let version = DatabaseVersion::read(db).await?;
    let later = later(&version, &there, dumped).await?;
    let dropping = db.begin().await?;
    for table in later {
        sql(format!("DROP TABLE \"{table}\" CASCADE")).run(&dropping).await?;
    }
    dropping.commit().await?;
    let mut command = Tool::Restore.at(url);
    command
        .args([
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
        ])
        .arg("--dbname")
        .arg(options(url)?.get_database().unwrap_or_default())
        .arg(file);
    run(Tool::Restore, command).await?;
    alone.commit().await?;
    db::migrate(db).await?;
    epoch::begin(db).await?;
    Ok(aside)
}

/// The tables that are `there`, but were added by a later version than the one that was `dumped`: they would stay, and
/// stand in the way of the migration that adds them.
async fn later<'a>(
    version: &DatabaseVersion,
    there: &'a HashSet<String>,
    dumped: &HashSet<String>,
) -> Result<Vec<&'a String>, DbErr> {
    let ours = schema::tables_after(Program::THIS.steps().len()).await?;
    // Which tables a newer program added this one can't know; what is dropped is in the dump that was set aside.
    let is_of_newer = version.is_ours() && !version.steps.is_subset(&Program::THIS.steps());
    let is_later = |table: &&String| (is_of_newer || ours.contains(*table)) && !dumped.contains(*table);
    Ok(there.iter().filter(is_later).collect())
}

/// Dumps the content that is to be replaced to a file beside the backup.
async fn dump_aside(url: &str, file: &Path) -> Result<PathBuf, BackupError> {
    let options = options(url)?;
    let name = options.get_database().unwrap_or_else(|| options.get_username());
    let first = folder_of(file).join(format!("{name}{}.dump", aside()));
    let mut kept = first.clone();
    let mut number = 2;
    while kept.exists() {
        kept = first.with_extension(format!("{number}.dump"));
        number += 1;
    }
    dump(url, &kept).await?;
    Ok(kept)
}

/// The tables in the dump, which must be one of this program that can be brought up to date.
async fn check(url: &str, file: &Path) -> Result<HashSet<String>, BackupError> {
    let unreadable = |error| match error {
        BackupError::Program { said, .. } => unusable(file, backup::not_read(said)),
        other => other,
    };
    let mut command = Tool::Restore.at(url);
    command.arg("--list").arg(file);
    let list = run(Tool::Restore, command).await.map_err(unreadable)?;
    // `215; 1259 16386 TABLE public users owner`
    let tables: HashSet<String> = list
        .lines()
        .filter_map(|line| line.split_once(" TABLE public ")?.1.split(' ').next())
        .map(str::to_owned)
        .collect();
    if OURS.iter().any(|table| !tables.contains(*table)) {
        return Err(unusable(file, backup::not_ours()));
    }
    // Reads all of it, so that a truncated dump is noticed before anything is changed.
    let mut command = Tool::Restore.at(url);
    command.arg("--file=/dev/null").arg(file);
    run(Tool::Restore, command).await.map_err(unreadable)?;
    let steps = column(url, file, STEPS, "version").await.map_err(unreadable)?;
    let oldest = match tables.contains(COMPATIBILITY) {
        true => column(url, file, COMPATIBILITY, "oldest_program")
            .await
            .map_err(unreadable)?,
        false => Vec::new(),
    };
    let version = DatabaseVersion {
        steps: steps.into_iter().collect(),
        oldest_program: oldest.first().and_then(|number| number.parse().ok()),
    };
    check_version(&version).map_err(|cause| unusable(file, cause.message()))?;
    let wanted = schema::tables_after(schema::known_steps(&version)).await?;
    let missing: Vec<Value> = wanted
        .iter()
        .filter(|table| !tables.contains(*table))
        .map(Value::text)
        .collect();
    if !missing.is_empty() {
        return Err(unusable(file, backup::not_whole(Value::Joined(missing, Joint::Comma))));
    }
    Ok(tables)
}

/// The values of a column in the dump's rows of a table.
async fn column(url: &str, file: &Path, table: &str, name: &str) -> Result<Vec<String>, BackupError> {
    let mut command = Tool::Restore.at(url);
    command.args(["--data-only", "--file=-", "--table", table]).arg(file);
    let script = run(Tool::Restore, command).await?;
    let mut lines = script.lines().skip_while(|line| !line.starts_with("COPY "));
    // `COPY public.seaql_migrations (version, applied_at) FROM stdin;`, then a line a row, with tabs between the values.
    let head = lines.next().unwrap_or_default();
    let columns = head.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let place = columns.and_then(|(columns, _)| columns.split(", ").position(|column| column == name));
    let values = lines
        .take_while(|line| *line != "\\.")
        .filter_map(|line| line.split('\t').nth(place?).map(str::to_owned));
    Ok(values.collect())
}

/// Somebody who is connected to the database.
#[derive(FromQueryResult)]
struct Connected {
    process: i32,
    who: String,
    program: String,
    /// None if it is this machine.
    place: Option<String>,
}

/// Who else is connected to the database.
async fn sessions(db: &impl ConnectionTrait) -> Result<Vec<Message>, DbErr> {
    let connected: Vec<Connected> = sql(
        "SELECT pid AS process, COALESCE(usename, '')::text AS who, COALESCE(application_name, '') AS program,
                host(client_addr) AS place
         FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
         ORDER BY pid",
    )
    .all(db)
    .await?;
    let in_words = |other: Connected| {
        let (who, process) = (Value::text(other.who), Value::number(other.process.into()));
        let place = other.place.map_or_else(|| backup::this_machine().into(), Value::Text);
        match other.program.is_empty() {
            true => backup::session(who, place, process),
            false => backup::session_of(who, place, process, Value::text(other.program)),
        }
    };
    Ok(connected.into_iter().map(in_words).collect())
}

async fn tables(db: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let names = sql("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
    Ok(names.values(db).await?.into_iter().collect())
}
