//! The layers of a sticky setting on the server, and the order in which they are read and written.
//!
//! Read: the cache, healed by the session's stamp, which came along with the login; where the cache knows nothing,
//! the user's row. Of what is found the highest revision counts. Written: the row first, whose commit is the
//! acknowledgement; then the cache, then the session; then the user's open windows are told. If the session fails nothing is lost:
//! cache and row are newer.

pub mod cache;
pub mod turns;

use super::{
    events::Change,
    mutation::{Mutation, stumble},
    state::AppState,
    visitor::Visitor,
};
use crate::{
    error::AppError,
    person::Person,
    settings::{KnownSetting, SETTINGS, Settings, withdrawn},
    sticky::{Stamped, api::Writer},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use tower_sessions::Session;

/// Where a session keeps its copy of the settings.
const SESSION_KEY: &str = "settings";

/// How much a row remembers of requests that count no more, in characters: the last dozens.
const LONGEST_VOID: usize = 2_000;

/// A session's copy. It names its user, so that nobody inherits another person's choice.
#[derive(Clone, Serialize, Deserialize)]
struct SessionCopy {
    user: i64,
    values: HashMap<String, Stamped<String>>,
}

/// A stored value that may not stand any more: its division was archived, deleted or withdrawn.
#[derive(Clone)]
pub struct Withdrawn {
    known: &'static KnownSetting,
    value: Stamped<String>,
}

/// A person's settings as they hold now, each checked: the default where the stored value may not stand any more.
/// Those are given as well; nothing is written here, [`mend`] does that where it can be told.
///
/// # Errors
/// The database failed.
pub async fn resolve(
    state: &AppState,
    user: i64,
    person: &Person,
    session: &Session,
) -> Result<(Settings, Vec<Withdrawn>), AppError> {
    let in_session = session_copy(session, user).await;
    let mut in_row = None;
    let mut settings = Settings::default();
    let mut withdrawn = Vec::new();
    for known in &SETTINGS {
        let mut newest = match state.settings_cache.get(user, known.key) {
            Some(cached) => cached,
            None => {
                if in_row.is_none() {
                    in_row = Some(rows(&state.db, user).await?);
                }
                let in_row = in_row.as_mut().and_then(|rows| rows.remove(known.key));
                in_row.unwrap_or_else(|| Stamped {
                    value: (known.default_text)(),
                    revision: 0,
                })
            }
        };
        let copy = in_session.values.get(known.key);
        let is_healed = copy.is_some_and(|copy| copy.is_newer_than(&newest));
        if let Some(copy) = copy.filter(|_| is_healed) {
            newest = copy.clone();
        }
        state.settings_cache.put(user, known.key, newest.clone());
        if is_healed {
            // Another node stored it, and what that notifies is no news to this cache any more.
            state.events.tell(Change::User(user));
        }
        let text = (known.check)(&newest.value, person).unwrap_or_else(|_| {
            withdrawn.push(Withdrawn {
                known,
                value: newest.clone(),
            });
            (known.default_text)()
        });
        settings.0.insert(
            known.key.to_owned(),
            Stamped {
                value: text,
                revision: newest.revision,
            },
        );
    }
    Ok((settings, withdrawn))
}

/// Replaces what may not stand any more by the default, in every layer, and says so in words.
///
/// # Errors
/// The database failed; the stored values are as they were.
pub async fn mend(visitor: &Visitor) -> Result<(Settings, Vec<String>), AppError> {
    let mut settings = visitor.settings.clone();
    let mut messages = Vec::new();
    for Withdrawn { known, value } in &visitor.withdrawn {
        let stamped = mend_row(&visitor.state.db, visitor.account.id, known, value.revision).await?;
        keep(&visitor.state, visitor.account.id, known, &stamped, &visitor.session).await;
        // Chosen meanwhile in another window, and perhaps as little allowed: then the next page mends that.
        let text = (known.check)(&stamped.value, &visitor.person).unwrap_or_else(|_| (known.default_text)());
        messages.push(withdrawn(
            known.name,
            &value.value,
            &(known.label)(&text, &visitor.person),
        ));
        settings.0.insert(
            known.key.to_owned(),
            Stamped {
                value: text,
                revision: stamped.revision,
            },
        );
    }
    Ok((settings, messages))
}

/// Stores the setting `key` of `visitor` and gives back the value as the database stamped it; what is stored already
/// where `writer`'s window has said that this request counts no more.
///
/// # Errors
/// No such setting, or no such value among those this person may have: nothing is stored. The database failed: then
/// the old value holds.
pub async fn store(
    visitor: &Arc<Visitor>,
    key: &str,
    value: &str,
    writer: Writer,
) -> Result<Stamped<String>, AppError> {
    let known = KnownSetting::with_key(key)?;
    let text = (known.check)(value, &visitor.person)?;
    writer.check()?;
    let visitor = visitor.clone();
    // In a task of its own: a browser that goes away ends the request, and must not end it between row and cache.
    let storing = tokio::spawn(async move {
        let Visitor {
            state,
            account,
            session,
            ..
        } = &*visitor;
        let _turn = state.turns.write(account.id).await;
        let stamped = match write_row(&state.db, account.id, known.key, &text, &writer).await? {
            Some(revision) => Stamped { value: text, revision },
            None => row(&state.db, account.id, known).await?,
        };
        keep(state, account.id, known, &stamped, session).await;
        Ok::<_, DbErr>(stamped)
    });
    match storing.await {
        Ok(stored) => Ok(stored?),
        Err(error) => {
            tracing::error!(%error, "storing a setting was cut short");
            Err(AppError::internal())
        }
    }
}

/// Gives the cache and the session what the row holds, and tells whoever follows this user. If the session can't keep
/// it nothing is lost.
async fn keep(state: &AppState, user: i64, known: &'static KnownSetting, stamped: &Stamped<String>, session: &Session) {
    stumble().await;
    state.settings_cache.put(user, known.key, stamped.clone());
    if let Err(error) = write_session(session, user, known.key, stamped.clone()).await {
        tracing::warn!(%error, "the session could not keep a setting; the user's row has it");
    }
    state.events.tell(Change::User(user));
}

/// Sets the user's row; its revision is counted by the statement itself, so that no two writes ever share one. `None`
/// where the writer's window has declared this request void by a later one; the row itself knows that, so it holds
/// however the two overtake each other.
async fn write_row(
    db: &DatabaseConnection,
    user: i64,
    key: &str,
    text: &str,
    writer: &Writer,
) -> Result<Option<i64>, DbErr> {
    let upsert = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!(
            "INSERT INTO settings (user_id, key, value, revision, void) VALUES ($1, $2, $3, 1, $4)
             ON CONFLICT (user_id, key) DO UPDATE SET
                 value = excluded.value, revision = settings.revision + 1,
                 void = CASE WHEN length(settings.void) > {LONGEST_VOID}
                             THEN substr(settings.void, length(settings.void) - {LONGEST_VOID}) ELSE settings.void END
                        || excluded.void
             WHERE settings.void NOT LIKE $5
             RETURNING revision"
        ),
        [
            user.into(),
            key.into(),
            text.into(),
            writer.voids().into(),
            format!("%{}%", writer.name(writer.sequence)).into(),
        ],
    );
    // All rows are read, though there is one: SQLite commits when the last was read, and only then says if it could.
    let rows = db.query_all_raw(upsert).await?;
    rows.first().map(|row| row.try_get("", "revision")).transpose()
}

