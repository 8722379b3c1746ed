//! A page's side of its settings, as `src/sticky/signal.rs` has it: one request is under way at most, only the latest
//! further choice waits, and a request that was given up is declared void by the next one. Of two values of one epoch
//! the newer is shown; another epoch of the database is taken whole, unless it was left before. A choice that was
//! stored in an epoch that was left is sent again.

use super::{
    record::{Dated, How, Outcome, Record, Who},
    window::Habits,
    wire::{Answer, Browser, Each, keys},
};
use control_maniac::settings::SETTINGS;
use std::sync::{Arc, Mutex};

/// A page that is open in a window.
pub struct Page {
    pub who: Who,
    pub record: Arc<Record>,
    pub browser: Arc<Browser>,
    pub habits: Habits,
    account: i64,
    shown: Mutex<Shown>,
}

/// The state that a page shows.
struct Shown {
    epoch: usize,
    /// Epochs that the page has left; only late answers still name them.
    left: Vec<usize>,
    settings: Each<Sticky>,
}

/// A setting in a page.
struct Sticky {
    confirmed: Dated,
    pending: Option<String>,
    sent: i64,
    in_flight: Option<InFlight>,
    void_through: i64,
}

struct InFlight {
    sequence: i64,
    value: String,
}

/// A request that stores, ready to be sent.
struct Request {
    write: usize,
    sequence: i64,
    void_through: i64,
    setting: usize,
    value: String,
}

impl Sticky {
    /// The request in flight is given up, and the next choice must win over it.
    fn give_up(&mut self) {
        if let Some(given_up) = self.in_flight.take() {
            self.void_through = given_up.sequence;
        }
    }

    fn take(&mut self, dated: &Dated, habits: Habits) {
        let (known, told) = (self.confirmed.stamp, dated.stamp);
        let is_other = told.epoch != known.epoch && !habits.ignores_restores;
        if is_other || told.revision > known.revision {
            self.confirmed = dated.clone();
        }
    }
}

impl Shown {
    /// Whether values of `epoch` count here; the page is in it from now on.
    fn enter(&mut self, epoch: usize, habits: Habits) -> bool {
        if epoch != self.epoch && !self.left.contains(&epoch) {
            self.left.push(self.epoch);
            self.epoch = epoch;
        }
        epoch == self.epoch || habits.ignores_restores
    }
}

impl Page {
    pub fn new(
        who: Who,
        record: &Arc<Record>,
        browser: &Arc<Browser>,
        account: i64,
        first: Each<Dated>,
        habits: Habits,
    ) -> Arc<Self> {
        Arc::new(Self {
            who,
            record: record.clone(),
            browser: browser.clone(),
            habits,
            account,
            shown: Mutex::new(Shown {
                epoch: first[0].stamp.epoch,
                left: Vec::new(),
                settings: first.map(|confirmed| Sticky {
                    confirmed,
                    pending: None,
                    sent: 0,
                    in_flight: None,
                    void_through: 0,
                }),
            }),
        })
    }

    /// What is confirmed, and whether something is pending.
    pub fn shown(&self) -> Each<(Dated, bool)> {
        let settings = &self.shown.lock().unwrap().settings;
        std::array::from_fn(|at| (settings[at].confirmed.clone(), settings[at].pending.is_some()))
    }

    /// Takes what the server says.
    pub fn take(&self, settings: &Each<Dated>) {
        let mut shown = self.shown.lock().unwrap();
        if shown.enter(settings[0].stamp.epoch, self.habits) {
            for (sticky, dated) in shown.settings.iter_mut().zip(settings) {
                sticky.take(dated, self.habits);
            }
        }
        drop(shown);
        self.record.changed.send_replace(());
    }

    /// Shows `value` at once and has it stored.
    pub fn choose(self: &Arc<Self>, setting: usize, value: String) {
        let sticky = &mut self.shown.lock().unwrap().settings[setting];
        sticky.pending = Some(value);
        if sticky.in_flight.is_none() || self.habits.sends_at_once {
            self.send(setting, sticky);
        }
    }

    /// Sends the waiting choice.
    fn send(self: &Arc<Self>, setting: usize, sticky: &mut Sticky) {
        let Some(request) = self.next_request(setting, sticky) else {
            return;
        };
        let page = self.clone();
        page.record.under_way.send_modify(|count| *count += 1);
        tokio::spawn(async move {
            let answer = page.browser.post("/api/setting", &page.fields(&request).each()).await;
            page.answered(&request, page.outcome(answer));
            page.record.under_way.send_modify(|count| *count -= 1);
        });
    }

