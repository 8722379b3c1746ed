//! What a person may not see, by no route and no parameter.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
};
use sea_orm::{ConnectionTrait, Statement};

on_both_databases!(
    a_lead_gets_no_row_of_another_division_by_any_route,
    a_lead_is_offered_only_the_own_division,
    a_withdrawn_right_holds_from_the_next_request,
    a_viewer_never_sees_what_a_person_costs,
);

/// Every page and every query it takes.
fn pages(code: &str) -> Vec<String> {
    let mut pages = vec![
        "/".to_owned(),
        "/costs".to_owned(),
        "/projects".to_owned(),
        format!("/projects/{code}"),
    ];
    for sort in [
        "code",
        "name",
        "client",
        "division",
        "kind",
        "hours",
        "revenue",
        "cost",
        "margin",
        "margin_share",
        "burn",
    ] {
        for order in ["asc", "desc"] {
            pages.push(format!("/projects?sort={sort}&order={order}"));
        }
    }
    pages.extend(["/projects?page=2", "/costs?page=2", "/costs?page=9999"].map(str::to_owned));
    for path in ["/projects", "/costs"] {
        pages.extend(["mob", "dsg", "prt", "stu", "%25", "_", "'", "mobile"].map(|text| format!("{path}?q={text}")));
    }
    pages.push(format!("/costs?q={code}"));
    pages.push(format!("/projects?q={code}"));
    pages
}

/// Names that only another division has: its projects, and what is booked on it.
async fn foreign_texts(app: &TestApp) -> Vec<String> {
    let mut texts = Vec::new();
    for sql in [
        "SELECT p.code AS text FROM projects p LEFT JOIN divisions d ON d.id = p.division_id WHERE COALESCE(d.slug, '') <> 'web'",
        "SELECT p.name AS text FROM projects p LEFT JOIN divisions d ON d.id = p.division_id WHERE COALESCE(d.slug, '') <> 'web'
         AND p.name NOT IN (SELECT q.name FROM projects q JOIN divisions e ON e.id = q.division_id WHERE e.slug = 'web')",
    ] {
        let select = Statement::from_string(app.state.db.get_database_backend(), sql);
        for row in app.state.db.query_all_raw(select).await.unwrap() {
            texts.push(row.try_get("", "text").unwrap());
        }
    }
    assert!(texts.len() > 40);
    texts
}

fn assert_nothing_foreign(answer: &Answer, what: &str, foreign: &[String]) {
    // What was asked for may stand in the answer: in the address, in the search field, in «there is no project …».
    for text in foreign.iter().filter(|text| !what.contains(text.as_str())) {
        assert!(
            !answer.body.contains(&format!(">{text}<")),
            "{text} in the answer to {what}"
        );
    }
    for name in ["Mobile", "Design", "Print", "Unassigned"] {
        assert!(
            !answer.body.contains(&format!(">{name}<")),
            "{name} in the answer to {what}"
        );
    }
}

async fn a_lead_gets_no_row_of_another_division_by_any_route(app: TestApp) -> TestApp {
    let foreign = foreign_texts(&app).await;
    let lead = app.logged_in(WEB_LEAD).await;
    for division in ["all", "web"] {
        lead.choose("division", division).await;
        lead.choose("period", "2026").await;
        for code in ["MOB-001", "DSG-001", "PRT-001", "STU-001"] {
            lead.send(lead.request(reqwest::Method::GET, &format!("/projects/{code}")))
                .await
                .assert_error(404, "not_found");
            for path in pages(code) {
                let page = lead.open(&path).await;
                assert_nothing_foreign(&page, &path, &foreign);
                assert_nothing_foreign(&lead.figures(&path, division, "2025").await, &path, &foreign);
            }
        }
    }
    for other in ["mobile", "design", "print"] {
        for path in pages("WEB-001") {
            lead.figures(&path, other, "2026").await.assert_error(400, "invalid");
        }
        lead.choose("division", other).await.assert_error(400, "invalid");
    }
    app
}

async fn a_lead_is_offered_only_the_own_division(app: TestApp) -> TestApp {
    let values = |page: Answer| -> Vec<String> {
        let radios = page
            .body
            .split("<input")
            .filter(|input| input.contains("type=\"radio\""));
        radios
            .map(|radio| {
                radio
                    .split("value=\"")
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    };
    assert_eq!(values(app.logged_in(WEB_LEAD).await.open("/").await), ["all", "web"]);
    assert_eq!(
        values(app.logged_in(CONTROLLER).await.open("/").await),
        ["all", "web", "mobile", "design"]
    );
    app
}

async fn a_withdrawn_right_holds_from_the_next_request(app: TestApp) -> TestApp {
    let lead = app.logged_in(WEB_LEAD).await;
    lead.choose("division", "web").await;
    assert!(lead.open("/projects").await.body.contains("WEB-001"));
    app.state
        .db
        .execute_unprepared("DELETE FROM user_divisions")
        .await
        .unwrap();
    let page = lead.open("/projects").await;
    assert!(!page.body.contains("WEB-001"));
    assert_eq!(page.main("data-division"), "all");
    lead.figures("/projects", "web", "ytd")
        .await
        .assert_error(400, "invalid");
    app
}

async fn a_viewer_never_sees_what_a_person_costs(app: TestApp) -> TestApp {
    let people = |page: Answer| {
        let table = page
            .body
            .split_once("id=\"table-people\"")
            .expect("a table of people")
            .1;
        table.split("</table>").next().unwrap().to_owned()
    };
    let path = "/projects/WEB-001";
    let all_the_time = |browser: Browser| async move {
        browser.choose("period", "2025").await;
        browser.open(path).await
    };
    let seen = people(all_the_time(app.logged_in(CONTROLLER).await).await);
    assert!(seen.contains("Labour cost") && seen.contains('€'));
    let hidden = people(all_the_time(app.logged_in(VIEWER).await).await);
    assert!(
        hidden.contains("Hours") && !hidden.contains("Labour cost") && !hidden.contains('€'),
        "{hidden}"
    );
    app
}
