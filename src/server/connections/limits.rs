//! How long a connection may take for each step, and how many there may be.

use std::time::Duration;

/// The most connections, however many open files the system allows.
const MOST: u64 = 10_000;

/// How many of the allowed files are reserved for the database and for files that are served.
const RESERVE: u64 = 128;

/// How long things may take, and how many connections there may be.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A request's head, from the connection's beginning or from its first byte.
    pub head: Duration,
    /// Waiting for the next kibibyte of a request's body, or for room to write one of an answer.
    pub stall: Duration,
    /// Waiting for the next request.
    pub idle: Duration,
    /// Serving on after the server was asked to stop, while `/readyz` says so: a proxy that leads requests here learns
    /// of it.
    pub notice: Duration,
    /// The rest of a body after the server was asked to stop.
    pub last_body: Duration,
    /// Requests under way after the server was asked to stop.
    pub drain: Duration,
    /// How many connections there may be; more are closed at once.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // If the system doesn't tell, its usual limit.
        let files = rlimit::Resource::NOFILE.get_soft().unwrap_or(1_024);
        let connections = files.saturating_sub(RESERVE.min(files / 2)).min(MOST);
        Self {
            head: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            idle: Duration::from_secs(60),
            notice: Duration::ZERO,
            last_body: Duration::from_secs(1),
            drain: Duration::from_secs(10),
            connections: usize::try_from(connections).unwrap_or(usize::MAX),
        }
    }
}
