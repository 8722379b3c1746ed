//! The layers of a sticky setting on the server, and the order in which they are read and written.
//!
//! Read: the cache, healed by the session's stamp, which came along with the login; where the cache knows nothing,
//! the user's row. Of what is found the highest revision counts. Written: the row first, whose commit is the
//! acknowledgement; then the cache, then the session; then the user's open windows are told. If the session fails nothing is lost:
//! cache and row are newer.
//!
//! All of it is of one epoch of the database (`server/epoch.rs`). A row that is older than what was remembered before it
//! was read, or a write that is given a revision that was given before, proves that the database has gone back.

pub mod cache;
pub mod rows;
pub mod turns;

use super::{
    accounts::Account,
    epoch,
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
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use tower_sessions::Session;

/// Where a session keeps its copy of the settings.
const SESSION_KEY: &str = "settings";

/// A session's copy. It names its user, so that nobody inherits another person's choice, and the database's epoch, in
/// which alone it counts.
#[derive(Clone, Serialize, Deserialize)]
struct SessionCopy {
    user: i64,
    #[serde(default)]
    epoch: String,
    values: HashMap<String, Stamped<String>>,
}

/// A stored value that may not stand any more: its division was archived, deleted or withdrawn.
#[derive(Clone)]
pub struct Withdrawn {
    known: &'static KnownSetting,
    value: Stamped<String>,
}

/// Where settings are read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the cache.
    Cache,
    /// In the user's rows, whatever the cache says: for whoever has to know.
    Rows,
}

