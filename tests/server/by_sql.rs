//! A change by SQL that bypasses the books counts from today on; history stays.

use crate::{
    app::{CONTROLLER, TestApp},
    database::TestDatabase,
    moved::{MOBILE, WEB, execute, html, id, number, statements},
    on_both_databases,
};
use chrono::NaiveDate;
use control_maniac::{
    money::Money,
    server::{check, clock::SystemClock},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::sync::Arc;

on_both_databases!(
    a_move_by_sql_counts_from_today_on,
    a_rate_by_sql_counts_from_today_on,
    a_price_by_sql_counts_from_today_on,
    a_weight_by_sql_counts_from_today_on,
    a_move_to_what_is_planned_counts_from_today_on,
);

/// A server with the real day, like the database's own, on the same demo studio.
async fn of_today(app: &TestApp) -> TestApp {
    let database: TestDatabase = app.database.shared();
    TestApp::start_with(database, app.kind, |config| config.clock = Arc::new(SystemClock)).await
}

#[derive(Debug, FromQueryResult, PartialEq, Eq)]
struct Held {
    valid_from: NaiveDate,
    value: Option<i64>,
}

async fn held(app: &TestApp, sql: &str) -> Vec<Held> {
    let statement = sea_orm::Statement::from_string(app.state.db.backend(), sql);
    Held::find_by_statement(statement)
        .all(app.state.db.writer())
        .await
        .unwrap()
}

async fn a_move_by_sql_counts_from_today_on(app: TestApp) -> TestApp {
    let now = of_today(&app).await;
    let browser = now.logged_in(CONTROLLER).await;
    let before = statements(&app, "2026").await;
    let answers = [("web", "2026-10"), ("mobile", "2026-10"), ("all", "2026-10")];
    let mut shown = Vec::new();
    for (division, period) in answers {
        shown.push(html(&browser, "/costs", division, period).await);
    }
    let revision = number(&app, "SELECT revision FROM data_revision").await;
    execute(&app, "UPDATE projects SET division_id = 2 WHERE code = 'WEB-001'").await;
    assert!(
        number(&app, "SELECT revision FROM data_revision").await > revision,
        "it is noticed"
    );
    let id = id(&app, "WEB-001").await;
    let owners = held(
        &app,
        &format!("SELECT valid_from, division_id AS value FROM project_divisions WHERE project_id = {id} ORDER BY 1"),
    )
    .await;
    let today = now.state.today().await.unwrap().1;
    let expected = [("0001-01-01".parse().unwrap(), Some(WEB)), (today, Some(MOBILE))];
    assert_eq!(owners, expected.map(|(valid_from, value)| Held { valid_from, value }));
    for ((division, period), shown) in answers.iter().zip(&shown) {
        assert_eq!(
            html(&browser, "/costs", division, period).await,
            *shown,
            "{division}: nothing of the past moves"
        );
    }
    if today > crate::database::today() {
        assert_eq!(statements(&app, "2026").await, before);
    }
    // Bookings of today are the new owner's, on every page.
    execute(
        &app,
        &format!(
            "INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, project_id, shared, search)
             VALUES ('{today}', 'Travel', 'Train', 'Rail', 1234567, FALSE, {id}, FALSE, 'train')"
        ),
    )
    .await;
    let of_day = format!("{today}..{today}");
    for (division, is_there) in [("web", false), ("mobile", true), ("all", true)] {
        for address in ["/costs", "/projects"] {
            let page = html(&browser, address, division, &of_day).await;
            assert_eq!(page.contains("€12,345.67"), is_there, "{address} {division}: {page}");
        }
    }
    app
}

async fn a_rate_by_sql_counts_from_today_on(app: TestApp) -> TestApp {
    let now = of_today(&app).await;
    let today = now.state.today().await.unwrap().1;
    let rates = "SELECT valid_from, cents_per_hour AS value FROM cost_rates WHERE person_id = 1 ORDER BY valid_from";
    let before = held(&app, rates).await;
    let labour = "SELECT CAST(SUM(labour_cost) AS BIGINT) FROM time_entries WHERE person_id = 1";
    let cost = number(&app, labour).await;
    execute(
        &app,
        &format!(
            "INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue, labour_cost)
             VALUES (1, 1, '{today}', 90, FALSE, '', 0, 1)"
        ),
    )
    .await;
    execute(&app, "UPDATE cost_rates SET cents_per_hour = 12345 WHERE person_id = 1").await;
    let mut expected = before;
    expected.push(Held {
        valid_from: today,
        value: Some(12_345),
    });
    let again = "UPDATE cost_rates SET cents_per_hour = 20000 WHERE person_id = 1 AND cents_per_hour = 12345";
    assert_eq!(
        held(&app, rates).await,
        expected,
        "history stays, and the new rate begins today"
    );
    let new = number(&app, labour).await - cost;
    assert_eq!(new, 18_518, "90 minutes at the new rate, and nothing else is new");
    // The second change of a day counts as well, and so does taking it back.
    execute(&app, again).await;
    assert_eq!(number(&app, labour).await - cost, 30_000);
    let back = format!("DELETE FROM cost_rates WHERE person_id = 1 AND valid_from = '{today}'");
    execute(&app, &back).await;
    let findings = check::run(app.state.db.writer()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.faults == 0));
    app
}

