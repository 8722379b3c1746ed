//! The browser's side of a setting: what is confirmed, what is pending, what the address pins, and the way between them.

use super::{
    Setting, Stamped,
    api::{Writer, send},
};
use crate::{
    address::Address,
    error::{AppError, ErrorKind},
    person::Person,
    settings::{Settings, withdrawn},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// A setting in this window. What is shown is what its address pins, else what is pending, else what is confirmed.
///
/// One request at most is under way; while it is, only the latest further choice waits. So of two quick choices the
/// later one wins, however slowly the first is answered.
pub struct Sticky<S: Setting> {
    confirmed: RwSignal<Stamped<S>>,
    pending: RwSignal<Option<S>>,
    pinned: Memo<Option<S>>,
    news: RwSignal<Option<News<S>>>,
    requests: StoredValue<Requests>,
    window: WindowOf,
}

impl<S: Setting> Clone for Sticky<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Setting> Copy for Sticky<S> {}

/// Where a setting lives: whose window it is, and at which address.
#[derive(Clone, Copy)]
pub struct WindowOf {
    /// The account that the page was made for.
    pub account: i64,
    /// Who that is, and what they may choose from now.
    pub person: RwSignal<Person>,
    /// The address with its pins.
    pub address: Signal<Address>,
    /// Leads this window to another address of the same page.
    pub readdress: Callback<Address>,
}

/// What a person should know of a setting in this window.
#[derive(Clone, PartialEq)]
pub enum News<S> {
    /// A choice was not stored.
    Refused {
        /// What was chosen, where it could be read at all: then it can be tried again.
        value: Option<S>,
        /// Why it isn't so.
        error: AppError,
    },
    /// The browser is offline: the choice is kept here, and sent when it is online again.
    Unsaved,
    /// The setting was changed in another window or on another device, and this one followed.
    Followed {
        /// What was shown before.
        before: S,
    },
    /// What was chosen may be chosen no more, in words.
    Withdrawn(String),
}

/// What this window has sent, and what is under way.
#[derive(Default)]
struct Requests {
    window: String,
    sent: i64,
    in_flight: Option<InFlight>,
    /// See [`Writer::void_through`].
    void_through: i64,
}

struct InFlight {
    sequence: i64,
    text: String,
}

impl Requests {
    /// Nobody waits for what is in flight any longer, and the next choice must win over it.
    fn give_up(&mut self) {
        if let Some(given_up) = self.in_flight.take() {
            self.void_through = given_up.sequence;
        }
    }
}

/// How far the shown choice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The database has it.
    Saved,
    /// It is on its way.
    Saving,
    /// It waits in this window.
    Unsaved,
}

impl Progress {
    /// As it stands in the page.
    pub fn text(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::Unsaved => "unsaved",
        }
    }
}

