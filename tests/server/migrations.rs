//! What a database of an earlier version holds is still there after it was brought up to date.

use crate::database::{Kind, TestDatabase};
use control_maniac::server::{db, migrations::Migrator};
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;

/// The last step before rows knew each void request.
const STEPS_BEFORE_VOID: u32 = 2;

async fn choices_outlive_the_step_to_void(kind: Kind) {
    let database = TestDatabase::empty(kind).await;
    let connection = database.connect().await;
    Migrator::up(&connection, Some(STEPS_BEFORE_VOID)).await.unwrap();
    for statement in [
        "INSERT INTO users (id, email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
         VALUES (1, 'ada@studio.test', 'Ada', '', FALSE, TRUE, TRUE)",
        "INSERT INTO settings (user_id, key, value, revision, void_window, void_through)
         VALUES (1, 'division', 'web', 7, 'a-b', 3)",
    ] {
        connection.execute_unprepared(statement).await.unwrap();
    }
    db::migrate(&connection).await.unwrap();
    let question = Statement::from_string(
        connection.get_database_backend(),
        "SELECT value, revision, void FROM settings",
    );
    let row = connection.query_one_raw(question).await.unwrap().unwrap();
    assert_eq!(row.try_get::<String>("", "value").unwrap(), "web");
    assert_eq!(row.try_get::<i64>("", "revision").unwrap(), 7);
    assert_eq!(row.try_get::<String>("", "void").unwrap(), "");
}

#[tokio::test]
async fn choices_outlive_the_step_to_void_on_sqlite() {
    choices_outlive_the_step_to_void(Kind::Sqlite).await;
}

#[tokio::test]
async fn choices_outlive_the_step_to_void_on_postgres() {
    choices_outlive_the_step_to_void(Kind::Postgres).await;
}
