//! Checks that the parts of an entry fit together, so that it can be stored as it is meant.

use super::{Key, NewCapacity, NewDivision, ProjectKind, Terms, limits::NO_SLUGS};
use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::books,
};
use chrono::{Datelike, NaiveDate};

/// Why something can't be entered although it is within its limits.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// An empty key would be ignored, and the previous one would stay in force.
    KeyOfNobody,
    /// A division has one weight.
    KeyNamesTwice(i64),
    /// Billable hours would be worth nothing.
    NoPrice(String),
    /// It would never be earned.
    NoFee(String),
    /// Capacities are found by their month.
    NoMonth(NaiveDate),
    /// It stands for another choice, so the division could never be chosen.
    NoSlug(String),
}

impl Told for Unfit {
    fn message(&self) -> Message {
        match self {
            Self::KeyOfNobody => books::key_of_nobody(),
            Self::KeyNamesTwice(division) => books::key_names_twice(Value::number(*division)),
            Self::NoPrice(code) => books::no_price(Value::text(code)),
            Self::NoFee(code) => books::no_fee(Value::text(code)),
            Self::NoMonth(day) => books::no_month(*day),
            Self::NoSlug(slug) => books::no_slug(Value::text(slug)),
        }
    }
}

logged_in_english!(Unfit);

pub(super) fn key(Key(weights): &Key) -> Result<(), Unfit> {
    if weights.is_empty() {
        return Err(Unfit::KeyOfNobody);
    }
    let is_again =
        |(place, (division, _)): &(usize, &(i64, i64))| weights[..*place].iter().any(|(before, _)| before == division);
    match weights.iter().enumerate().find(is_again) {
        Some((_, (division, _))) => Err(Unfit::KeyNamesTwice(*division)),
        None => Ok(()),
    }
}

pub(super) fn terms(kind: ProjectKind, code: &str, terms: &Terms) -> Result<(), Unfit> {
    match kind {
        ProjectKind::TimeAndMaterial if terms.billing_rate.is_none() => Err(Unfit::NoPrice(code.to_owned())),
        ProjectKind::FixedPrice if terms.fee.is_none() || terms.ends_on.is_none() => Err(Unfit::NoFee(code.to_owned())),
        _ => Ok(()),
    }
}

pub(super) fn division(division: &NewDivision) -> Result<(), Unfit> {
    if NO_SLUGS.contains(&division.slug.as_str()) {
        Err(Unfit::NoSlug(division.slug.clone()))
    } else {
        Ok(())
    }
}

pub(super) fn capacity(capacity: &NewCapacity) -> Result<(), Unfit> {
    if capacity.month.day() == 1 {
        Ok(())
    } else {
        Err(Unfit::NoMonth(capacity.month))
    }
}
