//! A database from before ownership was dated loses nothing in the upgrade, and shows the same figures, except where
//! they were wrong. `tests/fixtures/before_dated/changes.txt` lists every figure that differs now, and why.

mod changes;
mod fixture;
mod rows;

use crate::{
    app::{CONTROLLER, TestApp},
    backup,
    database::{Kind, TestDatabase},
};
use control_maniac::server::{check, db};
use rows::{Content, Row, content, in_columns_of};
use sea_orm::DatabaseConnection;
use tempfile::TempDir;

/// Makes a test of an `async fn name(kind: Kind)` on each database.
macro_rules! on_each_database {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::database::Kind::Sqlite).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::database::Kind::Postgres).await;
            })*
        }
    };
}

on_each_database!(
    nothing_is_lost,
    every_figure_is_as_before_but_for_those_that_were_wrong,
    what_was_archived_is_there_again,
    a_second_start_changes_nothing,
    a_backup_of_before_is_put_back,
);

async fn is_clean(db: &DatabaseConnection) {
    for finding in check::run(db).await.unwrap() {
        assert_eq!(finding.faults, 0, "{finding}");
    }
}

/// Every row still has its values, in every column that was there.
async fn nothing_is_lost(kind: Kind) {
    let database = fixture::before_dated(kind).await;
    let db = database.connect().await;
    let before = content(&db).await;
    assert!(before.len() > 15 && before["time_entries"].len() > 500);
    db::migrate(&db).await.unwrap();
    let after = content(&db).await;
    for (table, rows) in &before {
        let now = in_columns_of(&after[table], rows);
        match table.as_str() {
            "seaql_migrations" => assert!(rows.iter().all(|step| now.contains(step))),
            // The parts of a booking that isn't shared follow from its owner. Two parts of a reversal were a cent off.
            "booking_parts" => assert_eq!(now, parts_now(&before)),
            _ => assert_eq!(now, *rows, "{table}"),
        }
    }
    assert_eq!(after["project_divisions"].len(), before["projects"].len());
    assert_eq!(after["project_terms"].len(), before["projects"].len());
    assert_eq!(after["person_divisions"].len(), before["people"].len());
    is_clean(&db).await;
    db.close().await.unwrap();
    database.drop().await;
}

fn parts_now(before: &Content) -> Vec<Row> {
    let is_shared = |part: &&Row| {
        let booking = before["bookings"].iter().find(|row| row["id"] == part["booking_id"]);
        ["true", "1"].contains(&booking.unwrap()["shared"].as_str())
    };
    let mut parts: Vec<Row> = before["booking_parts"].iter().filter(is_shared).cloned().collect();
    for part in &mut parts {
        let corrected = match part["id"].as_str() {
            "9004" => "-3847",
            "9005" => "-2433",
            _ => continue,
        };
        part.insert("amount".to_owned(), corrected.to_owned());
    }
    parts.sort();
    parts
}

async fn every_figure_is_as_before_but_for_those_that_were_wrong(kind: Kind) {
    let app = fixture::start(fixture::before_dated(kind).await, kind).await;
    let text = fixture::all_pages(&app.logged_in(CONTROLLER).await).await;
    let shown: Vec<&str> = text.lines().collect();
    let expected = changes::expected();
    let mut page = "";
    for (place, (line, expected)) in shown.iter().zip(&expected).enumerate() {
        page = if line.starts_with('=') { line } else { page };
        assert!(
            changes::says(expected, line),
            "{page}, line {place}:\n    {line}\nnot {expected}"
        );
    }
    assert_eq!(shown.len(), expected.len());
    over(app).await;
}

/// Print has its history, which its own scope and its projects' pages show.
async fn what_was_archived_is_there_again(kind: Kind) {
    let app = fixture::start(fixture::before_dated(kind).await, kind).await;
    let browser = app.logged_in(CONTROLLER).await;
    let home = fixture::shown(&browser, "/", "print", "2025").await;
    // The fee of PRT-004, all of whose days lie in 2025, and the hours and expenses of the others in that year, summed up by
    // SQL over the rows of before: 5,000,000 + 828,400 + 37,803 cents.
    assert_eq!(home.figures[0], ("Revenue".to_owned(), "€58,662.03".to_owned()));
    let page = fixture::shown(&browser, "/projects/PRT-004", "print", "2025").await;
    let fact = |name: &str| {
        page.figures
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(fact("Revenue"), Some("€50,000.00"));
    assert_eq!(fact("Labour cost"), Some("€1,905.00"));
    over(app).await;
}

async fn a_second_start_changes_nothing(kind: Kind) {
    let mut app = fixture::start(fixture::before_dated(kind).await, kind).await;
    let before = content(app.state.db.writer()).await;
    app.restart().await;
    assert_eq!(content(app.state.db.writer()).await, before);
    over(app).await;
}

async fn a_backup_of_before_is_put_back(kind: Kind) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    let file = file.to_str().unwrap();
    let old = fixture::before_dated(kind).await;
    let (done, said) = backup::run(&["backup", "--database-url", &old.url, file]);
    assert!(done, "{said}");
    let database = TestDatabase::bare(kind).await;
    let (done, said) = backup::run(&["restore", "--database-url", &database.url, file]);
    assert!(done, "{said}");
    let (app, upgraded) = (fixture::start(database, kind).await, fixture::start(old, kind).await);
    let mut shown = Vec::new();
    for app in [&app, &upgraded] {
        is_clean(app.state.db.writer()).await;
        shown.push(fixture::shown(&app.logged_in(CONTROLLER).await, "/", "all", "2025").await);
    }
    assert_eq!(shown[0], shown[1]);
    over(app).await;
    over(upgraded).await;
}

async fn over(mut app: TestApp) {
    app.stop().await;
    app.database.drop().await;
}
