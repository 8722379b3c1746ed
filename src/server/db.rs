//! Opens the database, SQLite or Postgres, and says what its errors mean to a person.

use super::{config::StartError, migrations::Migrator};
use crate::error::AppError;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, RuntimeErr, TransactionTrait,
    sqlx::{self, sqlite::SqliteJournalMode, sqlite::SqliteSynchronous},
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

/// The number by which nodes that share a Postgres know that one of them is migrating it.
pub const MIGRATION_LOCK: i64 = 6020;

/// Opens the database at `url`; a SQLite file that doesn't exist is made.
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
    let is_sqlite = backend_of(url)? == DbBackend::Sqlite;
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .max_connections(8);
    if is_sqlite {
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

/// Brings the database's form up to date, all or nothing.
///
/// # Errors
/// A step failed; the database is as it was.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), StartError> {
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

/// An address that can be shown and logged.
pub fn without_password(url: &str) -> String {
    match url
        .split_once("://")
        .and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?)))
    {
        Some((scheme, (account, place))) => {
            format!("{scheme}://{}@{place}", account.split(':').next().unwrap_or_default())
        }
        None => url.to_owned(),
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

impl From<DbErr> for AppError {
    /// Logs the cause and tells the person whether trying again can help.
    fn from(error: DbErr) -> Self {
        tracing::error!(%error, "the database failed");
        if is_passing(&error) {
            Self::unavailable()
        } else {
            Self::internal()
        }
    }
}
