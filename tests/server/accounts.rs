//! The command line: options, accounts, checks, the demo studio.

use crate::{
    app::{CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    bad_input::Program,
    built,
    database::TestDatabase,
    on_both_databases,
};
use control_maniac::server::demo;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

on_both_databases!(
    an_account_is_added_used_and_removed,
    what_can_be_no_account_is_refused,
    a_password_that_is_easy_to_guess_is_refused,
    the_check_finds_what_is_wrong,
    the_check_names_demo_accounts_with_the_published_password,
    a_demo_that_others_can_reach_warns,
    the_demo_fills_only_an_empty_database,
    what_can_not_start_says_why_in_one_line,
);

fn run(database: &TestDatabase, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_control-maniac"))
        .args(arguments)
        .env("CONTROL_MANIAC_DATABASE_URL", &database.url)
        .env("CONTROL_MANIAC_SITE", built::folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its options doesn't read what it is given.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
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

async fn the_check_names_demo_accounts_with_the_published_password(app: TestApp) -> TestApp {
    let note = || {
        let output = run(&app.database, &["check"], "");
        assert!(output.status.success(), "it breaks no rule: {}", said(&output));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        printed
            .lines()
            .find(|line| line.starts_with("note   "))
            .map(str::to_owned)
    };
    let all = note().unwrap();
    assert!(
        demo::ACCOUNTS.iter().all(|(email, _)| all.contains(email)) && all.contains("user password"),
        "{all}"
    );
    let good = "tar violin copper meadow\n";
    assert!(
        run(&app.database, &["user", "password", CONTROLLER], good)
            .status
            .success()
    );
    assert!(run(&app.database, &["user", "remove", VIEWER], "").status.success());
    let left = note().unwrap();
    assert!(
        left.contains(WEB_LEAD) && !left.contains(CONTROLLER) && !left.contains(VIEWER),
        "{left}"
    );
    assert!(
        run(&app.database, &["user", "password", WEB_LEAD], good)
            .status
            .success()
    );
    assert_eq!(note(), None);
    app
}

async fn a_demo_that_others_can_reach_warns(app: TestApp) -> TestApp {
    let warning = |addr: &str, arguments: &[&str]| {
        let (log, _) = Program::begin(&mut Program::command(&app.database, addr, arguments)).stop();
        log.contains("WARNING: --demo").then_some(log)
    };
    for (addr, arguments) in [
        ("0.0.0.0:0", &["--demo"][..]),
        ("127.0.0.1:0", &["--demo", "--https"]),
        ("127.0.0.1:0", &["--demo", "--trusted-proxy", "127.0.0.1"]),
        ("127.0.0.1:0", &["--demo", "--public-url", "http://c.example"]),
    ] {
        let warning = warning(addr, arguments).unwrap_or_else(|| panic!("{addr} {arguments:?}"));
        assert!(
            warning.lines().count() >= 5 && warning.contains(demo::PASSWORD),
            "{warning}"
        );
    }
    assert_eq!(warning("127.0.0.1:0", &["--demo"]), None);
    assert_eq!(warning("0.0.0.0:0", &[]), None);
    app
}

async fn the_check_finds_what_is_wrong(app: TestApp) -> TestApp {
    let output = run(&app.database, &["check"], "");
    assert!(output.status.success(), "{}", said(&output));
    for (sql, rule) in [
        (
            "UPDATE booking_parts SET amount = amount + 1 WHERE id = 1",
            "key of its day",
        ),
        (
            "UPDATE time_entries SET labour_cost = labour_cost + 1 WHERE id = (SELECT MIN(id) FROM time_entries WHERE labour_cost > 0)",
            "rate of that day",
        ),
        (
            "UPDATE time_entries SET revenue = revenue + 1 WHERE id = (SELECT MAX(id) FROM time_entries)",
            "price of its day",
        ),
    ] {
        app.state.db.writer().execute_unprepared(sql).await.unwrap();
        let output = run(&app.database, &["check"], "");
        assert!(!output.status.success());
        let failed = said(&output);
        assert!(
            failed
                .lines()
                .any(|line| line.starts_with("FAILED") && line.contains(rule) && line.contains(": 1 breaks this: ")),
            "{rule}: {failed}"
        );
    }
    app
}

async fn the_demo_fills_only_an_empty_database(app: TestApp) -> TestApp {
    // On the demo studio itself: nothing changes, and it says so.
    app.state
        .db
        .writer()
        .execute_unprepared("DELETE FROM invoices")
        .await
        .unwrap();
    let program = Program::start(&app.database, &["--demo"]);
    assert!(program.said.contains("--demo changed nothing"), "{}", program.said);
    let (_, code) = program.stop();
    assert_eq!(code, Some(0));
    let statement = sea_orm::Statement::from_string(app.state.db.backend(), "SELECT COUNT(*) FROM invoices");
    let count: i64 = app
        .state
        .db
        .writer()
        .query_one_raw(statement)
        .await
        .unwrap()
        .unwrap()
        .try_get_by_index(0)
        .unwrap();
    assert_eq!(count, 0);
    let empty = TestDatabase::empty(app.kind).await;
    let program = Program::start(&empty, &["--demo"]);
    assert!(
        program.said.contains("it holds the demo studio now"),
        "{}",
        program.said
    );
    let browser = program.browser();
    let answer = browser
        .log_in(crate::app::WEB_LEAD, control_maniac::server::demo::PASSWORD, None)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    program.stop();
    empty.drop().await;
    app
}

async fn what_can_not_start_says_why_in_one_line(app: TestApp) -> TestApp {
    let taken = app.address.strip_prefix("http://").unwrap();
    let refused: [(&[&str], &str); 10] = [
        (&["serve", "--addr", taken], "can't listen on"),
        (
            &["serve", "--addr", "127.0.0.1:0", "--database-url", "mysql://nowhere"],
            "must begin with sqlite: or postgres://",
        ),
        (
            &[
                "serve",
                "--addr",
                "127.0.0.1:0",
                "--database-url",
                "sqlite:/nowhere/at/all.db",
            ],
            "can't open the database",
        ),
        (
            &[
                "serve",
                "--addr",
                "127.0.0.1:0",
                "--database-url",
                "postgres://me:secret@127.0.0.1:1/none",
            ],
            "can't open the database postgres://me@127.0.0.1:1",
        ),
        (
            &[
                "serve",
                "--addr",
                "127.0.0.1:0",
                "--database-url",
                "postgres://me@127.0.0.1:1/none?password=secret",
            ],
            "can't open the database postgres://me@127.0.0.1:1/none:",
        ),
        (
            &[
                "check",
                "--database-url",
                "postgres://me@127.0.0.1:1/none?pasword=secret",
            ],
            "a parameter that isn't known",
        ),
        (
            &[
                "migrate",
                "--database-url",
                "postgres://me:secret/word@127.0.0.1:1/none",
            ],
            "can't open the database postgres://…: it can't be read",
        ),
        (
            &["check", "postgres://me:secret@127.0.0.1:1/none"],
            "unexpected argument …",
        ),
        (
            &["serve", "--addr", "127.0.0.1:0", "--database-url", "sqlite:Cargo.toml"],
            "can't",
        ),
        (
            &["check", "--database-url", "sqlite:/nowhere/at/all.db"],
            "can't open the database",
        ),
    ];
    for (arguments, reason) in refused {
        let output = run(&app.database, arguments, "");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && message.contains(reason),
            "{arguments:?}: {message}"
        );
        assert!(
            message.trim().lines().count() == 1 && !message.contains("secret"),
            "{arguments:?}: {message}"
        );
    }
    let nothing = tempfile::tempdir().unwrap();
    let missing = format!("sqlite:{}", nothing.path().join("missing.db").display());
    for arguments in [
        &["check", "--database-url", &missing][..],
        &["user", "--database-url", &missing, "list"],
    ] {
        let output = run(&app.database, arguments, "");
        assert!(
            !output.status.success() && said(&output).contains("can't open the database"),
            "{}",
            said(&output)
        );
        assert_eq!(
            std::fs::read_dir(nothing.path()).unwrap().count(),
            0,
            "nothing was made"
        );
    }
    for arguments in [
        &["serve", "--nonsense"][..],
        &["serve", "--addr", "nowhere"],
        &["serve", "--trusted-proxy", "nowhere"],
        &["serve", "--scale", "0"],
        &["nonsense"],
    ] {
        let output = run(&app.database, arguments, "");
        assert!(
            !output.status.success()
                && said(&output).trim().lines().count() == 1
                && said(&output).ends_with("see --help\n"),
            "{arguments:?}"
        );
    }
    app
}
