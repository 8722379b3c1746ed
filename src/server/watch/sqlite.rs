//! SQLite tells by a number whether another connection has written: it is asked often, and everything is read again
//! only when the number has changed. An unchanged number proves that nothing was written.

use super::reading::{Known, failed, read_again, tell};
use crate::server::app_state::AppState;
use sea_orm::{
    DbErr,
    sqlx::{self, ConnectOptions, Connection, SqliteConnection},
};
use std::time::Duration;
use tokio::{
    sync::oneshot,
    time::{MissedTickBehavior, interval},
};

/// How often SQLite is asked whether something was written; the answer costs some microseconds.
const LOOK: Duration = Duration::from_millis(100);

/// Looks until it fails or is asked to stop; the connection is closed then, not only given up: SQLite removes its log
/// when the last connection closes.
pub async fn look(
    state: &AppState,
    ready: &mut Option<oneshot::Sender<()>>,
    stop: &mut oneshot::Receiver<()>,
) -> Result<(), DbErr> {
    // The number counts the writes of other connections than the one that asks, so this one does nothing else.
    let options = state.db.reader().get_sqlite_connection_pool().connect_options();
    let mut connection = options.connect().await.map_err(failed)?;
    let outcome = tokio::select! {
        error = look_with(&mut connection, state, ready) => Err(error),
        _ = stop => Ok(()),
    };
    connection.close().await.map_err(failed)?;
    outcome
}

/// Looks with `connection` until something fails.
async fn look_with(
    connection: &mut SqliteConnection,
    state: &AppState,
    ready: &mut Option<oneshot::Sender<()>>,
) -> DbErr {
    let cache = &state.settings_cache;
    let mut seen = None;
    let mut known: Option<Known> = None;
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let moment = cache.now();
        #[expect(
            clippy::disallowed_methods,
            reason = "it tells what others wrote since the same connection asked last, so it needs one of its own"
        )]
        let version = sqlx::query_scalar::<_, i64>("PRAGMA data_version");
        let version = match version.fetch_one(&mut *connection).await {
            Ok(version) => version,
            Err(error) => return failed(error),
        };
        let is_another_day = known.as_ref().is_some_and(|known| !known.is_of_this_day(state));
        if (seen.replace(version) != Some(version) || is_another_day)
            && let Err(error) = read_again(state, &mut known).await
        {
            return error;
        }
        cache.prove(moment);
        tell(ready);
    }
}
