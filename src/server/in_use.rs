//! Says to the other programs of this house that a SQLite file is used: a lock on a file beside it, `NAME.lock`.
//!
//! Whoever opens the database shares the lock for as long as it is open; a restore takes it alone. The system takes it
//! away from a program that ends, however it ends. A Postgres knows itself who is connected.

use super::config::StartError;
use parking_lot::Mutex;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use std::{
    ffi::OsString,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    str::FromStr,
    time::{Duration, Instant},
};

/// How long a restore is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A database is used, for as long as this is kept and not released.
#[derive(Debug)]
pub struct InUse(Mutex<Option<File>>);

impl InUse {
    /// The database at `url` is used from now on, together with others who use it.
    ///
    /// # Errors
    /// It is being restored, or the lock can't be had.
    pub async fn share(url: &str) -> Result<Self, StartError> {
        let failed = |cause: String| StartError::Database {
            url: super::db::without_password(url),
            cause,
        };
        let Some(file) = file_of(url) else {
            return Ok(Self(Mutex::new(None)));
        };
        if is_something_else(&file) {
            return Err(failed("the file is not a SQLite database".to_owned()));
        }
        let lock = lock_file(&file).map_err(|error| failed(error.to_string()))?;
        let begun = Instant::now();
        loop {
            match lock.try_lock_shared() {
                Ok(()) => return Ok(Self(Mutex::new(Some(lock)))),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => tokio::time::sleep(LOOK).await,
                Err(TryLockError::WouldBlock) => {
                    return Err(failed(
                        "a backup is being restored in its place. Try again when that is done".to_owned(),
                    ));
                }
                Err(TryLockError::Error(error)) => return Err(failed(error.to_string())),
            }
        }
    }

    /// The same for a database that must be there: where there is none nothing is made, and opening it says why.
    ///
    /// # Errors
    /// Those of [`InUse::share`].
    pub async fn share_existing(url: &str) -> Result<Self, StartError> {
        match file_of(url) {
            Some(file) if !file.exists() => Ok(Self(Mutex::new(None))),
            _ => Self::share(url).await,
        }
    }

    /// The database in `file` is used by nobody else of this house, nor will be; `None` where it is.
    ///
    /// # Errors
    /// The lock can't be had.
    pub fn alone(file: &Path) -> io::Result<Option<Self>> {
        let lock = lock_file(file)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self(Mutex::new(Some(lock))))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// It is closed: others may do with it what they want.
    pub fn release(&self) {
        // Closing the file gives the lock back.
        drop(self.0.lock().take());
    }
}

/// The file of the SQLite database at `url`; none where it is in memory, or another kind.
pub fn file_of(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
        return None;
    }
    let options = SqliteConnectOptions::from_str(url).ok()?;
    Some(options.get_filename().to_owned())
}

/// `file` with `end` at the end of its name.
pub fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file.as_os_str());
    name.push(end);
    name.into()
}

/// How every SQLite database begins.
pub const MAGIC: &[u8] = b"SQLite format 3\0";

/// Whether there is something in `file`, and no database.
fn is_something_else(file: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut beginning));
    read.is_ok() && !beginning.is_empty() && beginning != MAGIC
}

fn lock_file(database: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(beside(database, ".lock"))
}
