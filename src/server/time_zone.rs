//! A time zone with its IANA name: which day it is there, and its offset from UTC.

use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::start,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset, TimeZone as _, Utc};
use chrono_tz::Tz;
use std::{fmt, str::FromStr};

/// A time zone with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeZone(Tz);

/// A text that is the name of no time zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NoTimeZone(String);

impl Told for NoTimeZone {
    fn message(&self) -> Message {
        start::no_time_zone(Value::text(&self.0))
    }
}

/// The database holds such a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NoStoredTimeZone(pub NoTimeZone);

impl Told for NoStoredTimeZone {
    fn message(&self) -> Message {
        start::stored_zone(self.0.message())
    }
}

logged_in_english!(NoTimeZone, NoStoredTimeZone);

impl TimeZone {
    /// The day that `moment` belongs to in this zone.
    pub fn day(self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.0).date_naive()
    }

    /// What a clock in this zone shows at `moment`.
    pub fn clock(self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.0).naive_local()
    }

    /// The moment at which a clock in this zone shows `time`: the first of two, and none in the hour that is left out
    /// when summer time begins.
    pub fn moment(self, time: NaiveDateTime) -> Option<DateTime<Utc>> {
        let moment = self.0.from_local_datetime(&time).earliest()?;
        Some(moment.with_timezone(&Utc))
    }

    /// How many seconds this zone is ahead of UTC at `moment`; negative if it is behind.
    pub fn utc_offset_seconds(self, moment: DateTime<Utc>) -> i64 {
        let offset = self.0.offset_from_utc_datetime(&moment.naive_utc()).fix();
        offset.local_minus_utc().into()
    }
}

/// Europe/Berlin.
impl Default for TimeZone {
    fn default() -> Self {
        Self(Tz::Europe__Berlin)
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.name())
    }
}

impl FromStr for TimeZone {
    type Err = NoTimeZone;

    fn from_str(text: &str) -> Result<Self, NoTimeZone> {
        text.parse().map(Self).map_err(|_| NoTimeZone(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        name.parse().unwrap()
    }

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_belongs_to_the_day_that_it_is_there() {
        let last_minutes = moment("2025-12-31T23:30:00Z");
        for (name, day) in [
            ("Europe/Berlin", "2026-01-01"),
            ("UTC", "2025-12-31"),
            ("America/New_York", "2025-12-31"),
            ("Pacific/Kiritimati", "2026-01-01"),
        ] {
            assert_eq!(zone(name).day(last_minutes).to_string(), day, "{name}");
        }
    }

    #[test]
    fn the_offset_follows_summer_time() {
        let berlin = TimeZone::default();
        for (text, hours) in [
            ("2026-03-29T00:59:59Z", 1),
            ("2026-03-29T01:00:00Z", 2),
            ("2026-10-25T00:59:59Z", 2),
            ("2026-10-25T01:00:00Z", 1),
        ] {
            assert_eq!(berlin.utc_offset_seconds(moment(text)), hours * 3600, "{text}");
        }
        assert_eq!(
            zone("America/St_Johns").utc_offset_seconds(moment("2026-01-01T00:00:00Z")),
            -12_600
        );
    }

    #[test]
    fn what_is_no_name_is_refused_with_what_to_write() {
        for text in ["", "Berlin", "Europe/Bonn", "europe/berlin", "+01:00", "CEST "] {
            let error = text.parse::<TimeZone>().unwrap_err().to_string();
            assert!(
                error.contains(&format!("`{text}`")) && error.contains("Europe/Berlin"),
                "{error}"
            );
        }
        assert_eq!(zone("Europe/Berlin"), TimeZone::default());
        assert_eq!(TimeZone::default().to_string(), "Europe/Berlin");
    }
}
