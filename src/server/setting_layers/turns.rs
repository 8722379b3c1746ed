//! Reading a user's settings waits for what that user's windows sent before: a page that is loaded right after a click
//! shows the choice, not the value of a moment ago.

use std::time::Duration;
use tokio::sync::{RwLock, RwLockReadGuard};

/// How many users can write and read at once without ever meeting another; more share a place.
const PLACES: usize = 1024;

/// How long a reader waits for writes that don't end. After that it reads what there is.
const PATIENCE: Duration = Duration::from_millis(250);

/// The writes under way. Those of one user don't wait for each other, and readers hold nobody up.
pub struct Turns(Vec<RwLock<()>>);

impl Default for Turns {
    fn default() -> Self {
        Self((0..PLACES).map(|_| RwLock::default()).collect())
    }
}

impl Turns {
    /// A write of this user is under way until the guard that is given back is dropped.
    pub async fn write(&self, user: i64) -> RwLockReadGuard<'_, ()> {
        // Shared: the exclusive side of the lock belongs to the reader, which has to wait for all.
        self.place(user).read().await
    }

    /// Waits for the writes of this user that began before.
    pub async fn wait(&self, user: i64) {
        // Late is better than not at all.
        drop(tokio::time::timeout(PATIENCE, self.place(user).write()).await);
    }

    fn place(&self, user: i64) -> &RwLock<()> {
        &self.0[user.unsigned_abs() as usize % PLACES]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_waits_for_the_writes_before_it() {
        let turns = std::sync::Arc::new(Turns::default());
        let (first, second) = (turns.write(1).await, turns.write(1).await);
        let mut reader = tokio::spawn({
            let turns = turns.clone();
            async move { turns.wait(1).await }
        });
        turns.wait(2).await;
        drop(first);
        tokio::select! {
            biased;
            _ = &mut reader => panic!("one write was still under way"),
            () = tokio::task::yield_now() => {}
        }
        drop(second);
        reader.await.unwrap();
    }
}