impl<S: Setting> Sticky<S> {
    /// Makes the setting known to every component below, beginning with what the server resolved.
    pub fn provide(resolved: Stamped<S>, window: WindowOf) -> Self {
        let pinned = Memo::new(move |_| window.address.with(|address| S::parse(address.pin(S::KEY)?).ok()));
        let sticky = Self {
            confirmed: RwSignal::new(resolved),
            pending: RwSignal::new(None),
            pinned,
            news: RwSignal::new(None),
            requests: StoredValue::default(),
            window,
        };
        provide_context(sticky);
        if let Some(value) = chosen_before_hydration::<S>().filter(|value| *value != sticky.shown_untracked()) {
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
        self.pinned.get().unwrap_or_else(|| self.own())
    }

    fn shown_untracked(self) -> S {
        untrack(|| self.shown())
    }

    /// What this person chose, whatever the address pins.
    pub fn own(self) -> S {
        self.pending.get().unwrap_or_else(|| self.confirmed.get().value)
    }

    /// Whether the address of this window pins it.
    pub fn is_pinned(self) -> bool {
        self.pinned.with(Option::is_some)
    }

    /// The revision of what is confirmed.
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

    /// What the person should know of it.
    pub fn news(self) -> Option<News<S>> {
        self.news.get()
    }

    /// Forgets what the person has read.
    pub fn dismiss(self) {
        self.news.set(None);
    }

    /// Chooses the value with this text, as [`Sticky::choose`] does; one that can't be read is refused with the reason.
    pub fn choose_text(self, text: &str) {
        match S::parse(text) {
            Ok(value) => self.choose(value),
            Err(error) => self.news.set(Some(News::Refused { value: None, error })),
        }
    }

    /// Shows `value` at once and has it stored; in a pinned window only the address changes.
    pub fn choose(self, value: S) {
        if self.pinned.with_untracked(Option::is_some) {
            self.pin(&value);
        } else {
            self.store(value);
        }
    }

    /// Pins this window to `value`.
    pub fn pin(self, value: &S) {
        let address = self.window.address.get_untracked();
        self.window.readdress.run(address.with_pin(S::KEY, value.text()));
    }

    /// Shows `value` at once, where the address pins nothing else, and has it stored.
    pub fn store(self, value: S) {
        self.news.set(None);
        self.pending.set(Some(value));
        if self.requests.with_value(|requests| requests.in_flight.is_none()) {
            self.send();
        }
    }

    /// Sends what waits, if the browser can.
    fn send(self) {
        let Some(value) = self.pending.get_untracked() else {
            return;
        };
        if is_offline() {
            self.news.set(Some(News::Unsaved));
            return;
        }
        self.send_now(value);
    }

    fn send_now(self, value: S) {
        let (account, writer) = (self.window.account, self.next_writer(&value));
        spawn_local(async move {
            let answer = send(account, S::KEY, &value.text(), &writer).await;
            self.answered(value, writer.sequence, answer);
        });
    }

    fn next_writer(self, value: &S) -> Writer {
        self.requests
            .try_update_value(|requests| {
                if requests.window.is_empty() {
                    // Only different windows of one account must differ; nothing is kept secret with it.
                    requests.window = format!(
                        "{:x}-{:x}",
                        js_sys::Date::now() as u64,
                        (js_sys::Math::random() * 1e15) as u64
                    );
                }
                requests.sent += 1;
                requests.in_flight = Some(InFlight {
                    sequence: requests.sent,
                    text: value.text(),
                });
                Writer {
                    window: requests.window.clone(),
                    sequence: requests.sent,
                    void_through: requests.void_through,
                }
            })
            .unwrap_or_default()
    }

    fn answered(self, value: S, sequence: i64, answer: Result<Stamped<String>, AppError>) {
        let answer = answer.and_then(|stamped| {
            Ok(Stamped {
                value: S::parse(&stamped.value)?,
                revision: stamped.revision,
            })
        });
        let is_awaited = self.requests.with_value(|requests| {
            requests
                .in_flight
                .as_ref()
                .is_some_and(|in_flight| in_flight.sequence == sequence)
        });
        if !is_awaited {
            // Given up when the page was put aside; what it stored may be news all the same.
            if let Ok(stamped) = answer {
                self.take(stamped);
            }
            return;
        }
        let is_latest = self.pending.get_untracked().as_ref() == Some(&value);
        let is_unknown = answer.as_ref().is_err_and(|error| {
            !matches!(
                error.kind,
                ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::NotLoggedIn
            )
        });
        self.requests.update_value(|requests| {
            requests.in_flight = None;
            // Should it still arrive after all, the next choice must win over it.
            requests.void_through = if is_unknown { sequence } else { 0 };
        });
        match answer {
            Ok(stamped) => {
                self.take(stamped);
                if is_latest {
                    self.pending.set(None);
                    // Another window may have chosen after this one.
                    let confirmed = self.confirmed.get_untracked().value;
                    self.follow(value, &confirmed);
                }
            }
            Err(_) if is_unknown && is_offline() => {}
            // It was stored, only the answer got lost: the stream was faster.
            Err(_) if is_latest && self.confirmed.with_untracked(|confirmed| confirmed.value == value) => {
                self.pending.set(None);
            }
            Err(error) if is_latest => {
                self.pending.set(None);
                self.news.set(Some(News::Refused {
                    value: Some(value),
                    error,
                }));
            }
            Err(_) => {}
        }
        self.send();
    }

    /// Takes a value from the server, if it is newer than the one at hand.
    fn take(self, stamped: Stamped<S>) {
        let confirmed = self.confirmed.get_untracked();
        let is_withdrawn = self
            .window
            .person
            .with_untracked(|person| confirmed.value.check(person).is_err());
        // A value that was withdrawn is replaced before that is stored, under the same revision.
        let replaces = stamped.is_newer_than(&confirmed) || (is_withdrawn && stamped.revision == confirmed.revision);
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
    fn follow(self, before: S, value: &S) {
        if before == *value {
            return;
        }
        let person = self.window.person.get_untracked();
        self.news.set(Some(if before.check(&person).is_ok() {
            News::Followed { before }
        } else {
            News::Withdrawn(withdrawn(S::NAME, &before.text(), &value.label(&person)))
        }));
    }
}

/// What a window does to a setting without knowing which it is.
pub trait InWindow {
    /// Takes what the server says, if it is newer.
    fn take_newest(&self, settings: &Settings);
    /// Sends what waits for the browser to be online.
    fn online(&self);
    /// The page is left: what waits is sent now, in a way that outlives the page, and nothing sent before counts any
    /// more.
    fn leave(&self);
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
}

impl<S: Setting> InWindow for Sticky<S> {
    fn take_newest(&self, settings: &Settings) {
        self.take(settings.get());
    }

    fn online(&self) {
        if self.requests.with_value(|requests| requests.in_flight.is_none()) {
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
        let is_under_way = self.requests.with_value(|requests| {
            let in_flight = requests.in_flight.as_ref();
            in_flight.is_some_and(|in_flight| in_flight.text == waiting.text())
        });
        // What is under way outlives the page.
        if !is_under_way {
            self.requests.update_value(Requests::give_up);
            self.send_now(waiting);
        }
    }

    fn restored(&self) {
        self.requests.update_value(Requests::give_up);
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
        }
    }
}

fn is_offline() -> bool {
    !window().navigator().on_line()
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
