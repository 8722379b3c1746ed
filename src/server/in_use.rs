//! Says to the other programs of this house that a SQLite file is used: a lock on a file beside it, `NAME.lock`.
//!
//! Whoever opens the database shares the lock for as long as it is open; a restore takes it alone. The system takes it
//! away from a program that ends, however it ends. A Postgres knows itself who is connected.

use super::config::StartError;
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
            url: super::database_url::without_password(url),
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

/// The lock's file. It belongs to whom the database belongs, whoever was the first to need it: a command that the
/// administrator runs must not lock the server out.
fn lock_file(database: &Path) -> io::Result<File> {
    let name = beside(database, ".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&name)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", name.display())))?;
    keep_owner(&name, database);
    Ok(file)
}

/// Gives `file` to the owner of `like`, or of its folder where there is no such file. Only the administrator can give
/// away what is theirs; for everybody else nothing has to change.
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
        // Only the administrator's test gives it away; everybody else's keeps what is their own.
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
