//! Where sessions live: the database, so that they survive restarts and deployments.
//!
//! Saving only ever updates. A slow request that loaded its session before a logout must not bring it back to life by
//! saving it afterwards; a ready-made store that inserts or updates would. A row is found by the digest of the id that
//! the cookie says.

use super::{digest::SessionDigest, visitor::LOGIN_KEY};
use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, Value};
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

/// A session ends after this many days without a visit.
const DAYS: i64 = 31;

/// When a session ends.
pub fn expiry() -> Expiry {
    Expiry::OnInactivity(time::Duration::days(DAYS))
}

/// How many ids are tried for a new session; each is 128 random bits, so the second is hardly ever needed.
const TRIES: usize = 8;

/// The sessions in the database.
#[derive(Clone, Debug)]
pub struct DatabaseStore {
    db: DatabaseConnection,
}

impl DatabaseStore {
    /// The sessions in `db`.
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    fn statement<const N: usize>(&self, sql: &str, values: [Value; N]) -> Statement {
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }

    /// The columns of a record: its digest, whose it is, its content and when it ends.
    fn columns(record: &Record) -> Result<(String, Option<i64>, String, i64)> {
        let content = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        let user = record
            .data
            .get(LOGIN_KEY)
            .and_then(|data| data.get("user_id")?.as_i64());
        Ok((
            SessionDigest::of(&record.id).to_string(),
            user,
            content,
            record.expiry_date.unix_timestamp(),
        ))
    }
}

#[async_trait]
impl SessionStore for DatabaseStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        for _ in 0..TRIES {
            let (id, user, content, expires_at) = Self::columns(record)?;
            let insert = self.statement(
                "INSERT INTO sessions (id, user_id, record, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
                [id.into(), user.into(), content.into(), expires_at.into()],
            );
            if self.db.execute_raw(insert).await.map_err(failed)?.rows_affected() == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session id was found".to_owned()))
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let (id, user, content, expires_at) = Self::columns(record)?;
        let update = self.statement(
            "UPDATE sessions SET user_id = $2, record = $3, expires_at = $4 WHERE id = $1",
            [id.into(), user.into(), content.into(), expires_at.into()],
        );
        // Who is logged in is written by `create`; what is saved later are copies. Were that an error, an answer that
        // a choice is stored would become one that it isn't.
        if let Err(error) = self.db.execute_raw(update).await {
            tracing::warn!(%error, "a session could not be saved; what it keeps a copy of is in the user's row");
        }
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let select = self.statement(
            "SELECT record, expires_at FROM sessions WHERE id = $1 AND expires_at > $2",
            [
                SessionDigest::of(id).to_string().into(),
                OffsetDateTime::now_utc().unix_timestamp().into(),
            ],
        );
        let Some(row) = self.db.query_one_raw(select).await.map_err(failed)? else {
            return Ok(None);
        };
        let content: String = row.try_get("", "record").map_err(failed)?;
        let expires_at: i64 = row.try_get("", "expires_at").map_err(failed)?;
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_str(&content).map_err(|error| Error::Decode(error.to_string()))?,
            expiry_date: OffsetDateTime::from_unix_timestamp(expires_at)
                .map_err(|error| Error::Decode(error.to_string()))?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let delete = self.statement(
            "DELETE FROM sessions WHERE id = $1",
            [SessionDigest::of(id).to_string().into()],
        );
        self.db.execute_raw(delete).await.map_err(failed)?;
        Ok(())
    }
}

/// Removes the sessions that have ended.
///
/// # Errors
/// The database failed; nothing was removed.
pub async fn delete_expired(db: &DatabaseConnection) -> std::result::Result<(), DbErr> {
    let delete = Statement::from_sql_and_values(
        db.get_database_backend(),
        "DELETE FROM sessions WHERE expires_at <= $1",
        [OffsetDateTime::now_utc().unix_timestamp().into()],
    );
    db.execute_raw(delete).await?;
    Ok(())
}

fn failed(error: DbErr) -> Error {
    Error::Backend(error.to_string())
}
