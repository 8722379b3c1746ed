//! Random numbers for the tests of arithmetic: the same in every run (SplitMix64), and often at the limits.

/// A stream of numbers.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included. Every order of magnitude is equally likely, and now and then it is
    /// a limit.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let shift = self.next() % 64;
        match self.next() % 16 {
            0 => low,
            1 => high,
            sign => {
                let size = (self.next() >> 1 >> shift) as i64;
                let number = if sign % 2 == 0 { size } else { -size };
                let span = i128::from(high) - i128::from(low) + 1;
                (i128::from(low) + (i128::from(number) - i128::from(low)).rem_euclid(span)) as i64
            }
        }
    }
}
