//! What is recorded while windows use a server: every request that stores, and every value that was seen.

use super::wire::Both;
use control_maniac::sticky::Stamped;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
};
use tokio::sync::watch;

/// A point in the order of everything that was recorded.
pub type Moment = u64;

/// A setting of a user: which user, and which of [`super::wire::KEYS`].
pub type Owned = (usize, usize);

/// A page in a window of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Who {
    pub user: usize,
    pub session: usize,
    pub window: usize,
    /// No two pages share this number: a reload makes another one.
    pub page: usize,
}

/// A request that stores a choice. Of one page and setting they are sent in the order in which they were chosen.
#[derive(Clone, Debug)]
pub struct Write {
    pub who: Who,
    pub setting: usize,
    pub value: String,
    pub sent: Moment,
    /// When the answer was there.
    pub ended: Option<Moment>,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody knows whether it was stored.
    Unknown,
    Acknowledged(Stamped<String>),
    Refused(String),
}

/// How a value was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    Page,
    Newest,
    Figures,
    /// The answer to a request that its page had given up.
    Late,
    /// A message of the stream, which counts from when the stream was opened.
    Stream,
}

/// A value that was seen.
#[derive(Clone, Debug)]
pub struct Read {
    pub who: Who,
    pub setting: usize,
    pub stamped: Stamped<String>,
    pub how: How,
    pub begun: Moment,
    pub ended: Moment,
}

/// What something holds when all is quiet.
#[derive(Clone, Debug)]
pub struct Held {
    pub by: String,
    pub of: Owned,
    pub stamped: Stamped<String>,
}

/// A session's copy of a setting.
#[derive(Clone, Debug)]
pub struct SessionCopy {
    pub of: Owned,
    pub session: usize,
    pub stamped: Option<Stamped<String>>,
}

/// A choice with which a page was left, whose answer nobody heard, and which the row was seen to hold while nothing else
/// of its session was under way.
#[derive(Clone, Debug)]
pub struct Left {
    pub of: Owned,
    pub session: usize,
    pub revision: i64,
}

/// Everything that was recorded.
#[derive(Clone, Default, Debug)]
pub struct History {
    /// What the rows held at first, and what they hold when all is quiet.
    pub first: HashMap<Owned, Stamped<String>>,
    pub rows: HashMap<Owned, Stamped<String>>,
    pub writes: Vec<Write>,
    pub reads: Vec<Read>,
    /// Moments after which nothing that was sent before is under way any more.
    pub over: Vec<Moment>,
    pub held: Vec<Held>,
    pub copies: Vec<SessionCopy>,
    pub left: Vec<Left>,
    /// How often what happened, for the report.
    pub counts: BTreeMap<&'static str, u64>,
    clock: Moment,
}

impl History {
    /// The next point in the order.
    pub fn now(&mut self) -> Moment {
        self.clock += 1;
        self.clock
    }
}

/// The record that all windows share.
pub struct Record {
    history: Mutex<History>,
    /// How many requests wait for their answers.
    pub under_way: watch::Sender<usize>,
    /// Told whenever a window took something.
    pub changed: watch::Sender<()>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            history: Mutex::default(),
            under_way: watch::channel(0).0,
            changed: watch::channel(()).0,
        }
    }
}

impl Record {
    pub fn with<T>(&self, work: impl FnOnce(&mut History) -> T) -> T {
        work(&mut self.history.lock().unwrap())
    }

    /// Begins anew, where the rows hold `first`; what is counted is counted on.
    pub fn begin(&self, first: HashMap<Owned, Stamped<String>>) {
        self.with(|history| {
            *history = History {
                first,
                clock: history.clock,
                counts: std::mem::take(&mut history.counts),
                ..History::default()
            };
        });
    }

    pub fn now(&self) -> Moment {
        self.with(History::now)
    }

    pub fn count(&self, what: &'static str) {
        self.with(|history| *history.counts.entry(what).or_default() += 1);
    }

    /// A request that stores is about to be sent; gives its number.
    pub fn sent(&self, who: Who, setting: usize, value: &str) -> usize {
        self.with(|history| {
            let sent = history.now();
            history.writes.push(Write {
                who,
                setting,
                value: value.to_owned(),
                sent,
                ended: None,
                outcome: Outcome::Unknown,
            });
            history.writes.len() - 1
        })
    }

    /// Its page learned what became of it.
    pub fn answered(&self, write: usize, outcome: Outcome) {
        self.with(|history| {
            let ended = history.now();
            let write = &mut history.writes[write];
            (write.ended, write.outcome) = (Some(ended), outcome);
        });
    }

    /// Both settings were seen.
    pub fn saw(&self, who: Who, how: How, begun: Moment, both: &Both) {
        for (setting, stamped) in both.iter().enumerate() {
            self.saw_one(who, how, begun, setting, stamped);
        }
    }

    pub fn saw_one(&self, who: Who, how: How, begun: Moment, setting: usize, stamped: &Stamped<String>) {
        self.with(|history| {
            let ended = history.now();
            history.reads.push(Read {
                who,
                setting,
                stamped: stamped.clone(),
                how,
                begun,
                ended,
            });
        });
    }
}
