//! A probe that counts what the server does.

use control_maniac::server::probe::Probe;
use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// Counts queries, and the requests that are at work.
#[derive(Debug, Default)]
pub struct Counts {
    queries: AtomicU64,
    /// How many requests of an account are at work, and how many there were at most.
    at_work: Mutex<HashMap<i64, (usize, usize)>>,
}

impl Counts {
    /// How many queries were run for requests so far.
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    /// How many requests of an account are at work.
    pub fn at_work(&self, account: i64) -> usize {
        self.of(account).0
    }

    /// How many requests of an account were at work at once, at most.
    pub fn most_at_work(&self, account: i64) -> usize {
        self.of(account).1
    }

    fn of(&self, account: i64) -> (usize, usize) {
        self.at_work.lock().unwrap().get(&account).copied().unwrap_or_default()
    }
}

impl Probe for Counts {
    fn queried(&self) {
        self.queries.fetch_add(1, Ordering::Relaxed);
    }

    fn began(&self, account: i64) {
        let mut all = self.at_work.lock().unwrap();
        let (now, most) = all.entry(account).or_default();
        *now += 1;
        *most = (*most).max(*now);
    }

    fn ended(&self, account: i64) {
        let mut all = self.at_work.lock().unwrap();
        all.entry(account).or_default().0 -= 1;
    }
}