/// A person's settings as they hold now, each checked: the default where the stored value may not stand any more.
/// Those are given as well; nothing is written here, [`mend`] does that where it can be told. `None` where the rows are
/// older than what is remembered: the database has gone back.
///
/// # Errors
/// The database failed.
pub async fn resolve(
    state: &AppState,
    account: &Account,
    person: &Person,
    session: &Session,
    source: Source,
) -> Result<Option<(Settings, Vec<Withdrawn>)>, AppError> {
    let (user, epoch) = (account.id, &*account.epoch);
    let cached = SETTINGS
        .each_ref()
        .map(|known| state.settings_cache.get(epoch, user, known.key));
    let mut in_session = session_copy(session, user, epoch).await;
    // After what is remembered: so rows that are older are a proof.
    let mut rows = match source == Source::Rows || cached.iter().any(Option::is_none) {
        true => Some(rows::all(&state.db, user).await?),
        false => None,
    };
    let mut settings = Settings::default();
    let mut withdrawn = Vec::new();
    for (known, cached) in SETTINGS.iter().zip(cached) {
        let copy = in_session.values.remove(known.key);
        let remembered = match (cached.clone(), copy) {
            (Some(cached), Some(copy)) if copy.is_newer_than(&cached) => Some(copy),
            (cached, copy) => cached.or(copy),
        };
        let row = rows
            .as_mut()
            .map(|rows| rows.remove(known.key).unwrap_or_else(|| rows::nothing_chosen(known)));
        let newest = match (row, remembered) {
            (Some(row), Some(remembered)) if remembered.is_newer_than(&row) => return Ok(None),
            (Some(row), _) => row,
            (None, remembered) => remembered.unwrap_or_else(|| rows::nothing_chosen(known)),
        };
        match source {
            Source::Cache => state.settings_cache.put(epoch, user, known.key, newest.clone()),
            Source::Rows => state.settings_cache.heal(epoch, user, known.key, newest.clone()),
        }
        if cached.is_some_and(|cached| newest.is_newer_than(&cached)) {
            // Another node stored it, and what that notifies is no news to this cache any more.
            state.events.tell(Change::User(user));
        }
        let text = (known.check_choice)(&newest.value, person).unwrap_or_else(|_| {
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
    Ok(Some((settings, withdrawn)))
}

/// Replaces what may not stand any more by the default, in every layer, and says so in words.
///
/// # Errors
/// The database failed; the stored values are as they were.
pub async fn mend(visitor: &Visitor) -> Result<(Settings, Vec<String>), AppError> {
    let mut settings = visitor.settings.clone();
    let mut messages = Vec::new();
    for Withdrawn { known, value } in &visitor.withdrawn {
        let (state, account) = (&visitor.state, &visitor.account);
        let stamped = rows::mend(&state.db, account.id, known, value.revision).await?;
        let epoch = epoch_after(state, account, value.is_newer_than(&stamped)).await;
        keep(state, account.id, &epoch, known, &stamped, &visitor.session).await;
        // Chosen meanwhile in another window, and perhaps as little allowed: then the next page mends that.
        let text = (known.check_choice)(&stamped.value, &visitor.person).unwrap_or_else(|_| (known.default_text)());
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

/// Stores the setting `key` of `visitor` and gives back the value as the database stamped it, and the epoch in which that
/// stamp counts; what is stored already where `writer`'s window has said that this request counts no more.
///
/// # Errors
/// No such setting, or no such value among those this person may have: nothing is stored. The database failed: then
/// the old value holds.
pub async fn store(
    visitor: &Arc<Visitor>,
    key: &str,
    value: &str,
    writer: Writer,
) -> Result<(Stamped<String>, String), AppError> {
    let known = KnownSetting::with_key(key)?;
    let text = (known.check_choice)(value, &visitor.person)?;
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
        let remembered = remembered(state, account, known, session).await;
        let (stamped, is_proof) = match rows::write(&state.db, account.id, known.key, &text, &writer).await? {
            Some(revision) => (Stamped { value: text, revision }, revision <= remembered),
            None => {
                let row = rows::one(&state.db, account.id, known).await?;
                let is_proof = row.revision < remembered;
                (row, is_proof)
            }
        };
        let epoch = epoch_after(state, account, is_proof).await;
        keep(state, account.id, &epoch, known, &stamped, session).await;
        Ok::<_, DbErr>((stamped, epoch))
    });
    match storing.await {
        Ok(stored) => Ok(stored?),
        Err(error) => {
            tracing::error!(%error, "storing a setting was cut short");
            Err(AppError::internal())
        }
    }
}

/// The highest revision of a setting that cache and session remember; 0 where they know nothing.
async fn remembered(state: &AppState, account: &Account, known: &KnownSetting, session: &Session) -> i64 {
    let cached = state.settings_cache.get(&account.epoch, account.id, known.key);
    let copy = session_copy(session, account.id, &account.epoch)
        .await
        .values
        .remove(known.key);
    let revisions = [cached, copy].into_iter().flatten().map(|stamped| stamped.revision);
    revisions.max().unwrap_or_default()
}

/// The epoch in which a row counts that `account` has written: another one where that write has proved that the database
/// has gone back.
async fn epoch_after(state: &AppState, account: &Account, is_proof: bool) -> String {
    if is_proof {
        match epoch::gone_back(state, &account.epoch).await {
            Ok(age) => return age.epoch,
            // What was written stands all the same; the next proof tries again.
            Err(error) => tracing::warn!(%error, "the database has gone back, and a new epoch could not be set"),
        }
    }
    account.epoch.clone()
}

/// Gives the cache and the session what the row holds, and tells whoever follows this user. If the session can't keep
/// it nothing is lost.
async fn keep(
    state: &AppState,
    user: i64,
    epoch: &str,
    known: &'static KnownSetting,
    stamped: &Stamped<String>,
    session: &Session,
) {
    stumble().await;
    state.settings_cache.put(epoch, user, known.key, stamped.clone());
    if let Err(error) = write_session(session, user, epoch, known.key, stamped.clone()).await {
        tracing::warn!(%error, "the session could not keep a setting; the user's row has it");
    }
    state.events.tell(Change::User(user));
}

/// The session's copy, empty where there is none of this user in this epoch.
async fn session_copy(session: &Session, user: i64, epoch: &str) -> SessionCopy {
    match session.get::<SessionCopy>(SESSION_KEY).await {
        Ok(Some(copy)) if copy.user == user && copy.epoch == epoch => copy,
        _ => SessionCopy {
            user,
            epoch: epoch.to_owned(),
            values: HashMap::new(),
        },
    }
}

/// Saves at once, not when the answer leaves: whoever is told of the new value may ask for it with this session.
async fn write_session(
    session: &Session,
    user: i64,
    epoch: &str,
    key: &str,
    stamped: Stamped<String>,
) -> Result<(), tower_sessions::session::Error> {
    let mut copy = session_copy(session, user, epoch).await;
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
