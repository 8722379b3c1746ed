//! What an error of the database means to a person: what is the matter, whether trying again can help, and whether
//! anything was changed.

use super::{
    logged::{Logged, of_driver},
    violation::Violation,
};
use crate::{
    error::{AppError, ErrorKind},
    messages::error,
};
use sea_orm::{
    ConnAcquireErr, DbErr,
    sqlx::{
        self,
        postgres::{PgDatabaseError, PgSeverity},
        sqlite::SqliteError,
    },
};

/// Why a change is not known to be stored.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It was refused before it was committed: nothing was changed.
    #[error(transparent)]
    Refused(#[from] DbErr),
    /// The database failed while it was committed: it may have been stored all the same.
    #[error("while it was committed: {0}")]
    Unknown(DbErr),
}

impl WriteError {
    /// What the database said.
    pub fn cause(&self) -> &DbErr {
        match self {
            Self::Refused(error) | Self::Unknown(error) => error,
        }
    }
}

/// What is the matter with the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing answers, or it ends the connection: it is away, or is being started or stopped.
    Unreachable,
    /// Others use the thing that is asked for: a lock, or all connections there are.
    Busy,
    /// It has no room left.
    DiskFull,
    /// It can be read and not written.
    ReadOnly,
    /// Its disk fails to read or to write.
    DiskFailed,
    /// It has no memory left, or another bound of its configuration was reached.
    OutOfMemory,
    /// It ended the statement: somebody asked it to, or it took too long.
    Cancelled,
    /// Its files are damaged.
    Damaged,
    /// It holds a value that can't be right: one too large to be added up, or one of another type than its column's.
    /// Such rows are older than the limits of the books; nothing new gets in.
    BeyondLimits,
    /// None of these: a fault of ours.
    Fault,
}

impl Trouble {
    /// What is the matter, by the database's own code if it has one.
    pub fn of(error: &DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Busy,
            DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed) => Self::Unreachable,
            DbErr::Type(_) => Self::BeyondLimits,
            error => match of_driver(error) {
                Some(error) => Self::of_driver(error),
                None if matches!(error, DbErr::Conn(_)) => Self::Unreachable,
                None => Self::Fault,
            },
        }
    }

    /// What is the matter by an error of the driver.
    pub fn of_driver(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
                Some(error) => Self::of_postgres(error.code()),
                // SQLite gives this no code of its own.
                None if error.message() == "integer overflow" => Self::BeyondLimits,
                None => Self::of_sqlite(error.code().as_deref()),
            },
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unreachable
            }
            sqlx::Error::ColumnDecode { .. } => Self::BeyondLimits,
            _ => Self::Fault,
        }
    }

    /// By SQLite's result code, without its extension: <https://www.sqlite.org/rescode.html>.
    fn of_sqlite(code: Option<&str>) -> Self {
        match code.and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff) {
            Some(sqlite::BUSY | sqlite::LOCKED) => Self::Busy,
            Some(sqlite::OUT_OF_MEMORY) => Self::OutOfMemory,
            Some(sqlite::READ_ONLY) => Self::ReadOnly,
            Some(sqlite::INTERRUPTED) => Self::Cancelled,
            Some(sqlite::IO_ERROR) => Self::DiskFailed,
            Some(sqlite::CORRUPT | sqlite::NOT_A_DATABASE) => Self::Damaged,
            Some(sqlite::FULL) => Self::DiskFull,
            Some(sqlite::CANT_OPEN) => Self::Unreachable,
            _ => Self::Fault,
        }
    }

    /// By Postgres' code: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
    fn of_postgres(code: &str) -> Self {
        match code {
            "22003" => Self::BeyondLimits,
            "25006" => Self::ReadOnly,
            "53100" => Self::DiskFull,
            // Too many connections; a lock that can't be had; a deadlock, or a transaction that was overtaken by
            // others.
            "53300" | "55P03" | "40P01" | "40001" => Self::Busy,
            "57014" => Self::Cancelled,
            "58030" => Self::DiskFailed,
            "XX001" | "XX002" => Self::Damaged,
            code if code.starts_with("08") || code.starts_with("57P") => Self::Unreachable,
            code if code.starts_with("53") => Self::OutOfMemory,
            // Of the system: a file that can't be opened, or is gone.
            code if code.starts_with("58") => Self::DiskFailed,
            _ => Self::Fault,
        }
    }
}

