//! A day, a month or a year as people write them.

use super::folded::spellings;
use crate::{days::digits, locale};
use chrono::{Datelike, NaiveDate};
use std::sync::LazyLock;

/// The names of the months with plain letters, in each language. They are made once, since each search asks for them.
static GLOBAL_MONTH_NAMES: LazyLock<Vec<(String, u32)>> = LazyLock::new(|| {
    let names = locale::month_names();
    let spelled = names.flat_map(|(name, month)| spellings(&name).into_iter().map(move |name| (name, month)));
    spelled.collect()
});

/// How many letters of a month's name are enough: `Mar` is March.
const FEWEST_LETTERS: usize = 3;

/// What is written of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WrittenDay {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
}

impl WrittenDay {
    /// Whether `day` is the one, or one of those, that are written.
    pub(super) fn names(self, day: NaiveDate) -> bool {
        self.year.is_none_or(|year| year == day.year())
            && self.month.is_none_or(|month| month == day.month())
            && self.day.is_none_or(|of_month| of_month == day.day())
    }
}

/// The day that `words` begin with, and how many of them it takes: `31 March 2026`, `31.03.2026`, `2026-03`. The name of a
/// month alone is none: people are called Jan and April.
pub(super) fn in_words(words: &[&str]) -> Option<(WrittenDay, usize)> {
    let first = words.first()?;
    if let Some(written) = in_digits(first) {
        return Some((written, 1));
    }
    let month = |place: usize| {
        words
            .get(place)
            .and_then(|word| month_of_name(word.trim_end_matches(['.', ','])))
    };
    let year = |place: usize| words.get(place).and_then(|word| year(word));
    let of_month = |place: usize| {
        let word = words.get(place)?.trim_end_matches(['.', ',']);
        let number: u32 = digits(word, word.len().clamp(1, 2))?;
        (1..=31).contains(&number).then_some(number)
    };
    let written = |day, month, year| WrittenDay { year, month, day };
    if let Some((day, name)) = of_month(0).zip(month(1)) {
        let year = year(2);
        return Some((written(Some(day), Some(name), year), 2 + usize::from(year.is_some())));
    }
    let name = month(0)?;
    if let Some(day) = of_month(1) {
        let year = year(2);
        return Some((written(Some(day), Some(name), year), 2 + usize::from(year.is_some())));
    }
    Some((written(None, Some(name), Some(year(1)?)), 2))
}

/// The month that `word` names, or begins to name.
fn month_of_name(word: &str) -> Option<u32> {
    let wanted = spellings(word);
    let is_named = |name: &str| {
        wanted
            .iter()
            .any(|word| word.len() >= FEWEST_LETTERS && name.starts_with(word))
    };
    let (_, month) = GLOBAL_MONTH_NAMES.iter().find(|(name, _)| is_named(name))?;
    Some(*month)
}

/// A day written with numbers alone.
fn in_digits(word: &str) -> Option<WrittenDay> {
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    let month = |text: &str| short(text).filter(|month| (1..=12).contains(month));
    let day = |text: &str| short(text).filter(|day| (1..=31).contains(day));
    let written = |year, month, day| Some(WrittenDay { year, month, day });
    match (parts.as_slice(), word.contains('-')) {
        ([year_text, month_text, day_text], true) => {
            written(Some(year(year_text)?), Some(month(month_text)?), Some(day(day_text)?))
        }
        ([year_text, month_text], true) => written(Some(year(year_text)?), Some(month(month_text)?), None),
        ([day_text, month_text, ""], false) => written(None, Some(month(month_text)?), Some(day(day_text)?)),
        ([day_text, month_text, year_text], false) => {
            let year = year(year_text).or_else(|| digits(year_text, 2).map(|year| 2000 + year as i32))?;
            written(Some(year), Some(month(month_text)?), Some(day(day_text)?))
        }
        ([month_text, year_text], false) => written(Some(year(year_text)?), Some(month(month_text)?), None),
        ([year_text], _) => written(Some(year(year_text)?), None, None),
        _ => None,
    }
}

/// A number of one or two digits.
fn short(text: &str) -> Option<u32> {
    digits(text, text.len().clamp(1, 2))
}

/// A year of the four digits that people write it with.
fn year(text: &str) -> Option<i32> {
    let year = digits(text, 4)? as i32;
    (1900..=2199).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_as_people_write_it() {
        let (march, april) = (
            NaiveDate::from_ymd_opt(2026, 3, 31),
            NaiveDate::from_ymd_opt(2026, 4, 30),
        );
        let (march, april) = (march.unwrap(), april.unwrap());
        for text in [
            "2026-03-31",
            "2026-3-31",
            "31.03.2026",
            "31.3.2026",
            "31.3.26",
            "31.3.",
            "31/03/2026",
            "2026-03",
            "03.2026",
            "31 March 2026",
            "31. März 2026",
            "31 Mar",
            "March 31, 2026",
            "march 2026",
            "Mar. 2026",
            "MÄRZ 2026",
            "maerz 2026",
            "31. mär. 2026",
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            let (written, length) = in_words(&words).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(length, words.len(), "{text}");
            assert!(written.names(march) && !written.names(april), "{text}");
        }
        for text in [
            "31",
            "March",
            "Jan",
            "ma 2026",
            "99.99.2026",
            "1234.56",
            "x",
            "2026-13",
            "Marchetti",
            "3100",
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(in_words(&words), None, "{text}");
        }
    }
}
