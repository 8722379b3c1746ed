//! The ninth step: the database says which is the oldest program that may serve it (`server/database_version.rs`).
//!
//! Programs before the ninth refuse every migration that they don't know, so that is where the numbers begin.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

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
            .table("compatibility")
            .col(big_integer("id").primary_key().check(Expr::col("id").eq(1)))
            .col(big_integer("oldest_program"))
            .take();
        manager.create_table(table).await?;
        let connection = manager.get_connection();
        connection
            .execute_unprepared("INSERT INTO compatibility (id, oldest_program) VALUES (1, 9)")
            .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Servers look at the number again at once. The function may be left over from a later state of the
            // database, which was replaced by an older one.
            for statement in [
                "CREATE OR REPLACE FUNCTION tell_compatibility() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN
                     PERFORM pg_notify('control_maniac', 'everyone');
                     RETURN NULL;
                 END $$",
                "CREATE TRIGGER compatibility_is_new AFTER UPDATE ON compatibility
                 FOR EACH STATEMENT EXECUTE FUNCTION tell_compatibility()",
            ] {
                connection.execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }
}
