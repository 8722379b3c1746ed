//! The key figure: what it is, how much, how it changed, and how it is calculated.

use super::Cell;
use crate::{
    message::{Message, Value},
    messages,
    money::{Money, Ratio},
};
use std::cmp::Ordering;

/// A key figure.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Its name among the key figures of its page, in every language: `revenue`.
    pub name: &'static str,
    /// What the figure is.
    pub label: Message,
    /// The figure.
    pub value: Cell,
    /// How it changed against the period before.
    pub change: Option<Change>,
    /// How it is calculated, in words.
    pub formula: Option<Message>,
}

/// A figure's change against the period before.
#[derive(Clone, Debug)]
pub struct Change {
    /// What a person reads, such as `+4.2 % vs Oct 2026`.
    pub words: Message,
    /// The difference, unless there is nothing to compare.
    pub by: Option<Value>,
    /// The name of the period before.
    pub before: Value,
    /// How the figure compares with the one before: greater, less or equal.
    pub direction: Ordering,
    /// What a rise of this figure means.
    pub rise: Rise,
    /// What the figure or the one before lacks, if either rests on incomplete data.
    pub lacks: Option<Value>,
}

/// What a rise of a figure means; a fall means the opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rise {
    /// Good news, as for revenue.
    Good,
    /// Bad news, as for costs.
    Bad,
    /// Neither, as for hours.
    Neutral,
}

impl Change {
    /// How an amount changed from `was`, the one of the period that `before` names: in per cent if `was` is above zero,
    /// otherwise as an amount.
    pub fn of_money(value: Money, was: Money, rise: Rise, before: &Value) -> Self {
        let change = value - was;
        let (by, direction) = match change.share_of(was) {
            Some(part) => (Value::Change(part), part.cmp(&Ratio::ZERO)),
            None => (Value::MoneyChange(change), change.cmp(&Money(0))),
        };
        Self {
            words: messages::figure::change(before.clone(), by.clone()),
            by: Some(by),
            before: before.clone(),
            direction,
            rise,
            lacks: None,
        }
    }

    /// How a share changed from `was`, in percentage points; more is better.
    pub fn of_share(value: Option<Ratio>, was: Option<Ratio>, before: &Value) -> Self {
        let points = value.zip(was).map(|(value, was)| value.points_from(was));
        let (words, direction) = match points {
            Some(points) => (messages::figure::change(before.clone(), points), points.direction()),
            None => (messages::figure::nothing_to_compare(before.clone()), Ordering::Equal),
        };
        Self {
            words,
            by: points.map(Value::from),
            before: before.clone(),
            direction,
            rise: Rise::Good,
            lacks: None,
        }
    }

    /// The same, marked as resting on incomplete data if the figure or the one before lacks something.
    #[must_use]
    pub fn lacking(self, lacks: Option<Value>) -> Self {
        Self { lacks, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_too_small_to_show_has_its_direction() {
        let before = Value::text("2025");
        let ratio = |part, whole| Money(part).share_of(Money(whole)).unwrap();
        let of_share = |value, was| Change::of_share(Some(value), Some(was), &before);
        let (less, more) = (ratio(33_349, 100_000), ratio(33_350, 100_000));
        // Shown as 33.3 % and 33.4 %, a hundredth of a percentage point apart.
        let directions =
            [of_share(more, less), of_share(less, more), of_share(less, less)].map(|change| change.direction);
        assert_eq!(directions, [Ordering::Greater, Ordering::Less, Ordering::Equal]);
        let of_money = |value, was| Change::of_money(Money(value), Money(was), Rise::Good, &before);
        assert_eq!(of_money(1_000_001, 1_000_000).direction, Ordering::Greater);
        assert_eq!(of_money(999_999, 1_000_000).direction, Ordering::Less);
        // Compared with zero or a loss, the change is an amount.
        let by = |amount| messages::figure::change(before.clone(), Value::MoneyChange(Money(amount)));
        assert_eq!(of_money(500, 0).words, by(500));
        assert_eq!(of_money(-700, -500).words, by(-200));
        let nothing = messages::figure::nothing_to_compare(before.clone());
        assert_eq!(Change::of_share(None, Some(less), &before).words, nothing);
    }
}
