//! The data of an earlier version is still there after the database was brought up to date.

use crate::{
    app::TestApp,
    database::{Kind, TestDatabase},
};
use control_maniac::server::{
    db,
    digest::{Digest, SessionDigest},
    migrations::Migrator,
    password,
};
use reqwest::{Method, StatusCode};
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::MigratorTrait;
use serde_json::{Value, json};
use tower_sessions::session::Id;

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

/// The last step before sessions were found by digests.
const STEPS_BEFORE_DIGESTS: u32 = 3;

#[expect(
    clippy::disallowed_methods,
    reason = "rows are written behind the back of the program"
)]
async fn who_is_logged_in_stays_so_with_the_step_to_digests(kind: Kind) {
    let database = TestDatabase::empty(kind).await;
    let connection = database.connect().await;
    Migrator::up(&connection, Some(STEPS_BEFORE_DIGESTS)).await.unwrap();
    let execute = async |sql: &str, values: Vec<sea_orm::Value>| {
        let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        connection.execute_raw(statement).await.unwrap();
    };
    let hash = password::hash("violin copper meadow".to_owned()).await.unwrap();
    execute(
        "INSERT INTO users (id, email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
         VALUES (1, 'ada@studio.test', 'Ada', $1, FALSE, TRUE, TRUE)",
        vec![hash.clone().into()],
    )
    .await;
    // As the program before wrote them: one that is logged in, one that is nobody's, and one that could not be read.
    let (ada, nobody, broken) = (Id::default(), Id::default(), Id::default());
    let record = json!({
        "axum-login.data": {"user_id": 1, "auth_hash": hash.as_bytes()},
        "seen": "2026-11-24",
        "settings": {"user": 1, "values": {"period": {"revision": 7, "value": "ytd"}}},
    });
    let no_login = json!({"axum-login.data": {"user_id": null, "auth_hash": null}});
    for (id, user, record) in [
        (ada, Some(1_i64), record.to_string()),
        (nobody, None, no_login.to_string()),
        (broken, None, "{".to_owned()),
    ] {
        execute(
            "INSERT INTO sessions (id, user_id, record, expires_at) VALUES ($1, $2, $3, 4000000000)",
            vec![id.to_string().into(), user.into(), record.into()],
        )
        .await;
    }
    db::migrate(&connection).await.unwrap();
    let select = Statement::from_string(connection.get_database_backend(), "SELECT id, record FROM sessions");
    let rows = connection.query_all_raw(select).await.unwrap();
    let mut kept: Vec<(String, Value)> = rows
        .iter()
        .map(|row| {
            let record: String = row.try_get("", "record").unwrap();
            (row.try_get("", "id").unwrap(), serde_json::from_str(&record).unwrap())
        })
        .collect();
    let mut digested = record.clone();
    digested["axum-login.data"]["auth_hash"] = json!(Digest::of(&hash).bytes());
    let mut expected = vec![
        (SessionDigest::of(&ada).to_string(), digested),
        (SessionDigest::of(&nobody).to_string(), no_login),
    ];
    kept.sort_by(|one, other| one.0.cmp(&other.0));
    expected.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(kept, expected);
    connection.close().await.unwrap();
    let mut app = TestApp::start(database, kind, false).await;
    let ask = async |cookie: String| {
        let browser = app.browser();
        let request = browser.request(Method::GET, "/").header("accept", "text/html");
        browser
            .send(request.header("cookie", format!("session={cookie}")))
            .await
    };
    let home = ask(ada.to_string()).await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.body.contains("Ada"));
    for other in [
        nobody.to_string(),
        broken.to_string(),
        SessionDigest::of(&ada).to_string(),
    ] {
        assert_eq!(ask(other).await.status, StatusCode::SEE_OTHER);
    }
    app.stop().await;
    app.database.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_logged_in_stays_so_with_the_step_to_digests_on_sqlite() {
    who_is_logged_in_stays_so_with_the_step_to_digests(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_logged_in_stays_so_with_the_step_to_digests_on_postgres() {
    who_is_logged_in_stays_so_with_the_step_to_digests(Kind::Postgres).await;
}
