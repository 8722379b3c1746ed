//! The way of a choice from the browser to the server: one server function for every setting, and how it is called.

#![allow(
    missing_docs,
    reason = "the server macro makes a struct of the arguments, which the function's docs explain"
)]

use super::Stamped;
use crate::error::{AppError, ErrorKind};
use leptos::{prelude::*, server_fn::ServerFn};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

/// Where an answer says in which epoch of the database its stamp counts.
const EPOCH: &str = "database-epoch";

/// How long an answer is waited for, in milliseconds. After that nobody knows whether the choice was stored.
const PATIENCE: u32 = 15_000;

/// What was stored, as the database stamped it.
pub struct Stored {
    /// The value and its stamp.
    pub stamped: Stamped<String>,
    /// The epoch in which that counts; empty where the server names none.
    pub epoch: String,
}

/// Which of a window's requests this is, so that the database can tell a late one from the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    /// A name that only this window has.
    pub window: String,
    /// Its how-manieth request, from 1.
    pub sequence: i64,
    /// The window's requests up to this one count no more, should they still arrive: it was left, or gave them up,
    /// before they were answered. 0 where every earlier one was answered.
    pub void_through: i64,
}

/// So many requests before the one named in [`Writer::void_through`] are remembered: more are never without an answer,
/// since a window has one under way at a time.
#[cfg(feature = "ssr")]
const VOID_AT_ONCE: i64 = 8;

#[cfg(feature = "ssr")]
impl Writer {
    /// Whether it is one that a window could give itself.
    ///
    /// # Errors
    /// The window's name is none.
    pub fn check(&self) -> Result<(), AppError> {
        let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        if self.window.len() <= 64 && self.window.chars().all(is_name) {
            Ok(())
        } else {
            Err(AppError::invalid(
                "window",
                "A window's name has at most 64 letters, digits and hyphens. Leave it out, or choose another.",
            ))
        }
    }

    /// What a row calls this window's request number `sequence`.
    pub fn name(&self, sequence: i64) -> String {
        format!("|{}.{sequence}|", self.window)
    }

    /// What a row calls the requests that count no more.
    pub fn voids(&self) -> String {
        let last = self.void_through.min(self.sequence);
        let first = last.saturating_sub(VOID_AT_ONCE - 1).max(1);
        (first..=last).map(|sequence| self.name(sequence)).collect()
    }
}

/// Stores `value` as the setting `key` of whoever is logged in, and answers with it as the database stamped it; with
/// what is stored already where the same window has said that this request counts no more.
///
/// `account` is who the page was made for: if somebody else is logged in by now, nothing is stored. The last four may
/// be left out; what else a newer page may send is passed over.
///
/// # Errors
/// Nobody logged in, no such setting, or no such value among those this person may have: then nothing is stored.
#[server(prefix = "/api", endpoint = "setting")]
pub async fn persist(
    key: String,
    value: String,
    #[server(default)] account: Option<i64>,
    #[server(default)] window: String,
    #[server(default)] sequence: i64,
    #[server(default)] void_through: i64,
) -> Result<Stamped<String>, AppError> {
    use crate::server::{settings, visitor::Visitor};
    let visitor = Visitor::of_request()?;
    if account.is_some_and(|account| account != visitor.account.id) {
        return Err(AppError::not_logged_in());
    }
    let writer = Writer {
        window,
        sequence,
        void_through,
    };
    let (stamped, epoch) = settings::store(&visitor, &key, &value, writer).await?;
    if let (Some(response), Ok(epoch)) = (use_context::<leptos_axum::ResponseOptions>(), epoch.parse()) {
        response.insert_header(axum::http::HeaderName::from_static(EPOCH), epoch);
    }
    Ok(stamped)
}

/// Calls [`persist`] from the browser in a way that outlives the page: a choice made in the moment a page is left still
/// arrives.
///
/// # Errors
/// Those of [`persist`]; [`ErrorKind::Unreachable`] where it is not known whether the choice was stored.
pub async fn send(account: i64, key: &str, value: &str, writer: &Writer) -> Result<Stored, AppError> {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("key", key)
        .append_pair("value", value)
        .append_pair("account", &account.to_string())
        .append_pair("window", &writer.window)
        .append_pair("sequence", &writer.sequence.to_string())
        .append_pair("void_through", &writer.void_through.to_string())
        .finish();
    let answer = post(<Persist as ServerFn>::PATH, &body).await.map_err(|_| {
        AppError::new(
            ErrorKind::Unreachable,
            "The server can't be reached. Check the connection and try again.",
        )
    })?;
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
