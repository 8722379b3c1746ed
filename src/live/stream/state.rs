//! What a page's stream is doing, and when it goes on.

use crate::pause::Pause;
use leptos::prelude::TimeoutHandle;
use std::{cell::RefCell, time::Duration};
use web_sys::EventSource;

/// How long the first try to come back waits; each further one twice as long, up to the last.
const FIRST_TRY: Duration = Duration::from_millis(500);
const LAST_TRY: Duration = Duration::from_secs(5);

/// How long to wait at first after a message that is older than what the window knows, before the server is asked.
const FIRST_DOUBT: Duration = Duration::from_millis(50);

thread_local! {
    /// Global, since a page has one stream, and the browser's object for it can't leave its thread, so signals can't
    /// hold it.
    static GLOBAL_STATE: RefCell<State> = RefCell::default();
}

/// Reads or changes it.
pub fn with_state<T>(work: impl FnOnce(&mut State) -> T) -> T {
    GLOBAL_STATE.with_borrow_mut(work)
}

/// What a page's stream is doing.
pub struct State {
    /// The stream, while it is open.
    pub source: Option<EventSource>,
    /// When it was opened, in milliseconds since 1970.
    pub opened: f64,
    /// The pauses before it is tried again.
    pub tries: Pause,
    /// The next try.
    pub retry: Option<TimeoutHandle>,
    /// Ends it, unless something is heard.
    pub silence: Option<TimeoutHandle>,
    /// The pauses before the server is asked about an older message.
    pub doubts: Pause,
    /// The next question.
    pub doubt: Option<TimeoutHandle>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            source: None,
            opened: 0.0,
            tries: Pause::between(FIRST_TRY, LAST_TRY),
            retry: None,
            silence: None,
            doubts: Pause::between(FIRST_DOUBT, LAST_TRY),
            doubt: None,
        }
    }
}
