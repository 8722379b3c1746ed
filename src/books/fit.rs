//! Checks that the parts of an entry fit together, so that it can be stored as it is meant.

use super::{Key, NewCapacity, ProjectKind, Terms};
use chrono::{Datelike, NaiveDate};

/// Why something can't be entered although it is within its limits.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// An empty key would be ignored, and the previous one would stay in force.
    #[error("A key names at least one division. Give all of them a weight of 0 where nothing is to be split.")]
    KeyOfNobody,
    /// A division has one weight.
    #[error("A key names the division with the id {0} twice. Give it one weight.")]
    KeyNamesTwice(i64),
    /// Billable hours would be worth nothing.
    #[error("{0} earns by the hour. Give its terms a price.")]
    NoPrice(String),
    /// It would never be earned.
    #[error("{0} earns a fixed price. Give its terms a fee and a last day.")]
    NoFee(String),
    /// Capacities are found by their month.
    #[error("A capacity belongs to a month, and {0} is not the first day of one.")]
    NoMonth(NaiveDate),
}

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

pub(super) fn capacity(capacity: &NewCapacity) -> Result<(), Unfit> {
    if capacity.month.day() == 1 {
        Ok(())
    } else {
        Err(Unfit::NoMonth(capacity.month))
    }
}
