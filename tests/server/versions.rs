//! Two versions on one database: today's program works beside newer ones and after a rollback, and if it may not, it
//! says why.

mod only_adding;
mod programs;

use crate::{
    app::{CONTROLLER, TestApp},
    backup::{done, folders, on, refused, run},
    built,
    database::{Kind, TestDatabase},
    on_both_databases,
    window::Window,
};
use control_maniac::{
    error::{AppError, ErrorKind},
    server::{
        check,
        config::{Config, StartError},
        database_version::{DatabaseVersion, Misfit},
        db,
        migrate::{Outcome, migrate},
        program::Program,
        sql::sql,
    },
};
use programs::{NEWER, demanding, newer};
use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::json;
use std::{path::Path, process::Command};
use tempfile::TempDir;

on_both_databases!(
    todays_program_serves_a_database_that_a_newer_one_added_to,
    a_server_goes_on_while_a_newer_program_adds,
    backups_of_a_newer_program_are_restored,
    a_program_that_is_too_old_says_so_and_changes_nothing,
    after_a_rollback_the_newer_program_starts_again,
    a_server_stops_once_a_newer_program_demands_more,
    two_versions_serve_at_once,
    both_versions_start_at_once,
    a_newer_programs_settings_stay_as_they_are,
);

/// Brings the database up to date as another program does, in a process of its own as far as the database is concerned.
async fn migrated_by(program: &Program, database: &TestDatabase) -> Outcome {
    let db = database.connect().await;
    let outcome = migrate(&db, program).await.unwrap();
    db.close().await.unwrap();
    outcome
}

