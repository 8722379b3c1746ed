//! What an open window is told, so that it is never stale: who is logged in, their settings with their stamps, and what
//! the figures rest on.
//!
//! The same [`Newest`] comes over the stream, with every answer that carries figures, and when it is asked for; a window
//! takes it in one way (`app.rs`), by what `known` makes of it. `stream` is the browser's side of the stream, `deployment` what a window does once the
//! server is another build.

pub mod deployment;
pub mod known;
pub mod pause;
pub mod reload;
pub mod stream;

use crate::{error::AppError, person::Person, settings::Settings};
use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// What figures rest on. Two windows of one account with the same basis and scope show the same figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The database's epoch: after a restore equal revisions are not the same data.
    #[serde(default)]
    pub epoch: String,
    /// A fingerprint of what the account may see: the divisions with their names, and cost rates.
    pub rights: String,
    /// The revision of the figures' data.
    pub data_revision: i64,
    /// The day it is for the studio.
    pub day: NaiveDate,
}

/// The newest there is for a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Newest {
    /// Whose it is.
    pub account: i64,
    /// The epoch of the database, in which all revisions here are counted; empty where the server doesn't know it yet.
    #[serde(default)]
    pub epoch: String,
    /// Who that is, and what they may choose from.
    pub person: Person,
    /// Their settings, each with its stamp.
    pub settings: Settings,
    /// What figures rest on now.
    pub basis: Basis,
    /// How many changes of rights there had been, anybody's: with the data's revision it tells an older word from a newer.
    pub rights_revision: i64,
    /// The build that the server runs.
    pub build: String,
}

impl Newest {
    /// Whether this was read before `other`: a slow answer that other news has overtaken.
    pub fn is_older_than(&self, other: &Self) -> bool {
        self.rights_revision < other.rights_revision || self.basis.data_revision < other.basis.data_revision
    }
}

/// The newest for whoever is logged in; the settings as their rows have them.
///
/// # Errors
/// Nobody logged in, or the database failed.
#[server(name = AskNewest, prefix = "/api", endpoint = "newest", input = GetUrl)]
pub async fn newest() -> Result<Newest, AppError> {
    use crate::server::{settings, visitor::Visitor};
    let visitor = Visitor::of_request()?.afresh().await?;
    let (settings, _) = settings::mend(&visitor).await?;
    Ok(visitor.newest(settings))
}
