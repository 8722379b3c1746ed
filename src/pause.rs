//! The pause before something is asked for again: each is twice as long as the one before it, until something succeeds.

use std::time::Duration;

/// How long to wait before the next try.
#[derive(Clone, Debug)]
pub struct Pause {
    first: Duration,
    last: Duration,
    /// How many tries failed since the last success.
    failed: u32,
}

impl Pause {
    /// Pauses that grow from `first` to `last`.
    pub const fn between(first: Duration, last: Duration) -> Self {
        Self { first, last, failed: 0 }
    }

    /// How long to wait now; the next pause is longer.
    pub fn grow(&mut self) -> Duration {
        let pause = self.first.saturating_mul(1 << self.failed.min(16)).min(self.last);
        self.failed += 1;
        pause
    }

    /// It succeeded: the next pause is the first one again.
    pub fn reset(&mut self) {
        self.failed = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_doubles_up_to_the_last_and_begins_anew_after_a_success() {
        let mut pause = Pause::between(Duration::from_millis(50), Duration::from_secs(5));
        let millis: Vec<u128> = (0..9).map(|_| pause.grow().as_millis()).collect();
        assert_eq!(millis, [50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
        pause.reset();
        assert_eq!(pause.grow(), Duration::from_millis(50));
        for _ in 0..1_000 {
            pause.grow();
        }
        assert_eq!(pause.grow(), Duration::from_secs(5));
    }
}
