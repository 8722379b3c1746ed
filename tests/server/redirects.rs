//! No answer leads to another host, no matter how a browser or its router interprets the address.

use crate::{
    app::{CONTROLLER, TestApp},
    on_both_databases,
    raw::{cookie, get},
};
use control_maniac::{address::Address, server::demo};
use percent_encoding::percent_decode_str;
use reqwest::StatusCode;
use url::Url;

on_both_databases!(
    a_login_leads_nowhere_else,
    a_form_leads_nowhere_else,
    there_is_nothing_where_a_browser_could_read_another_server,
);

/// Paths that a browser could take for another host's address, or that its router could turn into one.
const ELSEWHERE: [&str; 24] = [
    "//evil.test/",
    "///evil.test/",
    "/.//evil.test/",
    "/..//evil.test/",
    "/a/..//evil.test/",
    "/projects/..//..//evil.test/",
    "/%2e//evil.test/",
    "/%2E%2e//evil.test/",
    "/.%2e//evil.test/",
    "/\\evil.test/",
    "\\\\evil.test/",
    "/\\/evil.test/",
    "/%5Cevil.test/",
    "/%5c/evil.test/",
    "/.\\/evil.test/",
    "/%2Fevil.test/",
    "/%2f%2fevil.test/",
    "/%09/evil.test/",
    "/%0a/evil.test/",
    "/%252e//evil.test/",
    "/%255Cevil.test/",
    "/%252Fevil.test/",
    "/projects//evil.test/",
    "/costs/./",
];

/// Parameters that make the target page navigate by itself.
const QUERIES: [&str; 3] = ["", "?division=nope", "?period=zz"];

fn everywhere_else() -> impl Iterator<Item = String> {
    ELSEWHERE
        .iter()
        .flat_map(|path| QUERIES.iter().map(move |query| format!("{path}{query}")))
}

/// Where a browser at `origin` goes when it is sent to `location`, and then where its router goes from there.
fn assert_stays(origin: &str, location: &str) {
    assert!(!location.is_empty());
    let origin = Url::parse(origin).unwrap();
    let first = origin.join(location).unwrap();
    // A router follows a link by its path with the percent signs resolved, and readdresses the page by its address.
    let resolved = percent_decode_str(first.path()).decode_utf8_lossy().into_owned();
    let query = first.query().map(|query| format!("?{query}")).unwrap_or_default();
    let readdressed = Address::read(&format!("{}{query}", first.path())).to_string();
    for next in [
        first.clone(),
        origin.join(&format!("{resolved}{query}")).unwrap(),
        origin.join(&readdressed).unwrap(),
    ] {
        assert_eq!(next.origin(), origin.origin(), "{location}");
    }
}

async fn a_login_leads_nowhere_else(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for place in everywhere_else().chain(["https://evil.test/".to_owned(), String::new()]) {
        let next = serde_urlencoded::to_string([("next", &place)]).unwrap();
        let answer = browser.open(&format!("/login?{next}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{place}");
        assert_stays(&app.address, answer.header("location"));
        assert_eq!(answer.header("location"), "/", "{place}");
        let form = app.browser().open(&format!("/login?{next}")).await;
        assert!(form.body.contains(r#"name="next" value="/""#), "{place}: {}", form.body);
    }
    for place in [
        "/.//evil.test/?division=nope",
        "//evil.test/",
        "/%5cevil.test/?period=zz",
    ] {
        let answer = app.browser().log_in(CONTROLLER, demo::PASSWORD, Some(place)).await;
        assert_eq!(answer.header("location"), "/", "{place}");
    }
    let own = browser.open("/login?next=%2Fprojects%3Fq%3Da%2520b").await;
    assert_eq!(own.header("location"), "/projects?q=a%20b");
    app
}

async fn a_form_leads_nowhere_else(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    for place in everywhere_else() {
        for (path, leads) in [
            ("/settings/division", "/"),
            ("/pin/division", "/?division=web"),
            ("/adopt", "/"),
        ] {
            let answer = browser.submit(path, &[("value", "web"), ("return_to", &place)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} from {place}");
            assert_stays(&app.address, answer.header("location"));
            assert_eq!(answer.header("location"), leads, "{path} from {place}");
        }
    }
    app
}

async fn there_is_nothing_where_a_browser_could_read_another_server(app: TestApp) -> TestApp {
    let host = format!("host: {}", app.address.trim_start_matches("http://"));
    let session = format!("cookie: {}", cookie(&app.browser(), CONTROLLER).await);
    for place in everywhere_else().filter(|place| place.starts_with('/')) {
        for session in [session.as_str(), "x-nobody: yes"] {
            let page = get(&app.address, &place, &[&host, session, "accept: text/html"]).await;
            assert!(page.starts_with("HTTP/1.1 404 "), "{place}: {page}");
            assert!(page.contains("\r\ncontent-type: text/html"), "{place}: {page}");
            let lower = page.to_lowercase();
            assert!(
                !lower.contains("\r\nlocation:") && !lower.contains("<script"),
                "{place}: {page}"
            );
            assert!(!page.contains("evil.test"), "{place}: {page}");
            let answer = get(&app.address, &place, &[&host, session]).await;
            assert!(answer.contains(r#"{"kind":"not_found""#), "{place}: {answer}");
        }
    }
    let absolute = get(
        &app.address,
        "http://evil.test/costs",
        &[&host, &session, "accept: text/html"],
    )
    .await;
    assert!(
        absolute.starts_with("HTTP/1.1 200 "),
        "it is this server's all the same"
    );
    assert!(!absolute.contains("evil.test"), "{absolute}");
    let browser = app.logged_in(CONTROLLER).await;
    for place in ELSEWHERE {
        browser
            .figures(place, "all", "ytd")
            .await
            .assert_error(404, "not_found");
    }
    app
}
