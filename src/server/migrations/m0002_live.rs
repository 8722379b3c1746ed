//! The second step: everything that lets open windows hear of every change, no matter who makes it.
//!
//! A choice can be declared void by a later one of its window (`void_window`, `void_through`). Changes to what people may
//! see are counted in `rights_revision` by triggers, so that a change by another program is noticed too. Postgres also
//! notifies the other nodes, at commit.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

/// Adds them.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables that say what people may see.
const RIGHTS: [&str; 3] = ["users", "user_divisions", "divisions"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, on SQLite too, which isn't the default there.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [text_null("void_window"), big_integer("void_through").default(0).take()] {
            let mut column = column;
            let alter = Table::alter().table("settings").add_column(column.take()).take();
            manager.alter_table(alter).await?;
        }
        let counter = Table::create()
            .table("rights_revision")
            .col(big_integer("id").primary_key().check(Expr::col("id").eq(1)))
            .col(big_integer("revision"))
            .take();
        manager.create_table(counter).await?;
        let connection = manager.get_connection();
        connection
            .execute_unprepared("INSERT INTO rights_revision (id, revision) VALUES (1, 1)")
            .await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => {
                for statement in POSTGRES {
                    connection.execute_unprepared(statement).await?;
                }
                for table in RIGHTS {
                    let trigger = format!(
                        "CREATE TRIGGER {table}_are_rights AFTER INSERT OR UPDATE OR DELETE ON {table}
                         FOR EACH STATEMENT EXECUTE FUNCTION tell_rights()"
                    );
                    connection.execute_unprepared(&trigger).await?;
                }
            }
            _ => {
                for table in RIGHTS {
                    for change in ["INSERT", "UPDATE", "DELETE"] {
                        let trigger = format!(
                            "CREATE TRIGGER {table}_are_rights_{} AFTER {change} ON {table}
                             BEGIN UPDATE rights_revision SET revision = revision + 1; END",
                            change.to_lowercase()
                        );
                        connection.execute_unprepared(&trigger).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The notifications that `server/watch.rs` listens to.
const POSTGRES: [&str; 8] = [
    "CREATE FUNCTION tell_rights() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
         UPDATE rights_revision SET revision = revision + 1;
         PERFORM pg_notify('control_maniac', 'everyone');
         RETURN NULL;
     END $$",
    "CREATE FUNCTION tell_data() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
         PERFORM pg_notify('control_maniac', 'everyone');
         RETURN NULL;
     END $$",
    "CREATE TRIGGER data_is_new AFTER UPDATE ON data_revision FOR EACH STATEMENT EXECUTE FUNCTION tell_data()",
    "CREATE FUNCTION tell_setting() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
         PERFORM pg_notify('control_maniac', 'setting ' || NEW.user_id || ' ' || NEW.key || ' ' || NEW.revision || ' ' || NEW.value);
         RETURN NULL;
     END $$",
    "CREATE TRIGGER setting_is_new AFTER INSERT OR UPDATE ON settings FOR EACH ROW EXECUTE FUNCTION tell_setting()",
    "CREATE FUNCTION tell_session() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
         PERFORM pg_notify('control_maniac', 'session ' || OLD.id);
         RETURN NULL;
     END $$",
    "CREATE TRIGGER session_is_over AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION tell_session()",
    "COMMENT ON TABLE rights_revision IS 'counted by triggers: whoever changes what people may see, open windows follow'",
];
