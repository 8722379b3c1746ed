//! Home: the key figures of the scope, their course over the months, the divisions side by side, and budgets at risk.

use crate::{
    error::AppError,
    money::{Minutes, Money, NumberFormat, Share},
    period::Days,
    projects,
    server::{
        ledger::{Ledger, Statement, keys},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table},
        tile::{Change, Rise, Tile, tiles},
    },
    view::{Heading, Rendered, Request},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;

/// A project is near its budget from here on.
const NEAR: Share = Share(800);

/// So many of the projects near their budget are listed, those that have used the most of it.
const MOST_AT_RISK: usize = 20;

/// Renders Home.
///
/// # Errors
/// The database failed.
pub async fn render(db: &impl ConnectionTrait, request: &Request) -> Result<Rendered, AppError> {
    let days = request.period.days(request.today);
    let before = request.period.days_before(request.today);
    let months = days.months_and_before(YEAR);
    let timeline = Timeline::of(months.iter().copied().chain([days, before]));
    let ledger = Ledger::load(db, &request.scope, timeline, request.today, None).await?;
    let format = request.format;
    let now = ledger.total(&request.scope, &days);
    let then = ledger.total(&request.scope, &before);
    let content = view! {
        {Heading::of("Home", request).view()}
        {key_figures(&now, &then, &before.name(), format)}
        <section class="panel">
            <h2>"Revenue and cost by month"</h2>
            {chart(&ledger, request, &months, &days)}
        </section>
        <section class="panel">
            <h2>"Divisions"</h2>
            {divisions(&ledger, request, &days).view()}
        </section>
        <section class="panel">
            <h2>"Projects over or near their budget"</h2>
            <p class="note">"Spent of the budget since each project began, up to the end of the period; the larger of money and hours."</p>
            {at_risk(&ledger, request, &days)}
        </section>
    };
    Ok(Rendered::of("Home", content))
}

fn key_figures(now: &Statement, then: &Statement, before: &str, format: NumberFormat) -> impl IntoView + use<> {
    let margin_share = now.contribution_margin_3().share_of(now.revenue);
    let money = |label: &str, value: Money, was: Money, rise, formula: &str| Tile {
        label: label.to_owned(),
        value: format.money(value),
        negative: value < Money(0),
        change: Some(Change::of_money(value, was, rise, before, format)),
        formula: Some(formula.to_owned()),
    };
    let share = |label: &str, value: Option<Share>, was: Option<Share>, formula: &str| Tile {
        label: label.to_owned(),
        value: value.map_or_else(|| "–".to_owned(), |share| format.share(share)),
        negative: value.is_some_and(|share| share < Share(0)),
        change: Some(Change::of_share(value, was, before, format)),
        formula: Some(formula.to_owned()),
    };
    tiles(vec![
        money(
            "Revenue",
            now.revenue,
            then.revenue,
            Rise::Good,
            "Time and material: billable hours at the project's rate and billable expenses. Fixed price: the fee over \
             the project's days times the days passed, at least what was invoiced.",
        ),
        money(
            "Cost",
            now.cost(),
            then.cost(),
            Rise::Bad,
            "External cost (bookings on projects), labour cost (hours at the people's cost rates of the day) and \
             overhead (other bookings; shared ones split by the key of the day).",
        ),
        money(
            "Contribution margin",
            now.contribution_margin_3(),
            then.contribution_margin_3(),
            Rise::Good,
            "Contribution margin III: revenue less external cost, labour cost and overhead.",
        ),
        share(
            "Margin of revenue",
            margin_share,
            then.contribution_margin_3().share_of(then.revenue),
            "Contribution margin III over revenue.",
        ),
        share(
            "Utilisation",
            now.utilisation(),
            then.utilisation(),
            "Billable hours of the division's people over their contract hours less absences.",
        ),
        money(
            "Work in progress",
            now.work_in_progress,
            then.work_in_progress,
            Rise::Neutral,
            "Earned less invoiced, since the beginning, at the end of the period. Below zero: invoiced ahead.",
        ),
    ])
}

