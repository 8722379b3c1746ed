//! docs/OPERATION.md has every pool, cache, limit and time as the program has it: whoever changes one of these lines
//! changes the row as well.

use crate::root;

/// A file of `src/`, its line, and what the row of docs/OPERATION.md says.
const NUMBERS: &[(&str, &str, &str)] = &[
    (
        "server/db.rs",
        "const CONNECTIONS: u32 = 16;",
        "| connections that read | at most 16;",
    ),
    (
        "server/db.rs",
        "const POSTGRES_WRITERS: u32 = 8;",
        "Postgres at most 8 |",
    ),
    (
        "server/db.rs",
        "const PATIENCE: Duration = Duration::from_secs(5);",
        "and for the first connection | 5 s |",
    ),
    (
        "server/db.rs",
        ".pragma(\"cache_size\", \"-65536\");",
        "a page cache of 64 MiB",
    ),
    (
        "server/db.rs",
        "const LOOK: Duration = Duration::from_secs(1);",
        "tried for 1 s: if nobody answers,",
    ),
    (
        "server/in_use.rs",
        "const PATIENCE: Duration = Duration::from_secs(5);",
        "for a restore to end (SQLite) | 5 s |",
    ),
    (
        "server/watch/sqlite.rs",
        "const LOOK: Duration = Duration::from_millis(100);",
        "SQLite is asked ten times a second",
    ),
    (
        "server/watch/postgres.rs",
        "const ROUND: Duration = Duration::from_secs(2);",
        "is read again every 2 s |",
    ),
    (
        "view.rs",
        "const CACHE_BYTES: u64 = 64 * 1024 * 1024;",
        "| rendered figures | 64 MiB;",
    ),
    (
        "view.rs",
        "const CACHE_IDLE: Duration = Duration::from_secs(60 * 60);",
        "an hour without use |",
    ),
    (
        "server/setting_layers/cache.rs",
        "const CAPACITY: usize = 100_000;",
        "| settings | 100,000 values,",
    ),
    (
        "server/setting_layers/cache.rs",
        "const TIME_TO_LIVE: Duration = Duration::from_secs(31 * 24 * 60 * 60);",
        "setting of a user; 31 days;",
    ),
    (
        "server/setting_layers/freshness.rs",
        "pub const BOUND: Duration = Duration::from_secs(5);",
        "those of the last 5 s |",
    ),
    (
        "server/setting_layers/turns.rs",
        "const PATIENCE: Duration = Duration::from_millis(250);",
        "waits for it, 250 ms at most",
    ),
    (
        "server/throttle.rs",
        "const MOST: usize = 100_000;",
        "100,000 accounts and addresses;",
    ),
    (
        "server/throttle.rs",
        "const FORGOTTEN_AFTER: Duration = Duration::from_secs(60 * 60);",
        "an hour without a failure |",
    ),
    (
        "export/error.rs",
        "pub(super) const LONGEST: Duration = Duration::from_secs(120);",
        "| a file (`/export`) | 120 s,",
    ),
    (
        "xlsx.rs",
        "const MOST_ROWS: u64 = 1_048_576;",
        "| rows of a sheet of a workbook | 1,048,574,",
    ),
    (
        "server/session_store.rs",
        "const DAYS: i64 = 31;",
        "(31 days without a visit)",
    ),
    (
        "server/device.rs",
        "const DAYS: i64 = 400;",
        "(400 days without a login)",
    ),
    (
        "server/device.rs",
        "const OF_ONE_ACCOUNT: i64 = 20;",
        "of an account 20 devices are known",
    ),
    (
        "server.rs",
        "const SWEEP: Duration = Duration::from_secs(60 * 60);",
        "removed from the database every hour",
    ),
    (
        "server.rs",
        "const CLOSING: Duration = Duration::from_secs(5);",
        "may take 5 s.",
    ),
    (
        "server/readiness.rs",
        "const PATIENCE: Duration = Duration::from_secs(2);",
        "(no answer within 2 s,",
    ),
    (
        "server/connections/limits.rs",
        "const MOST: u64 = 10_000;",
        "| connections | 10,000,",
    ),
    (
        "server/connections/limits.rs",
        "const RESERVE: u64 = 128;",
        "and 128 fewer than the system allows files",
    ),
    (
        "server/connections/limits.rs",
        "head: Duration::from_secs(10),",
        "| a request's head | 32 KiB, 10 s |",
    ),
    (
        "server/connections/limits.rs",
        "stall: Duration::from_secs(30),",
        "| an answer | 30 s for each KiB |",
    ),
    (
        "server/connections/limits.rs",
        "idle: Duration::from_secs(60),",
        "| an idle connection | 60 s |",
    ),
    (
        "server/connections/limits.rs",
        "last_body: Duration::from_secs(1),",
        "on its way has 1 s",
    ),
    (
        "server/connections/limits.rs",
        "drain: Duration::from_secs(10),",
        "under way 10 s.",
    ),
    (
        "server/connections.rs",
        "const LARGEST_HEAD: usize = 32 * 1024;",
        "| a request's head | 32 KiB,",
    ),
    (
        "server/router.rs",
        "const LARGEST_BODY: usize = 64 * 1024;",
        "| a body | 64 KiB;",
    ),
    ("server/fairness.rs", "pub const AT_WORK: usize = 8;", "at work | 8,"),
    (
        "server/fairness.rs",
        "const CHANGES: usize = 2;",
        "two of them for requests that change something",
    ),
    (
        "server/fairness.rs",
        "const WAITING: usize = 34;",
        "34 more of each kind",
    ),
    (
        "server/fairness.rs",
        "const PATIENCE: Duration = Duration::from_secs(5);",
        "of each kind wait 5 s |",
    ),
    (
        "server/fairness.rs",
        "const RENDERINGS: usize = 1;",
        "| views rendered of an account | 1 at a time |",
    ),
    (
        "server/bus.rs",
        "const MOST_STREAMS: usize = 20;",
        "| windows' streams of an account | 20 |",
    ),
    (
        "server/bus.rs",
        "const BACKLOG: usize = 256;",
        "stream may be behind | 256 |",
    ),
    (
        "server/lane.rs",
        "const AT_ONCE: usize = 2;",
        "| passwords compared | 2 at a time",
    ),
    ("server/lane.rs", "pub const WAITING: usize = 64;", "64 wait in each"),
    (
        "server/lane.rs",
        "const OF_ONE_ACCOUNT: usize = 16;",
        "16 of them for one account",
    ),
    (
        "server/password.rs",
        "pub const SHORTEST: usize = 12;",
        "at least 12 characters",
    ),
    (
        "server/password.rs",
        "pub const LONGEST: usize = 1024;",
        "at most 1,024 bytes",
    ),
    ("server/throttle.rs", "pub const FREE: u32 = 10;", "its /64) | 10,"),
    (
        "server/throttle.rs",
        "const SHORTEST_WAIT: Duration = Duration::from_secs(1);",
        "a wait from 1 s",
    ),
    (
        "server/throttle.rs",
        "const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);",
        "to 15 min |",
    ),
];

#[test]
fn every_number_is_in_operation_md_as_the_program_has_it() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let operation = read("docs/OPERATION.md");
    for (file, line, row) in NUMBERS {
        let is_there = read(&format!("src/{file}")).lines().any(|known| known.trim() == *line);
        assert!(
            is_there,
            "src/{file} has no longer `{line}`: correct docs/OPERATION.md ({row}) and this table"
        );
        assert!(
            operation.contains(row),
            "docs/OPERATION.md doesn't say `{row}`, and src/{file} says `{line}`"
        );
    }
}
