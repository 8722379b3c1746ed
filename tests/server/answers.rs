//! Answers to unusual requests: for files, ranges, conditional requests, other encodings, and other hosts.

use crate::{
    app::{Browser, CONTROLLER, Run, TestApp},
    bad_input::Program,
    built,
    database::{Kind, TestDatabase},
    raw::{cookie, get},
};
use control_maniac::server::{
    demo,
    site::{self, Site},
};
use reqwest::{Method, StatusCode};
use std::{fs, process::Command};

/// A server with its own files, as a release has them.
async fn with_files() -> TestApp {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let hashes = built::hashed(&site);
    fs::create_dir_all(site.join("pkg/folder")).unwrap();
    fs::write(site.join("pkg/program.js"), "0123456789").unwrap();
    for (name, content) in [
        ("style.css", "as it is"),
        ("style.css.br", "as br"),
        ("style.css.gz", "as gzip"),
    ] {
        fs::write(site.join("pkg").join(name), content).unwrap();
    }
    fs::write(site.join("pkg/folder/index.html"), "not this").unwrap();
    fs::write(site.join("pkg/index.html"), "not this").unwrap();
    fs::write(site.join("favicon.svg"), "<svg/>").unwrap();
    let (program, release) = (folder.path().join("program"), folder.path().join("release"));
    fs::write(&program, "what would be the program").unwrap();
    site::pack(&program, &site, &hashes, &release).unwrap();
    TestApp::run_as(Run {
        site: Some(Site::of_program(&release).unwrap()),
        ..Run::default()
    })
    .await
}

const KEPT: &str = "public, max-age=31536000, immutable";

