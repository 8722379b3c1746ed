//! Whether the server can serve: monitoring from outside asks this (`health.rs`).

use super::{config::StartError, schema, standing::Standing};
use sea_orm::DatabaseConnection;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

/// How long the database may take to answer before it counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// For how long an answer of the database counts: no matter who asks, and how often, it is asked no more often than
/// that.
const FRESH: Duration = Duration::from_secs(1);

/// Why a server can't serve now; as a text, the one word that everybody gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// It was asked to stop.
    #[error("stopping")]
    Stopping,
    /// The database doesn't answer, or not in time.
    #[error("database")]
    Database,
    /// The database lacks a step that this program needs.
    #[error("migrations")]
    Migrations,
    /// A newer program has taken the database further than this one can follow.
    #[error("version")]
    Version,
}

/// Knows whether the server can serve.
#[derive(Default)]
pub struct Readiness {
    is_stopping: AtomicBool,
    seen: Mutex<Option<(Instant, Result<(), NotReady>)>>,
}

impl Readiness {
    /// The server was asked to stop, and says so from now on.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::SeqCst);
    }

    /// Whether it can serve from `db` now.
    ///
    /// # Errors
    /// Why it can't.
    pub async fn check(&self, db: &DatabaseConnection, standing: &Standing) -> Result<(), NotReady> {
        if self.is_stopping.load(Ordering::SeqCst) {
            return Err(NotReady::Stopping);
        }
        // Everyone who asks at the same time waits for the same answer.
        let mut seen = self.seen.lock().await;
        if let Some((at, outcome)) = *seen
            && at.elapsed() < FRESH
        {
            return outcome;
        }
        let outcome = look(db, standing).await;
        let before = seen.replace((Instant::now(), outcome)).map(|(_, outcome)| outcome);
        match outcome {
            Err(reason) if before != Some(outcome) => tracing::warn!(%reason, "the server is not ready to serve"),
            Ok(()) if before.is_some_and(|before| before.is_err()) => {
                tracing::warn!("the server is ready to serve again")
            }
            _ => {}
        }
        outcome
    }
}

/// Whether this program can serve the database as it is now. Further conditions would be checked here.
async fn look(db: &DatabaseConnection, standing: &Standing) -> Result<(), NotReady> {
    let look = async {
        match standing.check(db).await {
            Ok(()) => {}
            Err(StartError::Version(_)) => return Err(NotReady::Version),
            Err(_) => return Err(NotReady::Database),
        }
        match schema::is_current(db).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(NotReady::Migrations),
            Err(_) => Err(NotReady::Database),
        }
    };
    timeout(PATIENCE, look).await.unwrap_or(Err(NotReady::Database))
}
