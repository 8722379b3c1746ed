//! A choice: shown at once, sent to the server, and settled by its answer.

use super::{
    Stamped,
    news::News,
    requests::{LAST_TRY, Requests},
    signal::Sticky,
    transport::{Stored, send},
};
use crate::{
    error::{AppError, ErrorKind},
    pause::Pause,
};
use leptos::{prelude::*, task::spawn_local};

/// A request that was sent, and the newest revision known here at the time.
struct Sent {
    sequence: i64,
    revision: i64,
    epoch: String,
}

impl Sticky {
    /// Shows the value with this text at once and has it stored; in a pinned window only the address changes. One that
    /// can't be read is refused with the reason.
    pub fn choose_text(self, text: &str) {
        match (self.known.read)(text) {
            Ok(text) => self.choose(text),
            Err(error) => self.news.set(Some(News::Refused { value: None, error })),
        }
    }

    /// Shows the value with this text at once and has it stored; in a pinned window only the address changes.
    pub(super) fn choose(self, text: String) {
        if self.pinned.with_untracked(Option::is_some) {
            self.pin(text);
        } else {
            self.store(text);
        }
    }

    /// Shows `value` at once, where the address pins nothing else, and has it stored.
    pub fn store(self, value: String) {
        self.news.set(None);
        self.pending.set(Some(value));
        if self.is_idle() {
            self.send();
        }
    }

    /// Sends the waiting choice, if the browser can.
    pub(super) fn send(self) {
        let Some(value) = self.pending.get_untracked() else {
            return;
        };
        if is_offline() {
            self.news.set(Some(News::Unsaved));
            return;
        }
        self.send_now(value);
    }

    /// Sends `value`, whatever else is under way.
    pub(super) fn send_now(self, value: String) {
        let account = self.window.account;
        let number = self.with_requests(|requests| requests.next(value.clone()));
        let sent = Sent {
            sequence: number.sequence,
            revision: untrack(|| self.revision()),
            epoch: self.epoch.get_value(),
        };
        spawn_local(async move {
            let answer = send(account, self.known.key, &value, &number).await;
            self.answered(value, &sent, answer);
        });
    }

    /// Takes the answer to `sent`, which carried `value`.
    fn answered(self, value: String, sent: &Sent, answer: Result<Stored, AppError>) {
        let answer = answer.and_then(|Stored { stamped, epoch }| {
            let value = (self.known.read)(&stamped.value)?;
            let revision = stamped.revision;
            Ok((Stamped { value, revision }, epoch))
        });
        let is_over = |epoch: &str| self.window.epochs.with_value(|epochs| epochs.is_left(epoch));
        if !self.with_requests(|requests| requests.awaits(sent.sequence)) {
            // Given up when the page was put aside; what it stored may be news all the same.
            if let Ok((stamped, epoch)) = answer
                && !is_over(&epoch)
            {
                self.window.epochs.update_value(|epochs| epochs.enter(&epoch));
                self.take(stamped, &epoch, false);
            }
            return;
        }
        if answer.as_ref().is_ok_and(|(_, epoch)| is_over(epoch)) {
            // It was stored in a database that has since been replaced.
            self.with_requests(Requests::stored);
            self.send_again();
            return;
        }
        let is_latest = self.pending.get_untracked().as_ref() == Some(&value);
        let is_unknown = answer.as_ref().is_err_and(|error| {
            !matches!(
                error.kind,
                ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::NotLoggedIn
            )
        });
        self.with_requests(match answer {
            Ok(_) => Requests::stored,
            Err(_) if is_unknown => Requests::give_up,
            Err(_) => Requests::refused,
        });
        match answer {
            Ok((stamped, epoch)) => {
                self.again.update_value(Pause::reset);
                // No revision is given twice, so the database has gone back since.
                let is_proof = stamped.revision <= sent.revision && self.epoch.with_value(|epoch| *epoch == sent.epoch);
                self.window.epochs.update_value(|epochs| epochs.enter(&epoch));
                self.take(stamped, &epoch, is_proof);
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

    /// Sends the waiting choice after a moment, which is longer each time.
    fn send_again(self) {
        let pause = self.again.try_update_value(Pause::grow).unwrap_or(LAST_TRY);
        set_timeout(
            move || {
                if self.is_idle() {
                    self.send();
                }
            },
            pause,
        );
    }
}

fn is_offline() -> bool {
    !window().navigator().on_line()
}
