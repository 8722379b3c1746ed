//! The figures: that they add up, agree with each other and with the rows, and take a constant number of queries.

use crate::{
    app::{CONTROLLER, TestApp},
    database::{TestDatabase, today},
    on_both_databases,
};
use axum_login::AuthnBackend;
use control_maniac::{
    days::Days,
    division::Division,
    money::Money,
    period::Period,
    server::{
        accounts::Account,
        db, demo,
        ledger::{KeyFigures, Ledger, keys},
        permission::PermittedScope,
        timeline::Timeline,
    },
    sticky::Setting,
};
use sea_orm::{ConnectionTrait, DatabaseConnection};

on_both_databases!(
    all_is_the_sum_of_the_divisions_and_the_unassigned,
    months_add_up_to_their_year,
    the_ledger_agrees_with_the_rows,
    views_agree_with_each_other,
    changed_data_shows_at_the_next_request,
    amounts_read_as_the_browsers_language_writes_them,
    a_view_takes_the_same_number_of_queries_at_any_size,
);

const PERIODS: [&str; 8] = [
    "ytd",
    "2026-11",
    "2026-10",
    "2026-q2",
    "2025",
    "2026-02-10..2026-02-10",
    "2025-03-15..2026-03-14",
    "2027",
];

async fn account(app: &TestApp) -> Account {
    app.state.accounts.get_user(&1).await.unwrap().unwrap()
}

async fn statement(db: &DatabaseConnection, scope: &PermittedScope, days: Days) -> KeyFigures {
    Ledger::load(db, scope, Timeline::of([days]), today(), None)
        .await
        .unwrap()
        .total(scope, &days)
}

async fn all_is_the_sum_of_the_divisions_and_the_unassigned(app: TestApp) -> TestApp {
    let account = account(&app).await;
    let all = PermittedScope::check(&account, &Division::All).unwrap();
    for period in PERIODS {
        let days = Period::parse(period).unwrap().days(today());
        let ledger = Ledger::load(app.state.db.writer(), &all, Timeline::of([days]), today(), None)
            .await
            .unwrap();
        let mut sum = KeyFigures::nothing_in(&all);
        for slug in ["web", "mobile", "design", "print"] {
            let scope = PermittedScope::check(&account, &Division::One(slug.to_owned())).unwrap();
            let alone = statement(app.state.db.writer(), &scope, days).await;
            let id = scope.divisions()[0].id;
            assert_eq!(
                alone,
                ledger.key_figures(Some(id), &days),
                "{slug} {period}: alone and beside the others"
            );
            sum += alone;
        }
        let unassigned = PermittedScope::check(&account, &Division::Unassigned).unwrap();
        let alone = statement(app.state.db.writer(), &unassigned, days).await;
        assert_eq!(alone, ledger.key_figures(None, &days), "unassigned {period}");
        sum += alone;
        assert_eq!(sum, ledger.total(&all, &days), "{period}");
        if period != "2027" {
            assert!(sum.revenue > Money(0) && sum.cost() > Some(Money(0)), "{period}");
        }
    }
    app
}

async fn months_add_up_to_their_year(app: TestApp) -> TestApp {
    let account = account(&app).await;
    let all = PermittedScope::check(&account, &Division::All).unwrap();
    let year = Period::parse("2025").unwrap().days(today());
    let months: Vec<Days> = year.months().into_iter().map(|month| month.days()).collect();
    let timeline = Timeline::of(months.iter().copied().chain([year]));
    let ledger = Ledger::load(app.state.db.writer(), &all, timeline, today(), None)
        .await
        .unwrap();
    for key in keys(&all) {
        let whole = ledger.key_figures(key, &year);
        let mut sum = KeyFigures::nothing_in(&all);
        for month in &months {
            sum += ledger.key_figures(key, month);
        }
        // These are balances: those of the year are those of its last month.
        let last = ledger.key_figures(key, months.last().unwrap());
        (sum.unbilled, sum.advances) = (last.unbilled, last.advances);
        assert_eq!(sum, whole, "{key:?}");
    }
    app
}

/// Sums read straight from the tables.
async fn the_ledger_agrees_with_the_rows(app: TestApp) -> TestApp {
    let account = account(&app).await;
    let all = PermittedScope::check(&account, &Division::All).unwrap();
    let days = Period::parse("2025").unwrap().days(today());
    let found = statement(app.state.db.writer(), &all, days).await;
    let sum = async |sql: &str| {
        let statement = sea_orm::Statement::from_string(app.state.db.backend(), sql);
        let row = app.state.db.writer().query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index::<i64>(0).unwrap()
    };
    let labour = sum(
        "SELECT CAST(SUM(labour_cost) AS BIGINT) FROM time_entries WHERE worked_on BETWEEN '2025-01-01' AND '2025-12-31'",
    );
    let bookings =
        sum("SELECT CAST(SUM(amount) AS BIGINT) FROM bookings WHERE booked_on BETWEEN '2025-01-01' AND '2025-12-31'");
    let utilised = sum(
        "SELECT CAST(SUM(minutes) AS BIGINT) FROM time_entries WHERE billable AND worked_on BETWEEN '2025-01-01' AND '2025-12-31'",
    );
    let capacity = sum(
        "SELECT CAST(SUM(contract_minutes - absence_minutes) AS BIGINT) FROM capacities
         WHERE month BETWEEN '2025-01-01' AND '2025-12-31'",
    );
    assert_eq!(found.labour_cost, Some(Money(labour.await)));
    assert_eq!((found.external_cost + found.overhead).0, bookings.await);
    assert_eq!(found.utilised.0, utilised.await);
    assert_eq!(found.capacity.0, capacity.await);
    assert_eq!(
        found.revenue,
        Money(340_757_995),
        "with that of Print, which closed in 2026"
    );
    app
}

