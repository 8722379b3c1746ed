//! What time it is: for those who are made to wait, and by the calendar.

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// The system's clock, or one that only moves when it is told to.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    held: Option<Arc<Mutex<Held>>>,
}

#[derive(Debug)]
struct Held {
    now: Instant,
    wall: DateTime<Utc>,
}

impl Clock {
    /// One that stands still.
    pub fn held() -> Self {
        Self::held_at(Utc::now())
    }

    /// One that stands still at `wall`.
    pub fn held_at(wall: DateTime<Utc>) -> Self {
        let now = Instant::now();
        Self {
            held: Some(Arc::new(Mutex::new(Held { now, wall }))),
        }
    }

    /// The time it shows.
    pub fn now(&self) -> Instant {
        self.held.as_ref().map_or_else(Instant::now, |held| held.lock().now)
    }

    /// The same as a clock on the wall shows it.
    pub fn wall(&self) -> DateTime<Utc> {
        self.held.as_ref().map_or_else(Utc::now, |held| held.lock().wall)
    }

    /// Moves a clock that stands still; the system's goes on as it does.
    pub fn advance(&self, by: Duration) {
        if let Some(held) = &self.held {
            let mut held = held.lock();
            held.now += by;
            held.wall += TimeDelta::from_std(by).unwrap_or(TimeDelta::MAX);
        }
    }
}
