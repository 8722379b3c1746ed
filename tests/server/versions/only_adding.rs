//! A migration only adds, or says which is the oldest program that may serve the database from then on.

use super::programs::{demanding, newer};
use control_maniac::server::{database_version::oldest_program, db, program::Program, sql::sql};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager};
use std::collections::BTreeSet;

/// From this program on, databases say which programs may serve them.
const FIRST: i64 = 9;

/// The parts that programs count on: columns, triggers, and the values that they must give for each row.
struct Form {
    there: BTreeSet<String>,
    demanded: BTreeSet<String>,
}

async fn form(db: &DatabaseConnection) -> Form {
    Form {
        there: names(
            db,
            "SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'
             UNION SELECT 'trigger ' || name FROM sqlite_master WHERE type = 'trigger'",
        )
        .await,
        demanded: names(
            db,
            "SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND c.\"notnull\" AND c.dflt_value IS NULL AND c.pk = 0
             UNION SELECT tbl_name || '.unique ' || name FROM sqlite_master WHERE sql LIKE 'CREATE UNIQUE INDEX%'",
        )
        .await,
    }
}

async fn names(db: &DatabaseConnection, select: &'static str) -> BTreeSet<String> {
    sql(select).values::<String>(db).await.unwrap().into_iter().collect()
}

/// The parts that the migrations of `program` break for the programs before it.
async fn broken(program: &Program) -> Vec<String> {
    let db = db::open("sqlite::memory:").await.unwrap();
    let mut broken = Vec::new();
    for step in program.migrations() {
        let number: i64 = step.name()[1..5].parse().unwrap();
        if number <= FIRST {
            program.up(&db, Some(1)).await.unwrap();
            continue;
        }
        let (before, oldest) = (form(&db).await, oldest_program(&db).await.unwrap());
        program.up(&db, Some(1)).await.unwrap();
        if oldest_program(&db).await.unwrap() > oldest {
            continue;
        }
        let after = form(&db).await;
        let is_of_old_table = |name: &&String| {
            let table = format!("{}.", name.split('.').next().unwrap());
            before.there.iter().any(|known| known.starts_with(&table))
        };
        broken.extend(before.there.difference(&after.there).cloned());
        broken.extend(
            after
                .demanded
                .difference(&before.demanded)
                .filter(is_of_old_table)
                .cloned(),
        );
    }
    broken
}

#[tokio::test]
async fn no_migration_takes_anything_from_older_programs() {
    for program in [Program::THIS, newer(), demanding()] {
        assert_eq!(broken(&program).await, <[String; 0]>::default(), "{program:?}");
    }
}

/// The migrations with one more, which executes this.
macro_rules! with {
    ($statement:literal) => {
        Program {
            number: FIRST + 1,
            migrations: || {
                let mut migrations = (Program::THIS.migrations)();
                migrations.push(Box::new(Taking($statement)));
                migrations
            },
        }
    };
}

struct Taking(&'static str);

impl MigrationName for Taking {
    fn name(&self) -> &str {
        "m0998_taking"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Taking {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.0).await?;
        Ok(())
    }
}

#[tokio::test]
async fn one_that_does_is_found() {
    for (program, named) in [
        (with!("ALTER TABLE settings DROP COLUMN void"), "settings.void"),
        (
            with!("ALTER TABLE devices RENAME COLUMN digest TO hashed"),
            "devices.digest",
        ),
        (with!("DROP TABLE invoices"), "invoices.amount"),
        (
            with!("DROP TRIGGER users_are_rights_update"),
            "trigger users_are_rights_update",
        ),
        (
            with!("CREATE UNIQUE INDEX one_name ON people (name)"),
            "people.unique one_name",
        ),
    ] {
        let broken = broken(&program).await;
        assert!(broken.iter().any(|part| part == named), "{named}: {broken:?}");
    }
}
