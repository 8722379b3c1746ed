//! Money, minutes and rates: exact whole numbers, and how a person reads them.
//!
//! Nothing here is a floating point number: a sum of cents is a sum of integers, and rounding happens once, in
//! [`Rate::value_of`], when hours are booked.

use std::{
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub},
};

/// An amount in whole cents of a euro; negative for a loss or a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// A span of working time in whole minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub i64);

/// A price of working time, in cents per hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

/// A part of a whole in tenths of a per cent, rounded half away from zero; only ever shown, never calculated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(pub i64);

macro_rules! exact_arithmetic {
    ($unit:ident) => {
        impl Add for $unit {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $unit {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl Neg for $unit {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl AddAssign for $unit {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl Sum for $unit {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                parts.fold(Self(0), Add::add)
            }
        }
    };
}
exact_arithmetic!(Money);
exact_arithmetic!(Minutes);

impl Rate {
    /// What `minutes` are worth at this rate, in cents, rounded half away from zero.
    pub fn value_of(self, minutes: Minutes) -> Money {
        Money(divide_rounded(i128::from(self.0) * i128::from(minutes.0), 60))
    }
}

impl Money {
    /// The part `numerator / denominator` of this amount, rounded half away from zero. `denominator` is positive.
    pub fn part(self, numerator: i64, denominator: i64) -> Money {
        Money(divide_rounded(
            i128::from(self.0) * i128::from(numerator),
            i128::from(denominator),
        ))
    }

    /// This amount as a share of `whole`; none where there is no positive whole to compare with.
    pub fn share_of(self, whole: Money) -> Option<Share> {
        share(self.0, whole.0)
    }

    /// This amount spread over `minutes`, as a rate per hour; none without minutes.
    pub fn per_hour(self, minutes: Minutes) -> Option<Rate> {
        (minutes.0 > 0).then(|| Rate(divide_rounded(i128::from(self.0) * 60, i128::from(minutes.0))))
    }

    /// Splits this amount by `weights` so that the parts add up to it exactly (largest remainder; ties go to the
    /// earlier part). Without any positive weight there is nothing to split by, and no parts.
    pub fn split(self, weights: &[i64]) -> Vec<Money> {
        let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if whole <= 0 {
            return Vec::new();
        }
        let exact = |weight: &i64| i128::from(self.0) * i128::from(*weight);
        let mut parts: Vec<i128> = weights.iter().map(|w| exact(w).div_euclid(whole)).collect();
        let mut missing = i128::from(self.0) - parts.iter().sum::<i128>();
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|&i| std::cmp::Reverse(exact(&weights[i]).rem_euclid(whole)));
        for i in by_remainder {
            if missing == 0 {
                break;
            }
            parts[i] += 1;
            missing -= 1;
        }
        parts.into_iter().map(|part| Money(narrow(part))).collect()
    }
}

impl Minutes {
    /// These minutes as a share of `whole`; none where there is no positive whole to compare with.
    pub fn share_of(self, whole: Minutes) -> Option<Share> {
        share(self.0, whole.0)
    }

    /// The part `numerator / denominator` of these minutes, rounded half away from zero. `denominator` is positive.
    pub fn part(self, numerator: i64, denominator: i64) -> Minutes {
        Minutes(divide_rounded(
            i128::from(self.0) * i128::from(numerator),
            i128::from(denominator),
        ))
    }
}

fn share(part: i64, whole: i64) -> Option<Share> {
    (whole > 0).then(|| Share(divide_rounded(i128::from(part) * 1000, i128::from(whole))))
}

/// `numerator / denominator`, rounded half away from zero; `denominator` is positive.
fn divide_rounded(numerator: i128, denominator: i128) -> i64 {
    let doubled = numerator.abs() * 2 + denominator;
    narrow(doubled / (denominator * 2) * numerator.signum())
}

/// Amounts that fit a column of the database fit here too; what doesn't is pinned to the largest that does.
fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value > 0 { i64::MAX } else { i64::MIN })
}

/// How a person's language writes numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// `€12,345.67`
    #[default]
    PointDecimal,
    /// `12.345,67 €`
    CommaDecimal,
}

