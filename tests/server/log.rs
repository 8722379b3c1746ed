//! The log: each request has a name in it, and no person has. Against the real program, whose log is read.

use crate::{
    app::{Answer, Browser, CONTROLLER},
    bad_input::Program,
    database::{Kind, TestDatabase},
};
use control_maniac::server::demo;
use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, ORIGIN},
};
use sea_orm::ConnectionTrait;
use serde_json::Value;
use std::collections::BTreeSet;

/// Everyone who tries to log in comes from here, says the proxy.
const CLIENT: &str = "203.0.113.5";

/// A request by way of the proxy.
fn by_proxy(browser: &Browser, method: Method, path: &str) -> RequestBuilder {
    browser
        .request(method, path)
        .header(ORIGIN, &browser.address)
        .header("x-forwarded-for", format!("198.51.100.1, {CLIENT}, 10.1.2.3"))
}

async fn log_in(browser: &Browser, email: &str, password: &str) -> Answer {
    let request = by_proxy(browser, Method::POST, "/login");
    browser
        .send(request.form(&[("email", email), ("password", password)]))
        .await
}

/// Tries eve's account until no password is looked at any more.
async fn knock(browser: &Browser) -> Vec<Answer> {
    let mut answers = Vec::new();
    loop {
        answers.push(log_in(browser, "eve@elsewhere.test", "secret-five").await);
        if answers.last().is_some_and(|answer| answer.status == 429) {
            return answers;
        }
    }
}

/// The program behind two proxies, with further `arguments` and this `RUST_LOG`.
fn begin(database: &TestDatabase, arguments: &[&str], rust_log: Option<&str>) -> Program {
    let proxies = ["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.1"];
    let arguments: Vec<&str> = proxies.iter().chain(arguments).copied().collect();
    let mut command = Program::command(database, "127.0.0.1:0", &arguments);
    command.env("NO_COLOR", "1");
    if let Some(rust_log) = rust_log {
        command.env("RUST_LOG", rust_log);
    }
    Program::begin(&mut command)
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    every_request_is_named_and_nobody_is(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    every_request_is_named_and_nobody_is(Kind::Postgres).await;
}

async fn every_request_is_named_and_nobody_is(kind: Kind) {
    let database = TestDatabase::demo(kind).await;
    let program = begin(&database, &[], Some("debug"));
    let browser = program.browser();
    let mut answers = vec![
        log_in(&browser, CONTROLLER, "secret-one").await,
        log_in(&browser, "secret@two", "secret-three").await,
        log_in(&browser, "nobody@studio.test", &"secret-four".repeat(200)).await,
        log_in(&browser, CONTROLLER, demo::PASSWORD).await,
    ];
    assert_eq!(answers[3].status, 303);
    let session = answers[3].cookie("session").value().to_owned();
    for path in [
        "/",
        "/?division=mobile&period=2025",
        "/projects?q=Quittenmus",
        "/projects/WEB-001",
        "/projects/Quittenmus",
        "/costs?q=Quittenmus",
        "/Quittenmus?q=Quittenmus",
        "/favicon.svg",
    ] {
        answers.push(browser.open(path).await);
    }
    answers.push(browser.figures("/projects?q=Quittenmus", "mobile", "ytd").await);
    answers.push(browser.choose("division", "mobile").await);
    answers.push(browser.choose("division", "Quittenmus").await);
    for probe in ["/healthz", "/readyz"] {
        assert_eq!(browser.open(probe).await.header("x-request-id"), "");
    }

    // The log says more about a failure, and the answer says where.
    let db = database.connect().await;
    db.execute_unprepared("ALTER TABLE settings RENAME TO away")
        .await
        .unwrap();
    let failed = browser.choose("period", "2025-07-01..2025-07-31").await;
    failed.assert_error(500, "internal");
    let name = failed.header("x-request-id").to_owned();
    assert_eq!(failed.json()["request"], *name);
    answers.push(failed);
    db.execute_unprepared("ALTER TABLE away RENAME TO settings")
        .await
        .unwrap();
    db.execute_unprepared("ALTER TABLE capacities RENAME TO elsewhere")
        .await
        .unwrap();
    let page = browser.open("/?division=all&period=2025").await;
    assert_eq!(page.status, 500, "{}", page.body);
    let page_name = page.header("x-request-id").to_owned();
    assert!(page.body.contains(&format!("Request {page_name}")), "{}", page.body);
    answers.push(page);
    db.close().await.unwrap();
    let refused = browser.open("/projects/NOPE").await;
    assert!(!refused.said().contains("Request "), "{}", refused.body);
    answers.push(refused);

    answers.push(browser.submit("/logout", &[]).await);
    answers.extend(knock(&program.browser()).await);
    let (log, _) = program.stop();
    let names: Vec<&str> = answers.iter().map(|answer| answer.header("x-request-id")).collect();
    assert_eq!(
        names.iter().collect::<BTreeSet<_>>().len(),
        answers.len(),
        "each has one of its own"
    );
    let answered = log
        .lines()
        .filter(|line| line.contains("control_maniac::request: answered status"));
    let logged: Vec<&str> = answered.map(|line| between(line, "request{id=", " ")).collect();
    assert_eq!(logged, names, "{log}");
    for line in log.lines().filter(|line| line.contains("ERROR")) {
        let is_of_failed = [&name, &page_name]
            .iter()
            .any(|name| line.contains(&format!("request{{id={name} ")));
        assert!(is_of_failed, "{line}");
    }
    for name in [&name, &page_name] {
        let causes = log
            .lines()
            .filter(|line| line.contains(&**name) && line.contains("the database failed"));
        assert_eq!(causes.count(), 1, "{log}");
    }
    let secrets = [
        "studio.test",
        "elsewhere.test",
        "Helena",
        "secret",
        demo::PASSWORD,
        &session,
        CLIENT,
        "198.51.100.1",
        "10.1.2.3",
        "127.0.0.1:",
        "Quittenmus",
        "mobile",
        "WEB-001",
        "2025-07",
        "healthz",
        "readyz",
    ];
    for secret in secrets {
        let lines: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
        assert!(lines.is_empty(), "{secret}: {lines:#?}");
    }
    database.drop().await;
}

/// The text between two others.
fn between<'a>(line: &'a str, before: &str, after: &str) -> &'a str {
    let rest = line
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in: {line}"))
        .1;
    rest.split_once(after).unwrap().0
}

