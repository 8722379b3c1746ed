//! Backups of a SQLite file. A restored file takes the place of the old one in one step, no matter when the program is
//! killed:
//!
//! 1. The lock beside the database is taken exclusively, so that no process of this program opens it from now on.
//! 2. The backup is copied to `NAME.restoring`, checked there, brought up to date and given a new epoch, all without a
//!    log of its own; then it is on the disk. If killed before this: the old database is in place, and the next restore
//!    begins anew.
//! 3. The old database is taken out of its log: its `-wal` goes into the file and is removed. That succeeds only if
//!    nobody else has it open. If killed here: the old database is in place, whole, in one file.
//! 4. It gets a second name, `NAME.before-restore-…`, then `NAME.restoring` is renamed to `NAME`: one step, before
//!    which the old one is there and after which the new one is, and neither has a log.
//!
//! A broken database can't be taken out of its log. First all its files get a second name, then its log loses its first
//! one, then comes the rename: so the new file is never beside a log that isn't its own. Only in this case can a kill
//! leave the broken file without its log, which is beside it under its second name.

use super::{
    error::{BackupError, Deed, failed, unusable},
    files::{Part, aside, sync, sync_folder_of},
    version::{WrongVersion, check_version},
};
use crate::{
    message::{Joint, Message, Told, Value},
    messages::{backup, system},
    server::{
        cause, database_file,
        database_version::DatabaseVersion,
        db, epoch,
        in_use::{InUse, beside, keep_owner},
        schema,
        sql::sql,
    },
};
use sea_orm::{
    DatabaseConnection, DbErr, SqlxSqliteConnector,
    sqlx::{
        self, ConnectOptions, Connection, SqliteConnection,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use std::{
    fs::{self, OpenOptions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

/// The endings of files that may be beside a database and are part of it.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Writes a copy of `database` as it is at one moment to `file`.
pub async fn backup(url: &str, database: &Path, file: &Path) -> Result<u64, BackupError> {
    let _in_use = InUse::share_existing(url).await?;
    let db = db::open_existing(url).await?;
    let written = write(&db, database, file).await;
    db.close().await?;
    written
}

async fn write(db: &DatabaseConnection, database: &Path, file: &Path) -> Result<u64, BackupError> {
    let is_part = |end: &&str| beside(database, end) == file;
    if LOGS.iter().chain(&[".lock", ".restoring"]).any(is_part) {
        return Err(BackupError::Reserved(file.to_owned()));
    }
    let version = DatabaseVersion::read(db).await.map_err(|_| WrongVersion::NotOurs);
    let version = version.and_then(|version| check_version(&version));
    version.map_err(|cause| BackupError::WrongVersion {
        database: database.display().to_string(),
        cause,
    })?;
    let part = Part::beside(file)?;
    let name = part
        .0
        .to_str()
        .ok_or_else(|| BackupError::NameIsNoText(file.to_owned()))?;
    // It waits for nobody and blocks nobody: it reads one state of the database while others write the next.
    sql("VACUUM INTO $1").bind(name).run(db).await?;
    part.name(file)
}

/// Puts the backup in `file` in place of `database`; see above. Gives the place where the old one is from now on.
pub async fn restore(database: &Path, file: &Path) -> Result<Option<PathBuf>, BackupError> {
    let is_log = |end: &&str| fs::metadata(beside(file, end)).is_ok_and(|log| log.len() > 0);
    if let Some(end) = ["-wal", "-journal"].into_iter().find(is_log) {
        let log = beside(file, end);
        return Err(unusable(file, backup::has_log(Value::path(&log))));
    }
    if is_same(database, file) {
        return Err(unusable(file, backup::is_itself()));
    }
    let used = |by: Message| BackupError::Used {
        database: database.display().to_string(),
        by: vec![by],
    };
    let alone = InUse::alone(database).map_err(failed(Deed::Lock, database))?;
    let alone = alone.ok_or_else(|| used(backup::used_by_ours()))?;
    // If the name is a link, its target is replaced, not the link.
    let database = &fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    let new = beside(database, ".restoring");
    // Whatever fails, nothing is left under this name.
    let new = Restoring(new);
    copy(file, &new.0)?;
    prepare(&new.0).await.map_err(|cause| unusable(file, cause))?;
    sync(&new.0)?;
    if rest(database).await == Rest::Used {
        return Err(used(backup::used_by_another()));
    }
    let aside = set_aside(database)?;
    fs::rename(&new.0, database).map_err(failed(Deed::Replace, database))?;
    sync_folder_of(database)?;
    alone.release();
    Ok(aside)
}

/// A copy that is being prepared. It is removed unless it has replaced the database.
struct Restoring(PathBuf);

impl Drop for Restoring {
    fn drop(&mut self) {
        if let Err(error) = remove(&self.0) {
            tracing::warn!(%error, "what a restore began could not be removed");
        }
    }
}

/// Whether two names belong to the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Copies `file` to `new`, and removes the files that an earlier restore has left there, above all a log.
fn copy(file: &Path, new: &Path) -> Result<(), BackupError> {
    remove(new)?;
    let mut from = fs::File::open(file).map_err(failed(Deed::Read, file))?;
    let mut to = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(new)
        .map_err(failed(Deed::Write, new))?;
    io::copy(&mut from, &mut to).map_err(failed(Deed::Write, new))?;
    Ok(())
}

/// Removes a database that is not in its place, with its log.
fn remove(file: &Path) -> Result<(), BackupError> {
    LOGS.into_iter()
        .chain([""])
        .try_for_each(|end| discard(&beside(file, end)))
}

/// Removes one file, which may be gone already.
fn discard(file: &Path) -> Result<(), BackupError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(Deed::Remove, file)(error)),
        _ => Ok(()),
    }
}

/// Checks the copy of a backup, brings it up to date and gives it a new epoch. The error says what is wrong with it.
async fn prepare(new: &Path) -> Result<(), Message> {
    // It has no log of its own, which would have to be renamed together with the file.
    let options = SqliteConnectOptions::new()
        .filename(new)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // The user waits for one line; slow statements aren't part of it.
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
    let db = SqlxSqliteConnector::from_sqlx_sqlite_pool(
        pool.map_err(|error| backup::damaged(Value::text(error.to_string())))?,
    );
    let prepared = check_and_renew(&db).await;
    db.close().await.map_err(|error| failing(&error))?;
    prepared
}

/// The database failed.
fn failing(error: &DbErr) -> Message {
    system::failed(cause::of_database(error))
}

async fn check_and_renew(db: &DatabaseConnection) -> Result<(), Message> {
    let damaged = |error: DbErr| backup::damaged(cause::of_database(&error));
    // One fault is enough.
    let said: Option<String> = sql("PRAGMA integrity_check(1)").value(db).await.map_err(damaged)?;
    let said = said.unwrap_or_default();
    if said != "ok" {
        let lines: Vec<&str> = said.lines().map(str::trim).collect();
        return Err(backup::damaged(Value::text(lines.join("; "))));
    }
    let version = DatabaseVersion::read(db).await.map_err(|_| WrongVersion::NotOurs);
    let version = version.and_then(|version| check_version(&version));
    version.map_err(|cause| cause.message())?;
    let tables_at_fault: Vec<String> = sql("PRAGMA foreign_key_check").values(db).await.map_err(damaged)?;
    if !tables_at_fault.is_empty() {
        return Err(backup::loose_ends(tables_at_fault.len() as u64));
    }
    let missing = schema::missing(db).await.map_err(damaged)?;
    if !missing.is_empty() {
        return Err(backup::not_whole(Value::Joined(missing, Joint::Comma)));
    }
    db::migrate(db).await.map_err(|error| error.message())?;
    epoch::begin(db).await.map_err(|error| failing(&error))
}

/// The state of the database that is to be replaced.
#[derive(PartialEq, Eq)]
enum Rest {
    /// It is one file without a log that nobody has open, or it doesn't exist.
    Rests,
    /// Somebody has it open.
    Used,
    /// It is broken: its log stays.
    Broken,
}

/// Takes `database` out of its log.
async fn rest(database: &Path) -> Rest {
    if !database.exists() {
        return Rest::Rests;
    }
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(false)
        .busy_timeout(Duration::from_millis(200))
        .disable_statement_logging();
    let outcome = async {
        let mut connection = options.connect().await?;
        let outcome = rest_with(&mut connection).await;
        connection.close().await?;
        outcome
    };
    match outcome.await {
        Ok(true) => Rest::Rests,
        Ok(false) => Rest::Used,
        Err(sqlx::Error::Database(error)) if is_busy(&*error) => Rest::Used,
        Err(_) => Rest::Broken,
    }
}

/// Whether nobody else has the database open: only then may it be taken out of its log.
#[expect(
    clippy::disallowed_methods,
    reason = "both are said on the one connection that is closed afterwards"
)]
async fn rest_with(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode = DELETE")
        .fetch_one(&mut *connection)
        .await?;
    // Somebody who works without such a log is noticed only while they read or write.
    sqlx::raw_sql("BEGIN EXCLUSIVE; ROLLBACK").execute(connection).await?;
    Ok(mode == "delete")
}

