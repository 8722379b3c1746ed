//! A setting's window: whose it is and at which address, and what happens to every setting in it alike.

use super::{
    Setting,
    epochs::Epochs,
    news::{News, Progress},
    requests::Requests,
    signal::Sticky,
};
use crate::{address::Address, live::known::Asked, person::Person, settings::Settings};
use leptos::prelude::*;

/// Where a setting lives: whose window it is, and at which address.
#[derive(Clone, Copy)]
pub struct WindowOf {
    /// The account that the page was made for.
    pub account: i64,
    /// Who that is, and what they may choose from now.
    pub person: RwSignal<Person>,
    /// The address with its pins.
    pub address: Signal<Address>,
    /// The epochs of the database that it went through.
    pub epochs: StoredValue<Epochs>,
    /// Leads this window to another address of the same page.
    pub readdress: Callback<Address>,
}

/// What a window does to a setting without knowing which it is.
pub trait InWindow {
    /// Takes what the server says of `epoch`, if it is newer. It is taken also where it is older, if `proof` says that the
    /// database went back since this window had what it has.
    fn take_newest(&self, settings: &Settings, epoch: &str, proof: Option<&Asked>);
    /// Its key, and the revision of what it has.
    fn stamp(&self) -> (&'static str, i64);
    /// Sends what waits for the browser to be online.
    fn online(&self);
    /// The page is left: what waits is sent now, in a way that outlives the page, and nothing sent before counts any
    /// more.
    fn leave(&self);
    /// The page was left: the next one of this window goes on counting its requests.
    fn left(&self);
    /// The page was put aside and is shown again: what was under way then was given up.
    fn restored(&self);
    /// Whether a choice is on its way.
    fn is_saving(&self) -> bool;
    /// Stores what the address pins, as the person's own choice.
    fn adopt(&self);
    /// What the setting is called, what is shown of it, and whether that is so by the address.
    fn described(&self) -> Described;
}

/// A setting as it stands in a window, for a person.
#[derive(Clone, PartialEq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// What is shown.
    pub label: String,
    /// Whether the address pins it; otherwise it follows the person's own choice.
    pub is_pinned: bool,
    /// Whether the person may choose it.
    pub is_choice: bool,
}

impl<S: Setting> InWindow for Sticky<S> {
    fn take_newest(&self, settings: &Settings, epoch: &str, proof: Option<&Asked>) {
        // What came after that question is not older than its answer.
        let known = proof.and_then(|asked| asked.settings.get(S::KEY));
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
        // What is under way outlives the page.
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

    fn described(&self) -> Described {
        let value = self.shown();
        Described {
            name: S::NAME,
            label: self.window.person.with(|person| value.label(person)),
            is_pinned: self.is_pinned(),
            is_choice: self.window.person.with(|person| value.check_choice(person).is_ok()),
        }
    }
}
