//! Who has to wait before the next try of a password. Failed tries are counted by account, address and device.
//!
//! Each node has its own counts, in memory: two nodes let twice as many tries through.

use super::digest::Digest;
use std::{
    collections::{BTreeMap, HashMap},
    net::{IpAddr, Ipv6Addr},
    time::{Duration, Instant},
};

/// The number of failures without a wait.
pub const FREE: u32 = 10;

/// The wait after the last of them; each further failure doubles it.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);

/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// After this time without a failure, earlier ones are forgotten.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(60 * 60);

/// How many subjects are remembered. Each one takes a failed try, so nobody can push the others out within an hour.
const MOST: usize = 100_000;

/// What failures are counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The account with this e-mail, whether there is one or not.
    Account(Digest),
    /// Where tries come from.
    Address(IpAddr),
    /// A browser and an account that was logged in there before.
    Device(Digest),
}

impl Subject {
    /// The address to count for `address`: whoever has an IPv6 address usually has its whole /64.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
            address => address,
        })
    }

    /// Whether a login clears earlier failures. Not for an address: somebody with an account of their own could try
    /// other people's without end.
    fn is_cleared_by_a_login(self) -> bool {
        !matches!(self, Self::Address(_))
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The password was right.
    Right,
    /// It was wrong.
    Wrong,
    /// It could not be checked.
    Unknown,
}

/// The failures of one subject.
#[derive(Clone, Copy)]
struct Count {
    failures: u32,
    last_failure: Instant,
    /// Tries that have begun and not ended.
    under_way: u32,
    /// Its position among the subjects with failures, oldest first.
    place: Option<u64>,
}

impl Count {
    fn new(now: Instant) -> Self {
        Self {
            failures: 0,
            last_failure: now,
            under_way: 0,
            place: None,
        }
    }

    fn failures(&self, now: Instant) -> u32 {
        let is_forgotten = now.saturating_duration_since(self.last_failure) >= FORGOTTEN_AFTER;
        if is_forgotten { 0 } else { self.failures }
    }

    /// How long the next try has to wait.
    fn wait(&self, now: Instant) -> Duration {
        let failures = self.failures(now);
        if failures.saturating_add(self.under_way) < FREE {
            return Duration::ZERO;
        }
        let rest = wait_after(failures).saturating_sub(now.saturating_duration_since(self.last_failure));
        // A try that is under way may become the failure that causes a wait.
        if self.under_way > 0 {
            rest.max(SHORTEST_WAIT)
        } else {
            rest
        }
    }
}

fn wait_after(failures: u32) -> Duration {
    match failures.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(more) => 2_u32
            .checked_pow(more)
            .map_or(LONGEST_WAIT, |factor| LONGEST_WAIT.min(SHORTEST_WAIT * factor)),
    }
}

/// The counts.
pub struct Throttle {
    counts: HashMap<Subject, Count>,
    oldest_first: BTreeMap<u64, Subject>,
    next_place: u64,
    most: usize,
}

impl Default for Throttle {
    fn default() -> Self {
        Self::with_room_for(MOST)
    }
}

impl Throttle {
    /// Remembers at most `most` subjects; the one whose last failure is the oldest is forgotten first.
    pub fn with_room_for(most: usize) -> Self {
        Self {
            counts: HashMap::new(),
            oldest_first: BTreeMap::new(),
            next_place: 0,
            most,
        }
    }

    /// How long a try for all `subjects` has to wait; zero if it may begin.
    pub fn wait(&self, subjects: &[Subject], now: Instant) -> Duration {
        let waits = subjects
            .iter()
            .filter_map(|subject| Some(self.counts.get(subject)?.wait(now)));
        waits.max().unwrap_or_default()
    }

    /// Begins a try for all `subjects`, unless it has to wait. Every try that began must [`end`](Self::end).
    ///
    /// # Errors
    /// How long it has to wait; then nothing is counted.
    pub fn begin(&mut self, subjects: &[Subject], now: Instant) -> Result<(), Duration> {
        let wait = self.wait(subjects, now);
        if !wait.is_zero() {
            return Err(wait);
        }
        for subject in subjects {
            self.counts.entry(*subject).or_insert_with(|| Count::new(now)).under_way += 1;
        }
        Ok(())
    }

    /// Ends a try of `subjects`.
    pub fn end(&mut self, subjects: &[Subject], outcome: Outcome, now: Instant) {
        for subject in subjects {
            let mut count = self.counts.get(subject).copied().unwrap_or_else(|| Count::new(now));
            count.under_way = count.under_way.saturating_sub(1);
            match outcome {
                Outcome::Wrong => {
                    count.failures = count.failures(now).saturating_add(1);
                    count.last_failure = now;
                    self.leave(&mut count);
                    self.oldest_first.insert(self.next_place, *subject);
                    count.place = Some(self.next_place);
                    self.next_place += 1;
                }
                Outcome::Right if subject.is_cleared_by_a_login() => {
                    count.failures = 0;
                    self.leave(&mut count);
                }
                Outcome::Right | Outcome::Unknown => {}
            }
            if count.failures == 0 && count.under_way == 0 {
                self.counts.remove(subject);
            } else {
                self.counts.insert(*subject, count);
            }
        }
        self.make_room(now);
    }

    fn leave(&mut self, count: &mut Count) {
        if let Some(place) = count.place.take() {
            self.oldest_first.remove(&place);
        }
    }

    /// Drops the oldest subjects that are forgotten, or too many.
    fn make_room(&mut self, now: Instant) {
        while let Some((place, subject)) = self.oldest_first.first_key_value().map(|(place, of)| (*place, *of)) {
            let is_forgotten = self.counts.get(&subject).is_none_or(|count| count.failures(now) == 0);
            if !is_forgotten && self.oldest_first.len() <= self.most {
                return;
            }
            self.oldest_first.remove(&place);
            self.counts.remove(&subject);
        }
    }
}

#[cfg(test)]
mod tests;
