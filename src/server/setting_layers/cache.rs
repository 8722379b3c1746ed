//! The first layer: a user's choices, in the memory of this process. A hit costs no query.

use super::freshness::Freshness;
use crate::{
    server::{clock::Clock, mutation::Mutation},
    sticky::Stamped,
};
use parking_lot::RwLock;
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

/// How long an entry may be used after it was put.
const TIME_TO_LIVE: Duration = Duration::from_secs(31 * 24 * 60 * 60);

/// How many entries are kept; beyond it the oldest eighth goes.
const CAPACITY: usize = 100_000;

/// Settings by user and key, of one epoch of the database. Within it the cache never goes back to an older revision.
pub struct SettingsCache {
    kept: RwLock<Kept>,
    /// As of when it is current; whoever gives out what it holds asks that first.
    freshness: Freshness,
    time_to_live: Duration,
    capacity: usize,
}

#[derive(Default)]
struct Kept {
    epoch: String,
    entries: HashMap<(i64, &'static str), Entry>,
}

struct Entry {
    stamped: Stamped<String>,
    put_at: Instant,
}

impl SettingsCache {
    /// An empty one, whose time is told by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self::with_bounds(clock, TIME_TO_LIVE, CAPACITY)
    }

    /// One with bounds of its own.
    pub fn with_bounds(clock: Arc<dyn Clock>, time_to_live: Duration, capacity: usize) -> Self {
        Self {
            kept: RwLock::default(),
            freshness: Freshness::new(clock),
            time_to_live,
            capacity: capacity.max(1),
        }
    }

    /// The moment it is now, which whoever watches the database notes before looking at it: [`SettingsCache::prove`].
    pub fn now(&self) -> Instant {
        self.freshness.now()
    }

    /// Everything that was committed before `moment` is in here.
    pub fn prove(&self, moment: Instant) {
        self.freshness.prove(moment);
    }

    /// What changes in the database is not heard at the moment: until the next proof the rows are read instead.
    pub fn doubt(&self) {
        self.freshness.doubt();
    }

    /// Whether what is read from here from now on is no older than [`BOUND`](super::freshness::BOUND).
    pub fn is_proved(&self) -> bool {
        self.freshness.is_proved()
    }

    /// The known value of a user's setting in `epoch`, unless it has been here too long.
    pub fn get(&self, epoch: &str, user: i64, key: &'static str) -> Option<Stamped<String>> {
        let kept = self.kept.read();
        let entry = kept.entries.get(&(user, key)).filter(|_| kept.epoch == epoch)?;
        self.is_live(entry).then(|| entry.stamped.clone())
    }

    /// Keeps `stamped`, unless something newer is known or `epoch` is over.
    pub fn put(&self, epoch: &str, user: i64, key: &'static str, stamped: Stamped<String>) {
        if self
            .get(epoch, user, key)
            .is_some_and(|known| !replaces(&stamped, &known))
        {
            return;
        }
        let mut kept = self.kept.write();
        if kept.epoch != epoch {
            return;
        }
        let entries = &mut kept.entries;
        // Checked again: another request may have put something newer between the two locks.
        let known = entries.get(&(user, key)).map(|known| &known.stamped);
        if known.is_some_and(|known| known.is_newer_than(&stamped) && !replaces(&stamped, known)) {
            return;
        }
        entries.insert(
            (user, key),
            Entry {
                stamped,
                put_at: self.now(),
            },
        );
        if entries.len() > self.capacity {
            drop_oldest(entries, self.capacity / 8 + 1);
        }
    }

    /// Keeps the value of a row that was read in order to check the cache. A cache in which the oldest may win is not
    /// mended by it: a fault that was made on purpose has to stay until it is noticed.
    pub fn heal(&self, epoch: &str, user: i64, key: &'static str, row: Stamped<String>) {
        if !Mutation::OldestMayWin.is_on() {
            self.put(epoch, user, key, row);
        }
    }

