//! The door: who may try a password now.
//!
//! It is asked before a try waits for its turn to be hashed, and again when its turn has come. So of a thousand tries
//! at once no more are hashed than of a thousand in sequence.

use super::{
    clock::Clock,
    digest::Digest,
    lane::{Full, Lane, Turn},
    throttle::{Outcome, Subject, Throttle},
};
use crate::{message::Message, messages::login};
use parking_lot::Mutex;
use std::{net::IpAddr, sync::Arc, time::Duration};

/// When to try again if the queue is full.
const SOON: Duration = Duration::from_secs(1);

/// Who tries a password.
pub struct Caller {
    /// The e-mail of the account, as it would be stored; there may be no such account.
    pub email: String,
    /// From where.
    pub address: IpAddr,
    /// The device, if the account was logged in there before.
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

    /// The message for the person.
    pub fn message(self) -> Message {
        match (self, self.retry_after()) {
            (Self::Failures(_), seconds @ ..=90) => login::too_many(seconds),
            (Self::Failures(_), seconds) => login::too_many_for_minutes(seconds.div_ceil(60)),
            (Self::Full, _) => login::full(),
        }
    }
}

/// The counts and the queues. Devices that an account knows have their own: they wait neither behind strangers nor
/// because of them.
pub struct Door {
    throttle: Arc<Mutex<Throttle>>,
    strangers: Lane,
    known: Lane,
    clock: Arc<dyn Clock>,
}

/// A try whose turn has come. Nothing is counted before its end.
pub struct Attempt {
    throttle: Arc<Mutex<Throttle>>,
    subjects: Vec<Subject>,
    clock: Arc<dyn Clock>,
    outcome: Outcome,
    _turn: Turn,
}

impl Door {
    /// A door without failures, which measures waits by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            throttle: Arc::default(),
            strangers: Lane::default(),
            known: Lane::default(),
            clock,
        }
    }

    /// Waits until the caller's turn has come.
    ///
    /// # Errors
    /// The caller has to try again later.
    pub async fn admit(&self, caller: &Caller) -> Result<Attempt, Refusal> {
        let account = Digest::of(&caller.email);
        let (lane, subjects) = match caller.device {
            // Counted for each account separately: a login to another account on the same device clears nothing.
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
        let of_long = Refusal::Failures(Duration::from_secs(900)).message();
        assert_eq!(of_long, login::too_many_for_minutes(15));
    }
}
