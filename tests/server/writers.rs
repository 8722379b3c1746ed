//! Readers never wait for writers: pages answer while a write can't go through, and each write is one commit.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp},
    database::Kind,
    on_both_databases,
};
use control_maniac::server::sql::sql;
use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use std::{path::PathBuf, time::Duration};

on_both_databases!(
    pages_answer_while_nothing_can_be_written,
    pages_answer_while_many_choices_wait_to_be_stored,
    a_toggle_is_one_commit,
    two_settings_of_one_session_are_both_kept_in_it,
    a_login_is_two_commits_and_a_logout_one,
);

/// How long a page may take. Waiting for a writer would take longer.
const DEADLINE: Duration = Duration::from_secs(4);

/// How long something that nobody waits for may take.
const SOONER_OR_LATER: Duration = Duration::from_secs(20);

/// Keeps everybody else from writing, until it is dropped or rolled back.
async fn lock(app: &TestApp) -> DatabaseTransaction {
    let writing = app.database.connect().await.begin().await.unwrap();
    let lock = match app.kind {
        Kind::Sqlite => "UPDATE data_revision SET revision = revision",
        Kind::Postgres => "LOCK TABLE settings, sessions, devices, database_epoch, studio_clock IN EXCLUSIVE MODE",
    };
    writing.execute_unprepared(lock).await.unwrap();
    writing
}

/// A page, before the deadline.
async fn page(browser: &Browser, path: &str) -> Answer {
    let page = tokio::time::timeout(DEADLINE, browser.open(path)).await;
    let page = page.unwrap_or_else(|_| panic!("{path} waits for a writer"));
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    page
}

/// Waits until the first column of the only row of `select` is `wanted`.
async fn becomes(app: &TestApp, select: &'static str, wanted: i64) {
    let mut look = tokio::time::interval(Duration::from_millis(10));
    let seen = tokio::time::timeout(SOONER_OR_LATER, async {
        while sql(select).value::<i64>(app.state.db.reader()).await.unwrap() != Some(wanted) {
            look.tick().await;
        }
    });
    seen.await.unwrap_or_else(|_| panic!("never {wanted}: {select}"));
}

async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}

async fn pages_answer_while_nothing_can_be_written(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "design").await;
    browser.open("/").await;
    // The division may no longer be chosen; the page shown in its place was rendered before, so that only waiting takes
    // long.
    execute(
        &app,
        "UPDATE divisions SET archived_on = '2026-11-20' WHERE slug = 'design'",
    )
    .await;
    for path in ["/", "/projects", "/costs"] {
        assert_eq!(browser.figures(path, "all", "ytd").await.status, StatusCode::OK);
    }
    // The session was last seen on the day before.
    execute(
        &app,
        "UPDATE sessions SET expires_at = 4000000000, record = REPLACE(record, '2026-11-24', '2026-11-23')",
    )
    .await;
    let writing = lock(&app).await;
    for path in ["/", "/projects", "/costs"] {
        let page = page(&browser, path).await;
        assert_eq!(page.main("data-division"), "all", "{path}");
        assert!(
            page.said().contains("is no longer among those you may choose"),
            "{path}"
        );
        assert!(page.header("set-cookie").contains("Max-Age=2678400"), "{path}");
    }
    let figures = tokio::time::timeout(DEADLINE, browser.figures("/costs", "all", "ytd"));
    assert_eq!(figures.await.unwrap().status, StatusCode::OK);
    let toggle = tokio::spawn({
        let browser = browser.clone();
        async move { browser.choose("period", "2025").await }
    });
    assert_eq!(
        page(&browser, "/").await.main("data-period"),
        "ytd",
        "nothing is stored yet"
    );
    writing.rollback().await.unwrap();
    let toggle = toggle.await.unwrap();
    assert_eq!(toggle.status, StatusCode::OK, "{}", toggle.body);
    assert_eq!(page(&browser, "/").await.main("data-period"), "2025");
    becomes(
        &app,
        "SELECT revision FROM settings WHERE key = 'division' AND value = 'all'",
        2,
    )
    .await;
    becomes(
        &app,
        "SELECT COUNT(*) FROM sessions WHERE expires_at < 4000000000 AND record LIKE '%2026-11-24%'",
        1,
    )
    .await;
    assert!(!page(&browser, "/").await.said().contains("no longer among those"));
    app
}

async fn pages_answer_while_many_choices_wait_to_be_stored(app: TestApp) -> TestApp {
    let reader = app.logged_in(CONTROLLER).await;
    let emails = app.database.more_accounts(8).await;
    let mut togglers = Vec::new();
    for email in &emails {
        togglers.push(app.logged_in(email).await);
    }
    for path in ["/", "/projects", "/costs"] {
        page(&reader, path).await;
    }
    let writing = lock(&app).await;
    // As many of each account as may be at work.
    let toggles: Vec<_> = (0..16)
        .map(|number| {
            let browser = togglers[number % 8].clone();
            tokio::spawn(async move { browser.choose("period", "2025").await.status })
        })
        .collect();
    wait_for_work(&app, &emails, 16).await;
    for path in ["/", "/projects", "/costs"] {
        page(&reader, path).await;
    }
    writing.rollback().await.unwrap();
    for toggle in toggles {
        assert_eq!(toggle.await.unwrap(), StatusCode::OK);
    }
    app
}

