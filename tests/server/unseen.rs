//! Something that may not be seen gets the same answer as something that doesn't exist, after the same work.

use crate::{
    app::{TestApp, WEB_LEAD},
    on_both_databases,
};

on_both_databases!(
    a_project_that_may_not_be_seen_takes_the_work_of_an_unknown_one,
    a_division_that_may_not_be_seen_takes_the_work_of_an_unknown_one,
);

async fn a_project_that_may_not_be_seen_takes_the_work_of_an_unknown_one(app: TestApp) -> TestApp {
    for (email, unseen, missing) in [
        (WEB_LEAD, "MOB-001", "MOB-999"),
        (WEB_LEAD, "STU-001", "STU-999"),
        (WEB_LEAD, "PRT-001", "PRT-999"),
    ] {
        let browser = app.logged_in(email).await;
        browser.open("/").await;
        for division in ["all", "web"] {
            for period in ["ytd", "2025-03-03..2025-03-03"] {
                let answer = async |code: &str| {
                    let path = format!("/projects/{code}");
                    let (queries, figures) = app.queries_of(browser.figures(&path, division, period)).await;
                    let pinned = format!("{path}?division={division}&period={period}");
                    let (more, page) = app.queries_of(browser.open(&pinned)).await;
                    assert_eq!((figures.status.as_u16(), page.status.as_u16()), (404, 404), "{code}");
                    let page = page.body.replace(nonce(&page.body), "");
                    (queries, more, figures.body.replace(code, ""), page.replace(code, ""))
                };
                let seldom = answer(missing).await;
                assert_eq!(answer(unseen).await, seldom, "{email} {unseen} {division} {period}");
                // The queries for the session and the account, and the one that looks for the project.
                assert_eq!((seldom.0, seldom.1), (3, 3));
            }
        }
    }
    app
}

async fn a_division_that_may_not_be_seen_takes_the_work_of_an_unknown_one(app: TestApp) -> TestApp {
    let lead = app.logged_in(WEB_LEAD).await;
    lead.open("/costs?division=all").await;
    let answer = async |slug: &str| {
        let (queries, figures) = app.queries_of(lead.figures("/projects", slug, "ytd")).await;
        let (more, choice) = app.queries_of(lead.choose("division", slug)).await;
        let (most, page) = app.queries_of(lead.open(&format!("/costs?division={slug}"))).await;
        assert_eq!((figures.status.as_u16(), choice.status.as_u16()), (400, 400), "{slug}");
        let page = page.body.replace(nonce(&page.body), "");
        let bodies = [figures.body, choice.body, page].map(|body| body.replace(&format!("“{slug}”"), "“”"));
        (queries, more, most, bodies)
    };
    assert_eq!(answer("mobile").await, answer("absent").await);
    assert_eq!(answer("print").await, answer("other").await);
    assert_eq!(answer("unassigned").await, answer("otherwise").await);
    app
}

fn nonce(page: &str) -> &str {
    page.split_once("nonce=\"").unwrap().1.split('"').next().unwrap()
}
