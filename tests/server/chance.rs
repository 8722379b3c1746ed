//! Random numbers that are the same for the same seed.

use std::time::Duration;

/// A stream of numbers (SplitMix64).
#[derive(Clone)]
pub struct Chance(u64);

impl Chance {
    /// The stream with this number; each thing that happens by chance has its own.
    pub fn of(seed: u64, stream: u64) -> Self {
        let mut chance = Self(seed);
        chance.0 = chance.next() ^ stream;
        chance
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Whether something with this chance in a hundred happens.
    pub fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.below(among.len() as u64) as usize]
    }

    /// A random time of up to this many milliseconds.
    pub fn millis(&mut self, most: u64) -> Duration {
        Duration::from_micros(self.below(most * 1000 + 1))
    }
}

/// The number in a variable of the environment, if it is set.
#[expect(clippy::disallowed_methods, reason = "whoever runs the tests chooses the seed")]
pub fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} must be a number: {text}")),
    )
}
