//! A setting as code knows it that goes over all of them: every value is a text here.
//!
//! What is the same for all settings is written for these texts, so the browser's program has it once, and not once for
//! each type.

use super::{FormFields, Setting};
use crate::{
    error::AppError,
    message::{Message, Value},
    user::User,
};
use std::{any::Any, sync::Arc};

/// A setting whose type is no longer named.
pub struct KnownSetting {
    /// [`Setting::KEY`].
    pub key: &'static str,
    /// [`Setting::NAME`].
    pub name: fn() -> Message,
    /// [`Setting::CHANGES_FIGURES`].
    pub changes_figures: bool,
    /// [`Setting::LOADS_AFRESH`].
    pub loads_afresh: bool,
    /// [`Setting::CAN_BE_PINNED`].
    pub can_be_pinned: bool,
    /// The same value's text in its one spelling, if this is the text of a value; a newer program may know more of them.
    pub read: fn(&str) -> Result<String, AppError>,
    /// The text of the default.
    pub default_text: fn() -> String,
    /// The value with this text, for a caller that knows its type.
    pub value: fn(&str) -> Arc<dyn Any + Send + Sync>,
    /// [`Setting::text_of_form`].
    pub text_of_form: fn(&FormFields) -> Option<String>,
    /// The label that people see for the value with this text.
    pub label: fn(&str, &User) -> Value,
    /// [`Setting::check`] of the value with this text, and the text in its one spelling.
    pub check: fn(&str, &User) -> Result<String, AppError>,
    /// [`Setting::check_choice`], and the same.
    pub check_choice: fn(&str, &User) -> Result<String, AppError>,
}

impl KnownSetting {
    /// The setting `S`.
    pub const fn of<S: Setting>() -> Self {
        Self {
            key: S::KEY,
            name: S::NAME,
            changes_figures: S::CHANGES_FIGURES,
            loads_afresh: S::LOADS_AFRESH,
            can_be_pinned: S::CAN_BE_PINNED,
            read: |text| Ok(S::parse(text)?.text()),
            default_text: || S::default().text(),
            value: |text| Arc::new(S::parse(text).unwrap_or_default()),
            text_of_form: S::text_of_form,
            label: |text, user| S::parse(text).unwrap_or_default().label(user),
            check: |text, user| {
                let value = S::parse(text)?;
                value.check(user)?;
                Ok(value.text())
            },
            check_choice: |text, user| {
                let value = S::parse(text)?;
                value.check_choice(user)?;
                Ok(value.text())
            },
        }
    }
}
