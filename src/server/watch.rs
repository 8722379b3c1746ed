//! Notices what other programs and other nodes change in the database, so that open windows and the settings cache follow,
//! and proves it: what was committed before the moment of the last proof is in the cache (`setting_layers/freshness.rs`).
//!
//! What is read again and older than what is known proves that the database has gone back (`server/epoch.rs`).

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

/// Watches the database until `stop` is told or dropped; then nothing of it is held any more. What fails is logged and
/// tried again. `ready` is told once nothing is missed any more, or can't be helped.
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
