//! The balances of one project at the end of the days: from its beginning on, whoever owned it.

use super::opened::Opened;
use crate::{
    days::Days,
    measure::Measure,
    message::Value,
    messages::{figure, projects as project_words},
    report::Cell,
    server::ledger::{BudgetUnit, Forecast, ProjectLedger},
    view::{amount::Amount, lacks},
};

/// How much a balance is at the end of `days`; nothing if `measure` isn't one of a project.
pub(super) fn amount<C>(opened: &Opened<'_, C>, measure: Measure, days: &Days) -> Option<Amount> {
    let ledger = opened.project()?;
    let end = opened.ledger.timeline.stretches(days).end;
    let so_far = ledger.figures_until(end);
    let project = &ledger.project;
    Some(match measure {
        Measure::Unbilled => Amount::Money(ledger.unbilled(end)),
        Measure::Advances => Amount::Money(ledger.advances(end)),
        Measure::Earned => Amount::Money(so_far.revenue),
        Measure::Invoiced => Amount::Money(ledger.invoiced_until(end)),
        Measure::ExternalCostSoFar => Amount::Money(so_far.external_cost),
        Measure::LabourCostSoFar => Amount::unless_withheld(so_far.labour_cost),
        Measure::CostSoFar => Amount::unless_withheld(so_far.cost()),
        Measure::HoursSoFar => Amount::Minutes(so_far.minutes),
        Measure::Burn => Amount::Cell(match ledger.budget_burn(end) {
            Some(burn) => Cell::burn(Some(burn.used)),
            None if ledger.is_burn_withheld() => Cell::withheld(),
            None => Cell::burn(None),
        }),
        Measure::MoneyLeft => match project.budget {
            Some(budget) => Amount::unless_withheld(so_far.cost().map(|cost| budget - cost)),
            None => Amount::Cell(Cell::Missing(figure::no_budget_in_money())),
        },
        Measure::HoursLeft => match project.budget_minutes {
            Some(budget) => Amount::Minutes(budget - so_far.minutes),
            None => Amount::Cell(Cell::Missing(figure::no_budget_in_hours())),
        },
        Measure::CostAtCompletion => match ledger.cost_at_completion(end, days.to) {
            Forecast::Cost(cost) | Forecast::Ended(cost) => Amount::Money(cost),
            Forecast::NoBudget => Amount::Cell(Cell::Missing(project_words::no_hours_budget())),
            Forecast::OverBudget => Amount::Cell(Cell::Missing(project_words::hours_used_up())),
            Forecast::NotBegun => Amount::Cell(Cell::Missing(project_words::not_begun())),
            Forecast::TooLarge => Amount::Cell(Cell::Missing(project_words::too_large())),
            Forecast::Withheld => Amount::unless_withheld(None),
        },
        _ => return None,
    })
}

/// What a balance lacks at the end of `days`.
pub(super) fn lacks<C>(opened: &Opened<'_, C>, measure: Measure, days: &Days) -> Option<Value> {
    let ledger = opened.project()?;
    let rests_on_cost = match measure {
        // The larger of two figures rests on both.
        Measure::Burn => ledger.project.budget.is_some(),
        measure => measure.contains_labour_cost(),
    };
    let end = opened.ledger.timeline.stretches(days).end;
    rests_on_cost
        .then(|| lacks::unrated(ledger.figures_until(end).unrated))
        .flatten()
}

/// The budget that is used up first: the measure of what is spent of it, its name and how much it is.
pub(super) fn spent_of_budget(ledger: &ProjectLedger, end: usize) -> Option<(Measure, Value, Cell)> {
    Some(match ledger.budget_burn(end)?.of {
        BudgetUnit::Money => (
            Measure::CostSoFar,
            project_words::budget().into(),
            Cell::of(ledger.project.budget?),
        ),
        BudgetUnit::Hours => (
            Measure::HoursSoFar,
            project_words::budget_in_hours().into(),
            Cell::of(ledger.project.budget_minutes?),
        ),
    })
}
