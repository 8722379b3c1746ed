//! How the browser's program calls a server function: one request, and its answer, which is JSON.

use crate::{
    error::{AppError, ErrorKind},
    json::read,
    messages::window,
};
use leptos::prelude::window as browser_window;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// An answer that isn't an error.
pub struct Answer {
    text: String,
    headers: Headers,
}

impl Answer {
    /// What the server function answered.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] if it isn't a `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        read(&self.text).ok_or_else(AppError::internal)
    }

    /// The header with this name; empty if the answer has none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).ok().flatten().unwrap_or_default()
    }
}

/// Calls the server function at `path`, which changes nothing, with its arguments as `query` spells them.
///
/// # Errors
/// Those of the server function; [`ErrorKind::Unreachable`] if nobody answered.
pub async fn get(path: &str, query: &str) -> Result<Answer, AppError> {
    call(&format!("{path}?{query}"), RequestInit::new()).await
}

/// Calls the server function at `path`, which changes something, with its arguments as `body` spells them, and waits
/// for so many milliseconds. The request arrives even if the page is left just now.
///
/// # Errors
/// Those of the server function; [`ErrorKind::Unreachable`] if it is not known whether it was called.
pub async fn post(path: &str, body: &str, patience: u32) -> Result<Answer, AppError> {
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&JsValue::from_str(body));
    options.set_signal(Some(&AbortSignal::timeout_with_u32(patience)));
    // web-sys does not know it yet. A browser that doesn't either gives the request up with the page.
    drop(js_sys::Reflect::set(&options, &"keepalive".into(), &true.into()));
    call(path, options).await
}

async fn call(address: &str, options: RequestInit) -> Result<Answer, AppError> {
    let (is_ok, answer) = answer(address, &options)
        .await
        .map_err(|_| AppError::new(ErrorKind::Unreachable, window::unreachable()))?;
    if is_ok {
        Ok(answer)
    } else {
        Err(read(&answer.text).unwrap_or_else(AppError::internal))
    }
}

/// The answer, and whether it is no error.
async fn answer(address: &str, options: &RequestInit) -> Result<(bool, Answer), JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    headers.set("accept", "application/json")?;
    options.set_headers(&headers);
    let response = JsFuture::from(browser_window().fetch_with_str_and_init(address, options)).await?;
    let response: Response = response.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let headers = response.headers();
    Ok((response.ok(), Answer { text, headers }))
}
