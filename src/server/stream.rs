//! The stream of one window, as Server-Sent Events: a snapshot whenever something changed, and a regular sign of life.

use super::{app_state::AppState, current_user::CurrentUser, digest::SessionDigest, fairness, setting_layers::Source};
use crate::{error::AppError, live::Snapshot, messages::error};
use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Response, Sse, sse::Event},
};
use std::{convert::Infallible, sync::Arc};
use tower_sessions::session::Id;

/// After this many beats a stream checks unasked: a session may simply expire.
const LOOK_EVERY: u64 = 4;

/// What a stream says. A browser ignores an event without data, so each has some.
enum Said<'a> {
    /// The current state.
    Newest(&'a Snapshot),
    /// The server is still there.
    Beat(u64),
    /// The session is over; nothing comes after it.
    Ended,
}

impl From<Said<'_>> for Event {
    fn from(said: Said<'_>) -> Self {
        let (name, data) = match said {
            Said::Newest(snapshot) => ("newest", serde_json::to_string(snapshot).unwrap_or_default()),
            Said::Beat(number) => ("beat", number.to_string()),
            Said::Ended => ("ended", "The session is over.".to_owned()),
        };
        Self::default().event(name).data(data)
    }
}

/// The stream of one window: a snapshot at once and after every change that concerns it, a beat now and then, and
/// `ended` when the session is over.
///
/// # Errors
/// Nobody logged in.
pub async fn stream(Extension(current_user): Extension<Arc<CurrentUser>>) -> Result<Response, AppError> {
    let (state, user) = (current_user.state.clone(), current_user.account.id);
    let session = current_user.session.id().ok_or_else(AppError::not_logged_in)?;
    drop(current_user);
    // Before the first read, so that nothing between the two is missed.
    let Some(mut subscription) = state.bus.subscribe(user, SessionDigest::of(&session)) else {
        return Ok(fairness::layers::too_many(error::too_many_windows()));
    };
    let events = async_stream::stream! {
        let mut sent = None;
        let mut beats = 0;
        let mut beat = tokio::time::interval(state.heartbeat);
        beat.tick().await;
        let mut look = true;
        // The first snapshot comes from the rows, so it also corrects a window that remembers too much.
        let mut source = Source::Rows;
        while !subscription.is_stopping() {
            if look {
                match snapshot(&state, user, session, std::mem::replace(&mut source, Source::Cache)).await {
                    Ok(Some(snapshot)) if !is_known(&snapshot, sent.as_ref()) => {
                        let event = Said::Newest(&snapshot).into();
                        sent = Some(snapshot);
                        yield Ok::<Event, Infallible>(event);
                    }
                    Ok(Some(_)) => {}
                    Ok(None) => {
                        yield Ok(Said::Ended.into());
                        return;
                    }
                    // The window comes back, and gets the current state first.
                    Err(_) => return,
                }
            }
            look = tokio::select! {
                is_concerned = subscription.is_concerned() => match is_concerned {
                    true => true,
                    false => return,
                },
                _ = beat.tick() => {
                    beats += 1;
                    yield Ok(Said::Beat(beats).into());
                    beats % LOOK_EVERY == 0
                }
            };
        }
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Sse::new(events)).into_response())
}

/// Whether a window that was sent `sent` learns nothing from `snapshot`: other people's rights don't concern it.
fn is_known(snapshot: &Snapshot, sent: Option<&Snapshot>) -> bool {
    sent.is_some_and(|sent| {
        let rights_revision = snapshot.rights_revision;
        *snapshot
            == Snapshot {
                rights_revision,
                ..sent.clone()
            }
    })
}

/// The current state for a session as it is in the database now; nothing if it is over, or another person's.
async fn snapshot(state: &AppState, user: i64, session: Id, source: Source) -> Result<Option<Snapshot>, AppError> {
    let Some(current_user) = CurrentUser::of_session(state, session, source).await? else {
        return Ok(None);
    };
    if current_user.account.id != user {
        return Ok(None);
    }
    current_user.mend();
    Ok(Some(current_user.snapshot()))
}
