//! Accounts by the command line: added, used, listed and removed, and which passwords they may have.

use crate::{
    app::{TestApp, VIEWER},
    built,
    database::TestDatabase,
    on_both_databases,
};
use control_maniac::server::demo;
use reqwest::StatusCode;
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

on_both_databases!(
    an_account_is_added_used_and_removed,
    what_can_be_no_account_is_refused,
    a_password_that_is_easy_to_guess_is_refused,
);

/// Runs the program on a database, with `input` on its standard input.
pub fn run(database: &TestDatabase, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_control-maniac"))
        .args(arguments)
        .env("CONTROL_MANIAC_DATABASE_URL", &database.url)
        .env("CONTROL_MANIAC_SITE", built::folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its options doesn't read its input.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

/// Everything it printed, to both outputs.
pub fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

async fn an_account_is_added_used_and_removed(app: TestApp) -> TestApp {
    let add = [
        "user",
        "add",
        "Lead@Studio.test",
        "--name",
        "Ada Lead",
        "--division",
        "design",
        "--division",
        "mobile",
    ];
    let output = run(&app.database, &add, "correct horse battery\n");
    assert!(output.status.success(), "{}", said(&output));
    let list = said(&run(&app.database, &["user", "list"], ""));
    assert!(
        list.contains("lead@studio.test\tAda Lead\t") && list.contains("controller@studio.test"),
        "{list}"
    );
    let browser = app.browser();
    assert_eq!(
        browser
            .log_in("lead@studio.test", "correct horse battery", None)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(browser.choose("division", "design").await.status, StatusCode::OK);
    browser.choose("division", "web").await.assert_error(400, "invalid");
    assert!(
        run(
            &app.database,
            &["user", "password", "lead@studio.test"],
            "another long one\n"
        )
        .status
        .success()
    );
    assert_eq!(
        browser.open("/").await.status,
        StatusCode::SEE_OTHER,
        "the session has ended"
    );
    assert_eq!(
        browser
            .log_in("lead@studio.test", "another long one", None)
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert!(
        run(&app.database, &["user", "remove", "lead@studio.test"], "")
            .status
            .success()
    );
    assert_eq!(
        browser.open("/").await.status,
        StatusCode::SEE_OTHER,
        "the account is gone"
    );
    app
}

async fn what_can_be_no_account_is_refused(app: TestApp) -> TestApp {
    let refused: [(&[&str], &str, &str); 8] = [
        (
            &[
                "user",
                "add",
                "controller@studio.test",
                "--name",
                "X",
                "--all-divisions",
            ],
            "long enough password",
            "already",
        ),
        (
            &["user", "add", "no address", "--name", "X", "--all-divisions"],
            "long enough password",
            "no e-mail address",
        ),
        (
            &["user", "add", "a@b.test", "--name", " ", "--all-divisions"],
            "long enough password",
            "name",
        ),
        (
            &["user", "add", "a@b.test", "--name", "X", "--all-divisions"],
            "short",
            "at least 12",
        ),
        (
            &["user", "add", "a@b.test", "--name", "X", "--division", "nope"],
            "long enough password",
            "there are: web",
        ),
        (
            &["user", "add", "a@b.test", "--name", "X"],
            "long enough password",
            "--all-divisions",
        ),
        (
            &["user", "password", "nobody@b.test"],
            "long enough password",
            "no account",
        ),
        (&["user", "remove", "nobody@b.test"], "", "no account"),
    ];
    let before = said(&run(&app.database, &["user", "list"], ""));
    for (arguments, input, reason) in refused {
        let output = run(&app.database, arguments, input);
        assert!(!output.status.success(), "{arguments:?}");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            message.contains(reason) && message.trim().lines().count() == 1,
            "{arguments:?}: {message}"
        );
    }
    assert_eq!(said(&run(&app.database, &["user", "list"], "")), before);
    app
}

async fn a_password_that_is_easy_to_guess_is_refused(app: TestApp) -> TestApp {
    let add: &[&str] = &[
        "user",
        "add",
        "grace.hopper@studio.test",
        "--name",
        "Grace Hopper",
        "--all-divisions",
    ];
    let set: &[&str] = &["user", "password", "viewer@studio.test"];
    let refused = [
        (add, "Password1234", "easy to guess"),
        (add, demo::PASSWORD, "easy to guess"),
        (add, "grace.hopper@studio.test", "like the e-mail or the name"),
        (add, "Hopper-Grace-1", "like the e-mail or the name"),
        (set, "qwertyuiop123", "easy to guess"),
        (set, "viewer.studio.test", "like the e-mail or the name"),
        (set, "Tobias Engel", "like the e-mail or the name"),
    ];
    for (arguments, password, reason) in refused {
        let output = run(&app.database, arguments, &format!("{password}\n"));
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && message.contains(reason) && message.trim().lines().count() == 1,
            "{password}: {message}"
        );
    }
    assert!(!said(&run(&app.database, &["user", "list"], "")).contains("grace"));
    app.logged_in(VIEWER).await;
    app
}
