//! Fairness: however much one person asks for at once, the others notice nothing.
//!
//! A few requests of each are at work, some more wait for their turn, the rest is refused. Counted is twice: by session,
//! before that costs a query, and by account, which may have many sessions.

use super::{cookies, state::AppState, visitor::Visitor};
use crate::{
    error::{AppError, ErrorKind},
    live::stream,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body::{Frame, SizeHint};
use parking_lot::Mutex;
use std::{
    collections::HashMap,
    hash::Hash,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tower_sessions::session::Id;

/// How many requests of one person are at work at once.
pub const AT_WORK: usize = 8;

/// How many views are rendered for one person at once: rendering takes a processor whole, and the others need theirs.
const RENDERINGS: usize = 1;

/// So many of them are for what changes something: a choice doesn't wait behind the figures of other windows.
const CHANGES: usize = 2;

/// How many more of each kind wait for their turn.
const WAITING: usize = 34;

/// How long they wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// Knows who is how busy.
#[derive(Default)]
pub struct Fairness {
    sessions: Arc<Gate<(Id, bool)>>,
    accounts: Arc<Gate<(i64, bool)>>,
    renderings: Mutex<HashMap<i64, Arc<Semaphore>>>,
}

impl Fairness {
    /// Waits until nothing else is rendered for this account; it is its turn for as long as what is given back is kept.
    pub async fn rendering(&self, account: i64) -> Option<OwnedSemaphorePermit> {
        let turns = {
            let mut all = self.renderings.lock();
            all.retain(|_, turns| Arc::strong_count(turns) > 1);
            all.entry(account)
                .or_insert_with(|| Arc::new(Semaphore::new(RENDERINGS)))
                .clone()
        };
        // It is never closed.
        turns.acquire_owned().await.ok()
    }

    /// How many requests of an account are at work now.
    pub fn at_work(&self, account: i64) -> usize {
        let all = self.accounts.0.lock();
        let of_a_kind = |is_change| {
            let here = all.get(&(account, is_change));
            here.map_or(0, |here| at_once(is_change) - here.turns.available_permits())
        };
        of_a_kind(false) + of_a_kind(true)
    }
}

/// Lets in so many at once of each key.
struct Gate<K>(Mutex<HashMap<K, Here>>);

/// The requests of one key.
struct Here {
    /// How many there are, at work or waiting.
    count: usize,
    turns: Arc<Semaphore>,
}

impl<K> Default for Gate<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// Being at work; with it goes the turn, which is the next one's then.
struct Turn<K: Copy + Eq + Hash> {
    _permit: OwnedSemaphorePermit,
    _place: Place<K>,
}

/// Being counted.
struct Place<K: Copy + Eq + Hash> {
    gate: Arc<Gate<K>>,
    key: K,
}

impl<K: Copy + Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut all = self.gate.0.lock();
        if let Some(here) = all.get_mut(&self.key) {
            here.count -= 1;
            if here.count == 0 {
                all.remove(&self.key);
            }
        }
    }
}

/// How many requests are at work that change something, or only read.
fn at_once(is_change: bool) -> usize {
    if is_change { CHANGES } else { AT_WORK - CHANGES }
}

impl<K: Copy + Eq + Hash> Gate<(K, bool)> {
    /// Waits for a turn; nothing where too many wait already, or it doesn't come.
    async fn enter(self: &Arc<Self>, key: (K, bool)) -> Option<Turn<(K, bool)>> {
        let (place, turns) = {
            let mut all = self.0.lock();
            let here = all.entry(key).or_insert_with(|| Here {
                count: 0,
                turns: Arc::new(Semaphore::new(at_once(key.1))),
            });
            if here.count >= at_once(key.1) + WAITING {
                return None;
            }
            here.count += 1;
            let gate = self.clone();
            (Place { gate, key }, here.turns.clone())
        };
        let permit = timeout(PATIENCE, turns.acquire_owned()).await.ok()?.ok()?;
        Some(Turn {
            _permit: permit,
            _place: place,
        })
    }
}

/// Lets in what a session asks, before the session is looked for.
pub async fn by_session(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // Logging out is never refused, whoever else uses the account.
    if request.uri().path() == "/logout" {
        return next.run(request).await;
    }
    match cookies::id(request.headers(), cookies::session_name(state.https)) {
        Some(id) => through(&state.fairness.sessions, id, request, next).await,
        // Whoever has none is asked to log in, which costs nothing.
        None => next.run(request).await,
    }
}

/// Lets in what an account asks, once it is known whose request it is.
pub async fn by_account(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.uri().path() == "/logout" {
        return next.run(request).await;
    }
    match request
        .extensions()
        .get::<Arc<Visitor>>()
        .map(|visitor| visitor.account.id)
    {
        Some(account) => through(&state.fairness.accounts, account, request, next).await,
        None => next.run(request).await,
    }
}

async fn through<K>(gate: &Arc<Gate<(K, bool)>>, key: K, request: Request, next: Next) -> Response
where
    K: Copy + Eq + Hash + Send + Sync + Unpin + 'static,
{
    // Nobody is at work on what is still on its way: a body that doesn't come would hold a turn for long.
    let request = match with_its_body(request).await {
        Ok(request) => request,
        Err(refusal) => return refusal,
    };
    // A window's stream is at work while it begins; how many there may be is counted by themselves.
    let is_stream = request.uri().path() == stream::ADDRESS;
    let Some(turn) = gate.enter((key, !request.method().is_safe())).await else {
        return too_many("Too much was asked for at once. Wait a moment and try again.");
    };
    let response = next.run(request).await;
    if is_stream {
        return response;
    }
    response.map(|body| Body::new(Held { body, turn: Some(turn) }))
}

/// The request once its body is here; no longer one than the router takes.
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
pub fn too_many(message: &str) -> Response {
    let mut response = AppError::new(ErrorKind::TooMany, message).into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(PATIENCE.as_secs()));
    response
}

/// An answer's body, with which the work is done: pages and what compresses them are made while they are sent.
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