impl NumberFormat {
    /// The format for an `Accept-Language` header: that of the language a person prefers most.
    pub fn of_accept_language(header: Option<&str>) -> Self {
        const COMMA_DECIMAL: &[&str] = &[
            "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb",
            "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
        ];
        let preferred = header
            .unwrap_or_default()
            .split(',')
            .enumerate()
            .filter_map(|(place, entry)| {
                let mut fields = entry.split(';');
                let language = fields.next()?.trim().split('-').next()?.to_ascii_lowercase();
                let weight = fields
                    .find_map(|field| field.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
                (weight > 0.0 && !language.is_empty() && language != "*").then_some((place, weight, language))
            })
            .min_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        match preferred {
            Some((_, _, language)) if COMMA_DECIMAL.contains(&language.as_str()) => Self::CommaDecimal,
            _ => Self::PointDecimal,
        }
    }

    /// `12.345,67 €` or `€12,345.67`; a loss as `-12.345,67 €` or `-€12,345.67`.
    pub fn money(self, amount: Money) -> String {
        let sign = if amount.0 < 0 { "-" } else { "" };
        let number = self.decimal(amount.0.unsigned_abs(), 2);
        match self {
            Self::PointDecimal => format!("{sign}€{number}"),
            Self::CommaDecimal => format!("{sign}{number}\u{a0}€"),
        }
    }

    /// Hours with one decimal, `1,234.5 h`; rounded half away from zero, for reading only.
    pub fn hours(self, minutes: Minutes) -> String {
        let tenths = divide_rounded(i128::from(minutes.0), 6);
        let sign = if tenths < 0 { "-" } else { "" };
        format!("{sign}{}\u{a0}h", self.decimal(tenths.unsigned_abs(), 1))
    }

    /// `€95.00/h`.
    pub fn rate(self, rate: Rate) -> String {
        format!("{}/h", self.money(Money(rate.0)))
    }

    /// `34.5 %`.
    pub fn share(self, share: Share) -> String {
        let sign = if share.0 < 0 { "-" } else { "" };
        format!("{sign}{}\u{a0}%", self.decimal(share.0.unsigned_abs(), 1))
    }

    /// The difference of two shares in percentage points, `1.5 pp`.
    pub fn points(self, difference: Share) -> String {
        self.share(difference).replace('%', "pp")
    }

    /// A count of things, `12,345`.
    pub fn count(self, count: u64) -> String {
        self.decimal(count, 0)
    }

    /// `digits` with its last `decimals` places behind the decimal sign and its thousands grouped.
    fn decimal(self, digits: u64, decimals: u32) -> String {
        let (group, point) = match self {
            Self::PointDecimal => (',', '.'),
            Self::CommaDecimal => ('.', ','),
        };
        let scale = 10u64.pow(decimals);
        let whole = (digits / scale).to_string();
        let mut text = String::with_capacity(whole.len() * 2);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if decimals > 0 {
            text.push(point);
            text.push_str(&format!("{:0width$}", digits % scale, width = decimals as usize));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_the_language_writes_them() {
        let (point, comma) = (NumberFormat::PointDecimal, NumberFormat::CommaDecimal);
        assert_eq!(point.money(Money(1_234_567)), "€12,345.67");
        assert_eq!(comma.money(Money(1_234_567)), "12.345,67\u{a0}€");
        assert_eq!(point.money(Money(-5)), "-€0.05");
        assert_eq!(comma.money(Money(0)), "0,00\u{a0}€");
        assert_eq!(point.hours(Minutes(90)), "1.5\u{a0}h");
        assert_eq!(comma.share(Share(-1005)), "-100,5\u{a0}%");
        assert_eq!(point.count(1_000_000), "1,000,000");
    }

    #[test]
    fn the_language_a_person_prefers_decides() {
        let of = |header| NumberFormat::of_accept_language(Some(header));
        assert_eq!(of("de-AT,de;q=0.9,en;q=0.8"), NumberFormat::CommaDecimal);
        assert_eq!(of("en-GB,de;q=0.9"), NumberFormat::PointDecimal);
        assert_eq!(of("de;q=0.2, en;q=0.7"), NumberFormat::PointDecimal);
        assert_eq!(of("*;q=0.5,;;,q=x"), NumberFormat::PointDecimal);
        assert_eq!(NumberFormat::of_accept_language(None), NumberFormat::PointDecimal);
    }

    #[test]
    fn a_rate_rounds_half_away_from_zero() {
        assert_eq!(Rate(9_500).value_of(Minutes(90)), Money(14_250));
        assert_eq!(Rate(1).value_of(Minutes(30)), Money(1));
        assert_eq!(Rate(1).value_of(Minutes(-30)), Money(-1));
        assert_eq!(Rate(1).value_of(Minutes(29)), Money(0));
    }

    #[test]
    fn the_parts_of_a_split_add_up() {
        assert_eq!(Money(100).split(&[1, 1, 1]), [Money(34), Money(33), Money(33)]);
        assert_eq!(Money(-100).split(&[1, 1, 1]).into_iter().sum::<Money>(), Money(-100));
        assert_eq!(Money(7).split(&[]), []);
        for amount in -50..50 {
            let parts = Money(amount).split(&[5, 0, 3, 9]);
            assert_eq!(parts.iter().copied().sum::<Money>(), Money(amount));
            assert_eq!(parts[1], Money(0));
        }
    }
}
