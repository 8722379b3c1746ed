//! Stopping a server: half-sent requests don't delay it, and requests under way are answered.

use crate::{connections::limited, raw::Raw};
use control_maniac::server::connections::Limits;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_only_begun_does_not_keep_a_server() {
    let mut app = limited(Limits::default()).await;
    let mut begun = Vec::new();
    for text in [
        "",
        "GET / HTTP/1.1\r\nhost: a",
        "GET /login HTTP/1.1\r\nhost: a\r\n\r\n",
    ] {
        let mut raw = Raw::connect(&app.address).await;
        raw.send(text).await;
        if text.ends_with("\r\n\r\n") {
            raw.until(|text| text.contains("</html>")).await;
        }
        begun.push(raw);
    }
    let since = Instant::now();
    app.stop().await;
    assert!(since.elapsed() < Duration::from_millis(900), "{:?}", since.elapsed());
    for mut raw in begun {
        raw.rest().await;
    }
}

/// A request whose body the server is waiting for.
async fn awaited(address: &str, length: usize) -> Raw {
    let mut raw = Raw::connect(address).await;
    raw.send(&format!(
        "POST /login HTTP/1.1\r\nhost: a\r\norigin: http://a\r\ncontent-length: {length}\r\nexpect: 100-continue\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n"
    ))
    .await;
    let answer = raw.until(|text| text.ends_with("\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 100 "), "{answer}");
    raw
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_keeps_a_server_for_a_second() {
    let mut app = limited(Limits::default()).await;
    let mut half = awaited(&app.address, 100).await;
    half.send("email=").await;
    let since = Instant::now();
    app.stop().await;
    assert!(since.elapsed() < Duration::from_secs(3), "{:?}", since.elapsed());
    half.rest().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_answered_before_a_server_ends() {
    let mut app = limited(Limits {
        last_body: Duration::from_secs(10),
        ..Limits::default()
    })
    .await;
    let body = "email=a%40b.test&password=wrong-password";
    let mut under_way = awaited(&app.address, body.len()).await;
    let (first, rest) = body.split_at(10);
    under_way.send(first).await;
    let address = app.address.clone();
    let finishing = async {
        // Once no connection is accepted, the server has been asked to stop.
        let host = address.trim_start_matches("http://");
        while tokio::net::TcpStream::connect(host).await.is_ok() {
            tokio::task::yield_now().await;
        }
        under_way.send(rest).await;
        under_way.rest().await
    };
    let ((), answer) = tokio::join!(app.stop(), finishing);
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert!(answer.contains(r#""kind":"not_logged_in""#), "{answer}");
}