async fn a_price_by_sql_counts_from_today_on(app: TestApp) -> TestApp {
    let now = of_today(&app).await;
    let today = now.state.today().await.unwrap().1;
    let before = statements(&app, "2026-10").await;
    execute(
        &app,
        &format!(
            "INSERT INTO time_entries (person_id, project_id, worked_on, minutes, billable, note, revenue, labour_cost)
             VALUES (1, 1, '{today}', 90, TRUE, '', 1, NULL);
             UPDATE projects SET billing_rate = 20001 WHERE code = 'WEB-001';
             UPDATE projects SET fee = 0 WHERE code = 'WEB-008'"
        ),
    )
    .await;
    let revenue = number(
        &app,
        &format!("SELECT revenue FROM time_entries WHERE project_id = 1 AND worked_on = '{today}'"),
    )
    .await;
    assert_eq!(revenue, 30_002);
    assert_eq!(statements(&app, "2026-10").await, before);
    // If a finished project earned more than it will be paid, the difference is taken back on the day its fee is
    // lowered.
    let browser = now.logged_in(CONTROLLER).await;
    let page = html(&browser, "/projects/WEB-008", "all", &format!("{today}..{today}")).await;
    let fact = |name: &str| {
        let fact = page.split_once(&format!("<dt>{name}</dt><dd>")).unwrap().1;
        fact.split_once("</dd>").unwrap().0.to_owned()
    };
    assert_eq!(
        (fact("Earned"), fact("Unbilled")),
        ("€0.00".to_owned(), "€0.00".to_owned())
    );
    assert!(
        fact("Revenue").starts_with("-€") && fact("Advances") != "€0.00",
        "{page}"
    );
    assert!(Money(0) < before.1.revenue);
    app
}

async fn a_weight_by_sql_counts_from_today_on(app: TestApp) -> TestApp {
    let now = of_today(&app).await;
    let today = now.state.today().await.unwrap().1;
    let keys = "SELECT valid_from, CAST(SUM(weight) AS BIGINT) AS value FROM overhead_keys GROUP BY 1 ORDER BY 1";
    let before = held(&app, keys).await;
    execute(&app, "UPDATE overhead_keys SET weight = 0").await;
    let mut expected = before;
    expected.push(Held {
        valid_from: today,
        value: Some(0),
    });
    assert_eq!(held(&app, keys).await, expected, "the keys of the past stay");
    let findings = check::run(app.state.db.writer()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.faults == 0));
    execute(&app, "UPDATE overhead_keys SET weight = 7 WHERE division_id = 2").await;
    let (mobile, day) = (MOBILE, format!("valid_from = '{today}'"));
    let weight = number(
        &app,
        &format!("SELECT weight FROM overhead_keys WHERE {day} AND division_id = {mobile}"),
    )
    .await;
    let all = number(
        &app,
        &format!("SELECT CAST(SUM(weight) AS BIGINT) FROM overhead_keys WHERE {day}"),
    )
    .await;
    assert_eq!((weight, all), (7, 7));
    app
}

async fn a_move_to_what_is_planned_counts_from_today_on(app: TestApp) -> TestApp {
    let now = of_today(&app).await;
    let today = now.state.today().await.unwrap().1;
    let id = id(&app, "WEB-001").await;
    let owners =
        format!("SELECT valid_from, division_id AS value FROM project_divisions WHERE project_id = {id} ORDER BY 1");
    execute(
        &app,
        &format!("INSERT INTO project_divisions VALUES ({id}, '2999-01-01', 2)"),
    )
    .await;
    assert_eq!(held(&app, &owners).await.len(), 2, "a plan moves nothing today");
    execute(&app, &format!("UPDATE projects SET division_id = 2 WHERE id = {id}")).await;
    let expected = [("0001-01-01".parse().unwrap(), Some(WEB)), (today, Some(MOBILE))];
    let expected = expected.map(|(valid_from, value)| Held { valid_from, value });
    assert_eq!(held(&app, &owners).await, expected);
    execute(
        &app,
        "UPDATE projects SET kind = 'time_and_material' WHERE code = 'WEB-001'",
    )
    .await;
    let db = app.database.connect().await;
    let refused = db
        .execute_unprepared("UPDATE projects SET kind = 'internal' WHERE code = 'WEB-001'")
        .await;
    assert!(refused.unwrap_err().to_string().contains("keeps its kind"));
    app
}
