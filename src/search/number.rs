//! An amount or a span of time as people write them.

use crate::money::{Minutes, Money};

/// A number, with decimals or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WrittenNumber {
    /// `-1.234,5`: a whole and, if they are written, hundredths; whether it is below zero, if a sign says so.
    Decimal {
        whole: i64,
        hundredths: Option<i64>,
        negative: Option<bool>,
    },
    /// `1:30`, in minutes.
    Clock(i64),
}

/// The most digits that are read; more are no amount of a studio.
const MOST_DIGITS: usize = 15;

impl WrittenNumber {
    /// The number that `word` is, however its thousands and decimals are set apart.
    pub(super) fn read(word: &str) -> Option<Self> {
        let bare = word.trim_matches(|sign: char| matches!(sign, '€' | 'h') || sign.is_whitespace());
        let (negative, bare) = match bare.chars().next()? {
            '-' | '\u{2212}' => (Some(true), bare.trim_start_matches(['-', '\u{2212}'])),
            '+' => (Some(false), &bare[1..]),
            _ => (None, bare),
        };
        let bare = bare.trim_start_matches('€');
        if let Some((hours, minutes)) = bare.split_once(':') {
            let minutes = crate::days::digits(minutes, 2).filter(|minutes| *minutes < 60)?;
            return Some(Self::Clock(count(hours)? * 60 + i64::from(minutes)));
        }
        let (whole, decimals) = match bare.rsplit_once(['.', ',']) {
            Some((whole, decimals)) if matches!(decimals.len(), 1 | 2) => (whole, Some(decimals)),
            _ => (bare, None),
        };
        let hundredths = match decimals {
            Some(digits) if digits.len() == 1 => Some(count(digits)? * 10),
            Some(digits) => Some(count(digits)?),
            None => None,
        };
        Some(Self::Decimal {
            whole: grouped(whole)?,
            hundredths,
            negative,
        })
    }

    /// Whether `amount` is written so; cents that aren't written may be any.
    pub(super) fn is_amount(&self, amount: Money) -> bool {
        self.is_hundredths(amount.0)
    }

    /// Whether `hours` are, as they are shown: in hundredths of an hour, or as a clock has them.
    pub(super) fn is_hours(&self, hours: Minutes) -> bool {
        match self {
            Self::Clock(minutes) => hours.0 == *minutes,
            Self::Decimal { .. } => self.is_hundredths((hours.0 * 100 + 30).div_euclid(60)),
        }
    }

    fn is_hundredths(&self, value: i64) -> bool {
        match self {
            Self::Clock(_) => false,
            Self::Decimal {
                whole,
                hundredths,
                negative,
            } => {
                let size = value.unsigned_abs();
                negative.is_none_or(|negative| negative == (value < 0))
                    && size / 100 == whole.unsigned_abs()
                    && hundredths.is_none_or(|hundredths| size % 100 == hundredths.unsigned_abs())
            }
        }
    }
}

/// A whole number, whose thousands may be set apart.
fn grouped(text: &str) -> Option<i64> {
    let mut groups = text.split(['.', ',', '\'', '\u{2019}', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 || first.is_empty() {
            return None;
        }
        digits.push_str(group);
    }
    count(&digits)
}

/// A number that is digits alone.
fn count(digits: &str) -> Option<i64> {
    let is_number =
        !digits.is_empty() && digits.len() <= MOST_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_amount(word: &str, cents: i64) -> bool {
        WrittenNumber::read(word).is_some_and(|number| number.is_amount(Money(cents)))
    }

    #[test]
    fn an_amount_is_found_as_every_region_writes_it() {
        for word in [
            "1234.56",
            "1234,56",
            "1.234,56",
            "1,234.56",
            "1’234.56",
            "1'234.56",
            "1234",
            "1.234",
            "€1,234.56",
            "1234,56€",
        ] {
            assert!(is_amount(word, 123_456) && is_amount(word, -123_456), "{word}");
        }
        assert!(is_amount("-236.48", -23_648) && !is_amount("-236.48", 23_648));
        assert!(is_amount("5,5", 550) && !is_amount("5,5", 555));
        for word in [
            "1234.57",
            "12345",
            "1.2345",
            "12,34,56",
            "",
            "a",
            "1..2",
            "99999999999999999999",
        ] {
            assert!(!is_amount(word, 123_456), "{word}");
        }
    }

    #[test]
    fn hours_are_found_as_decimals_and_as_a_clock_has_them() {
        let is_hours =
            |word: &str, minutes| WrittenNumber::read(word).is_some_and(|number| number.is_hours(Minutes(minutes)));
        assert!(is_hours("1,5", 90) && is_hours("1:30", 90) && is_hours("1.50h", 90));
        // 100 minutes are 1.67 hours, rounded.
        assert!(is_hours("1.67", 100) && !is_hours("1.66", 100) && !is_hours("1:60", 120));
    }
}
