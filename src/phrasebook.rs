//! The words of the browser's program: the few messages that it says itself, in the language of its page.
//!
//! The server hands them over in the page, and says them with the same code, so that hydration finds the same text.

use crate::{
    days::{Days, Month},
    message::{Message, Value},
};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands in a text in the place of an argument, of a day and of a year.
const DAY: &str = "day";
const YEAR: &str = "year";

/// The texts of one language, and how it writes days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrasebook {
    /// The code of the language: `de`.
    pub language: String,
    /// Each message's text by its name, with its arguments in braces: `{name}`.
    pub texts: BTreeMap<String, String>,
    /// How days are written.
    pub days: DayTexts,
}

/// How a language writes days, by the month: `{day} Mar {year}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTexts {
    /// Whether a day has two digits: `01`.
    pub has_two_digits: bool,
    /// A day.
    pub day: Vec<String>,
    /// A day without its year.
    pub day_of_year: Vec<String>,
    /// A month.
    pub month: Vec<String>,
}

/// The phrasebook of a page, for every component on it.
#[derive(Clone, Copy)]
pub struct Say(StoredValue<Phrasebook>);

impl Say {
    /// Makes the phrasebook known to every component below.
    pub fn provide(phrasebook: Phrasebook) -> Self {
        let say = Self(StoredValue::new(phrasebook));
        provide_context(say);
        say
    }

    /// The phrasebook of this page.
    pub fn expect() -> Self {
        expect_context()
    }

    /// `message` in words.
    pub fn say(self, message: &Message) -> String {
        self.0.with_value(|phrasebook| phrasebook.say(message))
    }

    /// `value` in words.
    pub fn words(self, value: &Value) -> String {
        self.0.with_value(|phrasebook| phrasebook.words(value))
    }
}

/// An argument as it stands in a text.
pub fn in_braces(name: &str) -> String {
    format!("{{{name}}}")
}

impl Phrasebook {
    /// `message` in words; its name if the server that made the page doesn't know it.
    pub fn say(&self, message: &Message) -> String {
        let Some(text) = self.texts.get(message.key()) else {
            return message.key().to_owned();
        };
        message.values().fold(text.clone(), |text, (name, value)| {
            text.replace(&in_braces(name), &self.words(value))
        })
    }

    /// `value` in words. The browser says no figures; those are the report's.
    pub fn words(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Message(message) => self.say(message),
            Value::Count(count) => count.to_string(),
            Value::Day(day) => self.days.day(*day),
            Value::Days(run) => self.days.run(run),
            Value::Month(month) => self.days.month(*month),
            Value::Joined(values, joint) => {
                let words: Vec<String> = values.iter().map(|value| self.words(value)).collect();
                words.join(&joint.text(|or| self.say(&or)))
            }
            #[cfg(feature = "ssr")]
            _ => String::new(),
        }
    }
}

impl DayTexts {
    /// `1 Mar 2026`.
    fn day(&self, day: NaiveDate) -> String {
        self.write(&self.day, day)
    }

    /// `1 Mar – 15 Apr 2026`; the year stands once if both have the same.
    fn run(&self, run: &Days) -> String {
        if run.from == run.to {
            return self.day(run.to);
        }
        let texts = if run.from.year() == run.to.year() {
            &self.day_of_year
        } else {
            &self.day
        };
        format!("{} – {}", self.write(texts, run.from), self.day(run.to))
    }

    /// `Mar 2026`.
    fn month(&self, month: Month) -> String {
        self.write(&self.month, month.first_day())
    }

    fn write(&self, texts: &[String], day: NaiveDate) -> String {
        let Some(text) = texts.get(day.month0() as usize) else {
            return day.to_string();
        };
        let of_month = if self.has_two_digits {
            format!("{:02}", day.day())
        } else {
            day.day().to_string()
        };
        text.replace(&in_braces(DAY), &of_month)
            .replace(&in_braces(YEAR), &day.year().to_string())
    }
}

#[cfg(feature = "ssr")]
impl DayTexts {
    /// The texts of a language that writes days with `day`, days without their year with `day_of_year` and months with
    /// `month`.
    pub fn of(
        day: impl Fn(NaiveDate) -> String,
        day_of_year: impl Fn(NaiveDate) -> String,
        month: impl Fn(Month) -> String,
    ) -> Self {
        // Neither number is that of a month, nor a part of the other.
        let (sample_year, sample_day) = (1985, 27);
        let in_month = |month: u32, day: u32| NaiveDate::from_ymd_opt(sample_year, month, day).unwrap_or_default();
        let text = |written: String| {
            written
                .replace(&sample_year.to_string(), &in_braces(YEAR))
                .replace(&sample_day.to_string(), &in_braces(DAY))
        };
        Self {
            has_two_digits: day(in_month(11, 3)).contains("03"),
            day: (1..=12).map(|month| text(day(in_month(month, sample_day)))).collect(),
            day_of_year: (1..=12)
                .map(|month| text(day_of_year(in_month(month, sample_day))))
                .collect(),
            month: (1..=12)
                .map(|number| text(month(Month::of(in_month(number, sample_day)))))
                .collect(),
        }
    }
}