    fn next_request(&self, setting: usize, sticky: &mut Sticky) -> Option<Request> {
        let value = sticky.pending.clone()?;
        sticky.sent += 1;
        sticky.in_flight = Some(InFlight {
            sequence: sticky.sent,
            value: value.clone(),
        });
        Some(Request {
            write: self.record.sent(self.who, setting, &value),
            sequence: sticky.sent,
            void_through: if self.habits.sends_at_once {
                0
            } else {
                sticky.void_through
            },
            setting,
            value,
        })
    }

    fn fields(&self, request: &Request) -> Fields {
        Fields([
            ("key", keys()[request.setting].to_owned()),
            ("value", request.value.clone()),
            ("account", self.account.to_string()),
            ("window", format!("page-{}-{}", self.who.page, request.setting)),
            ("sequence", request.sequence.to_string()),
            ("void_through", request.void_through.to_string()),
        ])
    }

    fn answered(self: &Arc<Self>, request: &Request, outcome: Outcome) {
        let mut shown = self.shown.lock().unwrap();
        let counts = match &outcome {
            Outcome::Acknowledged(dated) => shown.enter(dated.stamp.epoch, self.habits),
            _ => true,
        };
        let sticky = &mut shown.settings[request.setting];
        if let Outcome::Acknowledged(dated) = &outcome
            && counts
        {
            sticky.take(dated, self.habits);
        }
        let in_flight = sticky.in_flight.as_ref();
        let is_awaited = in_flight.is_some_and(|in_flight| in_flight.sequence == request.sequence);
        if !is_awaited && !self.habits.sends_at_once {
            // It was given up, but the value it stored may still be news.
            if let Outcome::Acknowledged(dated) = outcome {
                self.record.saw_one(self.who, How::Late, 0, request.setting, dated);
            }
            return;
        }
        let is_latest = counts && sticky.pending.as_ref() == Some(&request.value);
        if is_awaited {
            sticky.in_flight = None;
        }
        sticky.void_through = if outcome == Outcome::Unknown {
            request.sequence
        } else {
            0
        };
        match outcome {
            Outcome::Acknowledged(_) => self.record.count("toggles acknowledged"),
            Outcome::Unknown => self.record.count("toggles without an answer"),
            Outcome::Refused(_) => {}
        }
        self.record.answered(request.write, outcome);
        if is_latest {
            sticky.pending = None;
        }
        if !self.habits.sends_at_once {
            self.send(request.setting, sticky);
        }
        drop(shown);
        self.record.changed.send_replace(());
    }

    fn outcome(&self, answer: std::io::Result<Answer>) -> Outcome {
        match answer {
            Ok(answer) if answer.status == 200 => {
                let (epoch, stamped) = answer.stored();
                Outcome::Acknowledged(self.record.with(|history| history.dated(epoch, stamped)))
            }
            Ok(Answer { status, body, .. }) if status < 500 => Outcome::Refused(body),
            _ => Outcome::Unknown,
        }
    }

    /// The page is left: a waiting choice is sent now, and nobody hears the answer.
    pub async fn leave(&self) {
        for setting in 0..SETTINGS.len() {
            let request = {
                let sticky = &mut self.shown.lock().unwrap().settings[setting];
                let in_flight = sticky.in_flight.as_ref().map(|in_flight| &in_flight.value);
                if sticky.pending.is_none() || in_flight == sticky.pending.as_ref() {
                    continue;
                }
                sticky.give_up();
                self.next_request(setting, sticky)
            };
            if let Some(request) = request {
                self.record.count("choices with which a page was left");
                self.browser
                    .post_and_leave("/api/setting", &self.fields(&request).each())
                    .await;
            }
        }
    }

    /// The last choice before the page is left: it waits, and [`Page::leave`] sends it.
    pub fn choose_and_wait(&self, setting: usize, value: String) {
        self.shown.lock().unwrap().settings[setting].pending = Some(value);
    }

    /// The browser kept the page and shows it again: a request under way then was given up.
    pub fn restored(&self) {
        for sticky in &mut self.shown.lock().unwrap().settings {
            sticky.give_up();
            sticky.pending = None;
        }
    }
}

/// The fields of the form that stores.
struct Fields([(&'static str, String); 6]);

impl Fields {
    fn each(&self) -> [(&str, &str); 6] {
        std::array::from_fn(|at| (self.0[at].0, &*self.0[at].1))
    }
}