#[tokio::test(flavor = "multi_thread")]
async fn only_files_are_found_and_only_they_are_kept() {
    let mut app = with_files().await;
    let browser = app.browser();
    let found = browser.open("/pkg/program.js").await;
    assert_eq!((found.status, found.header("cache-control")), (StatusCode::OK, KEPT));
    assert_eq!(found.body, "0123456789");
    let letters = |count: usize| format!("/pkg/{}", "a".repeat(count));
    for path in [
        "/pkg",
        "/pkg/",
        "/pkg/.",
        "/pkg/..",
        "/pkg/%2e",
        "/pkg/folder",
        "/pkg/folder/",
        "/pkg/folder/.",
        "/pkg/nothing.js",
        "/pkg/program.js/",
        "/pkg/program.js/more",
        "/pkg/%00",
        "/pkg/%ff",
        "/pkg/program.js%00",
        &letters(200),
        &letters(250),
        &letters(252),
        &letters(255),
        &letters(256),
        &letters(300),
        &letters(5_000),
        &format!("/pkg{}", "/a".repeat(2_100)),
    ] {
        let host = format!("host: {}", app.address.trim_start_matches("http://"));
        for accept in ["accept: text/html", "accept-encoding: br, gzip"] {
            let answer = get(&app.address, path, &[&host, accept]).await.to_lowercase();
            assert!(answer.starts_with("http/1.1 404 "), "{path}: {answer}");
            assert!(answer.contains("\r\ncache-control: no-store\r\n"), "{path}: {answer}");
            assert!(!answer.contains("\r\nlocation:"), "{path}: {answer}");
        }
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_conditions_methods_and_forms_are_answered_truly() {
    let mut app = with_files().await;
    let browser = app.logged_in(CONTROLLER).await;
    let ask = async |method: Method, path: &str, name: &str, value: &str| {
        let request = browser.request(method, path).header("origin", &browser.address);
        browser.send(request.header(name, value)).await
    };
    let part = ask(Method::GET, "/pkg/program.js", "range", "bytes=2-4").await;
    assert_eq!((part.status.as_u16(), part.body.as_str()), (206, "234"));
    assert_eq!(part.header("cache-control"), KEPT);
    assert_eq!(part.header("vary"), "accept-encoding");
    for nothing in [
        "items=0-5",
        "bytes=abc",
        "bytes=",
        "bytes=0-1,3-4",
        "bytes=0-99999999999999999999999",
    ] {
        let whole = ask(Method::GET, "/pkg/program.js", "range", nothing).await;
        assert_eq!((whole.status.as_u16(), whole.body.len()), (200, 10), "{nothing}");
    }
    for range in ["bytes=10-", "bytes=99-100", "bytes=5-2", "bytes=-0"] {
        let none = ask(Method::GET, "/pkg/program.js", "range", range).await;
        none.assert_error(416, "no_such_range");
        assert_eq!(none.header("content-range"), "bytes */10", "{range}");
        assert_eq!(none.header("cache-control"), "no-store", "{range}");
    }
    let none = ask(Method::GET, "/favicon.svg", "range", "bytes=99-").await;
    none.assert_error(416, "no_such_range");
    assert_eq!(none.header("content-range"), "bytes */6");

    let tag = ask(Method::GET, "/pkg/program.js", "accept", "*/*")
        .await
        .header("etag")
        .to_owned();
    let same = ask(Method::GET, "/pkg/program.js", "if-none-match", &tag).await;
    assert_eq!((same.status.as_u16(), same.body.as_str()), (304, ""));
    assert_eq!(
        (same.header("cache-control"), same.header("etag")),
        (KEPT, tag.as_str())
    );
    let head = ask(Method::HEAD, "/pkg/program.js", "accept", "*/*").await;
    assert_eq!((head.status.as_u16(), head.header("content-length")), (200, "10"));
    assert_eq!(
        (head.header("content-type"), head.header("accept-ranges")),
        ("text/javascript", "bytes")
    );

    let long_ago = "Sat, 01 Jan 2000 00:00:00 GMT";
    let changed = ask(Method::GET, "/pkg/program.js", "if-unmodified-since", long_ago).await;
    changed.assert_error(412, "changed");
    assert_eq!(changed.header("cache-control"), "no-store");

    for path in ["/pkg/program.js", "/favicon.svg", "/projects"] {
        let other = ask(Method::PUT, path, "accept", "*/*").await;
        other.assert_error(405, "method_not_allowed");
        assert!(other.header("allow").contains("GET"), "{path}");
    }
    for path in ["/settings/division", "/pin/division", "/adopt", "/login"] {
        for kind in ["text/plain", "application/json"] {
            ask(Method::POST, path, "content-type", kind)
                .await
                .assert_error(415, "other_form");
        }
    }
    let stream = browser.request(Method::GET, "/api/live").send().await.unwrap();
    assert_eq!(stream.headers()["cache-control"], "no-store");
    drop(stream);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_in_the_best_form_that_is_taken() {
    let mut app = with_files().await;
    let host = format!("host: {}", app.address.trim_start_matches("http://"));
    for (taken, form, content) in [
        ("gzip, deflate, br, zstd", "br", "as br"),
        ("gzip", "gzip", "as gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip", "as gzip"),
        ("zstd", "", "as it is"),
        ("identity", "", "as it is"),
        ("", "", "as it is"),
    ] {
        let answer = get(
            &app.address,
            "/pkg/style.css",
            &[&host, &format!("accept-encoding: {taken}")],
        )
        .await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let value = |name: &str| {
            let mut values = head
                .lines()
                .filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            values.next().unwrap_or_default()
        };
        assert_eq!((body, value("content-encoding")), (content, form), "{taken}: {answer}");
        assert_eq!(
            (value("content-type"), value("vary")),
            ("text/css", "accept-encoding"),
            "{answer}"
        );
        assert_eq!(value("content-length"), content.len().to_string(), "{answer}");
        assert_eq!(value("cross-origin-resource-policy"), "same-origin", "{answer}");
        assert_eq!(value("cache-control"), KEPT, "{answer}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_with_plain_names_are_asked_about_each_time() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["js", "wasm", "css"] {
        fs::create_dir_all(folder.path().join("pkg")).unwrap();
        fs::write(folder.path().join(format!("pkg/control-maniac.{kind}")), kind).unwrap();
    }
    let run = Run {
        site: Some(Site::in_folder(folder.path()).unwrap()),
        ..Run::default()
    };
    let mut app = TestApp::run_as(run).await;
    let browser = app.browser();
    let style = "/pkg/control-maniac.css";
    let before = browser.open(style).await;
    assert_eq!(
        (before.body.as_str(), before.header("cache-control")),
        ("css", "no-cache")
    );
    fs::write(folder.path().join("pkg/control-maniac.css"), "another").unwrap();
    let request = browser
        .request(Method::GET, style)
        .header("if-none-match", before.header("etag"));
    let after = browser.send(request).await;
    assert_eq!((after.status.as_u16(), after.body.as_str()), (200, "another"));
    for nothing in [
        "/pkg/",
        "/pkg/nothing.css",
        "/pkg/control-maniac.css/more",
        "/pkg/%2e%2e/pkg",
        "/robots.txt",
    ] {
        assert_eq!(browser.open(nothing).await.status.as_u16(), 404, "{nothing}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_public_url_no_other_host_is_answered() {
    let run = Run {
        public_url: Some("http://control.test".parse().unwrap()),
        ..Run::default()
    };
    let mut app = TestApp::run_as(run).await;
    let browser = app.browser();
    browser
        .send(browser.request(Method::GET, "/login"))
        .await
        .assert_error(421, "misdirected");
    for path in ["/login", "/", "/favicon.svg", "/api/newest", "/pkg/x.js", "/nothing"] {
        for foreign in [
            &["host: evil.test"][..],
            &["host: control.test:81"],
            &["host: control.test.evil.test"],
            &["host: evil.test", "x-forwarded-host: control.test"],
            &["host: control.test", "host: evil.test"],
            &["host:"],
            &[],
        ] {
            let answer = get(&app.address, path, &[foreign, &["accept: text/html"]].concat()).await;
            assert!(answer.starts_with("HTTP/1.1 421 "), "{path} {foreign:?}: {answer}");
            assert!(!answer.contains("<script") && !answer.contains("evil.test"), "{answer}");
        }
    }
    let absolute = get(&app.address, "http://evil.test/login", &["host: control.test"]).await;
    assert!(absolute.starts_with("HTTP/1.1 421 "), "{absolute}");
    for own in ["host: control.test", "host: CONTROL.TEST:80"] {
        let answer = get(&app.address, "/login", &[own, "accept: text/html"]).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{own}: {answer}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_url_with_https_makes_cookies_secure() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let program = Program::start(&database, &["--public-url", "https://control.test"]);
    let browser = Browser::new(&program.address);
    let fields = [("email", CONTROLLER), ("password", demo::PASSWORD)];
    let request = browser.request(Method::POST, "/login").header("host", "control.test");
    let answer = browser
        .send(request.header("origin", "https://control.test").form(&fields))
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.header("set-cookie").starts_with("__Host-session="));
    assert!(answer.header("set-cookie").contains("Secure"));
    assert_eq!(program.stop().1, Some(0));
    database.drop().await;
}

#[test]
fn a_public_url_that_is_none_is_refused_at_the_start() {
    for url in ["control.test", "https://control.test/path", "ftp://control.test", ""] {
        let output = Command::new(env!("CARGO_BIN_EXE_control-maniac"))
            .args(["serve", "--database-url", "sqlite::memory:", "--public-url", url])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{url}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("--public-url"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_public_url_any_host_is_answered() {
    let mut app = TestApp::run_as(Run::default()).await;
    let session = format!("cookie: {}", cookie(&app.browser(), CONTROLLER).await);
    let answer = get(
        &app.address,
        "/costs",
        &["host: any.test", &session, "accept: text/html"],
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    app.stop().await;
}
