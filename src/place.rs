//! A place: whose figures, of what, and on which days. With a measure (`measure.rs`) it is the address of a figure.
//!
//! It is narrower than what a person has chosen, never wider: without a field, it is of the division and the days that
//! are chosen.

use crate::{books::limits::FIRST_DAY, days::Days, measure::Measure, pages::FIGURE};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// What stands between the first and the last day in an address.
const TO: &str = "..";

/// The text of [`Whose::Unassigned`] in an address; no division has such a slug.
const UNASSIGNED: &str = "unassigned";

/// The first and the last year of the days in an address: those that a period can have.
pub const EARLIEST_YEAR: i32 = 2000;
const LATEST_YEAR: i32 = 2099;

/// Where a figure is measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// Of all that is chosen, this part alone.
    pub of: Option<Whose>,
    /// One project, by its code.
    pub project: Option<String>,
    /// One person, by id.
    pub person: Option<i64>,
    /// One category of bookings, by its name.
    pub category: Option<String>,
    /// These days instead of the chosen ones.
    pub days: Option<Days>,
}

/// A division, or what belongs to none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// The division with this slug.
    Division(String),
    /// What belongs to no division.
    Unassigned,
}

/// The fields of a figure's address.
#[derive(Serialize)]
struct Fields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    project: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_row: Option<u64>,
}

/// Some days in an address: `2026-03-01..2026-03-31`, or `..2026-03-31` for all until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DaysField(pub Days);

impl Place {
    /// Everything that is chosen.
    pub fn chosen() -> Self {
        Self::default()
    }

    /// The same of a part of what is chosen.
    #[must_use]
    pub fn of(self, whose: Whose) -> Self {
        Self {
            of: Some(whose),
            ..self
        }
    }

    /// The same of one project.
    #[must_use]
    pub fn project(self, code: &str) -> Self {
        Self {
            project: Some(code.to_owned()),
            ..self
        }
    }

    /// The same of one person.
    #[must_use]
    pub fn person(self, id: i64) -> Self {
        Self {
            person: Some(id),
            ..self
        }
    }

    /// The same of one category.
    #[must_use]
    pub fn category(self, name: &str) -> Self {
        Self {
            category: Some(name.to_owned()),
            ..self
        }
    }

    /// The same on these days.
    #[must_use]
    pub fn on(self, days: Days) -> Self {
        Self {
            days: Some(days),
            ..self
        }
    }

    /// The address of `measure` here; its list begins with `row`, from 1.
    pub fn address(&self, measure: Measure, row: u64) -> String {
        let fields = Fields {
            of: self.of.as_ref().map(Whose::text),
            project: self.project.as_deref(),
            person: self.person,
            category: self.category.as_deref(),
            days: self.days.map(|days| DaysField(days).text()),
            from_row: (row > 1).then_some(row),
        };
        let query = serde_urlencoded::to_string(fields).unwrap_or_default();
        let path = FIGURE.path_for(measure.key());
        if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        }
    }
}

impl Whose {
    /// Its text in an address.
    fn text(&self) -> &str {
        match self {
            Self::Division(slug) => slug,
            Self::Unassigned => UNASSIGNED,
        }
    }
}

impl<'de> Deserialize<'de> for Whose {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.as_str() {
            UNASSIGNED => Self::Unassigned,
            _ => Self::Division(text),
        })
    }
}

impl DaysField {
    fn text(self) -> String {
        let Days { from, to } = self.0;
        if from == FIRST_DAY {
            format!("{TO}{to}")
        } else {
            format!("{from}{TO}{to}")
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(TO)?;
        let from = if from.is_empty() { FIRST_DAY } else { day(from)? };
        let days = Days { from, to: day(to)? };
        (days.from <= days.to).then_some(Self(days))
    }
}

impl<'de> Deserialize<'de> for DaysField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unreadable = || serde::de::Error::custom(format!("«{text}» is no days: 2026-03-01..2026-03-31"));
        Self::read(&text).ok_or_else(unreadable)
    }
}

/// A day of the years that a period can have, written `2026-03-01`.
fn day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    (text.len() == 10 && (EARLIEST_YEAR..=LATEST_YEAR).contains(&day.year())).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figures_address_names_its_place() {
        let days = DaysField::read("2026-03-01..2026-03-31").unwrap();
        let place = Place::chosen().of(Whose::Unassigned).category("Büro & Co").on(days.0);
        assert_eq!(
            place.address(Measure::BookedCost, 51),
            "/figures/booked-cost?of=unassigned&category=B%C3%BCro+%26+Co&days=2026-03-01..2026-03-31&from_row=51"
        );
        assert_eq!(Place::chosen().address(Measure::Revenue, 1), "/figures/revenue");
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in ["2026-03-01..2026-03-31", "..2026-03-31"] {
            assert_eq!(DaysField::read(text).unwrap().text(), text);
        }
        for text in [
            "2026-03-31..2026-03-01",
            "2026-03-01",
            "..",
            "2026-02-30..2026-03-01",
            "1999-01-01..2026-01-01",
            "2026-3-1..2026-03-31",
        ] {
            assert_eq!(DaysField::read(text), None, "{text}");
        }
    }
}
