//! Which database this is, and how a restored one is noticed.
//!
//! Revisions only ever rise, so a remembered revision that is higher than the database's proves that an older copy was
//! put in its place. Then the database is right and the memory is wrong: the database gets a new epoch, and another
//! epoch makes everyone drop what they remember, in the cache, the sessions and the windows. "The newest wins" holds
//! within an epoch.
//!
//! Only a read that began after the higher revision was remembered is a proof; a slow older one isn't. So if a read
//! says less than is known, the database is read again and compared with the age that was known before that second
//! read.

pub mod name;

use super::{db::Database, sql::sql};
use parking_lot::Mutex;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, FromQueryResult};
use std::collections::VecDeque;

/// How many past epochs are remembered; more than one in a server's life is rare.
const MOST_LEFT: usize = 64;

/// How often a moving database is read again before that is an error.
const TRIES: usize = 8;

/// How far a database had come when it was read.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
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

/// What one read shows about the database.
#[derive(Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It holds, and is known now.
    Holds,
    /// Something newer was known before the read began: an older copy has taken the database's place.
    GoneBack,
    /// Another read was faster: only a further one tells.
    Unsure,
}

/// The highest that this process has seen of the database.
pub struct KnownAge {
    known: Mutex<Known>,
    /// Has everyone drop what they remember of another epoch than this one.
    enter: Box<dyn Fn(&str) + Send + Sync>,
}

struct Known {
    newest: Age,
    /// The past epochs, oldest first.
    left: VecDeque<String>,
}

impl KnownAge {
    /// Begins with what was read at start. `enter` is called with the name of each epoch that begins, also with the first;
    /// one at a time and in their order, so it must not come back here.
    pub fn new(newest: Age, enter: impl Fn(&str) + Send + Sync + 'static) -> Self {
        enter(&newest.epoch);
        let left = VecDeque::new();
        Self {
            known: Mutex::new(Known { newest, left }),
            enter: Box::new(enter),
        }
    }

    /// The newest age that is known now.
    pub fn newest(&self) -> Age {
        self.known.lock().newest.clone()
    }

    /// Judges `read`, which began when `before` was known, or nobody knows when. If it holds, it is known from now on.
    pub fn judge(&self, read: &Age, before: Option<&Age>) -> Judgement {
        let mut known = self.known.lock();
        if known.holds(read) {
            return Judgement::Holds;
        }
        let Some(before) = before else {
            return Judgement::Unsure;
        };
        if known.newest.epoch != before.epoch {
            return Judgement::Unsure;
        }
        if known.newest.epoch == read.epoch {
            // Not behind the age that was known before: then only a faster read has seen more.
            return match read.is_behind(before) {
                true => Judgement::GoneBack,
                false => Judgement::Holds,
            };
        }
        if known.left.contains(&read.epoch) {
            return Judgement::GoneBack;
        }
        let over = std::mem::replace(&mut known.newest, read.clone());
        known.left.push_back(over.epoch);
        if known.left.len() > MOST_LEFT {
            known.left.pop_front();
        }
        // Under the lock, so that everyone takes the later of two changes last.
        (self.enter)(&read.epoch);
        Judgement::Holds
    }

    /// Reads the database's age until it is clear what it says; if the database has gone back, it then has a new epoch.
    ///
    /// # Errors
    /// The database failed, or changes faster than it can be read.
    pub async fn settle(&self, db: &Database) -> Result<Age, DbErr> {
        for _ in 0..TRIES {
            let before = self.newest();
            let read = read(db.reader()).await?;
            match self.judge(&read, Some(&before)) {
                Judgement::Holds => return Ok(read),
                Judgement::GoneBack => renew(db.writer(), &read.epoch).await?,
                Judgement::Unsure => {}
            }
        }
        Err(DbErr::Custom("the database's epoch changes all the time".to_owned()))
    }

