//! Calendar arithmetic: a month, and a run of days.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// The day that `text` names as `2026-11-27`, if there is one.
pub fn day(text: &str) -> Option<NaiveDate> {
    let mut fields = text.split('-');
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(digits(year, 4)? as i32, digits(month, 2)?, digits(day, 2)?)
}

/// A number written with exactly `count` digits.
pub fn digits(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// [`day`], for serde. chrono's own way takes days as people write them, and the browser would have to load all of that.
///
/// # Errors
/// That of `D`, if it isn't the text of a day.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    day(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not a day"))
}

/// A calendar month; `month` counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    /// The calendar year.
    pub year: i32,
    /// From 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month `month` (1 to 12) of `year`, if there is one.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// The month that `day` lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or_default()
    }

    /// All its days.
    pub fn days(self) -> Days {
        Days {
            from: self.first_day(),
            to: self.last_day(),
        }
    }

    /// The month after it.
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                month: self.month + 1,
                ..self
            }
        }
    }

    /// The month before it.
    pub fn previous(self) -> Self {
        if self.month == 1 {
            Self {
                year: self.year - 1,
                month: 12,
            }
        } else {
            Self {
                month: self.month - 1,
                ..self
            }
        }
    }

    /// `2026-11`.
    pub fn text(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }
}

/// A run of days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; never before the first.
    pub to: NaiveDate,
}

impl Days {
    /// The days that lie in both, if there are any.
    pub fn overlap(self, other: &Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from <= to).then_some(Self { from, to })
    }

    /// How many days these are.
    pub fn count(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// The day after the last.
    pub fn end(&self) -> NaiveDate {
        self.to.succ_opt().unwrap_or(self.to)
    }

    /// The months that these days touch, in order.
    pub fn months(&self) -> Vec<Month> {
        let last = Month::of(self.to);
        std::iter::successors(Some(Month::of(self.from)), |month| Some(month.next()))
            .take_while(|month| *month <= last)
            .collect()
    }

    /// The months that these days touch, and earlier ones until there are `least`; the last is cut at the last day.
    pub fn months_and_before(&self, least: usize) -> Vec<Days> {
        let mut months = self.months();
        while months.len() < least {
            let first = months.first().map_or(Month::of(self.to), |first| first.previous());
            months.insert(0, first);
        }
        let cut = |month: Month| Days {
            from: month.first_day(),
            to: month.last_day().min(self.to),
        };
        months.into_iter().map(cut).collect()
    }
}
