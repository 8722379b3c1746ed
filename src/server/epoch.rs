//! Which database this is, and how a restored one is noticed.
//!
//! Revisions only ever rise, so whoever remembers a higher one than the database has now knows that an older copy was
//! put in its place. Then the database is right and what is remembered is not: it gets a new epoch, and an epoch that
//! differs makes everyone drop what they remember, in the cache, the sessions and the windows. "The newest wins" holds
//! within an epoch.
//!
//! Only a read that began after the higher revision was remembered is a proof; a slow older one is none. So where a
//! read says less than is known, the database is read again and compared with what was known before that.

pub mod name;

use super::{events::Change, events::Events, settings::cache::SettingsCache, state::AppState};
use parking_lot::Mutex;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use std::{collections::VecDeque, sync::Arc};

/// How many epochs that are over are known as such; more than one in a server's life is rare.
const MOST_LEFT: usize = 64;

/// How often a moving database is read again before that is an error.
const TRIES: usize = 8;

/// How far a database had come when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// Its epoch.
    pub epoch: String,
    /// How many changes of rights there had been.
    pub rights: i64,
    /// The revision of the figures' data.
    pub data: i64,
}

impl Age {
    fn is_behind(&self, other: &Self) -> bool {
        self.rights < other.rights || self.data < other.data
    }

    fn rise(&mut self, other: &Self) {
        self.rights = self.rights.max(other.rights);
        self.data = self.data.max(other.data);
    }
}

/// What one read says of the database.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds, and is known now.
    Holds,
    /// Something newer was known before the read began: an older copy stands in the database's place.
    GoneBack,
    /// Another read was faster: only a further one tells.
    Unsure,
}

/// The highest that this process has seen of the database.
pub struct Epochs {
    known: Mutex<Known>,
    cache: Arc<SettingsCache>,
    events: Arc<Events>,
}

struct Known {
    newest: Age,
    /// Those that are over, oldest first.
    left: VecDeque<String>,
}

impl Epochs {
    /// Begins with what was read at start.
    pub fn new(newest: Age, cache: Arc<SettingsCache>, events: Arc<Events>) -> Self {
        cache.enter(&newest.epoch);
        let left = VecDeque::new();
        Self {
            known: Mutex::new(Known { newest, left }),
            cache,
            events,
        }
    }

    /// The newest that is known now.
    pub fn newest(&self) -> Age {
        self.known.lock().newest.clone()
    }

    /// What `read` says that began when `before` was known, or nobody knows when. If it holds it is known as well.
    pub fn judge(&self, read: &Age, before: Option<&Age>) -> Verdict {
        let mut known = self.known.lock();
        if known.holds(read) {
            return Verdict::Holds;
        }
        let Some(before) = before else {
            return Verdict::Unsure;
        };
        if known.newest.epoch != before.epoch {
            return Verdict::Unsure;
        }
        if known.newest.epoch == read.epoch {
            // Not behind what was known before: then only a faster read has seen more.
            return match read.is_behind(before) {
                true => Verdict::GoneBack,
                false => Verdict::Holds,
            };
        }
        if known.left.contains(&read.epoch) {
            return Verdict::GoneBack;
        }
        let over = std::mem::replace(&mut known.newest, read.clone());
        known.left.push_back(over.epoch);
        if known.left.len() > MOST_LEFT {
            known.left.pop_front();
        }
        // Under the lock, so that of two changes the later one is the cache's too.
        self.cache.enter(&read.epoch);
        self.events.tell(Change::Everyone);
        Verdict::Holds
    }
}

impl Known {
    fn holds(&mut self, read: &Age) -> bool {
        let holds = self.newest.epoch == read.epoch && !read.is_behind(&self.newest);
        if holds {
            self.newest.rise(read);
        }
        holds
    }
}

/// Reads the database's age.
///
/// # Errors
/// The database failed.
pub async fn read(db: &DatabaseConnection) -> Result<Age, DbErr> {
    let select = Statement::from_string(
        db.get_database_backend(),
        "SELECT e.epoch, r.revision AS rights, d.revision AS data
         FROM database_epoch e CROSS JOIN rights_revision r CROSS JOIN data_revision d",
    );
    let rows = db.query_all_raw(select).await?;
    let row = rows
        .first()
        .ok_or_else(|| DbErr::RecordNotFound("the counters of changes".to_owned()))?;
    Ok(Age {
        epoch: row.try_get("", "epoch")?,
        rights: row.try_get("", "rights")?,
        data: row.try_get("", "data")?,
    })
}

