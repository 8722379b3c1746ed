//! The queue for hashing passwords: few are hashed at once, a limited number waits, and the rest is turned away.

use super::digest::Digest;
use parking_lot::Mutex;
use std::{collections::HashMap, sync::Arc};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many passwords each lane hashes at once; each hash takes 19 MiB.
const AT_ONCE: usize = 2;

/// How many wait in each lane.
pub const WAITING: usize = 64;

/// How many tries for one account may be in each lane, so that nobody can fill it with tries for one account.
const OF_ONE_ACCOUNT: usize = 16;

/// A queue before the hashing of passwords.
pub struct Lane {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    inside: Arc<Inside>,
}

/// How many of each account are in the lane.
#[derive(Default)]
struct Inside(Mutex<HashMap<Digest, usize>>);

/// The right to hash one password now, until it is dropped.
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: Place,
}

/// The lane is full at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// A place in the lane, waiting or at work.
struct Place {
    inside: Arc<Inside>,
    account: Digest,
    _place: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.inside.0.lock();
        if let Some(count) = inside.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                inside.remove(&self.account);
            }
        }
    }
}

impl Default for Lane {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            inside: Arc::default(),
        }
    }
}

impl Lane {
    /// Waits for a turn to hash a password that was typed for `account`.
    ///
    /// # Errors
    /// Too many wait already.
    pub async fn turn(&self, account: Digest) -> Result<Turn, Full> {
        let place = self.place(account)?;
        // The semaphore is never closed.
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Full)?;
        Ok(Turn {
            _turn: turn,
            _place: place,
        })
    }

    fn place(&self, account: Digest) -> Result<Place, Full> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| Full)?;
        let mut inside = self.inside.0.lock();
        let count = inside.entry(account).or_default();
        if *count >= OF_ONE_ACCOUNT {
            return Err(Full);
        }
        *count += 1;
        Ok(Place {
            inside: self.inside.clone(),
            account,
            _place: place,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        future::Future,
        pin::Pin,
        task::{Context, Poll, Waker},
    };

    type Waiting<'a> = Pin<Box<dyn Future<Output = Result<Turn, Full>> + 'a>>;

    fn look(waiting: &mut Waiting<'_>) -> Poll<Result<Turn, Full>> {
        waiting.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    fn begin<'a>(lane: &'a Lane, account: &str) -> (Poll<Result<Turn, Full>>, Waiting<'a>) {
        let mut waiting: Waiting<'a> = Box::pin(lane.turn(Digest::of(account)));
        (look(&mut waiting), waiting)
    }

    #[test]
    fn two_are_at_work_64_wait_and_more_are_turned_away() {
        let lane = Lane::default();
        let names: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        let mut all: Vec<_> = names.iter().map(|name| begin(&lane, name)).collect();
        let count = |wanted: fn(&Poll<Result<Turn, Full>>) -> bool| all.iter().filter(|(poll, _)| wanted(poll)).count();
        assert_eq!(count(|poll| matches!(poll, Poll::Ready(Ok(_)))), 2);
        assert_eq!(count(Poll::is_pending), WAITING);
        assert_eq!(count(|poll| matches!(poll, Poll::Ready(Err(Full)))), 34);
        // One has finished, and the one that has waited longest is next.
        all[0].0 = Poll::Pending;
        assert!(look(&mut all[2].1).is_ready());
        drop(all);
        assert_eq!(
            lane.places.available_permits(),
            AT_ONCE + WAITING,
            "whoever goes away leaves the lane"
        );
        assert!(lane.inside.0.lock().is_empty());
    }

    #[test]
    fn one_account_does_not_fill_the_lane() {
        let lane = Lane::default();
        let own: Vec<_> = (0..100).map(|_| begin(&lane, "eve")).collect();
        let is_full = |(poll, _): &&(_, _)| matches!(poll, Poll::Ready(Err(Full)));
        assert_eq!(own.iter().filter(is_full).count(), 100 - OF_ONE_ACCOUNT);
        assert!(begin(&lane, "ada").0.is_pending(), "others wait their turn");
    }
}
