//! Logging in and out.

use crate::{
    app::{CONTROLLER, TestApp},
    on_both_databases,
};
use control_maniac::server::demo;
use reqwest::StatusCode;
use tower_sessions::cookie::Cookie;

on_both_databases!(
    everything_is_behind_the_login,
    a_login_leads_where_one_wanted_to_go,
    a_wrong_password_says_so_and_logs_nobody_in,
    after_logout_the_cookie_is_worth_nothing,
    the_session_changes_its_id_at_login,
    a_new_password_ends_the_sessions_begun_with_the_old_one,
);

async fn everything_is_behind_the_login(app: TestApp) -> TestApp {
    let stranger = app.browser();
    let home = stranger.open("/").await;
    assert_eq!(
        (home.status, home.header("location")),
        (StatusCode::SEE_OTHER, "/login")
    );
    for path in [
        "/projects?q=a%20b&page=2",
        "/projects/WEB-001",
        "/costs",
        "/nothing/here",
    ] {
        let answer = stranger.open(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.header("location").starts_with("/login?next=%2F"), "{path}");
    }
    stranger
        .figures("/", "all", "ytd")
        .await
        .assert_error(401, "not_logged_in");
    stranger
        .choose("division", "web")
        .await
        .assert_error(401, "not_logged_in");
    let form = stranger.submit("/settings/division", &[("value", "web")]).await;
    assert_eq!(form.status, StatusCode::UNAUTHORIZED);
    app
}

async fn a_login_leads_where_one_wanted_to_go(app: TestApp) -> TestApp {
    let browser = app.browser();
    let wanted = browser.open("/projects?q=a%20b&sort=margin").await;
    let page = browser.open(wanted.header("location")).await;
    assert!(
        page.body
            .contains(r#"name="next" value="/projects?q=a%20b&amp;sort=margin""#),
        "{}",
        page.body
    );
    let answer = browser
        .log_in(
            " Controller@Studio.TEST ",
            demo::PASSWORD,
            Some("/projects?q=a%20b&sort=margin"),
        )
        .await;
    assert_eq!(answer.header("location"), "/projects?q=a%20b&sort=margin");
    assert_eq!(browser.open("/").await.status, StatusCode::OK);
    for elsewhere in ["//elsewhere.test", "/\\elsewhere.test", "https://elsewhere.test/"] {
        let answer = app.browser().log_in(CONTROLLER, demo::PASSWORD, Some(elsewhere)).await;
        assert_eq!(answer.header("location"), "/", "{elsewhere}");
    }
    app
}

async fn a_wrong_password_says_so_and_logs_nobody_in(app: TestApp) -> TestApp {
    for (email, password) in [
        (CONTROLLER, "wrong-password"),
        ("nobody@studio.test", demo::PASSWORD),
        (CONTROLLER, ""),
        ("\0", "\0"),
    ] {
        let browser = app.browser();
        let answer = browser.log_in(email, password, Some("/costs")).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{email}");
        assert!(answer.body.contains("role=\"alert\"") && answer.body.contains(r#"name="next" value="/costs""#));
        assert_eq!(browser.open("/").await.status, StatusCode::SEE_OTHER);
    }
    app
}

async fn after_logout_the_cookie_is_worth_nothing(app: TestApp) -> TestApp {
    let browser = app.browser();
    let cookie = browser
        .log_in(CONTROLLER, demo::PASSWORD, None)
        .await
        .header("set-cookie")
        .to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=2678400"),
        "{cookie}"
    );
    let cookie = Cookie::parse(cookie).unwrap().stripped().to_string();
    let replay = || {
        app.browser()
            .request(reqwest::Method::GET, "/api/figures?address=/&division=all&period=ytd")
            .header("cookie", &cookie)
    };
    assert_eq!(app.browser().send(replay()).await.status, StatusCode::OK);
    let answer = browser.submit("/logout", &[]).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/login")
    );
    app.browser().send(replay()).await.assert_error(401, "not_logged_in");
    assert_eq!(browser.open("/").await.status, StatusCode::SEE_OTHER);
    app
}

async fn the_session_changes_its_id_at_login(app: TestApp) -> TestApp {
    let browser = app.browser();
    let first = browser
        .log_in(CONTROLLER, demo::PASSWORD, None)
        .await
        .header("set-cookie")
        .to_owned();
    let second = browser
        .log_in(CONTROLLER, demo::PASSWORD, None)
        .await
        .header("set-cookie")
        .to_owned();
    let id = |cookie: &str| Cookie::parse(cookie.to_owned()).unwrap().stripped().to_string();
    assert_ne!(id(&first), id(&second));
    let old = app.browser();
    let planted = old
        .request(reqwest::Method::GET, "/")
        .header("accept", "text/html")
        .header("cookie", id(&first));
    assert_eq!(
        old.send(planted).await.status,
        StatusCode::SEE_OTHER,
        "the session before the second login is dead"
    );
    app
}

async fn a_new_password_ends_the_sessions_begun_with_the_old_one(app: TestApp) -> TestApp {
    let browser = app.logged_in(CONTROLLER).await;
    let db = app.database.connect().await;
    control_maniac::server::accounts::set_password(&db, CONTROLLER, "another-password".to_owned())
        .await
        .unwrap();
    assert_eq!(browser.open("/").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.log_in(CONTROLLER, demo::PASSWORD, None).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        browser.log_in(CONTROLLER, "another-password", None).await.status,
        StatusCode::SEE_OTHER
    );
    app
}