/// Reads the database's age until it is clear what it says; where it has gone back it has a new epoch then.
///
/// # Errors
/// The database failed, or changes faster than it can be read.
pub async fn settle(state: &AppState) -> Result<Age, DbErr> {
    for _ in 0..TRIES {
        let before = state.epochs.newest();
        let read = read(&state.unasked).await?;
        match state.epochs.judge(&read, Some(&before)) {
            Verdict::Holds => return Ok(read),
            Verdict::GoneBack => renew(&state.unasked, &read.epoch).await?,
            Verdict::Unsure => {}
        }
    }
    Err(DbErr::Custom("the database's epoch changes all the time".to_owned()))
}

/// Something that was remembered in `epoch` proves that the database has gone back: gives it a new epoch, unless somebody
/// has done so by now, and what holds from now on.
///
/// # Errors
/// The database failed.
pub async fn gone_back(state: &AppState, epoch: &str) -> Result<Age, DbErr> {
    renew(&state.unasked, epoch).await?;
    settle(state).await
}

/// Sets a new epoch in the place of `old`, if that is still the database's.
async fn renew(db: &DatabaseConnection, old: &str) -> Result<(), DbErr> {
    let update = Statement::from_sql_and_values(
        db.get_database_backend(),
        "UPDATE database_epoch SET epoch = $1 WHERE epoch = $2",
        [name::new_epoch().into(), old.into()],
    );
    if db.execute_raw(update).await?.rows_affected() > 0 {
        tracing::warn!("the database is older than what was read before: it was restored, and everyone follows it");
    }
    Ok(())
}

/// Sets a new epoch, whatever it was: the database was restored.
///
/// # Errors
/// The database failed.
pub async fn begin(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let update = Statement::from_sql_and_values(
        db.get_database_backend(),
        "UPDATE database_epoch SET epoch = $1",
        [name::new_epoch().into()],
    );
    db.execute_raw(update).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(epoch: &str, rights: i64, data: i64) -> Age {
        let epoch = epoch.to_owned();
        Age { epoch, rights, data }
    }

    fn knowing(newest: Age) -> Epochs {
        Epochs::new(newest, Arc::default(), Arc::default())
    }

    #[test]
    fn a_slow_older_read_is_no_proof() {
        let epochs = knowing(age("a", 1, 1));
        let before = epochs.newest();
        assert_eq!(epochs.judge(&age("a", 1, 9), None), Verdict::Holds, "a faster read");
        assert_eq!(epochs.judge(&age("a", 1, 5), Some(&before)), Verdict::Holds);
        assert_eq!(epochs.newest(), age("a", 1, 9));
        assert_eq!(
            epochs.judge(&age("a", 1, 5), None),
            Verdict::Unsure,
            "nobody knows when it began"
        );
    }

    #[test]
    fn a_later_read_that_says_less_is_a_proof() {
        let epochs = knowing(age("a", 4, 9));
        for less in [age("a", 4, 8), age("a", 3, 9), age("a", 3, 20)] {
            let before = epochs.newest();
            assert_eq!(epochs.judge(&less, Some(&before)), Verdict::GoneBack, "{less:?}");
        }
    }

    #[test]
    fn another_epoch_is_taken_whole_and_the_one_before_is_over() {
        let epochs = knowing(age("a", 4, 9));
        let before = epochs.newest();
        assert_eq!(
            epochs.judge(&age("b", 1, 1), None),
            Verdict::Unsure,
            "nobody knows when it began"
        );
        assert_eq!(epochs.judge(&age("b", 1, 1), Some(&before)), Verdict::Holds);
        assert_eq!(epochs.newest(), age("b", 1, 1));
        assert_eq!(
            epochs.judge(&age("a", 9, 9), Some(&before)),
            Verdict::Unsure,
            "it may have begun before the change"
        );
        assert_eq!(
            epochs.judge(&age("a", 9, 9), Some(&epochs.newest())),
            Verdict::GoneBack,
            "it did not: somebody put the old one back"
        );
    }

    #[test]
    fn the_cache_keeps_nothing_over_a_change_of_epoch() {
        let cache = Arc::new(SettingsCache::default());
        let epochs = Epochs::new(age("a", 1, 1), cache.clone(), Arc::default());
        let stamped = |revision| crate::sticky::Stamped {
            value: "web".to_owned(),
            revision,
        };
        cache.put("a", 1, "division", stamped(7));
        let before = epochs.newest();
        assert_eq!(epochs.judge(&age("b", 1, 1), Some(&before)), Verdict::Holds);
        cache.put("a", 1, "division", stamped(8));
        assert_eq!(cache.get("b", 1, "division"), None);
        cache.put("b", 1, "division", stamped(2));
        assert_eq!(cache.get("b", 1, "division"), Some(stamped(2)));
    }
}
