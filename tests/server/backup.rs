//! Backups: consistent while a server runs, restored only if nobody uses the database, and never halfway.

mod files;

use crate::{
    app::{CONTROLLER, TestApp},
    database::{Kind, TestDatabase},
    on_both_databases,
};
use control_maniac::server::{backup, check, db, migrations::Migrator};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait;
use serde_json::json;
use std::{
    collections::{BTreeMap, HashSet},
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use tempfile::TempDir;

on_both_databases!(
    a_restored_database_is_the_backup_in_a_new_epoch,
    a_database_in_use_is_not_restored,
    backups_under_toggles_hold_what_was_acknowledged,
    a_backup_of_an_earlier_version_is_brought_up_to_date,
    what_is_no_backup_of_this_database_changes_nothing,
);

/// Runs the program with Postgres' programs in its path; returns whether it succeeded, and what it printed.
pub fn run(arguments: &[&str]) -> (bool, String) {
    run_with(arguments, &folders())
}

/// Where programs are, those of Postgres first.
#[expect(
    clippy::disallowed_methods,
    reason = ".ci/setup says where the programs of Postgres are"
)]
pub fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("CONTROL_MANIAC_POSTGRES")
        .map(PathBuf::from)
        .into_iter()
        .collect();
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    folders.extend(installed.map(|version| version.path().join("bin")));
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders
}

fn run_with(arguments: &[&str], path: &[PathBuf]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_control-maniac"))
        .args(arguments)
        .env("PATH", std::env::join_paths(path).unwrap())
        .output()
        .unwrap();
    let said = [&output.stdout[..], &output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// Runs `command` on the database at `url` and `file`.
pub fn on(command: &str, url: &str, file: &Path) -> (bool, String) {
    run(&[command, "--database-url", url, file.to_str().unwrap()])
}

#[track_caller]
pub fn done(outcome: (bool, String)) -> String {
    assert!(outcome.0, "{}", outcome.1);
    outcome.1
}

#[track_caller]
pub fn refused(outcome: (bool, String), because: &str) {
    assert!(
        !outcome.0 && outcome.1.contains(because),
        "not {because:?}: {}",
        outcome.1
    );
    assert_eq!(outcome.1.trim().lines().count(), 1, "{}", outcome.1);
}

/// The file of a SQLite database.
fn file_of(url: &str) -> PathBuf {
    url.strip_prefix("sqlite:").unwrap().into()
}

fn url_of(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

async fn ask(db: &DatabaseConnection, sql: &str) -> Vec<Vec<String>> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    let texts = |row: &sea_orm::QueryResult| {
        let names = row.column_names();
        names.iter().map(|name| row.try_get("", name).unwrap()).collect()
    };
    rows.iter().map(texts).collect()
}

const SETTINGS: &str = "SELECT email, key, value, CAST(revision AS TEXT) AS revision
                        FROM settings JOIN users ON users.id = user_id ORDER BY email, key";
const EPOCH: &str = "SELECT epoch FROM database_epoch";

async fn all_is_well(db: &DatabaseConnection) {
    for finding in check::run(db).await.unwrap() {
        assert_eq!(finding.faults, 0, "{finding}");
    }
}

async fn a_restored_database_is_the_backup_in_a_new_epoch(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    let mut browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let said = done(on("backup", &app.database.url, &file));
    let size = fs::metadata(&file).unwrap().len();
    assert!(
        said.contains(file.to_str().unwrap()) && said.replace(',', "").contains(&size.to_string()),
        "{said}"
    );
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "and nothing beside it");
    refused(on("backup", &app.database.url, &file), "is there already");
    assert_eq!(fs::metadata(&file).unwrap().len(), size);

    let before = ask(app.state.db.writer(), SETTINGS).await;
    let epoch = ask(app.state.db.writer(), EPOCH).await;
    browser.choose("division", "design").await;
    browser.choose("period", "2025").await;
    app.stop().await;
    let said = done(on("restore", &app.database.url, &file));
    let aside: PathBuf = said.split_whitespace().last().unwrap().trim_end_matches('.').into();
    assert!(
        aside.to_str().unwrap().contains(".before-restore-20") && aside.exists(),
        "{said}"
    );
    app.restart().await;
    browser.address = app.address.clone();
    assert_eq!(ask(app.state.db.writer(), SETTINGS).await, before);
    assert_ne!(ask(app.state.db.writer(), EPOCH).await, epoch);
    all_is_well(app.state.db.writer()).await;
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "web",
        "its session is in the backup"
    );
    assert_eq!(
        browser.choose("division", "mobile").await.json(),
        json!({"value": "mobile", "revision": 2})
    );
    assert_eq!(browser.open("/").await.main("data-division"), "mobile");

    // The database that was set aside is also a backup.
    app.stop().await;
    done(on("restore", &app.database.url, &aside));
    app.restart().await;
    browser.address = app.address.clone();
    let page = browser.open("/").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("design", "2025")
    );
    app
}

