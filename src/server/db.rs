//! Opens the database, SQLite or Postgres, and says what its errors mean to a person.

pub use super::database_url::without_password;

use super::{config::StartError, database_file, database_url, migrations::Migrator};
use crate::error::AppError;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, RuntimeErr, TransactionTrait,
    sqlx::{
        self,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// How long a statement waits for its turn before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections there are: twice what one account may keep at work (`fairness.rs`).
const CONNECTIONS: u32 = 16;

/// The number by which nodes that share a Postgres know that one of them is migrating it.
pub const MIGRATION_LOCK: i64 = 6020;

/// Opens the database at `url`; a SQLite file that doesn't exist is made, for its owner alone.
///
/// # Errors
/// The address is of no known kind, or nothing answers there.
pub async fn open(url: &str) -> Result<DatabaseConnection, StartError> {
    connect(url, true).await
}

/// Opens the database at `url`, which must be there.
///
/// # Errors
/// Those of [`open`], and there is no such file.
pub async fn open_existing(url: &str) -> Result<DatabaseConnection, StartError> {
    connect(url, false).await
}

/// Which kind of database is at `url`.
///
/// # Errors
/// None that is known.
pub fn backend_of(url: &str) -> Result<DbBackend, StartError> {
    if url.starts_with("sqlite:") {
        Ok(DbBackend::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(DbBackend::Postgres)
    } else {
        Err(StartError::Database {
            url: without_password(url),
            cause: "it must begin with sqlite: or postgres://".to_owned(),
        })
    }
}

async fn connect(url: &str, create: bool) -> Result<DatabaseConnection, StartError> {
    let failed = |cause: String| StartError::Database {
        url: without_password(url),
        cause,
    };
    database_url::check(url).map_err(failed)?;
    let is_sqlite = backend_of(url)? == DbBackend::Sqlite;
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .max_connections(CONNECTIONS);
    if is_sqlite {
        if create {
            let file: SqliteConnectOptions = url.parse().map_err(|cause: sqlx::Error| failed(cause.to_string()))?;
            database_file::create(url, &file).map_err(|cause| failed(cause.to_string()))?;
        }
        if url.contains(":memory:") {
            options.max_connections(1).min_connections(1);
        }
        options.test_before_acquire(false).map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(create)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .pragma("cache_size", "-65536")
        });
    }
    Database::connect(options).await.map_err(|cause| failed(plain(&cause)))
}

/// Brings the database's form up to date, all or nothing. Whoever is about to write does so first, so this is where a
/// SQLite file that others may read is closed to them.
///
/// # Errors
/// A step failed; the database is as it was.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), StartError> {
    if db.get_database_backend() == DbBackend::Sqlite {
        database_file::narrow(db.get_sqlite_connection_pool().connect_options().get_filename());
    }
    let up = async {
        let transaction = db.begin().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            // Of several nodes that start at once, one does the work and the others wait for it here.
            transaction
                .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                .await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await
    };
    up.await.map_err(StartError::Migration)
}

/// A reading transaction in which every query sees the same data, so that figures agree with each other.
///
/// # Errors
/// The database failed.
pub async fn snapshot(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    match db.get_database_backend() {
        DbBackend::Postgres => {
            db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly))
                .await
        }
        // A transaction of SQLite is a snapshot by itself.
        _ => db.begin().await,
    }
}

/// Counts the queries of this connection and of those cloned from it afterwards.
pub fn count_queries(db: &mut DatabaseConnection) -> Arc<AtomicU64> {
    let queries = Arc::new(AtomicU64::new(0));
    let counter = queries.clone();
    db.set_metric_callback(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    queries
}

/// The innermost cause, in one line.
fn plain(error: &DbErr) -> String {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => match &**cause {
            sqlx::Error::Database(cause) => cause.message().to_owned(),
            cause => cause.to_string(),
        },
        cause => cause.to_string(),
    }
}

/// Whether the same may go through later: the database is away, busy, full or can't be written at the moment.
fn is_passing(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
    };
    match &**cause {
        sqlx::Error::Database(cause) => cause.code().is_some_and(|code| match code.parse::<u32>() {
            // SQLite's result code without its extension: busy, locked, read-only, input or output failed, full.
            Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 8 | 10 | 13),
            // Postgres's classes: connection lost, read-only, out of resources, the administrator stepped in.
            _ => ["08", "25006", "53", "57"].iter().any(|class| code.starts_with(class)),
        }),
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// Whether a value that can't be right is the cause: one too large to be added up, or none of its column's type.
/// Such rows are older than the limits of the books; nothing new gets in.
fn is_beyond_limits(error: &DbErr) -> bool {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => match &**cause {
            // SQLite gives this no code of its own; Postgres's is numeric_value_out_of_range.
            sqlx::Error::Database(cause) => {
                cause.message() == "integer overflow" || cause.code().as_deref() == Some("22003")
            }
            sqlx::Error::ColumnDecode { .. } => true,
            _ => false,
        },
        DbErr::Type(_) => true,
        _ => false,
    }
}

impl From<DbErr> for AppError {
    /// Logs the cause and tells the person whether trying again can help.
    fn from(error: DbErr) -> Self {
        tracing::error!(%error, "the database failed");
        if is_passing(&error) {
            Self::unavailable()
        } else if is_beyond_limits(&error) {
            Self::beyond_limits()
        } else {
            Self::internal()
        }
    }
}
