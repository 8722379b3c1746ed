//! What time it is, by the calendar and for what a test must be able to hold still.
//!
//! Whoever starts a server or a command makes the one clock and hands it in, so a test can use one that stands still. The
//! date, the time of day and what rests on either come from it alone. Two others ask the machine: a migration that was
//! published before, and what names a file that a restore sets aside (`backup/files.rs`). How long something took or may
//! take, as a connection's limits, is measured by `Instant`, which never goes back and knows no date. The cookie's age
//! tower-sessions counts by itself.

use chrono::{DateTime, Utc};
use std::{fmt::Debug, time::Instant};

/// Tells the time.
pub trait Clock: Debug + Send + Sync {
    /// The time by which those waits and ages are measured that last longer than a test; it never goes back.
    fn now(&self) -> Instant;

    /// The time by the calendar.
    fn wall(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the machine's clock")]
    fn wall(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
