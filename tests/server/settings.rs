//! The sticky settings: where they are stored, which layer is read first, and which values are never stored.

use crate::{
    app::{CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    database::Kind,
    on_both_databases,
};
use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, DatabaseConnection, TransactionTrait};
use serde_json::json;

on_both_databases!(
    a_toggle_is_stamped_and_stands_in_the_first_html,
    the_choice_survives_a_restart_and_a_change_of_device,
    a_form_without_a_program_does_the_same,
    revisions_rise_also_when_many_toggle_at_once,
    the_newer_of_cache_and_session_counts,
    one_person_never_gets_another_persons_choice,
    a_withdrawn_division_falls_back_visibly_and_is_mended,
    a_cached_setting_costs_no_query,
    refused_values_change_nothing,
);

async fn a_toggle_is_stamped_and_stands_in_the_first_html(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let before = browser.open("/").await;
    assert_eq!(
        (before.main("data-division"), before.main("data-period")),
        ("all", "ytd")
    );
    let answer = browser.choose("division", "web").await;
    assert_eq!(answer.json(), json!({"value": "web", "revision": 1}));
    assert_eq!(
        browser.choose("division", "mobile").await.json(),
        json!({"value": "mobile", "revision": 2})
    );
    assert_eq!(
        browser.choose("period", "2026-q3").await.json(),
        json!({"value": "2026-q3", "revision": 1})
    );
    for path in ["/", "/projects", "/costs"] {
        let page = browser.open(path).await;
        assert_eq!(
            (page.main("data-division"), page.main("data-period")),
            ("mobile", "2026-q3"),
            "{path}"
        );
        assert!(page.body.contains("Mobile · Q3 2026 · 1 Jul – 30 Sept 2026"), "{path}");
        let radio = page
            .body
            .split("<input")
            .find(|input| input.contains(r#"value="mobile""#))
            .unwrap();
        assert!(radio.split('>').next().unwrap().contains("checked"), "{radio}");
    }
    app
}

async fn the_choice_survives_a_restart_and_a_change_of_device(mut app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "design").await;
    browser.choose("period", "2025").await;
    app.restart().await;
    browser.address = app.address.clone();
    assert_eq!(browser.open("/").await.main("data-division"), "design");
    let other_device = app.logged_in(CONTROLLER).await;
    let page = other_device.open("/costs").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("design", "2025")
    );
    other_device.choose("division", "web").await;
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "web",
        "the first device follows"
    );
    app
}

async fn a_form_without_a_program_does_the_same(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let fields = [("value", "web"), ("return_to", "/projects?sort=margin")];
    let answer = browser.submit("/settings/division", &fields).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/projects?sort=margin")
    );
    assert_eq!(browser.open("/projects").await.main("data-division"), "web");
    let days = [
        ("from", "2026-03-01"),
        ("to", "2026-03-15"),
        ("return_to", "//elsewhere.test"),
    ];
    assert_eq!(browser.submit("/settings/period", &days).await.header("location"), "/");
    assert_eq!(browser.open("/").await.main("data-period"), "2026-03-01..2026-03-15");
    app
}

async fn revisions_rise_also_when_many_toggle_at_once(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let toggles = (0..20).map(|number| {
        let browser = browser.clone();
        tokio::spawn(async move {
            let value = ["web", "mobile", "design", "all"][number % 4];
            let answer = browser.choose("division", value).await.json();
            assert_eq!(answer["value"], value);
            (answer["revision"].as_i64().unwrap(), value)
        })
    });
    let mut answers = Vec::new();
    for toggle in toggles.collect::<Vec<_>>() {
        answers.push(toggle.await.unwrap());
    }
    answers.sort_unstable();
    let revisions: Vec<i64> = answers.iter().map(|answer| answer.0).collect();
    assert_eq!(revisions, (1..=20).collect::<Vec<_>>());
    let newest = answers.last().unwrap().1;
    assert_eq!(browser.open("/").await.main("data-division"), newest);
    assert_eq!(app.row("division").await, (newest.to_owned(), 20));
    app
}

