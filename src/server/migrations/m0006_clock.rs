//! The sixth step: the studio has a time zone, so that all nodes and all triggers mean the same day by today.
//!
//! `utc_offset_seconds` is for triggers, which know no time zones: how far the zone is ahead of UTC now. A server keeps it
//! right (`server/studio_clock.rs`).

use crate::server::{
    clock::{Clock, SystemClock},
    time_zone::TimeZone,
};
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
            .table("studio_clock")
            .col(big_integer("id").primary_key().check(Expr::col("id").eq(1)))
            .col(text("time_zone"))
            .col(big_integer("utc_offset_seconds").check(Expr::col("utc_offset_seconds").between(-86_400, 86_400)))
            .take();
        manager.create_table(table).await?;
        let (connection, backend) = (manager.get_connection(), manager.get_database_backend());
        let zone = TimeZone::default();
        let insert = Statement::from_sql_and_values(
            backend,
            "INSERT INTO studio_clock (id, time_zone, utc_offset_seconds) VALUES (1, $1, $2)",
            [
                zone.to_string().into(),
                zone.utc_offset_seconds(SystemClock.wall()).into(),
            ],
        );
        connection.execute_raw(insert).await?;
        if backend == DbBackend::Postgres {
            for statement in [
                "CREATE OR REPLACE FUNCTION tell_clock() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN
                     PERFORM pg_notify('control_maniac', 'everyone');
                     RETURN NULL;
                 END $$",
                "CREATE TRIGGER clock_is_new AFTER UPDATE ON studio_clock
                 FOR EACH STATEMENT EXECUTE FUNCTION tell_clock()",
            ] {
                connection.execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }
}
