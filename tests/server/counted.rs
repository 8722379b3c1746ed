//! Every change of the studio's data raises its revision, no matter who makes it, and open windows follow. Nothing else
//! does.

use crate::{
    app::{CONTROLLER, TestApp},
    database::Kind,
    on_both_databases,
    past_limits::as_the_books,
    window::Window,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use serde_json::Value;

on_both_databases!(
    every_change_of_every_table_is_counted,
    an_open_window_hears_of_a_change_and_shows_it,
    the_books_count_once_themselves,
    what_people_look_at_and_choose_is_not_counted,
    what_is_taken_back_is_not_counted,
);

/// A table, how a row gets into it, which row that is, and a change of it.
const TABLES: [(&str, &str, &str, &str); 14] = [
    (
        "divisions",
        "(slug, name, position, accent) VALUES ('new', 'New', 9, 'blue')",
        "slug = 'new'",
        "name = 'Newer'",
    ),
    ("clients", "(name) VALUES ('New')", "name = 'New'", "name = name || ''"),
    ("people", "(name) VALUES ('New')", "name = 'New'", "division_id = 1"),
    (
        "person_divisions",
        "(person_id, valid_from, division_id) VALUES (1, '2020-01-01', 2)",
        "person_id = 1 AND valid_from = '2020-01-01'",
        "division_id = 3",
    ),
    (
        "cost_rates",
        "(person_id, valid_from, cents_per_hour) VALUES (1, '2019-01-01', 1)",
        "person_id = 1 AND valid_from = '2019-01-01'",
        "cents_per_hour = 2",
    ),
    (
        "capacities",
        "(person_id, month, contract_minutes, absence_minutes) VALUES (1, '2019-01-01', 60, 0)",
        "person_id = 1 AND month = '2019-01-01'",
        "absence_minutes = 30",
    ),
    (
        "overhead_keys",
        "(valid_from, division_id, weight) VALUES ('2019-01-01', 1, 1)",
        "valid_from = '2019-01-01'",
        "weight = 2",
    ),
    (
        "projects",
        "(code, name, kind, starts_on) VALUES ('NEW-1', 'New', 'internal', '2026-01-01')",
        "code = 'NEW-1'",
        "division_id = 2",
    ),
    (
        "project_divisions",
        "(project_id, valid_from, division_id) VALUES (1, '2020-01-01', 2)",
        "project_id = 1 AND valid_from = '2020-01-01'",
        "division_id = 3",
    ),
    (
        "project_terms",
        "(project_id, valid_from, starts_on) VALUES (1, '2020-01-01', '2026-01-01')",
        "project_id = 1 AND valid_from = '2020-01-01'",
        "billing_rate = 1",
    ),
    (
        "time_entries",
        "(person_id, project_id, worked_on, minutes, billable, note, revenue)
         VALUES (1, 1, '2026-11-02', 60, FALSE, 'new', 0)",
        "note = 'new'",
        "minutes = 30",
    ),
    (
        "bookings",
        "(booked_on, category, text, supplier, amount, billable, shared, search)
         VALUES ('2026-11-02', 'Rent', 'new', '', 100, FALSE, TRUE, '')",
        "text = 'new'",
        "amount = 200",
    ),
    (
        "booking_parts",
        "(booking_id, division_id, amount) SELECT MIN(id), 1, 99 FROM bookings WHERE shared",
        "amount = 99 AND division_id = 1",
        "amount = 99",
    ),
    (
        "invoices",
        "(number, project_id, invoiced_on, amount) VALUES ('new', 1, '2026-11-02', 100)",
        "number = 'new'",
        "amount = 200",
    ),
];

async fn revision(db: &DatabaseConnection) -> i64 {
    let select = Statement::from_string(db.get_database_backend(), "SELECT revision FROM data_revision");
    let row = db.query_one_raw(select).await.unwrap().unwrap();
    row.try_get("", "revision").unwrap()
}

/// By how much `sql` raises the revision.
async fn raised_by(db: &DatabaseConnection, sql: &str) -> i64 {
    let before = revision(db).await;
    let done = db
        .execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    assert!(
        done.rows_affected() > 0 || sql.starts_with("TRUNCATE"),
        "{sql} changes something"
    );
    revision(db).await - before
}

async fn every_change_of_every_table_is_counted(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    let is_postgres = matches!(app.kind, Kind::Postgres);
    let is_right = |by: i64| if is_postgres { by == 1 } else { by >= 1 };
    for (table, row, key, change) in TABLES {
        for sql in [
            format!("INSERT INTO {table} {row}"),
            format!("UPDATE {table} SET {change} WHERE {key}"),
            format!("DELETE FROM {table} WHERE {key}"),
        ] {
            let by = raised_by(db, &sql).await;
            assert!(is_right(by), "{sql}: {by}");
        }
    }
    if is_postgres {
        let many = "UPDATE time_entries SET note = note || '.' WHERE id <= 1000";
        assert_eq!(raised_by(db, many).await, 1, "once, however many rows");
        let copied = "INSERT INTO invoices (number, project_id, invoiced_on, amount)
                      SELECT 'N-' || n, 1, '2026-11-02', 1 FROM generate_series(1, 1000) n";
        assert_eq!(raised_by(db, copied).await, 1);
        let moved = "UPDATE projects SET division_id = CASE division_id WHEN 1 THEN 2 ELSE 1 END";
        assert_eq!(raised_by(db, moved).await, 1, "with what follows from it");
        let shared = "DELETE FROM bookings WHERE shared";
        assert_eq!(raised_by(db, shared).await, 1, "with the parts that go with them");
        for (table, ..) in TABLES {
            assert_eq!(raised_by(db, &format!("TRUNCATE {table} CASCADE")).await, 1, "{table}");
        }
    }
    app
}

fn data(newest: &Value) -> i64 {
    newest["basis"]["data_revision"].as_i64().unwrap()
}

async fn an_open_window_hears_of_a_change_and_shows_it(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let mut stream = Window::open(&browser).await;
    let mut known = data(&stream.newest().await);
    let other_program = app.database.connect().await;
    for (path, sql) in [
        (
            "/",
            "UPDATE bookings SET amount = amount + 100 WHERE project_id IS NOT NULL",
        ),
        ("/costs", "UPDATE booking_parts SET amount = amount + 100"),
        ("/", "UPDATE time_entries SET revenue = revenue + 100 WHERE billable"),
        ("/", "DELETE FROM time_entries WHERE worked_on = '2026-11-02'"),
        ("/projects/WEB-001", "UPDATE invoices SET amount = amount + 100"),
        ("/", "UPDATE capacities SET contract_minutes = contract_minutes + 60"),
        ("/projects", "UPDATE clients SET name = name || '.'"),
        ("/projects/WEB-001", "UPDATE people SET name = name || '.'"),
        ("/projects", "UPDATE projects SET name = name || '.'"),
        ("/", "UPDATE divisions SET name = name || '.'"),
    ] {
        let shown = async || {
            let answer = browser.figures(path, "all", "2026-q4").await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let json = answer.json();
            (json["html"].as_str().unwrap().to_owned(), data(&json["newest"]))
        };
        let (before, _) = shown().await;
        other_program.execute_unprepared(sql).await.unwrap();
        let (after, newer) = shown().await;
        assert_ne!(before, after, "{path} is new after {sql}");
        assert!(newer > known, "{sql}");
        known = data(&stream.newest_with(|newest| data(newest) >= newer).await);
    }
    app
}

async fn the_books_count_once_themselves(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    for (table, row, key, change) in TABLES {
        let before = revision(db).await;
        let sql = format!(
            "INSERT INTO {table} {row}; UPDATE {table} SET {change} WHERE {key}; DELETE FROM {table} WHERE {key}"
        );
        as_the_books(db, &sql).await;
        assert_eq!(revision(db).await, before + 1, "{table}");
    }
    let before = revision(db).await;
    let change = control_maniac::books::Change::begin(db).await.unwrap();
    change.roll_back().await.unwrap();
    assert_eq!(revision(db).await, before);
    let mut change = control_maniac::books::Change::begin(db).await.unwrap();
    change
        .add_clients(vec!["Ada".to_owned(), "Grace".to_owned()])
        .await
        .unwrap();
    change.commit().await.unwrap();
    assert_eq!(revision(db).await, before + 1);
    let after = "UPDATE clients SET name = name || '.' WHERE name = 'Ada'";
    assert_eq!(
        raised_by(db, after).await,
        1,
        "whoever comes after them is counted again"
    );
    app
}

async fn what_people_look_at_and_choose_is_not_counted(app: TestApp) -> TestApp {
    let before = revision(app.state.db.writer()).await;
    let browser = app.logged_in(CONTROLLER).await;
    for path in ["/", "/projects", "/projects/WEB-001", "/costs"] {
        assert_eq!(browser.open(path).await.status, 200);
    }
    browser.choose("division", "web").await;
    browser.choose("period", "2025").await;
    browser.submit("/logout", &[]).await;
    assert_eq!(revision(app.state.db.writer()).await, before);
    app
}

async fn what_is_taken_back_is_not_counted(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    let before = revision(db).await;
    let transaction = db.begin().await.unwrap();
    transaction.execute_unprepared("DELETE FROM invoices").await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(revision(db).await, before);
    // A change after a savepoint that was rolled back still counts.
    let transaction = db.begin().await.unwrap();
    for statement in [
        "SAVEPOINT before",
        "DELETE FROM invoices",
        "ROLLBACK TO SAVEPOINT before",
        "UPDATE clients SET name = name || '.' WHERE id = 1",
    ] {
        transaction.execute_unprepared(statement).await.unwrap();
    }
    transaction.commit().await.unwrap();
    assert_eq!(revision(db).await, before + 1);
    app
}

/// A writer that bypasses the books locks the counter before any row, as the books do.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_the_books_wait_for_each_other() {
    TestApp::run(Kind::Postgres, the_books_are_first_and_the_other_waits).await;
}

async fn the_books_are_first_and_the_other_waits(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    let mut change = control_maniac::books::Change::begin(db).await.unwrap();
    let other_program = app.database.connect().await;
    let other = tokio::spawn(async move {
        let rename = "UPDATE divisions SET name = 'Other' WHERE id = 2";
        other_program
            .execute_unprepared(rename)
            .await
            .map(|done| done.rows_affected())
    });
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%''Other''%'
                     AND pid <> pg_backend_pid()";
    let is_waiting = async || {
        let select = Statement::from_string(db.get_database_backend(), waiting);
        let row = db.query_one_raw(select).await.unwrap().unwrap();
        row.try_get_by_index::<i64>(0).unwrap() > 0
    };
    while !is_waiting().await {
        assert!(!other.is_finished(), "it can't be through before the books are");
    }
    let day = crate::database::today();
    change.archive_division(2, day).await.unwrap();
    change.commit().await.unwrap();
    assert_eq!(other.await.unwrap().unwrap(), 1);
    app
}
