//! Home's list of the projects over or near their budget.

use crate::{
    days::Days,
    measure::Measure,
    messages::{figure, home, setting},
    money::{Minutes, Money},
    place::Place,
    projects::{self, ListQuery, SortKey},
    report::{Cell, Column, Content, Phrase, Row, Table},
    server::ledger::{Ledger, ProjectLedger},
    view::{RenderContext, lacks},
};

/// The most projects near their budget that are listed: those that have used the largest part of it.
const MOST_AT_RISK: usize = 20;

pub(super) fn at_risk(ledger: &Ledger, context: &RenderContext, days: &Days) -> Vec<Content> {
    let end = ledger.timeline.stretches(days).end;
    let mut projects: Vec<_> = ledger
        .projects
        .iter()
        .filter(|ledger| ledger.project.is_open_in(days) && context.scope.includes(ledger.project.owner_on(days.to)))
        .filter_map(|ledger| Some((ledger.budget_burn(end)?, ledger)))
        .collect();
    let unrated = |ledger: &ProjectLedger| match ledger.project.budget {
        Some(_) => ledger.figures_until(end).unrated.unwrap_or_default(),
        None => Minutes(0),
    };
    // The missing cost of such hours might put a project on this list.
    let unlisted = projects.iter().filter(|(burn, _)| !burn.used.is_near());
    let unlisted = unlisted.map(|(_, ledger)| unrated(ledger)).sum::<Minutes>();
    let unlisted = (unlisted > Minutes(0)).then(|| Content::note(vec![home::unlisted(unlisted)]));
    projects.retain(|(burn, _)| burn.used.is_near());
    projects.sort_by(|one, other| {
        other
            .0
            .used
            .cmp(&one.0.used)
            .then_with(|| one.1.project.code.cmp(&other.1.project.code))
    });
    let others = projects.len().saturating_sub(MOST_AT_RISK);
    let others = (others > 0).then(|| {
        let by_burn = context.link(&ListQuery::default().sorted_by(SortKey::Burn));
        Content::Note(vec![Phrase::link(home::others(others as u64), by_burn)])
    });
    let is_incomplete = projects
        .iter()
        .take(MOST_AT_RISK)
        .any(|(_, ledger)| unrated(ledger) > Minutes(0));
    let rows = projects.into_iter().take(MOST_AT_RISK).map(|(burn, ledger)| {
        let (project, so_far) = (&ledger.project, ledger.figures_until(end));
        let unrated = lacks::unrated(so_far.unrated);
        let unrated = unrated.as_ref().filter(|_| project.budget.is_some());
        let left = |budget: Option<Money>| {
            let left = |budget| Cell::money_unless_withheld(so_far.cost().map(|cost| budget - cost));
            budget.map_or_else(
                || Cell::Missing(figure::no_budget_in_money()),
                |budget| left(budget).lacking(unrated),
            )
        };
        let hours_left = |budget: Option<Minutes>| {
            budget.map_or_else(
                || Cell::Missing(figure::no_budget_in_hours()),
                |budget| Cell::of(budget - so_far.minutes),
            )
        };
        let place = Place::chosen().project(&project.code);
        let opens = |cell, measure| context.figure(cell, measure, &place);
        Row::new(vec![
            Cell::link(&project.code, context.link(&projects::address(&project.code))),
            Cell::text(&project.name),
            context.division_cell(project.owner_on(days.to)),
            opens(Cell::burn(Some(burn.used)).lacking(unrated), Measure::Burn),
            Cell::of(projects::budget_unit_name(burn.of)),
            opens(left(project.budget), Measure::MoneyLeft),
            opens(hours_left(project.budget_minutes), Measure::HoursLeft),
        ])
    });
    let table = Table {
        name: "at-risk",
        caption: home::at_risk().into(),
        columns: vec![
            Column::text(figure::code()),
            Column::text(figure::name()),
            Column::text(setting::division()),
            Column::text(figure::burn()),
            Column::text(figure::of()),
            Column::figure(figure::money_left()),
            Column::figure(figure::hours_left()),
        ],
        rows: rows.collect(),
        total: None,
        lacks: is_incomplete.then(|| home::at_risk_lacks().into()),
        empty: home::none_at_risk(),
    };
    std::iter::once(Content::Table(table))
        .chain(unlisted)
        .chain(others)
        .collect()
}
