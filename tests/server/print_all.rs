//! All rows of a list on one page, to be printed: up to 5,000 of them, within the same rights, by an address and no choice.

use crate::{
    app::{Answer, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
};
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;

on_both_databases!(
    a_list_leads_to_all_its_rows,
    it_says_if_there_are_more,
    nobody_can_choose_it,
    a_page_says_who_prints_it_and_when,
);

fn rows(page: &Answer, table: &str) -> usize {
    let table = page
        .body
        .split_once(&format!("id=\"table-{table}\""))
        .expect("the table")
        .1;
    let body = table.split_once("<tbody>").unwrap().1.split("</tbody>").next().unwrap();
    body.matches("<tr").count()
}

/// How many rows there are, as the pager says.
fn total(page: &Answer) -> usize {
    let range = page
        .body
        .split_once("class=\"range\">")
        .unwrap()
        .1
        .split('<')
        .next()
        .unwrap();
    range.split(" of ").last().unwrap().replace(',', "").parse().unwrap()
}

fn link(page: &Answer) -> Option<String> {
    let before = page
        .body
        .split(">Print all rows<")
        .next()
        .filter(|before| *before != page.body)?;
    let href = before.rsplit_once("href=\"").unwrap().1;
    Some(href.split('"').next().unwrap().replace("&amp;", "&"))
}

async fn a_list_leads_to_all_its_rows(app: TestApp) -> TestApp {
    for email in [CONTROLLER, WEB_LEAD, VIEWER] {
        let browser = app.logged_in(email).await;
        for (path, table) in [("/costs?q=e", "bookings"), ("/projects?sort=revenue", "projects")] {
            browser.choose("rows", "25").await;
            let page = browser.open(&format!("{path}&period=2026")).await;
            if total(&page) <= 25 {
                assert_eq!(link(&page), None, "{email} {path}: all of them are here");
                continue;
            }
            let address = link(&page).unwrap_or_else(|| panic!("{email} {path}"));
            assert_eq!(address, format!("{path}&period=2026&rows=all"));
            let all = browser.open(&address).await;
            assert_eq!(
                (all.status, rows(&all, table)),
                (StatusCode::OK, total(&page)),
                "{email} {path}"
            );
            assert_eq!((total(&all), link(&all)), (total(&page), None));
            assert!(all.said().contains("This window stays on") && !all.said().contains("These are the first"));
        }
    }
    app
}

async fn it_says_if_there_are_more(app: TestApp) -> TestApp {
    // A page has all of them up to 5,000, however many there are.
    let add = "INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, shared, search)
               SELECT '2024-02-03', 'Many', 'one of many', '', 100, false, false, 'one of many'
               FROM (SELECT id FROM bookings ORDER BY id LIMIT 60) a CROSS JOIN (SELECT id FROM bookings ORDER BY id LIMIT 100) b";
    app.state.db.writer().execute_unprepared(add).await.unwrap();
    let page = app
        .logged_in(CONTROLLER)
        .await
        .open("/costs?q=one+of+many&rows=all&period=2024-02")
        .await;
    assert_eq!(rows(&page, "bookings"), 5_000);
    assert!(
        page.said()
            .contains("These are the first 5,000 of 6,000 rows. Export the list"),
        "{}",
        total(&page)
    );
    app
}

async fn nobody_can_choose_it(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("rows", "all").await.assert_error(400, "invalid");
    let adopted = browser.submit("/adopt", &[("return_to", "/projects?rows=all")]).await;
    assert_eq!(adopted.status, StatusCode::BAD_REQUEST);
    let page = browser.open("/projects?rows=all").await.said();
    assert!(!page.contains("Use everywhere") && page.contains("Back to my choice"));
    assert_eq!(browser.open("/projects").await.main("data-rows"), "50");
    app
}

async fn a_page_says_who_prints_it_and_when(app: TestApp) -> TestApp {
    for (language, said) in [
        ("en", "Printed by Helena Kraus on 24 Nov 2026"),
        ("de", "Gedruckt von Helena Kraus am 24.11.2026"),
    ] {
        let browser = app.logged_in(CONTROLLER).await;
        browser.choose("language", language).await;
        let page = browser.open("/costs").await;
        let printed = page
            .body
            .split_once("class=\"printed\">")
            .unwrap()
            .1
            .split('<')
            .next()
            .unwrap();
        assert_eq!(printed, said);
    }
    app
}
