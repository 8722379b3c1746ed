//! The layers of a sticky setting on the server, and the order in which they are read and written.
//!
//! Read: the cache, healed by the session's stamp, which came along with the login; where the cache knows nothing,
//! the user's row. Of what is found the highest revision counts. Written: the row first, whose commit is the
//! acknowledgement; then the cache, then the session. If the session fails nothing is lost: cache and row are newer.

pub mod cache;

use super::{state::AppState, visitor::Visitor};
use crate::{
    error::AppError,
    person::Person,
    settings::{KnownSetting, SETTINGS, Settings},
    sticky::Stamped,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use tower_sessions::Session;

/// Where a session keeps its copy of the settings.
const SESSION_KEY: &str = "settings";

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
                let row = in_row.as_mut().and_then(|rows| rows.remove(known.key));
                row.unwrap_or_else(|| Stamped {
                    value: (known.default_text)(),
                    revision: 0,
                })
            }
        };
        if let Some(copy) = in_session.values.get(known.key)
            && copy.is_newer_than(&newest)
        {
            newest = copy.clone();
        }
        state.settings_cache.put(user, known.key, newest.clone());
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
        messages.push(format!(
            "Your {} “{}” is no longer among those you may choose. You see “{}” now.",
            known.name.to_lowercase(),
            value.value,
            (known.label)(&text, &visitor.person),
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

/// Stores the setting `key` of `visitor` and gives back the value as the database stamped it.
///
/// # Errors
/// No such setting, or no such value among those this person may have: nothing is stored. The database failed: then
/// the old value holds.
pub async fn store(visitor: &Arc<Visitor>, key: &str, value: &str) -> Result<Stamped<String>, AppError> {
    let known = KnownSetting::with_key(key)?;
    let text = (known.check)(value, &visitor.person)?;
    let visitor = visitor.clone();
    // In a task of its own: a browser that goes away ends the request, and must not end it between row and cache.
    let storing = tokio::spawn(async move {
        let Visitor {
            state,
            account,
            session,
            ..
        } = &*visitor;
        let revision = write_row(&state.db, account.id, known.key, &text).await?;
        let stamped = Stamped { value: text, revision };
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

/// Gives the cache and the session what the row holds. If the session can't keep it nothing is lost.
async fn keep(state: &AppState, user: i64, known: &'static KnownSetting, stamped: &Stamped<String>, session: &Session) {
    state.settings_cache.put(user, known.key, stamped.clone());
    if let Err(error) = write_session(session, user, known.key, stamped.clone()).await {
        tracing::warn!(%error, "the session could not keep a setting; the user's row has it");
    }
}

/// Sets the user's row; its revision is counted by the statement itself, so that no two writes ever share one.
async fn write_row(db: &DatabaseConnection, user: i64, key: &str, text: &str) -> Result<i64, DbErr> {
    let upsert = Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO settings (user_id, key, value, revision) VALUES ($1, $2, $3, 1)
         ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value, revision = settings.revision + 1
         RETURNING revision",
        [user.into(), key.into(), text.into()],
    );
    // All rows are read, though there is one: SQLite commits when the last was read, and only then says if it could.
    let rows = db.query_all_raw(upsert).await?;
    rows.first()
        .ok_or_else(|| DbErr::RecordNotFound("the upsert gave no revision".to_owned()))?
        .try_get("", "revision")
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
        None => Ok(rows(db, user).await?.remove(known.key).unwrap_or(Stamped {
            value: text,
            revision: 0,
        })),
    }
}

async fn rows(db: &DatabaseConnection, user: i64) -> Result<HashMap<String, Stamped<String>>, DbErr> {
    let select = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT key, value, revision FROM settings WHERE user_id = $1",
        [user.into()],
    );
    db.query_all_raw(select)
        .await?
        .into_iter()
        .map(|row| {
            let stamped = Stamped {
                value: row.try_get("", "value")?,
                revision: row.try_get("", "revision")?,
            };
            Ok((row.try_get("", "key")?, stamped))
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
    copy.values.insert(key.to_owned(), stamped);
    session.insert(SESSION_KEY, copy).await?;
    session.save().await
}
