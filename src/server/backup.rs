//! Backups: a consistent copy of the database while it is used, and the way of such a copy back into its place.
//!
//! Nothing is put in the place of a database that somebody uses, nothing that isn't a whole database of this program, and
//! what was there before is set aside. What was restored is a new epoch (`server/epoch.rs`), so that everything that
//! remembers a later state follows it.

mod postgres;
mod sqlite;

use super::{config::StartError, db, in_use, migrations::Migrator};
use sea_orm::{DbBackend, DbErr};
use sea_orm_migration::MigratorTrait;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// How a file begins that `pg_dump` has written.
const MAGIC_OF_DUMP: &[u8] = b"PGDMP";

/// Why there is no backup, or why none was restored: one line. The database is as it was then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has this name already.
    #[error("{0} is there already, and is left as it is. Choose another name.")]
    Exists(PathBuf),
    /// SQLite or this program would take a file of this name for a part of the database.
    #[error("{0} is a name that belongs to the database itself. Choose another name.")]
    Reserved(PathBuf),
    /// There is no file whose copy could be made.
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
    /// What was to be restored is no backup of this database's kind, or not a whole one.
    #[error("{file} can't be restored, and nothing was changed: {cause}")]
    Unusable {
        /// What was to be restored.
        file: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The database is none of this program.
    #[error("can't back up {0}: it is no database of this program.")]
    Foreign(String),
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

/// What a restore did.
pub struct Restored {
    /// Where the database is that was there before, if there was one.
    pub aside: Option<PathBuf>,
}

/// Writes a consistent copy of the database at `url` to `file`, which must not be there yet; how large it is, in bytes.
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

/// Puts the backup in `file` in the place of the database at `url`, and sets that aside.
///
/// # Errors
/// See [`BackupError`]; the database is as it was.
pub async fn restore(url: &str, file: &Path) -> Result<Restored, BackupError> {
    let backend = db::backend_of(url)?;
    check_kind(file, backend)?;
    match backend {
        DbBackend::Postgres => postgres::restore(url, file).await,
        _ => sqlite::restore(&database_file(url)?, file).await,
    }
}

fn database_file(url: &str) -> Result<PathBuf, BackupError> {
    in_use::file_of(url).ok_or_else(|| BackupError::InMemory(url.to_owned()))
}

/// Whether `file` is a backup of a database of this kind, by how it begins.
fn check_kind(file: &Path, backend: DbBackend) -> Result<(), BackupError> {
    let mut beginning = Vec::new();
    File::open(file)
        .and_then(|file| file.take(in_use::MAGIC.len() as u64).read_to_end(&mut beginning))
        .map_err(failed("read", file))?;
    let (is_sqlite, is_dump) = (beginning == in_use::MAGIC, beginning.starts_with(MAGIC_OF_DUMP));
    let cause = match (backend, is_sqlite, is_dump) {
        (DbBackend::Postgres, _, true) | (DbBackend::Sqlite, true, _) => return Ok(()),
        (DbBackend::Postgres, true, _) => "it is a SQLite database, and --database-url names a Postgres",
        (DbBackend::Postgres, ..) => "it was not written by pg_dump -Fc, as `control-maniac backup` does",
        (_, _, true) => "it is a copy of a Postgres database, and --database-url names a SQLite file",
        _ => "it is not a SQLite database",
    };
    Err(unusable(file, cause))
}

/// Whether a database that went through `steps` is one that this program can bring up to date.
fn check_steps(steps: &[String]) -> Result<(), String> {
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    if known.first().is_none_or(|first| !steps.contains(first)) {
        return Err("it is no database of this program".to_owned());
    }
    match steps.iter().find(|step| !known.contains(step)) {
        Some(step) => Err(format!(
            "it is of another version of this program, which knows the step {step}: restore it with that one"
        )),
        None => Ok(()),
    }
}

fn unusable(file: &Path, cause: impl ToString) -> BackupError {
    BackupError::Unusable {
        file: file.to_owned(),
        cause: cause.to_string(),
    }
}

fn failed(what: &'static str, path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |cause| BackupError::File {
        what,
        path: path.clone(),
        cause,
    }
}

/// A file under a passing name, which only its owner may read; gone again unless it is given its own name.
struct Part(PathBuf);

impl Part {
    /// An empty one beside `file`.
    fn beside(file: &Path) -> Result<Self, BackupError> {
        let path = in_use::beside(file, &format!(".{}.part", &super::epoch::name::new_epoch()[..12]));
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(failed("write", &path))?;
        Ok(Self(path))
    }

    /// Gives it its own name, which nothing may have; it is on the disk then. How large it is, in bytes.
    fn name(self, file: &Path) -> Result<u64, BackupError> {
        sync(&self.0)?;
        let size = fs::metadata(&self.0).map_err(failed("read", &self.0))?.len();
        // Unlike a renaming this never replaces anything; not every file system can do it.
        match fs::hard_link(&self.0, file) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(file.to_owned()));
            }
            Err(_) => fs::rename(&self.0, file).map_err(failed("write", file))?,
        }
        sync_folder_of(file)?;
        Ok(size)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It may have been given its name.
        drop(fs::remove_file(&self.0));
    }
}

/// Waits until what was written to `file` is on the disk.
fn sync(file: &Path) -> Result<(), BackupError> {
    File::open(file)
        .and_then(|file| file.sync_all())
        .map_err(failed("write", file))
}

/// Waits until the names in the folder of `file` are on the disk.
fn sync_folder_of(file: &Path) -> Result<(), BackupError> {
    sync(folder_of(file))
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// What is put behind the name of a database that is set aside now: the time of this machine, as its folders show it.
#[allow(
    clippy::disallowed_methods,
    reason = "a file's name is for whoever looks into the folder, and the studio's zone is in the database that may be broken"
)]
fn aside() -> String {
    format!(".before-restore-{}", chrono::Local::now().format("%Y%m%d-%H%M%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_steps_of_this_program_are_restored() {
        let steps = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(check_steps(&steps(&["m0001_studio"])), Ok(()), "an older form");
        assert!(check_steps(&steps(&[])).is_err());
        assert!(check_steps(&steps(&["m20220101_create_users"])).is_err());
        let newer = check_steps(&steps(&["m0001_studio", "m9999_later"]));
        assert!(newer.is_err_and(|cause| cause.contains("m9999_later")));
    }
}
