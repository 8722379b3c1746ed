//! A fixed price is earned by days alone: an advance isn't revenue, and unbilled work is never offset against it.

use crate::{
    app::{CONTROLLER, TestApp},
    on_both_databases,
    shown::without_openings,
};
use control_maniac::{
    books::{Change, NewInvoice},
    locale::Locale,
    money::Money,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

on_both_databases!(
    a_fixed_price_earns_its_days_and_nothing_else,
    unbilled_and_advances_stand_apart,
);

async fn html(app: &TestApp, address: &str, period: &str) -> String {
    let browser = app.logged_in(CONTROLLER).await;
    let answer = browser.figures(address, "all", period).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    without_openings(answer.json()["html"].as_str().unwrap())
}

fn fact(page: &str, name: &str) -> String {
    let fact = page.split_once(&format!("<dt>{name}</dt>")).unwrap().1;
    let fact = fact.split_once('>').unwrap().1;
    fact.split_once("</dd>").unwrap().0.to_owned()
}

async fn invoice(app: &TestApp, project: i64, day: &str, amount: i64) {
    let mut change = Change::begin(app.state.db.writer()).await.unwrap();
    let invoice = NewInvoice {
        number: format!("{project} {day} {amount}"),
        project,
        day: day.parse().unwrap(),
        amount: Money(amount),
    };
    change.add_invoices([invoice]).await.unwrap();
    change.commit().await.unwrap();
}

async fn a_fixed_price_earns_its_days_and_nothing_else(app: TestApp) -> TestApp {
    // The demo's project of which more than half was invoiced in its first months.
    assert_eq!(
        fact(&html(&app, "/projects/WEB-023", "2026-08").await, "Revenue"),
        "€9,613.04"
    );
    let november = fact(&html(&app, "/projects/WEB-023", "2026-11").await, "Revenue");
    assert!(november != "€0.00", "{november}");
    // Neither an invoice nor a credit note for the whole fee changes the amount earned.
    let all = html(&app, "/projects/WEB-023", "2026").await;
    let id = 23;
    invoice(&app, id, "2026-11-03", 99_999_900).await;
    invoice(&app, id, "2026-11-04", -99_999_900).await;
    invoice(&app, id, "2026-11-05", -99_999_900).await;
    let credited = html(&app, "/projects/WEB-023", "2026").await;
    assert_eq!(fact(&credited, "Revenue"), fact(&all, "Revenue"));
    assert_eq!(fact(&credited, "Earned"), fact(&all, "Earned"));
    assert_eq!(fact(&credited, "Advances"), "€0.00");
    assert_ne!(fact(&credited, "Unbilled"), fact(&all, "Unbilled"));
    assert!(credited.contains("This is a management view"));
    app
}

#[derive(FromQueryResult)]
struct Sums {
    unbilled: i64,
    advances: i64,
}

/// The sums over projects of the amounts earned and invoiced by the hour, read from the rows, with those at a fixed
/// price as their pages have them.
async fn unbilled_and_advances_stand_apart(app: TestApp) -> TestApp {
    invoice(&app, 1, "2026-11-20", 999_999_900).await;
    let db = app.state.db.writer();
    let by_hours = Statement::from_string(
        db.get_database_backend(),
        "SELECT CAST(SUM(CASE WHEN rest > 0 THEN rest ELSE 0 END) AS BIGINT) AS unbilled,
                CAST(SUM(CASE WHEN rest < 0 THEN -rest ELSE 0 END) AS BIGINT) AS advances
         FROM (SELECT CASE WHEN p.kind = 'internal' THEN 0 ELSE
                        COALESCE((SELECT SUM(t.revenue) FROM time_entries t WHERE t.project_id = p.id), 0)
                        + COALESCE((SELECT SUM(b.amount) FROM bookings b WHERE b.project_id = p.id AND b.billable), 0) END
                      - COALESCE((SELECT SUM(i.amount) FROM invoices i WHERE i.project_id = p.id), 0) AS rest
               FROM projects p WHERE p.kind <> 'fixed_price') AS rests",
    );
    let sums = Sums::find_by_statement(by_hours).one(db).await.unwrap().unwrap();
    let codes = Statement::from_string(
        db.get_database_backend(),
        "SELECT code FROM projects WHERE kind = 'fixed_price'",
    );
    let (mut unbilled, mut advances) = (sums.unbilled, sums.advances);
    for row in db.query_all_raw(codes).await.unwrap() {
        let page = html(
            &app,
            &format!("/projects/{}", row.try_get::<String>("", "code").unwrap()),
            "2026",
        )
        .await;
        let cents = |name| fact(&page, name).replace(['€', ',', '.'], "").parse::<i64>().unwrap();
        let (one, other) = (cents("Unbilled"), cents("Advances"));
        assert!(one >= 0 && other >= 0 && (one == 0 || other == 0));
        assert_eq!(one - other, cents("Earned") - cents("Invoiced"));
        (unbilled, advances) = (unbilled + one, advances + other);
    }
    let home = html(&app, "/", "2026").await;
    let locale = Locale::default();
    assert!(advances > 900_000_000 && unbilled > 0);
    for (name, sum) in [("Unbilled", unbilled), ("Advances", advances)] {
        let tile = fact(&home, name);
        assert!(
            tile.starts_with(&locale.words(&(Money(sum)).into())),
            "{name} {sum}: {tile}"
        );
    }
    assert!(home.contains("This is a management view"));
    app
}