/// SQLite's result codes for a database that somebody else works with, without their extensions.
fn is_busy(error: &dyn sqlx::error::DatabaseError) -> bool {
    let code = error.code().and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

/// Gives the old database a second name, and takes the log of a broken one away. Gives the place where it is from now
/// on, if there was one.
fn set_aside(database: &Path) -> Result<Option<PathBuf>, BackupError> {
    let parts: Vec<&str> = LOGS
        .into_iter()
        .chain([""])
        .filter(|end| beside(database, end).exists())
        .collect();
    let new = beside(database, ".restoring");
    if parts.is_empty() {
        keep_owner(&new, database);
        return Ok(None);
    }
    let first = beside(database, &aside());
    let mut kept = first.clone();
    let mut number = 2;
    while LOGS.into_iter().chain([""]).any(|end| beside(&kept, end).exists()) {
        kept = beside(&first, &format!("-{number}"));
        number += 1;
    }
    for end in &parts {
        let (from, to) = (beside(database, end), beside(&kept, end));
        if fs::hard_link(&from, &to).is_err() {
            // Not every file system gives a file two names.
            fs::copy(&from, &to).map_err(failed(Deed::SetAside, &from))?;
            sync(&to)?;
        }
    }
    sync_folder_of(database)?;
    for end in parts.into_iter().filter(|end| !end.is_empty()) {
        discard(&beside(database, end))?;
    }
    sync_folder_of(database)?;
    keep_owner(&new, &kept);
    database_file::narrow(&kept);
    Ok(Some(kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::ConnectionTrait;

    #[tokio::test]
    async fn a_database_that_somebody_has_open_is_seen_as_used() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("studio.db");
        assert!(rest(&file).await == Rest::Rests, "there is none");
        let url = format!("sqlite:{}", file.display());
        let db = db::open(&url).await.unwrap();
        db.execute_unprepared("CREATE TABLE t (x INTEGER)").await.unwrap();
        assert!(rest(&file).await == Rest::Used);
        db.close().await.unwrap();
        assert!(rest(&file).await == Rest::Rests);
        fs::write(&file, b"SQLite format 3\0 and then something else, for quite some time").unwrap();
        assert!(rest(&file).await == Rest::Broken);
    }
}
