//! The limits of amounts, rates, hours and days: the database refuses values beyond them, no matter who writes, and the
//! largest values add up on every page.

use crate::{
    app::{CONTROLLER, TestApp},
    database::today,
    on_both_databases,
    past_limits::as_the_books,
};
use chrono::NaiveDate;
use control_maniac::{
    books::{
        Bearer, BooksError, Change, Key, NewBooking, NewInvoice, NewTime, Terms,
        limits::{TABLES, Values},
    },
    locale::Locale,
    money::{Minutes, Money, Rate},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait};

on_both_databases!(
    the_database_refuses_what_is_beyond_a_limit,
    the_database_takes_what_is_at_a_limit,
    new_rows_have_the_same_limits,
    the_books_say_what_is_beyond_a_limit,
    two_of_a_kind_on_one_day_can_not_be_stored,
    the_largest_amounts_add_up_on_every_page,
);

/// Sets `column` of one row of `table`, and of the whole table if that is more.
fn set(table: &str, change: &str) -> String {
    let key = match table {
        "capacities" => "person_id = 1 AND month = (SELECT MIN(month) FROM capacities WHERE person_id = 1)",
        "project_divisions" | "project_terms" => "project_id = 1 AND valid_from = '0001-01-01'",
        "person_divisions" => "person_id = 1 AND valid_from = '0001-01-01'",
        _ => "id = 1",
    };
    format!("UPDATE {table} SET {change} WHERE {key}")
}

