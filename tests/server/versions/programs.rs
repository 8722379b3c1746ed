//! Stand-ins for later versions of this program: each knows one migration more.

use control_maniac::server::{migrations::Migrator, program::Program, sql::sql};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

/// The name of each one's further migration.
pub const NEWER: &str = "m0999_newer";

/// A program whose migration adds a column to every table, a table that refers to others, and triggers.
pub fn newer() -> Program {
    Program {
        number: Program::THIS.number + 1,
        migrations: || with(Box::new(Adding)),
    }
}

/// A program whose migration does more than add; from then on older programs may not serve the database.
pub fn demanding() -> Program {
    Program {
        number: Program::THIS.number + 1,
        migrations: || with(Box::new(Demanding)),
    }
}

fn with(further: Box<dyn MigrationTrait>) -> Vec<Box<dyn MigrationTrait>> {
    let mut migrations = Migrator::migrations();
    migrations.push(further);
    migrations
}

struct Adding;

struct Demanding;

impl MigrationName for Adding {
    fn name(&self) -> &str {
        NEWER
    }
}

impl MigrationName for Demanding {
    fn name(&self) -> &str {
        NEWER
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Adding {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager).await
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Demanding {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager).await?;
        let db = manager.get_connection();
        db.execute_unprepared("ALTER TABLE devices RENAME COLUMN digest TO hashed")
            .await?;
        sql("UPDATE compatibility SET oldest_program = $1")
            .bind(demanding().number)
            .run(db)
            .await?;
        Ok(())
    }
}

async fn add(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (db, backend) = (manager.get_connection(), manager.get_database_backend());
    let tables = match backend {
        DbBackend::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    };
    let tables: Vec<String> = sql(tables).values(db).await?;
    assert!(tables.len() > 20, "{tables:?}");
    for table in tables {
        let adding = format!("ALTER TABLE {table} ADD COLUMN further TEXT NOT NULL DEFAULT 'more'");
        db.execute_unprepared(&adding).await?;
    }
    let further = "CREATE TABLE further (user_id BIGINT REFERENCES users (id) ON DELETE CASCADE, value TEXT)";
    db.execute_unprepared(further).await?;
    let triggers: &[&str] = match backend {
        DbBackend::Postgres => &[
            "CREATE OR REPLACE FUNCTION note_further() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 INSERT INTO further VALUES (NEW.user_id, NEW.value);
                 PERFORM pg_notify('control_maniac', 'further ' || NEW.key);
                 RETURN NULL;
             END $$",
            "CREATE TRIGGER settings_are_noted AFTER INSERT OR UPDATE ON settings
             FOR EACH ROW EXECUTE FUNCTION note_further()",
        ],
        _ => &[
            "CREATE TRIGGER settings_are_noted_insert AFTER INSERT ON settings
             BEGIN INSERT INTO further VALUES (NEW.user_id, NEW.value); END",
            "CREATE TRIGGER settings_are_noted_update AFTER UPDATE ON settings
             BEGIN INSERT INTO further VALUES (NEW.user_id, NEW.value); END",
        ],
    };
    for trigger in triggers {
        db.execute_unprepared(trigger).await?;
    }
    Ok(())
}
