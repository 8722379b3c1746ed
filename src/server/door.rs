//! The door: who may try a password now.
//!
//! It is asked before a try waits for its turn to be hashed, and again when the turn has come: of a thousand tries at
//! once no more are hashed than one after another would be.

use super::{
    clock::Clock,
    digest::Digest,
    lane::{Full, Lane, Turn},
    throttle::{Outcome, Subject, Throttle},
};
use parking_lot::Mutex;
use std::{net::IpAddr, sync::Arc, time::Duration};

/// When those come again who find the queue full.
const SOON: Duration = Duration::from_secs(1);

/// Who tries a password.
pub struct Caller {
    /// For which account, as its e-mail is stored; there need not be one.
    pub email: String,
    /// From where.
    pub address: IpAddr,
    /// With which device, if the account was logged in there before.
    pub device: Option<Digest>,
}

/// Why a try has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too many failed; the next may begin after this time.
    Failures(Duration),
    /// Too many wait for their turn.
    Full,
}

impl Refusal {
    /// When to come back, in whole seconds.
    pub fn retry_after(self) -> u64 {
        let wait = match self {
            Self::Failures(wait) => wait,
            Self::Full => SOON,
        };
        wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
    }

    /// What a person is told.
    pub fn message(self) -> String {
        match self {
            Self::Failures(_) => {
                let wait = match self.retry_after() {
                    1 => "a second".to_owned(),
                    seconds @ 2..=90 => format!("{seconds} seconds"),
                    seconds => format!("{} minutes", seconds.div_ceil(60)),
                };
                format!(
                    "There were too many failed tries. Wait {wait}, then try again; this try was not looked at. A \
                     browser in which you have logged in before doesn't have to wait for other people's tries."
                )
            }
            Self::Full => {
                "Too many people are logging in at this moment, so this try was not looked at. Try again in a second."
                    .to_owned()
            }
        }
    }
}

/// The counts and the queues. A device that the account knows has its own of both: whatever strangers do, it neither
/// waits for them nor because of them.
#[derive(Default)]
pub struct Door {
    throttle: Arc<Mutex<Throttle>>,
    strangers: Lane,
    known: Lane,
    clock: Clock,
}

/// A try whose turn has come. It counts nothing until its end is told.
pub struct Attempt {
    throttle: Arc<Mutex<Throttle>>,
    subjects: Vec<Subject>,
    clock: Clock,
    outcome: Outcome,
    _turn: Turn,
}

impl Door {
    /// One by this clock.
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            ..Self::default()
        }
    }

    /// Waits until the caller's turn has come.
    ///
    /// # Errors
    /// The caller has to come again later.
    pub async fn admit(&self, caller: &Caller) -> Result<Attempt, Refusal> {
        let account = Digest::of(&caller.email);
        let (lane, subjects) = match caller.device {
            // Of each account by itself: a login to another one on the same device makes up for nothing.
            Some(device) => {
                let device = Digest::of(format!("{device} {}", caller.email));
                (&self.known, vec![Subject::Device(device)])
            }
            None => (
                &self.strangers,
                vec![Subject::Account(account), Subject::address(caller.address)],
            ),
        };
        let wait = self.throttle.lock().wait(&subjects, self.clock.now());
        if !wait.is_zero() {
            return Err(Refusal::Failures(wait));
        }
        let turn = lane.turn(account).await.map_err(|Full| Refusal::Full)?;
        let begun = self.throttle.lock().begin(&subjects, self.clock.now());
        begun.map_err(Refusal::Failures)?;
        Ok(Attempt {
            throttle: self.throttle.clone(),
            subjects,
            clock: self.clock.clone(),
            outcome: Outcome::Unknown,
            _turn: turn,
        })
    }

    /// How many strangers wait for their turn or have it.
    pub fn strangers(&self) -> usize {
        self.strangers.length()
    }
}

impl Attempt {
    /// Ends it: whether the password was right, if that is known.
    pub fn end(mut self, is_right: Option<bool>) {
        self.outcome = match is_right {
            Some(true) => Outcome::Right,
            Some(false) => Outcome::Wrong,
            None => Outcome::Unknown,
        };
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.throttle.lock().end(&self.subjects, self.outcome, self.clock.now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_seconds_are_never_too_few() {
        let after = |millis| Refusal::Failures(Duration::from_millis(millis)).retry_after();
        assert_eq!([1, 1000, 1001, 899_999].map(after), [1, 1, 2, 900]);
        assert!(
            Refusal::Failures(Duration::from_secs(900))
                .message()
                .contains("15 minutes")
        );
    }
}
