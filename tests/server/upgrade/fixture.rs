//! A small studio as the last version without dated ownership left it; `tests/fixtures/before_dated/README.md` says how
//! it was made.

use crate::{
    app::{Browser, TestApp},
    clock::NoonOf,
    database::{Kind, TestDatabase},
    shown::Shown,
};
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use std::{fmt::Write, sync::Arc};

const SQLITE: &str = include_str!("../../fixtures/before_dated/sqlite.sql");
const POSTGRES: &str = include_str!("../../fixtures/before_dated/postgres.sql");

/// The day on which it was made.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
}

/// The database as it was left.
pub async fn before_dated(kind: Kind) -> TestDatabase {
    let database = TestDatabase::empty(kind).await;
    let db = database.connect().await;
    let text = match kind {
        Kind::Sqlite => SQLITE,
        Kind::Postgres => POSTGRES,
    };
    db.execute_unprepared(&format!("BEGIN;\n{text}\nCOMMIT;"))
        .await
        .unwrap();
    db.close().await.unwrap();
    database
}

/// A server on `database` on the day on which the fixture was made.
pub async fn start(database: TestDatabase, kind: Kind) -> TestApp {
    TestApp::start_with(database, kind, |config| config.clock = Arc::new(NoonOf(today()))).await
}

const DIVISIONS: [&str; 4] = ["all", "web", "mobile", "design"];

/// A month before Print closed and the one after, a quarter with both, a year and this one so far, and days that cut months.
const PERIODS: [&str; 6] = ["2026-02", "2026-03", "2026-q1", "2025", "ytd", "2025-12-10..2026-03-09"];

/// The periods in which divisions and the projects' own pages are looked at.
const MAIN_PERIODS: [&str; 3] = ["2026-q1", "2025", "ytd"];

/// Projects of each kind: by the hour; at a fixed price that was invoiced evenly, ahead, not at all, and in full but
/// taken back; internal and over its hours; near its budget; of no division and with a budget of zero.
const PROJECTS: [&str; 8] = [
    "WEB-001", "WEB-018", "WEB-023", "MOB-011", "DSG-008", "WEB-024", "DSG-002", "STU-004",
];

/// What the pages show in every scope, as text: for each a line with `=`, the division, the period and the path, and
/// its content.
pub async fn all_pages(browser: &Browser) -> String {
    let mut text = String::new();
    for division in DIVISIONS {
        for period in PERIODS {
            let is_main = MAIN_PERIODS.contains(&period);
            let mut paths = ["/", "/projects", "/costs"].map(str::to_owned).to_vec();
            match (division, is_main) {
                ("all", true) => paths.extend(PROJECTS.iter().map(|code| format!("/projects/{code}"))),
                ("all", false) | (_, true) => {}
                (_, false) => continue,
            }
            for path in paths {
                let shown = shown(browser, &path, division, period).await;
                write!(text, "= {division} {period} {path}\n{shown}").unwrap();
            }
        }
    }
    text
}

/// The content of one page.
pub async fn shown(browser: &Browser, path: &str, division: &str, period: &str) -> Shown {
    let answer = browser.figures(path, division, period).await;
    assert_eq!(answer.status, 200, "{path} {division} {period}: {}", answer.body);
    Shown::of(answer.json()["html"].as_str().unwrap())
}