async fn the_newer_of_cache_and_session_counts(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    // Another node has stored a newer choice, and the news may not be here yet: this browser's session has it, this
    // node's cache doesn't.
    execute(
        app.state.db.writer(),
        r#"UPDATE settings SET value = 'design', revision = 7 WHERE key = 'division';
           UPDATE sessions SET record = REPLACE(record, '{"revision":1,"value":"web"}', '{"revision":7,"value":"design"}')"#,
    )
    .await;
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "design",
        "the session's stamp heals the cache"
    );
    let other_device = app.logged_in(CONTROLLER).await;
    assert_eq!(other_device.open("/").await.main("data-division"), "design");
    app
}

async fn one_person_never_gets_another_persons_choice(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "mobile").await;
    let answer = browser
        .log_in(VIEWER, control_maniac::server::demo::PASSWORD, None)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.open("/").await.main("data-division"), "all");
    browser.choose("division", "web").await;
    assert_eq!(
        app.logged_in(CONTROLLER).await.open("/").await.main("data-division"),
        "mobile"
    );
    app
}

async fn a_withdrawn_division_falls_back_visibly_and_is_mended(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "design").await;
    browser.choose("period", "2025").await;
    execute(
        app.state.db.writer(),
        "UPDATE divisions SET archived_on = '2026-11-20' WHERE slug = 'design'",
    )
    .await;
    // An open window asks for figures first, which are only looked at: that must not use up the message.
    let figures = browser.figures("/", "design", "2025").await;
    assert_eq!(figures.status, StatusCode::OK, "{}", figures.body);
    assert_eq!(app.row("division").await, ("design".to_owned(), 1));
    let page = browser.open("/projects").await;
    assert_eq!(
        (page.main("data-division"), page.main("data-period")),
        ("all", "2025"),
        "the period stays"
    );
    assert!(
        page.said().contains("is no longer among those you may choose"),
        "it says so"
    );
    assert!(page.body.contains("DSG-"), "All goes on with what was its");
    app.row_becomes("division", "all", 2).await;
    assert!(
        !browser.open("/").await.said().contains("no longer among those"),
        "it says so once"
    );
    app
}

async fn a_cached_setting_costs_no_query(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    for path in ["/", "/projects", "/costs"] {
        browser.open(path).await;
        let (queries, page) = app.queries_of(browser.open(path)).await;
        assert_eq!(page.main("data-division"), "web");
        assert_eq!(
            queries, 2,
            "{path}: the session and the account, nothing for the settings and the figures"
        );
    }
    app
}

async fn refused_values_change_nothing(app: TestApp) -> TestApp {
    let browser = app.logged_in(WEB_LEAD).await;
    browser.choose("division", "web").await;
    for value in [
        "mobile",
        "print",
        "nonsense",
        "",
        "WEB",
        "web ",
        "'; DROP TABLE settings; --",
        "\0",
        "w\u{e9}b",
    ] {
        browser.choose("division", value).await.assert_error(400, "invalid");
    }
    for value in [
        "",
        "2026-13",
        "yesterday",
        "2026-02-30..2026-03-01",
        "0000",
        "2026-03-02..2026-03-01",
    ] {
        browser.choose("period", value).await.assert_error(400, "invalid");
    }
    browser.choose("colour", "red").await.assert_error(404, "not_found");
    let form = browser.submit("/settings/division", &[("value", "mobile")]).await;
    assert_eq!(form.status, StatusCode::BAD_REQUEST);
    assert_eq!(app.row("division").await, ("web".to_owned(), 1));
    let page = browser.open("/").await;
    assert_eq!((page.main("data-division"), page.main("data-period")), ("web", "ytd"));
    app
}

async fn execute(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap();
}

/// Only SQLite has one writer at a time.
#[tokio::test(flavor = "multi_thread")]
async fn a_busy_database_is_no_false_acknowledgement() {
    TestApp::run(Kind::Sqlite, async |app: TestApp| {
        let browser = app.logged_in(CONTROLLER).await;
        browser.choose("division", "web").await;
        let other_program = app.database.connect().await;
        let writing = other_program.begin().await.unwrap();
        writing
            .execute_unprepared("UPDATE data_revision SET revision = revision")
            .await
            .unwrap();
        let answer = browser.choose("division", "design").await;
        answer.assert_error(503, "unavailable");
        assert!(
            answer.body.contains("busy") && answer.body.contains("Nothing was changed"),
            "{}",
            answer.body
        );
        assert_eq!(browser.open("/").await.main("data-division"), "web", "reading goes on");
        writing.rollback().await.unwrap();
        assert_eq!(browser.choose("division", "design").await.json()["revision"], 2);
        app
    })
    .await;
}
