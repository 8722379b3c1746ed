//! Where sessions live: the database, so that they survive restarts and deployments. A row is found by the digest of
//! the id in the cookie.
//!
//! A session is begun and ended at once, and both are waited for; so is the copy that a choice writes into it, as part
//! of the choice's own transaction. At the end of an answer the session's layer saves only the day on which the session
//! was last seen, and its new end: that is written in a task of its own, and no page waits for it. Every change to an
//! existing session reads its row under a lock and only ever updates it: so nobody's change gets lost, and a slow
//! request that loaded its session before a logout can't bring it back to life.

use super::{
    clock::Clock,
    database_error::WriteError,
    db::{self, Database},
    digest::SessionDigest,
    logged::Logged,
    login_record::LoginRecord,
    sql::sql,
};
use crate::error::AppError;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, FromQueryResult};
use serde_json::Value;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// The key under which a session notes the day on which it was last seen.
pub const SEEN_KEY: &str = "seen";

/// A session ends after this many days without a visit.
const DAYS: i64 = 31;

/// When a session ends.
pub fn expiry() -> Expiry {
    Expiry::OnInactivity(time::Duration::days(DAYS))
}

/// The data of a session, by key.
pub type Data = HashMap<String, Value>;

const SELECT: &str = "SELECT record FROM sessions WHERE id = $1";

/// How many ids are tried for a new session; each is 128 random bits, so the second is hardly ever needed.
const TRIES: usize = 8;

/// How many sessions are asked about at once.
const AT_ONCE: usize = 500;

/// The sessions in the database.
#[derive(Clone, Debug)]
pub struct DatabaseStore {
    db: Database,
    /// By which sessions end.
    clock: Arc<dyn Clock>,
}

#[derive(FromQueryResult)]
struct SessionRow {
    record: String,
    expires_at: i64,
}

impl DatabaseStore {
    /// The sessions in `db`, which end by `clock`.
    pub fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// When a session ends that is visited now. tower-sessions asks the machine, so what its records say is not taken.
    fn end_of_visit_now(&self) -> DateTime<Utc> {
        self.clock.wall() + TimeDelta::days(DAYS)
    }

    /// Notes the day on which the session of `record` was seen, and moves its end away from now, unless that was done on
    /// that day.
    ///
    /// # Errors
    /// The database failed.
    pub async fn prolong(&self, record: &Record) -> std::result::Result<(), WriteError> {
        let Some(seen) = record.data.get(SEEN_KEY) else {
            return Ok(());
        };
        // Checked first: if there is nothing to do, there should be no write.
        if data(SELECT, self.db.reader(), &record.id)
            .await?
            .is_none_or(|data| data.get(SEEN_KEY) == Some(seen))
        {
            return Ok(());
        }
        let transaction = self.db.begin_writing().await?;
        let ends_at = self.end_of_visit_now().timestamp();
        let note = |data: &mut Data| data.insert(SEEN_KEY.to_owned(), seen.clone()).as_ref() != Some(seen);
        match change(&transaction, &record.id, note, Some(ends_at)).await? {
            true => db::commit(transaction).await,
            false => Ok(transaction.rollback().await?),
        }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database failed: the session goes on, or nobody knows.
    pub async fn end(&self, id: &Id) -> std::result::Result<(), WriteError> {
        let transaction = self.db.begin_writing().await?;
        sql("DELETE FROM sessions WHERE id = $1")
            .bind(SessionDigest::of(id).to_string())
            .run(&transaction)
            .await?;
        db::commit(transaction).await
    }
}

#[async_trait]
impl SessionStore for DatabaseStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let user = LoginRecord::of(&record.data).and_then(|login| login.user());
        let ends_at = self.end_of_visit_now().timestamp();
        for _ in 0..TRIES {
            let insert = sql(
                "INSERT INTO sessions (id, user_id, record, expires_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (id) DO NOTHING",
            )
            .bind(SessionDigest::of(&record.id).to_string())
            .bind(user)
            .bind(text(&record.data)?)
            .bind(ends_at);
            if insert.run(self.db.writer()).await.map_err(failed)? == 1 {
                record.expiry_date = moment(ends_at)?;
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session id was found".to_owned()))
    }

    /// Notes the day and the end in a task of its own; a failure is logged, and the next visit tries again.
    async fn save(&self, record: &Record) -> Result<()> {
        let (store, record) = (self.clone(), record.clone());
        tokio::spawn(async move {
            if let Err(error) = store.prolong(&record).await {
                tracing::warn!(error = %Logged(error.cause()), "a session could not be prolonged; the next visit tries again");
            }
        });
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = sql("SELECT record, expires_at FROM sessions WHERE id = $1 AND expires_at > $2")
            .bind(SessionDigest::of(id).to_string())
            .bind(self.clock.wall().timestamp())
            .one::<SessionRow>(self.db.reader())
            .await
            .map_err(failed)?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(Record {
            id: *id,
            // serde's message quotes the record.
            data: serde_json::from_str(&row.record).map_err(|_| Error::Decode("the record is none".to_owned()))?,
            expiry_date: moment(row.expires_at)?,
        }))
    }

