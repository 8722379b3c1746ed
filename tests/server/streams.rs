//! The messages to open windows over their streams: about which changes, no matter who makes them, and when it is over.

use crate::{
    app::{CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    database::Kind,
    on_both_databases,
    window::Window,
};
use control_maniac::server::{accounts, config::Config, demo};
use reqwest::{Method, StatusCode};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;

on_both_databases!(
    a_stream_sends_the_newest_first,
    a_toggle_arrives_with_its_stamp_at_every_session_of_its_user,
    a_logout_ends_the_streams_of_its_session_alone,
    another_login_in_the_same_browser_ends_the_stream,
    a_changed_password_ends_the_streams,
    a_removed_account_ends_the_streams,
    an_archived_division_falls_back_and_the_row_is_mended,
    a_stream_notices_what_another_program_changes,
    a_stream_says_that_the_server_is_still_there,
    a_stopping_server_ends_its_streams,
);

fn division(newest: &Value) -> &Value {
    &newest["settings"]["division"]
}

async fn a_stream_sends_the_newest_first(app: TestApp) -> TestApp {
    let request = app.browser().request(Method::GET, "/api/live");
    app.browser().send(request).await.assert_error(401, "not_logged_in");
    let browser = app.logged_in(WEB_LEAD).await;
    browser.choose("division", "web").await;
    let newest = Window::open(&browser).await.newest().await;
    assert_eq!(division(&newest), &json!({"value": "web", "revision": 1}));
    assert_eq!(newest["settings"]["period"], json!({"value": "ytd", "revision": 0}));
    assert_eq!(newest["person"]["divisions"].as_array().unwrap().len(), 1);
    assert_eq!(newest["basis"]["day"], "2026-11-24");
    assert_eq!(newest["build"], app.state.assets.build);
    let asked = browser.send(browser.request(Method::GET, "/api/newest")).await;
    assert_eq!(asked.json(), newest, "asking gives the same");
    assert_eq!(
        browser.figures("/", "web", "ytd").await.json()["newest"],
        newest,
        "so do figures"
    );
    app
}

async fn a_toggle_arrives_with_its_stamp_at_every_session_of_its_user(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let other_device = app.logged_in(CONTROLLER).await;
    let somebody_else = app.logged_in(VIEWER).await;
    let mut streams = [
        Window::open(&browser).await,
        Window::open(&browser).await,
        Window::open(&other_device).await,
        Window::open(&somebody_else).await,
    ];
    for stream in &mut streams {
        assert_eq!(
            division(&stream.newest().await),
            &json!({"value": "all", "revision": 0})
        );
    }
    for (revision, value) in [(1, "web"), (2, "design")] {
        browser.choose("division", value).await;
        for stream in &mut streams[..3] {
            let newest = stream.newest().await;
            assert_eq!(division(&newest), &json!({"value": value, "revision": revision}));
        }
    }
    other_device.choose("period", "2025").await;
    for stream in &mut streams[..3] {
        let newest = stream.newest().await;
        assert_eq!(newest["settings"]["period"], json!({"value": "2025", "revision": 1}));
        assert_eq!(division(&newest)["value"], "design");
    }
    somebody_else.choose("division", "mobile").await;
    assert_eq!(
        division(&streams[3].newest().await),
        &json!({"value": "mobile", "revision": 1}),
        "the first that somebody else hears is their own"
    );
    app
}

async fn a_logout_ends_the_streams_of_its_session_alone(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let other_device = app.logged_in(CONTROLLER).await;
    let mut windows = [Window::open(&browser).await, Window::open(&browser).await];
    let mut elsewhere = Window::open(&other_device).await;
    for stream in windows.iter_mut().chain([&mut elsewhere]) {
        stream.newest().await;
    }
    assert_eq!(browser.submit("/logout", &[]).await.status, StatusCode::SEE_OTHER);
    for stream in &mut windows {
        stream.assert_ended().await;
    }
    other_device.choose("division", "web").await;
    assert_eq!(
        division(&elsewhere.newest().await),
        &json!({"value": "web", "revision": 1}),
        "the other session goes on"
    );
    app
}

async fn another_login_in_the_same_browser_ends_the_stream(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let mut stream = Window::open(&browser).await;
    let before = stream.newest().await;
    browser.log_in(VIEWER, demo::PASSWORD, None).await;
    stream.assert_ended().await;
    let newest = Window::open(&browser).await.newest().await;
    assert_ne!(newest["account"], before["account"]);
    app
}

async fn a_changed_password_ends_the_streams(app: TestApp) -> TestApp {
    let mut stream = Window::open(&app.logged_in(CONTROLLER).await).await;
    let mut of_another = Window::open(&app.logged_in(VIEWER).await).await;
    stream.newest().await;
    of_another.newest().await;
    let other_program = app.database.connect().await;
    accounts::set_password(&other_program, CONTROLLER, "another-password".to_owned())
        .await
        .unwrap();
    stream.assert_ended().await;
    app.logged_in(VIEWER).await.choose("division", "web").await;
    assert_eq!(
        division(&of_another.newest().await)["value"],
        "web",
        "another account's goes on"
    );
    app
}

async fn a_removed_account_ends_the_streams(app: TestApp) -> TestApp {
    let mut stream = Window::open(&app.logged_in(CONTROLLER).await).await;
    stream.newest().await;
    accounts::remove(&app.database.connect().await, CONTROLLER)
        .await
        .unwrap();
    stream.assert_ended().await;
    app
}

async fn an_archived_division_falls_back_and_the_row_is_mended(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "design").await;
    let mut stream = Window::open(&browser).await;
    let before = stream.newest().await;
    execute(
        &app,
        "UPDATE divisions SET archived_on = '2026-11-20' WHERE slug = 'design'",
    )
    .await;
    let newest = stream.newest().await;
    assert_eq!(division(&newest)["value"], "all", "it is shown before it is mended");
    assert_ne!(newest["basis"]["rights"], before["basis"]["rights"]);
    assert!(!newest["person"]["divisions"].to_string().contains("design"));
    assert!(newest["person"]["archived_divisions"].to_string().contains("design"));
    stream
        .newest_with(|newest| division(newest) == &json!({"value": "all", "revision": 2}))
        .await;
    assert_eq!(app.row("division").await, ("all".to_owned(), 2));
    assert_eq!(browser.open("/").await.main("data-division"), "all");
    app
}

