//! Opens the database, SQLite or Postgres: a plain connection for a command, or those of a server, in which a read
//! never waits for a write.

pub use super::database_url::without_password;

use super::{
    cause,
    config::StartError,
    database_error::{self, Trouble, WriteError},
    database_file, database_url, migrate,
    program::Program,
};
use crate::{message::Value, messages::start};
use sea_orm::{
    AccessMode, ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::{
        self, Connection, PgConnection, SqliteConnection,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::time::Duration;

/// How long a statement waits for its turn before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long one may take that only looks whether anybody answers.
const LOOK: Duration = Duration::from_secs(1);

/// How many connections read, and how many a command has: twice what one account may keep at work (`fairness.rs`).
const CONNECTIONS: u32 = 16;

/// How many connections of a server write to Postgres, where writes to different rows go on beside each other.
const POSTGRES_WRITERS: u32 = 8;

/// A server's connections to its database: those that read, and those that write.
///
/// SQLite has one writer at a time, and a write lasts as long as the disk takes to keep it. So one connection writes,
/// and writes wait for it in order; the others are opened for reading alone and see the last commit. On
/// Postgres, too, a read never waits for a connection that a write holds.
#[derive(Clone, Debug)]
pub struct Database {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Database {
    /// Opens the database at `url`; a SQLite file that doesn't exist is made, for its owner alone.
    ///
    /// # Errors
    /// The address is of an unknown kind, or nothing answers there.
    pub async fn open(url: &str) -> Result<Self, StartError> {
        // The writer first: it makes the file and its log, which a reader may not.
        let writer = connect(url, Purpose::Write).await?;
        let reader = match database_url::is_in_memory(url) {
            // Another connection would have a database of its own.
            true => writer.clone(),
            false => connect(url, Purpose::Read).await?,
        };
        Ok(Self { reader, writer })
    }

    /// The connections that only read. SQLite refuses a write through them.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connections that also write. Nothing that a page waits for goes this way.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which kind of database it is.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// A transaction that writes; [`commit`] ends it. On SQLite it has the writer's lock from its beginning, so that none
    /// of its statements finds it taken.
    ///
    /// # Errors
    /// The database failed, or others write for too long.
    pub async fn begin_writing(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Whether the database answers: one more connection is tried, beside those that there are. SQLite is in this process.
    pub async fn is_reachable(&self) -> bool {
        if self.backend() != DbBackend::Postgres {
            return true;
        }
        let options = self.writer.get_postgres_connection_pool().connect_options();
        let answer = tokio::time::timeout(LOOK, PgConnection::connect_with(&options)).await;
        match answer {
            Ok(Ok(connection)) => {
                // Whether it can be closed in order changes nothing.
                drop(connection.close().await);
                true
            }
            Ok(Err(error)) => Trouble::of_driver(&error) != Trouble::Unreachable,
            Err(_) => false,
        }
    }

    /// Both kinds, for an observer; clones that are made of them afterwards are observed as well.
    pub fn connections_mut(&mut self) -> [&mut DatabaseConnection; 2] {
        [&mut self.reader, &mut self.writer]
    }

    /// Closes all connections, the writer last: SQLite puts its log into the file with the last one.
    ///
    /// # Errors
    /// The database failed; nothing that was stored is lost.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await
    }
}

/// Commits what [`Database::begin_writing`] began.
///
/// # Errors
/// [`WriteError::Refused`] if nothing was changed, [`WriteError::Unknown`] if nobody knows.
pub async fn commit(transaction: DatabaseTransaction) -> Result<(), WriteError> {
    transaction.commit().await.map_err(database_error::of_commit)
}

/// A plain connection to the database at `url`, for a command; a SQLite file that doesn't exist is made, for its owner
/// alone.
///
/// # Errors
/// The address is of an unknown kind, or nothing answers there.
pub async fn open(url: &str) -> Result<DatabaseConnection, StartError> {
    connect(url, Purpose::Command { create: true }).await
}

/// A plain connection to the database at `url`, which must be there.
///
/// # Errors
/// Those of [`open`], and there is no such file.
pub async fn open_existing(url: &str) -> Result<DatabaseConnection, StartError> {
    connect(url, Purpose::Command { create: false }).await
}

/// Which kind of database is at `url`.
///
/// # Errors
/// It is of an unknown kind.
pub fn backend_of(url: &str) -> Result<DbBackend, StartError> {
    if url.starts_with("sqlite:") {
        Ok(DbBackend::Sqlite)
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(DbBackend::Postgres)
    } else {
        Err(StartError::Database {
            url: without_password(url),
            cause: start::url_kind().into(),
        })
    }
}

/// What connections are opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A server's reading.
    Read,
    /// A server's writing.
    Write,
    /// A command, which does both.
    Command { create: bool },
}

impl Purpose {
    fn connections(self, backend: DbBackend) -> u32 {
        match (self, backend) {
            (Self::Write, DbBackend::Sqlite) => 1,
            (Self::Write, _) => POSTGRES_WRITERS,
            (Self::Read | Self::Command { .. }, _) => CONNECTIONS,
        }
    }

    /// Whether a SQLite file that isn't there is made.
    fn creates(self) -> bool {
        matches!(self, Self::Write | Self::Command { create: true })
    }
}

async fn connect(url: &str, purpose: Purpose) -> Result<DatabaseConnection, StartError> {
    let failed = |cause: Value| StartError::Database {
        url: without_password(url),
        cause,
    };
    database_url::check(url).map_err(|wrong| failed(wrong.into()))?;
    let backend = backend_of(url)?;
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .max_connections(purpose.connections(backend));
    if backend == DbBackend::Sqlite {
        if purpose.creates() {
            let file: SqliteConnectOptions = url
                .parse()
                .map_err(|cause: sqlx::Error| failed(Value::text(cause.to_string())))?;
            database_file::create(url, &file).map_err(|cause| failed(cause::of_system(&cause)))?;
        }
        if database_url::is_in_memory(url) {
            options.max_connections(1).min_connections(1);
        }
        options
            .test_before_acquire(false)
            .map_sqlx_sqlite_opts(move |sqlite| of_sqlite(sqlite, purpose))
            .map_sqlx_sqlite_pool_opts(|pool| pool.after_release(|connection, _| Box::pin(is_usable(connection))));
    }
    let connection = sea_orm::Database::connect(options).await;
    connection.map_err(|cause| failed(cause::of_database(&cause)))
}

/// Whether a connection that was given back can be lent again. If the disk is full, or fails, SQLite rolls back by
/// itself; the driver doesn't notice, and would take each further transaction for part of one that is over.
async fn is_usable(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // After a rollback that is still to be done.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

fn of_sqlite(options: SqliteConnectOptions, purpose: Purpose) -> SqliteConnectOptions {
    let options = options
        .create_if_missing(purpose.creates())
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-65536");
    match purpose {
        // The file says itself that it has a log; setting that would be a write.
        Purpose::Read => options.pragma("query_only", "ON"),
        Purpose::Write | Purpose::Command { .. } => options.journal_mode(SqliteJournalMode::Wal),
    }
}

/// Brings the database up to date for this program; see [`migrate::migrate`].
///
/// # Errors
/// This program may not serve the database, or a migration failed; the database is as it was.
pub async fn migrate(db: &DatabaseConnection) -> Result<migrate::Outcome, StartError> {
    migrate::migrate(db, &Program::THIS).await
}

/// A reading transaction in which every query sees the same data, so that figures agree with each other.
///
/// # Errors
/// The database failed.
pub async fn reading(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    match db.get_database_backend() {
        DbBackend::Postgres => {
            db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly))
                .await
        }
        // A transaction of SQLite is a snapshot by itself.
        _ => db.begin().await,
    }
}
