//! The balances of one project at the end of the days: from its beginning on, whoever owned it.

use super::{Opened, value::Amount};
use crate::{
    books::BEGINNING,
    days::Days,
    measure::Measure,
    message::Value,
    messages::{figure, measure as words, projects as project_words, setting},
    place::Place,
    report::{Cell, Column, Content, Panel, Row, Table},
    server::ledger::{BudgetUnit, Forecast, ProjectLedger},
    view::lacks,
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

/// The measure of single days that adds up to this balance.
fn of_days(measure: Measure) -> Option<Measure> {
    Some(match measure {
        Measure::Earned => Measure::Revenue,
        Measure::ExternalCostSoFar => Measure::ExternalCost,
        Measure::LabourCostSoFar => Measure::LabourCost,
        Measure::HoursSoFar => Measure::Hours,
        _ => return None,
    })
}

/// The part of each owner since the beginning of the project.
pub(super) fn by_owner<C>(opened: &Opened<'_, C>) -> Option<Panel> {
    let (context, ledger) = (opened.context, opened.project()?);
    let measure = of_days(opened.measure)?;
    let end = opened.ledger.timeline.stretches(&opened.days).end;
    let days = Days {
        from: BEGINNING,
        to: opened.days.to,
    };
    let mut owners = Vec::new();
    for (_, owner) in ledger.project.owners.iter() {
        if !owners.contains(owner) {
            owners.push(*owner);
        }
    }
    let rows = owners.into_iter().map(|owner| {
        let figures = ledger.figures_of(owner, 0..end);
        let cell = match measure {
            Measure::Revenue => Cell::of(figures.revenue),
            Measure::ExternalCost => Cell::of(figures.external_cost),
            Measure::LabourCost => Cell::money_unless_withheld(figures.labour_cost),
            _ => Cell::of(figures.minutes),
        };
        let is_seen = context.everything.includes(owner);
        let name = if is_seen {
            context.division_cell(owner)
        } else {
            Cell::of(words::another_division())
        };
        let place = Place {
            days: Some(days),
            project: opened.place.project.clone(),
            ..context.place_of(owner)
        };
        // Outside of what is chosen it opens nothing.
        let cell = match context.scope.includes(owner) {
            true => context.figure(cell, measure, &place),
            false => cell,
        };
        Row::new(vec![name, cell])
    });
    let table = Table {
        name: "owners",
        caption: words::by_division().into(),
        columns: vec![Column::text(setting::division()), Column::figure(opened.measure.name())],
        rows: rows.collect(),
        total: Some(Row::new(vec![
            Cell::of(figure::total()),
            opened.amount(opened.measure, &opened.days).cell(),
        ])),
        lacks: None,
        empty: words::nothing(),
    };
    Some(Panel::new(words::by_division(), vec![Content::Table(table)]))
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