/// Sets the user's row to the default, unless something newer than `revision` was chosen: then that is given back.
async fn mend_row(
    db: &DatabaseConnection,
    user: i64,
    known: &KnownSetting,
    revision: i64,
) -> Result<Stamped<String>, DbErr> {
    let text = (known.default_text)();
    let update = Statement::from_sql_and_values(
        db.get_database_backend(),
        "UPDATE settings SET value = $3, revision = revision + 1
         WHERE user_id = $1 AND key = $2 AND revision = $4 RETURNING revision",
        [user.into(), known.key.into(), text.clone().into(), revision.into()],
    );
    match db.query_all_raw(update).await?.first() {
        Some(row) => Ok(Stamped {
            value: text,
            revision: row.try_get("", "revision")?,
        }),
        None => row(db, user, known).await,
    }
}

/// What the user's row holds.
async fn row(db: &DatabaseConnection, user: i64, known: &KnownSetting) -> Result<Stamped<String>, DbErr> {
    let mut rows = rows(db, user).await?;
    Ok(rows.remove(known.key).unwrap_or_else(|| Stamped {
        value: (known.default_text)(),
        revision: 0,
    }))
}

async fn rows(db: &DatabaseConnection, user: i64) -> Result<HashMap<String, Stamped<String>>, DbErr> {
    let rows = rows_of(db, &[user]).await?;
    Ok(rows.into_iter().map(|(_, key, stamped)| (key, stamped)).collect())
}

/// What the rows of several users hold: the user, the key and the value.
///
/// # Errors
/// The database failed.
pub async fn rows_of(db: &DatabaseConnection, users: &[i64]) -> Result<Vec<(i64, String, Stamped<String>)>, DbErr> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = users.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT user_id, key, value, revision FROM settings WHERE user_id IN ({})",
        ids.join(", ")
    );
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    rows.iter()
        .map(|row| {
            let stamped = Stamped {
                value: row.try_get("", "value")?,
                revision: row.try_get("", "revision")?,
            };
            Ok((row.try_get("", "user_id")?, row.try_get("", "key")?, stamped))
        })
        .collect()
}

/// The session's copy, empty where there is none of this user.
async fn session_copy(session: &Session, user: i64) -> SessionCopy {
    match session.get::<SessionCopy>(SESSION_KEY).await {
        Ok(Some(copy)) if copy.user == user => copy,
        _ => SessionCopy {
            user,
            values: HashMap::new(),
        },
    }
}

/// Saves at once, not when the answer leaves: whoever is told of the new value may ask for it with this session.
async fn write_session(
    session: &Session,
    user: i64,
    key: &str,
    stamped: Stamped<String>,
) -> Result<(), tower_sessions::session::Error> {
    let mut copy = session_copy(session, user).await;
    if copy.values.get(key).is_some_and(|known| known.is_newer_than(&stamped)) {
        return Ok(());
    }
    copy.values.insert(key.to_owned(), stamped);
    session.insert(SESSION_KEY, copy).await?;
    if Mutation::NoExplicitSave.is_on() {
        return Ok(());
    }
    session.save().await
}
