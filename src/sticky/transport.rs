//! How a choice gets from the browser to the server in a way that outlives its page.

use super::{Stamped, request_number::RequestNumber};
use crate::{
    error::{AppError, ErrorKind},
    messages::window,
    routes::{EPOCH, PERSIST},
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

/// How long an answer is waited for, in milliseconds. After that nobody knows whether the choice was stored.
const PATIENCE: u32 = 15_000;

/// The stored value, as the database stamped it.
pub struct Stored {
    /// The value and its stamp.
    pub stamped: Stamped<String>,
    /// The epoch in which that counts; empty if the server names none.
    pub epoch: String,
}

/// Calls [`crate::functions::persist`]; a choice made just as the page is left still arrives.
///
/// # Errors
/// Those of [`crate::functions::persist`]; [`ErrorKind::Unreachable`] if it is not known whether the choice was stored.
pub async fn send(account: i64, key: &str, value: &str, request: &RequestNumber) -> Result<Stored, AppError> {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("key", key)
        .append_pair("value", value)
        .append_pair("account", &account.to_string())
        .append_pair("window", &request.window)
        .append_pair("sequence", &request.sequence.to_string())
        .append_pair("void_through", &request.void_through.to_string())
        .finish();
    let answer = post(PERSIST.path, &body)
        .await
        .map_err(|_| AppError::new(ErrorKind::Unreachable, window::unreachable()))?;
    let Answer { is_ok, text, epoch } = answer;
    if !is_ok {
        return Err(serde_json::from_str(&text).unwrap_or_else(|_| AppError::internal()));
    }
    let stamped = serde_json::from_str(&text).map_err(|_| AppError::internal())?;
    Ok(Stored { stamped, epoch })
}

struct Answer {
    is_ok: bool,
    text: String,
    epoch: String,
}

async fn post(path: &str, body: &str) -> Result<Answer, JsValue> {
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&JsValue::from_str(body));
    options.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let headers = web_sys::Headers::new()?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    headers.set("accept", "application/json")?;
    options.set_headers(&headers);
    // web-sys does not know it yet.
    js_sys::Reflect::set(&options, &"keepalive".into(), &true.into())?;
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &options)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?;
    Ok(Answer {
        is_ok: response.ok(),
        text: text.as_string().unwrap_or_default(),
        epoch: response.headers().get(EPOCH)?.unwrap_or_default(),
    })
}
