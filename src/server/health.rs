//! Answers for monitoring from outside: whether the process lives, and whether it can serve.

use super::app_state::AppState;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

/// Answers at [`crate::routes::HEALTH`], whatever else is the matter.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Answers at [`crate::routes::READY`].
pub async fn ready(State(state): State<AppState>) -> (StatusCode, String) {
    match state.readiness.check(state.unasked.reader(), &state.standing).await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    }
}

/// Nobody may keep an answer: it holds only now.
pub async fn no_store(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
