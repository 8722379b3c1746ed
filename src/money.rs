//! Money, minutes and rates: exact whole numbers.
//!
//! There are no floating point numbers: a sum of cents is a sum of integers, and rounding happens once, in
//! [`Rate::value_of`], when hours are booked.
//!
//! # How large
//!
//! The database refuses amounts beyond 10^13 cents, rates beyond 10^8 cents an hour and minutes beyond 10^9. So 922,337
//! of the largest amounts fit in a sum, and intermediate results have 128 bits. Valid data can't lead to a sum that
//! doesn't fit. Should there be one, it is capped at the largest amount, so that no page fails; a debug build panics,
//! so that tests notice.

#[cfg(test)]
mod random;
mod ratio;
mod rounding;

pub use ratio::{Burn, Points, Ratio};

use rounding::{divide_rounded, product_divided};
use std::{
    cmp::Reverse,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub},
};

/// An amount in whole cents of a euro; negative for a loss or a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// A span of working time in whole minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub i64);

impl Minutes {
    /// The same in hundredths of an hour, rounded half away from zero, to be shown: quarters of an hour are exact.
    pub fn hundredths_of_hours(self) -> i128 {
        divide_rounded(i128::from(self.0) * 5, 3)
    }

    /// The same in parts of `whole`, so many of which make one, rounded half away from zero: for files, whose sums must
    /// come out right.
    pub fn in_parts(self, parts: i64, whole: Self) -> i128 {
        product_divided(self.0, parts, whole.0)
    }

    /// An hour.
    pub const HOUR: Self = Self(60);

    /// A day, as spreadsheets count time.
    pub const DAY: Self = Self(24 * 60);
}

/// A price of working time, in cents per hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

macro_rules! exact_arithmetic {
    ($unit:ident) => {
        impl Add for $unit {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(fitting(i128::from(self.0) + i128::from(other.0)))
            }
        }
        impl Sub for $unit {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(fitting(i128::from(self.0) - i128::from(other.0)))
            }
        }
        impl Neg for $unit {
            type Output = Self;
            fn neg(self) -> Self {
                Self(fitting(-i128::from(self.0)))
            }
        }
        impl AddAssign for $unit {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl Sum for $unit {
            /// The order doesn't matter: only the final sum has to fit.
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                Self(fitting(parts.map(|part| i128::from(part.0)).sum()))
            }
        }
        impl $unit {
            /// This as a part of `whole`; `None` unless the whole is positive.
            pub fn share_of(self, whole: Self) -> Option<Ratio> {
                Ratio::of(self.0, whole.0)
            }

            /// How much of `budget` this uses. A budget of zero counts as a budget.
            pub fn burn_of(self, budget: Self) -> Burn {
                Burn::of(self.0, budget.0)
            }

            /// This times `numerator / denominator`, rounded half away from zero. `denominator` must be positive, and
            /// `numerator` at most a few times as large; otherwise use [`Self::checked_part`].
            pub fn part(self, numerator: i64, denominator: i64) -> Self {
                Self(fitting(product_divided(self.0, numerator, denominator)))
            }

            /// The same with a `numerator` of any size; `None` if the result doesn't fit.
            pub fn checked_part(self, numerator: i64, denominator: i64) -> Option<Self> {
                i64::try_from(product_divided(self.0, numerator, denominator))
                    .ok()
                    .map(Self)
            }
        }
    };
}
exact_arithmetic!(Money);
exact_arithmetic!(Minutes);

impl Rate {
    /// What `minutes` are worth at this rate, in cents, rounded half away from zero.
    pub fn value_of(self, minutes: Minutes) -> Money {
        Money(fitting(product_divided(self.0, minutes.0, 60)))
    }
}

impl Money {
    /// This amount spread over `minutes`, as a rate per hour; `None` without minutes, or if the result doesn't fit.
    pub fn per_hour(self, minutes: Minutes) -> Option<Rate> {
        if minutes <= Minutes(0) {
            return None;
        }
        i64::try_from(product_divided(self.0, 60, minutes.0)).ok().map(Rate)
    }

    /// Splits this amount by `weights`. The parts add up to it exactly: the cents that are left over go to the largest
    /// remainders, and among equal ones to the earlier. A negative amount is split like its opposite, so that a
    /// reversal cancels every part. A negative weight counts as zero. Without a positive weight there are no parts.
    pub fn split(self, weights: &[i64]) -> Vec<Money> {
        let weights: Vec<u128> = weights
            .iter()
            .map(|weight| u128::from(weight.max(&0).unsigned_abs()))
            .collect();
        let whole: u128 = weights.iter().sum();
        if whole == 0 {
            return Vec::new();
        }
        // Both factors have 64 bits.
        let amount = u128::from(self.0.unsigned_abs());
        let mut parts: Vec<u128> = weights.iter().map(|weight| amount * weight / whole).collect();
        let left = amount - parts.iter().sum::<u128>();
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|place| Reverse(amount * weights[*place] % whole));
        for (_, place) in (0..left).zip(by_remainder) {
            parts[place] += 1;
        }
        // No part is larger than the amount.
        let sign = i128::from(self.0.signum());
        parts
            .into_iter()
            .map(|part| Money(fitting(part as i128 * sign)))
            .collect()
    }
}

/// `value` as 64 bits. It fits, unless the data is beyond the limits of the database; see above.
fn fitting(value: i128) -> i64 {
    i64::try_from(value).unwrap_or_else(|_| {
        debug_assert!(false, "{value} is no amount that the data can add up to");
        if value > 0 { i64::MAX } else { i64::MIN }
    })
}

