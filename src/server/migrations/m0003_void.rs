//! The third step: a row knows each request that no longer counts, not only the last ones of one window.
//!
//! `void` names them (`server::setting_layers::setting_rows::Writer`). The two columns before it are about requests of
//! the moment, so their content is not carried over.

use sea_orm_migration::{prelude::*, schema::*};

/// Adds it, and takes its predecessors away.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let void = text("void").default("").take();
        manager
            .alter_table(Table::alter().table("settings").add_column(void).take())
            .await?;
        for column in ["void_window", "void_through"] {
            manager
                .alter_table(Table::alter().table("settings").drop_column(column).take())
                .await?;
        }
        Ok(())
    }
}
