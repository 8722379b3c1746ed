//! Ownership is dated: a move changes nothing before its day, and the sums agree on either side.

use crate::{
    app::{Browser, CONTROLLER, TestApp, WEB_LEAD},
    database::today,
    on_both_databases,
    shown::without_openings,
};
use axum_login::AuthnBackend;
use chrono::NaiveDate;
use control_maniac::{
    books::Change,
    days::Days,
    division::Division,
    locale::Locale,
    period::Period,
    server::{
        ledger::{DivisionKey, KeyFigures, Ledger, keys},
        permission::PermittedScope,
        timeline::Timeline,
    },
    sticky::Setting,
};
use sea_orm::ConnectionTrait;

on_both_databases!(
    a_move_leaves_what_was_before_its_day,
    list_page_home_and_costs_agree_across_a_move,
    a_lead_sees_of_a_project_that_moved_what_was_theirs,
    what_a_person_did_belongs_to_their_division_of_the_day,
);

pub const WEB: i64 = 1;
pub const MOBILE: i64 = 2;
/// Before and after the day on which things move below, and across it.
const PERIODS: [&str; 6] = ["2025", "2026-q1", "2026-05", "2026-06", "2026-07", "2026"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn days(period: &str) -> Days {
    Period::parse(period).unwrap().days(today())
}

async fn all(app: &TestApp) -> PermittedScope {
    let account = app.state.accounts.get_user(&1).await.unwrap().unwrap();
    PermittedScope::check(&account, &Division::All).unwrap()
}

/// Everybody's figures for `period`, and those of All.
pub async fn statements(app: &TestApp, period: &str) -> (Vec<(DivisionKey, KeyFigures)>, KeyFigures) {
    let (scope, days) = (all(app).await, days(period));
    let ledger = Ledger::load(app.state.db.writer(), &scope, Timeline::of([days]), today(), None)
        .await
        .unwrap();
    let each = keys(&scope).map(|key| (key, ledger.key_figures(key, &days))).collect();
    (each, ledger.total(&scope, &days))
}

pub async fn number(app: &TestApp, sql: &str) -> i64 {
    let statement = sea_orm::Statement::from_string(app.state.db.backend(), sql);
    let row = app.state.db.writer().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

pub async fn id(app: &TestApp, code: &str) -> i64 {
    number(app, &format!("SELECT id FROM projects WHERE code = '{code}'")).await
}

async fn move_project(app: &TestApp, code: &str, from: &str, division: DivisionKey) {
    let id = id(app, code).await;
    let mut change = Change::begin(app.state.db.writer()).await.unwrap();
    change.move_project(id, day(from), division).await.unwrap();
    change.commit().await.unwrap();
}

pub async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}

pub async fn html(browser: &Browser, address: &str, division: &str, period: &str) -> String {
    let answer = browser.figures(address, division, period).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    without_openings(answer.json()["html"].as_str().unwrap())
}

async fn a_move_leaves_what_was_before_its_day(app: TestApp) -> TestApp {
    let mut before = Vec::new();
    for period in PERIODS {
        before.push(statements(&app, period).await);
    }
    move_project(&app, "WEB-001", "2026-06-01", Some(MOBILE)).await;
    for (period, (each, total)) in PERIODS.iter().zip(&before) {
        let (each_now, total_now) = statements(&app, period).await;
        assert_eq!(total_now, *total, "{period}: All has the same");
        let is_before = days(period).to < day("2026-06-01");
        assert_eq!(each_now == *each, is_before, "{period}: {each:?} {each_now:?}");
        for ((key, now), (_, was)) in each_now.iter().zip(each) {
            if ![Some(WEB), Some(MOBILE)].contains(key) {
                assert_eq!(now, was, "{period}: it is no concern of {key:?}");
            }
        }
    }
    // And back: everything is as it was, but for the time between.
    move_project(&app, "WEB-001", "2026-07-01", Some(WEB)).await;
    for (place, period) in PERIODS.iter().enumerate() {
        let is_touched = ["2026-06", "2026"].contains(period);
        assert_eq!(statements(&app, period).await != before[place], is_touched, "{period}");
    }
    app
}

async fn list_page_home_and_costs_agree_across_a_move(app: TestApp) -> TestApp {
    move_project(&app, "WEB-001", "2026-06-16", Some(MOBILE)).await;
    let browser = app.logged_in(CONTROLLER).await;
    let locale = Locale::default();
    for period in ["2026-06", "2026", "2026-05"] {
        let (each, total) = statements(&app, period).await;
        for (division, statement) in [("web", each[0].1), ("mobile", each[1].1), ("all", total)] {
            let [home, projects, costs] =
                ["/", "/projects", "/costs"].map(async |address| html(&browser, address, division, period).await);
            let (home, projects, costs) = (home.await, projects.await, costs.await);
            let total = |html: &str| {
                html.rsplit_once("<tfoot>")
                    .unwrap()
                    .1
                    .split_once("</tfoot>")
                    .unwrap()
                    .0
                    .to_owned()
            };
            let direct = locale.words(&(statement.external_cost + statement.labour_cost.unwrap()).into());
            assert!(total(&projects).contains(&direct), "{division} {period}: {direct}");
            assert!(
                total(&projects).contains(&locale.words(&statement.revenue.into())),
                "{division} {period}"
            );
            let cost = locale.words(&(statement.cost().unwrap()).into());
            assert!(
                home.contains(&cost) && costs.contains(&cost),
                "{division} {period}: {cost}"
            );
            let is_listed = projects.contains(">WEB-001<");
            assert_eq!(
                is_listed,
                division != "mobile" || period != "2026-05",
                "{division} {period}"
            );
        }
    }
    let page = html(&browser, "/projects/WEB-001", "mobile", "2026-05").await;
    assert!(
        page.contains("Web until 15 Jun 2026, Mobile since 16 Jun 2026") && !page.contains('€'),
        "{page}"
    );
    // For June, the page shows each owner its own days, and both under All.
    let revenue = async |division: &str| {
        let page = html(&browser, "/projects/WEB-001", division, "2026-06").await;
        let amount = page
            .split_once("<dt>Revenue</dt><dd>€")
            .unwrap()
            .1
            .split_once("</dd>")
            .unwrap()
            .0
            .to_owned();
        amount.replace([',', '.'], "").parse::<i64>().unwrap()
    };
    let [web, mobile, both] = [revenue("web").await, revenue("mobile").await, revenue("all").await];
    assert!(
        web > 0 && mobile > 0 && web + mobile == both,
        "{web} + {mobile} = {both}"
    );
    app
}

async fn a_lead_sees_of_a_project_that_moved_what_was_theirs(app: TestApp) -> TestApp {
    move_project(&app, "WEB-001", "2026-06-16", Some(MOBILE)).await;
    move_project(&app, "MOB-001", "2026-06-16", Some(WEB)).await;
    let browser = app.logged_in(WEB_LEAD).await;
    let page = html(&browser, "/projects/WEB-001", "all", "2026-06").await;
    assert!(
        page.contains("Web until 15 Jun 2026") && !page.contains("Mobile"),
        "{page}"
    );
    assert!(
        page.contains("it is no longer here"),
        "no balance of what is another's now"
    );
    let after = html(&browser, "/projects/WEB-001", "all", "2026-07").await;
    assert!(
        !after.contains('€') && after.contains("Web until 15 Jun 2026"),
        "{after}"
    );
    // The new owner sees it from that day on, with its balances.
    let came = html(&browser, "/projects/MOB-001", "all", "2026-06").await;
    assert!(
        came.contains("Web since 16 Jun 2026") && came.contains("<dt>Unbilled</dt>"),
        "{came}"
    );
    let rows = came.split_once("Bookings").unwrap().1;
    assert!(
        (1..16).all(|day| !rows.contains(&format!("2026-06-{day:02}"))),
        "{rows}"
    );
    let before = html(&browser, "/projects/MOB-001", "all", "2026-05").await;
    assert!(!before.contains('€'), "{before}");
    let list = html(&browser, "/projects", "all", "2026-05").await;
    assert!(list.contains(">WEB-001<") && !list.contains(">MOB-001<"));
    app
}

async fn what_a_person_did_belongs_to_their_division_of_the_day(app: TestApp) -> TestApp {
    let before = [statements(&app, "2026-05").await, statements(&app, "2026-06").await];
    let mut change = Change::begin(app.state.db.writer()).await.unwrap();
    change.move_person(1, day("2026-06-16"), Some(MOBILE)).await.unwrap();
    change.commit().await.unwrap();
    let after = [statements(&app, "2026-05").await, statements(&app, "2026-06").await];
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1].1, before[1].1);
    let figure = |statements: &(Vec<(DivisionKey, KeyFigures)>, KeyFigures), place: usize| {
        let statement = statements.0[place].1;
        (statement.utilised, statement.capacity)
    };
    let (web, web_before) = (figure(&after[1], 0), figure(&before[1], 0));
    let (mobile, mobile_before) = (figure(&after[1], 1), figure(&before[1], 1));
    let whole = number(
        &app,
        "SELECT contract_minutes - absence_minutes FROM capacities WHERE person_id = 1 AND month = '2026-06-01'",
    )
    .await;
    let went = web_before.1 - web.1;
    assert_eq!(went, mobile.1 - mobile_before.1, "what leaves one comes to the other");
    // Eleven of June's 22 weekdays lie from the 16th on.
    assert_eq!(went.0, (whole * 11 * 2 + 22) / 44);
    assert!(web.0 < web_before.0 && web_before.0 - web.0 == mobile.0 - mobile_before.0);
    assert_eq!(
        after[1].0[0].1.revenue, before[1].0[0].1.revenue,
        "projects are where they were"
    );
    app
}
