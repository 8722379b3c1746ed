//! The key figures that add up: what the divisions have together is what All has.

use crate::{measure::Measure, message::Message, messages::pack, server::permission::PermittedScope};

/// A key figure that adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Additive {
    /// One that opens.
    Measure(Measure),
    /// What was invoiced in the period, by the owner of the project on the day of the invoice.
    Invoiced,
}

/// Those that may be seen in `scope`, in their order.
pub(super) fn additive(scope: &PermittedScope) -> Vec<Additive> {
    let cost = match scope.includes_labour_cost() {
        true => Measure::Cost,
        false => Measure::BookedCost,
    };
    let before = [
        Measure::Revenue,
        Measure::ExternalCost,
        Measure::MarginOne,
        Measure::LabourCost,
        Measure::MarginTwo,
        Measure::Overhead,
        Measure::MarginThree,
        cost,
    ];
    let after = [
        Measure::Unbilled,
        Measure::Advances,
        Measure::Hours,
        Measure::BillableHours,
        Measure::UtilisedHours,
        Measure::Capacity,
    ];
    let seen = |measure: &Measure| measure.may_be_seen_in(scope);
    let before = before.into_iter().filter(seen).map(Additive::Measure);
    let after = after.into_iter().map(Additive::Measure);
    before.chain([Additive::Invoiced]).chain(after).collect()
}

impl Additive {
    /// What a person calls it.
    pub(super) fn name(self) -> Message {
        match self {
            Self::Measure(measure) => measure.name(),
            Self::Invoiced => pack::invoiced(),
        }
    }
}
