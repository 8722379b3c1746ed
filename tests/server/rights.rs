//! Things that a user may not see can't be reached by any route or parameter.

use crate::{
    app::{Answer, Browser, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
    routes::addresses,
};
use control_maniac::pages::PAGES;
use sea_orm::{ConnectionTrait, Statement};

on_both_databases!(
    a_lead_gets_no_row_of_another_division_by_any_route,
    a_lead_is_offered_only_the_own_division,
    a_withdrawn_right_holds_from_the_next_request,
    a_viewer_never_sees_what_a_person_costs,
    all_is_named_after_what_one_sees,
);

/// Every page and every query it takes.
fn pages(code: &str) -> Vec<String> {
    PAGES.into_iter().flat_map(|page| addresses(page, code)).collect()
}

/// Names that only another division has: of the projects that were never owned by Web, the first division.
async fn foreign_texts(app: &TestApp) -> Vec<String> {
    let mut texts = Vec::new();
    for sql in [
        "SELECT p.code AS text FROM projects p WHERE p.id NOT IN (SELECT project_id FROM project_divisions WHERE division_id = 1)",
        "SELECT p.name AS text FROM projects p WHERE p.id NOT IN (SELECT project_id FROM project_divisions WHERE division_id = 1)
         AND p.name NOT IN (SELECT q.name FROM projects q JOIN project_divisions o ON o.project_id = q.id WHERE o.division_id = 1)",
    ] {
        let select = Statement::from_string(app.state.db.backend(), sql);
        for row in app.state.db.writer().query_all_raw(select).await.unwrap() {
            texts.push(row.try_get("", "text").unwrap());
        }
    }
    assert!(texts.len() > 40);
    texts
}

fn assert_nothing_foreign(answer: &Answer, what: &str, foreign: &[String]) {
    // The answer may repeat the request: in the address, in the search field, in “there is no project …”.
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
        ["all", "web", "mobile", "design", "unassigned"]
    );
    app
}

async fn a_withdrawn_right_holds_from_the_next_request(app: TestApp) -> TestApp {
    let lead = app.logged_in(WEB_LEAD).await;
    lead.choose("division", "web").await;
    assert!(lead.open("/projects").await.body.contains("WEB-001"));
    app.state
        .db
        .writer()
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

/// Where a page names All: in the title, the toggle, the heading and the total of the divisions.
async fn all_is_named_after_what_one_sees(app: TestApp) -> TestApp {
    let add = "INSERT INTO user_divisions (user_id, division_id)
               SELECT u.id, d.id FROM users u, divisions d WHERE u.email = 'web.lead@studio.test' AND d.slug = 'mobile'";
    let (full, web, mobile, none) = (
        "All",
        "All of yours: Web",
        "All of yours: Web, Mobile",
        "All of yours: none",
    );
    for (email, change, short, in_full) in [
        (CONTROLLER, None, "All", full),
        (VIEWER, None, "All", full),
        (WEB_LEAD, None, "All of yours", web),
        (WEB_LEAD, Some(add), "All of yours", mobile),
        (WEB_LEAD, Some("DELETE FROM user_divisions"), "All of yours", none),
    ] {
        if let Some(change) = change {
            app.state.db.writer().execute_unprepared(change).await.unwrap();
        }
        let browser = app.logged_in(email).await;
        for (path, title) in [("/", "Home"), ("/projects", "Projects"), ("/costs", "Costs")] {
            let page = browser.open(path).await.body;
            let title = format!("{title} · {in_full} · Year to date 2026 · ControlManiac");
            assert!(page.contains(&format!("<title>{title}</title>")), "{email} {path}");
            assert_eq!(browser.figures(path, "all", "ytd").await.json()["title"], title);
            assert!(
                page.contains(&format!("<p class=\"scope\">{in_full} · ")),
                "{email} {path}"
            );
            let toggle = page.split_once("data-setting=\"division\"").unwrap().1;
            let first = toggle
                .split_once("value=\"all\"")
                .unwrap()
                .1
                .split("</label>")
                .next()
                .unwrap();
            assert!(first.contains(&format!("<span>{short}</span>")), "{email}: {first}");
        }
        let home = browser.open("/").await.body;
        let total = home.split("<tfoot>").last().unwrap().split("</tfoot>").next().unwrap();
        assert_eq!(
            total.contains(&format!(">{in_full}</th>")),
            in_full != none,
            "{email}: {total}"
        );
        let fallen_back = browser.open("/?division=nonsense").await.body;
        assert!(fallen_back.contains(&format!("You see “{short}” now.")), "{email}");
    }
    let browser = app.logged_in(CONTROLLER).await;
    let title = "<title>Home · Web · Mar 2026 · ControlManiac</title>";
    assert!(browser.open("/?division=web&period=2026-03").await.body.contains(title));
    let elsewhere = browser.open("/projects/WEB-001?division=mobile").await.body;
    assert!(elsewhere.contains("Choose Web or All to see them"), "{elsewhere}");
    let unassigned = browser.open("/projects/STU-001?division=mobile").await.body;
    assert!(
        unassigned.contains("belongs to no division") && unassigned.contains("Choose Unassigned or All to see them")
    );
    app.state.db.writer().execute_unprepared(add).await.unwrap();
    app.state
        .db
        .writer()
        .execute_unprepared(&add.replace("mobile", "web"))
        .await
        .unwrap();
    let elsewhere = app
        .logged_in(WEB_LEAD)
        .await
        .open("/projects/WEB-001?division=mobile")
        .await
        .body;
    assert!(
        elsewhere.contains("Choose Web or All of yours to see them"),
        "{elsewhere}"
    );
    app
}
