//! The guards of every route: same-origin requests only, the headers on every answer, cookies over HTTPS.

use crate::{
    app::{CONTROLLER, TestApp},
    database::{Kind, TestDatabase},
    on_both_databases,
    routes::changing,
};
use control_maniac::server::demo;
use reqwest::{Method, StatusCode};

on_both_databases!(
    only_same_origin_requests_change_something,
    the_headers_stand_on_every_answer,
    the_nonce_is_new_each_time_and_the_page_uses_it,
    a_server_function_never_redirects,
    over_https_cookies_are_secure_and_logout_removes_them,
);

async fn only_same_origin_requests_change_something(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    browser.choose("division", "web").await;
    let own = app.address.clone();
    let foreign: [&[(&str, &str)]; 7] = [
        &[],
        &[("origin", "http://elsewhere.test")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", &own)],
        &[("sec-fetch-site", "none"), ("origin", &own)],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
    ];
    let kinds = [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json",
        "",
    ];
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in changing() {
            for headers in foreign {
                for kind in kinds {
                    let mut request = browser.request(method.clone(), &path).body("key=division&value=mobile");
                    for (name, value) in headers {
                        request = request.header(*name, *value);
                    }
                    browser
                        .send(request.header("content-type", kind))
                        .await
                        .assert_error(403, "forbidden");
                }
            }
        }
    }
    assert_eq!(
        browser.open("/").await.main("data-division"),
        "web",
        "logged in still, and the choice is as it was"
    );
    let request = browser
        .request(Method::POST, "/api/setting")
        .header("sec-fetch-site", "same-origin");
    let answer = browser
        .send(request.form(&[("key", "division"), ("value", "mobile")]))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    app
}

async fn the_headers_stand_on_every_answer(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let stranger = app.browser();
    let refused = stranger.send(stranger.request(Method::POST, "/logout")).await;
    let answers = [
        browser.open("/").await,
        browser.open("/projects/NOPE").await,
        browser.open("/nothing").await,
        browser.open("/?rubbish").await,
        browser.open("/pkg/nothing.js").await,
        browser.open("/favicon.svg").await,
        browser.figures("/", "all", "ytd").await,
        browser.figures("/", "nope", "ytd").await,
        browser.choose("division", "nope").await,
        stranger.open("/login").await,
        stranger.open("/").await,
        refused,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'nonce-",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{} {policy}", answer.status);
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        let unused = answer.header("permissions-policy");
        for feature in [
            "camera",
            "microphone",
            "geolocation",
            "payment",
            "usb",
            "browsing-topics",
        ] {
            assert!(
                unused.split(", ").any(|denied| denied == format!("{feature}=()")),
                "{unused}"
            );
        }
        assert!(!answer.header("cache-control").is_empty());
        assert_eq!(answer.header("strict-transport-security"), "", "only over HTTPS");
    }
    app
}

async fn the_nonce_is_new_each_time_and_the_page_uses_it(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let mut nonces = Vec::new();
    for _ in 0..3 {
        let page = browser.open("/").await;
        let nonce = page
            .header("content-security-policy")
            .split("'nonce-")
            .nth(1)
            .unwrap()
            .split('\'')
            .next()
            .unwrap();
        for script in page.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
        }
        assert!(!page.body.contains(" style=\""), "no inline style");
        nonces.push(nonce.to_owned());
    }
    nonces.dedup();
    assert_eq!(nonces.len(), 3);
    app
}

async fn a_server_function_never_redirects(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let request = browser
        .request(Method::POST, "/api/setting")
        .header("origin", &app.address)
        .header("accept", "text/html")
        .header("referer", "https://elsewhere.test/");
    let answer = browser
        .send(request.form(&[("key", "division"), ("value", "web")]))
        .await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::OK, ""));
    app
}

async fn over_https_cookies_are_secure_and_logout_removes_them(app: TestApp) -> TestApp {
    let kind: Kind = app.kind;
    let secure = TestApp::start(TestDatabase::demo(kind).await, kind, true).await;
    let browser = secure.browser();
    let answer = browser.log_in(CONTROLLER, demo::PASSWORD, None).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("__Host-session=") && cookie.contains("Path=/") && !cookie.contains("Domain"),
        "{cookie}"
    );
    assert!(cookie.contains("Secure") && cookie.contains("HttpOnly"), "{cookie}");
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let request = browser
        .request(Method::POST, "/logout")
        .header("origin", &secure.address)
        .header("cookie", answer.cookie("__Host-session").stripped().to_string());
    let removal = browser.send(request).await.header("set-cookie").to_owned();
    assert!(
        removal.starts_with("__Host-session=;") && removal.contains("Max-Age=0") && removal.contains("Secure"),
        "{removal}"
    );
    app
}
