//! The limits of amounts, rates, hours and days: the database refuses what is beyond them, whoever writes; the largest
//! values add up on every page; and older rows beyond them are reported.

use crate::{
    app::{Answer, CONTROLLER, TestApp},
    database::{Kind, TestDatabase, today},
    on_both_databases,
    past_limits::as_the_books,
};
use chrono::NaiveDate;
use control_maniac::{
    books::{
        Bearer, BooksError, Change, Key, NewBooking, NewInvoice, NewTime, Terms,
        limits::{TABLES, Values},
    },
    money::{Minutes, Money, NumberFormat, Rate},
    server::{check, db, migrations::Migrator, password},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait};
use sea_orm_migration::MigratorTrait;

on_both_databases!(
    the_database_refuses_what_is_beyond_a_limit,
    the_database_takes_what_is_at_a_limit,
    new_rows_have_the_same_limits,
    the_books_say_what_is_beyond_a_limit,
    two_of_a_kind_on_one_day_can_not_be_stored,
    the_largest_amounts_add_up_on_every_page,
);

/// Sets `column` of one row of `table`, and of the whole table where that is more.
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

/// What the database says to `sql`, which it must refuse because of `column` of `table`.
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
                // More absence than there is contract is refused anyway.
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
                // Nothing reacts to it, and nothing of it stays.
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
        (change.set_terms(1, day, terms).await, "before it begins on 2026-11-24"),
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

/// So no overlap and no gap can be: a row holds until the next one.
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
    let written = |count: i64| NumberFormat::PointDecimal.money(Money(largest * count));
    for (path, sums) in [
        // Revenue, external and labour cost, and what margin is left.
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

/// The last step before there were limits.
const STEPS_BEFORE_LIMITS: u32 = 7;

/// A small studio with two bookings of 2^62 cents on the same division, an entry of fifty hours, and much else that is
/// beyond the limits now.
const BEFORE_LIMITS: [&str; 6] = [
    "INSERT INTO divisions (id, slug, name, position, accent) VALUES (1, 'web', 'Web', 0, 'blue')",
    "INSERT INTO people (id, name, division_id) VALUES (1, 'Ada', 1)",
    "INSERT INTO cost_rates (person_id, valid_from, cents_per_hour) VALUES (1, '2026-01-01', 2305843009213693952)",
    "INSERT INTO projects (id, code, name, division_id, kind, billing_rate, starts_on)
     VALUES (1, 'WEB-001', 'Shop', 1, 'time_and_material', 9000, '2026-01-01')",
    "INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue, labour_cost)
     VALUES (1, 1, '2026-11-02', 3000, TRUE, '', 450000, NULL)",
    "INSERT INTO bookings (id, booked_on, category, text, supplier, amount, billable, project_id, shared, search)
     VALUES (7, '2026-11-02', 'Rent', '', '', 4611686018427387904, FALSE, 1, FALSE, ''),
            (8, '2026-11-03', 'Rent', '', '', 4611686018427387904, FALSE, 1, FALSE, ''),
            (9, '2026-11-03', 'Rent', '', '', 100, FALSE, 1, FALSE, '')",
];

fn says_what_to_do(answer: &Answer) -> bool {
    answer.status == 200 || (answer.status == 500 && answer.body.contains("control-maniac check"))
}

async fn what_was_beyond_a_limit_before_is_kept_and_named(kind: Kind) {
    let database = TestDatabase::empty(kind).await;
    let connection = database.connect().await;
    Migrator::up(&connection, Some(STEPS_BEFORE_LIMITS)).await.unwrap();
    let hash = password::hash("violin copper meadow".to_owned()).await.unwrap();
    let user = format!(
        "INSERT INTO users (email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
         VALUES ('ada@studio.test', 'Ada', '{hash}', TRUE, TRUE, TRUE)"
    );
    for statement in BEFORE_LIMITS.into_iter().chain([user.as_str()]) {
        connection.execute_unprepared(statement).await.unwrap();
    }
    db::migrate(&connection).await.unwrap();
    assert_eq!(
        count(&connection, "SELECT COUNT(*) FROM bookings").await,
        3,
        "nothing is lost"
    );

    let mut app = TestApp::start(database, kind, false).await;
    let browser = app.browser();
    assert_eq!(
        browser
            .log_in("ada@studio.test", "violin copper meadow", None)
            .await
            .status,
        303
    );
    let paths = ["/", "/projects", "/projects/WEB-001", "/costs", "/costs?q=rent"];
    let mut unusable = 0;
    for path in paths {
        let answer = browser.open(path).await;
        assert!(says_what_to_do(&answer), "{path}: {} {}", answer.status, answer.body);
        unusable += i32::from(answer.status == 500);
    }
    assert!(unusable > 0, "two such bookings can't be added up");

    let findings = check::run(&connection).await.unwrap();
    let failed: Vec<String> = findings
        .iter()
        .filter(|finding| finding.faults > 0)
        .map(ToString::to_string)
        .collect();
    assert_eq!(failed.len(), 1, "one cause, one rule: {failed:?}");
    assert!(
        failed[0].contains("4 break this")
            && failed[0].contains("the rate of person 1 (Ada) from 2026-01-01: cents_per_hour is 2305843009213693952"),
        "{failed:?}"
    );
    let beyond = findings.iter().find(|finding| finding.faults > 0).unwrap();
    assert_eq!(beyond.named.len(), 3);

    for correction in [
        "UPDATE cost_rates SET cents_per_hour = 4000",
        "UPDATE time_entries SET minutes = 300, revenue = 45000, labour_cost = 20000",
        "DELETE FROM bookings WHERE id = 7",
        "UPDATE bookings SET amount = 100 WHERE id = 8",
    ] {
        as_the_books(&connection, correction).await;
    }
    for finding in check::run(&connection).await.unwrap() {
        assert_eq!(finding.faults, 0, "{finding}");
    }
    for path in paths {
        assert_eq!(browser.open(path).await.status, 200, "{path}");
    }
    app.stop().await;
    app.database.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_beyond_a_limit_before_is_kept_and_named_on_sqlite() {
    what_was_beyond_a_limit_before_is_kept_and_named(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_beyond_a_limit_before_is_kept_and_named_on_postgres() {
    what_was_beyond_a_limit_before_is_kept_and_named(Kind::Postgres).await;
}
