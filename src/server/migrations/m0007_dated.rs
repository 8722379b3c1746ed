//! The seventh step: the owners of projects and people, and the terms of projects, are dated.
//!
//! A row holds until the day of the next one, so there is no end that could leave a gap or overlap. The columns that
//! were there before repeat the latest row. Changing one of them by SQL changes the value that holds from today on
//! (`m0007_dated/bare_updates.rs`). A part of a booking is kept only if the booking is shared.

mod bare_updates;
#[expect(clippy::disallowed_methods, reason = "a published step is never changed")]
mod mirrored;

use sea_orm_migration::{prelude::*, schema::*};

/// Makes the tables, and fills them with the values that hold.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_books = boolean("by_books").default(false).take();
        let alter = Table::alter().table("data_revision").add_column(by_books).take();
        manager.alter_table(alter).await?;
        for table in [owners("project", "projects"), owners("person", "people"), terms()] {
            manager.create_table(table).await?;
        }
        let connection = manager.get_connection();
        for statement in CARRIED_OVER {
            connection.execute_unprepared(statement).await?;
        }
        mirrored::mirror(connection, manager.get_database_backend()).await?;
        for statement in bare_updates::statements(manager.get_database_backend()) {
            connection.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

/// `project_divisions` or `person_divisions`.
fn owners(of: &str, table: &'static str) -> TableCreateStatement {
    let id = format!("{of}_id");
    Table::create()
        .table(format!("{of}_divisions"))
        .col(big_integer(id.clone()))
        .col(date("valid_from"))
        .col(big_integer_null("division_id"))
        .primary_key(Index::create().col(id.clone()).col("valid_from"))
        .foreign_key(
            ForeignKey::create()
                .from_col(id)
                .to(table, "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(ForeignKey::create().from_col("division_id").to("divisions", "id"))
        .take()
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("project_terms")
        .col(big_integer("project_id"))
        .col(date("valid_from"))
        .col(big_integer_null("billing_rate"))
        .col(big_integer_null("fee"))
        .col(date("starts_on"))
        .col(date_null("ends_on"))
        .primary_key(Index::create().col("project_id").col("valid_from"))
        .check(Expr::cust("ends_on >= starts_on"))
        .foreign_key(
            ForeignKey::create()
                .from_col("project_id")
                .to("projects", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

/// The present values have held from the beginning. The parts of a project's or a division's booking follow from its
/// owner, so they aren't stored.
const CARRIED_OVER: [&str; 4] = [
    "INSERT INTO project_divisions (project_id, valid_from, division_id)
     SELECT id, '0001-01-01', division_id FROM projects",
    "INSERT INTO person_divisions (person_id, valid_from, division_id)
     SELECT id, '0001-01-01', division_id FROM people",
    "INSERT INTO project_terms (project_id, valid_from, billing_rate, fee, starts_on, ends_on)
     SELECT id, '0001-01-01', billing_rate, fee, starts_on, ends_on FROM projects",
    "DELETE FROM booking_parts WHERE booking_id IN (SELECT id FROM bookings WHERE NOT shared)",
];
