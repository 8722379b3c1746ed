//! No connection lasts for ever, and there are never too many.

use crate::{
    app::{CONTROLLER, Run, TestApp},
    bad_input::Program,
    database::{Kind, TestDatabase},
    raw::{Raw, cookie, get},
    window::Window,
};
use axum::{Router, extract::ConnectInfo, routing::get as getting};
use control_maniac::server::connections::{self, Limits};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, time::timeout};

/// Limits that a test can wait for.
fn short() -> Limits {
    Limits {
        head: Duration::from_millis(400),
        stall: Duration::from_millis(500),
        idle: Duration::from_millis(600),
        ..Limits::default()
    }
}

/// No test waits longer for something that should have happened.
const SLACK: Duration = Duration::from_secs(5);

/// How far apart the bytes of a trickle are: closer than any limit.
const DROP: Duration = Duration::from_millis(40);

/// A server with these limits.
pub async fn limited(limits: Limits) -> TestApp {
    let run = Run {
        limits,
        ..Run::default()
    };
    TestApp::run_as(run).await
}

/// It took `limit`, and not much longer.
fn assert_took(since: Instant, limit: Duration) {
    let took = since.elapsed();
    assert!(took >= limit && took < limit + SLACK, "{took:?} of {limit:?}");
}

/// Sends `text` byte by byte until the other side has gone.
#[expect(clippy::disallowed_methods, reason = "a trickle is slow")]
async fn trickle(raw: &mut Raw, text: &str) {
    let sent = async {
        for byte in text.split_inclusive(|_: char| true).cycle() {
            if !raw.send(byte).await {
                break;
            }
            tokio::time::sleep(DROP).await;
        }
    };
    timeout(Duration::from_secs(20), sent).await.expect("it is ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_has_its_time_however_it_comes() {
    let mut app = limited(short()).await;
    let since = Instant::now();
    let mut silent = Raw::connect(&app.address).await;
    assert_eq!(silent.rest().await, "");
    assert_took(since, short().head);

    let since = Instant::now();
    let mut half = Raw::connect(&app.address).await;
    half.send("GET / HTTP/1.1\r\nhost: a").await;
    half.rest().await;
    assert_took(since, short().head);

    let since = Instant::now();
    let mut trickled = Raw::connect(&app.address).await;
    trickled.send("GET / HTTP/1.1\r\nx: ").await;
    trickle(&mut trickled, "a").await;
    assert_took(since, short().head);

    let mut second = Raw::connect(&app.address).await;
    second.send("GET /login HTTP/1.1\r\nhost: a\r\n\r\n").await;
    second.until(|text| text.contains("</html>")).await;
    let since = Instant::now();
    second.send("GET /login HTTP/1.1\r\nx: ").await;
    trickle(&mut second, "a").await;
    assert_took(since, short().head);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "a trickle is slow")]
