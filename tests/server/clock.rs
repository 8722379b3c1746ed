//! A clock that moves only when a test moves it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use control_maniac::server::clock::Clock;
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// A clock that stands still.
#[derive(Debug)]
pub struct HeldClock(Mutex<(Instant, DateTime<Utc>)>);

impl HeldClock {
    /// A clock that stands at `wall`.
    pub fn at(wall: DateTime<Utc>) -> Arc<Self> {
        Arc::new(Self(Mutex::new((Instant::now(), wall))))
    }

    /// Moves it forward.
    pub fn advance(&self, by: Duration) {
        let mut held = self.0.lock().unwrap();
        held.0 += by;
        held.1 += TimeDelta::from_std(by).unwrap();
    }
}

impl Clock for HeldClock {
    fn now(&self) -> Instant {
        self.0.lock().unwrap().0
    }

    fn wall(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().1
    }
}

/// A clock on which it is always noon of one day. Waits are measured as usual.
#[derive(Clone, Copy, Debug)]
pub struct NoonOf(pub NaiveDate);

impl NoonOf {
    /// Noon of that day, in UTC.
    pub fn wall(self) -> DateTime<Utc> {
        self.0.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12)
    }
}

impl Clock for NoonOf {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wall(&self) -> DateTime<Utc> {
        (*self).wall()
    }
}
