//! The browser's side of a setting: what is confirmed, what is pending, and the way between them.

use super::{Setting, Stamped, api::persist};
use crate::error::AppError;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// A setting in this window. What is shown is what is pending, else what is confirmed.
///
/// One request at most is under way; while it is, only the latest further choice waits. So of two quick choices the
/// later one wins, however slowly the first is answered.
pub struct Sticky<S: Setting> {
    confirmed: RwSignal<Stamped<S>>,
    pending: RwSignal<Option<S>>,
    refused: RwSignal<Option<Refused<S>>>,
    in_flight: StoredValue<bool>,
}

impl<S: Setting> Clone for Sticky<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Setting> Copy for Sticky<S> {}

/// A choice that was not stored, and why.
#[derive(Clone, PartialEq)]
pub struct Refused<S> {
    /// What was chosen, where it could be read at all: then it can be tried again.
    pub value: Option<S>,
    /// Why it isn't so.
    pub error: AppError,
}

impl<S: Setting> Sticky<S> {
    /// Makes the setting known to every component below, beginning with what the server resolved.
    pub fn provide(resolved: Stamped<S>) -> Self {
        let early = chosen_before_hydration::<S>().filter(|value| *value != resolved.value);
        let sticky = Self {
            confirmed: RwSignal::new(resolved),
            pending: RwSignal::new(None),
            refused: RwSignal::new(None),
            in_flight: StoredValue::new(false),
        };
        provide_context(sticky);
        if let Some(value) = early {
            // After hydration, which must find what the server rendered.
            Effect::new(move |_| sticky.choose(value.clone()));
        }
        sticky
    }

    /// The setting of this window.
    pub fn expect() -> Self {
        expect_context()
    }

    /// What is shown now.
    pub fn shown(self) -> S {
        self.pending.get().unwrap_or_else(|| self.confirmed.get().value)
    }

    /// The last choice that was not stored, until the next one.
    pub fn refused(self) -> Option<Refused<S>> {
        self.refused.get()
    }

    /// Forgets the choice that was not stored.
    pub fn dismiss(self) {
        self.refused.set(None);
    }

    /// Chooses the value with this text, as [`Sticky::choose`] does; one that can't be read is refused with the reason.
    pub fn choose_text(self, text: &str) {
        match S::parse(text) {
            Ok(value) => self.choose(value),
            Err(error) => self.refused.set(Some(Refused { value: None, error })),
        }
    }

    /// Shows `value` at once and has it stored.
    pub fn choose(self, value: S) {
        self.refused.set(None);
        self.pending.set(Some(value));
        if !self.in_flight.get_value() {
            self.send();
        }
    }

    /// Takes a value from the server, if it is newer than the one at hand.
    fn confirm(self, stamped: Stamped<S>) {
        if stamped.is_newer_than(&self.confirmed.get_untracked()) {
            self.confirmed.set(stamped);
        }
    }

    fn send(self) {
        let Some(value) = self.pending.get_untracked() else {
            return;
        };
        self.in_flight.set_value(true);
        spawn_local(async move {
            let answer = persist(S::KEY.to_owned(), value.text()).await;
            self.in_flight.set_value(false);
            let is_latest = self.pending.get_untracked().as_ref() == Some(&value);
            match answer.and_then(|stamped| {
                Ok(Stamped {
                    value: S::parse(&stamped.value)?,
                    revision: stamped.revision,
                })
            }) {
                Ok(stamped) => self.confirm(stamped),
                Err(error) if is_latest => self.refused.set(Some(Refused {
                    value: Some(value),
                    error,
                })),
                Err(_) => {}
            }
            if is_latest {
                self.pending.set(None);
            } else {
                self.send();
            }
        });
    }
}

/// What the person chose in the setting's form while the program was still on its way; nothing on the server.
fn chosen_before_hydration<S: Setting>() -> Option<S> {
    if !cfg!(feature = "hydrate") {
        return None;
    }
    let form = document()
        .query_selector(&format!("form[data-setting={}]", S::KEY))
        .ok()??;
    let fields = FormData::new_with_form(&form.dyn_into::<HtmlFormElement>().ok()?).ok()?;
    S::parse(&fields.get("value").as_string()?).ok()
}
