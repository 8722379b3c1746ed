//! An open window: it follows the server over its stream, event by event, each before a deadline.

use crate::app::Browser;
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// How long an event may take. Only a stream that never brings it waits that long.
const DEADLINE: Duration = Duration::from_secs(20);

/// An open window, as far as the server is concerned: its stream.
pub struct Window {
    response: Response,
    unread: String,
}

impl Window {
    /// Opens one for the account that is logged in.
    pub async fn open(browser: &Browser) -> Self {
        let response = browser.request(Method::GET, "/api/live").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            unread: String::new(),
        }
    }

    /// The name and the data of the next event other than a beat; `None` if the stream is over.
    pub async fn next(&mut self) -> Option<(String, String)> {
        loop {
            let event = self.event().await?;
            if event.0 != "beat" {
                return Some(event);
            }
        }
    }

    /// The name and the data of the next event; nothing if the stream is over.
    pub async fn event(&mut self) -> Option<(String, String)> {
        tokio::time::timeout(DEADLINE, async {
            loop {
                if let Some((event, rest)) = self.unread.split_once("\n\n") {
                    let field = |name| {
                        event
                            .lines()
                            .find_map(|line| line.strip_prefix(name))
                            .unwrap_or_default()
                    };
                    let (name, data) = (field("event: ").to_owned(), field("data: ").to_owned());
                    assert!(!data.is_empty(), "a browser passes over what has no data: {event}");
                    self.unread = rest.to_owned();
                    return Some((name, data));
                }
                let chunk = self.response.chunk().await.unwrap()?;
                self.unread.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        })
        .await
        .expect("an event, or the end, before the deadline")
    }

    /// The next event, which must be a snapshot.
    pub async fn newest(&mut self) -> Value {
        let (event, data) = self.next().await.expect("the stream goes on");
        assert_eq!(event, "newest", "{data}");
        serde_json::from_str(&data).unwrap()
    }

    /// The first snapshot for which `holds`; others about something else may come before it.
    pub async fn newest_with(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let newest = self.newest().await;
            if holds(&newest) {
                return newest;
            }
        }
    }

    /// The next event says that the session is over, and it is the last.
    pub async fn assert_ended(&mut self) {
        assert_eq!(self.next().await.expect("it is told").0, "ended");
        assert_eq!(self.next().await, None);
    }
}
