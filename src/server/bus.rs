//! Who hears of which change. A change says whom it concerns, and each stream that it concerns reads the current state
//! by itself: so a message that is lost, or comes twice, does no harm.

use super::digest::SessionDigest;
use parking_lot::Mutex;
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};

/// How many messages a slow stream may lag behind; beyond that it just reads the current state, as after any message.
const BACKLOG: usize = 256;

/// How many streams one account may have: one for each visible window, on all devices.
const MOST_STREAMS: usize = 20;

/// Whom a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerns {
    /// The windows of this user: their settings.
    User(i64),
    /// The windows of this session: it was ended.
    Session(SessionDigest),
    /// Every window: the data, or what people may see.
    Everyone,
}

/// A message to the streams.
#[derive(Clone, Copy)]
enum Message {
    Changed(Concerns),
    /// The server stops.
    Stop,
}

/// Tells the streams of open windows of changes, and knows whose they are.
pub struct Bus {
    messages: Sender<Message>,
    is_stopping: AtomicBool,
    /// The session of each stream, by user.
    streams: Mutex<HashMap<i64, Vec<SessionDigest>>>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            messages: broadcast::channel(BACKLOG).0,
            is_stopping: AtomicBool::new(false),
            streams: Mutex::default(),
        }
    }
}

impl Bus {
    /// Tells the streams that a change concerns.
    pub fn tell(&self, concerns: Concerns) {
        self.send(Message::Changed(concerns));
    }

    /// Ends every stream, also those that are about to begin.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::SeqCst);
        self.send(Message::Stop);
    }

    /// The users with an open stream.
    pub fn users(&self) -> Vec<i64> {
        self.streams.lock().keys().copied().collect()
    }

    /// The sessions with an open stream.
    pub fn sessions(&self) -> HashSet<SessionDigest> {
        self.streams.lock().values().flatten().copied().collect()
    }

    /// Listens for a stream of this user's session, from now on and until the subscription is dropped. `None` if the
    /// user has as many streams as allowed.
    pub fn subscribe(self: &Arc<Self>, user: i64, session: SessionDigest) -> Option<Subscription> {
        let messages = self.messages.subscribe();
        let mut streams = self.streams.lock();
        let sessions = streams.entry(user).or_default();
        if sessions.len() >= MOST_STREAMS {
            return None;
        }
        sessions.push(session);
        Some(Subscription {
            bus: self.clone(),
            messages,
            user,
            session,
        })
    }

    fn send(&self, message: Message) {
        // Fails if no stream is open: then there is nobody to tell.
        drop(self.messages.send(message));
    }
}

/// A stream's subscription; the stream counts until this is dropped.
pub struct Subscription {
    bus: Arc<Bus>,
    messages: Receiver<Message>,
    user: i64,
    session: SessionDigest,
}

impl Subscription {
    /// Waits for a change that concerns this stream; false if the server stops.
    pub async fn is_concerned(&mut self) -> bool {
        loop {
            match self.messages.recv().await {
                Ok(Message::Stop) | Err(RecvError::Closed) => return false,
                Ok(Message::Changed(Concerns::User(user))) if user != self.user => {}
                Ok(Message::Changed(Concerns::Session(session))) if session != self.session => {}
                Ok(Message::Changed(_)) | Err(RecvError::Lagged(_)) => return true,
            }
        }
    }

    /// Whether the server stops, even if that was said before this began to listen.
    pub fn is_stopping(&self) -> bool {
        self.bus.is_stopping.load(Ordering::SeqCst)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut streams = self.bus.streams.lock();
        if let Some(sessions) = streams.get_mut(&self.user) {
            if let Some(place) = sessions.iter().position(|session| *session == self.session) {
                sessions.swap_remove(place);
            }
            if sessions.is_empty() {
                streams.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tower_sessions::session::Id;

    fn session(number: i128) -> SessionDigest {
        SessionDigest::of(&Id(number))
    }

    #[tokio::test]
    async fn a_stream_hears_what_concerns_it_alone() {
        let bus = Arc::new(Bus::default());
        let mut stream = bus.subscribe(1, session(1)).unwrap();
        for concerns in [Concerns::User(1), Concerns::Session(session(1)), Concerns::Everyone] {
            bus.tell(Concerns::User(2));
            bus.tell(Concerns::Session(session(2)));
            bus.tell(concerns);
            assert!(stream.is_concerned().await, "{concerns:?}");
            assert!(stream.messages.is_empty(), "it passed over the others");
        }
        bus.stop();
        assert!(!stream.is_concerned().await);
        assert!(bus.subscribe(1, session(1)).unwrap().is_stopping());
    }

    #[test]
    fn streams_count_while_they_are_open() {
        let bus = Arc::new(Bus::default());
        let mut open: Vec<_> = (0..MOST_STREAMS)
            .map(|number| bus.subscribe(1, session(number as i128 % 2)).unwrap())
            .collect();
        assert!(bus.subscribe(1, session(3)).is_none());
        assert!(bus.subscribe(2, session(4)).is_some(), "another account has its own");
        open.pop();
        assert!(bus.subscribe(1, session(3)).is_some());
        assert_eq!(bus.users(), [1]);
        drop(open);
        assert!(bus.users().is_empty() && bus.sessions().is_empty());
    }
}
