//! A database that has gone back, wholly or in one of its tables: it wins over everything that remembers a later state,
//! a new epoch tells everyone, and choices made from then on are kept.

use crate::{
    app::{Browser, CONTROLLER, TestApp},
    database::Kind,
    on_both_databases,
    window::Window,
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

on_both_databases!(
    counters_that_go_back_are_a_new_epoch,
    settings_that_go_back_win_over_cache_session_and_windows,
    a_choice_right_after_the_settings_are_gone_stands,
    settings_that_went_back_while_the_server_was_away_win_over_sessions,
    another_epoch_drops_what_was_rendered,
    an_epoch_that_holds_is_not_renewed,
);

fn division(newest: &Value) -> &Value {
    &newest["settings"]["division"]
}

/// Acts as another program, on a connection of its own.
async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}

async fn epoch(app: &TestApp) -> String {
    let db = app.state.unasked.writer();
    let select = Statement::from_string(db.get_database_backend(), "SELECT epoch FROM database_epoch");
    let row = db.query_one_raw(select).await.unwrap().unwrap();
    row.try_get("", "epoch").unwrap()
}

async fn ask(browser: &Browser) -> Value {
    browser.send(browser.request(Method::GET, "/api/newest")).await.json()
}

/// A choice in the new epoch reaches the page, another device, the window and the figures.
async fn assert_choices_stand(app: &TestApp, browser: &Browser, stream: &mut Window, first: i64) {
    for (revision, value) in (first..).zip(["design", "mobile", "web"]) {
        let answer = browser.choose("division", value).await;
        assert_eq!(answer.json(), json!({"value": value, "revision": revision}));
        let now = epoch(app).await;
        assert_eq!(answer.header("database-epoch"), now);
        let newest = stream
            .newest_with(|newest| division(newest)["revision"] == revision)
            .await;
        assert_eq!(
            (&newest["epoch"], &division(&newest)["value"]),
            (&json!(now), &json!(value))
        );
        assert_eq!(browser.open("/").await.main("data-division"), value);
        assert_eq!(division(&ask(browser).await)["value"], value);
        assert_eq!(
            app.logged_in(CONTROLLER).await.open("/").await.main("data-division"),
            value
        );
        assert_eq!(app.row("division").await, (value.to_owned(), revision));
    }
}

async fn counters_that_go_back_are_a_new_epoch(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    execute(&app, "UPDATE data_revision SET revision = revision + 10").await;
    let mut stream = Window::open(&browser).await;
    let mut before = stream.newest().await;
    for counter in ["data_revision", "rights_revision"] {
        execute(&app, &format!("UPDATE {counter} SET revision = 0")).await;
        // A click may find it before the server does by itself.
        let figures = browser.figures("/", "web", "ytd").await.json();
        assert_ne!(figures["newest"]["epoch"], before["epoch"], "{counter}");
        let newest = stream.newest_with(|newest| newest["epoch"] != before["epoch"]).await;
        assert_eq!(newest["epoch"], epoch(&app).await, "{counter}");
        assert_eq!(newest["epoch"], newest["basis"]["epoch"]);
        assert_eq!(
            newest["settings"], before["settings"],
            "the settings have not gone back"
        );
        assert_eq!(ask(&browser).await, newest);
        before = newest;
    }
    assert_eq!(
        (&before["basis"]["data_revision"], &before["rights_revision"]),
        (&json!(0), &json!(0))
    );
    assert_choices_stand(&app, &browser, &mut stream, 2).await;
    app
}

async fn settings_that_go_back_win_over_cache_session_and_windows(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for value in ["web", "design", "mobile", "all", "web"] {
        browser.choose("division", value).await;
    }
    let mut stream = Window::open(&browser).await;
    let before = stream.newest().await;
    assert_eq!(division(&before), &json!({"value": "web", "revision": 5}));
    execute(&app, "UPDATE settings SET value = 'mobile', revision = 2").await;
    let newest = stream.newest().await;
    assert_eq!(division(&newest), &json!({"value": "mobile", "revision": 2}));
    assert_ne!(newest["epoch"], before["epoch"]);
    assert_eq!(browser.open("/").await.main("data-division"), "mobile");
    assert_choices_stand(&app, &browser, &mut stream, 3).await;
    app
}

