//! What the commands say: `check` about a studio, `serve` about the demo, and each of them about why it can't begin.

use crate::{
    accounts::{run, said},
    app::{CONTROLLER, TestApp, VIEWER, WEB_LEAD},
    bad_input::Program,
    database::TestDatabase,
    on_both_databases,
};
use control_maniac::server::demo;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;

on_both_databases!(
    the_check_finds_what_is_wrong,
    the_check_names_demo_accounts_with_the_published_password,
    a_demo_that_others_can_reach_warns,
    the_demo_fills_only_an_empty_database,
    what_can_not_start_says_why_in_one_line,
);

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
            "unexpected argument '…' found",
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
