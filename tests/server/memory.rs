//! A password that can't be compared for lack of memory isn't called wrong.
#![cfg(target_os = "linux")]

use crate::{
    app::{CONTROLLER, VIEWER},
    bad_input::Program,
    database::{Kind, TestDatabase},
};
use control_maniac::server::demo;
use sea_orm::ConnectionTrait;
use std::process::Command;

/// KiB of address space that the server is given, and that comparing with the stored hash takes.
const GIVEN: u32 = 4_000_000;
const WANTED: u32 = 8_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_password_for_which_memory_is_too_short_is_not_called_wrong() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let db = database.connect().await;
    let sql = format!("UPDATE users SET password_hash = REPLACE(password_hash, 'm=19456', 'm={WANTED}') WHERE id = 1");
    db.execute_unprepared(&sql).await.unwrap();
    let serve = Program::command(&database, "127.0.0.1:0", &[]);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", &format!("ulimit -v {GIVEN} && exec \"$0\" \"$@\"")])
        .arg(serve.get_program())
        .args(serve.get_args())
        .env_remove("RUST_LOG");
    let program = Program::begin(&mut limited);
    for _ in 0..12 {
        let answer = program.browser().log_in(CONTROLLER, demo::PASSWORD, None).await;
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.body.contains("be checked at the moment"), "{}", answer.body);
    }
    let answer = program.browser().log_in(VIEWER, demo::PASSWORD, None).await;
    assert_eq!(answer.status, 303, "none of it counted as a failure, and others log in");
    let (log, code) = program.stop();
    assert!(log.contains("out of memory"), "{log}");
    assert_eq!(code, Some(0));
}
