//! What a figure lacks: hours without a cost rate, people without capacity, shared costs without a key.

use crate::{
    message::Value,
    messages::lacks,
    money::{Minutes, Money},
};

/// The hours whose cost is missing from a figure.
pub fn unrated(minutes: Option<Minutes>) -> Option<Value> {
    let minutes = minutes.filter(|minutes| *minutes > Minutes(0))?;
    Some(lacks::unrated(minutes).into())
}

/// The hours worked in months for which the person has no capacity.
pub fn without_capacity(minutes: Minutes) -> Option<Value> {
    let is_any = minutes > Minutes(0);
    is_any.then(|| lacks::without_capacity(minutes).into())
}

/// The shared costs that are not split.
pub fn unsplit(amount: Money) -> Option<Value> {
    (amount != Money(0)).then(|| lacks::unsplit(amount).into())
}