async fn count(db: &DatabaseConnection, sql: &str) -> i64 {
    let select = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(select).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Runs `sql`, which the database must refuse because of `column` of `table`.
async fn refused(db: &DatabaseConnection, table: &str, column: &str, sql: &str) {
    let error: DbErr = match db.execute_unprepared(sql).await {
        Ok(done) => panic!("{sql}: {} rows", done.rows_affected()),
        Err(error) => error,
    };
    let said = error.to_string();
    // A few of them were refused before.
    let is_old = said.contains("CHECK constraint failed") || said.contains("violates check constraint");
    assert!(is_old || said.contains(&format!("{table}.{column}")), "{sql}: {said}");
    assert!(said.contains(column) || is_old, "{sql}: {said}");
}

async fn the_database_refuses_what_is_beyond_a_limit(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    for (table, columns) in TABLES {
        for (column, values) in columns {
            let mut beyond: Vec<String> = match values {
                Values::Whole(limit) => [limit.least - 1, limit.most + 1, 1 << 62, -(1 << 62)]
                    .into_iter()
                    // A place is 32 bits wide on Postgres, which refuses the others by itself.
                    .filter(|value| *column != "position" || i32::try_from(*value).is_ok())
                    .map(|value| value.to_string())
                    .collect(),
                Values::Day if is_postgres => vec!["'0001-12-31 BC'", "'10000-01-01'", "'infinity'", "'-infinity'"]
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
                Values::Day => vec!["'0000-12-31'".to_owned(), "'10000-01-01'".to_owned()],
                Values::DayFrom(first) if is_postgres => vec![format!("{first} - 1"), "'infinity'".to_owned()],
                Values::DayFrom(first) => vec![format!("date({first}, '-1 day')"), "'10000-01-01'".to_owned()],
                Values::YesOrNo => Vec::new(),
            };
            if !is_postgres {
                let of_another_type: &[&str] = match values {
                    Values::Whole(_) => &["1.5", "'abc'", "X'31'", "''"],
                    Values::Day | Values::DayFrom(_) => &[
                        "'2026-02-30'",
                        "'2026-1-1'",
                        "20260101",
                        "'2026-01-01 10:00'",
                        "'now'",
                        "''",
                        "'abc'",
                        "X'323032362d30312d3031'",
                    ],
                    Values::YesOrNo => &["2", "'yes'", "0.5"],
                };
                beyond.extend(of_another_type.iter().map(|&value| value.to_owned()));
            }
            for value in beyond {
                refused(db, table, column, &set(table, &format!("{column} = {value}"))).await;
            }
        }
    }
    app
}

async fn the_database_takes_what_is_at_a_limit(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    for (table, columns) in TABLES {
        for (column, values) in columns {
            let within = match (*column, values) {
                // More absence than contract is refused anyway.
                ("contract_minutes" | "absence_minutes", Values::Whole(limit)) => {
                    let both = |value: i64| format!("contract_minutes = {value}, absence_minutes = {value}");
                    vec![both(limit.least), both(limit.most)]
                }
                (_, Values::Whole(limit)) => [limit.least, limit.most]
                    .map(|value| format!("{column} = {value}"))
                    .to_vec(),
                ("starts_on", _) => vec!["starts_on = '0001-01-01'".to_owned()],
                (_, Values::DayFrom(first)) => vec![format!("{column} = {first}"), format!("{column} = '9999-12-31'")],
                (_, Values::Day) => ["9999-12-31", "0001-01-01"]
                    .map(|day| format!("{column} = '{day}'"))
                    .to_vec(),
                (_, Values::YesOrNo) => vec![format!("{column} = {column}")],
            };
            for change in within {
                let transaction = db.begin().await.unwrap();
                // No trigger reacts to it, and none of it stays.
                for sql in ["UPDATE data_revision SET by_books = TRUE", &set(table, &change)] {
                    let done = transaction.execute_unprepared(sql).await;
                    assert_eq!(
                        done.map(|done| done.rows_affected()).map_err(|e| e.to_string()),
                        Ok(1),
                        "{sql}"
                    );
                }
                transaction.rollback().await.unwrap();
            }
        }
    }
    app
}

async fn new_rows_have_the_same_limits(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    for (table, column, sql) in [
        (
            "bookings",
            "amount",
            "INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, shared, search)
             VALUES ('2026-03-02', '', '', '', 10000000000001, FALSE, FALSE, '')",
        ),
        (
            "time_entries",
            "minutes",
            "INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue)
             VALUES (1, 1, '2026-03-02', 1441, FALSE, '', 0)",
        ),
        (
            "cost_rates",
            "cents_per_hour",
            "INSERT INTO cost_rates (person_id, valid_from, cents_per_hour) VALUES (1, '2020-01-01', 100000001)",
        ),
        (
            "project_terms",
            "ends_on",
            "INSERT INTO project_terms (project_id, valid_from, starts_on, ends_on)
             VALUES (1, '2020-01-01', '2026-03-02', '2026-03-01')",
        ),
        (
            "invoices",
            "amount",
            "INSERT INTO invoices (number, project_id, invoiced_on, amount)
             VALUES ('1', 1, '2026-03-02', -10000000000001)",
        ),
        (
            "overhead_keys",
            "weight",
            "INSERT INTO overhead_keys (valid_from, division_id, weight) VALUES ('2020-01-01', 1, 1000000001)",
        ),
    ] {
        refused(db, table, column, sql).await;
    }
    app
}

async fn the_books_say_what_is_beyond_a_limit(app: TestApp) -> TestApp {
    let day = today();
    let mut change = Change::begin(app.state.db.writer()).await.unwrap();
    let booking = NewBooking {
        day,
        category: "Rent".to_owned(),
        text: String::new(),
        supplier: String::new(),
        amount: Money(10_000_000_000_001),
        billable: false,
        bearer: Bearer::Shared,
    };
    let time = NewTime {
        person: 1,
        project: 1,
        day,
        minutes: Minutes(1_441),
        billable: false,
        note: String::new(),
    };
    let invoice = NewInvoice {
        number: "1".to_owned(),
        project: 1,
        day: NaiveDate::MAX,
        amount: Money(1),
    };
    let terms = Terms {
        billing_rate: None,
        fee: None,
        starts_on: day,
        ends_on: day.pred_opt(),
    };
    for (refused, said) in [
        (
            change.book_costs([booking]).await,
            "amount can't be €100,000,000,000.01",
        ),
        (change.book_time([time]).await, "be 1441 min"),
        (change.add_invoices([invoice]).await, "an invoice's day can't be"),
        (change.set_terms(1, day, terms).await, "before it begins on 24 Nov 2026"),
        (change.set_cost_rate(1, day, Rate(-1)).await, "a cost rate can't be"),
        (
            change.set_key(day, Key(vec![(1, -1)])).await,
            "a key's weight can't be -1",
        ),
        (
            change.move_project(1, NaiveDate::MIN, None).await,
            "the day of a move can't be",
        ),
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, BooksError::BeyondLimit(_)), "{error}");
        assert!(error.to_string().contains(said), "{error}");
    }
    // None of it has harmed the change.
    change.add_clients(vec!["Ada".to_owned()]).await.unwrap();
    change.commit().await.unwrap();
    app
}

