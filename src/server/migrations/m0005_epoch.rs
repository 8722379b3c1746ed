//! The fifth step: the database has an epoch, a random name that a restore renews (`server/epoch.rs`).

use crate::server::epoch::new_epoch;
use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{DbBackend, Statement},
};

/// Adds it.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("database_epoch")
            .col(big_integer("id").primary_key().check(Expr::col("id").eq(1)))
            .col(text("epoch"))
            .take();
        manager.create_table(table).await?;
        let (connection, backend) = (manager.get_connection(), manager.get_database_backend());
        let insert = "INSERT INTO database_epoch (id, epoch) VALUES (1, $1)";
        connection
            .execute_raw(Statement::from_sql_and_values(backend, insert, [new_epoch().into()]))
            .await?;
        if backend == DbBackend::Postgres {
            // What it notifies is that everyone is concerned.
            connection
                .execute_unprepared(
                    "CREATE TRIGGER epoch_is_new AFTER UPDATE ON database_epoch
                     FOR EACH STATEMENT EXECUTE FUNCTION tell_data()",
                )
                .await?;
        }
        Ok(())
    }
}
