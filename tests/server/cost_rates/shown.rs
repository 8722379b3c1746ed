//! The replacement for labour cost, and who sees all of it.

use super::{
    amounts::{amounts, fact},
    books::Books,
    day, html,
};
use crate::{
    app::{CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeSet;

on_both_databases!(
    what_is_withheld_is_a_dash_that_says_why,
    a_lead_sees_what_everybody_cost_on_the_own_projects,
    the_right_to_see_cost_rates_holds_from_the_next_request,
);

const WHY: &str = "only for those who may see cost rates";

async fn what_is_withheld_is_a_dash_that_says_why(app: TestApp) -> TestApp {
    let viewer = app.logged_in(VIEWER).await;
    let all = |html: &str, open: &str, close: &str| -> Vec<String> {
        let parts = html.split(open).skip(1);
        parts.map(|part| part.split(close).next().unwrap().to_owned()).collect()
    };
    let home = html(&viewer, "/", "all", "2025").await;
    let tiles = [
        "Revenue",
        "External cost",
        "Contribution margin I",
        "Margin I of revenue",
        "Utilisation",
        "Unbilled",
        "Advances",
    ];
    assert_eq!(all(&home, "<dt>", "</dt>"), tiles);
    let cents = |text: &str| *amounts(text).first().unwrap();
    let margin = cents(fact(&home, "Revenue")) - cents(fact(&home, "External cost"));
    assert_eq!(cents(fact(&home, "Contribution margin I")), margin);
    // Labour cost, margin II and margin III of four divisions, the unassigned and the total.
    let divisions = home.split_once("id=\"table-contribution-margin-by-division").unwrap().1;
    assert_eq!(
        divisions
            .split("</table>")
            .next()
            .unwrap()
            .matches(&format!("title=\"{WHY}\""))
            .count(),
        18
    );

    let list = html(&viewer, "/projects?sort=cost", "all", "2025").await;
    let headings = all(&list, "class=\"sort\"", "</a>");
    let headings: Vec<_> = headings.iter().map(|link| link.split_once('>').unwrap().1).collect();
    let figures = ["Hours", "Revenue", "External cost", "CM I", "CM I %", "Budget burn"];
    assert_eq!(headings[5..], figures);
    let rows = all(list.split_once("<tbody>").unwrap().1, "<tr>", "</tr>");
    let costs: Vec<_> = rows
        .iter()
        .map(|row| cents(row.split("<td").nth(7).unwrap()))
        .take(50)
        .collect();
    assert!(
        costs.is_sorted_by(|one, other| one >= other) && costs[0] > costs[40],
        "{costs:?}"
    );
    assert!(home.contains(&format!(
        "<p class=\"note\">What labour costs, and what contains it, is {WHY}.</p>"
    )));
    assert!(list.contains(WHY) && list.contains("budget burn is that of hours"));

    let costs = html(&viewer, "/costs", "all", "2025").await;
    let labour = costs
        .split_once(">Labour</th>")
        .unwrap()
        .1
        .split("</tr>")
        .next()
        .unwrap();
    assert_eq!((labour.matches('–').count(), amounts(labour).len()), (13, 0));
    assert!(costs.contains(">Total, without labour</th>") && costs.contains(&format!("is {WHY}")));

    let project = html(&viewer, "/projects/WEB-001", "all", "2025").await;
    let margin = cents(fact(&project, "Revenue")) - cents(fact(&project, "External cost"));
    assert_eq!(cents(fact(&project, "Contribution margin I")), margin);
    for name in ["Labour cost", "Cost at completion"] {
        assert!(fact(&project, name).contains(WHY), "{name}");
    }
    app
}

async fn a_lead_sees_what_everybody_cost_on_the_own_projects(app: TestApp) -> TestApp {
    let books = Books::of(&app).await;
    let lead = app.logged_in(WEB_LEAD).await;
    let select = "SELECT h.id FROM people h JOIN divisions d ON d.id = h.division_id WHERE d.slug <> 'web'";
    let select = Statement::from_string(app.state.db.backend(), select);
    let elsewhere: Vec<i64> = app
        .state
        .db
        .writer()
        .query_all_raw(select)
        .await
        .unwrap()
        .iter()
        .map(|row| row.try_get("", "id").unwrap())
        .collect();
    let year = (day("2025-01-01"), day("2025-12-31"));
    let is_2025 = |worked: NaiveDate| worked >= year.0 && worked <= year.1;
    let work = books
        .0
        .iter()
        .filter(|work| work.slug.as_deref() == Some("web") && is_2025(work.day));
    let codes: BTreeSet<_> = work
        .filter(|work| elsewhere.contains(&work.person))
        .map(|work| &work.code)
        .collect();
    assert!(!codes.is_empty(), "colleagues from elsewhere helped");
    for code in codes {
        let page = html(&lead, &format!("/projects/{code}"), "all", "2025").await;
        let work = books.0.iter().filter(|work| work.code == *code && is_2025(work.day));
        let labour = work.map(|work| work.labour_cost).sum();
        assert_eq!(amounts(fact(&page, "Labour cost")), BTreeSet::from([labour]), "{code}");
        let people = page
            .split_once("id=\"table-people\"")
            .unwrap()
            .1
            .split("</table>")
            .next()
            .unwrap();
        assert!(
            amounts(people.split_once("<tfoot>").unwrap().1).contains(&labour),
            "{code}"
        );
        assert!(!page.contains(WHY));
    }
    app
}

async fn the_right_to_see_cost_rates_holds_from_the_next_request(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let give = async |right: &str| {
        let sql = format!("UPDATE users SET sees_cost_rates = {right} WHERE email = '{CONTROLLER}'");
        app.state.db.writer().execute_unprepared(&sql).await.unwrap();
    };
    for path in ["/", "/projects", "/projects/WEB-001", "/costs"] {
        let whole = html(&browser, path, "all", "2025").await;
        assert!(!whole.contains(WHY), "{path}");
        give("FALSE").await;
        let withheld = html(&browser, path, "all", "2025").await;
        assert!(withheld.contains(WHY), "{path}");
        assert_eq!(withheld, html(&app.logged_in(VIEWER).await, path, "all", "2025").await);
        give("TRUE").await;
        assert_eq!(html(&browser, path, "all", "2025").await, whole, "{path}");
    }
    app
}
