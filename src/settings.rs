//! The closed list of sticky settings, and what is known of all of them at once.
//!
//! A third setting is a type that implements [`Setting`] and a line in [`SETTINGS`].

use crate::{
    address::Address,
    division::Division,
    error::AppError,
    period::Period,
    person::Person,
    sticky::{Setting, Stamped},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every setting there is.
pub const SETTINGS: [KnownSetting; 2] = [KnownSetting::of::<Division>(), KnownSetting::of::<Period>()];

/// What the layers on the server need of a setting, whose values they keep as text.
pub struct KnownSetting {
    /// [`Setting::KEY`].
    pub key: &'static str,
    /// [`Setting::NAME`].
    pub name: &'static str,
    /// The text of the default.
    pub default_text: fn() -> String,
    /// What a person reads for the value with this text.
    pub label: fn(&str, &Person) -> String,
    /// [`Setting::check`] of the value with this text, and the text in its one spelling.
    pub check: fn(&str, &Person) -> Result<String, AppError>,
    /// [`Setting::check_choice`], and the same.
    pub check_choice: fn(&str, &Person) -> Result<String, AppError>,
}

impl KnownSetting {
    const fn of<S: Setting>() -> Self {
        Self {
            key: S::KEY,
            name: S::NAME,
            default_text: || S::default().text(),
            label: |text, person| S::parse(text).unwrap_or_default().label(person),
            check: |text, person| {
                let value = S::parse(text)?;
                value.check(person)?;
                Ok(value.text())
            },
            check_choice: |text, person| {
                let value = S::parse(text)?;
                value.check_choice(person)?;
                Ok(value.text())
            },
        }
    }

    /// The setting with this key.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::NotFound`] with the keys there are.
    pub fn with_key(key: &str) -> Result<&'static Self, AppError> {
        SETTINGS.iter().find(|setting| setting.key == key).ok_or_else(|| {
            let keys: Vec<_> = SETTINGS.iter().map(|setting| format!("“{}”", setting.key)).collect();
            AppError::not_found(format!(
                "There is no setting “{key}”; there are {}.",
                keys.join(" and ")
            ))
        })
    }
}

/// What a person reads when a value may be chosen no more; `shown` is what they see in its place.
pub fn withdrawn(name: &str, text: &str, shown: &str) -> String {
    format!(
        "Your {} “{text}” is no longer among those you may choose. You see “{shown}” now.",
        name.to_lowercase(),
    )
}

/// An address as it may stand for `person`: what it pins in the one spelling of each value, and the default, visibly,
/// where it pins what this person may not have. Each such case comes with words for the person.
pub fn settle_pins(asked: Address, person: &Person) -> (Address, Vec<String>) {
    let mut messages = Vec::new();
    let mut settled = asked;
    for known in &SETTINGS {
        let Some(text) = settled.pin(known.key) else {
            continue;
        };
        let text = (known.check)(text, person).unwrap_or_else(|error| {
            let default = (known.default_text)();
            messages.push(format!(
                "The address of this window asks for the {} “{text}”. {} You see “{}” now.",
                known.name.to_lowercase(),
                error.message,
                (known.label)(&default, person),
            ));
            default
        });
        settled = settled.with_pin(known.key, text);
    }
    (settled, messages)
}

/// One person's settings, checked, each with its stamp; by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings(pub BTreeMap<String, Stamped<String>>);

impl Settings {
    /// The value of the setting `S` and its stamp; its default where nothing is known.
    pub fn get<S: Setting>(&self) -> Stamped<S> {
        let stamped = self.0.get(S::KEY).cloned().unwrap_or_else(|| Stamped {
            value: String::new(),
            revision: 0,
        });
        stamped.map(|text| S::parse(&text).unwrap_or_default())
    }
}
