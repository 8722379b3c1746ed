//! Up to when it is proved that the settings cache agrees with the rows.
//!
//! The watcher of the database notes the moment, then makes sure that the cache has everything that was committed
//! before it, and says so. If the watcher is stuck, or is cut off from the database, the proof grows old, and the rows
//! are read instead of the cache.

use crate::server::clock::Clock;
use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// How old a setting from the cache may be: everything that was committed longer ago is in it.
pub const BOUND: Duration = Duration::from_secs(5);

/// The moment before which everything that was committed is in the cache, if that is known.
pub struct Freshness {
    clock: Arc<dyn Clock>,
    proved_as_of: Mutex<Option<Instant>>,
}

impl Freshness {
    /// Nothing is proved yet; it takes the time from `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            proved_as_of: Mutex::default(),
        }
    }

    /// The moment it is now, to be noted before the database is read.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Everything that was committed before `moment` is in the cache.
    pub fn prove(&self, moment: Instant) {
        *self.proved_as_of.lock() = Some(moment);
    }

    /// Changes in the database are not heard at the moment.
    pub fn doubt(&self) {
        *self.proved_as_of.lock() = None;
    }

    /// Whether values read from the cache from now on are no older than [`BOUND`].
    pub fn is_proved(&self) -> bool {
        let proved_as_of = *self.proved_as_of.lock();
        proved_as_of.is_some_and(|moment| self.now().saturating_duration_since(moment) < BOUND)
    }
}
