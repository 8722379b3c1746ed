//! The browser's side of the stream: open while this window is seen, beginning with the current state, which is asked
//! for again whenever the window could have missed something.

#![expect(clippy::float_arithmetic, reason = "the browser counts milliseconds in them")]

mod state;

use super::{
    BEAT, Snapshot,
    judge::{Asked, Heard},
    reload::reload,
};
use crate::{asking::snapshot, error::ErrorKind, json::read, routes::STREAM};
use leptos::{prelude::*, task::spawn_local};
use state::with_state;
use std::{cell::Cell, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent, PageTransitionEvent};

/// After how long without a sign of life the stream counts as dead.
const SILENCE: Duration = Duration::from_secs(3 * BEAT);

/// A stream open for at least this long is not one of those that keep failing, in milliseconds.
const STEADY: f64 = 10_000.0;

/// The stream of this window.
#[derive(Clone, Copy)]
pub struct Stream {
    /// Whether this window is up to date.
    is_current: RwSignal<bool>,
    on: On,
}

/// How the window reacts to the stream.
#[derive(Clone, Copy)]
pub struct On {
    /// A snapshot arrived.
    pub snapshot: Callback<(Snapshot, Heard), bool>,
    /// What this window knows while it asks for something.
    pub asking: Callback<(), Asked>,
    /// Nobody is logged in any more.
    pub logged_out: Callback<()>,
    /// The browser is online again.
    pub online: Callback<()>,
    /// The page is being left.
    pub leave: Callback<()>,
    /// It was left, possibly only for the back/forward cache.
    pub left: Callback<()>,
    /// The page was put aside by the browser and is shown again.
    pub restored: Callback<()>,
}

impl Stream {
    /// Follows the server from now on, while the window is seen.
    pub fn follow(on: On) -> Self {
        let stream = Self {
            is_current: RwSignal::new(false),
            on,
        };
        Effect::new(move |_| {
            stream.open();
            window_event_listener_untyped("visibilitychange", move |_| {
                if document().hidden() {
                    stream.close();
                } else {
                    stream.open();
                }
            });
            window_event_listener_untyped("online", move |_| {
                on.online.run(());
                stream.close();
                stream.open();
            });
            // Before the browser asks for the next page, which must know of the choice already.
            window_event_listener_untyped("beforeunload", move |_| on.leave.run(()));
            window_event_listener_untyped("pagehide", move |_| {
                on.leave.run(());
                on.left.run(());
                stream.close();
                // If the browser keeps the page, hide it until it is up to date again.
                set_parked(true);
            });
            window_event_listener_untyped("pageshow", move |event| {
                if event
                    .dyn_ref::<PageTransitionEvent>()
                    .is_some_and(PageTransitionEvent::persisted)
                {
                    on.restored.run(());
                    stream.ask();
                }
            });
        });
        stream
    }

    /// Whether this window is up to date: its stream is open and has brought the current state.
    pub fn is_current(self) -> bool {
        self.is_current.get()
    }

    fn close(self) {
        self.is_current.set(false);
        with_state(|state| {
            if let Some(source) = state.source.take() {
                source.close();
            }
            let timers = [state.retry.take(), state.silence.take(), state.doubt.take()];
            timers.into_iter().flatten().for_each(|timer| timer.clear());
        });
    }

