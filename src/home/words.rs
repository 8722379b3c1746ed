//! The names of Home's figures: of all cost, or of external cost alone for users who may not see cost rates.

use crate::server::permission::PermittedScope;

/// The names of the figures that contain all cost, or external cost alone, and how they are calculated.
pub(super) struct Words {
    pub(super) cost: &'static str,
    pub(super) cost_formula: &'static str,
    pub(super) margin: &'static str,
    pub(super) margin_formula: &'static str,
    pub(super) margin_share: &'static str,
    pub(super) margin_share_formula: &'static str,
    /// The heading of the chart, and its title.
    pub(super) chart: &'static str,
    pub(super) chart_title: &'static str,
    /// What is spent of a budget.
    pub(super) burn: &'static str,
}

/// How revenue is calculated.
pub(super) const REVENUE_FORMULA: &str = "Time and material: billable hours at the project's price of the day and billable \
    expenses. Fixed price: the fee over the project's days times the days passed, whatever was invoiced.";

/// How the two sides of what is in progress are calculated.
pub(super) const UNBILLED_FORMULA: &str = "Earned and not yet invoiced at the end of the period, since the beginning: the \
    sum over the projects that earned more than was invoiced.";
pub(super) const ADVANCES_FORMULA: &str = "Invoiced and not yet earned at the end of the period, since the beginning: the sum \
    over the projects for which more was invoiced than they earned. It is a liability, and no revenue.";

const WHOLE: Words = Words {
    cost: "Cost",
    cost_formula: "External cost (bookings on projects), labour cost (hours at the people's cost rates of the day) and \
                   overhead (other bookings; shared ones split by the key of the day).",
    margin: "Contribution margin",
    margin_formula: "Contribution margin III: revenue less external cost, labour cost and overhead.",
    margin_share: "Margin of revenue",
    margin_share_formula: "Contribution margin III over revenue.",
    chart: "Revenue and cost by month",
    chart_title: "Revenue, cost and contribution margin by month",
    burn: "Spent of the budget since each project began, up to the end of the period; the larger of money and hours.",
};

const WITHOUT_LABOUR: Words = Words {
    cost: "External cost",
    cost_formula: "Bookings on projects, without labour cost and overhead.",
    margin: "Contribution margin I",
    margin_formula: "Revenue less external cost.",
    margin_share: "Margin I of revenue",
    margin_share_formula: "Contribution margin I over revenue.",
    chart: "Revenue and external cost by month",
    chart_title: "Revenue, external cost and contribution margin I by month",
    burn: "Spent of the budget in hours since each project began, up to the end of the period.",
};

impl Words {
    pub(super) fn of(scope: &PermittedScope) -> Self {
        if scope.includes_labour_cost() {
            WHOLE
        } else {
            WITHOUT_LABOUR
        }
    }
}
