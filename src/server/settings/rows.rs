//! The rows of the settings, which are the authority: how they are written, read, and compared with what is remembered.

use crate::{
    server::{epoch, events::Change, state::AppState},
    settings::{KnownSetting, SETTINGS},
    sticky::{Stamped, api::Writer},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use std::collections::{HashMap, HashSet};

/// How much a row remembers of requests that count no more, in characters: the last dozens.
const LONGEST_VOID: usize = 2_000;

/// How many users' rows are read at once.
const USERS_AT_ONCE: usize = 500;

/// Sets the user's row; its revision is counted by the statement itself, so that no two writes ever share one. `None`
/// where the writer's window has declared this request void by a later one; the row itself knows that, so it holds
/// however the two overtake each other.
///
/// # Errors
/// The database failed; the row is as it was.
pub async fn write(
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
///
/// # Errors
/// The database failed; the row is as it was.
pub async fn mend(
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
        None => one(db, user, known).await,
    }
}

/// What the user's row holds.
///
/// # Errors
/// The database failed.
pub async fn one(db: &DatabaseConnection, user: i64, known: &KnownSetting) -> Result<Stamped<String>, DbErr> {
    let mut rows = all(db, user).await?;
    Ok(rows.remove(known.key).unwrap_or_else(|| nothing_chosen(known)))
}

/// What a row holds that isn't there.
pub fn nothing_chosen(known: &KnownSetting) -> Stamped<String> {
    Stamped {
        value: (known.default_text)(),
        revision: 0,
    }
}

/// What the user's rows hold, by key.
///
/// # Errors
/// The database failed.
pub async fn all(db: &DatabaseConnection, user: i64) -> Result<HashMap<String, Stamped<String>>, DbErr> {
    let select = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT key, value, revision FROM settings WHERE user_id = $1",
        [user.into()],
    );
    let rows = db.query_all_raw(select).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "key")?, stamped(row)?)))
        .collect()
}

fn stamped(row: &sea_orm::QueryResult) -> Result<Stamped<String>, DbErr> {
    Ok(Stamped {
        value: row.try_get("", "value")?,
        revision: row.try_get("", "revision")?,
    })
}

/// Reads the rows of `users` again: the cache takes what is newer, and their windows are told. A row that is older than
/// what the cache held before proves that the database has gone back.
///
/// # Errors
/// The database failed.
pub async fn compare(state: &AppState, users: &[i64]) -> Result<(), DbErr> {
    for users in users.chunks(USERS_AT_ONCE) {
        let epoch = state.epochs.newest().epoch;
        let cached = |user| {
            SETTINGS
                .each_ref()
                .map(|known| state.settings_cache.get(&epoch, user, known.key))
        };
        let before: Vec<_> = users.iter().map(|user| (*user, cached(*user))).collect();
        let (there, mut rows) = of_users(&state.unasked, users).await?;
        for (user, cached) in before {
            if !there.contains(&user) {
                state.settings_cache.forget(user);
                continue;
            }
            for (known, cached) in SETTINGS.iter().zip(cached) {
                let row = rows.remove(&(user, known.key.to_owned()));
                let row = row.unwrap_or_else(|| nothing_chosen(known));
                if cached.as_ref().is_some_and(|cached| cached.is_newer_than(&row)) {
                    epoch::gone_back(state, &epoch).await?;
                    return Ok(());
                }
                if cached.is_none_or(|cached| row.is_newer_than(&cached)) {
                    state.settings_cache.heal(&epoch, user, known.key, row);
                    state.events.tell(Change::User(user));
                }
            }
        }
    }
    Ok(())
}

/// Which of `users` there are, and what their rows hold, by user and key.
async fn of_users(
    db: &DatabaseConnection,
    users: &[i64],
) -> Result<(HashSet<i64>, HashMap<(i64, String), Stamped<String>>), DbErr> {
    let ids: Vec<String> = users.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT u.id, s.key, s.value, s.revision FROM users u LEFT JOIN settings s ON s.user_id = u.id
         WHERE u.id IN ({})",
        ids.join(", ")
    );
    let found = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let (mut there, mut rows) = (HashSet::new(), HashMap::new());
    for row in &found {
        let user = row.try_get("", "id")?;
        there.insert(user);
        if let Some(key) = row.try_get::<Option<String>>("", "key")? {
            rows.insert((user, key), stamped(row)?);
        }
    }
    Ok((there, rows))
}