    fn open(self) {
        if document().hidden() || with_state(|state| state.source.is_some()) {
            return;
        }
        let Ok(source) = EventSource::new(STREAM.path) else {
            self.try_again();
            return;
        };
        // The first snapshot was read after this; a later one, at some time.
        let asked = Cell::new(Some(self.on.asking.run(())));
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let snapshot = message.data().as_string().and_then(|text| read::<Snapshot>(&text));
            self.hear();
            let Some(snapshot) = snapshot else {
                return;
            };
            let heard = asked.take().map_or(Heard::Told, Heard::Read);
            if self.on.snapshot.run((snapshot, heard)) {
                with_state(|state| state.doubts.reset());
                self.is_current.set(true);
                set_parked(false);
            } else {
                self.doubt();
            }
        });
        let beat = Closure::<dyn Fn()>::new(move || self.hear());
        // A browser in which somebody is just logging in has a new session in a moment. So the server is asked after a
        // pause, and nothing of the old session is seen until then.
        let ended = Closure::<dyn Fn()>::new(move || {
            set_parked(true);
            self.close();
            self.try_again();
        });
        let failed = Closure::<dyn Fn()>::new(move || {
            self.close();
            with_state(|state| {
                if js_sys::Date::now() - state.opened > STEADY {
                    state.tries.reset();
                }
            });
            self.try_again();
        });
        for (name, listener) in [
            ("newest", heard.as_ref()),
            ("beat", beat.as_ref()),
            ("ended", ended.as_ref()),
            ("error", failed.as_ref()),
        ] {
            // A source that takes no listener is silent, and silence ends it.
            drop(source.add_event_listener_with_callback(name, listener.unchecked_ref()));
        }
        // They live as long as the source, which only the browser knows.
        heard.forget();
        beat.forget();
        ended.forget();
        failed.forget();
        with_state(|state| {
            state.source = Some(source);
            state.opened = js_sys::Date::now();
        });
        self.hear();
    }

    /// Something was heard: the time of silence begins anew.
    fn hear(self) {
        with_state(|state| {
            if let Some(timer) = state.silence.take() {
                timer.clear();
            }
            let dead = move || {
                self.close();
                self.open();
            };
            state.silence = set_timeout_with_handle(dead, SILENCE).ok();
        });
    }

    /// Comes back after a moment: a stream doesn't say why it failed, so the current state is asked for first.
    fn try_again(self) {
        with_state(|state| {
            // So that the windows don't all reconnect at once.
            let wait = state.tries.grow().as_millis() as u64;
            let wait = wait / 2 + (js_sys::Math::random() * wait as f64 / 2.0) as u64;
            state.retry = set_timeout_with_handle(move || self.ask(), Duration::from_millis(wait)).ok();
        });
    }

    /// A message was older than what this window knows. It may have been on its way for a long time, or the database
    /// went back: the answer to a question after a moment tells which.
    fn doubt(self) {
        with_state(|state| {
            if state.doubt.is_none() {
                let wait = state.doubts.grow();
                state.doubt = set_timeout_with_handle(move || self.settle(), wait).ok();
            }
        });
    }

    /// Asks the server for the current state.
    fn settle(self) {
        with_state(|state| state.doubt = None);
        let asked = self.on.asking.run(());
        spawn_local(async move {
            match snapshot().await {
                Ok(snapshot) if self.on.snapshot.run((snapshot.clone(), Heard::Read(asked.clone()))) => {
                    let is_open = with_state(|state| {
                        state.doubts.reset();
                        state.source.is_some()
                    });
                    self.is_current.set(is_open);
                    set_parked(false);
                }
                Err(error) if error.kind == ErrorKind::NotLoggedIn => self.on.logged_out.run(()),
                // A stream that was closed asks when it is opened again.
                _ if with_state(|state| state.source.is_some()) => self.doubt(),
                _ => {}
            }
        });
    }

    /// Asks for the current state, then opens the stream.
    fn ask(self) {
        let asked = self.on.asking.run(());
        spawn_local(async move {
            match snapshot().await {
                Ok(snapshot) => {
                    // Unless somebody else is logged in by now, and another page is on its way.
                    if self.on.snapshot.run((snapshot, Heard::Read(asked))) {
                        set_parked(false);
                    }
                    self.open();
                }
                Err(error) if error.kind == ErrorKind::NotLoggedIn => self.on.logged_out.run(()),
                Err(_) if is_parked() => reload(),
                Err(_) if document().hidden() => {}
                Err(_) => self.try_again(),
            }
        });
    }
}

/// Hides the page's content, or shows it again.
fn set_parked(is_parked: bool) {
    if let Some(html) = document().document_element() {
        drop(html.class_list().toggle_with_force("parked", is_parked));
    }
}

fn is_parked() -> bool {
    document()
        .document_element()
        .is_some_and(|html| html.class_list().contains("parked"))
}
