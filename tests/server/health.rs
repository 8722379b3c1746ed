//! `/healthz` and `/readyz`: for monitoring from outside.

use crate::{
    app::{Answer, Browser, Run, TestApp},
    on_both_databases,
};
use control_maniac::server::connections::Limits;
use reqwest::{Method, header::HOST};
use sea_orm::ConnectionTrait;
use std::time::{Duration, Instant};

on_both_databases!(
    they_are_plain_and_cost_no_query,
    a_server_is_ready_only_while_its_database_is,
);

async fn get(browser: &Browser, path: &str) -> Answer {
    browser.send(browser.request(Method::GET, path)).await
}

/// Asks until the server is as ready as that.
async fn until_ready_says(browser: &Browser, status: u16, word: &str) -> Answer {
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut pause = tokio::time::interval(Duration::from_millis(50));
    loop {
        pause.tick().await;
        let answer = get(browser, "/readyz").await;
        if (answer.status.as_u16(), answer.body.as_str()) == (status, word) {
            return answer;
        }
        assert!(
            Instant::now() < deadline,
            "not {word:?}: {} {:?}",
            answer.status,
            answer.body
        );
    }
}

async fn they_are_plain_and_cost_no_query(app: TestApp) -> TestApp {
    let browser = app.browser();
    for (path, says) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let (queries, answer) = app.queries_of(get(&browser, path)).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str(), queries), (200, says, 0));
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("set-cookie"), "");
        let head = browser.send(browser.request(Method::HEAD, path)).await;
        assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
        for method in [Method::POST, Method::DELETE] {
            let request = browser.request(method, path).header("origin", &browser.address);
            let answer = browser.send(request).await;
            assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET,HEAD"));
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_asked_by_any_name() {
    let mut app = TestApp::run_as(Run {
        public_url: Some("https://control.test".parse().unwrap()),
        ..Run::default()
    })
    .await;
    let browser = app.browser();
    for (path, status) in [("/healthz", 200), ("/readyz", 200), ("/login", 421)] {
        let request = browser.request(Method::GET, path).header(HOST, "10.0.0.7:3000");
        assert_eq!(browser.send(request).await.status, status, "{path}");
    }
    app.stop().await;
}

async fn a_server_is_ready_only_while_its_database_is(app: TestApp) -> TestApp {
    let browser = app.browser();
    let db = app.database.connect().await;
    for (breaks, word, mends) in [
        (
            "ALTER TABLE compatibility RENAME TO away",
            "database\n",
            "ALTER TABLE away RENAME TO compatibility",
        ),
        (
            "DELETE FROM seaql_migrations WHERE version LIKE 'm0001%'",
            "migrations\n",
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m0001_studio', 0)",
        ),
    ] {
        db.execute_unprepared(breaks).await.unwrap();
        let answer = until_ready_says(&browser, 503, word).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(get(&browser, "/healthz").await.status, 200, "the process lives");
        db.execute_unprepared(mends).await.unwrap();
        until_ready_says(&browser, 200, "ready\n").await;
    }
    db.close().await.unwrap();
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_says_so_while_it_still_serves() {
    let mut app = TestApp::run_as(Run {
        limits: Limits {
            notice: Duration::from_secs(2),
            ..Limits::default()
        },
        ..Run::default()
    })
    .await;
    let browser = app.browser();
    let watching = async {
        until_ready_says(&browser, 503, "stopping\n").await;
        assert_eq!(get(&browser, "/healthz").await.status, 200);
        assert_eq!(get(&browser, "/login").await.status, 200);
    };
    tokio::join!(app.stop(), watching);
}
