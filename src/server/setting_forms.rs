//! The forms of the settings, sent without JavaScript or before hydration: to store a value, to pin it, to adopt the pins.

use super::{current_user::CurrentUser, setting_layers::setting_rows::Writer};
use crate::{
    address::Address,
    error::AppError,
    message::Value,
    messages,
    routes::RETURN_TO,
    settings::{KnownSetting, pinnable},
    sticky::{FormFields, VALUE},
};
use axum::{Extension, Form, extract::Path, response::Redirect};
use std::sync::Arc;

/// What a form sent. Which of its fields say the value, the setting knows.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub struct ChosenValue(FormFields);

impl ChosenValue {
    /// The page it was sent from.
    fn back(&self) -> Address {
        let from = self.0.get(RETURN_TO).map_or("", String::as_str);
        Address::read(from).pinning(pinnable())
    }

    /// The text of the value for the setting `known`.
    fn text(&self, known: &KnownSetting) -> Result<String, AppError> {
        let nothing = || AppError::invalid(VALUE, messages::error::no_value());
        (known.text_of_form)(&self.0).ok_or_else(nothing)
    }
}

/// Stores a setting and leads back.
///
/// # Errors
/// No such setting, no such value among those this person may have, or the database failed.
pub async fn store(
    Extension(current_user): Extension<Arc<CurrentUser>>,
    Path(key): Path<String>,
    Form(chosen): Form<ChosenValue>,
) -> Result<Redirect, AppError> {
    let known = KnownSetting::with_key(&key)?;
    let text = chosen.text(known)?;
    current_user.store(known.key, &text, Writer::default()).await?;
    Ok(chosen.back().redirect())
}

/// Leads to the same page with a setting pinned; nothing is stored.
///
/// # Errors
/// No such setting, one that can't be pinned, or no such value among those this person may look at.
pub async fn pin(
    Extension(current_user): Extension<Arc<CurrentUser>>,
    Path(key): Path<String>,
    Form(chosen): Form<ChosenValue>,
) -> Result<Redirect, AppError> {
    let known = KnownSetting::with_key(&key)?;
    if !known.can_be_pinned {
        return Err(AppError::not_found(messages::error::not_pinnable(Value::text(key))));
    }
    let text = (known.check)(&chosen.text(known)?, &current_user.user)?;
    Ok(chosen.back().with_pin(known.key, text).redirect())
}

/// Stores what the address of a page pins, and leads to it without the pins.
///
/// # Errors
/// A value that this person may not choose: then nothing is stored. The database failed.
pub async fn adopt(
    Extension(current_user): Extension<Arc<CurrentUser>>,
    Form(chosen): Form<ChosenValue>,
) -> Result<Redirect, AppError> {
    let address = chosen.back();
    for (key, text) in address.pins().each() {
        (KnownSetting::with_key(key)?.check_choice)(text, &current_user.user)?;
    }
    for (key, text) in address.pins().each() {
        current_user.store(key, text, Writer::default()).await?;
    }
    Ok(address.without_pins().redirect())
}
