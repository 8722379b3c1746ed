//! Parts of a whole: compared exactly, rounded only where they are shown.

use super::rounding::divide_rounded;
use std::cmp::Ordering;

/// An exact part of a positive whole; negative for a loss. 1 of 2 equals 2 of 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    // Reduced, so that equal ratios have equal fields.
    part: i64,
    /// Above zero.
    whole: i64,
}

impl Ratio {
    /// Nothing of something.
    pub const ZERO: Self = Self { part: 0, whole: 1 };

    /// `part` of `whole`; `None` unless the whole is positive.
    pub(super) const fn of(part: i64, whole: i64) -> Option<Self> {
        if whole <= 0 {
            return None;
        }
        let (mut divisor, mut rest) = (whole, (part.unsigned_abs() % whole.unsigned_abs()) as i64);
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        Some(Self {
            part: part / divisor,
            whole: whole / divisor,
        })
    }

    /// This many per cent.
    pub const fn per_cent(per_cent: i64) -> Self {
        match Self::of(per_cent, 100) {
            Some(ratio) => ratio,
            None => Self::ZERO,
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.part < 0
    }

    /// How far this ratio is above `was`.
    pub fn points_from(self, was: Self) -> Points {
        // Whole tenths of a per cent first, then the remainders, which are below one: so nothing overflows.
        let split = |ratio: Self| {
            let (thousandfold, whole) = (i128::from(ratio.part) * 1000, i128::from(ratio.whole));
            (thousandfold.div_euclid(whole), thousandfold.rem_euclid(whole))
        };
        let ((tenths, rest), (tenths_was, rest_was)) = (split(self), split(was));
        let whole = i128::from(self.whole) * i128::from(was.whole);
        let rest = rest * i128::from(was.whole) - rest_was * i128::from(self.whole);
        let tenths = tenths - tenths_was + rest.div_euclid(whole);
        let doubled = rest.rem_euclid(whole).unsigned_abs() * 2;
        let is_up = match doubled.cmp(&whole.unsigned_abs()) {
            Ordering::Equal => tenths >= 0,
            order => order.is_gt(),
        };
        Points {
            direction: self.cmp(&was),
            tenths: tenths + i128::from(is_up),
        }
    }

    /// Tenths of a per cent, rounded half away from zero, to be shown.
    pub fn tenths(self) -> i128 {
        divide_rounded(i128::from(self.part) * 1000, i128::from(self.whole))
    }

    /// An approximation for drawing; never compared or calculated with.
    #[expect(clippy::float_arithmetic, reason = "it is drawn")]
    pub fn drawn(self) -> f64 {
        self.part as f64 / self.whole as f64
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |one: &Self, other: &Self| i128::from(one.part) * i128::from(other.whole);
        cross(self, other).cmp(&cross(other, self))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The difference of two ratios in percentage points: exact in its direction, rounded once to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    direction: Ordering,
    tenths: i128,
}

impl Points {
    /// Whether the ratio is greater than the other one, less or equal, however small the difference.
    pub fn direction(self) -> Ordering {
        self.direction
    }

    /// Tenths of a percentage point, rounded half away from zero, to be shown.
    pub fn tenths(self) -> i128 {
        self.tenths
    }
}

/// How much of a budget is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Burn {
    /// A part of it, or more than all of it.
    Of(Ratio),
    /// Anything spent of a budget of zero, which the first cent or minute exceeds: more than any ratio.
    OfNothing,
}

impl Burn {
    /// `spent` of a budget. Nothing spent of a budget of zero is a ratio of zero.
    pub(super) fn of(spent: i64, budget: i64) -> Self {
        match Ratio::of(spent, budget) {
            Some(ratio) => Self::Of(ratio),
            None if spent > 0 => Self::OfNothing,
            None => Self::Of(Ratio::ZERO),
        }
    }

    /// Whether four fifths of the budget are used, or more.
    pub fn is_near(self) -> bool {
        self >= Self::Of(Ratio::per_cent(80))
    }

    /// Whether more than the budget is used.
    pub fn is_over(self) -> bool {
        self > Self::Of(Ratio::per_cent(100))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::random::Random, *};
    use std::collections::HashSet;

    fn ratio(part: i64, whole: i64) -> Ratio {
        Ratio::of(part, whole).unwrap()
    }

    /// Compares the whole parts first, then the inverted remainders, as in a continued fraction.
    fn compare(one: (i128, i128), other: (i128, i128)) -> Ordering {
        let wholes = one.0.div_euclid(one.1).cmp(&other.0.div_euclid(other.1));
        let rests = (one.0.rem_euclid(one.1), other.0.rem_euclid(other.1));
        wholes.then_with(|| match rests {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Less,
            (_, 0) => Ordering::Greater,
            (rest, other_rest) => compare((other.1, other_rest), (one.1, rest)),
        })
    }

