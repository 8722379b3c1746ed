//! What a figure lacks, in words: hours without a cost rate, people without capacity, shared costs without a key.

use crate::money::{Minutes, Money, NumberFormat};

/// The hours whose cost is missing from a figure.
pub fn unrated(minutes: Option<Minutes>, format: NumberFormat) -> Option<String> {
    let minutes = minutes.filter(|minutes| *minutes > Minutes(0))?;
    Some(format!("{} have no cost rate", format.hours(minutes)))
}

/// The hours worked in months for which the person has no capacity.
pub fn without_capacity(minutes: Minutes, format: NumberFormat) -> Option<String> {
    let is_any = minutes > Minutes(0);
    is_any.then(|| {
        format!(
            "{} were worked by people who have no capacity in that month",
            format.hours(minutes)
        )
    })
}

/// The shared costs that are not split.
pub fn unsplit(amount: Money, format: NumberFormat) -> Option<String> {
    let text = || {
        format!(
            "{} of shared bookings are not split over the divisions",
            format.money(amount)
        )
    };
    (amount != Money(0)).then(text)
}

/// The same for users who may not see what is unassigned.
pub const UNSPLIT_UNSEEN: &str = "some shared bookings are not split over the divisions; how much that is, only those read \
    who see all of them";

/// Several of them together.
pub fn together(lacks: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let lacks: Vec<String> = lacks.into_iter().flatten().collect();
    (!lacks.is_empty()).then(|| lacks.join("; "))
}
