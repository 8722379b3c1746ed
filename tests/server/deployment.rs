//! A deployment: pages of one build talk to the server of another, and a server that is asked to stop ends every stream
//! and is gone within a second.

use crate::{
    app::{CONTROLLER, TestApp},
    bad_input::Program,
    database::{Kind, TestDatabase},
    on_both_databases,
    raw::cookie,
};
use control_maniac::{figures::Figures, live::Snapshot, settings::SETTINGS, sticky::Stamped};
use leptos::server_fn::axum::server_fn_paths;
use reqwest::{Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::{net::TcpStream, task::JoinSet};

on_both_databases!(the_server_passes_over_what_a_newer_page_sends);

#[test]
fn every_server_function_has_a_fixed_address() {
    let mut paths: Vec<String> = server_fn_paths()
        .map(|(path, method)| format!("{method} {path}"))
        .collect();
    paths.sort_unstable();
    assert_eq!(paths, ["GET /api/figures", "GET /api/newest", "POST /api/setting"]);
}

async fn the_server_passes_over_what_a_newer_page_sends(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let set = |fields: &[(&str, &str)]| {
        let request = browser.request(Method::POST, "/api/setting");
        browser.send(request.header("origin", &browser.address).form(fields))
    };
    let known = [("key", "division"), ("value", "web")];
    assert_eq!(
        set(&known).await.json(),
        json!({"value": "web", "revision": 1}),
        "an older page"
    );
    let account = browser.send(browser.request(Method::GET, "/api/newest")).await.json()["account"].to_string();
    let own = [
        known[0],
        ("value", "mobile"),
        ("account", &account),
        ("window", "a"),
        ("sequence", "1"),
        ("void_through", "0"),
    ];
    assert_eq!(set(&own).await.json()["revision"], 2, "a page of this build");
    let newer = [&own[..], &[("later", "1"), ("later_list[0]", "x"), ("", "")]].concat();
    assert_eq!(
        set(&newer).await.json(),
        json!({"value": "mobile", "revision": 3}),
        "a newer page"
    );

    let newer = "/api/figures?later=1&address=%2Fcosts%3Fq%3Da&division=web&period=2025&later_too=";
    let answer = browser.send(browser.request(Method::GET, newer)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let mut scope = json!({"address": "/costs?q=a", "division": "web", "period": "2025"});
    for known in SETTINGS.iter().filter(|known| known.changes_figures) {
        if scope.get(known.key).is_none() {
            scope[known.key] = (known.default_text)().into();
        }
    }
    assert_eq!(answer.json()["scope"], scope);
    let newest = browser.send(browser.request(Method::GET, "/api/newest?later=1")).await;
    assert_eq!(division_of(&newest.json()), "mobile");

    reads_more::<Snapshot>(&newest.json());
    reads_more::<Figures>(&answer.json());
    reads_more::<Stamped<String>>(&json!({"value": "web", "revision": 1}));
    app
}

fn division_of(newest: &Value) -> &Value {
    &newest["settings"]["division"]["value"]
}

/// A page that reads `T` reads the same if a newer server sends a further field in every part of it.
fn reads_more<T: Serialize + DeserializeOwned>(sent: &Value) {
    let read: T = serde_json::from_value(with_more(sent)).unwrap();
    assert_eq!(&serde_json::to_value(&read).unwrap(), sent);
}

fn with_more(value: &Value) -> Value {
    match value {
        // An object with settings' keys as names is a list, not a form.
        Value::Object(fields) => {
            let is_settings = fields.contains_key("division") && fields["division"].is_object();
            let mut fields: serde_json::Map<_, _> = fields
                .iter()
                .map(|(name, field)| (name.clone(), with_more(field)))
                .collect();
            if !is_settings {
                fields.insert("later".to_owned(), json!({"nested": [1, null]}));
            }
            Value::Object(fields)
        }
        Value::Array(items) => items.iter().map(with_more).collect(),
        other => other.clone(),
    }
}

/// How many windows are open when the server is asked to stop.
const WINDOWS: usize = 1_000;

/// How many of them come at once: an operating system lets fewer wait than all of them.
const AT_ONCE: usize = 50;

/// How many of them are one account's: as many as it may have.
const OF_ONE: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_a_thousand_streams_ends_within_a_second() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    // Before this process raises its own limit, which the program would inherit: it must raise its own.
    let program = Program::start(&database, &[]);
    rlimit::increase_nofile_limit(u64::MAX).unwrap();
    let address = program.address.strip_prefix("http://").unwrap().to_owned();
    let mut cookies = Vec::new();
    for email in database.more_accounts(WINDOWS / OF_ONE).await {
        cookies.push(cookie(&program.browser(), &email).await);
    }
    let mut windows = Vec::new();
    while windows.len() < WINDOWS {
        let mut opening = JoinSet::new();
        for number in windows.len()..windows.len() + AT_ONCE {
            opening.spawn(Raw::open(address.clone(), cookies[number / OF_ONE].clone()));
        }
        windows.extend(opening.join_all().await);
    }
    let mut reading: JoinSet<String> = windows.into_iter().map(Raw::rest).collect();
    assert!(reading.try_join_next().is_none(), "all are open");

    let told = Instant::now();
    let (log, code) = tokio::task::spawn_blocking(|| program.stop()).await.unwrap();
    let took = told.elapsed();
    println!("{WINDOWS} streams: the server was gone after {} ms", took.as_millis());
    assert_eq!(code, Some(0), "{log}");
    assert!(took < Duration::from_secs(1), "it took {took:?}");
    while let Some(rest) = reading.join_next().await {
        let rest = rest.unwrap();
        assert!(
            rest.ends_with("0\r\n\r\n"),
            "it ends as it should, not cut off: {rest:?}"
        );
    }
    assert!(!log.contains("ERROR") && !log.contains("panicked"), "{log}");
    database.drop().await;
}

/// A stream as it comes over the wire.
struct Raw(TcpStream);

impl Raw {
    /// Opens one and waits for the snapshot that comes first.
    async fn open(address: String, cookie: String) -> Self {
        let stream = TcpStream::connect(&address).await.unwrap();
        stream.writable().await.unwrap();
        let request = format!("GET /api/live HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
        assert_eq!(stream.try_write(request.as_bytes()).unwrap(), request.len());
        let raw = Self(stream);
        let head = raw
            .read(|text| text.contains("event: newest") && text.ends_with("\n\n\r\n"))
            .await;
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        raw
    }

    /// Everything that still comes, to the end.
    async fn rest(self) -> String {
        self.read(|_| false).await
    }

    /// Reads until there is `enough`, or to the end.
    async fn read(&self, enough: impl Fn(&str) -> bool) -> String {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let text = String::from_utf8_lossy(&bytes);
            if enough(&text) {
                return text.into_owned();
            }
            self.0.readable().await.unwrap();
            match self.0.try_read(&mut buffer) {
                Ok(0) => return text.into_owned(),
                Ok(length) => bytes.extend_from_slice(&buffer[..length]),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => panic!("{error} after {text:?}"),
            }
        }
    }
}
