//! An archived division can't be chosen any more; users who may see it can open its history by its address.

use crate::{
    app::{Answer, CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    on_both_databases,
    window::Window,
};
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;

on_both_databases!(
    an_address_opens_the_history_of_an_archived_division,
    who_may_not_see_it_is_answered_as_if_there_were_none,
    a_lead_sees_the_history_of_the_own_division,
    it_is_neither_stored_nor_adopted,
    a_day_to_come_changes_nothing,
    what_is_archived_no_more_can_be_chosen_again,
    a_window_is_told_what_it_may_choose_and_what_it_may_open,
);

/// The values of the toggle with their labels, and which of them is chosen.
fn toggle(page: &Answer) -> (Vec<(String, String)>, Vec<String>) {
    let form = page.body.split_once("data-setting=\"division\"").unwrap().1;
    let form = form.split("</form>").next().unwrap();
    let (mut options, mut chosen) = (Vec::new(), Vec::new());
    for label in form.split("<label").skip(1) {
        let value = label.split_once(" value=\"").unwrap().1.split('"').next().unwrap();
        let name = label.split_once("<span>").unwrap().1.split("</span>").next().unwrap();
        options.push((value.to_owned(), name.to_owned()));
        let input = label.split_once("<input").unwrap().1.split('>').next().unwrap();
        if input.contains(" checked") {
            chosen.push(value.to_owned());
        }
    }
    (options, chosen)
}

fn values(page: &Answer) -> Vec<String> {
    toggle(page).0.into_iter().map(|(value, _)| value).collect()
}

/// The announcement of the pins.
fn notice(page: &Answer) -> &str {
    let notice = page.body.split_once("class=\"notice pinned\"").unwrap().1;
    notice.split("</div>").next().unwrap()
}

async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}

async fn an_address_opens_the_history_of_an_archived_division(app: TestApp) -> TestApp {
    for email in [CONTROLLER, VIEWER] {
        let browser = app.logged_in(email).await;
        browser.choose("division", "web").await;
        for path in ["/", "/projects", "/costs", "/projects/PRT-001"] {
            let page = browser.open(&format!("{path}?division=print&period=2025")).await;
            assert_eq!(
                (page.status, page.main("data-division"), page.main("data-period")),
                (StatusCode::OK, "print", "2025"),
                "{path}"
            );
            assert!(
                page.body.contains(" · Print (archived) · 2025 · ControlManiac</title>"),
                "{path}"
            );
            assert!(page.body.contains('€'), "{path}");
            let (options, chosen) = toggle(&page);
            let print = ("print".to_owned(), "Print (archived)".to_owned());
            assert_eq!((options.len(), options.get(4)), (6, Some(&print)), "{path}");
            assert_eq!(chosen, ["print"], "{path}");
            let notice = notice(&page);
            assert!(notice.contains("stays on Print (archived)"), "{notice}");
            assert!(
                !notice.contains("Use everywhere") && notice.contains(">Back to my choice<"),
                "{notice}"
            );
            let figures = browser.figures(path, "print", "2025").await;
            assert_eq!(figures.status, StatusCode::OK, "{}", figures.body);
        }
        let projects = browser.open("/projects?division=print&period=2025").await;
        assert!(projects.body.contains(">PRT-") && !projects.body.contains(">WEB-"));
        let page = browser.open("/").await;
        assert_eq!(page.main("data-division"), "web", "the person's own choice is another");
        assert_eq!(values(&page), ["all", "web", "mobile", "design", "unassigned"]);
        let beside = browser.open("/?division=web").await;
        assert_eq!(values(&beside), ["all", "web", "mobile", "design", "unassigned"]);
        assert!(notice(&beside).contains(">Use everywhere<"));
    }
    app
}

async fn who_may_not_see_it_is_answered_as_if_there_were_none(app: TestApp) -> TestApp {
    let lead = app.logged_in(WEB_LEAD).await;
    for (slug, period) in [("print", "2025"), ("nonsense", "2025")] {
        let page = lead.open(&format!("/projects?division={slug}&period={period}")).await;
        assert_eq!((page.status, page.main("data-division")), (StatusCode::OK, "all"));
        assert!(page.body.contains(&format!(
            "asks for “{slug}” (Division). There is no division “{slug}” among those you may see. Choose “all” or one of “web”."
        )));
        assert_eq!(values(&page), ["all", "web"]);
        assert!(!page.body.contains("PRT-") && !page.said().contains("(archived)"));
        let figures = lead.figures("/projects", slug, period).await;
        figures.assert_error(400, "invalid");
        assert!(figures.body.contains("There is no division"), "{}", figures.body);
        let chosen = lead.choose("division", slug).await;
        chosen.assert_error(400, "invalid");
        assert!(chosen.body.contains("There is no division"), "{}", chosen.body);
        let pinned = lead
            .submit("/pin/division", &[("value", slug), ("return_to", "/")])
            .await;
        assert_eq!(pinned.status, StatusCode::BAD_REQUEST);
    }
    app
}

