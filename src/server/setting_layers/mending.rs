//! Replacing stored values that are no longer allowed: shown at once, written in a task of its own.

use super::{Holder, SettingLayers, Withdrawn, Written, session_copy, setting_rows};
use crate::{
    message::Message,
    server::{database_error::WriteError, db, logged::Logged},
    sticky::withdrawn,
};
use std::sync::Arc;
use tower_sessions::session::Id;

/// The values to be mended, for a task that outlives the request.
struct Mending {
    user: i64,
    epoch: String,
    session: Option<Id>,
    withdrawn: Vec<Withdrawn>,
}

impl SettingLayers {
    /// Has the `withdrawn` values replaced by the default in every layer, and says what is shown in their
    /// place. Nobody waits for that: a failure is logged, and the next request that finds the old value tries again.
    pub fn mend(self: &Arc<Self>, holder: Holder<'_>, withdrawn: &[Withdrawn]) -> Vec<Message> {
        if withdrawn.is_empty() {
            return Vec::new();
        }
        let user = holder.id;
        // Once at a time: a page that is asked for again and again must not queue as many writes.
        if self.mending.lock().insert(user) {
            let layers = self.clone();
            let mending = Mending {
                user,
                epoch: holder.epoch.to_owned(),
                session: holder.session.id(),
                withdrawn: withdrawn.to_vec(),
            };
            tokio::spawn(async move {
                let mended = layers.write_mended(&mending).await;
                layers.mending.lock().remove(&user);
                if let Err(error) = mended {
                    tracing::warn!(error = %Logged(error.cause()), "a withdrawn setting could not be mended; the next visit tries again");
                }
            });
        }
        let message = |Withdrawn { known, value }: &Withdrawn| {
            let shown = (known.label)(&(known.default_text)(), holder.user);
            self::withdrawn((known.name)(), &value.value, shown)
        };
        withdrawn.iter().map(message).collect()
    }

    /// Writes the rows and the session's copy, with one commit, and gives the cache the values that the rows then have.
    async fn write_mended(&self, mending: &Mending) -> Result<(), WriteError> {
        let Mending { user, epoch, .. } = mending;
        let transaction = self.unasked.begin_writing().await?;
        let mut written = Vec::new();
        for Withdrawn { known, value } in &mending.withdrawn {
            let stamped = setting_rows::mend(&transaction, *user, known, value.revision).await?;
            let is_proof = value.is_newer_than(&stamped);
            written.push((*known, Written { stamped, is_proof }));
        }
        if let Some(session) = mending.session {
            let chosen: Vec<_> = written
                .iter()
                .map(|(known, written)| (known.key, written.stamped.clone()))
                .collect();
            session_copy::write(&transaction, &session, *user, epoch, &chosen).await?;
        }
        db::commit(transaction).await?;
        let is_proof = written.iter().any(|(_, written)| written.is_proof);
        let epoch = self.epoch_after(epoch, is_proof).await;
        for (known, Written { stamped, .. }) in &written {
            self.keep(*user, &epoch, known, stamped);
        }
        Ok(())
    }
}
