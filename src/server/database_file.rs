//! The file of a SQLite database: nobody but its owner reads it.

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use std::{
    fs::{OpenOptions, Permissions, set_permissions},
    io::{ErrorKind, Result},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// What its owner may do with it, and nobody else.
const OWNERS_OWN: u32 = 0o600;

/// Makes an empty file for the database at `url`, if it is to be one and isn't there. SQLite gives the files that it
/// puts beside it the same mode.
///
/// # Errors
/// It can't be made.
pub fn create(url: &str, options: &SqliteConnectOptions) -> Result<()> {
    let in_no_file = url.contains(":memory:") || url.contains("mode=memory");
    if in_no_file || url.contains("mode=ro") || options.get_filename().as_os_str().is_empty() {
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

/// Takes from everybody but the owner what they may do with the database's files. What can't be helped is logged.
pub fn narrow(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        let file = PathBuf::from(name);
        // There need not be one: not before the first write, and not for a database in memory.
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
