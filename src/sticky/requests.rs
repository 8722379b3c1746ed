//! A window's requests for one setting, and the one under way: one at a time, each with a number, so that the
//! database can tell a late one from the last.

#![expect(clippy::float_arithmetic, reason = "random digits are one in the browser")]

use super::request_number::RequestNumber;
use crate::{json::read, pause::Pause};
use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use serde::Deserialize;
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// How long to wait before resending a choice that was stored in a database which has since been replaced, at first and
/// at most.
const FIRST_TRY: Duration = Duration::from_millis(50);
pub(super) const LAST_TRY: Duration = Duration::from_secs(5);

/// The pauses before that.
pub(super) const SENDING_AGAIN: Pause = Pause::between(FIRST_TRY, LAST_TRY);

/// This window's requests, and the one that is under way.
#[derive(Default)]
pub struct Requests {
    window: String,
    sent: i64,
    in_flight: Option<InFlight>,
    /// See [`RequestNumber::void_through`].
    void_through: i64,
}

struct InFlight {
    sequence: i64,
    text: String,
}

/// The state from which the next document of the same window goes on: a request under way now must not win over a
/// choice made there.
#[derive(Deserialize)]
struct HandedOn {
    window: String,
    sent: i64,
    void_through: i64,
}

impl HandedOn {
    /// As the browser writes it; a number is exact up to 2^53.
    fn json(&self) -> Option<String> {
        let object = Object::new();
        let fields: [(&str, JsValue); 3] = [
            ("window", self.window.as_str().into()),
            ("sent", (self.sent as f64).into()),
            ("void_through", (self.void_through as f64).into()),
        ];
        for (name, value) in fields {
            Reflect::set(&object, &name.into(), &value).ok()?;
        }
        JSON::stringify(&object).ok()?.as_string()
    }
}

impl Requests {
    /// Whether nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_none()
    }

    /// Whether the request with this number is the one whose answer is waited for.
    pub fn awaits(&self, sequence: i64) -> bool {
        self.in_flight
            .as_ref()
            .is_some_and(|in_flight| in_flight.sequence == sequence)
    }

    /// Whether exactly this value is being sent.
    pub fn is_sending(&self, text: &str) -> bool {
        self.in_flight.as_ref().is_some_and(|in_flight| in_flight.text == text)
    }

    /// The next request, for the value with this text; it is under way from now on.
    pub fn next(&mut self, text: String) -> RequestNumber {
        if self.window.is_empty() {
            // Only different windows of one account must differ; nothing is kept secret with it.
            self.window = format!(
                "{:x}-{:x}",
                js_sys::Date::now() as u64,
                (js_sys::Math::random() * 1e15) as u64
            );
        }
        self.sent += 1;
        self.in_flight = Some(InFlight {
            sequence: self.sent,
            text,
        });
        RequestNumber {
            window: self.window.clone(),
            sequence: self.sent,
            void_through: self.void_through,
        }
    }

    /// The request under way was stored, so the database also knows what it declared void.
    pub fn stored(&mut self) {
        self.in_flight = None;
        self.void_through = 0;
    }

    /// The request under way was refused: nobody knows yet what it declared void.
    pub fn refused(&mut self) {
        self.in_flight = None;
    }

    /// Nobody waits for the request under way any longer, or knows whether it was stored: it may still arrive, and the
    /// next choice must win over it.
    pub fn give_up(&mut self) {
        if let Some(given_up) = self.in_flight.take() {
            self.void_through = given_up.sequence;
        }
    }

    /// The document is left: if a request may still arrive, the next document of this window goes on from here. That is
    /// kept where only this window's documents find it; in a browser that stores nothing the next one begins as a new
    /// window.
    pub fn hand_on(&self, key: &str) {
        let under_way = self.in_flight.as_ref().map_or(0, |in_flight| in_flight.sequence);
        let handed_on = HandedOn {
            window: self.window.clone(),
            sent: self.sent,
            void_through: self.void_through.max(under_way),
        };
        if handed_on.void_through > 0
            && let (Some(storage), Some(text)) = (storage(), handed_on.json())
        {
            drop(storage.set_item(&name(key), &text));
        }
    }

    /// Goes on from where the window's last document was left. That state is deleted then: a copy of this window
    /// must not go on from there as well.
    pub fn take_over(&mut self, key: &str) {
        let Some(storage) = storage() else {
            return;
        };
        let text = storage.get_item(&name(key)).ok().flatten();
        drop(storage.remove_item(&name(key)));
        let handed_on = text.and_then(|text| read::<HandedOn>(&text));
        if let Some(handed_on) = handed_on.filter(|last| self.window.is_empty() || self.window == last.window) {
            self.window = handed_on.window;
            self.sent = self.sent.max(handed_on.sent);
            self.void_through = self.void_through.max(handed_on.void_through);
        }
    }
}

fn name(key: &str) -> String {
    format!("requests-{key}")
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}
