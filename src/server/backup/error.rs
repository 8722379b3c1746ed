//! Why there is no backup, or why none was restored.

use super::version::WrongVersion;
use crate::{
    locale::logged_in_english,
    message::{Joint, Message, Told, Value},
    messages::{backup, system},
    server::{cause, config::StartError},
};
use sea_orm::DbErr;
use std::{
    io,
    path::{Path, PathBuf},
};

/// What was to be done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// To read it.
    Read,
    /// To write it.
    Write,
    /// To keep others from it.
    Lock,
    /// To put another one in its place.
    Replace,
    /// To remove it.
    Remove,
    /// To give it another name.
    SetAside,
}

/// Why there is no backup, or why none was restored: one line. The database is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has this name already.
    Exists(PathBuf),
    /// SQLite or this program would take a file of this name for a part of the database.
    Reserved(PathBuf),
    /// There is no file to copy.
    InMemory(String),
    /// A file can't be read, written or renamed.
    File {
        /// What was to be done.
        deed: Deed,
        /// To what.
        path: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The name of a file isn't text.
    NameIsNoText(PathBuf),
    /// The file to be restored isn't a backup of this kind of database, or isn't a whole one.
    Unusable {
        /// The file to be restored.
        file: PathBuf,
        /// What is wrong with it.
        cause: Message,
    },
    /// The database isn't this program's, or isn't one that it may use.
    WrongVersion {
        /// Which.
        database: String,
        /// Why.
        cause: WrongVersion,
    },
    /// Somebody uses the database.
    Used {
        /// Which.
        database: String,
        /// By whom.
        by: Vec<Message>,
    },
    /// A program of Postgres isn't there.
    NoProgram(&'static str),
    /// A program of Postgres failed.
    Program {
        /// Which.
        program: &'static str,
        /// What it said.
        said: Value,
    },
    /// The database can't be opened or brought up to date.
    Start(#[from] StartError),
    /// The database failed.
    Database(#[from] DbErr),
}

impl Told for BackupError {
    fn message(&self) -> Message {
        match self {
            Self::Exists(file) => backup::exists(Value::path(file)),
            Self::Reserved(file) => backup::reserved(Value::path(file)),
            Self::InMemory(url) => backup::in_memory(Value::text(url)),
            Self::File { deed, path, cause } => deed.failed(cause::of_system(cause), Value::path(path)),
            Self::NameIsNoText(path) => backup::cant_write(backup::name_no_text(), Value::path(path)),
            Self::Unusable { file, cause } => backup::unusable(cause.clone(), Value::path(file)),
            Self::WrongVersion { database, cause } => backup::wrong_version(cause.message(), Value::text(database)),
            Self::Used { database, by } => {
                let by = by.iter().cloned().map(Value::from).collect();
                backup::used(Value::text(database), Value::Joined(by, Joint::Comma))
            }
            Self::NoProgram(program) => backup::no_program(Value::text(*program)),
            Self::Program { program, said } => backup::program_failed(Value::text(*program), said.clone()),
            Self::Start(error) => error.message(),
            Self::Database(error) => system::failed(cause::of_database(error)),
        }
    }
}

logged_in_english!(BackupError);

impl Deed {
    /// It could not be done to `file`.
    fn failed(self, cause: Value, file: Value) -> Message {
        match self {
            Self::Read => backup::cant_read(cause, file),
            Self::Write => backup::cant_write(cause, file),
            Self::Lock => backup::cant_lock(cause, file),
            Self::Replace => backup::cant_replace(cause, file),
            Self::Remove => backup::cant_remove(cause, file),
            Self::SetAside => backup::cant_set_aside(cause, file),
        }
    }
}

/// `file` can't be restored, because of `cause`.
pub fn unusable(file: &Path, cause: Message) -> BackupError {
    BackupError::Unusable {
        file: file.to_owned(),
        cause,
    }
}

/// What an error of the operating system means, when `deed` was to be done to `path`.
pub fn failed(deed: Deed, path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |cause| BackupError::File {
        deed,
        path: path.clone(),
        cause,
    }
}