/// SQLite's result codes.
mod sqlite {
    pub const BUSY: u32 = 5;
    pub const LOCKED: u32 = 6;
    pub const OUT_OF_MEMORY: u32 = 7;
    pub const READ_ONLY: u32 = 8;
    pub const INTERRUPTED: u32 = 9;
    pub const IO_ERROR: u32 = 10;
    pub const CORRUPT: u32 = 11;
    pub const FULL: u32 = 13;
    pub const CANT_OPEN: u32 = 14;
    pub const NOT_A_DATABASE: u32 = 26;
}

impl From<Trouble> for AppError {
    fn from(trouble: Trouble) -> Self {
        let unavailable = |message| Self::new(ErrorKind::Unavailable, message);
        match trouble {
            Trouble::Unreachable => Self::unavailable(),
            Trouble::Busy => Self::busy(),
            Trouble::DiskFull => unavailable(error::disk_full()),
            Trouble::ReadOnly => unavailable(error::read_only()),
            Trouble::DiskFailed => unavailable(error::disk_failed()),
            Trouble::OutOfMemory => unavailable(error::out_of_memory()),
            Trouble::Cancelled => unavailable(error::cancelled()),
            Trouble::Damaged => Self::new(ErrorKind::Internal, error::damaged()),
            Trouble::BeyondLimits => Self::beyond_limits(),
            Trouble::Fault => Self::internal(),
        }
    }
}

impl From<DbErr> for AppError {
    /// Logs the cause and tells the person what is the matter; a refusal by a constraint is no fault, and names the
    /// field. The error must not come from a commit: see [`WriteError`].
    fn from(error: DbErr) -> Self {
        if let Some(violation) = Violation::of(&error) {
            tracing::warn!(error = %Logged(&error), "the database refused a row");
            return violation.into();
        }
        tracing::error!(error = %Logged(&error), "the database failed");
        Trouble::of(&error).into()
    }
}

impl From<WriteError> for AppError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(error) => error.into(),
            WriteError::Unknown(error) => {
                tracing::error!(error = %Logged(&error), "the database failed while it committed");
                Self::unconfirmed()
            }
        }
    }
}

/// What an error of a COMMIT says about the change.
pub fn of_commit(error: DbErr) -> WriteError {
    match of_driver(&error) {
        Some(sqlx::Error::Database(cause)) if has_rolled_back(&**cause) => WriteError::Refused(error),
        _ => WriteError::Unknown(error),
    }
}

/// Whether the database itself says that a commit didn't come about: an error of Postgres that left the connection open;
/// any of SQLite's but a failure of the disk, after which the write may turn up when the file is opened again.
fn has_rolled_back(error: &(dyn sqlx::error::DatabaseError + 'static)) -> bool {
    match error.try_downcast_ref::<PgDatabaseError>() {
        Some(error) => error.severity() == PgSeverity::Error && error.code() != "40003",
        None => {
            error.try_downcast_ref::<SqliteError>().is_some()
                && Trouble::of_sqlite(error.code().as_deref()) != Trouble::DiskFailed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_has_its_own_words_for_the_same_trouble() {
        for (trouble, sqlite, postgres) in [
            (
                Trouble::Busy,
                vec![5, 6, 261, 517, 773],
                vec!["53300", "55P03", "40P01", "40001"],
            ),
            (Trouble::DiskFull, vec![13], vec!["53100"]),
            (Trouble::ReadOnly, vec![8, 1032, 1544], vec!["25006"]),
            (
                Trouble::DiskFailed,
                vec![10, 266, 778, 1034, 4618],
                vec!["58030", "58P01"],
            ),
            (Trouble::OutOfMemory, vec![7], vec!["53200", "53400"]),
            (Trouble::Cancelled, vec![9], vec!["57014"]),
            (Trouble::Damaged, vec![11, 267, 26], vec!["XX001", "XX002"]),
            (
                Trouble::Unreachable,
                vec![14],
                vec!["08006", "57P01", "57P02", "57P03", "57P04", "57P05"],
            ),
            (Trouble::Fault, vec![1, 19, 2067], vec!["42P01", "23505"]),
        ] {
            for code in sqlite {
                assert_eq!(Trouble::of_sqlite(Some(&code.to_string())), trouble, "{code}");
            }
            for code in postgres {
                assert_eq!(Trouble::of_postgres(code), trouble, "{code}");
            }
        }
    }
}
