//! Settings that an address pins to its window: they are shown and never stored, and every link keeps them.

use crate::{
    app::{CONTROLLER, TestApp, WEB_LEAD},
    on_both_databases,
};
use reqwest::StatusCode;

on_both_databases!(
    an_address_pins_its_window_and_stores_nothing,
    every_link_of_every_view_keeps_what_is_pinned,
    what_may_not_be_pinned_is_replaced_visibly,
    a_form_pins_drops_and_adopts,
);

async fn an_address_pins_its_window_and_stores_nothing(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let page = browser.open("/costs?division=mobile&period=2025-q4").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("mobile", "2025-q4")
    );
    let page = browser.open("/costs?division=mobile").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("mobile", "ytd")
    );
    assert!(
        page.body
            .contains("This window stays on Mobile. Your own choice: Against the time before, Year to date")
    );
    let page = browser.open("/costs").await;
    assert_eq!((page.main("data-division"), page.main("data-period")), ("web", "ytd"));
    assert!(!page.said().contains("This window stays on"));
    app
}

async fn every_link_of_every_view_keeps_what_is_pinned(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for path in [
        "/?",
        "/projects?sort=burn&",
        "/projects?q=WEB&",
        "/projects/WEB-001?",
        "/projects/MOB-001?",
        "/costs?q=a&",
    ] {
        let page = browser.open(&format!("{path}division=web")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let (_, main) = page.body.split_once(r#"<header class="bar "#).unwrap();
        let links: Vec<&str> = main
            .split(r#"href="/"#)
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert!(links.len() > 3, "{path}");
        for link in links {
            let is_other_way = link.contains("division=all") || !link.contains("division=");
            let drops = format!("{path}division=web").replace("division=web", "");
            let is_drop = format!("/{link}").trim_end_matches(['?', '&']) == drops.trim_end_matches(['?', '&']);
            assert!(!is_other_way || is_drop, "{path}: {link}");
        }
        if page.body.contains(r#"role="search""#) {
            assert!(
                page.body
                    .contains(r#"<input type="hidden" name="division" value="web""#),
                "{path}"
            );
        }
    }
    app
}

async fn what_may_not_be_pinned_is_replaced_visibly(app: TestApp) -> TestApp {
    let browser = app.logged_in(WEB_LEAD).await;
    browser.choose("division", "web").await;
    for (address, asked) in [
        ("/projects?division=mobile", "mobile"),
        ("/projects?division=nonsense", "nonsense"),
        ("/projects?division=web&division=mobile", "web and mobile"),
        ("/projects?division=%3Cb%3E", "&lt;b&gt;"),
    ] {
        let page = browser.open(address).await;
        assert_eq!(
            (page.status, page.main("data-division")),
            (StatusCode::OK, "all"),
            "{address}"
        );
        assert!(
            page.body.contains(&format!("asks for “{asked}” (Division)")),
            "{address}"
        );
        assert!(!page.body.contains("MOB-"), "{address}");
    }
    let page = browser.open("/?period=yesterday").await;
    assert_eq!((page.main("data-division"), page.main("data-period")), ("web", "ytd"));
    assert!(page.body.contains("asks for “yesterday” (Period)"));
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "web",
        "nothing of it was stored"
    );
    app
}

async fn a_form_pins_drops_and_adopts(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let back = ("return_to", "/projects?sort=burn&division=web");
    let answer = browser.submit("/pin/division", &[("value", "mobile"), back]).await;
    assert_eq!(answer.header("location"), "/projects?sort=burn&division=mobile");
    let days = [("from", "2026-03-01"), ("to", "2026-03-15"), back];
    let answer = browser.submit("/pin/period", &days).await;
    assert_eq!(
        answer.header("location"),
        "/projects?sort=burn&division=web&period=2026-03-01..2026-03-15"
    );
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "all",
        "nothing was stored"
    );
    let answer = browser.submit("/pin/division", &[("value", "nonsense"), back]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let pinned = [("return_to", "/costs?q=a&division=design&period=2025")];
    let answer = browser.submit("/adopt", &pinned).await;
    assert_eq!(answer.header("location"), "/costs?q=a");
    let page = browser.open("/").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("design", "2025")
    );
    let one_is_wrong = [("return_to", "/costs?division=nonsense&period=2024")];
    assert_eq!(
        browser.submit("/adopt", &one_is_wrong).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(browser.open("/").await.main("data-period"), "2025", "all or nothing");
    app
}
