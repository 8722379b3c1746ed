//! Backups of a Postgres database, by the programs that come with it: `pg_dump` and `pg_restore`.

mod program;

use super::{BackupError, Part, Restored, aside, check_steps, folder_of, unusable};
use crate::server::{db, epoch, form, migrations::Migrator};
use program::{Program, options, run};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

/// Tables without which a dump is none of this program.
const OURS: [&str; 3] = ["users", "settings", STEPS];

/// Where a database keeps the steps that it went through.
const STEPS: &str = "seaql_migrations";

/// Writes a copy of the database as it is at one moment to `file`.
pub async fn backup(url: &str, file: &Path) -> Result<u64, BackupError> {
    let db = db::open_existing(url).await?;
    let there = tables(&db).await;
    db.close().await?;
    if OURS
        .iter()
        .any(|table| !matches!(&there, Ok(there) if there.contains(*table)))
    {
        return Err(BackupError::Foreign(db::without_password(url)));
    }
    dump(url, file).await
}

async fn dump(url: &str, file: &Path) -> Result<u64, BackupError> {
    let part = Part::beside(file)?;
    let mut command = Program::Dump.at(url);
    command.arg("--format=custom").arg("--file").arg(&part.0);
    run(Program::Dump, command).await?;
    part.name(file)
}

/// Puts the dump in `file` in the place of what the database holds, all or nothing.
pub async fn restore(url: &str, file: &Path) -> Result<Restored, BackupError> {
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
) -> Result<Restored, BackupError> {
    // A server that starts meanwhile waits here before it does anything.
    let alone = db.begin().await?;
    let lock = format!("SELECT pg_advisory_xact_lock({})", db::MIGRATION_LOCK);
    alone.execute_unprepared(&lock).await?;
    let others = sessions(&alone).await?;
    if !others.is_empty() {
        return Err(BackupError::Used {
            database: db::without_password(url),
            by: others.join(", "),
        });
    }
    let there = tables(&alone).await?;
    let is_ours = OURS.iter().all(|table| there.contains(*table));
    let aside = if is_ours {
        Some(dump_aside(url, file).await?)
    } else {
        None
    };
    // What a later version added is in no older dump, so it would stay, and stand in the way of the step that adds it.
    let ours = form::tables_after(Migrator::migrations().len()).await?;
    let later: Vec<&String> = there
        .iter()
        .filter(|table| ours.contains(*table) && !dumped.contains(*table))
        .collect();
    let dropping = db.begin().await?;
    for table in later {
        dropping
            .execute_unprepared(&format!("DROP TABLE \"{table}\" CASCADE"))
            .await?;
    }
    dropping.commit().await?;
    let mut command = Program::Restore.at(url);
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
    run(Program::Restore, command).await?;
    alone.commit().await?;
    db::migrate(db).await?;
    epoch::begin(db).await?;
    Ok(Restored { aside })
}

/// Dumps what is to be replaced to a file beside the backup.
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
        BackupError::Program { said, .. } => unusable(file, format!("pg_restore can't read it ({said})")),
        other => other,
    };
    let mut command = Program::Restore.at(url);
    command.arg("--list").arg(file);
    let list = run(Program::Restore, command).await.map_err(unreadable)?;
    // `215; 1259 16386 TABLE public users owner`
    let tables: HashSet<String> = list
        .lines()
        .filter_map(|line| line.split_once(" TABLE public ")?.1.split(' ').next())
        .map(str::to_owned)
        .collect();
    if OURS.iter().any(|table| !tables.contains(*table)) {
        return Err(unusable(file, "it is no database of this program"));
    }
    // Reads all of it, so that one that was cut off is noticed before anything is changed.
    let mut command = Program::Restore.at(url);
    command.arg("--file=/dev/null").arg(file);
    run(Program::Restore, command).await.map_err(unreadable)?;
    let mut command = Program::Restore.at(url);
    command.args(["--data-only", "--file=-", "--table", STEPS]).arg(file);
    let rows = run(Program::Restore, command).await.map_err(unreadable)?;
    let steps: Vec<String> = rows
        .lines()
        .skip_while(|line| !line.starts_with("COPY "))
        .skip(1)
        .take_while(|line| *line != "\\.")
        .filter_map(|line| line.split('\t').next())
        .map(str::to_owned)
        .collect();
    check_steps(&steps).map_err(|cause| unusable(file, cause))?;
    let wanted = form::tables_after(steps.len()).await?;
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|table| !tables.contains(*table))
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        return Err(unusable(
            file,
            format!("it is not whole: {} is missing", missing.join(", ")),
        ));
    }
    Ok(tables)
}

/// Who else is connected to the database.
async fn sessions(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let select = Statement::from_string(
        db.get_database_backend(),
        "SELECT pid, COALESCE(usename, '') AS who, COALESCE(application_name, '') AS program,
                COALESCE(host(client_addr), 'this machine') AS place
         FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
         ORDER BY pid",
    );
    let rows = db.query_all_raw(select).await?;
    rows.iter()
        .map(|row| {
            let text = |name| row.try_get::<String>("", name);
            let (who, place, program) = (text("who")?, text("place")?, text("program")?);
            let program = if program.is_empty() {
                program
            } else {
                format!(", {program}")
            };
            let process: i32 = row.try_get("", "pid")?;
            Ok(format!("{who} from {place} (process {process}{program})"))
        })
        .collect()
}

async fn tables(db: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    names(
        db,
        "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
    )
    .await
}

async fn names(db: &impl ConnectionTrait, select: &str) -> Result<HashSet<String>, DbErr> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), select))
        .await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}
