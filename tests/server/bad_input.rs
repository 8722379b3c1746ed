//! Bad input: a clear 4xx in one shape, nothing stored, nothing in the log above a warning, no panic. Against the real
//! program in a process of its own, whose log is read.

use crate::{
    app::{Browser, CONTROLLER},
    built,
    database::{Kind, TestDatabase},
};
use control_maniac::server::demo;
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Stdio},
    thread::JoinHandle,
};

/// The real program on a database.
pub struct Program {
    child: Child,
    /// Reads what it logs, so that it never waits for that.
    log: JoinHandle<String>,
    pub address: String,
    /// Everything it printed until it was ready.
    pub said: String,
}

impl Program {
    pub fn start(database: &TestDatabase, arguments: &[&str]) -> Self {
        Self::begin(Self::command(database, "127.0.0.1:0", arguments).env("RUST_LOG", "warn"))
    }

    /// The command that starts it at `addr`, with the default log.
    pub fn command(database: &TestDatabase, addr: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_control-maniac"));
        command
            .args(["serve", "--addr", addr, "--database-url", &database.url, "--site"])
            .arg(built::folder())
            .args(arguments)
            .env_remove("RUST_LOG");
        command
    }

    /// Starts it by a command and waits until it is ready.
    pub fn begin(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = String::new();
            errors.read_to_string(&mut log).unwrap();
            log
        });
        let mut said = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        while !said.contains("http://") {
            assert_ne!(output.read_line(&mut said).unwrap(), 0, "it says where it is");
        }
        let address = said
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self {
            child,
            log,
            address,
            said,
        }
    }

    /// Stops it as the system would; returns its log and its exit code.
    pub fn stop(mut self) -> (String, Option<i32>) {
        Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        let code = self.child.wait().unwrap().code();
        (self.log.join().unwrap(), code)
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Which process it is.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.address)
    }

    /// The memory that it holds, in bytes.
    pub fn memory(&self) -> u64 {
        let statm = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap();
        let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
        pages * 4096
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    bad_input_is_refused(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    bad_input_is_refused(Kind::Postgres).await;
}

async fn bad_input_is_refused(kind: Kind) {
    let database = TestDatabase::demo(kind).await;
    let program = Program::start(&database, &[]);
    let browser = program.browser();
    browser.log_in(CONTROLLER, demo::PASSWORD, None).await;
    browser.choose("division", "web").await;

    unknown_settings(&browser).await;
    malformed_bodies(&browser).await;
    cookies(&program.browser()).await;
    queries(&browser).await;
    addresses(&browser).await;

    let page = browser.open("/").await;
    assert_eq!((page.main("data-division"), page.main("data-period")), ("web", "ytd"));
    let (log, code) = program.stop();
    assert!(!log.contains("ERROR") && !log.contains("panicked"), "{log}");
    assert_eq!(code, Some(0));
    let db = database.connect().await;
    let select = Statement::from_string(db.get_database_backend(), "SELECT value FROM settings");
    let rows = db.query_all_raw(select).await.unwrap();
    let values: Vec<String> = rows.iter().map(|row| row.try_get("", "value").unwrap()).collect();
    assert_eq!(values, ["web"], "nothing else was stored");
    drop(db);
    database.drop().await;
}

async fn unknown_settings(browser: &Browser) {
    for value in [
        "nope",
        "WEB",
        "",
        " ",
        "all ",
        "../web",
        "web\0",
        "\u{202e}web",
        &"w".repeat(10_000),
    ] {
        browser.choose("division", value).await.assert_error(400, "invalid");
        browser.figures("/", value, "ytd").await.assert_error(400, "invalid");
        browser.figures("/", "all", value).await.assert_error(400, "invalid");
        browser.choose("period", value).await.assert_error(400, "invalid");
    }
    browser.choose("nope", "web").await.assert_error(404, "not_found");
}

async fn malformed_bodies(browser: &Browser) {
    let post = |path: &str, kind: &str, body: Vec<u8>| {
        let request = browser.request(Method::POST, path).header("origin", &browser.address);
        browser.send(request.header("content-type", kind.to_owned()).body(body))
    };
    let form = "application/x-www-form-urlencoded";
    for body in [
        &b""[..],
        b"key",
        b"key=division",
        b"value=web",
        b"{\"key\":1}",
        b"key=division&key=period&value=web",
        b"%%%",
        b"\xff\xfe\x00",
    ] {
        let answer = post("/api/setting", form, body.to_vec()).await;
        answer.assert_error(400, "invalid");
    }
    post("/settings/division", form, b"nothing=here".to_vec())
        .await
        .assert_error(400, "invalid");
    for body in [&b""[..], b"email=a", b"\xff"] {
        let answer = post("/login", form, body.to_vec()).await;
        assert!((400..500).contains(&answer.status.as_u16()), "{}", answer.body);
        assert_eq!(answer.json()["kind"], "invalid");
    }
    let large = post("/settings/division", form, vec![b'a'; 200_000]).await;
    large.assert_error(413, "too_large");
    let large = post("/api/setting", form, vec![b'a'; 200_000]).await;
    large.assert_error(413, "too_large");
    let large = post("/login", form, vec![b'a'; 200_000]).await;
    large.assert_error(413, "too_large");
    browser
        .send(
            browser
                .request(Method::DELETE, "/projects")
                .header("origin", &browser.address),
        )
        .await
        .assert_error(405, "method_not_allowed");
    browser
        .send(
            browser
                .request(Method::POST, "/nothing")
                .header("origin", &browser.address),
        )
        .await
        .assert_error(404, "not_found");
}

async fn cookies(stranger: &Browser) {
    for cookie in [
        "session=",
        "session=forged",
        "session=AAAAAAAAAAAAAAAAAAAAAA",
        "session=%00",
        "session=\"",
        "; ;=",
        "session=a; session=b",
    ] {
        let request = stranger
            .request(Method::GET, "/api/figures?address=/&division=all&period=ytd")
            .header("cookie", cookie);
        stranger.send(request).await.assert_error(401, "not_logged_in");
        let request = stranger
            .request(Method::GET, "/")
            .header("cookie", cookie)
            .header("accept", "text/html");
        assert_eq!(stranger.send(request).await.status, 303, "{cookie}");
    }
}

async fn queries(browser: &Browser) {
    let rubbish = [
        "/?rubbish",
        "/?division[]=x",
        "/?%ff%fe",
        "/?=&=",
        "/projects?sort=nope",
        "/projects?page=0",
        "/projects?page=-1",
        "/projects?page=99999999999999999999",
        "/projects?page=",
        "/projects?order=up",
        "/projects?q=a&q=b",
        "/projects?q=%00",
        "/projects?q=%ff",
        "/projects?nope=1",
        "/costs?page=x",
        "/costs?sort=margin",
        "/costs?q=%0a",
        "/projects/WEB-001?x=1",
    ];
    for path in rubbish {
        let answer = browser.send(browser.request(Method::GET, path)).await;
        answer.assert_error(400, "invalid");
        assert_eq!(browser.open(path).await.status, 400, "{path}: as a page");
        browser.figures(path, "all", "ytd").await.assert_error(400, "invalid");
    }
    let long = format!("/projects?q={}", "a".repeat(5_000));
    browser
        .send(browser.request(Method::GET, &long))
        .await
        .assert_error(400, "invalid");
}

async fn addresses(browser: &Browser) {
    for path in [
        "/projects/NOPE",
        "/projects/web-001",
        "/projects/%00",
        "/projects/%ff",
        "/projects/'%20OR%201=1",
        "/projects/a/b",
        "/nothing",
        "/projects/",
        "/api/nothing",
    ] {
        browser
            .send(browser.request(Method::GET, path))
            .await
            .assert_error(404, "not_found");
    }
    for address in [
        "",
        "nothing",
        "//elsewhere.test",
        "https://elsewhere.test/",
        "/login",
        "/api/figures",
    ] {
        browser
            .figures(address, "all", "ytd")
            .await
            .assert_error(404, "not_found");
    }
    let page = browser.open("/projects/NOPE").await;
    assert_eq!(page.status, 404);
    assert!(
        page.body.contains("There is no project") && page.body.contains(r#"href="/""#),
        "it offers a way on"
    );
}
