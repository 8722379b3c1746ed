//! The browser's side of a setting: its confirmed value, its pending one, the one that the address pins, and the way
//! between them.

use super::{
    Setting, Stamped,
    known::KnownSetting,
    news::{News, Progress},
    requests::{Requests, SENDING_AGAIN},
    window::WindowOf,
    withdrawn,
};
use crate::{address::Address, message::Value, pause::Pause};
use leptos::prelude::*;

/// A setting in this window, each value as its text. It shows the value that its address pins, else the pending one,
/// else the confirmed one.
///
/// One request at most is under way; while it is, only the latest further choice waits. So of two quick choices the
/// later one wins, however slowly the first is answered.
#[derive(Clone, Copy)]
pub struct Sticky {
    /// Which setting it is.
    pub known: &'static KnownSetting,
    pub(super) confirmed: RwSignal<Stamped<String>>,
    /// The epoch in which that stamp counts.
    pub(super) epoch: StoredValue<String>,
    pub(super) pending: RwSignal<Option<String>>,
    pub(super) pinned: Memo<Option<String>>,
    pub(super) news: RwSignal<Option<News>>,
    requests: StoredValue<Requests>,
    pub(super) again: StoredValue<Pause>,
    pub(super) window: WindowOf,
}

impl Sticky {
    /// The setting in `window`, beginning with the value that the server resolved.
    pub(super) fn resolved(known: &'static KnownSetting, resolved: Stamped<String>, window: WindowOf) -> Self {
        let pinned = Memo::new(move |_| {
            let pin = |address: &Address| (known.read)(address.pin(known.key)?).ok();
            window.address.with(pin)
        });
        let sticky = Self {
            known,
            confirmed: RwSignal::new(resolved),
            epoch: StoredValue::new(window.epochs.with_value(|epochs| epochs.current().to_owned())),
            pending: RwSignal::new(None),
            pinned,
            news: RwSignal::new(None),
            requests: StoredValue::default(),
            again: StoredValue::new(SENDING_AGAIN),
            window,
        };
        if cfg!(feature = "hydrate") {
            sticky.with_requests(|requests| requests.take_over(known.key));
        }
        sticky
    }

    /// The text of the value shown now.
    pub fn shown(self) -> String {
        self.pinned.get().unwrap_or_else(|| self.own())
    }

    /// The value shown now, of the setting's type `S`.
    pub fn shown_as<S: Setting>(self) -> S {
        S::parse(&self.shown()).unwrap_or_default()
    }

    /// What the user sees for the value with this text.
    pub fn label_of(self, text: &str) -> Value {
        self.window.user.with(|user| (self.known.label)(text, user))
    }

    /// This person's own value, whatever the address pins.
    pub fn own(self) -> String {
        self.pending.get().unwrap_or_else(|| self.confirmed.get().value)
    }

    /// Whether the address of this window pins it.
    pub fn is_pinned(self) -> bool {
        self.pinned.with(Option::is_some)
    }

    /// The revision of the confirmed value.
    pub fn revision(self) -> i64 {
        self.confirmed.with(|confirmed| confirmed.revision)
    }

    /// How far the choice has come.
    pub fn progress(self) -> Progress {
        if self.pending.with(Option::is_none) {
            Progress::Saved
        } else if self.news.with(|news| matches!(news, Some(News::Unsaved))) {
            Progress::Unsaved
        } else {
            Progress::Saving
        }
    }

    /// What the person should know about it.
    pub fn news(self) -> Option<News> {
        self.news.get()
    }

    /// Forgets what the person has read.
    pub fn dismiss(self) {
        self.news.set(None);
    }

    /// Pins this window to the value with this text.
    pub fn pin(self, text: String) {
        let address = self.window.address.get_untracked();
        self.window.readdress.run(address.with_pin(self.known.key, text));
    }

    /// Whether no request is under way.
    pub(super) fn is_idle(self) -> bool {
        self.with_requests(|requests| requests.is_idle())
    }

    pub(super) fn with_requests<T: Default>(self, work: impl FnOnce(&mut Requests) -> T) -> T {
        // An answer may come after the page has gone.
        self.requests.try_update_value(work).unwrap_or_default()
    }

    /// Whether this person may choose the value with this text now.
    pub(super) fn is_choice(self, text: &str) -> bool {
        self.window
            .user
            .with(|user| (self.known.check_choice)(text, user).is_ok())
    }

    /// Takes a value from the server, if it is newer than the one at hand, or of another database: it is in another
    /// epoch, or there is proof that the database went back.
    pub(super) fn take(self, stamped: Stamped<String>, epoch: &str, is_proof: bool) {
        let is_other = !epoch.is_empty() && self.epoch.with_value(|own| own != epoch);
        if is_other {
            self.epoch.set_value(epoch.to_owned());
        }
        let confirmed = self.confirmed.get_untracked();
        let is_withdrawn = !untrack(|| self.is_choice(&confirmed.value));
        // A withdrawn value is replaced before the replacement is stored, under the same revision.
        let replaces = is_other
            || is_proof
            || stamped.is_newer_than(&confirmed)
            || (is_withdrawn && stamped.revision == confirmed.revision);
        if !replaces {
            return;
        }
        let before = untrack(|| self.own());
        let value = stamped.value.clone();
        self.confirmed.set(stamped);
        let was_tried = self
            .news
            .with_untracked(|news| matches!(news, Some(News::Refused { value: Some(tried), .. }) if *tried == value));
        if was_tried {
            // It was stored after all, only the answer got lost.
            self.news.set(None);
        } else if self.pending.with_untracked(Option::is_none) {
            self.follow(before, &value);
        }
    }

    /// Tells the person that `value` is shown instead of `before`, which was chosen in this window.
    pub(super) fn follow(self, before: String, value: &str) {
        if before == value {
            return;
        }
        let news = untrack(|| {
            if self.is_choice(&before) {
                News::Followed { before }
            } else {
                News::Withdrawn(withdrawn((self.known.name)(), &before, self.label_of(value)))
            }
        });
        self.news.set(Some(news));
    }
}
