//! A SQLite file: its log, what a kill leaves behind, and how a restore deals with a broken one.

use super::{SETTINGS, all_is_well, ask, done, file_of, on, url_of};
use crate::{
    app::CONTROLLER,
    bad_input::Program,
    database::{Kind, TestDatabase},
};
use control_maniac::server::db;
use std::{
    collections::HashSet,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};
use tempfile::TempDir;

/// The files beside a database that are part of it.
fn logs(url: &str) -> Vec<PathBuf> {
    let logs = ["-wal", "-shm", "-journal"].map(|end| PathBuf::from(format!("{}{end}", file_of(url).display())));
    logs.into_iter().filter(|log| log.exists()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_stop_leaves_no_log() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    for stop in 0..20 {
        let program = Program::start(&database, &[]);
        let browser = program.browser();
        browser
            .log_in(CONTROLLER, control_maniac::server::demo::PASSWORD, None)
            .await;
        let is_over = Arc::new(AtomicBool::new(false));
        let toggling = tokio::spawn({
            let (browser, is_over) = (browser.clone(), is_over.clone());
            async move {
                for number in 0.. {
                    let value = ["web", "mobile", "design"][number % 3];
                    let request = browser.request(reqwest::Method::POST, "/api/setting");
                    let fields = [("key", "division"), ("value", value)];
                    let sent = request.header("origin", &browser.address).form(&fields).send().await;
                    if sent.is_err() && is_over.load(Ordering::Relaxed) {
                        return;
                    }
                }
            }
        });
        let _window = crate::window::Window::open(&browser).await;
        assert!(browser.open("/").await.status.is_success());
        is_over.store(true, Ordering::Relaxed);
        let (log, code) = tokio::task::spawn_blocking(|| program.stop()).await.unwrap();
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(logs(&database.url), <[PathBuf; 0]>::default(), "stop {stop}: {log}");
        toggling.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_that_does_not_wait_for_a_request_leaves_no_log_either() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let program = Program::start(&database, &[]);
    let browser = program.browser();
    browser
        .log_in(CONTROLLER, control_maniac::server::demo::PASSWORD, None)
        .await;
    browser.choose("division", "web").await;
    let address = program.address.strip_prefix("http://").unwrap().to_owned();
    let mut half_sent = std::net::TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /settings/division HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncontent-length: 99\r\n\r\nva"
    );
    std::io::Write::write_all(&mut half_sent, head.as_bytes()).unwrap();
    browser.choose("division", "design").await;
    let (log, code) = tokio::task::spawn_blocking(|| program.stop()).await.unwrap();
    assert_eq!((code, logs(&database.url)), (Some(0), Vec::new()), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_after_a_kill_is_the_backup_and_nothing_of_the_log() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    let program = Program::start(&database, &[]);
    let browser = program.browser();
    browser
        .log_in(CONTROLLER, control_maniac::server::demo::PASSWORD, None)
        .await;
    browser.choose("division", "web").await;
    done(on("backup", &database.url, &file));
    for value in ["design", "mobile", "design"] {
        browser.choose("division", value).await;
    }
    program.kill();
    assert!(!logs(&database.url).is_empty(), "the kill left a log");
    let said = done(on("restore", &database.url, &file));
    assert_eq!(logs(&database.url), <[PathBuf; 0]>::default());
    let dump = async |file: &Path| {
        let db = db::open_existing(&url_of(file)).await.unwrap();
        let settings = ask(&db, SETTINGS).await;
        let sessions = ask(&db, "SELECT id, record FROM sessions ORDER BY id").await;
        all_is_well(&db).await;
        db.close().await.unwrap();
        (settings, sessions)
    };
    assert_eq!(
        dump(&file_of(&database.url)).await,
        dump(&file).await,
        "exactly the backup"
    );
    let aside: PathBuf = said.split_whitespace().last().unwrap().trim_end_matches('.').into();
    assert_eq!(
        dump(&aside).await.0[0][2..],
        ["design", "4"],
        "what was acknowledged since is set aside whole"
    );
}

/// How often a restore is killed, each time a little later.
const KILLS: u32 = 24;

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "it is killed at random moments")]
async fn a_restore_that_is_killed_leaves_the_old_database_or_the_new_one() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    let program = Program::start(&database, &[]);
    let browser = program.browser();
    browser
        .log_in(CONTROLLER, control_maniac::server::demo::PASSWORD, None)
        .await;
    browser.choose("division", "web").await;
    done(on("backup", &database.url, &file));
    browser.choose("division", "design").await;
    program.kill();
    // The old one is in two files, and the last choice is in the log.
    let in_place = |name: &str| folder.path().join(format!("in-place.db{name}"));
    let lay_out = || {
        for end in ["", "-wal"] {
            fs::copy(format!("{}{end}", file_of(&database.url).display()), in_place(end)).unwrap();
        }
        drop(fs::remove_file(in_place("-shm")));
    };
    let url = url_of(&in_place(""));
    lay_out();
    let begun = Instant::now();
    done(on("restore", &url, &file));
    let took = begun.elapsed();
    let mut found = HashSet::new();
    for kill in 0..=KILLS {
        lay_out();
        let mut child = Command::new(env!("CARGO_BIN_EXE_control-maniac"))
            .args(["restore", "--database-url", &url, file.to_str().unwrap()])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(took * kill / KILLS).await;
        child.kill().unwrap();
        child.wait().unwrap();
        let db = db::open_existing(&url).await.unwrap();
        let row = ask(&db, SETTINGS).await[0][2..].join(" ");
        assert!(["web 1", "design 2"].contains(&row.as_str()), "kill {kill}: {row}");
        all_is_well(&db).await;
        db.close().await.unwrap();
        found.insert(row);
    }
    println!("a restore took {took:?}; killed at any time it left {found:?}");
    done(on("restore", &url, &file));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_broken_database_is_no_obstacle() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("copy");
    done(on("backup", &database.url, &file));
    let name = |end: &str| folder.path().join(format!("studio.db{end}"));
    let url = url_of(&name(""));
    assert!(done(on("restore", &url, &file)).contains("There was no database before"));
    let damage: [(&str, &str); 4] = [
        ("", "These are words, and were once a database."),
        ("", "SQLite format 3\0 which is where the likeness ends."),
        ("-wal", "A log of nothing that is known."),
        ("-journal", "A journal of nothing that is known."),
    ];
    for (end, text) in damage {
        fs::write(name(end), text).unwrap();
        fs::write(name("-wal"), text).unwrap();
        fs::write(name(".restoring-wal"), text).unwrap();
        done(on("restore", &url, &file));
        assert!(logs(&url).is_empty() && !name(".restoring-wal").exists());
        let db = db::open_existing(&url).await.unwrap();
        all_is_well(&db).await;
        db.close().await.unwrap();
    }
    fs::remove_file(name("")).unwrap();
    fs::write(name("-wal"), "A log without its database.").unwrap();
    done(on("restore", &url, &file));
    assert!(logs(&url).is_empty());
    let kept: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name.contains(".before-restore-"))
        .collect();
    let texts: Vec<Vec<u8>> = kept
        .iter()
        .map(|name| fs::read(folder.path().join(name)).unwrap())
        .collect();
    for (_, text) in &damage[..2] {
        assert!(
            texts.iter().any(|kept| kept == text.as_bytes()),
            "what was broken is set aside: {kept:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_lacks_a_part_is_not_restored_and_the_check_says_what_it_lacks() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let folder = TempDir::new().unwrap();
    let whole = folder.path().join("whole");
    done(on("backup", &database.url, &whole));
    let before = fs::read(file_of(&database.url)).unwrap();
    for (number, (change, missing)) in [
        ("DROP TABLE booking_parts", "booking_parts.amount"),
        ("DROP TABLE devices", "devices.digest"),
        ("DELETE FROM data_revision", "the one row of data_revision"),
        ("DELETE FROM rights_revision", "the one row of rights_revision"),
        ("ALTER TABLE settings DROP COLUMN void", "settings.void"),
        (
            "DROP TRIGGER users_are_rights_update",
            "trigger users_are_rights_update",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let part = folder.path().join(format!("part-{number}"));
        fs::copy(&whole, &part).unwrap();
        super::change(&part, change).await;
        let (is_well, said) = super::run(&["check", "--database-url", &url_of(&part)]);
        assert!(!is_well && said.contains(missing), "{change}: {said}");
        super::refused(on("restore", &database.url, &part), missing);
        assert!(
            !PathBuf::from(format!("{}.restoring", file_of(&database.url).display())).exists(),
            "{change}"
        );
    }
    assert_eq!(fs::read(file_of(&database.url)).unwrap(), before, "as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_follows_a_link_and_closes_what_it_sets_aside() {
    let folder = TempDir::new().unwrap();
    let (disk, link) = (folder.path().join("disk"), folder.path().join("studio.db"));
    fs::create_dir(&disk).unwrap();
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let copy = folder.path().join("copy");
    done(on("backup", &database.url, &copy));
    fs::copy(&copy, disk.join("real.db")).unwrap();
    fs::set_permissions(disk.join("real.db"), fs::Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::symlink(disk.join("real.db"), &link).unwrap();
    done(on("restore", &url_of(&link), &copy));
    assert!(link.is_symlink(), "the database stays on its disk");
    for entry in fs::read_dir(&disk).unwrap().flatten() {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
    assert_eq!(
        fs::read_dir(&disk).unwrap().count(),
        2,
        "the new one, and the old one beside it"
    );
    let (is_written, said) = on("backup", &url_of(&disk.join("real.db")), &disk.join("real.db-journal"));
    assert!(!is_written && said.contains("belongs to the database itself"), "{said}");
}
