//! The names of Home's figures: of all cost, or of external cost alone for users who may not see cost rates.

use crate::{
    message::Message,
    messages::{figure, home},
    server::permission::PermittedScope,
};

/// The names of the figures that contain all cost, or external cost alone, and how they are calculated.
pub(super) struct Words {
    pub(super) cost: Message,
    pub(super) cost_formula: Message,
    pub(super) margin: Message,
    pub(super) margin_formula: Message,
    pub(super) margin_share: Message,
    pub(super) margin_share_formula: Message,
    /// The heading of the chart, and its title.
    pub(super) chart: Message,
    pub(super) chart_title: Message,
    /// What is spent of a budget.
    pub(super) burn: Message,
}

impl Words {
    pub(super) fn of(scope: &PermittedScope) -> Self {
        if scope.includes_labour_cost() {
            Self {
                cost: figure::cost(),
                cost_formula: home::cost_formula(),
                margin: figure::margin_3(),
                margin_formula: home::margin_3_formula(),
                margin_share: figure::margin_3_share(),
                margin_share_formula: home::margin_3_share_formula(),
                chart: home::chart(),
                chart_title: home::chart_title(),
                burn: home::burn(),
            }
        } else {
            Self {
                cost: figure::external_cost(),
                cost_formula: home::external_cost_formula(),
                margin: figure::margin_1(),
                margin_formula: home::margin_1_formula(),
                margin_share: figure::margin_1_share(),
                margin_share_formula: home::margin_1_share_formula(),
                chart: home::chart_without_labour(),
                chart_title: home::chart_title_without_labour(),
                burn: home::burn_in_hours(),
            }
        }
    }
}
