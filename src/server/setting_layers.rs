//! The layers of a sticky setting on the server, and the order in which they are read and written.
//!
//! Read: the cache, healed by the session's stamp, which came along with the login; the user's row, if the cache knows
//! nothing or nothing proves that it is current (`freshness`). The highest revision that is found counts. Written: the
//! row, and the session's copy with it, in one transaction, whose commit is the acknowledgement; then the cache; then
//! the user's open windows hear of it.
//!
//! All of it is of one epoch of the database (`server/epoch.rs`). A row that is older than the value that was
//! remembered before it was read, or a write that gets a revision that was handed out before, proves that the database
//! has gone back.

pub mod cache;
mod comparing;
pub mod freshness;
mod mending;
mod session_copy;
pub mod setting_rows;
mod turns;

use super::{
    bus::{Bus, Concerns},
    database_error::WriteError,
    db::{self, Database},
    epoch::KnownAge,
    logged::Logged,
    mutation::stumble,
};
use crate::{
    error::AppError,
    settings::{KnownSetting, SETTINGS},
    sticky::{Settings, Stamped},
    user::User,
};
use cache::SettingsCache;
use parking_lot::Mutex;
use sea_orm::DbErr;
use setting_rows::Writer;
use std::{collections::HashSet, sync::Arc};
use tower_sessions::{Session, session::Id};
use turns::Turns;

/// The settings of all users, in their layers.
pub struct SettingLayers {
    db: Database,
    /// The same for work that no request waits for, which is not counted among the queries.
    unasked: Database,
    cache: Arc<SettingsCache>,
    known_age: Arc<KnownAge>,
    /// Who is told of what was stored.
    bus: Arc<Bus>,
    /// The choices that are being stored.
    turns: Turns,
    /// The users whose settings are being mended.
    mending: Mutex<HashSet<i64>>,
}

/// Whose settings a request is about.
#[derive(Clone, Copy)]
pub struct Holder<'a> {
    /// The account's id.
    pub id: i64,
    /// The epoch of the database from which the account was read.
    pub epoch: &'a str,
    /// What this person may choose.
    pub user: &'a User,
    /// The session of the request.
    pub session: &'a Session,
}

/// Where settings are read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the cache.
    Cache,
    /// In the user's rows, whatever the cache says: for callers that have to be sure.
    Rows,
}

/// A stored value that is no longer allowed: its division was archived, deleted or withdrawn.
#[derive(Clone)]
pub struct Withdrawn {
    known: &'static KnownSetting,
    value: Stamped<String>,
}

/// The written value, and whether it shows that the database has gone back.
struct Written {
    stamped: Stamped<String>,
    /// A revision was handed out twice, or the row is older than the value that was remembered.
    is_proof: bool,
}

/// A choice as it is stored.
struct Choice {
    user: i64,
    epoch: String,
    session: Option<Id>,
    known: &'static KnownSetting,
    text: String,
    writer: Writer,
    /// The highest revision that cache and session know.
    remembered: i64,
}

impl SettingLayers {
    /// The settings in a database whose connections are `db`, and `unasked` for what no request waits for.
    pub fn new(
        db: Database,
        unasked: Database,
        cache: Arc<SettingsCache>,
        known_age: Arc<KnownAge>,
        bus: Arc<Bus>,
    ) -> Self {
        Self {
            db,
            unasked,
            cache,
            known_age,
            bus,
            turns: Turns::default(),
            mending: Mutex::default(),
        }
    }

    /// Waits a moment for the choices of this user that are being stored.
    pub async fn wait(&self, user: i64) {
        self.turns.wait(user).await;
    }

