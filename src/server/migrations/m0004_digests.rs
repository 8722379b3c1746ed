//! The fourth step: nothing in the database can be sent as a session's cookie any more, and devices are known.
//!
//! A session's row is found by the digest of its id, and its record has a digest of the password's hash. Rows are
//! rewritten, so that everyone who is logged in stays logged in.

use crate::server::digest::Digest;
use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{DbBackend, Statement},
};
use serde_json::{Map, Value, json};

/// Rewrites them, and adds the table of devices.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        if backend == DbBackend::Sqlite {
            // Overwritten data must not stay readable in the file.
            connection.execute_unprepared("PRAGMA secure_delete = ON").await?;
        }
        let select = Statement::from_string(backend, "SELECT id, record FROM sessions");
        for row in connection.query_all_raw(select).await? {
            let (id, record): (String, String) = (row.try_get("", "id")?, row.try_get("", "record")?);
            let rewrite = match without_hash(&record) {
                Some(record) => Statement::from_sql_and_values(
                    backend,
                    "UPDATE sessions SET id = $2, record = $3 WHERE id = $1",
                    [id.clone().into(), Digest::of(&id).to_string().into(), record.into()],
                ),
                // It could not be loaded either.
                None => Statement::from_sql_and_values(backend, "DELETE FROM sessions WHERE id = $1", [id.into()]),
            };
            connection.execute_raw(rewrite).await?;
        }
        let devices = Table::create()
            .table("devices")
            .col(text("digest"))
            .col(big_integer("user_id"))
            .col(big_integer("seen_at"))
            .primary_key(Index::create().col("digest").col("user_id"))
            .foreign_key(
                ForeignKey::create()
                    .from_col("user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(devices).await?;
        let by_user = Index::create()
            .name("devices_by_user_id")
            .table("devices")
            .col("user_id")
            .take();
        manager.create_index(by_user).await
    }
}

/// A session's record with a digest of the password's hash in place of the hash; nothing if it can't be read.
fn without_hash(record: &str) -> Option<String> {
    let mut record: Map<String, Value> = serde_json::from_str(record).ok()?;
    let login = record.get_mut("axum-login.data").and_then(Value::as_object_mut);
    if let Some(hash) = login.and_then(|login| login.get_mut("auth_hash"))
        && *hash != Value::Null
    {
        let bytes: Vec<u8> = serde_json::from_value(hash.take()).ok()?;
        *hash = json!(Digest::of(bytes).bytes());
    }
    serde_json::to_string(&record).ok()
}