    /// Something that was remembered in `epoch` proves that the database has gone back: gives it a new epoch, unless
    /// somebody has done so by now. Gives the age that holds from now on.
    ///
    /// # Errors
    /// The database failed.
    pub async fn gone_back(&self, db: &Database, epoch: &str) -> Result<Age, DbErr> {
        renew(db.writer(), epoch).await?;
        self.settle(db).await
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
    let age = sql(
        "SELECT epochs.epoch, rights_revision.revision AS rights, data_revision.revision AS data
         FROM database_epoch epochs CROSS JOIN rights_revision CROSS JOIN data_revision",
    )
    .one(db)
    .await?;
    age.ok_or_else(|| DbErr::RecordNotFound("the counters of changes".to_owned()))
}

/// Sets a new epoch in place of `old`, if that is still the database's.
async fn renew(db: &DatabaseConnection, old: &str) -> Result<(), DbErr> {
    let renewed = sql("UPDATE database_epoch SET epoch = $1 WHERE epoch = $2")
        .bind(name::new_epoch())
        .bind(old)
        .run(db)
        .await?;
    if renewed > 0 {
        tracing::warn!("the database is older than what was read before: it was restored, and everyone follows it");
    }
    Ok(())
}

/// Sets a new epoch, whatever it was: the database was restored.
///
/// # Errors
/// The database failed.
pub async fn begin(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    sql("UPDATE database_epoch SET epoch = $1")
        .bind(name::new_epoch())
        .run(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(epoch: &str, rights: i64, data: i64) -> Age {
        let epoch = epoch.to_owned();
        Age { epoch, rights, data }
    }

    fn knowing(newest: Age) -> KnownAge {
        KnownAge::new(newest, |_| ())
    }

    #[test]
    fn a_slow_older_read_is_no_proof() {
        let known_age = knowing(age("a", 1, 1));
        let before = known_age.newest();
        assert_eq!(
            known_age.judge(&age("a", 1, 9), None),
            Judgement::Holds,
            "a faster read"
        );
        assert_eq!(known_age.judge(&age("a", 1, 5), Some(&before)), Judgement::Holds);
        assert_eq!(known_age.newest(), age("a", 1, 9));
        assert_eq!(
            known_age.judge(&age("a", 1, 5), None),
            Judgement::Unsure,
            "nobody knows when it began"
        );
    }

    #[test]
    fn a_later_read_that_says_less_is_a_proof() {
        let known_age = knowing(age("a", 4, 9));
        for less in [age("a", 4, 8), age("a", 3, 9), age("a", 3, 20)] {
            let before = known_age.newest();
            assert_eq!(known_age.judge(&less, Some(&before)), Judgement::GoneBack, "{less:?}");
        }
    }

    #[test]
    fn another_epoch_is_taken_whole_and_the_one_before_is_over() {
        let known_age = knowing(age("a", 4, 9));
        let before = known_age.newest();
        assert_eq!(
            known_age.judge(&age("b", 1, 1), None),
            Judgement::Unsure,
            "nobody knows when it began"
        );
        assert_eq!(known_age.judge(&age("b", 1, 1), Some(&before)), Judgement::Holds);
        assert_eq!(known_age.newest(), age("b", 1, 1));
        assert_eq!(
            known_age.judge(&age("a", 9, 9), Some(&before)),
            Judgement::Unsure,
            "it may have begun before the change"
        );
        assert_eq!(
            known_age.judge(&age("a", 9, 9), Some(&known_age.newest())),
            Judgement::GoneBack,
            "it did not: somebody put the old one back"
        );
    }

    #[test]
    fn everyone_enters_each_epoch_once_and_in_order() {
        let entered = std::sync::Arc::new(Mutex::new(Vec::new()));
        let known_age = KnownAge::new(age("a", 1, 1), {
            let entered = entered.clone();
            move |epoch| entered.lock().push(epoch.to_owned())
        });
        for name in ["a", "b", "b", "c"] {
            let before = known_age.newest();
            assert_eq!(known_age.judge(&age(name, 1, 1), Some(&before)), Judgement::Holds);
        }
        assert_eq!(*entered.lock(), ["a", "b", "c"]);
    }
}
