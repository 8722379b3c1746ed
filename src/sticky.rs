//! The sticky setting: a small value that belongs to a user and follows them everywhere.
//!
//! [`Setting`] is what each setting defines, [`Stamped`] is what travels between the database, the session, the cache
//! and the browser; `known` is a setting for code that goes over all of them. In the browser each file builds on those
//! before it: `window` says where a setting lives, `requests` which values were sent, `request_number` by which window,
//! `news` what the person is told, `refused` what a form
//! without the program sent in vain; `signal` holds the value, `sending` has a choice stored over `transport`, and
//! `in_window` is what happens to all settings of a window.
//! `epochs` says in which epoch stamps count; the layers on the server are in `server::setting_layers`. Nothing here
//! knows which settings there are: that is `settings.rs`.

pub mod epochs;
pub mod in_window;
pub mod known;
pub mod news;
pub mod refused;
mod request_number;
mod requests;
mod sending;
pub mod signal;
mod transport;
pub mod window;

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::setting,
    user::User,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value with the revision that the database gave it when it was written.
///
/// Revisions are counted per user and setting and only ever rise, so within an epoch of the database, of two stamped
/// values the one with the higher revision is the newer, wherever each comes from. No clock takes part. Revision 0 is a
/// default nobody has chosen.
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

/// The fields that a form sent, by name.
pub type FormFields = BTreeMap<String, String>;

/// The field of a form that holds a setting's text, unless the setting has fields of its own.
pub const VALUE: &str = "value";

/// A value that follows a user. Its default holds until the user chooses.
pub trait Setting: Clone + Default + PartialEq + Send + Sync + 'static {
    /// Its key in the database, the session and addresses.
    const KEY: &'static str;
    /// What a person calls it: a singular, which stands in sentences such as “Division is now Web”.
    const NAME: fn() -> Message;
    /// Whether the figures of a view depend on it.
    const CHANGES_FIGURES: bool = true;
    /// Whether a window has to be loaded afresh to show another value.
    const LOADS_AFRESH: bool = false;
    /// Whether an address may pin it to its window.
    const CAN_BE_PINNED: bool = true;

    /// Reads the value from its text.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] with the texts that would do.
    fn parse(text: &str) -> Result<Self, AppError>;

    /// Its text, from which [`Setting::parse`] gives the same value back.
    fn text(&self) -> String;

    /// The text of the value that a form of its control sends; `None` if the form has none.
    fn text_of_form(fields: &FormFields) -> Option<String> {
        fields.get(VALUE).cloned()
    }

    /// The label that `user` sees for this value.
    fn label(&self, user: &User) -> Value;

    /// Whether `user` may look at this value now, as an address may ask them to.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] with what the person may choose from.
    fn check(&self, user: &User) -> Result<(), AppError>;

    /// Whether `user` may choose this value now, and keep it if they did.
    ///
    /// # Errors
    /// Those of [`Setting::check`]; also for a value that may be looked at but not chosen.
    fn check_choice(&self, user: &User) -> Result<(), AppError> {
        self.check(user)
    }
}

/// One person's settings, checked, each with its stamp; by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings(pub BTreeMap<String, Stamped<String>>);

impl Settings {
    /// The value of the setting `S` and its stamp; its default if nothing is known.
    pub fn get<S: Setting>(&self) -> Stamped<S> {
        let stamped = self.0.get(S::KEY).cloned().unwrap_or_else(|| Stamped {
            value: String::new(),
            revision: 0,
        });
        stamped.map(|text| S::parse(&text).unwrap_or_default())
    }
}

/// The message when a value may no longer be chosen; `shown` is what the person sees in its place.
pub fn withdrawn(name: Message, text: &str, shown: Value) -> Message {
    setting::withdrawn(name, shown, Value::text(text))
}
