//! Notices changes that other programs and other nodes make in the database, so that open windows and the settings
//! cache follow, and proves it: everything that was committed before the moment of the last proof is in the cache
//! (`setting_layers/freshness.rs`).
//!
//! A value that is read again and is older than the known one proves that the database has gone back
//! (`server/epoch.rs`).

mod postgres;
mod reading;
mod sqlite;

use super::{app_state::AppState, logged::Logged};
use crate::pause::Pause;
use reading::tell;
use sea_orm::DbBackend;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How long to wait before a database that can't be watched is tried again, at first and at most.
const FIRST_TRY: Duration = Duration::from_millis(250);
const LAST_TRY: Duration = Duration::from_secs(2);

/// Watches the database until `stop` is sent or dropped; then it has released every connection. A failure is logged,
/// and watching is tried again. `ready` is sent once no change can be missed, or once waiting longer is pointless.
pub async fn watch(state: AppState, ready: oneshot::Sender<()>, mut stop: oneshot::Receiver<()>) {
    let mut ready = Some(ready);
    let mut pause = Pause::between(FIRST_TRY, LAST_TRY);
    loop {
        let begun = Instant::now();
        let outcome = match state.db.backend() {
            DbBackend::Postgres => postgres::listen(&state, &mut ready, &mut stop).await,
            _ => sqlite::look(&state, &mut ready, &mut stop).await,
        };
        let Err(error) = outcome else {
            return;
        };
        // Nobody notices now what is written.
        state.settings_cache.doubt();
        tell(&mut ready);
        tracing::warn!(error = %Logged(&error), "the database can't be watched at the moment; it is tried again");
        if begun.elapsed() > LAST_TRY {
            pause.reset();
        }
        if tokio::time::timeout(pause.grow(), &mut stop).await.is_ok() {
            return;
        }
    }
}