/// Opens every kind of page and makes every kind of change.
async fn use_everything(app: &TestApp) {
    let browser = app.logged_in(CONTROLLER).await;
    let revision = sql("SELECT COALESCE(MAX(revision), 0) FROM settings WHERE key = 'division'");
    let before: i64 = revision.value(app.state.db.writer()).await.unwrap().unwrap();
    for division in ["all", "web", "print"] {
        for path in ["/", "/projects", "/costs", "/projects/WEB-001", "/costs?q=rent"] {
            let answer = browser.figures(path, division, "2026").await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {division}: {}", answer.body);
            let page = browser.open(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        }
    }
    assert_eq!(
        browser.choose("division", "design").await.json(),
        json!({"value": "design", "revision": before + 1})
    );
    assert_eq!(browser.open("/costs").await.main("data-division"), "design");
    let mut window = Window::open(&browser).await;
    window.newest().await;
    browser.choose("division", "mobile").await;
    let mobile = json!({"value": "mobile", "revision": before + 2});
    window
        .newest_with(|newest| newest["settings"]["division"] == mobile)
        .await;
    assert_eq!(browser.submit("/logout", &[]).await.status, StatusCode::SEE_OTHER);
    window.assert_ended().await;
}

async fn all_is_well(db: &DatabaseConnection) {
    for finding in check::run(db).await.unwrap() {
        assert_eq!(finding.faults, 0, "{finding}");
    }
}

async fn todays_program_serves_a_database_that_a_newer_one_added_to(mut app: TestApp) -> TestApp {
    app.stop().await;
    assert_eq!(migrated_by(&newer(), &app.database).await, Outcome::Migrated);
    assert_eq!(migrated_by(&Program::THIS, &app.database).await, Outcome::IsNewer);
    app.restart().await;
    use_everything(&app).await;
    all_is_well(app.state.db.writer()).await;
    let url = &app.database.url;
    let said = done(run(&["migrate", "--database-url", url]));
    assert!(said.contains("newer program"), "{said}");
    assert!(done(run(&["check", "--database-url", url])).contains("ok     the database has all"));
    assert!(done(run(&["user", "--database-url", url, "list"])).contains(CONTROLLER));
    done(run(&["user", "--database-url", url, "remove", CONTROLLER]));
    assert_eq!(
        app.browser().log_in(CONTROLLER, "demo-password", None).await.status,
        StatusCode::UNAUTHORIZED
    );
    app
}

async fn a_server_goes_on_while_a_newer_program_adds(app: TestApp) -> TestApp {
    use_everything(&app).await;
    assert_eq!(migrated_by(&newer(), &app.database).await, Outcome::Migrated);
    use_everything(&app).await;
    app.state.standing.check(app.state.unasked.reader()).await.unwrap();
    app
}

async fn backups_of_a_newer_program_are_restored(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    migrated_by(&newer(), &app.database).await;
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    done(on("backup", &app.database.url, &file));
    browser.choose("division", "design").await;
    app.stop().await;
    done(on("restore", &app.database.url, &file));
    let restored = version(&app.database).await;
    assert!(restored.steps.contains(NEWER), "{restored:?}");
    app.restart().await;
    assert_eq!(app.row("division").await, ("web".to_owned(), 1));
    all_is_well(app.state.db.writer()).await;
    app
}

async fn version(database: &TestDatabase) -> DatabaseVersion {
    let db = database.connect().await;
    let version = DatabaseVersion::read(&db).await.unwrap();
    db.close().await.unwrap();
    version
}

/// A copy of the database as the newer program would make it.
fn copy_of(database: &TestDatabase, kind: Kind, file: &Path) {
    match kind {
        Kind::Sqlite => {
            std::fs::copy(database.url.strip_prefix("sqlite:").unwrap(), file).unwrap();
        }
        Kind::Postgres => {
            let mut dumps = folders().into_iter().map(|folder| folder.join("pg_dump"));
            let dump = dumps.find(|program| program.exists()).unwrap();
            let mut command = Command::new(dump);
            command
                .args(["--format=custom", "--dbname", &database.url, "--file"])
                .arg(file);
            assert!(command.status().unwrap().success());
        }
    }
}

async fn a_program_that_is_too_old_says_so_and_changes_nothing(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let (before, file) = (folder.path().join("before"), folder.path().join("copy"));
    let url = &*app.database.url.clone();
    done(on("backup", url, &before));
    app.stop().await;
    migrated_by(&demanding(), &app.database).await;
    let wanted = version(&app.database).await;
    let oldest = demanding().number;
    assert_eq!(wanted.oldest_program, Some(oldest));
    let because = format!(
        "needs program {oldest} or a newer one, and this is program {}",
        Program::THIS.number
    );

    let site = built::folder().to_str().unwrap();
    for arguments in [
        &["serve", "--addr", "127.0.0.1:0", "--site", site][..],
        &["migrate"],
        &["check"],
        &["user", "list"],
        &["user", "remove", CONTROLLER],
    ] {
        let arguments = match arguments {
            ["user", rest @ ..] => [&["user", "--database-url", url][..], rest].concat(),
            _ => [arguments, &["--database-url", url]].concat(),
        };
        refused(run(&arguments), &because);
    }
    refused(on("backup", url, &file), &because);
    assert!(!file.exists());
    copy_of(&app.database, app.kind, &file);
    let elsewhere = TestDatabase::demo(app.kind).await;
    refused(on("restore", &elsewhere.url, &file), &because);
    assert_eq!(version(&elsewhere).await.oldest_program, Some(Program::THIS.number));
    elsewhere.drop().await;
    assert_eq!(version(&app.database).await, wanted, "it is as it was");

    // As the message advises: a backup from before.
    done(on("restore", url, &before));
    app.restart().await;
    use_everything(&app).await;
    app
}

async fn after_a_rollback_the_newer_program_starts_again(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let before = folder.path().join("before");
    done(on("backup", &app.database.url, &before));
    app.stop().await;
    migrated_by(&demanding(), &app.database).await;
    done(on("restore", &app.database.url, &before));
    assert!(!version(&app.database).await.steps.contains(NEWER));
    assert_eq!(migrated_by(&demanding(), &app.database).await, Outcome::Migrated);
    migrated_by(&demanding(), &app.database).await;
    done(on("restore", &app.database.url, &before));
    app.restart().await;
    app
}

async fn a_server_stops_once_a_newer_program_demands_more(mut app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let mut window = Window::open(&browser).await;
    window.newest().await;
    let db = app.database.connect().await;
    migrate(&db, &demanding()).await.unwrap();
    let misfit = app.end().await;
    let (oldest, this) = (demanding().number, Program::THIS.number);
    assert_eq!(misfit, Misfit::TooOld { oldest, this });
    while window.next().await.is_some() {}
    let refused = browser.request(reqwest::Method::GET, "/").send().await;
    assert!(
        refused.is_err_and(|error| error.is_connect()),
        "nothing is served any more"
    );
    let checked = app.state.standing.check(&db).await;
    assert!(matches!(checked, Err(StartError::Version(Misfit::TooOld { .. }))));
    db.close().await.unwrap();
    app
}

async fn two_versions_serve_at_once(app: TestApp) -> TestApp {
    let newest = |config: &mut Config| config.program = newer();
    let mut other = TestApp::start_with(app.database.shared(), app.kind, newest).await;
    let (here, there) = (app.logged_in(CONTROLLER).await, other.logged_in(CONTROLLER).await);
    let (mut window_here, mut window_there) = (Window::open(&here).await, Window::open(&there).await);
    window_here.newest().await;
    window_there.newest().await;
    let choices = ["web", "design", "mobile", "all"];
    for (revision, value) in (1..).zip(choices.iter().cycle().take(12)) {
        let (chooser, looker) = match revision % 2 {
            0 => (&here, &there),
            _ => (&there, &here),
        };
        let expected = json!({"value": value, "revision": revision});
        assert_eq!(chooser.choose("division", value).await.json(), expected);
        for window in [&mut window_here, &mut window_there] {
            window
                .newest_with(|newest| newest["settings"]["division"] == expected)
                .await;
        }
        assert_eq!(&looker.open("/projects").await.main("data-division"), value);
    }
    use_everything(&app).await;
    use_everything(&other).await;
    other.stop().await;
    use_everything(&app).await;
    app
}

async fn both_versions_start_at_once(app: TestApp) -> TestApp {
    let database = TestDatabase::empty(app.kind).await;
    let start = |program: Program| {
        let change = move |config: &mut Config| config.program = program;
        TestApp::start_with(database.shared(), app.kind, change)
    };
    let (this, newer) = (Program::THIS, newer());
    let started = tokio::join!(start(newer), start(this), start(this), start(newer), start(this));
    for mut started in <[TestApp; 5]>::from(started) {
        assert_eq!(started.browser().open("/login").await.status, StatusCode::OK);
        started.stop().await;
    }
    let version = version(&database).await;
    assert!(version.steps.contains(NEWER) && version.steps.is_superset(&Program::THIS.steps()));
    database.drop().await;
    app
}

async fn a_newer_programs_settings_stay_as_they_are(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("period", "2025").await;
    let mut window = Window::open(&browser).await;
    window.newest().await;
    let user = "(SELECT id FROM users WHERE email = 'controller@studio.test')";
    let newer = app.database.connect().await;
    for statement in [
        "UPDATE settings SET value = 'last-30-days', revision = revision + 1 WHERE key = 'period'".to_owned(),
        format!("INSERT INTO settings (user_id, key, value, revision) VALUES ({user}, 'of_later', '50', 3)"),
        "UPDATE sessions SET record = REPLACE(record, '\"values\":', '\"later\":[1],\"values\":')".to_owned(),
    ] {
        assert!(
            newer.execute_unprepared(&statement).await.unwrap().rows_affected() > 0,
            "{statement}"
        );
    }
    let shown = json!({"value": "ytd", "revision": 2});
    let newest = window.newest_with(|newest| newest["settings"]["period"] == shown).await;
    assert!(newest["settings"].get("of_later").is_none());
    for path in ["/", "/projects", "/costs"] {
        let page = browser.open(path).await;
        assert_eq!(
            (page.status, page.main("data-period")),
            (StatusCode::OK, "ytd"),
            "{path}"
        );
        assert!(!page.said().contains("no longer among those"), "nothing was withdrawn");
    }
    assert_eq!(
        app.row("period").await,
        ("last-30-days".to_owned(), 2),
        "it is the newer program's"
    );
    browser.choose("division", "web").await;
    assert_eq!(app.row("of_later").await, ("50".to_owned(), 3));
    let records: Vec<String> = sql("SELECT record FROM sessions").values(&newer).await.unwrap();
    assert!(
        records.iter().all(|record| record.contains("\"later\":[1]")),
        "{records:?}"
    );
    assert_eq!(
        browser.choose("period", "2026").await.json()["revision"],
        3,
        "who chooses anew has chosen"
    );
    newer.close().await.unwrap();
    app
}

#[test]
fn an_error_of_a_kind_that_only_a_newer_server_knows_keeps_its_words() {
    let sent = json!({"kind": "later", "message": "Wait for the others.", "further": 1});
    let read: AppError = serde_json::from_value(sent).unwrap();
    assert_eq!(
        (read.kind, read.message.to_string().as_str()),
        (ErrorKind::Other, "Wait for the others.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_on_a_database_of_something_else_says_which_step_it_went_through() {
    let database = TestDatabase::empty(Kind::Sqlite).await;
    let db = database.connect().await;
    for statement in [
        "CREATE TABLE seaql_migrations (version TEXT PRIMARY KEY, applied_at INTEGER NOT NULL)",
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2020_orders', 0)",
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    let error = db::migrate(&db).await.unwrap_err().to_string();
    assert!(
        error.contains("m2020_orders") && error.contains("Nothing was changed"),
        "{error}"
    );
    let tables = sql("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'");
    assert_eq!(tables.value::<i64>(&db).await.unwrap(), Some(1));
}