#[cfg(test)]
mod tests {
    use super::{random::Random, *};

    /// The largest that the database accepts.
    const AMOUNT: i64 = 10_000_000_000_000;
    const RATE: i64 = 100_000_000;
    const MINUTES: i64 = 1_000_000_000;

    #[test]
    fn a_rate_rounds_half_away_from_zero() {
        assert_eq!(Rate(9_500).value_of(Minutes(90)), Money(14_250));
        assert_eq!(Rate(1).value_of(Minutes(30)), Money(1));
        assert_eq!(Rate(1).value_of(Minutes(-30)), Money(-1));
        assert_eq!(Rate(1).value_of(Minutes(29)), Money(0));
        assert_eq!(Rate(RATE).value_of(Minutes(MINUTES)), Money(1_666_666_666_666_667));
    }

    #[test]
    fn the_parts_of_a_split_are_those_of_the_books() {
        for (amount, weights, parts) in [
            (78_508, vec![1, 1, 1], vec![26_170, 26_169, 26_169]),
            (18_225, vec![98, 2], vec![17_861, 364]),
            (78_508, vec![3_333, 3_333, 3_334], vec![26_167, 26_167, 26_174]),
            (1, vec![1, 1, 1], vec![1, 0, 0]),
            (7, vec![], vec![]),
            (7, vec![0, 0, 0], vec![]),
            (7, vec![-1, 0], vec![]),
            (7, vec![-1, 2], vec![0, 7]),
            (AMOUNT, vec![1_000_000_000, 1, 0], vec![AMOUNT - 10_000, 10_000, 0]),
            (i64::MAX, vec![i64::MAX, i64::MAX], vec![i64::MAX / 2 + 1, i64::MAX / 2]),
        ] {
            for sign in [1, -1] {
                let parts: Vec<Money> = parts.iter().map(|part| Money(part * sign)).collect();
                assert_eq!(
                    Money(amount * sign).split(&weights),
                    parts,
                    "{amount} * {sign} by {weights:?}"
                );
            }
        }
        assert_eq!(Money(i64::MIN).split(&[0, 5]), [Money(0), Money(i64::MIN)]);
    }

    #[test]
    fn the_parts_of_a_split_add_up_and_mirror_their_negatives() {
        let mut random = Random(3);
        for _ in 0..20_000 {
            let amount = Money(random.between(-AMOUNT, AMOUNT));
            let weights: Vec<i64> = (0..random.between(1, 9))
                .map(|_| random.between(0, 1_000_000_000))
                .collect();
            let parts = amount.split(&weights);
            let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            if whole == 0 {
                assert_eq!(parts, []);
                continue;
            }
            assert_eq!(
                parts.iter().copied().sum::<Money>(),
                amount,
                "{amount:?} by {weights:?}"
            );
            let mirrored: Vec<Money> = (-amount).split(&weights).into_iter().map(Neg::neg).collect();
            assert_eq!(mirrored, parts, "{amount:?} by {weights:?}");
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = i128::from(amount.0) * i128::from(*weight);
                let off = (i128::from(part.0) * whole - exact).abs();
                assert!(off < whole, "{part:?} of {amount:?} at {weight} of {whole}");
            }
        }
    }

    #[test]
    fn sums_of_the_largest_amounts_come_out_right_in_any_order() {
        let rows = 922_337;
        let most: Money = std::iter::repeat_n(Money(AMOUNT), rows).sum();
        assert_eq!(most, Money(AMOUNT * rows as i64));
        assert_eq!((0..rows).fold(Money(0), |sum, _| sum - Money(AMOUNT)), -most);
        // First everything that is added, then everything that is taken back.
        let there_and_back = [AMOUNT, -AMOUNT]
            .into_iter()
            .flat_map(|amount| std::iter::repeat_n(Money(amount), rows * 2));
        assert_eq!(there_and_back.chain([Money(5)]).sum::<Money>(), Money(5));
        assert_eq!(
            std::iter::repeat_n(Minutes(MINUTES), 1_000_000).sum::<Minutes>(),
            Minutes(MINUTES * 1_000_000)
        );
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic = "is no amount that the data can add up to"]
    fn a_sum_that_does_not_fit_is_seen_in_tests() {
        let _ = Money(i64::MAX) + Money(1);
    }

    #[test]
    fn parts_round_half_away_from_zero_and_say_where_they_do_not_fit() {
        assert_eq!(
            [5, -5, 4, -4].map(|cents| Money(cents).part(1, 10)),
            [1, -1, 0, 0].map(Money)
        );
        assert_eq!(Money(AMOUNT).part(MINUTES, MINUTES), Money(AMOUNT));
        assert_eq!(Money(AMOUNT).checked_part(MINUTES, 1), None);
        assert_eq!(Money(-7).checked_part(3, 2), Some(Money(-11)));
        assert_eq!(Minutes(10).checked_part(1, 3), Some(Minutes(3)));
    }

    #[test]
    fn an_hour_has_no_price_without_time() {
        assert_eq!(Money(9_500).per_hour(Minutes(90)), Some(Rate(6_333)));
        assert_eq!(Money(-1).per_hour(Minutes(120)), Some(Rate(-1)));
        assert_eq!(
            (Money(1).per_hour(Minutes(0)), Money(1).per_hour(Minutes(-60))),
            (None, None)
        );
        assert_eq!(Money(i64::MAX).per_hour(Minutes(1)), None);
    }
}
