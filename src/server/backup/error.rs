//! Why there is no backup, or why none was restored.

use super::version::WrongVersion;
use crate::server::config::StartError;
use sea_orm::DbErr;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Why there is no backup, or why none was restored: one line. The database is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has this name already.
    #[error("{0} is there already, and is left as it is. Choose another name.")]
    Exists(PathBuf),
    /// SQLite or this program would take a file of this name for a part of the database.
    #[error("{0} is a name that belongs to the database itself. Choose another name.")]
    Reserved(PathBuf),
    /// There is no file to copy.
    #[error("{0} is in the memory of one program, so there is no file to copy or to replace.")]
    InMemory(String),
    /// A file can't be read, written or renamed.
    #[error("can't {what} {path}: {cause}")]
    File {
        /// What was to be done.
        what: &'static str,
        /// To what.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The file to be restored isn't a backup of this kind of database, or isn't a whole one.
    #[error("{file} can't be restored, and nothing was changed: {cause}")]
    Unusable {
        /// The file to be restored.
        file: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The database isn't this program's, or isn't one that it may use.
    #[error("can't back up {database}: {cause}.")]
    WrongVersion {
        /// Which.
        database: String,
        /// Why.
        cause: WrongVersion,
    },
    /// Somebody uses the database.
    #[error("{database} is used by {by}. Stop what uses it, then restore; nothing was changed.")]
    Used {
        /// Which.
        database: String,
        /// By whom.
        by: String,
    },
    /// A program of Postgres isn't there.
    #[error(
        "the program {0} was not found. It comes with Postgres (on Debian: postgresql-client); add its folder to PATH."
    )]
    NoProgram(&'static str),
    /// A program of Postgres failed.
    #[error("{program} failed: {said}")]
    Program {
        /// Which.
        program: &'static str,
        /// What it said.
        said: String,
    },
    /// The database can't be opened or brought up to date.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// `file` can't be restored, because of `cause`.
pub fn unusable(file: &Path, cause: impl ToString) -> BackupError {
    BackupError::Unusable {
        file: file.to_owned(),
        cause: cause.to_string(),
    }
}

/// What an error of the operating system means, when `path` was to be read, written or renamed.
pub fn failed(what: &'static str, path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |cause| BackupError::File {
        what,
        path: path.clone(),
        cause,
    }
}
