//! The messages when the database fails: what is the matter with it, and whether anything was changed.

use crate::{
    app::{Answer, CONTROLLER, TestApp},
    bad_input::Program,
    database::{Kind, TestDatabase},
    on_both_databases,
    postgres_proxy::PostgresProxy,
};
use control_maniac::server::demo;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use tokio::net::TcpStream;

on_both_databases!(
    a_full_disk_is_called_one_and_changes_nothing,
    a_database_that_is_read_only_is_called_so,
    a_commit_that_nobody_knows_of_is_not_called_a_failure,
);

async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}

fn assert_said(answer: &Answer, kind: &str, words: &[&str]) {
    answer.assert_error(503, kind);
    for words in words {
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
}

/// Has Postgres fail with `code` whenever a setting is to be written.
fn failing_with(code: &str) -> String {
    format!(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'as the test wants it' USING ERRCODE = '{code}'; END $$;
         CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON settings FOR EACH ROW EXECUTE FUNCTION fail()"
    )
}

/// Lets SQLite's file grow to this many pages, or not at all; the bound belongs to the writing connection.
async fn bound(app: &TestApp, pages: u32) {
    if let Kind::Sqlite = app.kind {
        let bound = format!("PRAGMA max_page_count = {pages}");
        app.state.db.writer().execute_unprepared(&bound).await.unwrap();
    }
}

async fn a_full_disk_is_called_one_and_changes_nothing(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    match app.kind {
        Kind::Sqlite => {
            let more = "CREATE TABLE ballast (bytes BLOB);
                CREATE TRIGGER more AFTER UPDATE ON settings BEGIN INSERT INTO ballast VALUES (randomblob(1000000)); END";
            execute(&app, more).await;
        }
        Kind::Postgres => execute(&app, &failing_with("53100")).await,
    }
    // More than once: the connection stays usable.
    for _ in 0..3 {
        bound(&app, 1).await;
        let answer = browser.choose("division", "mobile").await;
        assert_said(
            &answer,
            "unavailable",
            &["disk of the server's database is full", "Nothing was changed"],
        );
        assert_eq!(app.row("division").await, ("web".to_owned(), 1));
    }
    let page = browser.open("/").await;
    assert_eq!((page.status, page.main("data-division")), (StatusCode::OK, "web"));
    bound(&app, 1_000_000).await;
    if let Kind::Postgres = app.kind {
        execute(&app, "DROP TRIGGER fail ON settings").await;
    }
    assert_eq!(browser.choose("division", "mobile").await.json()["revision"], 2);
    app
}

async fn a_database_that_is_read_only_is_called_so(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    match app.kind {
        Kind::Sqlite => {
            let writer = app.state.db.writer();
            writer.execute_unprepared("PRAGMA query_only = ON").await.unwrap();
        }
        Kind::Postgres => execute(&app, &failing_with("25006")).await,
    }
    let answer = browser.choose("division", "web").await;
    assert_said(
        &answer,
        "unavailable",
        &["can be read at the moment, but not written", "Nothing was changed"],
    );
    app
}

/// Only Postgres can end a connection while it commits. SQLite commits in this process, so the outcome is known.
async fn a_commit_that_nobody_knows_of_is_not_called_a_failure(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    if let Kind::Postgres = app.kind {
        let cut = "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT OR UPDATE ON settings
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()";
        execute(&app, cut).await;
        let answer = browser.choose("division", "web").await;
        assert_said(&answer, "unconfirmed", &["not known whether your choice was saved"]);
        assert!(!answer.body.contains("Nothing was changed"), "{}", answer.body);
        execute(&app, "DROP TRIGGER cut ON settings").await;
    }
    let answer = browser.choose("division", "mobile").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    app
}

/// A pool waits as long for a database that is away as for one that is busy.
#[tokio::test(flavor = "multi_thread")]
async fn at_the_login_a_database_that_is_away_is_not_called_busy() {
    let database = TestDatabase::demo(Kind::Postgres).await;
    let proxy = PostgresProxy::start(database.postgres().1).await;
    let program = Program::start(&database.through(proxy.address), &[]);
    let address = proxy.address;
    drop(proxy);
    while TcpStream::connect(address).await.is_ok() {}
    let db = database.connect().await;
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    db.execute_unprepared(end).await.unwrap();
    db.close().await.unwrap();
    let mut browser = program.browser();
    for (language, words) in [("en", "can't be reached"), ("de", "nicht erreichbar")] {
        browser.language = language.to_owned();
        let answer = browser.log_in(CONTROLLER, demo::PASSWORD, None).await;
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.said().replace("&#x27;", "'").contains(words), "{}", answer.body);
    }
    program.stop();
    database.drop().await;
}

/// SQLite ends a transaction by itself if its disk is full or fails, which its driver doesn't notice.
#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_sqlite_ends_itself_leaves_the_writer_of_use() {
    TestApp::run(Kind::Sqlite, async |app: TestApp| {
        let browser = app.logged_in(CONTROLLER).await;
        let end =
            "CREATE TRIGGER end BEFORE INSERT ON settings BEGIN SELECT RAISE(ROLLBACK, 'as the test wants it'); END";
        execute(&app, end).await;
        browser.choose("division", "web").await.assert_error(400, "invalid");
        execute(&app, "DROP TRIGGER end").await;
        assert_eq!(browser.choose("division", "web").await.json()["revision"], 1);
        app
    })
    .await;
}
