//! Only its owner can read the file of a SQLite database, and the files that SQLite puts beside it.

use crate::{
    bad_input::Program,
    database::{Kind, TestDatabase},
};
use std::{
    fs::{Permissions, set_permissions},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::Command,
};

const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// The database's files that exist, each with its mode.
fn modes(database: &TestDatabase) -> Vec<(&'static str, u32)> {
    let modes = ENDINGS.iter().filter_map(|ending| {
        let known = file(database, ending).metadata().ok()?;
        Some((*ending, known.permissions().mode() & 0o777))
    });
    modes.collect()
}

fn file(database: &TestDatabase, ending: &str) -> PathBuf {
    format!("{}{ending}", database.url.strip_prefix("sqlite:").unwrap()).into()
}

fn run(database: &TestDatabase, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_control-maniac"))
        .args(arguments)
        .env("CONTROL_MANIAC_DATABASE_URL", &database.url)
        .status();
    assert!(status.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_one_is_made_for_its_owner_alone() {
    let database = TestDatabase::empty(Kind::Sqlite).await;
    let program = Program::start(&database, &["--demo"]);
    assert_eq!(modes(&database), ENDINGS.map(|ending| (ending, 0o600)));
    program.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_others_may_read_is_closed_to_them_by_whatever_writes() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let open = || set_permissions(file(&database, ""), Permissions::from_mode(0o664)).unwrap();
    open();
    let program = Program::start(&database, &[]);
    assert_eq!(modes(&database), ENDINGS.map(|ending| (ending, 0o600)));
    for ending in ENDINGS {
        set_permissions(file(&database, ending), Permissions::from_mode(0o666)).unwrap();
    }
    run(&database, &["user", "list"]);
    assert_eq!(modes(&database), ENDINGS.map(|ending| (ending, 0o600)));
    program.stop();
    open();
    run(&database, &["check"]);
    assert_eq!(modes(&database)[0], ("", 0o664), "a check changes nothing");
    run(&database, &["migrate"]);
    assert_eq!(modes(&database)[0], ("", 0o600));
}