    /// A person's settings as they hold now, each checked: the default if the stored value is no longer allowed, or is
    /// one of a newer program. Those that are no longer allowed are given as well; nothing is written here,
    /// [`SettingLayers::mend`] does that where the person can hear of it. `None` if the rows are older than the
    /// remembered values: the database has gone back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn resolve(
        &self,
        holder: Holder<'_>,
        source: Source,
    ) -> Result<Option<(Settings, Vec<Withdrawn>)>, DbErr> {
        let Holder { id, epoch, .. } = holder;
        // Before the cache is read: so what it gives is no older than that.
        let source = match self.cache.is_proved() {
            true => source,
            false => Source::Rows,
        };
        let cached = SETTINGS.each_ref().map(|known| self.cache.get(epoch, id, known.key));
        let mut copies = session_copy::read(holder.session, id, epoch).await;
        // Read after the remembered values: so rows that are older are a proof.
        let mut rows = match source == Source::Rows || cached.iter().any(Option::is_none) {
            true => Some(setting_rows::all(self.db.reader(), id).await?),
            false => None,
        };
        let mut settings = Settings::default();
        let mut withdrawn = Vec::new();
        for (known, cached) in SETTINGS.iter().zip(cached) {
            let remembered = match (cached.clone(), copies.remove(known.key)) {
                (Some(cached), Some(copy)) if copy.is_newer_than(&cached) => Some(copy),
                (cached, copy) => cached.or(copy),
            };
            let row = rows.as_mut().map(|rows| {
                rows.remove(known.key)
                    .unwrap_or_else(|| setting_rows::nothing_chosen(known))
            });
            let newest = match (row, remembered) {
                (Some(row), Some(remembered)) if remembered.is_newer_than(&row) => return Ok(None),
                (Some(row), _) => row,
                (None, remembered) => remembered.unwrap_or_else(|| setting_rows::nothing_chosen(known)),
            };
            match source {
                Source::Cache => self.cache.put(epoch, id, known.key, newest.clone()),
                Source::Rows => self.cache.heal(epoch, id, known.key, newest.clone()),
            }
            if cached.is_some_and(|cached| newest.is_newer_than(&cached)) {
                // Another node stored it, so its notification will bring this cache nothing new.
                self.bus.tell(Concerns::User(id));
            }
            let revision = newest.revision;
            let value = match (known.check_choice)(&newest.value, holder.user) {
                Ok(text) => text,
                Err(_) => {
                    // A value that can't be read was written by a newer program, and stays: it is not withdrawn, only
                    // unknown here.
                    if (known.read)(&newest.value).is_ok() {
                        withdrawn.push(Withdrawn { known, value: newest });
                    }
                    (known.default_text)()
                }
            };
            settings.0.insert(known.key.to_owned(), Stamped { value, revision });
        }
        Ok(Some((settings, withdrawn)))
    }

    /// Stores the setting `key` of `holder` and gives back the value as the database stamped it, and the epoch in which
    /// that stamp counts; or the stored value, if `writer`'s window has said that this request no longer counts.
    ///
    /// # Errors
    /// No such setting, or no such value among those this person may have: nothing is stored. The database failed: then
    /// the old value holds, or nobody knows which does, and the error says so.
    pub async fn store(
        self: &Arc<Self>,
        holder: Holder<'_>,
        key: &str,
        value: &str,
        writer: Writer,
    ) -> Result<(Stamped<String>, String), AppError> {
        let known = KnownSetting::with_key(key)?;
        let text = (known.check_choice)(value, holder.user)?;
        let layers = self.clone();
        let (user, epoch, session) = (holder.id, holder.epoch.to_owned(), holder.session.clone());
        // In a task of its own: a browser that goes away ends the request, and must not end it between row and cache.
        let storing = tokio::spawn(async move {
            let _turn = layers.turns.write(user).await;
            let choice = Choice {
                remembered: layers.remembered(user, &epoch, known, &session).await,
                session: session.id(),
                user,
                epoch,
                known,
                text,
                writer,
            };
            let Written { stamped, is_proof } = layers.write(&choice).await?;
            let epoch = layers.epoch_after(&choice.epoch, is_proof).await;
            stumble().await;
            layers.keep(user, &epoch, known, &stamped);
            Ok::<_, WriteError>((stamped, epoch))
        });
        match storing.await {
            Ok(stored) => Ok(stored?),
            Err(error) => {
                // A panic's message may quote a value; its place is logged separately.
                tracing::error!(panicked = error.is_panic(), "storing a setting was cut short");
                Err(AppError::unconfirmed())
            }
        }
    }

    /// The highest revision of a setting that cache and session remember; 0 if they know nothing.
    async fn remembered(&self, user: i64, epoch: &str, known: &KnownSetting, session: &Session) -> i64 {
        let cached = self.cache.get(epoch, user, known.key);
        let copy = session_copy::read(session, user, epoch).await.remove(known.key);
        let revisions = [cached, copy].into_iter().flatten().map(|stamped| stamped.revision);
        revisions.max().unwrap_or_default()
    }

    /// Writes the row and the session's copy, with one commit.
    async fn write(&self, choice: &Choice) -> Result<Written, WriteError> {
        let Choice { user, known, .. } = *choice;
        let transaction = self.db.begin_writing().await?;
        let revision = setting_rows::write(&transaction, user, known.key, &choice.text, &choice.writer).await?;
        let written = match revision {
            Some(revision) => Written {
                stamped: Stamped {
                    value: choice.text.clone(),
                    revision,
                },
                is_proof: revision <= choice.remembered,
            },
            None => {
                let stamped = setting_rows::one(&transaction, user, known).await?;
                let is_proof = stamped.revision < choice.remembered;
                Written { stamped, is_proof }
            }
        };
        if let Some(session) = choice.session {
            let chosen = [(known.key, written.stamped.clone())];
            session_copy::write(&transaction, &session, user, &choice.epoch, &chosen).await?;
        }
        db::commit(transaction).await?;
        Ok(written)
    }

    /// The epoch in which the written value counts: another one if the write has proved that the database has gone
    /// back. A session's copy of the old epoch no longer counts then; the row has the choice.
    async fn epoch_after(&self, epoch: &str, is_proof: bool) -> String {
        if is_proof {
            match self.known_age.gone_back(&self.unasked, epoch).await {
                Ok(age) => return age.epoch,
                // The written value is valid all the same; the next proof tries again.
                Err(error) => {
                    tracing::warn!(error = %Logged(&error), "the database has gone back, and a new epoch could not be set")
                }
            }
        }
        epoch.to_owned()
    }

    /// Gives the cache the value of the row, and tells this user's windows.
    fn keep(&self, user: i64, epoch: &str, known: &'static KnownSetting, stamped: &Stamped<String>) {
        self.cache.put(epoch, user, known.key, stamped.clone());
        self.bus.tell(Concerns::User(user));
    }
}
