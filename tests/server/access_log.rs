//! The log says who came and went and who was refused, unasked, and never a password.

use crate::{
    app::CONTROLLER,
    bad_input::Program,
    database::{Kind, TestDatabase},
};
use control_maniac::server::demo;
use reqwest::{Method, header::ORIGIN};

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_and_goes_is_logged_without_passwords() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let arguments = ["--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.1"];
    let program = Program::begin(Program::command(&database, "127.0.0.1:0", &arguments).env("NO_COLOR", "1"));
    let browser = program.browser();
    let log_in = async |email: &str, password: &str| {
        let request = browser
            .request(Method::POST, "/login")
            .header(ORIGIN, &program.address)
            .header("x-forwarded-for", "198.51.100.1, 203.0.113.5, 10.1.2.3");
        browser
            .send(request.form(&[("email", email), ("password", password)]))
            .await
            .status
            .as_u16()
    };
    assert_eq!(log_in(CONTROLLER, "secret-one").await, 401);
    assert_eq!(log_in("secret@two", "secret-three").await, 401);
    assert_eq!(log_in("nobody@studio.test", &"secret-four".repeat(200)).await, 401);
    assert_eq!(log_in(CONTROLLER, demo::PASSWORD).await, 303);
    browser.submit("/logout", &[]).await;
    let mut tries = 0;
    while log_in("eve@studio.test", "secret-five").await != 429 {
        tries += 1;
    }
    assert!(tries >= 8, "two were looked at before from this address");
    let (log, _) = program.stop();
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("control_maniac::access"))
        .collect();
    let failed_before: &[&str] = &["a login failed", r#"email="eve@studio.test""#];
    let refused: &[&str] = &[
        "a login was refused",
        r#"email="eve@studio.test""#,
        "address=203.0.113.5",
        "retry_after=",
    ];
    let expected: [&[&str]; 5] = [
        &[
            "a login failed",
            r#"email="controller@studio.test""#,
            "address=203.0.113.5",
        ],
        &[
            "a login failed",
            r#"email="(no e-mail address)""#,
            "address=203.0.113.5",
        ],
        &["a login failed", r#"email="nobody@studio.test""#, "address=203.0.113.5"],
        &["logged in", "account=1", "address=203.0.113.5"],
        &["logged out", "account=1", "address=127.0.0.1"],
    ];
    let expected: Vec<&[&str]> = expected
        .into_iter()
        .chain(vec![failed_before; tries])
        .chain([refused])
        .collect();
    assert_eq!(lines.len(), expected.len(), "{log}");
    for (line, parts) in lines.iter().zip(expected) {
        assert!(
            line.contains("INFO") && parts.iter().all(|part| line.contains(part)),
            "{line}"
        );
    }
    assert!(!log.contains("secret") && !log.contains(demo::PASSWORD), "{log}");
}