async fn a_database_in_use_is_not_restored(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    done(on("backup", &app.database.url, &file));
    browser.choose("division", "design").await;
    refused(on("restore", &app.database.url, &file), "is used by");
    assert_eq!(browser.choose("division", "mobile").await.json()["revision"], 3);
    app.stop().await;
    // Another program, which knows nothing of ours.
    let other = app.database.connect().await;
    ask(&other, EPOCH).await;
    refused(on("restore", &app.database.url, &file), "is used by");
    assert_eq!(ask(&other, SETTINGS).await[0][2], "mobile");
    other.close().await.unwrap();
    done(on("restore", &app.database.url, &file));
    app.restart().await;
    assert_eq!(app.row("division").await, ("web".to_owned(), 1));
    app
}

/// How many backups are made of each database.
fn rounds(kind: Kind) -> usize {
    match kind {
        Kind::Sqlite => 100,
        Kind::Postgres => 3,
    }
}

async fn backups_under_toggles_hold_what_was_acknowledged(app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    // The acknowledged choices, by revision.
    let acknowledged: Arc<Mutex<BTreeMap<i64, String>>> = Arc::default();
    let is_over = Arc::new(AtomicBool::new(false));
    let mut people = Vec::new();
    for first in 0..3 {
        let browser = app.logged_in(CONTROLLER).await;
        let (acknowledged, is_over) = (acknowledged.clone(), is_over.clone());
        people.push(tokio::spawn(async move {
            for number in first.. {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let value = ["web", "mobile", "design", "all"][number % 4];
                let answer = browser.choose("division", value).await.json();
                let revision = answer["revision"].as_i64().unwrap();
                acknowledged.lock().unwrap().insert(revision, value.to_owned());
            }
        }));
    }
    let elsewhere = match app.kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some(TestDatabase::empty(Kind::Postgres).await),
    };
    let target = match &elsewhere {
        Some(database) => database.url.clone(),
        None => url_of(&folder.path().join("elsewhere.db")),
    };
    let mut epochs = HashSet::from([ask(app.state.unasked.writer(), EPOCH).await]);
    for round in 0..rounds(app.kind) {
        let file = folder.path().join(format!("copy-{round}"));
        let known = acknowledged.lock().unwrap().keys().last().copied().unwrap_or_default();
        match app.kind {
            // In this process, which is faster.
            Kind::Sqlite => {
                backup::backup(&app.database.url, &file).await.unwrap();
                let restored = backup::restore(&target, &file).await.unwrap();
                assert_eq!(restored.aside.is_some(), round > 0);
                drop(restored.aside.map(fs::remove_file));
            }
            Kind::Postgres => {
                done(on("backup", &app.database.url, &file));
                done(on("restore", &target, &file));
            }
        }
        let db = db::open_existing(&target).await.unwrap();
        all_is_well(&db).await;
        let rows = ask(&db, SETTINGS).await;
        let row = rows.first().map(|row| (row[3].parse::<i64>().unwrap(), row[2].clone()));
        let (revision, value) = row.unwrap_or_default();
        assert!(
            revision >= known,
            "round {round}: {revision} is older than {known}, which was acknowledged"
        );
        assert!(
            epochs.insert(ask(&db, EPOCH).await),
            "each restored one is another epoch"
        );
        db.close().await.unwrap();
        if revision > 0 {
            // The choice that was under way is acknowledged at last.
            while !acknowledged.lock().unwrap().contains_key(&revision) {
                tokio::task::yield_now().await;
            }
            assert_eq!(acknowledged.lock().unwrap()[&revision], value, "round {round}");
        }
        fs::remove_file(&file).unwrap();
    }
    is_over.store(true, Ordering::Relaxed);
    for person in people {
        person.await.unwrap();
    }
    println!("{} choices were acknowledged", acknowledged.lock().unwrap().len());
    if let Some(database) = elsewhere {
        database.drop().await;
    }
    app
}

