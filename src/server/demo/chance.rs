//! Random numbers that are the same every time, on every machine and with every version of every library.
//!
//! Each thing that happens has a stream of its own. So adding something to the studio doesn't change the rest.

/// What a stream decides.
#[derive(Clone, Copy)]
pub enum Stream {
    Affinity,
    Attendance,
    Cost,
    Division,
    Invoices,
    Price,
    Project,
    Raise,
    Shared,
    Work,
}

/// A stream of numbers (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// The stream for one thing, named by numbers.
    pub fn of<const N: usize>(stream: Stream, name: [usize; N]) -> Self {
        let mut chance = Self(stream as u64);
        for part in name {
            chance.0 = chance.next() ^ part as u64;
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u128::from(high.abs_diff(low)) + 1;
        low + ((u128::from(self.next()) * span) >> 64) as i64
    }

    /// Whether something with this chance in a hundred happens.
    pub fn percent(&mut self, often: i64) -> bool {
        self.between(1, 100) <= often
    }

    /// One of several, all equally likely; there must be at least one.
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.between(0, among.len() as i64 - 1) as usize]
    }

    /// One of several by weight; at least one weight must be positive.
    pub fn pick_by<'a, T>(&mut self, among: &'a [T], often: impl Fn(&T) -> i64) -> &'a T {
        let mut left = self.between(1, among.iter().map(&often).sum());
        let chosen = among.iter().position(|one| {
            left -= often(one);
            left <= 0
        });
        &among[chosen.unwrap_or(0)]
    }
}
