//! The messages that keep an open window up to date: who is logged in, their settings with their stamps, and what the
//! figures rest on.
//!
//! The same [`Snapshot`] comes over the stream, with every answer that carries figures, and when it is asked for; a
//! window takes it in one way (`app.rs`), as `judge` decides. `stream` is the browser's side of the stream,
//! `deployment` what a window does once the server is another build.

pub mod deployment;
pub mod judge;
pub mod reload;
pub mod stream;

use crate::{sticky::Settings, user::User};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How often the server says that it is still there, in seconds.
pub const BEAT: u64 = 15;

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
    #[serde(deserialize_with = "crate::days::deserialize")]
    pub day: NaiveDate,
}

/// The current state for a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The account it is for.
    pub account: i64,
    /// The epoch of the database, in which all revisions here are counted; empty if the server doesn't know it yet.
    #[serde(default)]
    pub epoch: String,
    /// Who that is, and what they may choose from.
    #[serde(rename = "person")]
    pub user: User,
    /// Their settings, each with its stamp.
    pub settings: Settings,
    /// What figures rest on now.
    pub basis: Basis,
    /// How many changes of anybody's rights there had been: with the data's revision it tells an older snapshot from a
    /// newer one.
    pub rights_revision: i64,
    /// The build that the server runs.
    pub build: String,
}

impl Snapshot {
    /// Whether this was read before `other`: a slow answer that other news has overtaken.
    pub fn is_older_than(&self, other: &Self) -> bool {
        self.rights_revision < other.rights_revision || self.basis.data_revision < other.basis.data_revision
    }
}
