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
    studio_clock::{self, Reading},
    time_zone::TimeZone,
};
use crate::{live::pause::Pause, settings::SETTINGS, sticky::Stamped};
use sea_orm::{
    DbBackend, DbErr,
    sqlx::{self, ConnectOptions, Connection, SqliteConnection, postgres::PgListener},
};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, oneshot};

/// What the triggers notify.
const CHANNEL: &str = "control_maniac";

/// How often SQLite is asked whether something was written; the answer costs some microseconds.
const LOOK: Duration = Duration::from_millis(100);

/// How often everything is looked at again, whatever was said.
const HEAL: Duration = Duration::from_secs(5);

/// How long the rows are left alone after they were read.
const REST: Duration = Duration::from_millis(500);

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

/// What open windows rest on, whoever they are of.
#[derive(PartialEq)]
struct Known {
    age: Age,
    zone: TimeZone,
    clock: Reading,
}

impl Known {
    /// Whether the studio's clock shows what it did: the day, and how far it is from UTC.
    fn is_of_this_day(&self, state: &AppState) -> bool {
        self.clock == state.calendar.reading(self.zone)
    }
}

/// Reads again what open windows rest on, and tells them where something is newer, or a day has begun.
async fn read_again(state: &AppState, known: &mut Option<Known>) -> Result<(), DbErr> {
    let age = epoch::settle(state).await?;
    let zone = studio_clock::time_zone(&state.unasked).await?;
    let clock = state.calendar.reading(zone);
    // Before windows are told, but where it can't be written they are told all the same.
    let kept = studio_clock::keep_right(&state.unasked, zone, clock).await;
    let read = Known { age, zone, clock };
    if known.as_ref() != Some(&read) {
        state.events.tell(Change::Everyone);
        *known = Some(read);
    }
    let mut users = state.settings_cache.users();
    users.extend(state.events.followers());
    users.sort_unstable();
    users.dedup();
    rows::compare(state, &users).await?;
    kept
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
    let mut known: Option<Known> = None;
    loop {
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
    let doubt = Notify::new();
    // Beside each other: what is notified must not wait for what is read.
    tokio::select! {
        outcome = hear(state, &mut listener, &doubt) => outcome,
        error = heal(state, known, &doubt) => Err(error),
    }
}

/// Takes what the triggers say until the connection is lost: the next LISTEN is followed by reading everything again.
async fn hear(state: &AppState, listener: &mut PgListener, doubt: &Notify) -> Result<(), DbErr> {
    // The epoch of what is notified: that comes in the order in which it was committed, and so do new epochs.
    let mut epoch = state.epochs.newest().epoch;
    while let Some(notification) = listener.try_recv().await.map_err(failed)? {
        notified(state, notification.payload(), &mut epoch, doubt);
    }
    Ok(())
}

/// Reads everything again now and then, and soon where there is doubt, until something fails.
async fn heal(state: &AppState, mut known: Option<Known>, doubt: &Notify) -> DbErr {
    loop {
        // In time or before is the same.
        drop(tokio::time::timeout(HEAL, doubt.notified()).await);
        if let Err(error) = read_again(state, &mut known).await {
            return error;
        }
        tokio::time::sleep(REST).await;
    }
}

/// Takes what a trigger said.
fn notified(state: &AppState, text: &str, epoch: &mut String, doubt: &Notify) {
    let mut words = text.splitn(5, ' ');
    match words.next() {
        Some("setting") => {
            let user = words.next().and_then(|word| word.parse().ok());
            let key = words.next();
            let revision = words.next().and_then(|word| word.parse().ok());
            if let (Some(user), Some(key), Some(revision), Some(value)) = (user, key, revision, words.next()) {
                let value = value.to_owned();
                take(state, epoch, user, key, Stamped { value, revision }, doubt);
            }
        }
        Some("session") => {
            if let Some(digest) = words.next().and_then(|word| word.parse().ok()) {
                state.events.tell(Change::Session(digest));
            }
        }
        word => {
            if let (Some("epoch"), Some(new)) = (word, words.next()) {
                new.clone_into(epoch);
            }
            state.events.tell(Change::Everyone);
            doubt.notify_one();
        }
    }
}

/// Gives the cache what was written in `epoch`, and tells the user's windows if that is news.
fn take(state: &AppState, epoch: &str, user: i64, key: &str, stamped: Stamped<String>, doubt: &Notify) {
    let Some(known) = SETTINGS.iter().find(|known| known.key == key) else {
        return;
    };
    match state.settings_cache.get(epoch, user, known.key) {
        // A write that was overtaken, or one to a row that went back: the rows tell.
        Some(cached) if cached.is_newer_than(&stamped) => doubt.notify_one(),
        Some(cached) if cached.revision == stamped.revision => {}
        _ => {
            state.settings_cache.put(epoch, user, known.key, stamped);
            state.events.tell(Change::User(user));
        }
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into()))
}
