//! The fifth step: the database has an epoch, a random name that a restore renews (`server/epoch.rs`).

use crate::server::epoch::name::new_epoch;
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
            // An older version takes this notification as something that concerns everyone. The function may be left
            // over from a later state of the database, which was replaced by an older one.
            for statement in [
                "CREATE OR REPLACE FUNCTION tell_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN
                     PERFORM pg_notify('control_maniac', 'epoch ' || NEW.epoch);
                     RETURN NULL;
                 END $$",
                "CREATE TRIGGER epoch_is_new AFTER UPDATE ON database_epoch
                 FOR EACH ROW EXECUTE FUNCTION tell_epoch()",
            ] {
                connection.execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }
}
