//! How much a measure is in the sums of the ledger, and what it lacks.

use super::{lacks, no_share_of};
use crate::{
    measure::Measure,
    message::{Message, Value},
    messages::figure,
    money::{Minutes, Money, Rate, Ratio},
    report::{Cell, lacking::together},
    server::ledger::KeyFigures,
};

/// How much a figure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// An amount of money.
    Money(Money),
    /// A span of working time.
    Minutes(Minutes),
    /// A part of a whole.
    Share(Ratio),
    /// A price of working time.
    Rate(Rate),
    /// In words and figures, or none because.
    Cell(Cell),
}

impl Amount {
    /// The amount in a cell.
    pub fn cell(&self) -> Cell {
        match self {
            Self::Money(amount) => Cell::of(*amount),
            Self::Minutes(minutes) => Cell::of(*minutes),
            Self::Share(share) => Cell::of(*share),
            Self::Rate(rate) => Cell::of(*rate),
            Self::Cell(cell) => cell.clone(),
        }
    }

    /// An amount that is withheld from those who may not see cost rates.
    pub fn unless_withheld(amount: Option<Money>) -> Self {
        amount.map_or(Self::Cell(Cell::withheld()), Self::Money)
    }

    /// A share of a whole; nothing because, if there is none.
    pub fn share(share: Option<Ratio>, nothing: Message) -> Self {
        share.map_or(Self::Cell(Cell::Missing(nothing)), Self::Share)
    }
}

/// What `measure` lacks, where the cost of hours lacks `unrated`, and overhead lacks `unsplit`.
pub fn lacks_of(measure: Measure, unrated: Option<Value>, unsplit: Option<Value>, sums: &KeyFigures) -> Option<Value> {
    use Measure::{BookedCost, Capacity, Cost, MarginThree, MarginThreeShare, Overhead, UnratedHours, Utilisation};
    let contains_overhead = matches!(measure, BookedCost | Cost | MarginThree | MarginThreeShare | Overhead);
    let without_capacity = match measure {
        Utilisation | Capacity => lacks::without_capacity(sums.without_capacity),
        _ => None,
    };
    together([
        unrated.filter(|_| measure != UnratedHours),
        unsplit.filter(|_| contains_overhead),
        without_capacity,
    ])
}

/// How much `measure` is in `sums`. Balances aren't in them, but for what is unbilled and the advances.
pub fn amount_of(measure: Measure, sums: &KeyFigures) -> Amount {
    let share = |margin: Option<Money>| match margin {
        Some(margin) => Amount::share(margin.share_of(sums.revenue), no_share_of(sums.revenue)),
        None => Amount::unless_withheld(None),
    };
    match measure {
        Measure::Revenue => Amount::Money(sums.revenue),
        Measure::BilledTime => Amount::Money(sums.revenue - sums.expenses),
        Measure::Expenses => Amount::Money(sums.expenses),
        Measure::ExternalCost => Amount::Money(sums.external_cost),
        Measure::LabourCost => Amount::unless_withheld(sums.labour_cost),
        Measure::ProjectCost => Amount::unless_withheld(sums.project_cost()),
        Measure::Overhead => Amount::Money(sums.overhead),
        Measure::Cost => Amount::unless_withheld(sums.cost()),
        Measure::BookedCost => Amount::Money(sums.booked_cost()),
        Measure::MarginOne => Amount::Money(sums.contribution_margin_1()),
        Measure::MarginTwo => Amount::unless_withheld(sums.contribution_margin_2()),
        Measure::MarginThree => Amount::unless_withheld(sums.contribution_margin_3()),
        Measure::MarginOneShare => share(Some(sums.contribution_margin_1())),
        Measure::MarginTwoShare => share(sums.contribution_margin_2()),
        Measure::MarginThreeShare => share(sums.contribution_margin_3()),
        Measure::Hours => Amount::Minutes(sums.minutes),
        Measure::BillableHours => Amount::Minutes(sums.billable_minutes),
        Measure::UnbillableHours => Amount::Minutes(sums.minutes - sums.billable_minutes),
        Measure::UnratedHours => match sums.unrated {
            Some(minutes) => Amount::Minutes(minutes),
            None => Amount::unless_withheld(None),
        },
        Measure::EffectiveRate => match sums.revenue.per_hour(sums.minutes) {
            Some(rate) => Amount::Rate(rate),
            None => Amount::Cell(Cell::Missing(figure::no_hours())),
        },
        Measure::Utilisation => Amount::share(sums.utilisation(), figure::no_capacity()),
        Measure::UtilisedHours => Amount::Minutes(sums.utilised),
        Measure::Capacity => Amount::Minutes(sums.capacity),
        Measure::Unbilled => Amount::Money(sums.unbilled),
        Measure::Advances => Amount::Money(sums.advances),
        Measure::Earned
        | Measure::Invoiced
        | Measure::ExternalCostSoFar
        | Measure::LabourCostSoFar
        | Measure::CostSoFar
        | Measure::HoursSoFar
        | Measure::Burn
        | Measure::MoneyLeft
        | Measure::HoursLeft
        | Measure::CostAtCompletion => Amount::Cell(Cell::Nothing),
    }
}