fn chart(ledger: &Ledger, request: &Request, months: &[Days], days: &Days) -> impl IntoView + use<> {
    let statements: Vec<Statement> = months.iter().map(|month| ledger.total(&request.scope, month)).collect();
    let series = |name: &str, figure: fn(&Statement) -> Money| Series {
        name: name.to_owned(),
        values: statements.iter().map(figure).collect(),
    };
    Chart {
        title: "Revenue, cost and contribution margin by month".to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", |month| month.revenue),
            series("Cost", Statement::cost),
        ],
        line: Some(series("Contribution margin", Statement::contribution_margin_3)),
        format: request.format,
    }
    .view()
}

fn divisions(ledger: &Ledger, request: &Request, days: &Days) -> Table {
    let format = request.format;
    let row = |name: Cell, statement: Statement| {
        let margin = statement.contribution_margin_3();
        Row::new(vec![
            name,
            Cell::money(statement.revenue, format),
            Cell::money(statement.external_cost, format),
            Cell::money(statement.contribution_margin_1(), format),
            Cell::money(statement.labour_cost, format),
            Cell::money(statement.contribution_margin_2(), format),
            Cell::money(statement.overhead, format),
            Cell::money(margin, format),
            Cell::share(margin.share_of(statement.revenue), format),
            Cell::share(statement.utilisation(), format),
            Cell::money(statement.work_in_progress, format),
        ])
    };
    Table {
        caption: format!("Contribution margin by division, {}", days.name()),
        caption_hidden: true,
        columns: vec![
            Column::text("Division"),
            Column::figure("Revenue"),
            Column::figure("External cost"),
            Column::figure("CM I"),
            Column::figure("Labour cost"),
            Column::figure("CM II"),
            Column::figure("Overhead"),
            Column::figure("CM III"),
            Column::figure("CM III %"),
            Column::figure("Utilisation"),
            Column::figure("Work in progress"),
        ],
        rows: keys(&request.scope)
            .map(|key| row(request.division_cell(key), ledger.statement(key, days)))
            .collect(),
        total: Some(row(
            Cell::text(request.scope.name()),
            ledger.total(&request.scope, days),
        )),
        empty: "There is no division that you may see. Ask your administrator for one.",
    }
}

fn at_risk(ledger: &Ledger, request: &Request, days: &Days) -> impl IntoView + use<> {
    let format = request.format;
    let end = ledger.timeline.stretches(days).end;
    let mut projects: Vec<_> = ledger
        .projects
        .iter()
        .filter(|ledger| ledger.is_open_in(days))
        .filter_map(|ledger| Some((ledger.budget_burn(end)?, ledger)))
        .filter(|(burn, _)| burn.share >= NEAR)
        .collect();
    projects.sort_by(|one, other| {
        other
            .0
            .share
            .cmp(&one.0.share)
            .then_with(|| one.1.project.code.cmp(&other.1.project.code))
    });
    let others = projects.len().saturating_sub(MOST_AT_RISK);
    let others = (others > 0).then(|| {
        let text = format!("{} more; all projects by budget burn", format.count(others as u64));
        view! { <p class="note"><a href=request.link("/projects?sort=burn")>{text}</a></p> }
    });
    let rows = projects.into_iter().take(MOST_AT_RISK).map(|(burn, ledger)| {
        let (project, so_far) = (&ledger.project, ledger.figures(0..end));
        let left =
            |budget: Option<Money>| budget.map_or(Cell::Empty, |budget| Cell::money(budget - so_far.cost(), format));
        let hours_left =
            |budget: Option<Minutes>| budget.map_or(Cell::Empty, |budget| Cell::hours(budget - so_far.minutes, format));
        Row::new(vec![
            Cell::link(&project.code, request.link(&projects::address(&project.code))),
            Cell::text(&project.name),
            request.division_cell(project.division),
            Cell::burn(Some(burn.share), format),
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
        empty: "No project that runs in this period has used 80 % of its budget.",
    };
    view! { {table.view()} {others} }
}
