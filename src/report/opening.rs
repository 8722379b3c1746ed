//! The way from a figure to what it is made of.

use crate::{measure::Measure, place::Place};

/// What a figure is of, and where; and the address of the page with what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What it is of.
    pub measure: Measure,
    /// Where it is.
    pub place: Place,
    /// The address of its page, from the window that shows it.
    pub href: String,
}
