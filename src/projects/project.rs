//! The page of one project: its figures, its hours by month, its people, bookings and invoices.

use super::{
    kind_name, sql,
    tables::{bookings_table, hours_by_month, invoices_table, people_table},
    unknown,
};
use crate::{
    division::Division,
    error::AppError,
    money::{Burn, Money, NumberFormat},
    period::Days,
    server::{
        ledger::{BudgetBurn, Ledger, ProjectLedger},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        fact_list::fact_list,
        table::{Cell, withheld_note},
    },
    view::{Heading, Rendered, Request},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;

/// Renders the page of the project `code`. A project that this person may see and that lies outside the chosen
/// division shows none of its figures, and says so.
///
/// # Errors
/// There is no such project, or this person may not see it; the database failed.
pub async fn render(db: &impl ConnectionTrait, request: &Request, code: &str) -> Result<Rendered, AppError> {
    let found = sql::find(db, &request.everything, code).await?;
    let found = found.ok_or_else(|| unknown(code))?;
    if !request.scope.includes(found.division_id) {
        return Ok(outside_of_scope(&found, request));
    }
    let days = request.period.days(request.today);
    let months = days.months_and_before(YEAR);
    let timeline = Timeline::of(months.iter().copied().chain([days]));
    let ledger = Ledger::load(db, &request.scope, timeline, request.today, Some(code)).await?;
    let project = ledger.projects.first().ok_or_else(|| unknown(code))?;
    let end = ledger.timeline.stretches(&days).end;
    let rows = sql::ProjectRows {
        db,
        scope: &request.scope,
        project: project.project.id,
        days,
    };
    let (people, bookings, invoices) = (rows.people().await?, rows.bookings().await?, rows.invoices().await?);
    let title = format!("{} {}", project.project.code, project.project.name);
    let shows_cost = request.scope.includes_labour_cost();
    let note = if shows_cost {
        "Cost at completion: cost so far, and the remaining hours at the average labour cost so far.".to_owned()
    } else {
        format!("Budget burn is that of hours. {}", withheld_note())
    };
    let content = view! {
        {Heading::of(title.clone(), request).view()}
        <div class="grid">
            <section class="panel">
                <h2>"Project"</h2>
                {facts(project, request)}
            </section>
            <section class="panel">
                <h2>"In this period"</h2>
                {figures(project, &ledger, &days, request.format)}
            </section>
            <section class="panel">
                <h2>"Since it began"</h2>
                {balance(project, end, request.format)}
                <p class="note">{note}</p>
            </section>
        </div>
        <section class="panel">
            <h2>{if shows_cost { "Revenue and cost by month" } else { "Revenue and external cost by month" }}</h2>
            {chart(project, &ledger, &months, &days, request)}
        </section>
        <section class="panel">
            <h2>{format!("Hours by month, {}", Days { from: months[0].from, to: days.to }.name())}</h2>
            {hours_by_month(project, &ledger, &months, request.format).view()}
        </section>
        <section class="panel">
            <h2>"People"</h2>
            {people_table(people, request).view()}
        </section>
        <div class="grid">
            <section class="panel">
                <h2>"Bookings"</h2>
                {bookings_table(bookings, request.format).view()}
            </section>
            <section class="panel">
                <h2>"Invoices"</h2>
                {invoices_table(invoices, request.format).view()}
            </section>
        </div>
    };
    Ok(Rendered::of(&title, request, content))
}

/// A page that says where the project is.
fn outside_of_scope(project: &sql::Found, request: &Request) -> Rendered {
    let division = request
        .everything
        .divisions()
        .iter()
        .find(|division| Some(division.id) == project.division_id);
    let name = division.map(|division| division.option.name.as_str());
    let all = Division::all(request.everything.includes_unassigned());
    let choices = name.map_or_else(|| all.to_owned(), |name| format!("{name} or {all}"));
    let title = format!("{} {}", project.code, project.name);
    let content = view! {
        {Heading::of(title.clone(), request).view()}
        <section class="panel">
            <p class="empty">
                {format!(
                    "This project belongs to {}. You are looking at {}, so its figures are not shown. Choose {choices} to see them, or ",
                    name.unwrap_or("no division"),
                    request.scope.name(),
                )}
                <a href=request.link("/projects")>{format!("go to the projects of {}", request.scope.name())}</a> "."
            </p>
        </section>
    };
    Rendered::of(&title, request, content)
}

fn facts(ledger: &ProjectLedger, request: &Request) -> impl IntoView + use<> {
    let project = &ledger.project;
    let division = request
        .scope
        .divisions()
        .iter()
        .find(|division| Some(division.id) == project.division);
    let mut facts = vec![
        ("Client", project.client.clone().unwrap_or_else(|| "–".to_owned())),
        (
            "Division",
            division.map_or_else(|| "Unassigned".to_owned(), |division| division.option.name.clone()),
        ),
        ("Kind", kind_name(project.kind).to_owned()),
        (
            "Runs",
            match project.ends_on {
                Some(to) => Days {
                    from: project.starts_on,
                    to,
                }
                .name(),
                None => format!(
                    "since {}",
                    Days {
                        from: project.starts_on,
                        to: project.starts_on
                    }
                    .name()
                ),
            },
        ),
    ];
    facts.extend(
        project
            .billing_rate
            .map(|rate| ("Billing rate", request.format.rate(rate))),
    );
    facts.extend(project.fee.map(|fee| ("Fixed price", request.format.money(fee))));
    facts.extend(project.budget.map(|budget| ("Budget", request.format.money(budget))));
    facts.extend(
        project
            .budget_minutes
            .map(|budget| ("Budget in hours", request.format.hours(budget))),
    );
    fact_list(facts.into_iter().map(|(name, text)| (name, Cell::Text(text))).collect())
}

fn figures(project: &ProjectLedger, ledger: &Ledger, days: &Days, format: NumberFormat) -> impl IntoView + use<> {
    let figures = project.figures(ledger.timeline.stretches(days));
    let margin = figures.visible_margin();
    let share = margin
        .share_of(figures.revenue)
        .map(|share| format!(" ({})", format.share(share)))
        .unwrap_or_default();
    let margin_name = match figures.contribution_margin_2() {
        Some(_) => "Contribution margin II",
        None => "Contribution margin I",
    };
    let rate = figures
        .effective_hourly_rate()
        .map_or_else(|| Cell::nothing("no hours"), |rate| Cell::text(format.rate(rate)));
    fact_list(vec![
        ("Revenue", Cell::money(figures.revenue, format)),
        ("External cost", Cell::money(figures.external_cost, format)),
        ("Labour cost", Cell::money_unless_withheld(figures.labour_cost, format)),
        (margin_name, Cell::text(format!("{}{share}", format.money(margin)))),
        ("Hours", Cell::hours(figures.minutes, format)),
        ("Billable", Cell::hours(figures.billable_minutes, format)),
        ("Effective hourly rate", rate),
    ])
}

fn balance(project: &ProjectLedger, end: usize, format: NumberFormat) -> impl IntoView + use<> {
    let so_far = project.figures(0..end);
    let burn = match project.budget_burn(end) {
        Some(BudgetBurn {
            used: Burn::Of(share),
            of,
        }) => Cell::text(format!("{} of its {of}", format.share(share))),
        Some(BudgetBurn {
            used: Burn::OfNothing,
            of,
        }) => Cell::text(format!("over its budget of 0 in {of}")),
        None if project.is_burn_withheld() => Cell::Withheld,
        None => Cell::text("no budget"),
    };
    let (cost_name, at_completion) = match (so_far.cost(), project.cost_at_completion(end)) {
        (None, _) => ("External cost", Cell::Withheld),
        (Some(_), Some(cost)) => ("Cost", Cell::text(format.money(cost))),
        (Some(_), None) => ("Cost", Cell::text("no hours budget")),
    };
    fact_list(vec![
        ("Earned", Cell::money(so_far.revenue, format)),
        ("Invoiced", Cell::money(project.invoiced_until(end), format)),
        ("Work in progress", Cell::money(project.work_in_progress(end), format)),
        (cost_name, Cell::money(so_far.visible_cost(), format)),
        ("Budget burn", burn),
        ("Cost at completion", at_completion),
    ])
}

fn chart(
    project: &ProjectLedger,
    ledger: &Ledger,
    months: &[Days],
    days: &Days,
    request: &Request,
) -> impl IntoView + use<> {
    let (title, cost, margin) = if request.scope.includes_labour_cost() {
        (
            "Revenue, cost and contribution margin II by month",
            "Cost",
            "Contribution margin II",
        )
    } else {
        (
            "Revenue, external cost and contribution margin I by month",
            "External cost",
            "Contribution margin I",
        )
    };
    let by_month: Vec<_> = months
        .iter()
        .map(|month| project.figures(ledger.timeline.stretches(month)))
        .collect();
    let series = |name: &str, figure: &dyn Fn(usize) -> Money| Series {
        name: name.to_owned(),
        values: (0..by_month.len()).map(figure).collect(),
        lacks: Vec::new(),
    };
    Chart {
        title: title.to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", &|month| by_month[month].revenue),
            series(cost, &|month| by_month[month].visible_cost()),
        ],
        line: Some(series(margin, &|month| by_month[month].visible_margin())),
        format: request.format,
        lacks: None,
    }
    .view()
}
