//! The measures of Home: of all cost, or of external cost alone for users who may not see cost rates.

use crate::{measure::Measure, message::Message, messages::home, server::permission::PermittedScope};

/// The measures that contain all cost, or external cost alone, and what Home says of them.
pub(super) struct Words {
    pub(super) cost: Measure,
    pub(super) margin: Measure,
    /// The heading of the chart, and its title.
    pub(super) chart: Message,
    pub(super) chart_title: Message,
    /// What is spent of a budget.
    pub(super) burn: Message,
}

impl Words {
    pub(super) fn of(scope: &PermittedScope) -> Self {
        let (chart, chart_title, burn) = if scope.includes_labour_cost() {
            (home::chart(), home::chart_title(), home::burn())
        } else {
            (
                home::chart_without_labour(),
                home::chart_title_without_labour(),
                home::burn_in_hours(),
            )
        };
        Self {
            cost: Measure::visible_cost(scope),
            margin: Measure::visible_margin(scope),
            chart,
            chart_title,
            burn,
        }
    }
}