/// So there can be no overlap and no gap: a row holds until the next one.
async fn two_of_a_kind_on_one_day_can_not_be_stored(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    for again in [
        "INSERT INTO project_divisions (project_id, valid_from, division_id)
         SELECT project_id, valid_from, 2 FROM project_divisions WHERE project_id = 1",
        "INSERT INTO person_divisions (person_id, valid_from, division_id)
         SELECT person_id, valid_from, 2 FROM person_divisions WHERE person_id = 1",
        "INSERT INTO project_terms (project_id, valid_from, starts_on)
         SELECT project_id, valid_from, starts_on FROM project_terms WHERE project_id = 1",
        "INSERT INTO cost_rates (person_id, valid_from, cents_per_hour)
         SELECT person_id, valid_from, 1 FROM cost_rates WHERE id = 1",
        "INSERT INTO overhead_keys (valid_from, division_id, weight)
         SELECT valid_from, division_id, 1 FROM overhead_keys WHERE id = 1",
        "INSERT INTO capacities (person_id, month, contract_minutes, absence_minutes)
         SELECT person_id, month, 1, 0 FROM capacities WHERE person_id = 1",
    ] {
        let said = db
            .execute_unprepared(again)
            .await
            .unwrap_err()
            .to_string()
            .to_lowercase();
        assert!(said.contains("unique"), "{again}: {said}");
    }
    app
}

/// How many rows of the largest amount there are.
const MANY: i64 = 2_000;

async fn the_largest_amounts_add_up_on_every_page(app: TestApp) -> TestApp {
    let db = app.state.db.writer();
    // Before anything that the demo studio has.
    let day = "2019-05-06";
    assert_eq!(
        count(db, &format!("SELECT COUNT(*) FROM bookings WHERE booked_on <= '{day}'")).await,
        0
    );
    let largest = 10_000_000_000_000_i64;
    // Ids beyond those of the demo studio.
    let numbers = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 9000001 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9000000 + {MANY})"
    );
    let code = "WEB-001";
    let project = format!("(SELECT id FROM projects WHERE code = '{code}')");
    let booking = |project: &str, shared: &str| {
        format!("'{day}', 'Rent', 'Large', 'Somebody', {largest}, FALSE, {project}, {shared}, 'large'")
    };
    as_the_books(
        db,
        &format!(
            "{numbers} INSERT INTO bookings
                 (id, booked_on, category, text, supplier, amount, billable, project_id, shared, search)
             SELECT n, {} FROM numbers;
             {numbers} INSERT INTO bookings
                 (id, booked_on, category, text, supplier, amount, billable, project_id, shared, search)
             SELECT n + 100000, {} FROM numbers;
             {numbers} INSERT INTO time_entries
                 (person_id, project_id, worked_on, minutes, billable, note, revenue, labour_cost)
             SELECT 1, {project}, '{day}', 1440, TRUE, '', {largest}, {largest} FROM numbers;
             {numbers} INSERT INTO invoices (number, project_id, invoiced_on, amount)
             SELECT 'L-' || n, {project}, '{day}', {largest} FROM numbers",
            booking(&project, "FALSE"),
            booking("NULL", "TRUE"),
        ),
    )
    .await;
    let browser = app.logged_in(CONTROLLER).await;
    let period = format!("{day}..{day}");
    let written = |count: i64| Locale::default().words(&Money(largest * count).into());
    for (path, sums) in [
        // Revenue, external and labour cost, and the margin that is left.
        ("/", vec![written(MANY), written(-MANY)]),
        ("/projects", vec![written(MANY), written(2 * MANY)]),
        ("/projects/WEB-001", vec![written(MANY)]),
        ("/costs", vec![written(3 * MANY)]),
    ] {
        let answer = browser.figures(path, "all", &period).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let html = answer.json()["html"].as_str().unwrap().to_owned();
        for sum in sums {
            assert!(html.contains(&sum), "{path} has no {sum}: {html}");
        }
    }
    app
}
