//! Notices what other programs and other nodes change in the database, so that open windows and the cache follow.
//!
//! Postgres notifies at commit (`migrations/m0002_live.rs`); nothing is replayed after a lost connection, so after each
//! new LISTEN everything is read again. SQLite tells by a number whether another connection has written. On both a look
//! now and then heals what got lost all the same. What is read again and older than what is known proves that the database
//! has gone back (`server/epoch.rs`).

use super::{
    epoch::{self, Age},
    events::Change,
    settings::rows,
    state::AppState,
};
use crate::{live::pause::Pause, settings::SETTINGS};
use sea_orm::{
    DbBackend, DbErr,
    sqlx::{self, ConnectOptions, Connection, SqliteConnection, postgres::PgListener},
};
use std::time::{Duration, Instant};
use tokio::{sync::oneshot, time::MissedTickBehavior};

/// What the triggers notify.
const CHANNEL: &str = "control_maniac";

/// How often SQLite is asked whether something was written; the answer costs some microseconds.
const LOOK: Duration = Duration::from_millis(100);

/// How often everything is looked at again, whatever was said.
const HEAL: Duration = Duration::from_secs(5);

/// How long to wait before a database that can't be watched is tried again, at first and at most.
const FIRST_TRY: Duration = Duration::from_millis(500);
const LAST_TRY: Duration = Duration::from_secs(10);

/// Watches the database until `stop` is told or dropped; then nothing of it is held any more. What fails is logged and
/// tried again. `ready` is told once nothing is missed any more, or can't be helped.
pub async fn watch(state: AppState, ready: oneshot::Sender<()>, mut stop: oneshot::Receiver<()>) {
    let mut ready = Some(ready);
    let mut pause = Pause::between(FIRST_TRY, LAST_TRY);
    loop {
        let begun = Instant::now();
        let outcome = match state.db.get_database_backend() {
            DbBackend::Postgres => tokio::select! {
                outcome = listen(&state, &mut ready) => outcome,
                _ = &mut stop => return,
            },
            _ => match look(&state, &mut ready, &mut stop).await {
                Ok(()) => return,
                outcome => outcome,
            },
        };
        tell(&mut ready);
        if let Err(error) = outcome {
            tracing::warn!(%error, "the database can't be watched at the moment; it is tried again");
        }
        if begun.elapsed() > LAST_TRY {
            pause.reset();
        }
        tokio::select! {
            () = tokio::time::sleep(pause.grow()) => {}
            _ = &mut stop => return,
        }
    }
}

/// Reads again what open windows rest on, and tells them where something is newer.
async fn read_again(state: &AppState, known: &mut Option<Age>) -> Result<(), DbErr> {
    let age = epoch::settle(state).await?;
    if known.as_ref() != Some(&age) {
        state.events.tell(Change::Everyone);
        *known = Some(age);
    }
    let mut users = state.settings_cache.users();
    users.extend(state.events.followers());
    users.sort_unstable();
    users.dedup();
    rows::compare(state, &users).await
}

/// Tells whoever waits, once.
fn tell(ready: &mut Option<oneshot::Sender<()>>) {
    if let Some(ready) = ready.take() {
        // Nobody waiting is as well.
        let _ = ready.send(());
    }
}

/// Looks until it fails or is told to stop; the connection is closed then, not only given up: SQLite takes its log away
/// with the last one that is.
async fn look(
    state: &AppState,
    ready: &mut Option<oneshot::Sender<()>>,
    stop: &mut oneshot::Receiver<()>,
) -> Result<(), DbErr> {
    // The number counts the writes of other connections than the one that asks, so this one does nothing else.
    let options = state.db.get_sqlite_connection_pool().connect_options();
    let mut connection = options.connect().await.map_err(failed)?;
    tell(ready);
    let outcome = tokio::select! {
        error = look_with(&mut connection, state) => Err(error),
        _ = stop => Ok(()),
    };
    connection.close().await.map_err(failed)?;
    outcome
}

/// Looks with `connection` until something fails.
async fn look_with(connection: &mut SqliteConnection, state: &AppState) -> DbErr {
    let mut seen = None;
    let mut known = None;
    loop {
        let version = sqlx::query_scalar::<_, i64>("PRAGMA data_version");
        let version = match version.fetch_one(&mut *connection).await {
            Ok(version) => version,
            Err(error) => return failed(error),
        };
        if seen.replace(version) != Some(version)
            && let Err(error) = read_again(state, &mut known).await
        {
            return error;
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn listen(state: &AppState, ready: &mut Option<oneshot::Sender<()>>) -> Result<(), DbErr> {
    let mut listener = PgListener::connect_with(state.db.get_postgres_connection_pool())
        .await
        .map_err(failed)?;
    listener.listen(CHANNEL).await.map_err(failed)?;
    // What was notified before is not heard any more.
    state.settings_cache.clear();
    let mut known = None;
    read_again(state, &mut known).await?;
    tell(ready);
    let mut heal = tokio::time::interval(HEAL);
    heal.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            said = listener.try_recv() => match said.map_err(failed)? {
                Some(notification) => notified(state, notification.payload(), &mut known).await?,
                // The connection was lost: the next LISTEN is followed by reading everything again.
                None => return Ok(()),
            },
            _ = heal.tick() => read_again(state, &mut known).await?,
        }
    }
}

/// Takes what a trigger said.
async fn notified(state: &AppState, text: &str, known: &mut Option<Age>) -> Result<(), DbErr> {
    let mut words = text.splitn(5, ' ');
    match words.next() {
        Some("setting") => {
            let user = words.next().and_then(|word| word.parse().ok());
            let key = words.next();
            let revision = words.next().and_then(|word| word.parse().ok());
            if let (Some(user), Some(key), Some(revision)) = (user, key, revision)
                && is_news(state, user, key, revision)
            {
                // The row itself: what was notified may be of a database that is no more.
                rows::compare(state, &[user]).await?;
            }
        }
        Some("session") => {
            if let Some(id) = words.next().and_then(|word| word.parse().ok()) {
                state.events.tell(Change::Session(id));
            }
        }
        _ => read_again(state, known).await?,
    }
    Ok(())
}

/// Whether a setting's revision is another one than is known of somebody who is known at all.
fn is_news(state: &AppState, user: i64, key: &str, revision: i64) -> bool {
    let Some(known) = SETTINGS.iter().find(|known| known.key == key) else {
        return false;
    };
    match state.settings_cache.get(&state.epochs.newest().epoch, user, known.key) {
        Some(cached) => cached.revision != revision,
        None => state.events.followers().contains(&user),
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into()))
}