async fn a_choice_right_after_the_settings_are_gone_stands(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for value in ["web", "design", "mobile"] {
        browser.choose("division", value).await;
    }
    let mut stream = Window::open(&browser).await;
    let before = stream.newest().await;
    execute(&app, "DELETE FROM settings").await;
    let answer = browser.choose("division", "web").await;
    assert_eq!(answer.json(), json!({"value": "web", "revision": 1}));
    assert_ne!(answer.header("database-epoch"), before["epoch"]);
    let newest = stream
        .newest_with(|newest| division(newest) == &json!({"value": "web", "revision": 1}))
        .await;
    assert_eq!(newest["epoch"], answer.header("database-epoch"));
    assert_eq!(browser.open("/").await.main("data-division"), "web");
    assert_choices_stand(&app, &browser, &mut stream, 2).await;
    app
}

async fn settings_that_went_back_while_the_server_was_away_win_over_sessions(mut app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    for value in ["web", "design", "mobile"] {
        browser.choose("division", value).await;
    }
    let before = epoch(&app).await;
    app.stop().await;
    execute(&app, "UPDATE settings SET value = 'web', revision = 1").await;
    app.restart().await;
    browser.address = app.address.clone();
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "web",
        "the row's, not the session's"
    );
    assert_ne!(epoch(&app).await, before);
    let mut stream = Window::open(&browser).await;
    assert_eq!(
        division(&stream.newest().await),
        &json!({"value": "web", "revision": 1})
    );
    assert_choices_stand(&app, &browser, &mut stream, 2).await;
    app
}

async fn another_epoch_drops_what_was_rendered(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.open("/projects").await;
    // As a restore by hand leaves it: other data under the same revision.
    execute(
        &app,
        "UPDATE projects SET name = 'As it was once' WHERE code = 'WEB-001'",
    )
    .await;
    execute(&app, "UPDATE database_epoch SET epoch = 'another'").await;
    let page = browser.open("/projects").await;
    assert!(page.body.contains("As it was once"));
    assert_eq!(epoch(&app).await, "another");
    app
}

async fn an_epoch_that_holds_is_not_renewed(app: TestApp) -> TestApp {
    let before = epoch(&app).await;
    let browser = app.logged_in(CONTROLLER).await;
    let mut stream = Window::open(&browser).await;
    stream.newest().await;
    let toggles = (0..40).map(|number| {
        let browser = browser.clone();
        tokio::spawn(async move {
            match number % 4 {
                0 => drop(ask(&browser).await),
                1 => drop(browser.open("/").await),
                _ => drop(browser.choose("division", ["web", "design"][number % 2]).await),
            }
        })
    });
    let toggles: Vec<_> = toggles.collect();
    for _ in 0..10 {
        execute(&app, "UPDATE data_revision SET revision = revision + 1").await;
        execute(&app, "UPDATE users SET name = name").await;
    }
    for toggle in toggles {
        toggle.await.unwrap();
    }
    stream.newest_with(|newest| division(newest)["revision"] == 20).await;
    assert_eq!(epoch(&app).await, before, "however fast it changes");
    app
}

/// Nodes share a Postgres; a SQLite file has one.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_proves_the_other_follows() {
    TestApp::run(Kind::Postgres, one_proves_the_other_follows).await;
}

async fn one_proves_the_other_follows(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for value in ["web", "design", "mobile"] {
        browser.choose("division", value).await;
    }
    let mut node = TestApp::start(app.database.shared(), app.kind, false).await;
    let mut there = browser.clone();
    there.address = node.address.clone();
    assert_eq!(there.open("/").await.main("data-division"), "mobile", "in its cache");
    let mut stream_there = Window::open(&there).await;
    let before = stream_there.newest().await;
    execute(&app, "DELETE FROM settings").await;
    assert_eq!(browser.choose("division", "web").await.json()["revision"], 1);
    let newest = stream_there
        .newest_with(|newest| division(newest) == &json!({"value": "web", "revision": 1}))
        .await;
    assert_ne!(newest["epoch"], before["epoch"]);
    assert_eq!(there.open("/").await.main("data-division"), "web");
    assert_eq!(there.choose("division", "design").await.json()["revision"], 2);
    assert_eq!(browser.open("/").await.main("data-division"), "design");
    assert_eq!(node.state.known_age.newest().epoch, epoch(&app).await);
    let mut stream = Window::open(&browser).await;
    stream.newest().await;
    assert_choices_stand(&app, &browser, &mut stream, 3).await;
    node.stop().await;
    app
}
