//! `check` reports each wrong state under its own rule, under no other, and says where it is.

use crate::{
    app::TestApp,
    database::{Kind, TestDatabase},
    on_both_databases,
    past_limits::{as_the_books, past_limits},
};
use control_maniac::server::check;
use sea_orm::{ConnectionTrait, DatabaseConnection};

on_both_databases!(
    the_demo_studio_breaks_no_rule,
    each_wrong_state_is_found_by_its_rule_alone,
    a_trigger_that_is_gone_is_missed
);

async fn failed(db: &DatabaseConnection) -> Vec<String> {
    let findings = check::run(db).await.unwrap();
    let failed = findings.iter().filter(|finding| finding.faults > 0);
    failed.map(ToString::to_string).collect()
}

async fn the_demo_studio_breaks_no_rule(app: TestApp) -> TestApp {
    assert_eq!(failed(app.state.db.writer()).await, [""; 0]);
    app
}

/// A wrong state: how it is made, part of the rule's words, and the name that is reported.
struct Wrong {
    sql: &'static str,
    rule: &'static str,
    named: &'static str,
}

/// The first shared booking of March 2026, when the key is 49/31/20.
const SHARED: &str = "(SELECT MIN(id) FROM bookings WHERE shared AND booked_on >= '2026-03-01')";

