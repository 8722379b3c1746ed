//! The period setting: which days a person looks at, and the control for it in the navigation bar.

pub mod comparison;
mod control;

use crate::{
    days::{self, Days, Month, digits},
    error::AppError,
    message::{Message, Value},
    messages::setting,
    sticky::{FormFields, Setting, VALUE},
    user::User,
};
use chrono::{Datelike, Months, NaiveDate};

/// The fields of the form for other days: the first day, and the last.
const FROM: &str = "from";
const TO: &str = "to";

/// The longest custom period.
const MOST_MONTHS: Months = Months::new(36);

/// A choice of days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Period {
    /// From the first of January to today: `ytd`.
    #[default]
    YearToDate,
    /// One month: `2026-11`.
    Month(Month),
    /// Three months, by the year and the quarter from 1 to 4: `2026-q4`.
    Quarter(i32, u32),
    /// A calendar year: `2026`.
    Year(i32),
    /// Any days up to three years: `2026-03-01..2026-04-15`, both included.
    Custom(Days),
}

impl Setting for Period {
    const KEY: &'static str = "period";
    const NAME: fn() -> Message = setting::period;

    fn parse(text: &str) -> Result<Self, AppError> {
        let unreadable = || AppError::invalid(Self::KEY, setting::period_unreadable());
        if text == "ytd" {
            return Ok(Self::YearToDate);
        }
        if let Some((from, to)) = text.split_once("..") {
            let days = Days {
                from: day(from).ok_or_else(unreadable)?,
                to: day(to).ok_or_else(unreadable)?,
            };
            if days.from > days.to {
                return Err(AppError::invalid(Self::KEY, setting::period_swapped()));
            }
            if days
                .from
                .checked_add_months(MOST_MONTHS)
                .is_some_and(|end| days.to >= end)
            {
                return Err(AppError::invalid(Self::KEY, setting::period_too_long()));
            }
            return Ok(Self::Custom(days));
        }
        let (year, part) = text
            .split_once('-')
            .map_or((text, None), |(year, part)| (year, Some(part)));
        let year = digits(year, 4)
            .filter(|year| (2000..=2099).contains(year))
            .ok_or_else(unreadable)? as i32;
        match part {
            None => Some(Self::Year(year)),
            Some(part) => match part.strip_prefix('q') {
                Some(quarter) => digits(quarter, 1)
                    .filter(|quarter| (1..=4).contains(quarter))
                    .map(|quarter| Self::Quarter(year, quarter)),
                None => digits(part, 2)
                    .and_then(|month| Month::new(year, month))
                    .map(Self::Month),
            },
        }
        .ok_or_else(unreadable)
    }

    fn text(&self) -> String {
        match self {
            Self::YearToDate => "ytd".to_owned(),
            Self::Month(month) => month.text(),
            Self::Quarter(year, quarter) => format!("{year}-q{quarter}"),
            Self::Year(year) => year.to_string(),
            Self::Custom(days) => format!("{}..{}", days.from, days.to),
        }
    }

    /// The value, or the two days of a custom period.
    fn text_of_form(fields: &FormFields) -> Option<String> {
        let days = || Some(format!("{}..{}", fields.get(FROM)?, fields.get(TO)?));
        fields.get(VALUE).cloned().or_else(days)
    }

    fn label(&self, user: &User) -> Value {
        self.name(user.today)
    }

    fn check(&self, _user: &User) -> Result<(), AppError> {
        Ok(())
    }
}

impl Period {
    /// The days of this period that figures can be given for: up to `today` if it has begun, else all of it.
    pub fn days(&self, today: NaiveDate) -> Days {
        let days = self.whole(today);
        if days.from <= today {
            Days {
                to: days.to.min(today),
                ..days
            }
        } else {
            days
        }
    }

    /// The choice that has on every later day the days which this one has `today`.
    #[cfg(feature = "ssr")]
    pub fn fixed(&self, today: NaiveDate) -> Self {
        let days = self.days(today);
        match self {
            Self::YearToDate => Self::Custom(days),
            _ if days == self.whole(today) => self.clone(),
            _ => Self::Custom(days),
        }
    }

    /// The name people see for this choice.
    pub fn name(&self, today: NaiveDate) -> Value {
        let text = |year: i32| Value::text(year.to_string());
        match self {
            Self::YearToDate => setting::year_to_date(text(today.year())).into(),
            Self::Month(month) => Value::Month(*month),
            Self::Quarter(year, quarter) => setting::quarter(Value::Count(u64::from(*quarter)), text(*year)).into(),
            Self::Year(year) => text(*year),
            Self::Custom(days) => Value::Days(*days),
        }
    }

    fn whole(&self, today: NaiveDate) -> Days {
        match self {
            Self::YearToDate => Days {
                from: Month {
                    year: today.year(),
                    month: 1,
                }
                .first_day(),
                to: today,
            },
            Self::Month(month) => month.days(),
            Self::Quarter(year, quarter) => Days {
                from: Month {
                    year: *year,
                    month: quarter * 3 - 2,
                }
                .first_day(),
                to: Month {
                    year: *year,
                    month: quarter * 3,
                }
                .last_day(),
            },
            Self::Year(year) => Days {
                from: Month { year: *year, month: 1 }.first_day(),
                to: Month { year: *year, month: 12 }.last_day(),
            },
            Self::Custom(days) => *days,
        }
    }
}

/// The day that `text` names, of the years for which figures can be asked.
fn day(text: &str) -> Option<NaiveDate> {
    days::day(text).filter(|day| (2000..=2099).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        day(text).unwrap()
    }

    fn days(text: &str, today: &str) -> String {
        let days = Period::parse(text).unwrap().days(date(today));
        format!("{}..{}", days.from, days.to)
    }

    #[test]
    fn every_text_reads_back_as_itself() {
        for text in ["ytd", "2026-11", "2026-q4", "2026", "2024-02-29..2024-02-29"] {
            assert_eq!(Period::parse(text).unwrap().text(), text);
        }
    }

    #[test]
    fn a_form_sends_it_whole_or_as_two_days() {
        let text = |fields: &[(&str, &str)]| {
            let fields = fields
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
            Period::text_of_form(&fields.collect())
        };
        let days = [("from", "2026-03-01"), ("to", "2026-03-10")];
        assert_eq!(text(&[("value", "2026")]).as_deref(), Some("2026"));
        assert_eq!(text(&days).as_deref(), Some("2026-03-01..2026-03-10"));
        assert_eq!(text(&days[..1]), None);
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "YTD",
            "2026-13",
            "2026-1",
            "2026-q5",
            "2026-q",
            "26",
            "1999",
            "2100",
            "２０２６",
            "2026-02-29..2026-03-01",
            "2026-03-02..2026-03-01",
            "2020-01-01..2026-01-01",
            "2026-01-01..",
            "2026-11-",
            "+026",
            "2026-01-01-01..2026-02-01",
        ] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_running_period_ends_today() {
        assert_eq!(days("ytd", "2026-11-24"), "2026-01-01..2026-11-24");
        assert_eq!(days("2026-11", "2026-11-24"), "2026-11-01..2026-11-24");
        assert_eq!(days("2026-10", "2026-11-24"), "2026-10-01..2026-10-31");
        assert_eq!(days("2027", "2026-11-24"), "2027-01-01..2027-12-31");
    }
}
