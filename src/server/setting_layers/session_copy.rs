//! The second layer: a session's copy of its user's settings. It has the choices made in this browser, even for a node
//! that has not heard of them yet.

use crate::{
    server::{
        mutation::Mutation,
        session_store::{self, Data},
    },
    sticky::Stamped,
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;
use tower_sessions::{Session, session::Id};

/// The key under which a session keeps its copy of the settings.
const SESSION_KEY: &str = "settings";

/// A session's copy. It names its user, so that nobody inherits another person's choice, and the database's epoch, in
/// which alone it counts.
#[derive(Clone, Serialize, Deserialize)]
struct SessionCopy {
    user: i64,
    #[serde(default)]
    epoch: String,
    values: HashMap<String, Stamped<String>>,
    /// Anything that a newer program keeps in it; it stays.
    #[serde(flatten)]
    further: Map<String, Value>,
}

impl SessionCopy {
    fn counts_for(&self, user: i64, epoch: &str) -> bool {
        self.user == user && self.epoch == epoch
    }
}

/// The values of `user` in `epoch` that the session had when it was loaded, by key.
pub async fn read(session: &Session, user: i64, epoch: &str) -> HashMap<String, Stamped<String>> {
    match session.get::<SessionCopy>(SESSION_KEY).await {
        Ok(Some(copy)) if copy.counts_for(user, epoch) => copy.values,
        _ => HashMap::new(),
    }
}

/// Gives a session the choice of `user` in `epoch`, within the transaction that stores it; does nothing if the session
/// has something newer, or is over.
///
/// # Errors
/// The database failed.
pub async fn write(
    transaction: &DatabaseTransaction,
    session: &Id,
    user: i64,
    epoch: &str,
    chosen: &[(&'static str, Stamped<String>)],
) -> Result<(), DbErr> {
    if Mutation::NoSessionCopy.is_on() {
        return Ok(());
    }
    let keep = |data: &mut Data| {
        let known = data
            .get(SESSION_KEY)
            .and_then(|copy| SessionCopy::deserialize(copy).ok());
        let mut copy = known
            .filter(|copy| copy.counts_for(user, epoch))
            .unwrap_or_else(|| SessionCopy {
                user,
                epoch: epoch.to_owned(),
                values: HashMap::new(),
                further: Map::new(),
            });
        for (key, stamped) in chosen {
            if copy.values.get(*key).is_none_or(|known| !known.is_newer_than(stamped)) {
                copy.values.insert((*key).to_owned(), stamped.clone());
            }
        }
        // Numbers and texts by texts are never refused.
        serde_json::to_value(copy).is_ok_and(|copy| data.insert(SESSION_KEY.to_owned(), copy.clone()) != Some(copy))
    };
    session_store::change(transaction, session, keep, None).await?;
    Ok(())
}
