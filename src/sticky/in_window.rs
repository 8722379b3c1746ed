//! A setting in its window: how it begins there, and what happens to all of them.

use super::{
    Settings, Stamped, VALUE,
    known::KnownSetting,
    news::{News, Progress},
    requests::Requests,
    signal::Sticky,
    window::WindowOf,
};
use crate::message::Value;
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// Every setting of a window.
pub type SettingsOfWindow = StoredValue<Vec<Sticky>>;

/// A setting as it stands in a window, for a person.
#[derive(Clone, PartialEq)]
pub struct Described {
    /// The shown value.
    pub label: Value,
    /// Whether an address can pin it at all.
    pub can_be_pinned: bool,
    /// Whether the address pins it; otherwise it follows the person's own choice.
    pub is_pinned: bool,
    /// Whether the person may choose it.
    pub is_choice: bool,
}

/// The choice made in the setting's form while the program was still on its way; none on the server.
fn chosen_before_hydration(known: &KnownSetting) -> Option<String> {
    if !cfg!(feature = "hydrate") {
        return None;
    }
    let form = document()
        .query_selector(&format!("form[data-setting={}]", known.key))
        .ok()??;
    let fields = FormData::new_with_form(&form.dyn_into::<HtmlFormElement>().ok()?).ok()?;
    (known.read)(&fields.get(VALUE).as_string()?).ok()
}

/// What the server resolved for the setting, or its default.
fn of_settings(known: &KnownSetting, settings: &Settings) -> Stamped<String> {
    let stamped = settings.0.get(known.key);
    let text = stamped.and_then(|stamped| (known.read)(&stamped.value).ok());
    Stamped {
        value: text.unwrap_or_else(known.default_text),
        revision: stamped.map_or(0, |stamped| stamped.revision),
    }
}

impl Sticky {
    /// The setting in `window`, beginning with what the server resolved.
    pub fn begin(known: &'static KnownSetting, resolved: &Settings, window: WindowOf) -> Self {
        let sticky = Self::resolved(known, of_settings(known, resolved), window);
        let shown = untrack(|| sticky.shown());
        if let Some(text) = chosen_before_hydration(known).filter(|text| *text != shown) {
            // After hydration, which must find what the server rendered.
            Effect::new(move |_| sticky.choose(text.clone()));
        }
        if known.loads_afresh {
            Effect::new(move |before: Option<String>| {
                let text = sticky.confirmed.with(|confirmed| confirmed.value.clone());
                if before.is_some_and(|before| before != text) {
                    window.address.get_untracked().load_instead();
                }
                text
            });
        }
        sticky
    }

    /// Takes the server's values of `epoch` if they are newer. Older ones are taken too if the database went back since
    /// this window had the revisions in `proof`.
    pub fn take_snapshot(self, settings: &Settings, epoch: &str, proof: Option<&BTreeMap<&'static str, i64>>) {
        // Anything that arrived after the question is at least as new as its answer.
        let known = proof.and_then(|asked| asked.get(self.known.key));
        let is_proof = known.is_some_and(|known| *known == self.stamp().1);
        self.take(of_settings(self.known, settings), epoch, is_proof);
    }

    /// Its key, and the revision of what it has.
    pub fn stamp(self) -> (&'static str, i64) {
        (self.known.key, untrack(|| self.revision()))
    }

    /// Sends the choice that waits for the browser to be online.
    pub fn online(self) {
        if self.is_idle() {
            if self.news.with_untracked(|news| matches!(news, Some(News::Unsaved))) {
                self.news.set(None);
            }
            self.send();
        }
    }

    /// The page is left: a waiting choice is sent now, in a way that outlives the page, and nothing sent before counts
    /// any more.
    pub fn leave(self) {
        let Some(waiting) = self.pending.get_untracked() else {
            return;
        };
        // A request that is under way outlives the page.
        if !self.with_requests(|requests| requests.is_sending(&waiting)) {
            self.with_requests(Requests::give_up);
            self.send_now(waiting);
        }
    }

    /// The page was left: the next one of this window goes on counting its requests.
    pub fn left(self) {
        self.with_requests(|requests| requests.hand_on(self.known.key));
    }

    /// The page was put aside and is shown again: a request under way then was given up.
    pub fn restored(self) {
        self.with_requests(|requests| {
            requests.give_up();
            requests.take_over(self.known.key);
        });
        self.pending.set(None);
        self.news.set(None);
    }

    /// Whether a choice is on its way.
    pub fn is_saving(self) -> bool {
        self.pending.with(Option::is_some) && self.progress() == Progress::Saving
    }

    /// Stores what the address pins, as the person's own choice.
    pub fn adopt(self) {
        if let Some(text) = self.pinned.get_untracked() {
            self.store(text);
        }
    }

    /// Its key, and the text of the shown value, if figures depend on it.
    pub fn in_figures(self) -> Option<(&'static str, String)> {
        self.known.changes_figures.then(|| (self.known.key, self.shown()))
    }

    /// The shown value, and whether the address pins it.
    pub fn described(self) -> Described {
        let text = self.shown();
        Described {
            label: self.label_of(&text),
            can_be_pinned: self.known.can_be_pinned,
            is_pinned: self.is_pinned(),
            is_choice: self.is_choice(&text),
        }
    }
}
