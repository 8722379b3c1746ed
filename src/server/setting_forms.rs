//! The forms of the settings, sent without JavaScript or before hydration: to store a value, to pin it, to adopt the pins.

use super::{current_user::CurrentUser, error_response::wants_page, page, setting_layers::setting_rows::Writer};
use crate::{
    address::Address,
    error::{AppError, ErrorKind},
    message::Value,
    messages,
    routes::RETURN_TO,
    settings::{KnownSetting, pinnable},
    sticky::{FormFields, VALUE, refused::Refused},
};
use axum::{
    Extension, Form,
    extract::Path,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
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

/// Stores a setting and leads back. If there is no such value among those that this person may have, the answer is the
/// page that they come from, with what they sent and what is wrong with it.
///
/// # Errors
/// No such setting, or the database failed; also a wrong value, for whoever wants no page.
pub async fn store(
    parts: Parts,
    Extension(current_user): Extension<Arc<CurrentUser>>,
    Path(key): Path<String>,
    Form(chosen): Form<ChosenValue>,
) -> Result<Response, AppError> {
    let known = KnownSetting::with_key(&key)?;
    let text = chosen.text(known)?;
    match current_user.store(known.key, &text, Writer::default()).await {
        Ok(_) => Ok(chosen.back().redirect().into_response()),
        Err(error) => back_with(error, parts, &current_user, known, chosen).await,
    }
}

/// Leads to the same page with a setting pinned; nothing is stored. The answer to a wrong value is that of [`store`].
///
/// # Errors
/// No such setting, or one that can't be pinned; also a wrong value, for whoever wants no page.
pub async fn pin(
    parts: Parts,
    Extension(current_user): Extension<Arc<CurrentUser>>,
    Path(key): Path<String>,
    Form(chosen): Form<ChosenValue>,
) -> Result<Response, AppError> {
    let known = KnownSetting::with_key(&key)?;
    if !known.can_be_pinned {
        return Err(AppError::not_found(messages::error::not_pinnable(Value::text(key))));
    }
    match (known.check)(&chosen.text(known)?, &current_user.user) {
        Ok(text) => Ok(chosen.back().with_pin(known.key, text).redirect().into_response()),
        Err(error) => back_with(error, parts, &current_user, known, chosen).await,
    }
}

/// The page that a form was sent from, which says why its choice can't be taken.
async fn back_with(
    error: AppError,
    parts: Parts,
    current_user: &Arc<CurrentUser>,
    known: &KnownSetting,
    chosen: ChosenValue,
) -> Result<Response, AppError> {
    if error.kind != ErrorKind::Invalid || !wants_page(&parts.headers) {
        return Err(error);
    }
    let locale = &current_user.locale;
    let address = chosen.back();
    let refused = Refused {
        key: known.key.to_owned(),
        why: error.said(|message| locale.say(message)).message.to_string(),
        fields: chosen.0,
    };
    Ok(page::refusing(parts, current_user, address, refused).await)
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
