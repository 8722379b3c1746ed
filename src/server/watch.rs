//! Notices what other programs and other nodes change in the database, so that open windows and the cache follow.
//!
//! Postgres notifies at commit (`migrations/m0002_live.rs`); nothing is replayed after a lost connection, so after each
//! new LISTEN everything is read again. SQLite tells by a number whether another connection has written. On both a look
//! now and then heals what got lost all the same.

use super::{events::Change, settings, state::AppState};
use crate::{settings::SETTINGS, sticky::Stamped};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement,
    sqlx::{self, ConnectOptions, postgres::PgListener},
};
use std::time::Duration;
use tokio::sync::oneshot;

/// What the triggers notify.
const CHANNEL: &str = "control_maniac";

/// How often SQLite is asked whether something was written; the answer costs some microseconds.
const LOOK: Duration = Duration::from_millis(100);

/// After how long without a word everything is looked at again.
const HEAL: Duration = Duration::from_secs(5);

/// Watches the database until the server stops. What fails is logged and tried again. `ready` is told once nothing is
/// missed any more, or can't be helped.
pub async fn watch(state: AppState, ready: oneshot::Sender<()>) {
    let mut ready = Some(ready);
    loop {
        let outcome = match state.db.get_database_backend() {
            DbBackend::Postgres => listen(&state, &mut ready).await,
            _ => look(&state, &mut ready).await,
        };
        tell(&mut ready);
        if let Err(error) = outcome {
            tracing::warn!(%error, "the database can't be watched at the moment; it is tried again");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// What is counted of everyone's concerns.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Counters {
    rights: i64,
    data: i64,
}

async fn counters(db: &DatabaseConnection) -> Result<Counters, DbErr> {
    let select = Statement::from_string(
        db.get_database_backend(),
        "SELECT r.revision AS rights, d.revision AS data FROM rights_revision r CROSS JOIN data_revision d",
    );
    let rows = db.query_all_raw(select).await?;
    let row = rows
        .first()
        .ok_or_else(|| DbErr::RecordNotFound("the counters of changes".to_owned()))?;
    Ok(Counters {
        rights: row.try_get("", "rights")?,
        data: row.try_get("", "data")?,
    })
}

/// Reads again what open windows rest on, and tells them where something is newer.
async fn read_again(state: &AppState, known: &mut Option<Counters>) -> Result<(), DbErr> {
    let counters = counters(&state.unasked).await?;
    if known.replace(counters).is_some_and(|known| known != counters) {
        state.events.tell(Change::Everyone);
    }
    for (user, key, stamped) in settings::rows_of(&state.unasked, &state.events.followers()).await? {
        take(state, user, &key, stamped);
    }
    Ok(())
}

/// Gives the cache what the row holds, and tells the user's windows if that is news.
fn take(state: &AppState, user: i64, key: &str, stamped: Stamped<String>) {
    let Some(known) = SETTINGS.iter().find(|known| known.key == key) else {
        return;
    };
    let is_news = state
        .settings_cache
        .get(user, known.key)
        .is_none_or(|cached| stamped.is_newer_than(&cached));
    if is_news {
        state.settings_cache.put(user, known.key, stamped);
        state.events.tell(Change::User(user));
    }
}

/// Tells whoever waits, once.
fn tell(ready: &mut Option<oneshot::Sender<()>>) {
    if let Some(ready) = ready.take() {
        // Nobody waiting is as well.
        let _ = ready.send(());
    }
}

async fn look(state: &AppState, ready: &mut Option<oneshot::Sender<()>>) -> Result<(), DbErr> {
    // The number counts the writes of other connections than the one that asks, so this one does nothing else.
    let options = state.db.get_sqlite_connection_pool().connect_options();
    let mut connection = options.connect().await.map_err(failed)?;
    tell(ready);
    let mut seen = None;
    let mut counted = None;
    loop {
        let version: i64 = sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
        if seen.replace(version) != Some(version) {
            read_again(state, &mut counted).await?;
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
    state.events.tell(Change::Everyone);
    tell(ready);
    let mut counted = None;
    loop {
        match tokio::time::timeout(HEAL, listener.try_recv()).await {
            Ok(Ok(Some(notification))) => notified(state, notification.payload()),
            // The connection was lost: the next LISTEN is followed by reading everything again.
            Ok(Ok(None)) => return Ok(()),
            Ok(Err(error)) => return Err(failed(error)),
            Err(_) => read_again(state, &mut counted).await?,
        }
    }
}

/// Takes what a trigger said.
fn notified(state: &AppState, text: &str) {
    let mut words = text.splitn(5, ' ');
    match words.next() {
        Some("setting") => {
            let user = words.next().and_then(|word| word.parse().ok());
            let key = words.next();
            let revision = words.next().and_then(|word| word.parse().ok());
            if let (Some(user), Some(key), Some(revision), Some(value)) = (user, key, revision, words.next()) {
                let value = value.to_owned();
                take(state, user, key, Stamped { value, revision });
            }
        }
        Some("session") => {
            if let Some(digest) = words.next().and_then(|word| word.parse().ok()) {
                state.events.tell(Change::Session(digest));
            }
        }
        _ => state.events.tell(Change::Everyone),
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into()))
}
