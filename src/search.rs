//! What a person looks for in a list: words, amounts and days, however they write them.
//!
//! Neither case nor accents matter. A row is found if each of the words is in it: in one of its texts, or as its amount or
//! its day. The program compares, not the database, since databases differ in what they take for the same letter.

mod day;
mod folded;
mod number;

use crate::money::{Minutes, Money};
use chrono::NaiveDate;
use day::WrittenDay;
use folded::contains;

pub use folded::folded;
use number::WrittenNumber;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted(Vec<Word>);

/// One of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    /// The word with plain letters, in each way in which people write them.
    spellings: Vec<String>,
    number: Option<WrittenNumber>,
    day: Option<WrittenDay>,
}

/// What a search looks through in a row.
#[derive(Clone, Debug, Default)]
pub struct Contents<'a> {
    /// Its texts.
    pub texts: Vec<&'a str>,
    /// Its amounts.
    pub amounts: Vec<Money>,
    /// Its hours.
    pub hours: Vec<Minutes>,
    /// Its day.
    pub day: Option<NaiveDate>,
}

impl Wanted {
    /// What `text` looks for; nothing if it is empty.
    pub fn new(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut wanted = Vec::new();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            // A day may be written in several words: 31 March 2026; and so may a number: 18 634,00 €.
            let day = day::in_words(rest);
            let number = number::in_words(rest);
            let length = day.map_or(1, |(_, length)| length);
            let length = length.max(number.as_ref().map_or(1, |(_, length)| *length));
            let reads_all = |of: usize| of == length;
            wanted.push(Word {
                spellings: folded::spellings(&rest[..length].join(" ")),
                number: number.filter(|(_, of)| reads_all(*of)).map(|(number, _)| number),
                day: day.filter(|(_, of)| reads_all(*of)).map(|(day, _)| day),
            });
            at += length;
        }
        Self(wanted)
    }

    /// Whether nothing is looked for, so that everything is found.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word is in `contents`.
    pub fn is_in(&self, contents: &Contents<'_>) -> bool {
        self.0.iter().all(|word| word.is_in(contents))
    }
}

impl Word {
    fn is_in(&self, contents: &Contents<'_>) -> bool {
        let is_day = |day: &WrittenDay| contents.day.is_some_and(|of_row| day.names(of_row));
        let is_number = |number: &WrittenNumber| {
            contents.amounts.iter().any(|amount| number.is_amount(*amount))
                || contents.hours.iter().any(|hours| number.is_hours(*hours))
        };
        self.number.as_ref().is_some_and(is_number)
            || self.day.as_ref().is_some_and(is_day)
            || contents.texts.iter().any(|text| contains(text, &self.spellings))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(wanted: &str, texts: &[&str], amount: i64, hours: i64, day: &str) -> bool {
        Wanted::new(wanted).is_in(&Contents {
            texts: texts.to_vec(),
            amounts: vec![Money(amount)],
            hours: vec![Minutes(hours)],
            day: day.parse().ok(),
        })
    }

    #[test]
    fn each_word_must_be_in_the_row() {
        let is_found = |wanted| {
            finds(
                wanted,
                &["Zugfahrt nach Köln", "Deutsche Bahn"],
                -23_648,
                90,
                "2026-03-31",
            )
        };
        for wanted in [
            "",
            "köln",
            "KOLN bahn",
            "koeln",
            "-236,48",
            "236.48 zug",
            "1,5",
            "1:30",
            "31.03.2026",
            "31 March 2026",
            "31. März",
            "bahn 31. März 2026 köln",
            "236,48 €",
            "EUR 236.48 bahn",
            "1,5 h köln",
            "1,5 Std.",
        ] {
            assert!(is_found(wanted), "{wanted}");
        }
        for wanted in [
            "köln flug",
            "236.49",
            "31.04.2026",
            "1 March 2026",
            "%",
            "_",
            "237 €",
            "2,5 h",
        ] {
            assert!(!is_found(wanted), "{wanted}");
        }
    }
}
