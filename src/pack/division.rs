//! The chapter of a division, or of what belongs to none: its key figures, its projects, its costs by category.

use super::{additive::additive, costs, share::Share};
use crate::{
    days::Days,
    measure::Measure,
    message::Value,
    messages::{export, figure, pack, projects as project_words, window},
    money::Money,
    projects,
    report::{Cell, Chapter, Column, Content, Fact, Panel, Row, Table},
    server::{
        ledger::{Ledger, ProjectFigures, ProjectLedger},
        permission::PermittedScope,
    },
    view::{RenderContext, amount::amount_of, lacks},
};

/// The chapter of `share`, called `name`. It begins with the figures that add up, in their order.
pub(super) fn chapter(share: &Share, name: Value, ledger: &Ledger, context: &RenderContext, days: &Days) -> Chapter {
    Chapter {
        key: share.chapter.clone(),
        title: name,
        panels: vec![
            Panel::new(export::key_figures(), vec![Content::Facts(facts(share, context))]),
            Panel::new(
                window::projects(),
                vec![
                    Content::Table(projects_table(share, ledger, context, days)),
                    Content::note(vec![pack::note_on_projects()]),
                ],
            ),
            Panel::new(
                pack::costs_by_category(),
                vec![Content::Table(costs::table(share, ledger, context, days))],
            ),
        ],
    }
}

fn facts(share: &Share, context: &RenderContext) -> Vec<Fact> {
    let additive = additive(&context.scope).into_iter();
    let additive = additive.map(|figure| Fact::new(figure.name(), share.cell(figure, context)));
    let shares = [
        Measure::MarginOneShare,
        Measure::MarginTwoShare,
        Measure::MarginThreeShare,
        Measure::Utilisation,
    ];
    let seen = shares
        .into_iter()
        .filter(|measure| measure.may_be_seen_in(&context.scope));
    let others = seen.map(|measure| {
        let cell = amount_of(measure, &share.figures).cell();
        Fact::new(measure.name(), share.opened(cell, measure, context))
    });
    additive.chain(others).collect()
}

/// What a project has in the chapter.
struct Line<'a> {
    project: &'a ProjectLedger,
    figures: ProjectFigures,
    invoiced: Money,
    /// What is unbilled, and the advances, if they are this division's at the end of the period.
    balance: Option<(Money, Money)>,
}

impl Line<'_> {
    fn of<'a>(project: &'a ProjectLedger, share: &Share, ledger: &Ledger, days: &Days) -> Line<'a> {
        let stretches = ledger.timeline.stretches(days);
        let end = stretches.end;
        let is_here = project.project.owner_on(days.to) == share.key;
        Line {
            project,
            figures: project.figures_of(share.key, stretches.clone()),
            invoiced: project.invoiced_of(share.key, stretches),
            balance: is_here.then(|| (project.unbilled(end), project.advances(end))),
        }
    }

    /// Whether there is anything to tell of it.
    fn is_any(&self, scope: &PermittedScope) -> bool {
        let has_balance = self.balance.is_some_and(|balance| balance != (Money(0), Money(0)));
        self.figures != ProjectFigures::nothing_in(scope) || self.invoiced != Money(0) || has_balance
    }
}

fn projects_table(share: &Share, ledger: &Ledger, context: &RenderContext, days: &Days) -> Table {
    let scope = &context.scope;
    let lines = ledger
        .projects
        .iter()
        .map(|project| Line::of(project, share, ledger, days))
        .filter(|line| line.is_any(scope));
    let lines: Vec<Line> = lines.collect();
    let mut columns = vec![
        Column::text(figure::code()),
        Column::text(figure::name()),
        Column::text(figure::client()),
        Column::text(figure::kind()),
    ];
    let names = columns.len();
    columns.extend(figure_columns(scope));
    let rows = lines.iter().map(|line| {
        let project = &line.project.project;
        let mut cells = vec![
            Cell::link(&project.code, context.link(&projects::address(&project.code))),
            Cell::text(&project.name),
            project.client.as_ref().map_or(Cell::Nothing, Cell::text),
            Cell::of(projects::short_kind_name(project.kind)),
        ];
        let place = share.place.clone().project(&project.code);
        let figures = figures(&line.figures, line.invoiced, line.balance, scope);
        cells.extend(figures.into_iter().map(|(measure, cell)| match measure {
            Some(measure) => context.figure(cell, measure, &place),
            None => cell,
        }));
        Row::new(cells)
    });
    let sum = lines
        .iter()
        .fold(ProjectFigures::nothing_in(scope), |sum, line| sum + line.figures);
    let balances = || lines.iter().filter_map(|line| line.balance);
    let balance = (
        balances().map(|(unbilled, _)| unbilled).sum(),
        balances().map(|(_, advances)| advances).sum(),
    );
    let invoiced = lines.iter().map(|line| line.invoiced).sum();
    let totals = figures(&sum, invoiced, Some(balance), scope);
    let totals = totals.into_iter().map(|(measure, cell)| match measure {
        Some(measure) => context.figure(cell, measure, &share.place),
        None => cell,
    });
    Table {
        name: "projects",
        caption: window::projects().into(),
        total: Some(Row::total(columns.len(), (names..).zip(totals).collect())),
        columns,
        rows: rows.collect(),
        lacks: None,
        empty: pack::no_project(),
    }
}

/// The columns of [`figures`].
fn figure_columns(scope: &PermittedScope) -> Vec<Column> {
    let mut names = vec![
        figure::hours_name(),
        figure::billable(),
        figure::revenue(),
        figure::external_cost(),
        figure::margin_1_short(),
    ];
    if scope.includes_labour_cost() {
        names.extend([figure::labour_cost(), figure::margin_2_short()]);
    }
    names.extend([figure::invoiced(), figure::unbilled_short(), figure::advances_short()]);
    names.into_iter().map(Column::figure).collect()
}

/// The figures of a project or of several, each with the measure by which it opens.
fn figures(
    figures: &ProjectFigures,
    invoiced: Money,
    balance: Option<(Money, Money)>,
    scope: &PermittedScope,
) -> Vec<(Option<Measure>, Cell)> {
    let lacks = lacks::unrated(figures.unrated);
    let mut cells = vec![
        (Some(Measure::Hours), Cell::of(figures.minutes)),
        (Some(Measure::BillableHours), Cell::of(figures.billable_minutes)),
        (Some(Measure::Revenue), Cell::of(figures.revenue)),
        (Some(Measure::ExternalCost), Cell::of(figures.external_cost)),
        (Some(Measure::MarginOne), Cell::of(figures.contribution_margin_1())),
    ];
    if scope.includes_labour_cost() {
        let withheld = |amount| Cell::money_unless_withheld(amount).lacking(lacks.as_ref());
        cells.extend([
            (Some(Measure::LabourCost), withheld(figures.labour_cost)),
            (Some(Measure::MarginTwo), withheld(figures.contribution_margin_2())),
        ]);
    }
    cells.push((None, Cell::of(invoiced)));
    let elsewhere = || Cell::Missing(project_words::elsewhere());
    cells.extend([
        (
            Some(Measure::Unbilled),
            balance.map_or_else(elsewhere, |(unbilled, _)| Cell::of(unbilled)),
        ),
        (
            Some(Measure::Advances),
            balance.map_or_else(elsewhere, |(_, advances)| Cell::of(advances)),
        ),
    ]);
    cells
}