    /// Begins anew in `epoch`; nothing of another epoch is accepted from now on.
    pub fn enter(&self, epoch: &str) {
        let mut kept = self.kept.write();
        kept.entries.clear();
        epoch.clone_into(&mut kept.epoch);
    }

    /// Drops everything known about a user who no longer exists.
    pub fn forget(&self, user: i64) {
        self.kept.write().entries.retain(|(whose, _), _| *whose != user);
    }

    /// The users about whom something is known.
    pub fn users(&self) -> Vec<i64> {
        let mut users: Vec<i64> = self.kept.read().entries.keys().map(|(user, _)| *user).collect();
        users.sort_unstable();
        users.dedup();
        users
    }

    /// Drops the entries that have been here too long.
    pub fn sweep(&self) {
        self.kept.write().entries.retain(|_, entry| self.is_live(entry));
    }

    fn is_live(&self, entry: &Entry) -> bool {
        self.now().saturating_duration_since(entry.put_at) < self.time_to_live
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.kept.read().entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether `stamped` replaces `known`: the newest wins.
fn replaces(stamped: &Stamped<String>, known: &Stamped<String>) -> bool {
    stamped.is_newer_than(known) || Mutation::OldestMayWin.is_on()
}

fn drop_oldest(entries: &mut HashMap<(i64, &'static str), Entry>, count: usize) {
    let mut times: Vec<Instant> = entries.values().map(|entry| entry.put_at).collect();
    let count = count.min(times.len());
    if count == 0 {
        return;
    }
    let (_, limit, _) = times.select_nth_unstable(count - 1);
    let limit = *limit;
    let mut left = count;
    entries.retain(|_, entry| {
        let goes = left > 0 && entry.put_at <= limit;
        left -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::clock::SystemClock;

    fn cache() -> SettingsCache {
        SettingsCache::new(Arc::new(SystemClock))
    }

    fn stamped(value: &str, revision: i64) -> Stamped<String> {
        Stamped {
            value: value.to_owned(),
            revision,
        }
    }

    #[test]
    fn the_newest_revision_wins_in_any_order() {
        let cache = cache();
        cache.put("", 1, "division", stamped("web", 2));
        cache.put("", 1, "division", stamped("all", 1));
        assert_eq!(cache.get("", 1, "division"), Some(stamped("web", 2)));
        cache.put("", 1, "division", stamped("mobile", 3));
        assert_eq!(cache.get("", 1, "division"), Some(stamped("mobile", 3)));
        assert_eq!(cache.get("", 2, "division"), None);
    }

    #[test]
    fn nothing_is_kept_over_a_change_of_epoch() {
        let cache = cache();
        cache.enter("a");
        cache.put("a", 1, "division", stamped("web", 7));
        cache.enter("b");
        cache.put("a", 1, "division", stamped("web", 8));
        assert_eq!(cache.get("b", 1, "division"), None);
        cache.put("b", 1, "division", stamped("web", 2));
        assert_eq!(cache.get("b", 1, "division"), Some(stamped("web", 2)));
    }

    #[test]
    fn nothing_is_used_longer_than_its_time() {
        let cache = SettingsCache::with_bounds(Arc::new(SystemClock), Duration::ZERO, 10);
        cache.put("", 1, "division", stamped("web", 2));
        assert_eq!(cache.get("", 1, "division"), None);
        cache.sweep();
        assert!(cache.is_empty());
    }

    #[test]
    fn it_stays_within_its_bounds_and_keeps_what_is_new() {
        let cache = SettingsCache::with_bounds(Arc::new(SystemClock), TIME_TO_LIVE, 64);
        for user in 0..1_000 {
            cache.put("", user, "division", stamped("web", 1));
            assert!(cache.len() <= 64);
        }
        assert!(cache.get("", 999, "division").is_some());
        assert!(cache.get("", 0, "division").is_none());
    }
}
