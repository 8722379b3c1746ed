//! A setting in its window: how it begins there, and what happens to all of them.

use super::{
    Setting, Settings, VALUE,
    news::{News, Progress},
    requests::Requests,
    signal::Sticky,
    window::{Described, InWindow, WindowOf},
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// Makes the setting known to every component of `window`, beginning with what the server resolved.
pub fn begin<S: Setting>(resolved: &Settings, window: WindowOf) -> Arc<dyn InWindow + Send + Sync> {
    let sticky = Sticky::<S>::provide(resolved.get(), window);
    if let Some(value) = chosen_before_hydration::<S>().filter(|value| *value != sticky.shown_untracked()) {
        // After hydration, which must find what the server rendered.
        Effect::new(move |_| sticky.choose(value.clone()));
    }
    if S::LOADS_AFRESH {
        Effect::new(move |before: Option<S>| {
            let value = sticky.confirmed.with(|confirmed| confirmed.value.clone());
            if before.is_some_and(|before| before != value) {
                window.address.get_untracked().load_instead();
            }
            value
        });
    }
    Arc::new(sticky)
}

/// The choice made in the setting's form while the program was still on its way; none on the server.
fn chosen_before_hydration<S: Setting>() -> Option<S> {
    if !cfg!(feature = "hydrate") {
        return None;
    }
    let form = document()
        .query_selector(&format!("form[data-setting={}]", S::KEY))
        .ok()??;
    let fields = FormData::new_with_form(&form.dyn_into::<HtmlFormElement>().ok()?).ok()?;
    S::parse(&fields.get(VALUE).as_string()?).ok()
}

impl<S: Setting> InWindow for Sticky<S> {
    fn take_snapshot(&self, settings: &Settings, epoch: &str, proof: Option<&BTreeMap<&'static str, i64>>) {
        // Anything that arrived after the question is at least as new as its answer.
        let known = proof.and_then(|asked| asked.get(S::KEY));
        let is_proof = known.is_some_and(|known| *known == self.stamp().1);
        self.take(settings.get(), epoch, is_proof);
    }

    fn stamp(&self) -> (&'static str, i64) {
        (S::KEY, untrack(|| self.revision()))
    }

    fn online(&self) {
        if self.is_idle() {
            if self.news.with_untracked(|news| matches!(news, Some(News::Unsaved))) {
                self.news.set(None);
            }
            self.send();
        }
    }

    fn leave(&self) {
        let Some(waiting) = self.pending.get_untracked() else {
            return;
        };
        let text = waiting.text();
        // A request that is under way outlives the page.
        if !self.with_requests(|requests| requests.is_sending(&text)) {
            self.with_requests(Requests::give_up);
            self.send_now(waiting);
        }
    }

    fn left(&self) {
        self.with_requests(|requests| requests.hand_on(S::KEY));
    }

    fn restored(&self) {
        self.with_requests(|requests| {
            requests.give_up();
            requests.take_over(S::KEY);
        });
        self.pending.set(None);
        self.news.set(None);
    }

    fn is_saving(&self) -> bool {
        self.pending.with(Option::is_some) && self.progress() == Progress::Saving
    }

    fn adopt(&self) {
        if let Some(value) = self.pinned.get_untracked() {
            self.store(value);
        }
    }

    fn in_figures(&self) -> Option<(&'static str, String)> {
        S::CHANGES_FIGURES.then(|| (S::KEY, self.shown().text()))
    }

    fn described(&self) -> Described {
        let value = self.shown();
        Described {
            label: self.window.user.with(|user| value.label(user)),
            can_be_pinned: S::CAN_BE_PINNED,
            is_pinned: self.is_pinned(),
            is_choice: self.window.user.with(|user| value.check_choice(user).is_ok()),
        }
    }
}
