//! As of when it is proved that the settings cache holds what the rows hold.
//!
//! Whoever watches the database notes the moment, then makes sure that the cache has all that was committed before it, and
//! says so. If the watcher is stuck, or what it hears of the database is cut off, the proof grows old, and the rows are
//! read instead of the cache.

use crate::server::clock::Clock;
use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// How old a setting may be that the cache gives out: what was committed longer ago is in it.
pub const BOUND: Duration = Duration::from_secs(5);

/// The moment before which everything that was committed is in the cache, if that is known.
pub struct Freshness {
    clock: Arc<dyn Clock>,
    proved_as_of: Mutex<Option<Instant>>,
}

impl Freshness {
    /// Nothing is proved yet; its time is told by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            proved_as_of: Mutex::default(),
        }
    }

    /// The moment it is now, to be noted before the database is looked at.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Everything that was committed before `moment` is in the cache.
    pub fn prove(&self, moment: Instant) {
        *self.proved_as_of.lock() = Some(moment);
    }

    /// What changes in the database is not heard at the moment.
    pub fn doubt(&self) {
        *self.proved_as_of.lock() = None;
    }

    /// Whether what is read from the cache from now on is no older than [`BOUND`].
    pub fn is_proved(&self) -> bool {
        let proved_as_of = *self.proved_as_of.lock();
        proved_as_of.is_some_and(|moment| self.now().saturating_duration_since(moment) < BOUND)
    }
}
