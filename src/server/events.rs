//! What open windows are told, and the stream that tells them.
//!
//! A change only says whom it concerns. Each stream it concerns then looks at the newest, rights first, and sends that
//! whole: so a change that was missed, or told twice, does no harm.

use super::{
    digest::SessionDigest,
    fairness,
    settings::{self, Source},
    state::AppState,
    visitor::Visitor,
};
use crate::{
    error::AppError,
    live::{Newest, stream::BEAT},
};
use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Response, Sse, sse::Event},
};
use parking_lot::Mutex;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};
use tower_sessions::session::Id;

/// How many changes a slow stream may be behind; beyond it looks at the newest, as after any change.
const BACKLOG: usize = 256;

/// Every how-manieth beat a stream looks at the newest unasked: a session may end, a message may have
/// been lost.
const LOOK_EVERY: u32 = 4;

/// How many streams one account may have: of as many windows as are seen at once, on all devices.
const MOST_STREAMS: usize = 20;

/// Something that open windows should know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The settings of this user.
    User(i64),
    /// This session was ended.
    Session(SessionDigest),
    /// The data, or what people may see.
    Everyone,
    /// The server stops.
    Stop,
}

/// Tells open windows of changes.
pub struct Events {
    changes: Sender<Change>,
    stopping: AtomicBool,
    /// How many streams each user has.
    streams: Mutex<HashMap<i64, usize>>,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(BACKLOG).0,
            stopping: AtomicBool::new(false),
            streams: Mutex::default(),
        }
    }
}

impl Events {
    /// Tells whom it concerns.
    pub fn tell(&self, change: Change) {
        // Nobody listening is as well.
        drop(self.changes.send(change));
    }

    /// Ends every stream, also those that are about to begin.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.tell(Change::Stop);
    }

    /// The users with an open stream.
    pub fn followers(&self) -> Vec<i64> {
        self.streams.lock().keys().copied().collect()
    }
}

/// Counts a user's stream for as long as it is open.
struct Counted {
    events: Arc<Events>,
    user: i64,
}

impl Counted {
    /// Nothing where the user has as many as there may be.
    fn new(events: &Arc<Events>, user: i64) -> Option<Self> {
        let mut streams = events.streams.lock();
        let count = streams.entry(user).or_default();
        if *count >= MOST_STREAMS {
            return None;
        }
        *count += 1;
        Some(Self {
            events: events.clone(),
            user,
        })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut streams = self.events.streams.lock();
        if let Some(count) = streams.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                streams.remove(&self.user);
            }
        }
    }
}

/// The stream of one window: the newest at once and after every change that concerns it, a beat now and then, and
/// `ended` when the session is over.
pub async fn stream(visitor: Option<Extension<Arc<Visitor>>>) -> Result<Response, AppError> {
    let Extension(visitor) = visitor.ok_or_else(AppError::not_logged_in)?;
    let (state, user) = (visitor.state.clone(), visitor.account.id);
    let session = visitor.session.id().ok_or_else(AppError::not_logged_in)?;
    drop(visitor);
    // Before the first look, so that nothing between the two is missed.
    let mut changes = state.events.changes.subscribe();
    let Some(counted) = Counted::new(&state.events, user) else {
        return Ok(fairness::too_many(
            "This account follows in as many windows as it may. Close one of them.",
        ));
    };
    let events = async_stream::stream! {
        let _counted = counted;
        let mut sent = None;
        let mut beats = 0;
        let mut beat = tokio::time::interval(Duration::from_secs(BEAT));
        beat.tick().await;
        let mut look = true;
        // What comes first is also told to who remembers more than there is: the rows say it.
        let mut source = Source::Rows;
        while !state.events.stopping.load(Ordering::SeqCst) {
            if look {
                match newest(&state, user, session, std::mem::replace(&mut source, Source::Cache)).await {
                    Ok(Some(newest)) if !is_known(&newest, sent.as_ref()) => {
                        let text = serde_json::to_string(&newest).unwrap_or_default();
                        sent = Some(newest);
                        yield Ok::<_, Infallible>(Event::default().event("newest").data(text));
                    }
                    Ok(Some(_)) => {}
                    Ok(None) => {
                        yield Ok(Event::default().event("ended").data(""));
                        return;
                    }
                    // The window comes back, and hears the newest first.
                    Err(_) => return,
                }
            }
            look = tokio::select! {
                is_concerned = concerned(&mut changes, user, SessionDigest::of(&session)) => match is_concerned {
                    true => true,
                    false => return,
                },
                _ = beat.tick() => {
                    beats += 1;
                    yield Ok(Event::default().event("beat").data(""));
                    beats % LOOK_EVERY == 0
                }
            };
        }
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Sse::new(events)).into_response())
}

/// Waits for a change that concerns this session; false where the server stops.
async fn concerned(changes: &mut Receiver<Change>, user: i64, session: SessionDigest) -> bool {
    loop {
        match changes.recv().await {
            Ok(Change::Stop) | Err(RecvError::Closed) => return false,
            Ok(Change::User(concerned)) if concerned != user => {}
            Ok(Change::Session(ended)) if ended != session => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return true,
        }
    }
}

/// Whether a window that was told `sent` learns nothing from `newest`: other people's rights are no concern of its.
fn is_known(newest: &Newest, sent: Option<&Newest>) -> bool {
    sent.is_some_and(|sent| {
        let rights_revision = newest.rights_revision;
        *newest
            == Newest {
                rights_revision,
                ..sent.clone()
            }
    })
}

/// The newest for a session as it stands in the database now; nothing where it is over, or another person's.
async fn newest(state: &AppState, user: i64, session: Id, source: Source) -> Result<Option<Newest>, AppError> {
    let Some(visitor) = Visitor::of_session(state, session, source).await? else {
        return Ok(None);
    };
    if visitor.account.id != user {
        return Ok(None);
    }
    let (settings, _) = settings::mend(&visitor).await?;
    Ok(Some(visitor.newest(settings)))
}
