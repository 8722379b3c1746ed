//! The record of windows that use a server: every request that stores, and every value that was seen.

use super::wire::{Each, Told};
use control_maniac::sticky::Stamped;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Mutex,
};
use tokio::sync::watch;

/// A point in the order of everything that was recorded.
pub type Moment = u64;

/// A setting of a user: which user, and which of [`super::wire::keys`].
pub type Owned = (usize, usize);

/// The place of a value in the order of all that were stored. Of two revisions of one epoch of the database the higher
/// one is the newer; everything of a later epoch is newer than anything of an earlier one, which a restore took back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Which of [`History::epochs`].
    pub epoch: usize,
    pub revision: i64,
}

/// A value as it was stored once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    pub value: String,
    pub stamp: Stamp,
}

impl Dated {
    /// The same value in a restored copy of the database, which is another epoch.
    pub fn of_epoch(mut self, epoch: usize) -> Self {
        self.stamp.epoch = epoch;
        self
    }
}

/// The time from one restore of the database to the next.
#[derive(Clone, Debug)]
pub struct Epoch {
    /// Its name in the database and in every answer.
    pub name: String,
    pub begun: Moment,
    /// The values of the rows at first.
    pub first: HashMap<Owned, Dated>,
    /// The backup with which it began.
    pub backup: Option<Backup>,
}

/// A backup of the database: choices acknowledged before it began are in it, later ones may be.
#[derive(Clone, Copy, Debug)]
pub struct Backup {
    /// The epoch in which it was made.
    pub epoch: usize,
    pub begun: Moment,
}

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
    Acknowledged(Dated),
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
    pub seen: Dated,
    pub how: How,
    pub begun: Moment,
    pub ended: Moment,
}

/// The value of something when all is quiet.
#[derive(Clone, Debug)]
pub struct Held {
    pub by: String,
    pub of: Owned,
    pub dated: Dated,
}

impl Held {
    /// Whether the rows hold the same; if there is none, nobody has chosen, and the default has revision 0.
    pub fn is_as_in(&self, rows: &HashMap<Owned, Dated>) -> bool {
        match rows.get(&self.of) {
            Some(row) => *row == self.dated,
            None => self.dated.stamp.revision == 0,
        }
    }
}

/// A session's copy of a setting.
#[derive(Clone, Debug)]
pub struct SessionCopy {
    pub of: Owned,
    pub session: usize,
    pub dated: Option<Dated>,
}

/// A choice with which a page was left, whose answer nobody heard, and which the row was seen to hold while nothing else
/// of its session was under way.
#[derive(Clone, Debug)]
pub struct Left {
    pub of: Owned,
    pub session: usize,
    pub stamp: Stamp,
}

/// Everything that was recorded.
#[derive(Clone, Default, Debug)]
pub struct History {
    /// One after the other; the last one is the database's present one.
    pub epochs: Vec<Epoch>,
    /// The values of the rows when all is quiet.
    pub rows: HashMap<Owned, Dated>,
    pub writes: Vec<Write>,
    pub reads: Vec<Read>,
    /// Moments after which nothing that was sent before is under way any more.
    pub over: Vec<Moment>,
    pub held: Vec<Held>,
    pub copies: Vec<SessionCopy>,
    pub left: Vec<Left>,
    /// How often each thing happened, for the report.
    pub counts: BTreeMap<&'static str, u64>,
    clock: Moment,
}

impl History {
    /// The next point in the order.
    pub fn now(&mut self) -> Moment {
        self.clock += 1;
        self.clock
    }

    /// The value of the epoch with this name, which the database must have had.
    pub fn dated(&self, epoch: &str, stamped: Stamped<String>) -> Dated {
        let known = self.epochs.iter().position(|known| known.name == epoch);
        Dated {
            value: stamped.value,
            stamp: Stamp {
                epoch: known.unwrap_or_else(|| panic!("the database never had the epoch {epoch:?}")),
                revision: stamped.revision,
            },
        }
    }

    /// From now on the database is in the epoch with this name, in which its rows hold `rows` at first.
    fn enter(&mut self, epoch: String, rows: Rows, backup: Option<Backup>) {
        let begun = self.now();
        self.epochs.push(Epoch {
            name: epoch.clone(),
            begun,
            first: HashMap::new(),
            backup,
        });
        let first = rows.into_iter().map(|(of, stamped)| (of, self.dated(&epoch, stamped)));
        let first = first.collect();
        self.epochs.last_mut().unwrap().first = first;
    }
}

/// The values of the rows, as the database has them.
pub type Rows = HashMap<Owned, Stamped<String>>;

/// The record that all windows share.
pub struct Record {
    history: Mutex<History>,
    /// How many requests wait for their answers.
    pub under_way: watch::Sender<usize>,
    /// Notified whenever a window took something.
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

    /// Begins anew with the database in the epoch with this name and `rows` in its rows; the counts go on, and past
    /// epochs stay known as such.
    pub fn begin(&self, epoch: String, rows: Rows) {
        self.with(|history| {
            let over = history.epochs.drain(..).filter(|over| over.name != epoch);
            let epochs = over.map(|over| Epoch {
                first: HashMap::new(),
                backup: None,
                ..over
            });
            *history = History {
                epochs: epochs.collect(),
                clock: history.clock,
                counts: std::mem::take(&mut history.counts),
                ..History::default()
            };
            history.enter(epoch, rows, None);
        });
    }

    /// `backup` was put back, and no node has been started yet.
    pub fn restored(&self, epoch: String, rows: Rows, backup: Backup) {
        self.with(|history| history.enter(epoch, rows, Some(backup)));
    }

    /// A backup is begun now.
    pub fn back_up(&self) -> Backup {
        self.with(|history| Backup {
            epoch: history.epochs.len() - 1,
            begun: history.now(),
        })
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

    /// Its page learned the outcome.
    pub fn answered(&self, write: usize, outcome: Outcome) {
        self.with(|history| {
            let ended = history.now();
            let write = &mut history.writes[write];
            (write.ended, write.outcome) = (Some(ended), outcome);
        });
    }

    /// All settings were seen.
    pub fn saw(&self, who: Who, how: How, begun: Moment, settings: &Each<Dated>) {
        for (setting, seen) in settings.iter().enumerate() {
            self.saw_one(who, how, begun, setting, seen.clone());
        }
    }

    pub fn saw_one(&self, who: Who, how: How, begun: Moment, setting: usize, seen: Dated) {
        self.with(|history| {
            let ended = history.now();
            history.reads.push(Read {
                who,
                setting,
                seen,
                how,
                begun,
                ended,
            });
        });
    }

    /// The value that was told, with its epoch.
    pub fn dated(&self, told: Told) -> Each<Dated> {
        let Told { epoch, settings } = told;
        self.with(|history| settings.map(|stamped| history.dated(&epoch, stamped)))
    }
}