/// Home's revenue and cost are in the totals of Projects and Costs, in every scope.
async fn views_agree_with_each_other(app: TestApp) -> TestApp {
    let account = account(&app).await;
    let browser = app.logged_in(CONTROLLER).await;
    let locale = control_maniac::locale::Locale::default();
    for division in ["all", "web", "mobile", "design", "unassigned"] {
        let scope = PermittedScope::check(&account, &Division::parse(division).unwrap()).unwrap();
        for period in ["2025", "2026-10", "2026-02-10..2026-03-20"] {
            let days = Period::parse(period).unwrap().days(today());
            let found = statement(app.state.db.writer(), &scope, days).await;
            let home = browser.figures("/", division, period).await.json()["html"]
                .as_str()
                .unwrap()
                .to_owned();
            let projects = browser.figures("/projects", division, period).await.json()["html"]
                .as_str()
                .unwrap()
                .to_owned();
            let costs = browser.figures("/costs", division, period).await.json()["html"]
                .as_str()
                .unwrap()
                .to_owned();
            let total = |html: &str| {
                html.split("<tfoot>")
                    .nth(1)
                    .unwrap()
                    .split("</tfoot>")
                    .next()
                    .unwrap()
                    .to_owned()
            };
            let revenue = locale.words(&found.revenue.into());
            assert!(
                home.contains(&format!("class=\"opens\">{revenue}</a></dd>")),
                "{division} {period} {revenue}"
            );
            assert!(total(&projects).contains(&revenue), "{division} {period}");
            let cost = locale.words(&(found.cost().unwrap()).into());
            assert!(home.contains(&cost), "{division} {period}");
            let categories = costs.split_once("Costs by category and month").unwrap().1;
            assert!(total(categories).contains(&cost), "{division} {period} {cost}");
            let direct = locale.words(&(found.external_cost + found.labour_cost.unwrap()).into());
            assert!(total(&projects).contains(&direct), "{division} {period} {direct}");
        }
    }
    app
}

async fn changed_data_shows_at_the_next_request(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let before = browser.open("/").await;
    app.state
        .db
        .writer()
        .execute_unprepared(
            "UPDATE booking_parts SET amount = amount + 100 WHERE id = (SELECT MAX(id) FROM booking_parts);
             UPDATE bookings SET amount = amount + 100 WHERE id = (SELECT booking_id FROM booking_parts ORDER BY id DESC LIMIT 1);
             UPDATE data_revision SET revision = revision + 1",
        )
        .await
        .unwrap();
    let after = browser.open("/").await;
    let cost = |page: &crate::app::Answer| {
        page.body
            .split("<dt>Cost</dt>")
            .nth(1)
            .unwrap()
            .split("</dd>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_ne!(cost(&before), cost(&after));
    app
}

async fn amounts_read_as_the_browsers_language_writes_them(app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    for (language, comma) in [
        ("de-DE,de;q=0.9", true),
        ("en-US,en;q=0.9", false),
        ("de;q=0.1, fr", true),
        ("en;q=0.1, fr", false),
        ("", false),
    ] {
        browser.language = language.to_owned();
        for path in ["/", "/projects", "/costs", "/projects/WEB-001"] {
            let page = browser.open(path).await;
            // In a table the space is a plain one, as a spreadsheet wants it.
            let body = page.body.replace('\u{a0}', " ");
            let (has_comma, has_point) = (
                ('0'..='9').any(|digit| body.contains(&format!("{digit} €"))),
                page.body.contains('€') && page.body.contains("€1"),
            );
            assert_eq!(has_comma, comma, "{path} in {language}");
            assert_eq!(has_point, !comma, "{path} in {language}");
        }
    }
    app
}

async fn a_view_takes_the_same_number_of_queries_at_any_size(app: TestApp) -> TestApp {
    let large = TestDatabase::empty(app.kind).await;
    let connection = large.connect().await;
    db::migrate(&connection).await.unwrap();
    let hash = control_maniac::server::password::hash(demo::PASSWORD.to_owned())
        .await
        .unwrap();
    demo::fill(&connection, today(), 20, &hash).await.unwrap();
    let large = TestApp::start(large, app.kind, false).await;
    let narrowed = "/projects?state=finished&movement=only&columns=months";
    for path in [
        "/",
        "/projects",
        narrowed,
        "/projects/WEB-001",
        "/costs",
        "/costs?q=a",
        "/pack",
    ] {
        let mut counts = Vec::new();
        for app in [&app, &large] {
            let browser = app.logged_in(CONTROLLER).await;
            browser.open("/login").await;
            // Something that no request waits for may run at the same moment, but not each time.
            let mut least = (u64::MAX, u64::MAX);
            for period in ["2025", "2025-q4", "2025-q3"] {
                browser.choose("period", period).await;
                let (first, page) = app.queries_of(browser.open(path)).await;
                assert_eq!(page.status, 200);
                let (again, _) = app.queries_of(browser.open(path)).await;
                least = (least.0.min(first), least.1.min(again));
            }
            counts.push(least);
        }
        assert_eq!(counts[0], counts[1], "{path}");
        assert!(counts[0].0 <= 12 && counts[0].1 == 2, "{path}: {counts:?}");
    }
    app
}
