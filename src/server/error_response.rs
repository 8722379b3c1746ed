//! Every answer that is not a success, in one shape: a typed error as JSON, or a page for a person.

use super::{app_state::AppState, request_id::RequestId, shell};
use crate::{
    error::{AppError, ErrorKind},
    locale::Locale,
    message::Value,
    messages::{error, window},
    phrasebook::Say,
    routes::API,
    ui::failure::Failure,
};
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use std::any::Any;

/// No error message is longer than this, in bytes.
const LONGEST_ERROR: usize = 64 * 1024;

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(&self)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Brings every failure below it into the one shape: those of handlers, which are typed already, those of server
/// functions, whose status is set here, and those of the router and the extractors, which come as plain text.
pub async fn in_one_shape(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with(API);
    let as_page = !is_api && wants_page(request.headers());
    let name = request.extensions().get::<RequestId>().cloned();
    let asked_for = Locale::of_headers(request.headers());
    let response = next.run(request).await;
    if !(response.status().is_client_error() || response.status().is_server_error()) || is_page(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let error = match parts.extensions.get::<AppError>() {
        Some(error) => error.clone(),
        None => typed(parts.status, body).await,
    };
    let error = match &name {
        Some(name) => error.of_request(name.as_str()),
        None => error,
    };
    let locale = parts.extensions.get::<Locale>().unwrap_or(&asked_for);
    let said = |error: AppError| error.said(|message| locale.say(message));
    let error = of_reachable(
        said(error),
        said(AppError::busy()),
        said(AppError::unavailable()),
        &state,
    )
    .await;
    let mut shaped = if as_page {
        let phrasebook = locale.phrasebook();
        let failure = {
            let error = error.clone();
            move || {
                Say::provide(phrasebook.clone());
                let error = error.clone();
                view! { <main id="main"><Failure error/></main> }
            }
        };
        let page = shell::plain(&state, locale, &locale.say(&error.title()), failure);
        (StatusCode::from_u16(error.status()).unwrap_or(parts.status), page).into_response()
    } else {
        error.into_response()
    };
    // The headers that the layers below set for cookies, methods, ranges and times stay.
    for name in [
        header::SET_COOKIE,
        header::ALLOW,
        header::CONTENT_RANGE,
        header::RETRY_AFTER,
    ] {
        for value in parts.headers.get_all(&name) {
            shaped.headers_mut().append(name.clone(), value.clone());
        }
    }
    shaped
}

/// `error`, unless it says that the database is `busy` and nothing answers there at all: then it is `away`. A pool of
/// connections waits as long for the one as for the other.
async fn of_reachable(error: AppError, busy: AppError, away: AppError, state: &AppState) -> AppError {
    if error.message != busy.message || state.unasked.is_reachable().await {
        return error;
    }
    AppError {
        message: away.message,
        ..error
    }
}

/// Whether the client is a browser that wants to show something.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The answer of a handler that panicked; the panic hook has logged the cause.
pub fn of_panic(_cause: Box<dyn Any + Send + 'static>) -> Response {
    AppError::internal().into_response()
}

fn is_page(response: &Response) -> bool {
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// The typed error behind an answer that doesn't carry one in its extensions.
async fn typed(status: StatusCode, body: Body) -> AppError {
    let text = to_bytes(body, LONGEST_ERROR).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<AppError>(&text) {
        return error;
    }
    match status {
        StatusCode::NOT_FOUND => AppError::not_found(window::nothing_here()),
        StatusCode::METHOD_NOT_ALLOWED => AppError::new(ErrorKind::MethodNotAllowed, window::other_method()),
        StatusCode::PRECONDITION_FAILED => AppError::new(ErrorKind::Changed, error::file_changed()),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => AppError::new(ErrorKind::OtherForm, error::other_content()),
        StatusCode::RANGE_NOT_SATISFIABLE => AppError::new(ErrorKind::NoSuchRange, error::no_range()),
        StatusCode::PAYLOAD_TOO_LARGE => AppError::new(ErrorKind::TooLarge, error::too_large()),
        // A session or an account that could not be loaded: the layers that do so leave no message.
        StatusCode::INTERNAL_SERVER_ERROR if text.is_empty() => AppError::unavailable(),
        StatusCode::SERVICE_UNAVAILABLE => AppError::unavailable(),
        status if status.is_client_error() => {
            let cause = String::from_utf8_lossy(&text);
            AppError::new(ErrorKind::Invalid, window::unreadable(Value::text(cause.trim())))
        }
        _ => AppError::internal(),
    }
}
