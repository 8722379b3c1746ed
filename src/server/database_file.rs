//! The file of a SQLite database: only its owner can read it.

use super::database_url;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use std::{
    fs::{OpenOptions, Permissions, set_permissions},
    io::{ErrorKind, Result},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Its mode: its owner may read and write it, nobody else may do anything.
const OWNERS_OWN: u32 = 0o600;

/// Makes an empty file for the database at `url`, unless it is there or isn't a file. SQLite gives the files beside it
/// the same mode.
///
/// # Errors
/// The file can't be made.
pub fn create(url: &str, options: &SqliteConnectOptions) -> Result<()> {
    if database_url::is_in_memory(url) || url.contains("mode=ro") || options.get_filename().as_os_str().is_empty() {
        return Ok(());
    }
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(OWNERS_OWN)
        .open(options.get_filename());
    match made {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Removes everybody's access to the database's files except the owner's. Failures are logged.
pub fn narrow(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let file = PathBuf::from(name);
        // It may not exist: before the first write, or if the database is in memory.
        let Ok(known) = file.metadata() else {
            continue;
        };
        let mode = known.permissions().mode() & 0o777;
        if mode & !OWNERS_OWN != 0
            && let Err(error) = set_permissions(&file, Permissions::from_mode(mode & OWNERS_OWN))
        {
            tracing::warn!(file = %file.display(), %error, "others than its owner may read the database's file, and that can't be changed");
        }
    }
}
