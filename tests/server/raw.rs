//! A bare connection: it sends what no browser and no client would, byte by byte.

use crate::app::Browser;
use control_maniac::server::demo;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Only something that never comes takes that long.
const DEADLINE: Duration = Duration::from_secs(20);

/// A connection to a server.
pub struct Raw(pub TcpStream);

impl Raw {
    pub async fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
        Self(stream)
    }

    /// Sends this; false if the other side has gone.
    pub async fn send(&mut self, text: &str) -> bool {
        self.0.write_all(text.as_bytes()).await.is_ok()
    }

    /// Everything that comes until the other side ends the connection, in any way.
    pub async fn rest(&mut self) -> String {
        self.until(|_| false).await
    }

    /// Everything that comes until there is `enough`, or to the end.
    pub async fn until(&mut self, enough: impl Fn(&str) -> bool) -> String {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        timeout(DEADLINE, async {
            loop {
                let text = String::from_utf8_lossy(&bytes);
                if enough(&text) {
                    return text.into_owned();
                }
                match self.0.read(&mut buffer).await {
                    Ok(0) | Err(_) => return text.into_owned(),
                    Ok(length) => bytes.extend_from_slice(&buffer[..length]),
                }
            }
        })
        .await
        .expect("enough, or the end, before the deadline")
    }
}

/// A server's answer to a GET of `target` with these lines in its head.
pub async fn get(address: &str, target: &str, lines: &[&str]) -> String {
    let mut raw = Raw::connect(address).await;
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    raw.send(&format!("GET {target} HTTP/1.1\r\nconnection: close\r\n{lines}\r\n"))
        .await;
    raw.rest().await
}

/// The cookie of a new session of `email`.
pub async fn cookie(browser: &Browser, email: &str) -> String {
    let answer = browser.log_in(email, demo::PASSWORD, None).await;
    answer.cookie("session").stripped().to_string()
}
