//! The router's layers that give requests their turns (`fairness.rs`), by session and by account.

use super::{Gate, PATIENCE, Turn};
use crate::{
    error::{AppError, ErrorKind},
    message::Message,
    messages::error,
    routes::{LOGOUT, STREAM},
    server::{app_state::AppState, cookies, current_user::CurrentUser, probe::AtWork},
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body::{Frame, SizeHint};
use std::{
    hash::Hash,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// Admits requests by session, before the session is loaded.
pub async fn by_session(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // Logging out is never refused, no matter who else uses the account.
    if request.uri().path() == LOGOUT.path {
        return next.run(request).await;
    }
    match cookies::id(request.headers(), cookies::session_name(state.https)) {
        Some(id) => through(&state.fairness.sessions, id, || None, request, next).await,
        // Without a session the answer is the login, which costs nothing.
        None => next.run(request).await,
    }
}

/// Admits requests by account, once it is known whose they are.
pub async fn by_account(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.uri().path() == LOGOUT.path {
        return next.run(request).await;
    }
    match request
        .extensions()
        .get::<Arc<CurrentUser>>()
        .map(|current_user| current_user.account.id)
    {
        Some(account) => {
            let observe = || state.fairness.observe(account);
            through(&state.fairness.accounts, account, observe, request, next).await
        }
        None => next.run(request).await,
    }
}

async fn through<K>(
    gate: &Arc<Gate<(K, bool)>>,
    key: K,
    observe: impl FnOnce() -> Option<AtWork>,
    request: Request,
    next: Next,
) -> Response
where
    K: Copy + Eq + Hash + Send + Sync + Unpin + 'static,
{
    // A turn begins when the body is here: one that never arrives would hold it for long.
    let request = match with_its_body(request).await {
        Ok(request) => request,
        Err(refusal) => return refusal,
    };
    // A window's stream is at work only while it begins; open streams are counted separately.
    let is_stream = request.uri().path() == STREAM.path;
    let Some(turn) = gate.enter((key, !request.method().is_safe()), observe).await else {
        return too_many(error::too_much());
    };
    let response = next.run(request).await;
    if is_stream {
        return response;
    }
    response.map(|body| Body::new(Held { body, turn: Some(turn) }))
}

/// The request once its body is here, up to the length that the router accepts.
async fn with_its_body(request: Request) -> Result<Request, Response> {
    if http_body::Body::is_end_stream(request.body()) {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await;
    match body {
        Ok(body) => Ok(Request::from_parts(parts, Body::from(body))),
        Err(refusal) => Err(refusal.into_response()),
    }
}

/// A refusal that says when to come back.
pub fn too_many(message: Message) -> Response {
    let mut response = AppError::new(ErrorKind::TooMany, message).into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(PATIENCE.as_secs()));
    response
}

/// An answer's body. The work ends with it, because pages are made and compressed while they are sent.
struct Held<K: Copy + Eq + Hash> {
    body: Body,
    turn: Option<Turn<K>>,
}

impl<K: Copy + Eq + Hash + Unpin> http_body::Body for Held<K> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if matches!(frame, Poll::Ready(None)) {
            self.turn = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