async fn a_lead_sees_the_history_of_the_own_division(app: TestApp) -> TestApp {
    execute(
        &app,
        "INSERT INTO user_divisions (user_id, division_id)
         SELECT u.id, d.id FROM users u, divisions d WHERE u.email = 'web.lead@studio.test' AND d.slug = 'print'",
    )
    .await;
    let lead = app.logged_in(WEB_LEAD).await;
    let page = lead.open("/projects?division=print&period=2025").await;
    assert_eq!((page.status, page.main("data-division")), (StatusCode::OK, "print"));
    assert!(page.body.contains(">PRT-"));
    assert_eq!(values(&page), ["all", "web", "print"]);
    let page = lead.open("/projects?period=2025").await;
    assert!(
        page.body
            .contains("<p class=\"scope\">All of yours: Web, Print (archived) · ")
    );
    assert_eq!(values(&page), ["all", "web"]);
    execute(
        &app,
        "UPDATE divisions SET archived_on = '2026-11-01' WHERE slug = 'web'",
    )
    .await;
    let page = lead.open("/").await;
    assert_eq!(values(&page), ["all"]);
    let refused = lead.choose("division", "web").await.json();
    assert_eq!(
        refused["message"],
        "The division “web” is archived, so it can be looked at and not chosen. Choose “all”."
    );
    app
}

async fn it_is_neither_stored_nor_adopted(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let refused = browser.choose("division", "print").await;
    refused.assert_error(400, "invalid");
    assert_eq!(
        refused.json()["message"],
        "The division “print” is archived, so it can be looked at and not chosen. Choose “all” or one of “web”, “mobile”, “design”, “unassigned”."
    );
    let form = browser.submit("/settings/division", &[("value", "print")]).await;
    assert_eq!(form.status, StatusCode::BAD_REQUEST);
    let pinned = [("return_to", "/costs?division=print&period=2025")];
    let adopted = browser.submit("/adopt", &pinned).await;
    assert_eq!(adopted.status, StatusCode::BAD_REQUEST);
    let page = browser.open("/").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("web", "ytd"),
        "all or nothing"
    );
    assert_eq!(app.row("division").await, ("web".to_owned(), 1));
    let back = ("return_to", "/costs?division=web");
    let pinned = browser.submit("/pin/division", &[("value", "print"), back]).await;
    assert_eq!(
        pinned.header("location"),
        "/costs?division=print",
        "a window may be pinned to it"
    );
    app
}

async fn a_day_to_come_changes_nothing(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    execute(
        &app,
        "UPDATE divisions SET archived_on = '2026-11-25' WHERE slug = 'web'",
    )
    .await;
    let page = browser.open("/?period=2025").await;
    assert_eq!(page.main("data-division"), "web");
    assert_eq!(values(&page), ["all", "web", "mobile", "design", "unassigned"]);
    assert!(!page.said().contains("(archived)"));
    assert_eq!(browser.choose("division", "web").await.json()["revision"], 2);
    let adopted = browser
        .submit("/adopt", &[("return_to", "/costs?division=web&period=2025")])
        .await;
    assert_eq!(adopted.header("location"), "/costs");
    // The day before is over.
    execute(
        &app,
        "UPDATE divisions SET archived_on = '2026-11-24' WHERE slug = 'web'",
    )
    .await;
    let page = browser.open("/").await;
    assert_eq!(page.main("data-division"), "all");
    assert!(page.said().contains("“web” is no longer among those you may choose"));
    app.row_becomes("division", "all", 4).await;
    app
}

async fn what_is_archived_no_more_can_be_chosen_again(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let mut window = Window::open(&browser).await;
    window.newest().await;
    execute(&app, "UPDATE divisions SET archived_on = NULL WHERE slug = 'print'").await;
    let newest = window.newest().await;
    assert!(newest["person"]["divisions"].to_string().contains("print"));
    assert_eq!(
        values(&browser.open("/").await),
        ["all", "web", "mobile", "design", "print", "unassigned"]
    );
    assert_eq!(browser.choose("division", "print").await.json()["revision"], 1);
    let page = browser.open("/?period=2025").await;
    assert_eq!(page.main("data-division"), "print");
    assert!(page.body.contains("· Print · 2025 · ControlManiac</title>") && !page.said().contains("(archived)"));
    app
}

async fn a_window_is_told_what_it_may_choose_and_what_it_may_open(app: TestApp) -> TestApp {
    for (email, archived) in [(CONTROLLER, 1), (WEB_LEAD, 0)] {
        let newest = Window::open(&app.logged_in(email).await).await.newest().await;
        let person = &newest["person"];
        // Pages of an earlier build offer every division in this list.
        assert!(!person["divisions"].to_string().contains("print"), "{person}");
        let opened = person["archived_divisions"].as_array().unwrap();
        assert_eq!(opened.len(), archived, "{person}");
        for option in opened {
            assert_eq!((&option["slug"], &option["archived"]), (&"print".into(), &true.into()));
        }
    }
    app
}