    /// Ends the session in a task of its own; a failure is logged. A caller that has to know that it has ended calls
    /// [`DatabaseStore::end`] first. That leaves this for sessions that no longer count, since their password was
    /// changed, and for new ones that were never stored: a page finds them, and must not wait.
    async fn delete(&self, id: &Id) -> Result<()> {
        let (store, id) = (self.clone(), *id);
        tokio::spawn(async move {
            if let Err(error) = store.end(&id).await {
                tracing::warn!(error = %Logged(error.cause()), "a session that doesn't count any more could not be removed");
            }
        });
        Ok(())
    }
}

/// Changes the data of a session, within `transaction` and under its row's lock, and its end, if another one is given;
/// says whether there was something to change. Nothing happens if the session is over, or `change` says that it has
/// changed nothing.
///
/// # Errors
/// The database failed.
pub async fn change(
    transaction: &DatabaseTransaction,
    id: &Id,
    change: impl FnOnce(&mut Data) -> bool,
    ends_at: Option<i64>,
) -> std::result::Result<bool, DbErr> {
    // A writer to SQLite has locked all of it.
    let select = match transaction.get_database_backend() {
        DbBackend::Postgres => "SELECT record FROM sessions WHERE id = $1 FOR UPDATE",
        _ => SELECT,
    };
    let Some(mut data) = data(select, transaction, id).await? else {
        return Ok(false);
    };
    if !change(&mut data) {
        return Ok(false);
    }
    let record = serde_json::to_string(&data).map_err(|error| DbErr::Json(error.to_string()))?;
    let updated = sql("UPDATE sessions SET record = $2, expires_at = COALESCE($3, expires_at) WHERE id = $1")
        .bind(SessionDigest::of(id).to_string())
        .bind(record)
        .bind(ends_at)
        .run(transaction)
        .await?;
    Ok(updated > 0)
}

/// The data of a session, by `select`; nothing if it is over, or can't be read.
async fn data(select: &'static str, db: &impl ConnectionTrait, id: &Id) -> std::result::Result<Option<Data>, DbErr> {
    let record: Option<String> = sql(select).bind(SessionDigest::of(id).to_string()).value(db).await?;
    Ok(record.and_then(|record| serde_json::from_str(&record).ok()))
}

/// Removes the sessions that have ended before `now`.
///
/// # Errors
/// The database failed; nothing was removed.
pub async fn delete_expired(db: &DatabaseConnection, now: DateTime<Utc>) -> std::result::Result<(), DbErr> {
    sql("DELETE FROM sessions WHERE expires_at <= $1")
        .bind(now.timestamp())
        .run(db)
        .await?;
    Ok(())
}

/// Those of `sessions` that are over: they were ended, or were unused for too long.
///
/// # Errors
/// The database failed.
pub async fn ended(
    db: &DatabaseConnection,
    sessions: &HashSet<SessionDigest>,
    now: DateTime<Utc>,
) -> std::result::Result<Vec<SessionDigest>, DbErr> {
    let sessions: Vec<SessionDigest> = sessions.iter().copied().collect();
    let mut ended = Vec::new();
    for sessions in sessions.chunks(AT_ONCE) {
        let places: Vec<String> = (2..).take(sessions.len()).map(|place| format!("${place}")).collect();
        let select = format!(
            "SELECT id FROM sessions WHERE expires_at > $1 AND id IN ({})",
            places.join(", ")
        );
        let select = sql(select).bind(now.timestamp());
        let select = sessions
            .iter()
            .fold(select, |select, session| select.bind(session.to_string()));
        let alive: HashSet<String> = select.values(db).await?.into_iter().collect();
        ended.extend(sessions.iter().filter(|session| !alive.contains(&session.to_string())));
    }
    Ok(ended)
}

fn moment(seconds: i64) -> Result<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| Error::Decode(error.to_string()))
}

fn text(data: &Data) -> Result<String> {
    serde_json::to_string(data).map_err(|error| Error::Encode(error.to_string()))
}

/// What is the matter, for the log: the trait's errors carry no more than a text.
fn failed(error: DbErr) -> Error {
    Error::Backend(AppError::from(error).message.to_string())
}
