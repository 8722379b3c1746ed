//! Backups: a consistent copy of the database while it is used, and putting such a copy back into its place.
//!
//! A database that somebody uses is never replaced, only a whole database of this program is restored, and the database
//! that was there before is set aside. A restored database is a new epoch (`server/epoch.rs`), so that everything that
//! remembers a later state follows it.

mod error;
mod files;
mod postgres;
mod sqlite;
mod version;

pub use error::BackupError;

use super::{db, in_use};
use crate::messages::backup;
use error::{Deed, failed, unusable};
use sea_orm::DbBackend;
use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

/// The first bytes of a file that `pg_dump` has written.
const MAGIC_OF_DUMP: &[u8] = b"PGDMP";

/// What a restore did.
pub struct Restored {
    /// Where the previous database is now, if there was one.
    pub aside: Option<PathBuf>,
}

/// Writes a consistent copy of the database at `url` to `file`, which must not be there yet, and gives its size in
/// bytes.
///
/// # Errors
/// See [`BackupError`]; there is no such file then.
pub async fn backup(url: &str, file: &Path) -> Result<u64, BackupError> {
    if fs::symlink_metadata(file).is_ok() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    match db::backend_of(url)? {
        DbBackend::Postgres => postgres::backup(url, file).await,
        _ => sqlite::backup(url, &database_file(url)?, file).await,
    }
}

/// Puts the backup in `file` in place of the database at `url`, and sets that aside.
///
/// # Errors
/// See [`BackupError`]; the database is as it was.
pub async fn restore(url: &str, file: &Path) -> Result<Restored, BackupError> {
    let backend = db::backend_of(url)?;
    check_kind(file, backend)?;
    let aside = match backend {
        DbBackend::Postgres => postgres::restore(url, file).await?,
        _ => sqlite::restore(&database_file(url)?, file).await?,
    };
    Ok(Restored { aside })
}

fn database_file(url: &str) -> Result<PathBuf, BackupError> {
    in_use::file_of(url).ok_or_else(|| BackupError::InMemory(url.to_owned()))
}

/// Checks by its first bytes that `file` is a backup of a database of this kind.
fn check_kind(file: &Path, backend: DbBackend) -> Result<(), BackupError> {
    let mut beginning = Vec::new();
    File::open(file)
        .and_then(|file| file.take(in_use::MAGIC.len() as u64).read_to_end(&mut beginning))
        .map_err(failed(Deed::Read, file))?;
    let (is_sqlite, is_dump) = (beginning == in_use::MAGIC, beginning.starts_with(MAGIC_OF_DUMP));
    let cause = match (backend, is_sqlite, is_dump) {
        (DbBackend::Postgres, _, true) | (DbBackend::Sqlite, true, _) => return Ok(()),
        (DbBackend::Postgres, true, _) => backup::is_sqlite(),
        (DbBackend::Postgres, ..) => backup::no_dump(),
        (_, _, true) => backup::is_postgres(),
        _ => backup::no_sqlite(),
    };
    Err(unusable(file, cause))
}
