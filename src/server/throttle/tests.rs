//! Tests: what is counted, how waits grow, and when failures are forgotten.

use super::*;
use std::net::Ipv4Addr;

const SECOND: Duration = Duration::from_secs(1);

fn account(name: &str) -> Subject {
    Subject::Account(Digest::of(name))
}

fn address(last: u8) -> Subject {
    Subject::address(Ipv4Addr::new(192, 0, 2, last).into())
}

/// A try that isn't kept waiting.
fn attempt(throttle: &mut Throttle, subjects: &[Subject], outcome: Outcome, now: Instant) {
    throttle.begin(subjects, now).unwrap();
    throttle.end(subjects, outcome, now);
}

#[test]
fn ten_failures_are_free_and_then_each_doubles_the_wait_up_to_a_quarter_of_an_hour() {
    let mut throttle = Throttle::default();
    let mut now = Instant::now();
    let ada = [account("ada"), address(1)];
    for _ in 0..FREE {
        attempt(&mut throttle, &ada, Outcome::Wrong, now);
    }
    let mut waits = Vec::new();
    for _ in 0..13 {
        let wait = throttle.begin(&ada, now).unwrap_err();
        assert_eq!(
            throttle.begin(&ada, now + wait - SECOND / 2),
            Err(SECOND / 2),
            "what is tried meanwhile doesn't count"
        );
        waits.push(wait.as_secs());
        now += wait;
        attempt(&mut throttle, &ada, Outcome::Wrong, now);
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
}

#[test]
fn an_account_and_an_address_are_counted_by_themselves() {
    let mut throttle = Throttle::default();
    let now = Instant::now();
    for last in 0..10 {
        attempt(&mut throttle, &[account("ada"), address(last)], Outcome::Wrong, now);
    }
    assert_eq!(throttle.wait(&[account("ada"), address(99)], now), SECOND);
    assert_eq!(throttle.wait(&[account("eve"), address(0)], now), Duration::ZERO);
    for name in ["b", "c", "d", "e", "f", "g", "h", "i", "j"] {
        attempt(&mut throttle, &[account(name), address(0)], Outcome::Wrong, now);
    }
    assert_eq!(throttle.wait(&[account("eve"), address(0)], now), SECOND);
}

#[test]
fn failures_are_forgotten_after_an_hour_without_one() {
    let mut throttle = Throttle::default();
    let mut now = Instant::now();
    for _ in 0..30 {
        now += throttle.wait(&[account("ada")], now);
        attempt(&mut throttle, &[account("ada")], Outcome::Wrong, now);
    }
    assert_eq!(throttle.wait(&[account("ada")], now), LONGEST_WAIT);
    now += FORGOTTEN_AFTER - SECOND;
    attempt(&mut throttle, &[account("ada")], Outcome::Wrong, now);
    assert_eq!(throttle.wait(&[account("ada")], now), LONGEST_WAIT, "not before");
    now += FORGOTTEN_AFTER;
    for _ in 0..FREE {
        attempt(&mut throttle, &[account("ada")], Outcome::Wrong, now);
    }
    assert_eq!(throttle.wait(&[account("ada")], now), SECOND);
}

#[test]
fn a_login_clears_the_account_but_not_the_address() {
    let mut throttle = Throttle::default();
    let now = Instant::now();
    for _ in 0..9 {
        attempt(&mut throttle, &[account("ada"), address(1)], Outcome::Wrong, now);
    }
    for _ in 0..100 {
        attempt(&mut throttle, &[account("ada"), address(1)], Outcome::Right, now);
    }
    attempt(&mut throttle, &[account("eve"), address(1)], Outcome::Wrong, now);
    assert_eq!(throttle.wait(&[address(1)], now), SECOND);
    assert_eq!(throttle.wait(&[account("ada")], now), Duration::ZERO);
    for _ in 0..9 {
        attempt(&mut throttle, &[account("ada"), address(2)], Outcome::Wrong, now);
    }
    assert_eq!(throttle.wait(&[account("ada")], now), Duration::ZERO);
}

#[test]
fn of_many_tries_at_once_ten_begin() {
    let mut throttle = Throttle::default();
    let now = Instant::now();
    let ada = [account("ada"), address(1)];
    let begun = (0..1000).filter(|_| throttle.begin(&ada, now).is_ok()).count();
    assert_eq!(begun, FREE as usize);
    throttle.end(&ada, Outcome::Unknown, now);
    throttle.end(&ada, Outcome::Right, now);
    assert!(throttle.begin(&ada, now).is_ok() && throttle.begin(&ada, now).is_ok());
    assert_eq!(throttle.begin(&ada, now), Err(SECOND));
}

#[test]
fn an_address_of_ipv6_counts_by_its_64_bits_and_a_mapped_one_as_ipv4() {
    let of = |text: &str| Subject::address(text.parse().unwrap());
    assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    assert_ne!(of("::ffff:192.0.2.7"), of("::ffff:192.0.2.8"));
}

#[test]
fn what_is_remembered_is_bounded_and_the_oldest_goes_first() {
    let mut throttle = Throttle::with_room_for(3);
    let mut now = Instant::now();
    for last in [0, 1, 2, 0, 3, 4] {
        now += throttle.wait(&[address(last)], now);
        attempt(&mut throttle, &[address(last)], Outcome::Wrong, now);
    }
    assert_eq!((throttle.counts.len(), throttle.oldest_first.len()), (3, 3));
    let is_remembered = |last| throttle.counts.contains_key(&address(last));
    assert_eq!([0, 1, 2, 3, 4].map(is_remembered), [true, false, false, true, true]);
    // A try that has begun when its subject is dropped still ends.
    throttle.begin(&[address(9)], now).unwrap();
    for last in 10..20 {
        attempt(&mut throttle, &[address(last)], Outcome::Wrong, now);
    }
    throttle.end(&[address(9)], Outcome::Right, now);
    assert_eq!((throttle.counts.len(), throttle.oldest_first.len()), (3, 3));
    // The next failure removes what has been forgotten.
    attempt(&mut throttle, &[address(1)], Outcome::Wrong, now + FORGOTTEN_AFTER * 2);
    assert_eq!((throttle.counts.len(), throttle.oldest_first.len()), (1, 1));
}
