//! Rows from before there were limits, and beyond them: an upgrade keeps them, `check` and the pages name them.

use crate::{
    app::{Answer, TestApp},
    database::{Kind, TestDatabase},
    past_limits::as_the_books,
};
use control_maniac::server::{check, db, migrations::Migrator, password, sql::sql};
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;

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
        sql("SELECT COUNT(*) FROM bookings")
            .value::<i64>(&connection)
            .await
            .unwrap()
            .unwrap(),
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
