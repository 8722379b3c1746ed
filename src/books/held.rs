//! Checks that everything is within its limits before any of it is written.

use super::{
    Key, NewBooking, NewCapacity, NewDivision, NewInvoice, NewProject, NewTime, Terms,
    limits::{AMOUNT, BUDGET_TIME, BeyondLimit, CAPACITY, ENTRY, FEE, PLACE, RATE, WEIGHT, hold_day},
};
use crate::{messages::books, money::Rate};

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
        hold_day(books::booking_day, self.day)?;
        AMOUNT.hold(books::booking_amount, self.amount.0)
    }
}

impl Held for NewInvoice {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day(books::invoice_day, self.day)?;
        AMOUNT.hold(books::invoice_amount, self.amount.0)
    }
}

impl Held for NewTime {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day(books::entry_day, self.day)?;
        ENTRY.hold(books::entry, self.minutes.0)
    }
}

impl Held for NewCapacity {
    fn hold(&self) -> Result<(), BeyondLimit> {
        hold_day(books::capacity_month, self.month)?;
        CAPACITY.hold(books::contract, self.contract.0)?;
        CAPACITY.hold(books::absence, self.absence.0)
    }
}

impl Held for NewDivision {
    fn hold(&self) -> Result<(), BeyondLimit> {
        PLACE.hold(books::place, i64::from(self.position))
    }
}

impl Held for NewProject {
    fn hold(&self) -> Result<(), BeyondLimit> {
        self.terms.hold()?;
        if let Some(budget) = self.budget {
            FEE.hold(books::budget, budget.0)?;
        }
        if let Some(budget) = self.budget_minutes {
            BUDGET_TIME.hold(books::budget_hours, budget.0)?;
        }
        Ok(())
    }
}

impl Held for Terms {
    fn hold(&self) -> Result<(), BeyondLimit> {
        if let Some(price) = self.billing_rate {
            RATE.hold(books::price, price.0)?;
        }
        if let Some(fee) = self.fee {
            FEE.hold(books::fee, fee.0)?;
        }
        hold_day(books::project_start, self.starts_on)?;
        let Some(end) = self.ends_on else {
            return Ok(());
        };
        hold_day(books::project_end, end)?;
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
        weights.try_for_each(|(_, weight)| WEIGHT.hold(books::weight, *weight))
    }
}

impl Held for Rate {
    fn hold(&self) -> Result<(), BeyondLimit> {
        RATE.hold(books::cost_rate, self.0)
    }
}