const WRONG: [Wrong; 29] = [
    // Divisions.
    Wrong {
        sql: "INSERT INTO divisions (slug, name, position, accent) VALUES ('unassigned', 'Rest', 8, 'slate')",
        rule: "no division has the short name of a choice",
        named: "division unassigned",
    },
    Wrong {
        sql: "INSERT INTO divisions (slug, name, position, accent) VALUES ('all', 'Every', 9, 'slate')",
        rule: "no division has the short name of a choice",
        named: "division all",
    },
    // Parts.
    Wrong {
        sql: "DELETE FROM booking_parts WHERE booking_id = {shared};
              INSERT INTO booking_parts (booking_id, division_id, amount)
              SELECT id, 1, amount FROM bookings WHERE id = {shared}",
        rule: "key of its day",
        named: "booking ",
    },
    Wrong {
        sql: "UPDATE booking_parts SET amount = amount + 1 WHERE booking_id = {shared} AND division_id = 1;
              UPDATE booking_parts SET amount = amount - 1 WHERE booking_id = {shared} AND division_id = 2",
        rule: "key of its day",
        named: "booking ",
    },
    Wrong {
        sql: "DELETE FROM booking_parts WHERE booking_id = {shared}",
        rule: "key of its day",
        named: "booking ",
    },
    Wrong {
        sql: "DELETE FROM booking_parts WHERE booking_id = {shared} AND division_id = 3",
        rule: "key of its day",
        named: "booking ",
    },
    Wrong {
        sql: "UPDATE bookings SET amount = amount + 1 WHERE id = {shared}",
        rule: "key of its day",
        named: "booking ",
    },
    Wrong {
        sql: "UPDATE booking_parts SET division_id = NULL WHERE booking_id = {shared} AND division_id = 3",
        rule: "key of its day",
        named: "booking ",
    },
    // Without a key nothing is split.
    Wrong {
        sql: "INSERT INTO bookings (id, booked_on, category, text, supplier, amount, billable, shared, search)
              VALUES (9000001, '2001-01-01', 'Rent', '', '', 100, FALSE, TRUE, '');
              INSERT INTO booking_parts (booking_id, division_id, amount) VALUES (9000001, 1, 100)",
        rule: "without a key it has none",
        named: "booking 9000001 (2001-01-01)",
    },
    Wrong {
        sql: "INSERT INTO overhead_keys (valid_from, division_id, weight) VALUES ('2001-01-01', 1, 0);
              INSERT INTO bookings (id, booked_on, category, text, supplier, amount, billable, shared, search)
              VALUES (9000001, '2001-01-01', 'Rent', '', '', 100, FALSE, TRUE, '');
              INSERT INTO booking_parts (booking_id, division_id, amount) VALUES (9000001, 1, 100)",
        rule: "without a key it has none",
        named: "booking 9000001 (2001-01-01)",
    },
    Wrong {
        sql:
            "INSERT INTO booking_parts (booking_id, division_id, amount)
              SELECT id, 1, amount FROM bookings WHERE id = (SELECT MIN(id) FROM bookings WHERE project_id IS NOT NULL)",
        rule: "only a shared booking has parts",
        named: "booking ",
    },
    // Time.
    Wrong {
        sql: "UPDATE time_entries SET revenue = revenue + 1
              WHERE id = (SELECT MIN(id) FROM time_entries WHERE billable AND revenue > 0)",
        rule: "price of its day",
        named: "time entry ",
    },
    Wrong {
        sql: "UPDATE time_entries SET revenue = 1 WHERE id = (SELECT MIN(id) FROM time_entries WHERE NOT billable)",
        rule: "price of its day",
        named: "time entry ",
    },
    // More expensive from a day on: time that was booked before is right, later time isn't.
    Wrong {
        sql: "INSERT INTO project_terms (project_id, valid_from, billing_rate, fee, starts_on, ends_on)
              SELECT project_id, '2026-06-01', billing_rate + 100, fee, starts_on, ends_on FROM project_terms
              WHERE project_id = (SELECT id FROM projects WHERE code = 'WEB-001');
              UPDATE projects SET billing_rate = billing_rate + 100 WHERE id = (SELECT id FROM projects WHERE code = 'WEB-001')",
        rule: "price of its day",
        named: "2026-",
    },
    Wrong {
        sql: "UPDATE time_entries SET labour_cost = labour_cost + 1
              WHERE id = (SELECT MIN(id) FROM time_entries WHERE labour_cost > 0)",
        rule: "rate of that day",
        named: "time entry ",
    },
    Wrong {
        sql: "UPDATE time_entries SET labour_cost = NULL
              WHERE id = (SELECT MIN(id) FROM time_entries WHERE labour_cost > 0)",
        rule: "rate of that day",
        named: "time entry ",
    },
    Wrong {
        sql: "UPDATE time_entries SET labour_cost = 0
              WHERE id = (SELECT MIN(id) FROM time_entries WHERE labour_cost IS NULL)",
        rule: "rate of that day",
        named: "time entry ",
    },
    Wrong {
        sql: "INSERT INTO people (id, name) VALUES (9001, 'Ada');
              INSERT INTO person_divisions (person_id, valid_from) VALUES (9001, '0001-01-01');
              INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue)
              VALUES (9001, 1, '2026-03-02', 720, FALSE, '', 0), (9001, 1, '2026-03-02', 721, FALSE, '', 0)",
        rule: "more than a day in a day",
        named: "person 9001 (Ada) on 2026-03-02",
    },
    // Owners.
    Wrong {
        sql: "UPDATE project_divisions SET valid_from = '2020-01-01'
              WHERE project_id = (SELECT id FROM projects WHERE code = 'WEB-002') AND valid_from = '0001-01-01'",
        rule: "from the beginning",
        named: "the division of project WEB-002",
    },
    Wrong {
        sql: "DELETE FROM project_divisions WHERE project_id = (SELECT id FROM projects WHERE code = 'WEB-002')",
        rule: "from the beginning",
        named: "the division of project WEB-002",
    },
    Wrong {
        sql: "UPDATE person_divisions SET valid_from = '2020-01-01' WHERE person_id = 3 AND valid_from = '0001-01-01'",
        rule: "from the beginning",
        named: "the division of person 3 (",
    },
    Wrong {
        sql: "DELETE FROM project_terms WHERE project_id = (SELECT id FROM projects WHERE code = 'WEB-002')",
        rule: "from the beginning",
        named: "the terms of project WEB-002",
    },
    Wrong {
        sql: "UPDATE project_terms SET valid_from = '1990-01-01' WHERE project_id = {fixed} AND valid_from = '0001-01-01';
              INSERT INTO project_terms (project_id, valid_from, starts_on, ends_on)
              SELECT project_id, '0001-01-01', starts_on, ends_on FROM project_terms
              WHERE project_id = {fixed} AND valid_from = '1990-01-01'",
        rule: "fit how it earns",
        named: "from 0001-01-01",
    },
    Wrong {
        sql: "UPDATE projects SET division_id = 2 WHERE code = 'WEB-002'",
        rule: "what holds last",
        named: "project WEB-002",
    },
    Wrong {
        sql: "UPDATE projects SET starts_on = '2001-01-01' WHERE code = 'WEB-002'",
        rule: "what holds last",
        named: "project WEB-002",
    },
    Wrong {
        sql: "UPDATE people SET division_id = NULL WHERE id = 1",
        rule: "what holds last",
        named: "person 1 (",
    },
    Wrong {
        sql: "UPDATE capacities SET month = '2026-05-02' WHERE person_id = 1 AND month = '2026-05-01'",
        rule: "at its first day",
        named: "in 2026-05-02",
    },
    // Rules that aren't the books'.
    Wrong {
        sql: "INSERT INTO settings (user_id, key, value, revision) VALUES (1, 'division', 'web', 0)",
        rule: "counts from 1",
        named: "division of account 1",
    },
    Wrong {
        sql: "",
        rule: "counted, whoever makes them",
        named: "by_books",
    },
];

