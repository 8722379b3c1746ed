//! The rows of the settings, which are the authority: how they are written and read.

use crate::{error::AppError, messages, server::sql::sql, settings::KnownSetting, sticky::Stamped};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use std::collections::{HashMap, HashSet};

/// How much a row remembers about requests that no longer count, in characters: the last dozens.
const LONGEST_VOID: usize = 2_000;

/// This many requests before the one named in [`Writer::void_through`] are remembered: there are never more unanswered
/// ones, since a window has one under way at a time.
const VOID_AT_ONCE: i64 = 8;

/// Which of a window's requests writes, so that the row can tell a late one from the last. The default is one that no
/// other could declare void.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    window: String,
    sequence: i64,
    void_through: i64,
}

impl Writer {
    /// The request number `sequence`, from 1, of a window that gave itself a name. The window's requests up to
    /// `void_through` are to be ignored if they still arrive.
    ///
    /// # Errors
    /// The window's name is not a valid one.
    pub fn new(window: String, sequence: i64, void_through: i64) -> Result<Self, AppError> {
        let is_of_a_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        if window.len() > 64 || !window.chars().all(is_of_a_name) {
            return Err(AppError::invalid("window", messages::error::window_name()));
        }
        Ok(Self {
            window,
            sequence,
            void_through,
        })
    }

    /// The name in a row of this window's request number `sequence`.
    fn name(&self, sequence: i64) -> String {
        format!("|{}.{sequence}|", self.window)
    }

    /// The names in a row of the requests that no longer count.
    fn voids(&self) -> String {
        let last = self.void_through.min(self.sequence);
        let first = last.saturating_sub(VOID_AT_ONCE - 1).max(1);
        (first..=last).map(|sequence| self.name(sequence)).collect()
    }
}

/// Sets the user's row; its revision is counted by the statement itself, so that no two writes ever share one. `None`
/// if the writer's window has declared this request void by a later one; the row itself knows that, so it holds in
/// whichever order the two arrive.
///
/// # Errors
/// The database failed; the row is as it was.
pub async fn write(
    db: &impl ConnectionTrait,
    user: i64,
    key: &str,
    text: &str,
    writer: &Writer,
) -> Result<Option<i64>, DbErr> {
    let revisions = sql(format!(
        "INSERT INTO settings (user_id, key, value, revision, void) VALUES ($1, $2, $3, 1, $4)
         ON CONFLICT (user_id, key) DO UPDATE SET
             value = excluded.value, revision = settings.revision + 1,
             void = CASE WHEN length(settings.void) > {LONGEST_VOID}
                         THEN substr(settings.void, length(settings.void) - {LONGEST_VOID}) ELSE settings.void END
                    || excluded.void
         WHERE settings.void NOT LIKE $5
         RETURNING revision"
    ))
    .bind(user)
    .bind(key)
    .bind(text)
    .bind(writer.voids())
    .bind(format!("%{}%", writer.name(writer.sequence)))
    // All rows are read, though there is one: SQLite is done with a statement when its last row was read.
    .values(db)
    .await?;
    Ok(revisions.first().copied())
}

/// Sets the user's row to the default, unless something newer than `revision` was chosen: then that is given back.
///
/// # Errors
/// The database failed; the row is as it was.
pub async fn mend(
    db: &impl ConnectionTrait,
    user: i64,
    known: &KnownSetting,
    revision: i64,
) -> Result<Stamped<String>, DbErr> {
    let text = (known.default_text)();
    let revisions = sql("UPDATE settings SET value = $3, revision = revision + 1
         WHERE user_id = $1 AND key = $2 AND revision = $4 RETURNING revision")
    .bind(user)
    .bind(known.key)
    .bind(text.clone())
    .bind(revision)
    .values(db)
    .await?;
    match revisions.first() {
        Some(revision) => Ok(Stamped {
            value: text,
            revision: *revision,
        }),
        None => one(db, user, known).await,
    }
}

/// The value of the user's row.
///
/// # Errors
/// The database failed.
pub async fn one(db: &impl ConnectionTrait, user: i64, known: &KnownSetting) -> Result<Stamped<String>, DbErr> {
    let mut rows = all(db, user).await?;
    Ok(rows.remove(known.key).unwrap_or_else(|| nothing_chosen(known)))
}

/// The value of a missing row.
pub fn nothing_chosen(known: &KnownSetting) -> Stamped<String> {
    Stamped {
        value: (known.default_text)(),
        revision: 0,
    }
}

#[derive(FromQueryResult)]
struct SettingRow {
    key: String,
    value: String,
    revision: i64,
}

/// The values of the user's rows, by key.
///
/// # Errors
/// The database failed.
pub async fn all(db: &impl ConnectionTrait, user: i64) -> Result<HashMap<String, Stamped<String>>, DbErr> {
    let rows = sql("SELECT key, value, revision FROM settings WHERE user_id = $1")
        .bind(user)
        .all::<SettingRow>(db)
        .await?;
    let stamped = rows
        .into_iter()
        .map(|SettingRow { key, value, revision }| (key, Stamped { value, revision }));
    Ok(stamped.collect())
}

/// The values of the rows of some users.
pub struct OfUsers {
    /// Those of the users that exist.
    pub there: HashSet<i64>,
    /// The values of their rows, by user and key.
    pub rows: HashMap<(i64, String), Stamped<String>>,
}

#[derive(FromQueryResult)]
struct UserSettingRow {
    id: i64,
    key: Option<String>,
    value: Option<String>,
    revision: Option<i64>,
}

/// Which of `users` exist, and the values of their rows.
///
/// # Errors
/// The database failed.
pub async fn of_users(db: &impl ConnectionTrait, users: &[i64]) -> Result<OfUsers, DbErr> {
    let ids: Vec<String> = users.iter().map(i64::to_string).collect();
    let found = sql(format!(
        "SELECT users.id, settings.key, settings.value, settings.revision
         FROM users LEFT JOIN settings ON settings.user_id = users.id
         WHERE users.id IN ({})",
        ids.join(", ")
    ))
    .all::<UserSettingRow>(db)
    .await?;
    let (mut there, mut rows) = (HashSet::new(), HashMap::new());
    for row in found {
        there.insert(row.id);
        if let (Some(key), Some(value), Some(revision)) = (row.key, row.value, row.revision) {
            rows.insert((row.id, key), Stamped { value, revision });
        }
    }
    Ok(OfUsers { there, rows })
}
