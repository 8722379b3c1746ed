//! Fairness: however much one person asks for at once, the others notice nothing.
//!
//! A few requests of each person are at work, some more wait for their turn, and the rest is refused. They are counted
//! twice: by session, before the session costs a query, and by account, which may have many sessions.

pub mod layers;

use super::probe::{AtWork, Probe};
use parking_lot::Mutex;
use std::{collections::HashMap, hash::Hash, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tower_sessions::session::Id;

/// How many requests of one person are at work at once.
pub const AT_WORK: usize = 8;

/// How many views are rendered for one person at once: rendering occupies a whole processor, which others need as well.
const RENDERINGS: usize = 1;

/// How many of them are kept for requests that change something: a choice doesn't wait behind the figures of other
/// windows.
const CHANGES: usize = 2;

/// How many more of each kind wait for their turn.
const WAITING: usize = 34;

/// How long they wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// Knows who is how busy.
pub struct Fairness {
    sessions: Arc<Gate<(Id, bool)>>,
    accounts: Arc<Gate<(i64, bool)>>,
    renderings: Mutex<HashMap<i64, Arc<Semaphore>>>,
    probe: Option<Arc<dyn Probe>>,
}

impl Fairness {
    /// Nobody is at work; `probe` hears of everyone who is.
    pub fn new(probe: Option<Arc<dyn Probe>>) -> Self {
        Self {
            sessions: Arc::default(),
            accounts: Arc::default(),
            renderings: Mutex::default(),
            probe,
        }
    }

    /// Waits until nothing else is rendered for this account. The turn lasts until the permit is dropped.
    pub async fn rendering(&self, account: i64) -> Option<OwnedSemaphorePermit> {
        let turns = {
            let mut all = self.renderings.lock();
            all.retain(|_, turns| Arc::strong_count(turns) > 1);
            all.entry(account)
                .or_insert_with(|| Arc::new(Semaphore::new(RENDERINGS)))
                .clone()
        };
        // The semaphore is never closed.
        turns.acquire_owned().await.ok()
    }

    fn observe(&self, account: i64) -> Option<AtWork> {
        self.probe.clone().map(|probe| AtWork::begin(account, probe))
    }
}

/// Lets in a limited number of requests for each key.
struct Gate<K>(Mutex<HashMap<K, Here>>);

/// The requests of one key.
struct Here {
    /// How many there are, at work or waiting.
    count: usize,
    turns: Arc<Semaphore>,
}

impl<K> Default for Gate<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// A request at work. When it is dropped, the next one has its turn.
struct Turn<K: Copy + Eq + Hash> {
    /// Dropped first: the next one begins only then.
    _observed: Option<AtWork>,
    _permit: OwnedSemaphorePermit,
    _place: Place<K>,
}

/// A request that is counted, at work or waiting.
struct Place<K: Copy + Eq + Hash> {
    gate: Arc<Gate<K>>,
    key: K,
}

impl<K: Copy + Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut all = self.gate.0.lock();
        if let Some(here) = all.get_mut(&self.key) {
            here.count -= 1;
            if here.count == 0 {
                all.remove(&self.key);
            }
        }
    }
}

/// How many requests may be at work: of those that change something, or of those that only read.
fn at_once(is_change: bool) -> usize {
    if is_change { CHANGES } else { AT_WORK - CHANGES }
}

impl<K: Copy + Eq + Hash> Gate<(K, bool)> {
    /// Waits for a turn; `None` if too many wait already, or if it takes too long.
    async fn enter(
        self: &Arc<Self>,
        key: (K, bool),
        observe: impl FnOnce() -> Option<AtWork>,
    ) -> Option<Turn<(K, bool)>> {
        let (place, turns) = {
            let mut all = self.0.lock();
            let here = all.entry(key).or_insert_with(|| Here {
                count: 0,
                turns: Arc::new(Semaphore::new(at_once(key.1))),
            });
            if here.count >= at_once(key.1) + WAITING {
                return None;
            }
            here.count += 1;
            let gate = self.clone();
            (Place { gate, key }, here.turns.clone())
        };
        let permit = timeout(PATIENCE, turns.acquire_owned()).await.ok()?.ok()?;
        Some(Turn {
            _observed: observe(),
            _permit: permit,
            _place: place,
        })
    }
}
