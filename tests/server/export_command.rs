//! `control-maniac export`: the file of a page without a server, the same bytes for the same moment.

use crate::{
    accounts::{run, said},
    app::{CONTROLLER, TestApp, WEB_LEAD},
    exported::{Csv, fetch},
    on_both_databases,
};
use control_maniac::locale::Locale;

on_both_databases!(
    the_same_moment_gives_the_same_bytes,
    an_account_gets_what_its_page_has,
    what_can_not_be_exported_is_said_in_one_line,
);

async fn the_same_moment_gives_the_same_bytes(app: TestApp) -> TestApp {
    for format in ["xlsx", "csv-semicolon", "csv-comma"] {
        for table in [None, Some("bookings")] {
            let written = |time: &str| {
                let mut options = vec![
                    "export",
                    "--as",
                    CONTROLLER,
                    "--view",
                    "/costs?q=a",
                    "--format",
                    format,
                    "--period",
                    "ytd",
                    "--language",
                    "de",
                    "--made-at",
                    time,
                    "--output",
                    "-",
                ];
                options.extend(table.iter().flat_map(|table| ["--table", table]));
                let output = run(&app.database, &options, "");
                assert!(output.status.success(), "{}", said(&output));
                output.stdout
            };
            let first = written("2026-11-24T18:00");
            assert!(first.len() > 1_000, "{format}");
            assert!(first == written("2026-11-24T18:00"), "{format} {table:?}");
            // The year to date has another day, and the file another time.
            assert!(first != written("2026-08-31T18:01"), "{format} {table:?}");
        }
    }
    app
}

async fn an_account_gets_what_its_page_has(app: TestApp) -> TestApp {
    for email in [CONTROLLER, WEB_LEAD] {
        let options = [
            "export",
            "--as",
            email,
            "--view",
            "/costs",
            "--table",
            "bookings",
            "--format",
            "csv-comma",
            "--period",
            "2026-03",
            "--made-at",
            "2026-11-24T12:00",
            "--output",
            "-",
        ];
        let output = run(&app.database, &options, "");
        assert!(output.status.success(), "{}", said(&output));
        let browser = app.logged_in(email).await;
        let link = "/export?view=/costs&table=bookings&format=csv-comma&division=all&period=2026-03";
        let file = fetch(&browser, link).await;
        assert!(output.stdout == file.bytes, "{email}");
        assert!(Csv::of(&file, &Locale::default()).rows.len() > 20);
    }
    // Without --output it says what it wrote, and where.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("costs.xlsx");
    let output = run(
        &app.database,
        &[
            "export",
            "--as",
            CONTROLLER,
            "--view",
            "/costs",
            "--output",
            path.to_str().unwrap(),
        ],
        "",
    );
    let size = std::fs::metadata(&path).unwrap().len();
    assert!(
        said(&output)
            .replace(',', "")
            .contains(&format!("costs.xlsx is written ({size} bytes)")),
        "{}",
        said(&output)
    );
    app
}

async fn what_can_not_be_exported_is_said_in_one_line(app: TestApp) -> TestApp {
    for (options, expected) in [
        (vec!["--as", "nobody@studio.test"], "no account “nobody@studio.test”"),
        (vec!["--as", WEB_LEAD, "--division", "mobile"], "mobile"),
        (vec!["--as", WEB_LEAD, "--view", "/projects/MOB-001"], "MOB-001"),
        (
            vec!["--as", CONTROLLER, "--table", "nothing"],
            "contribution-margin-by-division",
        ),
        (vec!["--as", CONTROLLER, "--view", "/nowhere"], ""),
        (
            vec!["--as", CONTROLLER, "--made-at", "2026-03-29T02:30"],
            "no such time",
        ),
        (vec!["--as", CONTROLLER, "--made-at", "yesterday"], "2026-11-27T18:00"),
        (vec![], "--as"),
    ] {
        let output = run(&app.database, &[vec!["export"], options.clone()].concat(), "");
        assert!(!output.status.success(), "{options:?}");
        let said = said(&output);
        assert!(
            said.contains(expected) && said.lines().count() == 1,
            "{options:?}: {said}"
        );
    }
    app
}