async fn each_wrong_state_is_found_by_its_rule_alone(app: TestApp) -> TestApp {
    for wrong in WRONG {
        let database = TestDatabase::demo(app.kind).await;
        let db = database.connect().await;
        let sql = wrong
            .sql
            .replace("{shared}", SHARED)
            .replace("{fixed}", "(SELECT MIN(id) FROM projects WHERE kind = 'fixed_price')");
        match sql.as_str() {
            "" => {
                let left_on = "UPDATE data_revision SET by_books = TRUE";
                db.execute_unprepared(left_on).await.map(|_| ()).unwrap();
            }
            sql => as_the_books(&db, sql).await,
        }
        found(&db, &sql, wrong.rule, wrong.named).await;
        db.close().await.unwrap();
        database.drop().await;
    }
    for (table, sql, named) in BEYOND {
        let database = TestDatabase::demo(app.kind).await;
        let db = database.connect().await;
        past_limits(&db, table, &by_books(sql)).await;
        found(&db, sql, "within their limits", named).await;
        db.close().await.unwrap();
        database.drop().await;
    }
    if matches!(app.kind, Kind::Sqlite) {
        for (table, sql, named) in OF_ANOTHER_TYPE {
            let database = TestDatabase::demo(app.kind).await;
            let db = database.connect().await;
            past_limits(&db, table, &by_books(sql)).await;
            found(&db, sql, "within their limits", named).await;
            db.close().await.unwrap();
        }
    }
    app
}

fn by_books(sql: &str) -> String {
    format!("UPDATE data_revision SET by_books = TRUE; {sql}; UPDATE data_revision SET by_books = FALSE")
}

async fn found(db: &DatabaseConnection, sql: &str, rule: &str, named: &str) {
    let failed = failed(db).await;
    assert_eq!(failed.len(), 1, "{sql}: {failed:#?}");
    assert!(failed[0].contains(rule), "{sql}: {failed:?}");
    let (_, said) = failed[0].split_once(" this: ").unwrap();
    assert!(said.contains(named), "{sql}: {failed:?}");
}

/// Rows from before the limits.
const BEYOND: [(&str, &str, &str); 8] = [
    (
        "bookings",
        "UPDATE bookings SET amount = 4611686018427387904 WHERE project_id IS NOT NULL",
        "amount is 4611686018427387904",
    ),
    (
        "bookings",
        "UPDATE bookings SET amount = -10000000000001 WHERE id = (SELECT MIN(id) FROM bookings WHERE shared)",
        "amount is -10000000000001",
    ),
    (
        "booking_parts",
        "UPDATE booking_parts SET amount = 9000000000000000000",
        "amount is 9000000000000000000",
    ),
    (
        "invoices",
        "UPDATE invoices SET amount = 4611686018427387904 WHERE id = 1",
        "invoice ",
    ),
    (
        "time_entries",
        "UPDATE time_entries SET minutes = 4611686018427387904",
        "minutes is 4611686018427387904",
    ),
    (
        "cost_rates",
        "UPDATE cost_rates SET cents_per_hour = 4611686018427387904",
        "cents_per_hour is 4611686018427387904",
    ),
    (
        "overhead_keys",
        "UPDATE overhead_keys SET weight = 4611686018427387904",
        "the key from ",
    ),
    (
        "capacities",
        "UPDATE capacities SET contract_minutes = 44641 WHERE person_id = 2 AND month = '2026-05-01'",
        "contract_minutes is 44641",
    ),
];

/// Values that SQLite takes if nothing refuses them.
const OF_ANOTHER_TYPE: [(&str, &str, &str); 5] = [
    (
        "bookings",
        "UPDATE bookings SET amount = 'abc' WHERE shared",
        "amount is abc",
    ),
    (
        "time_entries",
        "UPDATE time_entries SET minutes = 1.5",
        "minutes is 1.5",
    ),
    (
        "invoices",
        "UPDATE invoices SET invoiced_on = '2026-02-30' WHERE id = 1",
        "2026-02-30",
    ),
    (
        "time_entries",
        "UPDATE time_entries SET billable = 'yes' WHERE id = 1",
        "billable is yes",
    ),
    (
        "bookings",
        "UPDATE bookings SET booked_on = 'yesterday' WHERE shared",
        "booked_on is yesterday",
    ),
];

async fn a_trigger_that_is_gone_is_missed(app: TestApp) -> TestApp {
    let (gone, name) = match app.kind {
        Kind::Sqlite => ("DROP TRIGGER bookings_are_data_update", "bookings_are_data_update"),
        Kind::Postgres => (
            "ALTER TABLE bookings DISABLE TRIGGER bookings_are_data",
            "bookings_are_data",
        ),
    };
    app.state.db.writer().execute_unprepared(gone).await.unwrap();
    let failed = failed(app.state.db.writer()).await;
    assert!(
        failed.len() == 1 && failed[0].contains(&format!("trigger {name} is missing")),
        "{failed:?}"
    );
    app
}
