//! Brings a database up to date for a program, if that may serve it.

use super::{
    config::StartError,
    database_error::Trouble,
    database_file,
    database_version::{DatabaseVersion, Fit},
    program::Program,
    sql::sql,
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTraitSelf;

/// The number by which nodes that share a Postgres know that one of them is migrating or restoring it.
pub const LOCK: i64 = 6020;

/// How often it is tried: on Postgres a migration and a server that reads meanwhile may each hold a lock that the other
/// needs; then the database ends one of the two.
const TRIES: u32 = 5;

/// What had to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Migrations were missing, and are there now.
    Migrated,
    /// Nothing: the database was up to date.
    WasCurrent,
    /// Nothing: a newer program has brought the database further, and this one may serve it.
    IsNewer,
}

/// Brings the database's form up to date for `program`, all or nothing. Everyone who is about to write does this first,
/// so this is where a SQLite file that others may read is closed to them.
///
/// # Errors
/// The program may not serve the database, or a migration failed; the database is as it was.
pub async fn migrate(db: &DatabaseConnection, program: &Program) -> Result<Outcome, StartError> {
    let mut tries = 1;
    loop {
        match migrate_once(db, program).await {
            Err(StartError::Migration(error) | StartError::Read(error))
                if tries < TRIES && Trouble::of(&error) == Trouble::Busy =>
            {
                tries += 1;
            }
            outcome => return outcome,
        }
    }
}

/// Does `work` of a start, and does it again if the database has ended it for the sake of another program's migration.
///
/// # Errors
/// Those of `work`.
pub async fn beside_a_migration<T>(work: impl AsyncFn() -> Result<T, DbErr>) -> Result<T, DbErr> {
    let mut tries = 1;
    loop {
        match work().await {
            Err(error) if tries < TRIES && Trouble::of(&error) == Trouble::Busy => tries += 1,
            outcome => return outcome,
        }
    }
}

async fn migrate_once(db: &DatabaseConnection, program: &Program) -> Result<Outcome, StartError> {
    if db.get_database_backend() == DbBackend::Sqlite {
        database_file::narrow(db.get_sqlite_connection_pool().connect_options().get_filename());
        // Checked first: if there is nothing to do, nobody has to wait for a turn.
        if let Some(outcome) = nothing_to_do(db, program).await? {
            return Ok(outcome);
        }
    }
    let transaction = begin(db).await.map_err(StartError::Migration)?;
    if let Some(outcome) = nothing_to_do(&transaction, program).await? {
        return Ok(outcome);
    }
    let up = async {
        program.up(&transaction, None).await?;
        transaction.commit().await
    };
    up.await.map_err(StartError::Migration)?;
    Ok(Outcome::Migrated)
}

/// A transaction in which nobody else migrates. Of several programs that start at once, of any version, one does
/// its work and the others wait for it here.
async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        let transaction = db.begin().await?;
        sql("SELECT pg_advisory_xact_lock($1)")
            .bind(LOCK)
            .run(&transaction)
            .await?;
        return Ok(transaction);
    }
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    })
    .await
}

async fn nothing_to_do(db: &impl ConnectionTrait, program: &Program) -> Result<Option<Outcome>, StartError> {
    let version = DatabaseVersion::read(db).await.map_err(StartError::Read)?;
    Ok(match version.fit(program)? {
        Fit::Behind => None,
        Fit::Same => Some(Outcome::WasCurrent),
        Fit::Ahead => Some(Outcome::IsNewer),
    })
}
