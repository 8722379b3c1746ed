//! Which time entries a figure counts.

use crate::measure::Measure;

/// Which entries a figure counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// All on the projects.
    #[default]
    All,
    /// The billable ones.
    Billable,
    /// The others.
    Unbillable,
    /// Those whose cost isn't known.
    Unrated,
    /// Those that have a cost.
    Costing,
    /// Those that earn something.
    Earning,
    /// The billable ones of the division's people.
    Utilised,
}

impl Counted {
    /// Those that `measure` counts.
    pub fn of(measure: Measure) -> Self {
        match measure {
            Measure::BillableHours => Self::Billable,
            Measure::UnbillableHours => Self::Unbillable,
            Measure::UnratedHours => Self::Unrated,
            Measure::LabourCost => Self::Costing,
            Measure::BilledTime => Self::Earning,
            Measure::UtilisedHours | Measure::Utilisation => Self::Utilised,
            _ => Self::All,
        }
    }

    /// The condition in SQL for them.
    pub fn condition(self) -> &'static str {
        match self {
            Self::All => "1 = 1",
            Self::Billable | Self::Utilised => "entries.billable",
            Self::Unbillable => "NOT entries.billable",
            Self::Unrated => "entries.labour_cost IS NULL",
            Self::Costing => "entries.labour_cost IS NOT NULL",
            Self::Earning => "entries.revenue <> 0",
        }
    }

    /// What stands beside the hours of each.
    pub fn amount(self) -> Option<Measure> {
        match self {
            Self::Costing => Some(Measure::LabourCost),
            Self::Earning => Some(Measure::BilledTime),
            _ => None,
        }
    }
}
