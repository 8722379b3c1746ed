//! A category of costs, month by month, with what its amounts lack.

use crate::{
    measure::Measure,
    message::Value,
    money::{Minutes, Money},
    report::lacking::together,
    view::{RenderContext, lacks},
};
use std::{iter::Sum, ops::Add};

/// A category with its cost in each of some months; `None` where that is withheld.
pub(super) struct Category {
    pub(super) name: Value,
    /// What its amounts are of, and the category they are of if it is one of bookings.
    pub(super) measure: Option<(Measure, Option<String>)>,
    pub(super) amounts: Option<Vec<Money>>,
    /// What each of the months lacks.
    pub(super) missing: Vec<Missing>,
}

/// What a cost lacks: hours whose cost isn't known, and shared bookings that are not split.
#[derive(Clone, Copy, Default)]
pub(super) struct Missing {
    pub(super) unrated: Minutes,
    pub(super) unsplit: Money,
}

impl Missing {
    pub(super) fn lacks(self, context: &RenderContext) -> Option<Value> {
        together([lacks::unrated(Some(self.unrated)), context.unsplit(self.unsplit)])
    }
}

impl Add for Missing {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            unrated: self.unrated + other.unrated,
            unsplit: self.unsplit + other.unsplit,
        }
    }
}

impl Sum for Missing {
    fn sum<I: Iterator<Item = Self>>(each: I) -> Self {
        each.fold(Self::default(), Add::add)
    }
}
