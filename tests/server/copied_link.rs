//! The link to a view, for another person or another day: what it names is what they see, or they are told why not.

use crate::{
    app::{Answer, CONTROLLER, TestApp, WEB_LEAD},
    on_both_databases,
};

on_both_databases!(it_names_what_is_shown, whoever_opens_it_sees_the_same_or_is_told);

/// The address that the page's link copies.
fn copied(page: &Answer) -> String {
    let link = page.body.split_once("id=\"copy-link\"").expect("a link to copy").1;
    let tag = link.split('>').next().unwrap();
    let href = tag.split_once("href=\"").unwrap().1.split('"').next().unwrap();
    href.replace("&amp;", "&")
}

async fn it_names_what_is_shown(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for (division, period, address, expected) in [
        (
            "all",
            "ytd",
            "/",
            "/?comparison=before&division=all&period=2026-01-01..2026-11-24",
        ),
        // A month that is still running has more days tomorrow.
        (
            "web",
            "2026-11",
            "/costs?q=a",
            "/costs?q=a&comparison=before&division=web&period=2026-11-01..2026-11-24",
        ),
        (
            "web",
            "2026-q3",
            "/projects?sort=burn&order=asc",
            "/projects?sort=burn&order=asc&comparison=before&division=web&period=2026-q3",
        ),
        (
            "web",
            "2025",
            "/costs?from_row=26&division=mobile",
            "/costs?from_row=26&comparison=before&division=mobile&period=2025",
        ),
        (
            "all",
            "2026-03-01..2026-03-15",
            "/projects?rows=25",
            "/projects?comparison=before&division=all&period=2026-03-01..2026-03-15",
        ),
    ] {
        browser.choose("division", division).await;
        browser.choose("period", period).await;
        let page = browser.open(address).await;
        assert_eq!(copied(&page), expected, "{address}");
        let figures = browser
            .figures(address.split('?').next().unwrap(), division, period)
            .await
            .json();
        assert!(figures["html"].as_str().unwrap().contains("id=\"copy-link\""));
    }
    app
}

async fn whoever_opens_it_sees_the_same_or_is_told(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    browser.choose("period", "2025-q4").await;
    let page = browser.open("/costs").await;
    let lead = app.logged_in(WEB_LEAD).await;
    let opened = lead.open(&copied(&page)).await;
    assert_eq!(
        (opened.main("data-division"), opened.main("data-period")),
        ("web", "2025-q4")
    );
    assert!(
        opened
            .said()
            .contains("This window stays on Web, Against the time before, Q4 2025.")
    );
    browser.choose("division", "mobile").await;
    let refused = lead.open(&copied(&browser.open("/costs").await)).await;
    assert_eq!(
        (refused.main("data-division"), refused.main("data-period")),
        ("all", "2025-q4")
    );
    assert!(
        refused
            .said()
            .contains("asks for “mobile” (Division). There is no division “mobile” among those you may see.")
    );
    app
}
