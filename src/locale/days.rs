//! How days and months are written.

use super::language::Language;
use crate::{
    days::{Days, Month},
    phrasebook::DayTexts,
};
use chrono::{Datelike, NaiveDate};
use icu_calendar::{Date, Gregorian};
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{M, MD, YM, YMD},
};

type Formatter<Fields> = Option<FixedCalendarDateTimeFormatter<Gregorian, Fields>>;

/// The formats of a language. One that its data lacks writes days as ISO 8601 does.
pub(super) struct DayFormats {
    day: Formatter<YMD>,
    day_of_year: Formatter<MD>,
    month: Formatter<YM>,
    month_alone: Formatter<M>,
}

impl DayFormats {
    pub(super) fn of(language: Language) -> Self {
        let locale = language.tag();
        // With numbers alone where a whole day is written so.
        let day_of_year = match language {
            Language::English => MD::medium(),
            Language::German => MD::short(),
        };
        Self {
            day: FixedCalendarDateTimeFormatter::try_new(locale.clone().into(), YMD::medium()).ok(),
            day_of_year: FixedCalendarDateTimeFormatter::try_new(locale.clone().into(), day_of_year).ok(),
            month: FixedCalendarDateTimeFormatter::try_new(locale.clone().into(), YM::medium()).ok(),
            month_alone: FixedCalendarDateTimeFormatter::try_new(locale.into(), M::medium()).ok(),
        }
    }

    /// `1 Mar 2026`.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        let words = self.day.as_ref().zip(gregorian(day));
        words.map_or_else(|| day.to_string(), |(format, day)| format.format(&day).to_string())
    }

    /// `1 Mar – 15 Apr 2026`; the year stands once if both have the same.
    pub(super) fn run(&self, run: &Days) -> String {
        if run.from == run.to {
            return self.day(run.to);
        }
        let first = if run.from.year() == run.to.year() {
            self.day_of_year(run.from)
        } else {
            self.day(run.from)
        };
        format!("{first} – {}", self.day(run.to))
    }

    /// `1 Mar`.
    fn day_of_year(&self, day: NaiveDate) -> String {
        let words = self.day_of_year.as_ref().zip(gregorian(day));
        words.map_or_else(|| day.to_string(), |(format, day)| format.format(&day).to_string())
    }

    /// The same for the browser.
    pub(super) fn texts(&self) -> DayTexts {
        DayTexts::of(
            |day| self.day(day),
            |day| self.day_of_year(day),
            |month| self.month(month),
        )
    }

    /// `Mar 2026`.
    pub(super) fn month(&self, month: Month) -> String {
        let words = self.month.as_ref().zip(gregorian(month.first_day()));
        words.map_or_else(|| month.text(), |(format, day)| format.format(&day).to_string())
    }

    /// `Mar`.
    pub(super) fn short_month(&self, month: Month) -> String {
        let words = self.month_alone.as_ref().zip(gregorian(month.first_day()));
        words.map_or_else(
            || month.month.to_string(),
            |(format, day)| format.format(&day).to_string(),
        )
    }
}

/// The whole names of the months in every language, each with its number from 1 to 12.
pub fn month_names() -> impl Iterator<Item = (String, u32)> {
    let of_language = |language: Language| {
        let format = FixedCalendarDateTimeFormatter::try_new(language.tag().into(), M::long()).ok();
        let format: Formatter<M> = format;
        let months = (1..=12).filter_map(|month| Month::new(2000, month));
        months.filter_map(move |month| {
            let (format, day) = format.as_ref().zip(gregorian(month.first_day()))?;
            Some((format.format(&day).to_string(), month.month))
        })
    };
    Language::ALL.into_iter().flat_map(of_language)
}

fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, of_month) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{locale::Locale, message::Value};

    fn of(header: &str) -> Locale {
        Locale::of_accept_language(Some(header))
    }

    #[test]
    fn days_read_as_the_language_writes_them() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let run = Value::Days(Days {
            from: date("2026-03-01"),
            to: date("2026-09-15"),
        });
        let (english, german) = (of("en-US"), of("de-AT"));
        assert_eq!(english.words(&run), "1 Mar – 15 Sept 2026");
        assert_eq!(german.words(&run), "01.03. – 15.09.2026");
        let month = Value::Month(Month::of(date("2026-03-01")));
        assert_eq!(
            [&english, &german].map(|one| one.words(&month)),
            ["Mar 2026", "03/2026"]
        );
    }

    #[test]
    fn the_browser_writes_every_day_as_the_server_does() {
        for locale in [of("en"), of("de")] {
            let phrasebook = locale.phrasebook();
            let mut day = NaiveDate::from_ymd_opt(2027, 12, 31).unwrap();
            while day.year() > 2023 {
                let run = |from| Value::Days(Days { from, to: day });
                let month_before = day - chrono::Days::new(40);
                for value in [
                    Value::Day(day),
                    Value::Month(Month::of(day)),
                    run(day),
                    run(month_before),
                ] {
                    assert_eq!(phrasebook.words(&value), locale.words(&value));
                }
                day = day - chrono::Days::new(1);
            }
        }
    }
}
