//! Home: the key figures of the scope, their course over the months, the divisions side by side, and budgets at risk.

mod words;

use crate::{
    error::AppError,
    money::{Minutes, Money, NumberFormat, Ratio},
    period::Days,
    projects,
    server::{
        ledger::{Ledger, Statement, keys},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table, withheld_note},
        tile::{Change, Rise, Tile, tiles},
    },
    view::{Heading, Rendered, Request},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use words::Words;

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
    let words = Words::of(&request.scope);
    let now = ledger.total(&request.scope, &days);
    let then = ledger.total(&request.scope, &before);
    let content = view! {
        {Heading::of("Home", request).view()}
        {key_figures(&words, &now, &then, &before.name(), request.format)}
        <section class="panel">
            <h2>{words.chart}</h2>
            {chart(&words, &ledger, request, &months, &days)}
        </section>
        <section class="panel">
            <h2>"Divisions"</h2>
            {divisions(&ledger, request, &days).view()}
            {(!request.scope.includes_labour_cost()).then(|| view! { <p class="note">{withheld_note()}</p> })}
        </section>
        <section class="panel">
            <h2>"Projects over or near their budget"</h2>
            <p class="note">{words.burn}</p>
            {at_risk(&ledger, request, &days)}
        </section>
    };
    Ok(Rendered::of("Home", request, content))
}

fn key_figures(
    words: &Words,
    now: &Statement,
    then: &Statement,
    before: &str,
    format: NumberFormat,
) -> impl IntoView + use<> {
    let margin_share = |statement: &Statement| statement.visible_margin().share_of(statement.revenue);
    let money = |label: &str, value: Money, was: Money, rise, formula: &str| Tile {
        label: label.to_owned(),
        value: Cell::money(value, format),
        change: Some(Change::of_money(value, was, rise, before, format)),
        formula: Some(formula.to_owned()),
    };
    let share = |label: &str, value: Option<Ratio>, was: Option<Ratio>, nothing: &'static str, formula: &str| Tile {
        label: label.to_owned(),
        value: Cell::share(value, nothing, format),
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
            words.cost,
            now.visible_cost(),
            then.visible_cost(),
            Rise::Bad,
            words.cost_formula,
        ),
        money(
            words.margin,
            now.visible_margin(),
            then.visible_margin(),
            Rise::Good,
            words.margin_formula,
        ),
        share(
            words.margin_share,
            margin_share(now),
            margin_share(then),
            "no revenue",
            words.margin_share_formula,
        ),
        share(
            "Utilisation",
            now.utilisation(),
            then.utilisation(),
            "no capacity",
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

fn chart(words: &Words, ledger: &Ledger, request: &Request, months: &[Days], days: &Days) -> impl IntoView + use<> {
    let statements: Vec<Statement> = months.iter().map(|month| ledger.total(&request.scope, month)).collect();
    let series = |name: &str, figure: fn(&Statement) -> Money| Series {
        name: name.to_owned(),
        values: statements.iter().map(figure).collect(),
        lacks: Vec::new(),
    };
    Chart {
        title: words.chart_title.to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", |month| month.revenue),
            series(words.cost, Statement::visible_cost),
        ],
        line: Some(series(words.margin, Statement::visible_margin)),
        format: request.format,
        lacks: None,
    }
    .view()
}

fn divisions(ledger: &Ledger, request: &Request, days: &Days) -> Table {
    let format = request.format;
    let withheld = |amount: Option<Money>| Cell::money_unless_withheld(amount, format);
    let margin_share = if request.scope.includes_labour_cost() {
        "CM III %"
    } else {
        "CM I %"
    };
    let row = |name: Cell, statement: Statement| {
        Row::new(vec![
            name,
            Cell::money(statement.revenue, format),
            Cell::money(statement.external_cost, format),
            Cell::money(statement.contribution_margin_1(), format),
            withheld(statement.labour_cost),
            withheld(statement.contribution_margin_2()),
            Cell::money(statement.overhead, format),
            withheld(statement.contribution_margin_3()),
            Cell::share(
                statement.visible_margin().share_of(statement.revenue),
                "no revenue",
                format,
            ),
            Cell::share(statement.utilisation(), "no capacity", format),
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
            Column::figure(margin_share),
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
        lacks: None,
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
        .filter(|(burn, _)| burn.used.is_near())
        .collect();
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
        view! { <p class="note"><a href=request.link("/projects?sort=burn")>{text}</a></p> }
    });
    let rows = projects.into_iter().take(MOST_AT_RISK).map(|(burn, ledger)| {
        let (project, so_far) = (&ledger.project, ledger.figures(0..end));
        let left = |budget: Option<Money>| {
            let left = |budget| Cell::money_unless_withheld(so_far.cost().map(|cost| budget - cost), format);
            budget.map_or_else(|| Cell::nothing("no budget in money"), left)
        };
        let hours_left = |budget: Option<Minutes>| {
            budget.map_or_else(
                || Cell::nothing("no budget in hours"),
                |budget| Cell::hours(budget - so_far.minutes, format),
            )
        };
        Row::new(vec![
            Cell::link(&project.code, request.link(&projects::address(&project.code))),
            Cell::text(&project.name),
            request.division_cell(project.division),
            Cell::burn(Some(burn.used), format),
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
        lacks: None,
        empty: "No project that runs in this period has used 80 % of its budget.",
    };
    view! { {table.view()} {others} }
}