/// The lines about logins and logouts that are logged by default, without the time and the request.
fn access(log: &str) -> Vec<&str> {
    let lines = log
        .lines()
        .filter_map(|line| line.split_once("control_maniac::access: "));
    lines.map(|(_, said)| said).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_and_goes_is_logged_unasked_and_addresses_where_they_are_wanted() {
    for (arguments, address) in [(&[][..], ""), (&["--log-addresses"], " address=203.0.113.5")] {
        let database = TestDatabase::demo(Kind::Sqlite).await;
        let program = begin(&database, arguments, None);
        let browser = program.browser();
        log_in(&browser, CONTROLLER, "secret-one").await;
        log_in(&browser, CONTROLLER, demo::PASSWORD).await;
        browser.submit("/logout", &[]).await;
        let tries = knock(&browser).await;
        let wait = tries.last().unwrap().header("retry-after");
        let (log, _) = program.stop();
        let failed = format!("a login failed{address}");
        let mut expected = vec![
            failed.clone(),
            "logged in account=1".into(),
            "logged out account=1".into(),
        ];
        expected.extend(vec![failed; tries.len() - 1]);
        expected.push(format!("a login was refused{address} retry_after={wait}"));
        assert_eq!(access(&log), expected, "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_names_a_request_and_nobody_else_does() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    for (arguments, named) in [(&[][..], "edge-7"), (&["--trusted-proxy", "127.0.0.1"], "edge-7")] {
        let program = Program::start(&database, arguments);
        let browser = program.browser();
        for sent in [named, "not fit for a log", "127.0.0.1"] {
            let request = browser.request(Method::GET, "/login").header("x-request-id", sent);
            let answer = browser.send(request.header(ACCEPT, "text/html")).await;
            let name = answer.header("x-request-id");
            let is_taken = !arguments.is_empty() && sent == named;
            assert_eq!(name == sent, is_taken, "{arguments:?} {sent}: {name}");
            assert!(!name.is_empty());
        }
        program.stop();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_json_each_line_is_an_object() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let arguments = ["--log-format", "json"];
    let program = begin(&database, &arguments, Some("control_maniac=info"));
    let answer = log_in(&program.browser(), CONTROLLER, "secret-one").await;
    let (log, _) = program.stop();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<&str> = lines
        .iter()
        .map(|line| line["fields"]["message"].as_str().unwrap())
        .collect();
    assert_eq!(said, ["a login failed", "answered"], "{log}");
    for line in &lines {
        assert_eq!(line["spans"][0]["id"], answer.header("x-request-id"), "{line}");
        assert_eq!(line["spans"][0]["route"], "/login", "{line}");
    }
}