    #[test]
    fn ratios_are_compared_exactly() {
        let mut random = Random(1);
        let mut equal = 0;
        for _ in 0..20_000 {
            let (part, whole) = (random.between(i64::MIN, i64::MAX), random.between(1, i64::MAX));
            // Neighbouring ratios are the hard cases.
            let other = match random.between(0, 2) {
                0 => (random.between(i64::MIN, i64::MAX), random.between(1, i64::MAX)),
                1 => (part.saturating_add(random.between(-1, 1)), whole.saturating_add(1)),
                _ => (part / 3, (whole / 3).max(1)),
            };
            let expected = compare((part.into(), whole.into()), (other.0.into(), other.1.into()));
            let (one, other) = (ratio(part, whole), ratio(other.0, other.1));
            assert_eq!(one.cmp(&other), expected, "{one:?} {other:?}");
            assert_eq!(one == other, expected.is_eq(), "{one:?} {other:?}");
            assert_eq!(one.points_from(other).direction(), expected);
            equal += i32::from(expected.is_eq());
        }
        assert!(equal > 100, "{equal}");
    }

    #[test]
    fn equal_ratios_are_one() {
        let halves = [
            ratio(1, 2),
            ratio(2, 4),
            ratio(i64::MAX / 2, i64::MAX - 1),
            Ratio::per_cent(50),
        ];
        assert_eq!(halves.into_iter().collect::<HashSet<_>>().len(), 1);
        assert_eq!(ratio(0, 7), Ratio::ZERO);
        assert_eq!((Ratio::of(1, 0), Ratio::of(-1, -1)), (None, None));
        assert!(ratio(-1, 3) < Ratio::ZERO && ratio(-1, 3) > ratio(-1, 2) && ratio(i64::MIN, 1).is_negative());
    }

    #[test]
    fn what_is_shown_as_80_per_cent_may_be_less() {
        assert!(ratio(79_958, 100_000) < Ratio::per_cent(80));
        assert!(!Burn::of(79_958, 100_000).is_near() && Burn::of(80_000, 100_000).is_near());
        assert!(!Burn::of(100_000, 100_000).is_over() && Burn::of(100_001, 100_000).is_over());
        let size = 10_000_000_000_000_000;
        assert!(ratio(size - 1, size) < ratio(size, size + 1));
    }

    #[test]
    fn a_difference_is_rounded_once() {
        let mut random = Random(2);
        let largest = 10_000_000_000_000_000;
        for _ in 0..20_000 {
            let ((a, b), (c, d)) = (
                (random.between(-largest, largest), random.between(1, largest)),
                (random.between(-largest, largest), random.between(1, largest)),
            );
            let (numerator, denominator) = (
                (i128::from(a) * i128::from(d) - i128::from(c) * i128::from(b)) * 1000,
                i128::from(b) * i128::from(d),
            );
            let down = numerator.abs() / denominator;
            let size = down + i128::from(numerator.abs() - down * denominator >= denominator - denominator / 2);
            let points = ratio(a, b).points_from(ratio(c, d));
            assert_eq!(points.tenths(), size * numerator.signum(), "{a}/{b} - {c}/{d}");
        }
        // If they were rounded first, these would be 33.4 - 33.3, and 0.1 - -0.1.
        assert_eq!(ratio(33_350, 100_000).points_from(ratio(33_349, 100_000)).tenths(), 0);
        assert_eq!(ratio(5, 10_000).points_from(ratio(-5, 10_000)).tenths(), 1);
        // Half of a tenth is rounded away from zero on either side.
        assert_eq!(ratio(5, 10_000).points_from(Ratio::ZERO).tenths(), 1);
        assert_eq!(Ratio::ZERO.points_from(ratio(5, 10_000)).tenths(), -1);
        // The largest there are.
        let (most, least) = (ratio(i64::MAX, 1), ratio(i64::MIN, 1));
        assert_eq!(most.points_from(least).tenths(), (i128::from(i64::MAX) * 2 + 1) * 1000);
        let near = (ratio(i64::MAX - 1, i64::MAX), ratio(i64::MAX - 2, i64::MAX - 1));
        assert_eq!(near.0.points_from(near.1).tenths(), 0);
        assert_eq!(near.0.points_from(near.1).direction(), Ordering::Greater);
    }

    #[test]
    fn a_budget_of_zero_is_overrun_by_the_first_cent() {
        assert_eq!(Burn::of(1, 0), Burn::OfNothing);
        assert!(Burn::of(1, 0).is_over() && Burn::of(1, 0).is_near() && Burn::of(1, 0) > Burn::of(i64::MAX, 1));
        for spent in [0, -5] {
            assert_eq!(Burn::of(spent, 0), Burn::Of(Ratio::ZERO));
        }
        assert_eq!(Burn::of(3, 4), Burn::of(6, 8));
    }
}