async fn a_stream_notices_what_another_program_changes(app: TestApp) -> TestApp {
    let browser = app.logged_in(WEB_LEAD).await;
    browser.choose("period", "2025").await;
    let mut stream = Window::open(&browser).await;
    let first = stream.newest().await;
    let data_revision = |newest: &Value| newest["basis"]["data_revision"].as_i64().unwrap();

    execute(&app, "UPDATE data_revision SET revision = revision + 1").await;
    let newest = stream
        .newest_with(|newest| data_revision(newest) > data_revision(&first))
        .await;
    assert_eq!(
        newest["basis"]["rights"], first["basis"]["rights"],
        "nothing else changed"
    );
    assert_eq!(newest["settings"], first["settings"]);

    execute(
        &app,
        "INSERT INTO user_divisions (user_id, division_id)
         SELECT u.id, d.id FROM users u, divisions d WHERE u.email = 'web.lead@studio.test' AND d.slug = 'mobile'",
    )
    .await;
    let sees_mobile = |newest: &Value| newest["person"]["divisions"].to_string().contains("mobile");
    let newest = stream.newest_with(sees_mobile).await;
    assert_ne!(newest["basis"]["rights"], first["basis"]["rights"]);

    execute(
        &app,
        "UPDATE settings SET value = '2026-q1', revision = revision + 1 WHERE key = 'period'",
    )
    .await;
    let newest = stream
        .newest_with(|newest| newest["settings"] != first["settings"])
        .await;
    assert_eq!(newest["settings"]["period"], json!({"value": "2026-q1", "revision": 2}));
    assert_eq!(browser.open("/").await.main("data-period"), "2026-q1", "pages follow");
    app
}

/// Nodes share a Postgres; a SQLite file has one.
#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_on_one_postgres_tell_each_other() {
    TestApp::run(Kind::Postgres, two_nodes_tell_each_other).await;
}

async fn two_nodes_tell_each_other(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let mut node = TestApp::start(app.database.shared(), app.kind, false).await;
    let mut there = browser.clone();
    there.address = node.address.clone();
    assert_eq!(
        there.open("/").await.main("data-division"),
        "web",
        "it has this in its cache"
    );
    let mut stream_there = Window::open(&node.logged_in(CONTROLLER).await).await;
    let mut stream_here = Window::open(&browser).await;
    stream_there.newest().await;
    stream_here.newest().await;

    browser.choose("division", "mobile").await;
    assert_eq!(
        there.open("/projects").await.main("data-division"),
        "mobile",
        "the session shows it to the other node at once"
    );
    let newest = stream_there.newest().await;
    assert_eq!(division(&newest), &json!({"value": "mobile", "revision": 2}));
    let other_device = node.logged_in(CONTROLLER).await;
    assert_eq!(other_device.open("/").await.main("data-division"), "mobile");
    stream_here.newest().await;

    other_device.choose("division", "design").await;
    for stream in [&mut stream_here, &mut stream_there] {
        let newest = stream.newest().await;
        assert_eq!(division(&newest), &json!({"value": "design", "revision": 3}));
    }
    assert_eq!(browser.open("/costs").await.main("data-division"), "design");

    there.submit("/logout", &[]).await;
    stream_here.assert_ended().await;
    node.stop().await;
    app
}

async fn a_stream_says_that_the_server_is_still_there(app: TestApp) -> TestApp {
    let often = |config: &mut Config| config.heartbeat = Duration::from_millis(20);
    let mut node = TestApp::start_with(app.database.shared(), app.kind, often).await;
    let browser = node.logged_in(CONTROLLER).await;
    let mut stream = Window::open(&browser).await;
    assert_eq!(stream.event().await.unwrap().0, "newest");
    for number in 1..=10 {
        assert_eq!(
            stream.event().await.unwrap(),
            ("beat".to_owned(), number.to_string()),
            "and nothing else, since nothing is newer"
        );
    }
    browser.submit("/logout", &[]).await;
    stream.assert_ended().await;
    node.stop().await;
    app
}

async fn a_stopping_server_ends_its_streams(mut app: TestApp) -> TestApp {
    let mut browser = app.logged_in(CONTROLLER).await;
    let mut stream = Window::open(&browser).await;
    let before = stream.newest().await;
    app.restart().await;
    assert_eq!(stream.next().await, None, "it is over, the session isn't");
    browser.address = app.address.clone();
    assert_eq!(Window::open(&browser).await.newest().await, before);
    app
}

/// Acts as another program, on a connection of its own.
async fn execute(app: &TestApp, sql: &str) {
    app.database.connect().await.execute_unprepared(sql).await.unwrap();
}
