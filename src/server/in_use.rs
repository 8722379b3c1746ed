//! Tells other processes of this program that a SQLite file is in use: a lock on a file beside it, `NAME.lock`.
//!
//! A process that opens the database holds a shared lock while it is open; a restore takes an exclusive one. The system
//! releases the lock of a process that ends, however it ends. Postgres knows by itself who is connected.

use super::{cause, config::StartError};
use crate::{
    message::Value,
    messages::{start, system},
};
use parking_lot::Mutex;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read},
    os::unix::fs::{MetadataExt, OpenOptionsExt, chown},
    path::{Path, PathBuf},
    str::FromStr,
    time::{Duration, Instant},
};

/// How long to wait for a restore to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// The end of the lock's name.
const LOCK: &str = ".lock";

/// The pause between two tries.
const LOOK: Duration = Duration::from_millis(50);

/// A claim that a database is in use, until it is released or dropped.
#[derive(Debug)]
pub struct InUse(Mutex<Option<File>>);

impl InUse {
    /// Claims that the database at `url` is in use, together with others that use it.
    ///
    /// # Errors
    /// The database is being restored, or the lock can't be taken.
    #[expect(
        clippy::disallowed_methods,
        reason = "nothing tells when another process releases a lock"
    )]
    pub async fn share(url: &str) -> Result<Self, StartError> {
        let failed = |cause: Value| StartError::Database {
            url: super::database_url::without_password(url),
            cause,
        };
        let Some(file) = file_of(url) else {
            return Ok(Self(Mutex::new(None)));
        };
        if is_something_else(&file) {
            return Err(failed(start::no_sqlite().into()));
        }
        let lock = lock_file(&file).map_err(|error| {
            let name = beside(&file, LOCK);
            failed(system::of_path(cause::of_system(&error), Value::path(&name)).into())
        })?;
        let begun = Instant::now();
        loop {
            match lock.try_lock_shared() {
                Ok(()) => return Ok(Self(Mutex::new(Some(lock)))),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => tokio::time::sleep(LOOK).await,
                Err(TryLockError::WouldBlock) => {
                    return Err(failed(start::being_restored().into()));
                }
                Err(TryLockError::Error(error)) => return Err(failed(cause::of_system(&error))),
            }
        }
    }

    /// The same for a database that must exist. If it doesn't, no lock file is made, and opening the database reports
    /// the error.
    ///
    /// # Errors
    /// Those of [`InUse::share`].
    pub async fn share_existing(url: &str) -> Result<Self, StartError> {
        match file_of(url) {
            Some(file) if !file.exists() => Ok(Self(Mutex::new(None))),
            _ => Self::share(url).await,
        }
    }

    /// Claims the database in `file` exclusively; `None` if another process of this program uses it.
    ///
    /// # Errors
    /// The lock can't be taken.
    pub fn alone(file: &Path) -> io::Result<Option<Self>> {
        let lock = lock_file(file)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self(Mutex::new(Some(lock))))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Releases the claim.
    pub fn release(&self) {
        // Closing the file gives the lock back.
        drop(self.0.lock().take());
    }
}

/// The file of the SQLite database at `url`; `None` if it is in memory, or of another kind.
pub fn file_of(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || super::database_url::is_in_memory(url) {
        return None;
    }
    let options = SqliteConnectOptions::from_str(url).ok()?;
    Some(options.get_filename().to_owned())
}

/// `file` with `end` appended to its name.
pub fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file.as_os_str());
    name.push(end);
    name.into()
}

/// The first bytes of every SQLite database.
pub const MAGIC: &[u8] = b"SQLite format 3\0";

/// Whether `file` has content that is not a database.
fn is_something_else(file: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut beginning));
    read.is_ok() && !beginning.is_empty() && beginning != MAGIC
}

/// Opens the lock file. It gets the owner of the database, no matter who makes it: a command that is run by root must
/// not lock the server out.
fn lock_file(database: &Path) -> io::Result<File> {
    let name = beside(database, LOCK);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&name)?;
    keep_owner(&name, database);
    Ok(file)
}

/// Gives `file` to the owner of `like`, or of its folder if there is no such file. Only root can do so; for everybody
/// else nothing needs to change.
pub fn keep_owner(file: &Path, like: &Path) {
    let folder = like.parent().filter(|folder| !folder.as_os_str().is_empty());
    let owner = fs::metadata(like).or_else(|_| fs::metadata(folder.unwrap_or(Path::new("."))));
    let (Ok(owner), Ok(now)) = (owner, fs::metadata(file)) else {
        return;
    };
    if (owner.uid(), owner.gid()) != (now.uid(), now.gid())
        && let Err(error) = chown(file, Some(owner.uid()), Some(owner.gid()))
    {
        tracing::debug!(file = %file.display(), %error, "a file belongs to another than the database");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_belongs_to_whom_the_database_belongs() {
        let folder = tempfile::tempdir().unwrap();
        // Only a test that is run by root can change the owner.
        drop(chown(folder.path(), Some(65_534), Some(65_534)));
        let database = folder.path().join("studio.db");
        let owner = |file: &Path| {
            let known = fs::metadata(file).unwrap();
            (known.uid(), known.gid())
        };
        drop(InUse::alone(&database).unwrap());
        assert_eq!(
            owner(&beside(&database, ".lock")),
            owner(folder.path()),
            "there is no database yet"
        );
        File::create(&database).unwrap();
        drop(InUse::alone(&database).unwrap());
        assert_eq!(owner(&beside(&database, ".lock")), owner(&database));
    }
}
