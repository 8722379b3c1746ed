//! The stream of one window, as Server-Sent Events: the newest, whenever it is another, and that the server is still there.

use super::{app_state::AppState, current_user::CurrentUser, digest::SessionDigest, fairness, setting_layers::Source};
use crate::{error::AppError, live::Snapshot};
use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Response, Sse, sse::Event},
};
use std::{convert::Infallible, sync::Arc};
use tower_sessions::session::Id;

/// Every so many beats a stream looks at the newest unasked: a session may end by its time alone.
const LOOK_EVERY: u64 = 4;

/// What a stream says. A browser passes over an event without data, so each has some.
enum Said<'a> {
    /// The newest there is.
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

/// The stream of one window: the newest at once and after every change that concerns it, a beat now and then, and
/// `ended` when the session is over.
///
/// # Errors
/// Nobody logged in.
pub async fn stream(Extension(current_user): Extension<Arc<CurrentUser>>) -> Result<Response, AppError> {
    let (state, user) = (current_user.state.clone(), current_user.account.id);
    let session = current_user.session.id().ok_or_else(AppError::not_logged_in)?;
    drop(current_user);
    // Before the first look, so that nothing between the two is missed.
    let Some(mut subscription) = state.bus.subscribe(user, SessionDigest::of(&session)) else {
        return Ok(fairness::layers::too_many(
            "This account follows in as many windows as it may. Close one of them.",
        ));
    };
    let events = async_stream::stream! {
        let mut sent = None;
        let mut beats = 0;
        let mut beat = tokio::time::interval(state.heartbeat);
        beat.tick().await;
        let mut look = true;
        // What comes first is also told to who remembers more than there is: the rows say it.
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
                    // The window comes back, and hears the newest first.
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

/// Whether a window that was told `sent` learns nothing from `snapshot`: other people's rights are no concern of its.
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

/// The newest for a session as it stands in the database now; nothing where it is over, or another person's.
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
