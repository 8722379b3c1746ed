//! What time it is, by the calendar and for what a test must be able to hold still.
//!
//! Only this file asks the machine. A server is started with a clock, so a test can use one that stands still.

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
