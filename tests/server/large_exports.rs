//! 100,000 rows go into a file without being held: the real program, in a process whose memory is watched.
#![cfg(target_os = "linux")]
use crate::{
    app::CONTROLLER,
    bad_input::Program,
    database::{Kind, TestDatabase},
    exported::{Workbook, fetch},
};
use control_maniac::server::demo;
use reqwest::Method;
use sea_orm::ConnectionTrait;
use std::time::Instant;

/// How many bookings there are besides those of the demo studio.
const ROWS: usize = 100_000;

/// How much the memory of the program may grow for a file with all of them, in KiB: what SQLite sorts in, and buffers.
/// The rows themselves, held as the pages hold them, would take twice that.
const MOST_GROWTH: i64 = 64 * 1024;

/// The most memory the program had, and what it has, in KiB.
fn memory(program: &Program, field: &str) -> i64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_100_000_rows_takes_no_memory_for_each() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let db = database.connect().await;
    let insert = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {ROWS})
         INSERT INTO bookings (booked_on, category, text, supplier, amount, billable, division_id, shared, search)
         SELECT date('2023-01-01', (n % 365) || ' days'), 'Category ' || (n % 20), 'The text of the booking ' || n,
                'Supplier ' || (n % 500), n, false, 1, false, ''
         FROM numbers"
    );
    db.execute_unprepared(&insert).await.unwrap();
    db.close().await.unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let mut command = Program::command(&database, "127.0.0.1:0", &[]);
    let program = Program::begin(command.env("RUST_LOG", "warn").env("TMPDIR", temporary.path()));
    let browser = program.browser();
    browser.log_in(CONTROLLER, demo::PASSWORD, None).await;
    let link = |format: &str, period: &str| {
        format!("/export?view=/costs?q%3Dsupplier&table=bookings&division=all&period={period}&format={format}")
    };
    // The page's own work, and a file that is small.
    let page = browser.open("/costs?q=supplier&division=all&period=2023").await;
    assert_eq!(page.status, 200);
    for format in ["xlsx", "csv-comma"] {
        fetch(&browser, &link(format, "2023-01-01..2023-01-03")).await;
    }
    let before = memory(&program, "VmRSS");
    for format in ["csv-comma", "xlsx"] {
        let begun = Instant::now();
        // The test holds the file; the program must not.
        let file = fetch(&browser, &link(format, "2023")).await;
        let grown = memory(&program, "VmHWM") - before;
        println!(
            "{ROWS} rows as {format}: {} MB in {:.1} s, and {:.1} MB of memory more than before",
            file.bytes.len() / 1_000_000,
            begun.elapsed().as_secs_f64(),
            grown as f64 / 1024.0
        );
        assert!(grown < MOST_GROWTH, "{format}: {grown} KiB");
        match format {
            "xlsx" => {
                let sheet = &Workbook::of(&file).sheets[1];
                assert_eq!(sheet.rows.len(), ROWS + 2);
                assert_eq!(sheet.rows[ROWS + 1][6].number(), 50_000_500.0);
            }
            _ => assert_eq!(file.text().lines().count(), ROWS + 1),
        }
    }
    // A browser that goes away: its turn is free again, and nothing is left of the file.
    let leave = browser
        .request(Method::GET, &link("xlsx", "2023"))
        .timeout(std::time::Duration::from_millis(100));
    assert!(leave.send().await.unwrap_err().is_timeout());
    let page = browser
        .open("/costs?q=supplier&division=all&period=2023-01-01..2023-01-02")
        .await;
    assert_eq!(page.status, 200);
    let (log, code) = program.stop();
    assert_eq!((log.as_str(), code), ("", Some(0)));
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