async fn a_backup_of_an_earlier_version_is_brought_up_to_date(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    let old = TestDatabase::empty(app.kind).await;
    let db = old.connect().await;
    Migrator::up(&db, Some(3)).await.unwrap();
    let statement = "INSERT INTO users (id, email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
                     VALUES (1, 'ada@studio.test', 'Ada', '', FALSE, TRUE, TRUE)";
    db.execute_unprepared(statement).await.unwrap();
    db.close().await.unwrap();
    done(on("backup", &old.url, &file));
    app.stop().await;
    done(on("restore", &app.database.url, &file));
    app.restart().await;
    let people = ask(app.state.db.writer(), "SELECT email FROM users").await;
    assert_eq!(people, [["ada@studio.test"]]);
    assert_eq!(ask(app.state.db.writer(), EPOCH).await.len(), 1);
    old.drop().await;
    app
}

async fn what_is_no_backup_of_this_database_changes_nothing(mut app: TestApp) -> TestApp {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let url = app.database.url.clone();
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let right = path("right");
    done(on("backup", &url, &right));
    app.stop().await;
    fs::write(path("text"), "These are words.").unwrap();
    fs::write(path("empty"), "").unwrap();
    let whole = fs::read(&right).unwrap();
    fs::write(path("half"), &whole[..whole.len() / 2]).unwrap();
    for wrong in ["text", "empty", "half", "missing"] {
        refused(on("restore", &url, &path(wrong)), path(wrong).to_str().unwrap());
    }
    let foreign = path("foreign.db");
    let db = db::open(&url_of(&foreign)).await.unwrap();
    db.execute_unprepared("CREATE TABLE seaql_migrations (version TEXT)")
        .await
        .unwrap();
    db.close().await.unwrap();
    match app.kind {
        Kind::Sqlite => {
            refused(on("restore", &url, &foreign), "no database of this program");
            let mut damaged = whole.clone();
            let middle = damaged.len() / 2;
            damaged[middle..middle + 8192].fill(0xa5);
            fs::write(path("damaged"), damaged).unwrap();
            refused(on("restore", &url, &path("damaged")), "it is damaged");
            let later = path("later");
            fs::copy(&right, &later).unwrap();
            let unknown = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
            change(&later, &format!("{unknown}; DROP TABLE compatibility")).await;
            refused(on("restore", &url, &later), "m9999_later");
            let loose = path("loose");
            fs::copy(&right, &loose).unwrap();
            change(&loose, "PRAGMA foreign_keys = OFF; DELETE FROM users").await;
            refused(on("restore", &url, &loose), "lead to no row");
            refused(on("restore", &url, &file_of(&url)), "it is the database itself");
            let link = path("link");
            std::os::unix::fs::symlink(file_of(&url), &link).unwrap();
            refused(on("restore", &url, &link), "it is the database itself");
            fs::write(path("right-wal"), "a log").unwrap();
            refused(on("restore", &url, &right), "belongs to it");
            refused(
                on("restore", "postgres://127.0.0.1:1/none", &right),
                "--database-url names a Postgres",
            );
        }
        Kind::Postgres => {
            refused(on("restore", &url, &foreign), "it is a SQLite database");
            let elsewhere = url_of(&path("elsewhere.db"));
            refused(on("restore", &elsewhere, &right), "a copy of a Postgres database");
            assert!(!path("elsewhere.db").exists());
            let nothing = [folder.path().to_owned()];
            let right = right.to_str().unwrap();
            refused(
                run_with(&["restore", "--database-url", &url, right], &nothing),
                "pg_restore was not found",
            );
            let another = path("another");
            let another = another.to_str().unwrap();
            refused(
                run_with(&["backup", "--database-url", &url, another], &nothing),
                "pg_dump was not found",
            );
            let names = fs::read_dir(folder.path()).unwrap().flatten();
            let names: Vec<_> = names.map(|entry| entry.file_name().into_string().unwrap()).collect();
            assert!(
                names
                    .iter()
                    .all(|name| !name.contains("part") && !name.contains("another")),
                "{names:?}"
            );
        }
    }
    app.restart().await;
    assert_eq!(app.row("division").await, ("web".to_owned(), 1), "all is as it was");
    app
}

/// Changes a SQLite file as another program would.
async fn change(file: &Path, sql: &str) {
    let db = db::open_existing(&url_of(file)).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}
