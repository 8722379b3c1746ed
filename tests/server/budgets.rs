//! Budgets and shares are compared exactly, however they are rounded; a budget of zero is a budget; dashes come last.

use crate::{
    app::{Browser, CONTROLLER, TestApp, VIEWER},
    database::today,
    on_both_databases,
    shown::without_openings,
};
use sea_orm::{ConnectionTrait, Statement};

on_both_databases!(
    just_below_80_per_cent_is_not_near_the_budget,
    the_larger_of_two_burns_is_the_larger_however_little,
    a_budget_of_zero_is_overrun_by_the_first_cent,
    dashes_stand_last_in_either_direction,
);

/// An expensive running project, with its cost in cents and its time in minutes until today.
struct Spent {
    code: String,
    cost: i64,
    minutes: i64,
}

/// Removes every budget, and finds the most expensive projects that run today.
async fn without_budgets(app: &TestApp) -> Vec<Spent> {
    change(app, "UPDATE projects SET budget = NULL, budget_minutes = NULL").await;
    let sql = format!(
        "SELECT p.code, CAST(SUM(t.minutes) AS BIGINT) AS minutes, CAST(SUM(COALESCE(t.labour_cost, 0))
             + COALESCE((SELECT SUM(b.amount) FROM bookings b WHERE b.project_id = p.id AND b.booked_on <= '{0}'), 0)
             AS BIGINT) AS cost
         FROM projects p JOIN time_entries t ON t.project_id = p.id AND t.worked_on <= '{0}'
         WHERE p.starts_on <= '{0}' AND (p.ends_on IS NULL OR p.ends_on >= '{0}')
         GROUP BY p.id, p.code ORDER BY cost DESC LIMIT 2",
        today()
    );
    let select = Statement::from_string(app.state.db.backend(), sql);
    let rows = app.state.db.writer().query_all_raw(select).await.unwrap();
    let spent = rows.iter().map(|row| Spent {
        code: row.try_get("", "code").unwrap(),
        cost: row.try_get("", "cost").unwrap(),
        minutes: row.try_get("", "minutes").unwrap(),
    });
    let spent: Vec<Spent> = spent.collect();
    // Large enough for differences that rounding hides.
    assert!(spent.len() == 2 && spent.iter().all(|spent| spent.cost > 100_000 && spent.minutes > 10_000));
    spent
}

async fn change(app: &TestApp, sql: &str) {
    let sql = format!("{sql}; UPDATE data_revision SET revision = revision + 1");
    app.state.db.writer().execute_unprepared(&sql).await.unwrap();
}

async fn set_budget(app: &TestApp, code: &str, budget: &str, minutes: &str) {
    let set = format!("UPDATE projects SET budget = {budget}, budget_minutes = {minutes} WHERE code = '{code}'");
    change(app, &set).await;
}

async fn html(browser: &Browser, address: &str) -> String {
    let answer = browser.figures(address, "all", "ytd").await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    without_openings(answer.json()["html"].as_str().unwrap())
}

/// Home's list of projects over or near their budget.
async fn at_risk(browser: &Browser) -> String {
    let home = html(browser, "/").await;
    home.split_once("Projects over or near their budget")
        .unwrap()
        .1
        .to_owned()
}

/// The words about the budget on a project's page.
async fn burn(browser: &Browser, code: &str) -> String {
    let page = html(browser, &format!("/projects/{code}")).await;
    let fact = page.split_once("<dt>Budget burn</dt>").unwrap().1;
    fact.split_once("</dd>").unwrap().0.to_owned()
}

/// The rows of all pages of the list of projects.
async fn rows(browser: &Browser, sorted: &str) -> Vec<String> {
    let mut rows = Vec::new();
    for page in 1.. {
        let list = html(browser, &format!("/projects?{sorted}&page={page}")).await;
        let body = list.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0;
        let found: Vec<String> = body
            .split("</tr>")
            .map(str::to_owned)
            .filter(|row| row.contains("<tr>"))
            .collect();
        let is_last = found.len() < 50;
        rows.extend(found);
        if is_last {
            break;
        }
    }
    rows
}

async fn just_below_80_per_cent_is_not_near_the_budget(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let Spent { code, cost, .. } = without_budgets(&app).await.remove(0);
    let (below, at) = (cost * 5 / 4 + 1, cost * 5 / 4);
    set_budget(&app, &code, &below.to_string(), "NULL").await;
    assert!(burn(&browser, &code).await.contains("80.0\u{a0}% of its money"));
    let list = at_risk(&browser).await;
    assert!(!list.contains(&code), "{list}");
    set_budget(&app, &code, &at.to_string(), "NULL").await;
    let list = at_risk(&browser).await;
    assert!(list.contains(&code) && list.contains("near budget"), "{list}");
    app
}

async fn the_larger_of_two_burns_is_the_larger_however_little(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let Spent { code, cost, minutes } = without_budgets(&app).await.remove(0);
    for (budget, budget_minutes, larger) in [(cost, minutes - 1, "hours"), (cost - 1, minutes, "money")] {
        set_budget(&app, &code, &budget.to_string(), &budget_minutes.to_string()).await;
        let burn = burn(&browser, &code).await;
        assert!(burn.contains(&format!("100.0\u{a0}% of its {larger}")), "{burn}");
        let list = at_risk(&browser).await;
        assert!(list.contains("over budget"), "{list}");
    }
    app
}

async fn a_budget_of_zero_is_overrun_by_the_first_cent(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let spent = without_budgets(&app).await;
    let (zero, far) = (&spent[0].code, &spent[1]);
    set_budget(&app, &far.code, &(far.cost / 3).to_string(), "NULL").await;
    for (budget, minutes, of) in [("0", "NULL", "money"), ("NULL", "0", "hours")] {
        set_budget(&app, zero, budget, minutes).await;
        let burn = burn(&browser, zero).await;
        assert!(burn.contains(&format!("over its budget of 0 in {of}")), "{burn}");
        let list = at_risk(&browser).await;
        assert!(list.find(zero) < list.find(&far.code), "{list}");
        assert!(
            list.contains("budget is 0") && list.contains("over budget") && !list.contains("NaN"),
            "{list}"
        );
        for (order, first) in [("desc", [zero, &far.code]), ("asc", [&far.code, zero])] {
            let rows = rows(&browser, &format!("sort=burn&order={order}")).await;
            assert!(
                rows[0].contains(first[0]) && rows[1].contains(first[1]),
                "{order}: {} {}",
                rows[0],
                rows[1]
            );
            assert!(
                rows[2..].iter().all(|row| row.contains(r#"title="no budget""#)),
                "{order}"
            );
        }
    }
    // It is also a budget for users who may not see how much of it is used.
    set_budget(&app, zero, "0", "NULL").await;
    let hidden = burn(&app.logged_in(VIEWER).await, zero).await;
    assert!(hidden.contains("only for those who may see cost rates"), "{hidden}");
    app
}

async fn dashes_stand_last_in_either_direction(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for (sort, dash) in [
        ("margin_share", r#"title="no revenue""#),
        ("burn", r#"title="no budget""#),
        ("client", ">none<"),
    ] {
        for order in ["asc", "desc"] {
            let rows = rows(&browser, &format!("sort={sort}&order={order}")).await;
            let first = rows.iter().position(|row| row.contains(dash)).unwrap();
            assert!(first > 10, "{sort} {order}");
            assert!(rows[first..].iter().all(|row| row.contains(dash)), "{sort} {order}");
        }
    }
    app
}
