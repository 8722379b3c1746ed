//! What time it is for those who are made to wait.

use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// The system's clock, or one that only moves when it is told to.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    held: Option<Arc<Mutex<Instant>>>,
}

impl Clock {
    /// One that stands still.
    pub fn held() -> Self {
        Self {
            held: Some(Arc::new(Mutex::new(Instant::now()))),
        }
    }

    /// The time it shows.
    pub fn now(&self) -> Instant {
        self.held.as_ref().map_or_else(Instant::now, |held| *held.lock())
    }

    /// Moves a clock that stands still; the system's goes on as it does.
    pub fn advance(&self, by: Duration) {
        if let Some(held) = &self.held {
            *held.lock() += by;
        }
    }
}
