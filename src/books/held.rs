//! Checks that everything is within its limits before any of it is written.

use super::{
    Key, NewBooking, NewCapacity, NewDivision, NewInvoice, NewProject, NewTime, Terms,
    limits::{AMOUNT, BUDGET_TIME, BeyondLimit, CAPACITY, ENTRY, FEE, PLACE, RATE, WEIGHT, hold_day},
};
use crate::money::Rate;

/// Something with limits.
pub(super) trait Held {
    /// Checks that it is within all of them.
    fn hold(&self) -> Result<(), BeyondLimit>;
}

/// Checks each of `all`.
pub(super) fn all<'a, T: Held + 'a>(all: impl IntoIterator<Item = &'a T>) -> Result<(), BeyondLimit> {
    all.into_iter().try_for_each(Held::hold)
}

impl Held for NewBooking {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day("a booking's day", self.day)?;
        AMOUNT.hold("a booking's amount", self.amount.0)
    }
}

impl Held for NewInvoice {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day("an invoice's day", self.day)?;
        AMOUNT.hold("an invoice's amount", self.amount.0)
    }
}

impl Held for NewTime {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day("a time entry's day", self.day)?;
        ENTRY.hold("a time entry", self.minutes.0)
    }
}

impl Held for NewCapacity {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day("a capacity's month", self.month)?;
        CAPACITY.hold("a month's contract hours", self.contract.0)?;
        CAPACITY.hold("a month's absence", self.absence.0)
    }
}

impl Held for NewDivision {
    fn hold(&self) -> Result<(), BeyondLimit> {
        PLACE.hold("a division's place", i64::from(self.position))
    }
}

impl Held for NewProject {
    fn hold(&self) -> Result<(), BeyondLimit> {
        self.terms.hold()?;
        if let Some(budget) = self.budget {
            FEE.hold("a project's budget", budget.0)?;
        }
        if let Some(budget) = self.budget_minutes {
            BUDGET_TIME.hold("a project's hours budget", budget.0)?;
        }
        Ok(())
    }
}

impl Held for Terms {
    fn hold(&self) -> Result<(), BeyondLimit> {
        if let Some(price) = self.billing_rate {
            RATE.hold("a price", price.0)?;
        }
        if let Some(fee) = self.fee {
            FEE.hold("a fee", fee.0)?;
        }
        hold_day("a project's first day", self.starts_on)?;
        let Some(end) = self.ends_on else {
            return Ok(());
        };
        hold_day("a project's last day", end)?;
        if end < self.starts_on {
            let (first, last) = (self.starts_on, end);
            return Err(BeyondLimit::Order { first, last });
        }
        Ok(())
    }
}

impl Held for Key {
    fn hold(&self) -> Result<(), BeyondLimit> {
        let mut weights = self.0.iter();
        weights.try_for_each(|(_, weight)| WEIGHT.hold("a key's weight", *weight))
    }
}

impl Held for Rate {
    fn hold(&self) -> Result<(), BeyondLimit> {
        RATE.hold("a cost rate", self.0)
    }
}
