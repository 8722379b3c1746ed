//! One account's load doesn't affect others: only a few of its requests are at work, and only a few of its windows have
//! a stream.

use crate::{
    app::{Browser, CONTROLLER, Run, TestApp, VIEWER},
    database::{Kind, TestDatabase},
    on_both_databases,
    raw::Raw,
    window::Window,
};
use control_maniac::server::{demo, fairness::AT_WORK};
use reqwest::{Method, StatusCode};
use tokio::task::JoinSet;

on_both_databases!(
    a_flood_of_one_account_is_its_own,
    many_sessions_of_one_account_are_one_account,
);

async fn account(browser: &Browser) -> i64 {
    let newest = browser.send(browser.request(Method::GET, "/api/newest")).await;
    newest.json()["account"].as_i64().unwrap()
}

/// Asks for `count` different figures at once, as many by each of `browsers`, while another account's pages are asked for;
/// gives how many got their figures, and how many had to come back.
async fn flood(app: &TestApp, browsers: &[Browser], count: usize) -> (usize, usize) {
    let other = app.logged_in(VIEWER).await;
    let flooding = account(&browsers[0]).await;
    let mut asking: JoinSet<_> = (0..count)
        .map(|number| {
            let browser = browsers[number % browsers.len()].clone();
            async move { browser.figures(&format!("/projects?q=a{number}"), "all", "ytd").await }
        })
        .collect();
    for _ in 0..10 {
        assert_eq!(other.open("/").await.status, StatusCode::OK, "another account's page");
    }
    let (mut given, mut refused) = (0, 0);
    while let Some(answer) = asking.join_next().await {
        let answer = answer.unwrap();
        if answer.status == StatusCode::OK {
            given += 1;
        } else {
            answer.assert_error(429, "too_many");
            let seconds: u64 = answer.header("retry-after").parse().unwrap();
            assert!((1..=10).contains(&seconds), "{seconds}");
            refused += 1;
        }
    }
    let busiest = app.probe.most_at_work(flooding);
    assert!((1..=AT_WORK).contains(&busiest), "{busiest} were at work");
    assert_eq!(app.probe.at_work(flooding), 0, "nothing is left of it");
    println!("{count} at once: {given} given, {refused} refused, at most {busiest} at work");
    (given, refused)
}

async fn a_flood_of_one_account_is_its_own(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let (given, refused) = flood(&app, std::slice::from_ref(&browser), 700).await;
    assert!(given >= AT_WORK && refused > 0, "{given} given, {refused} refused");
    assert_eq!(browser.open("/").await.status, StatusCode::OK, "once it is over");
    app
}

async fn many_sessions_of_one_account_are_one_account(app: TestApp) -> TestApp {
    let mut browsers = Vec::new();
    for _ in 0..6 {
        browsers.push(app.logged_in(CONTROLLER).await);
    }
    let (given, _) = flood(&app, &browsers, 240).await;
    assert!(given >= AT_WORK, "{given} given");
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_as_a_person_may_ask_wait_for_their_turn() {
    let mut app = TestApp::run_as(Run::default()).await;
    let browser = app.logged_in(CONTROLLER).await;
    let asking: JoinSet<_> = (0..20)
        .map(|number| {
            let browser = browser.clone();
            async move { browser.figures(&format!("/costs?q=a{number}"), "all", "ytd").await }
        })
        .collect();
    for answer in asking.join_all().await {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_follows_in_twenty_windows_and_no_more() {
    let mut app = TestApp::run_as(Run::default()).await;
    let (browser, other_device) = (app.logged_in(CONTROLLER).await, app.logged_in(CONTROLLER).await);
    let mut windows = Vec::new();
    for number in 0..20 {
        let browser = if number % 2 == 0 { &browser } else { &other_device };
        windows.push(Window::open(browser).await);
    }
    for window in &mut windows {
        window.newest().await;
    }
    for browser in [&browser, &other_device] {
        let refused = browser.send(browser.request(Method::GET, "/api/live")).await;
        refused.assert_error(429, "too_many");
        assert!(!refused.header("retry-after").is_empty());
    }
    Window::open(&app.logged_in(VIEWER).await).await.newest().await;
    assert_eq!(
        browser.open("/").await.status,
        StatusCode::OK,
        "streams are not at work"
    );
    browser.choose("division", "web").await;
    for window in &mut windows {
        assert_eq!(window.newest().await["settings"]["division"]["value"], "web");
    }
    windows.pop();
    // The server notices that it has gone when it next has something to tell.
    let mut number = 0;
    loop {
        browser.choose("division", ["all", "web"][number % 2]).await;
        let answer = browser.request(Method::GET, "/api/live").send().await.unwrap();
        if answer.status() == StatusCode::OK {
            break;
        }
        number += 1;
        assert!(number < 100, "there is room again");
    }
    drop(windows);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_do_not_come_take_nobodys_turn() {
    let mut app = TestApp::start(TestDatabase::demo(Kind::Sqlite).await, Kind::Sqlite, false).await;
    let (stolen, own) = (app.browser(), app.logged_in(CONTROLLER).await);
    let login = stolen.log_in(CONTROLLER, demo::PASSWORD, None).await;
    let cookie = login.cookie("session").stripped().to_string();
    let host = app.address.trim_start_matches("http://");
    let mut half_sent = Vec::new();
    for _ in 0..AT_WORK + 40 {
        let mut raw = Raw::connect(&app.address).await;
        let head = format!(
            "POST /settings/division HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: 50\r\n\r\nv"
        );
        assert!(raw.send(&head).await);
        half_sent.push(raw);
    }
    for browser in [&own, &stolen] {
        assert_eq!(browser.open("/").await.status, StatusCode::OK);
    }
    assert_eq!(own.submit("/logout", &[]).await.status, StatusCode::SEE_OTHER);
    drop(half_sent);
    app.stop().await;
    app.database.drop().await;
}