/// How many transactions have written settings or sessions by now.
async fn commits(app: &TestApp) -> u64 {
    match app.kind {
        Kind::Sqlite => commits_in_log(app),
        Kind::Postgres => {
            let count = sql("SELECT COUNT(DISTINCT transaction) FROM written").value::<i64>(app.state.db.reader());
            count.await.unwrap().unwrap().unsigned_abs()
        }
    }
}

/// The frames of SQLite's log that end a transaction: <https://www.sqlite.org/fileformat2.html#walformat>.
fn commits_in_log(app: &TestApp) -> u64 {
    let file = app.database.url.strip_prefix("sqlite:").unwrap();
    let log = std::fs::read(PathBuf::from(format!("{file}-wal"))).unwrap();
    let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap());
    let (page_size, salts) = (number(8) as usize, &log[16..24]);
    let frames = (32..)
        .step_by(24 + page_size)
        .take_while(|at| at + 24 + page_size <= log.len());
    // Frames with other salts were left by the log before; only the last of a transaction says how large the file is.
    frames
        .filter(|at| &log[at + 8..at + 16] == salts && number(at + 4) != 0)
        .count() as u64
}

/// Has Postgres count the transactions that write settings, sessions or devices.
async fn count_commits(app: &TestApp) {
    if let Kind::Postgres = app.kind {
        let count = "CREATE TABLE written (transaction BIGINT);
            CREATE FUNCTION count_written() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO written VALUES (txid_current()); RETURN NULL; END $$;
            CREATE TRIGGER written AFTER INSERT OR UPDATE OR DELETE ON settings
                FOR EACH ROW EXECUTE FUNCTION count_written();
            CREATE TRIGGER written AFTER INSERT OR UPDATE OR DELETE ON sessions
                FOR EACH ROW EXECUTE FUNCTION count_written();
            CREATE TRIGGER written AFTER INSERT OR UPDATE OR DELETE ON devices
                FOR EACH ROW EXECUTE FUNCTION count_written()";
        execute(app, count).await;
    }
}

async fn a_toggle_is_one_commit(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    count_commits(&app).await;
    browser.open("/").await;
    let before = commits(&app).await;
    for (revision, value) in (1..).zip(["web", "mobile", "design", "all", "web"]) {
        assert_eq!(browser.choose("division", value).await.json()["revision"], revision);
        assert_eq!(commits(&app).await - before, revision, "{value}");
    }
    // Everything that the answers have left to be done was done before this.
    browser.submit("/logout", &[]).await;
    assert_eq!(commits(&app).await - before, 6);
    app
}

async fn two_settings_of_one_session_are_both_kept_in_it(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    // Each of these requests has loaded the session before the other has changed it.
    let writing = lock(&app).await;
    let toggles = [("division", "web"), ("period", "2025")].map(|(key, value)| {
        let browser = browser.clone();
        tokio::spawn(async move { browser.choose(key, value).await.status })
    });
    wait_for_work(&app, &[CONTROLLER.to_owned()], 2).await;
    writing.rollback().await.unwrap();
    for toggle in toggles {
        assert_eq!(toggle.await.unwrap(), StatusCode::OK);
    }
    let record: String = sql("SELECT record FROM sessions")
        .value(app.state.db.reader())
        .await
        .unwrap()
        .unwrap();
    assert!(record.contains(r#"{"revision":1,"value":"web"}"#), "{record}");
    assert!(record.contains(r#"{"revision":1,"value":"2025"}"#), "{record}");
    app
}

async fn a_login_is_two_commits_and_a_logout_one(app: TestApp) -> TestApp {
    count_commits(&app).await;
    // So that SQLite has a log.
    execute(&app, "CREATE TABLE begins_the_log (id INTEGER)").await;
    let before = commits(&app).await;
    let browser = app.logged_in(CONTROLLER).await;
    assert_eq!(commits(&app).await - before, 2, "the session, and the device");
    browser.open("/").await;
    browser.submit("/logout", &[]).await;
    assert_eq!(commits(&app).await - before, 3);
    app
}

/// Waits until this many requests of these accounts are at work.
async fn wait_for_work(app: &TestApp, emails: &[String], wanted: usize) {
    let mut accounts = Vec::new();
    for email in emails {
        let id = sql("SELECT id FROM users WHERE email = $1").bind(email.as_str());
        accounts.push(id.value::<i64>(app.state.db.reader()).await.unwrap().unwrap());
    }
    let at_work = || {
        accounts
            .iter()
            .map(|account| app.probe.at_work(*account))
            .sum::<usize>()
    };
    let mut look = tokio::time::interval(Duration::from_millis(1));
    while at_work() < wanted {
        look.tick().await;
    }
}
