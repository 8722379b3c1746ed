//! The sticky setting: a small value that belongs to a user and follows them everywhere.
//!
//! [`Setting`] is what one must say of itself, [`Stamped`] what travels between the database, the session, the cache
//! and the browser. `signal` is the browser's side, `window` what happens to it there, `sending` how it leaves, `requests` what it has sent,
//! `news` what it tells, `epochs` in which its stamps count, `api` the way from there to the server; the layers on the server are in `server::settings`.
//! Nothing here knows which settings there are: that is `settings.rs`.

pub mod api;
pub mod epochs;
pub mod news;
mod requests;
mod sending;
pub mod signal;
pub mod window;

use crate::{error::AppError, person::Person};
use serde::{Deserialize, Serialize};

/// A value with the revision that the database gave it when it was written.
///
/// Revisions are counted per user and setting and only ever rise, so of two stamped values the one with the higher
/// revision is the newer, wherever each comes from, within an epoch of the database. No clock takes part. Revision 0 is a default nobody has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamped<T> {
    /// The value itself.
    pub value: T,
    /// How many writes it took to get here.
    pub revision: i64,
}

impl<T> Stamped<T> {
    /// Whether this was written after `other`.
    pub fn is_newer_than<U>(&self, other: &Stamped<U>) -> bool {
        self.revision > other.revision
    }

    /// The same stamp on what `change` makes of the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Stamped<U> {
        Stamped {
            value: change(self.value),
            revision: self.revision,
        }
    }
}

/// A value that follows a user. Its default is what holds until the user chooses.
pub trait Setting: Clone + Default + PartialEq + Send + Sync + 'static {
    /// Its key in the database, the session and addresses.
    const KEY: &'static str;
    /// What a person calls it.
    const NAME: &'static str;

    /// Reads the value from its text.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] with the texts that would do.
    fn parse(text: &str) -> Result<Self, AppError>;

    /// Its text, from which [`Setting::parse`] gives the same value back.
    fn text(&self) -> String;

    /// What `person` reads for this value.
    fn label(&self, person: &Person) -> String;

    /// Whether `person` may look at this value now, as an address may ask them to.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] with what the person may choose from.
    fn check(&self, person: &Person) -> Result<(), AppError>;

    /// Whether `person` may choose this value now, and keep it if they did.
    ///
    /// # Errors
    /// Those of [`Setting::check`], and there is more to look at than to choose.
    fn check_choice(&self, person: &Person) -> Result<(), AppError> {
        self.check(person)
    }
}
