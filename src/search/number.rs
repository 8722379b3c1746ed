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

/// What stands before or behind a number, and says what it counts.
const UNITS: [&str; 7] = ["€", "eur", "chf", "h", "std", "std.", "hrs"];

/// The number that `words` begin with, and how many of them it takes: its thousands may be words of their own, and what it
/// counts as well.
pub(super) fn in_words(words: &[&str]) -> Option<(WrittenNumber, usize)> {
    let is_unit = |place: usize| {
        let word = words.get(place).map(|word| word.to_lowercase());
        word.is_some_and(|word| UNITS.contains(&word.as_str()))
    };
    let first = usize::from(is_unit(0));
    let mut written = (*words.get(first)?).to_owned();
    let mut end = first + 1;
    let leads = |word: &str| {
        let digits = word.trim_start_matches(['-', '\u{2212}', '+', '€']);
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if leads(&written) {
        while let Some(group) = words.get(end).filter(|word| is_group(word)) {
            written.push_str(group);
            end += 1;
            if group.len() > 3 {
                break;
            }
        }
    }
    let number = WrittenNumber::read(&written)?;
    Some((number, end + usize::from(is_unit(end))))
}

/// Whether `word` goes on with a number: three digits, the last of them perhaps with decimals.
fn is_group(word: &str) -> bool {
    let (whole, decimals) = word.split_once([',', '.']).unwrap_or((word, "00"));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    whole.len() == 3 && is_digits(whole) && matches!(decimals.len(), 1 | 2) && is_digits(decimals)
}

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
    fn a_number_may_be_several_words() {
        for (text, cents, length) in [
            ("18 634,00 €", 1_863_400, 3),
            ("CHF 18’634.00", 1_863_400, 2),
            ("1 234 567,89", 123_456_789, 3),
            ("498,75 bahn", 49_875, 1),
            ("-1 234,50", -123_450, 2),
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            let (number, of) = in_words(&words).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((number.is_amount(Money(cents)), of), (true, length), "{text}");
        }
        for text in ["€", "bahn 5", "h"] {
            assert_eq!(in_words(&text.split_whitespace().collect::<Vec<_>>()), None, "{text}");
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