async fn a_body_must_come_on() {
    let mut app = limited(short()).await;
    let head = "POST /login HTTP/1.1\r\nhost: a\r\norigin: http://a\r\ncontent-length: 60000\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\nemail=";
    let since = Instant::now();
    let mut half = Raw::connect(&app.address).await;
    half.send(head).await;
    half.rest().await;
    assert_took(since, short().stall);

    let since = Instant::now();
    let mut trickled = Raw::connect(&app.address).await;
    trickled.send(head).await;
    trickle(&mut trickled, "a").await;
    assert_took(since, short().stall);

    // A body that comes in good pieces may take longer than that as a whole.
    let mut slow = Raw::connect(&app.address).await;
    slow.send(&head.replace("60000", "20486")).await;
    let since = Instant::now();
    for _ in 0..20 {
        assert!(slow.send(&"a".repeat(1024)).await);
        tokio::time::sleep(DROP).await;
    }
    let answer = slow.until(|text| text.contains("\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 4"), "it is answered: {answer}");
    assert!(since.elapsed() > short().stall);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_must_be_read() {
    let mut app = limited(short()).await;
    let session = cookie(&app.browser(), CONTROLLER).await;
    let raw = Raw::connect(&app.address).await;
    let request = format!("GET /costs HTTP/1.1\r\nhost: a\r\naccept: text/html\r\ncookie: {session}\r\n\r\n");
    // Asks on and on, and reads nothing: an answer that can't be written ends the connection.
    let asking = async {
        loop {
            raw.0.writable().await.unwrap();
            match raw.0.try_write(request.as_bytes()) {
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => break,
            }
        }
    };
    timeout(Duration::from_secs(60), asking).await.expect("it is ended");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_is_kept_a_while_and_a_stream_for_ever() {
    let mut app = limited(short()).await;
    let browser = app.logged_in(CONTROLLER).await;
    let mut window = Window::open(&browser).await;
    window.newest().await;

    let mut idle = Raw::connect(&app.address).await;
    for _ in 0..2 {
        idle.send("GET /login HTTP/1.1\r\nhost: a\r\n\r\n").await;
        let answer = idle.until(|text| text.contains("</html>")).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    let since = Instant::now();
    assert_eq!(idle.rest().await, "");
    assert_took(since, short().idle - Duration::from_millis(100));

    browser.choose("division", "web").await;
    let newest = window.newest().await;
    assert_eq!(newest["settings"]["division"]["value"], "web", "the stream goes on");
    drop(window);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_may_be_large_but_not_very() {
    let mut app = limited(Limits::default()).await;
    let large = format!("x: {}", "a".repeat(20 * 1024));
    let answer = get(&app.address, "/login", &["host: a", &large]).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    for bytes in [40 * 1024, 1024 * 1024] {
        let larger = format!("x: {}", "a".repeat(bytes));
        let answer = get(&app.address, "/login", &["host: a", &larger]).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{bytes}: {answer}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_connections_than_there_may_be_are_closed_at_once() {
    let limits = Limits {
        connections: 4,
        ..Limits::default()
    };
    let mut app = limited(limits).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut raw = Raw::connect(&app.address).await;
        raw.send("GET /login HTTP/1.1\r\nhost: a\r\n\r\n").await;
        raw.until(|text| text.contains("</html>")).await;
        held.push(raw);
    }
    let since = Instant::now();
    assert_eq!(Raw::connect(&app.address).await.rest().await, "");
    assert!(since.elapsed() < Duration::from_secs(2), "{:?}", since.elapsed());
    assert!(held[0].send("GET /login HTTP/1.1\r\nhost: a\r\n\r\n").await);
    let answer = held[0].until(|text| text.contains("</html>")).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "those there are go on");
    held.pop();
    let served = async {
        while !get(&app.address, "/login", &["host: a"])
            .await
            .starts_with("HTTP/1.1 200 ")
        {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), served)
        .await
        .expect("there is room again");
    app.stop().await;
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "no router of the application's")]
async fn a_request_says_where_it_comes_from() {
    let peer = async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let router = Router::new().route("/", getting(peer));
    tokio::spawn(connections::serve(
        listener,
        router,
        Limits::default(),
        std::future::pending(),
    ));
    let mut raw = Raw::connect(&address).await;
    let own = raw.0.local_addr().unwrap().to_string();
    raw.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    let answer = raw.rest().await;
    assert!(answer.ends_with(&own), "{own}: {answer}");
}

/// How many unfinished heads there are, and the memory that they may take together.
const HEADS: usize = 300;
const MEMORY: u64 = 40 * 1024 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_do_not_end_cost_little_memory() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let program = Program::start(&database, &[]);
    get(&program.address, "/login", &["host: a"]).await;
    let before = program.memory();
    let mut begun = Vec::new();
    for _ in 0..HEADS {
        let mut raw = Raw::connect(&program.address).await;
        raw.send(&format!("GET / HTTP/1.1\r\nx: {}", "a".repeat(31 * 1024)))
            .await;
        begun.push(raw);
    }
    // Its answer comes after what was read before it.
    get(&program.address, "/login", &["host: a"]).await;
    let cost = program.memory().saturating_sub(before);
    println!("{HEADS} unfinished heads cost {} KiB", cost / 1024);
    assert!(cost < MEMORY, "{cost} bytes");
    drop(begun);
    assert_eq!(program.stop().1, Some(0));
    database.drop().await;
}
