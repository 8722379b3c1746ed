//! Home's list of the projects over or near their budget.

use crate::{
    money::{Minutes, Money},
    period::Days,
    projects::{self, ListQuery, SortKey},
    server::ledger::{Ledger, ProjectLedger},
    ui::table::{Cell, Column, Row, Table},
    view::{RenderContext, lacks},
};
use leptos::prelude::*;

/// The most projects near their budget that are listed: those that have used the largest part of it.
const MOST_AT_RISK: usize = 20;

pub(super) fn at_risk(ledger: &Ledger, context: &RenderContext, days: &Days) -> impl IntoView + use<> {
    let format = context.format;
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
    let unlisted = (unlisted > Minutes(0)).then(|| {
        let text = format!(
            "Incomplete: {} on other projects that have a budget have no cost rate, so one of them may be missing here.",
            format.hours(unlisted)
        );
        view! { <p class="note">{text}</p> }
    });
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
        let text = format!("{} more; all projects by budget burn", format.count(others as u64));
        view! { <p class="note"><a href=context.link(&ListQuery::default().sorted_by(SortKey::Burn))>{text}</a></p> }
    });
    let is_incomplete = projects
        .iter()
        .take(MOST_AT_RISK)
        .any(|(_, ledger)| unrated(ledger) > Minutes(0));
    let rows = projects.into_iter().take(MOST_AT_RISK).map(|(burn, ledger)| {
        let (project, so_far) = (&ledger.project, ledger.figures_until(end));
        let unrated = lacks::unrated(so_far.unrated, format);
        let unrated = unrated.as_deref().filter(|_| project.budget.is_some());
        let left = |budget: Option<Money>| {
            let left = |budget| Cell::money_unless_withheld(so_far.cost().map(|cost| budget - cost), format);
            budget.map_or_else(
                || Cell::nothing("no budget in money"),
                |budget| left(budget).lacking(unrated),
            )
        };
        let hours_left = |budget: Option<Minutes>| {
            budget.map_or_else(
                || Cell::nothing("no budget in hours"),
                |budget| Cell::hours(budget - so_far.minutes, format),
            )
        };
        Row::new(vec![
            Cell::link(&project.code, context.link(&projects::address(&project.code))),
            Cell::text(&project.name),
            context.division_cell(project.owner_on(days.to)),
            Cell::burn(Some(burn.used), format).lacking(unrated),
            Cell::text(burn.of),
            left(project.budget),
            hours_left(project.budget_minutes),
        ])
    });
    let table = Table {
        caption: "Projects over or near their budget".to_owned(),
        caption_hidden: true,
        columns: vec![
            Column::text("Code"),
            Column::text("Name"),
            Column::text("Division"),
            Column::text("Budget burn"),
            Column::text("Of"),
            Column::figure("Money left"),
            Column::figure("Hours left"),
        ],
        rows: rows.collect(),
        total: None,
        lacks: is_incomplete.then(|| "hours of theirs have no cost rate; how many is said at each".to_owned()),
        empty: "No project that runs in this period has used 80 % of its budget.",
    };
    view! { {table.view()} {unlisted} {others} }
}
