//! Writes that the database would refuse or count, made with its rules switched off: rows from before the rules, or
//! rows that nobody may leave behind.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};

/// Executes `sql` while the limits of `table` are set aside.
pub async fn past_limits(db: &DatabaseConnection, table: &str, sql: &str) {
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let select = if is_postgres {
        format!(
            "SELECT CAST(conname AS TEXT) AS name, pg_get_constraintdef(oid) AS made FROM pg_constraint
             WHERE conrelid = '{table}'::regclass AND contype = 'c' AND NOT convalidated"
        )
    } else {
        format!(
            "SELECT name, sql AS made FROM sqlite_master
             WHERE type = 'trigger' AND tbl_name = '{table}' AND name LIKE '%have_limits%'"
        )
    };
    let transaction = db.begin().await.unwrap();
    let rows = transaction
        .query_all_raw(Statement::from_string(db.get_database_backend(), select))
        .await
        .unwrap();
    let limits: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "made").unwrap()))
        .collect();
    assert!(!limits.is_empty(), "{table} has limits");
    for (name, _) in &limits {
        let drop = if is_postgres {
            format!("ALTER TABLE {table} DROP CONSTRAINT {name}")
        } else {
            format!("DROP TRIGGER {name}")
        };
        transaction.execute_unprepared(&drop).await.unwrap();
    }
    transaction.execute_unprepared(sql).await.unwrap();
    for (name, made) in &limits {
        let add = if is_postgres {
            format!("ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
        } else {
            made.clone()
        };
        transaction.execute_unprepared(&add).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

/// Executes `sql` as if the books did: no trigger reacts to it.
pub async fn as_the_books(db: &DatabaseConnection, sql: &str) {
    let transaction = db.begin().await.unwrap();
    for statement in [
        "UPDATE data_revision SET by_books = TRUE",
        sql,
        "UPDATE data_revision SET by_books = FALSE, revision = revision + 1",
    ] {
        transaction.execute_unprepared(statement).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
