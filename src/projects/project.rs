//! The page of one project: its figures, its hours by month, its people, bookings and invoices.

use super::{
    kind_name, sql,
    tables::{bookings_table, hours_by_month, invoices_table, people_table},
    unknown,
};
use crate::{
    error::AppError,
    money::{Money, NumberFormat},
    period::Days,
    server::{
        ledger::{Ledger, ProjectLedger},
        timeline::Timeline,
    },
    ui::chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
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
    let days = request.period.days(request.today);
    let months = days.months_and_before(YEAR);
    let timeline = Timeline::of(months.iter().copied().chain([days]));
    let ledger = Ledger::load(db, &request.scope, timeline, request.today, Some(code)).await?;
    let Some(project) = ledger.projects.first() else {
        return outside_of_scope(db, request, code).await;
    };
    let end = ledger.timeline.stretches(&days).end;
    let rows = sql::ProjectRows {
        db,
        scope: &request.scope,
        project: project.project.id,
        days,
    };
    let (people, bookings, invoices) = (rows.people().await?, rows.bookings().await?, rows.invoices().await?);
    let title = format!("{} {}", project.project.code, project.project.name);
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
                <p class="note">"Cost at completion: cost so far, and the remaining hours at the average labour cost so far."</p>
            </section>
        </div>
        <section class="panel">
            <h2>"Revenue and cost by month"</h2>
            {chart(project, &ledger, &months, &days, request.format)}
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
    Ok(Rendered::of(&title, content))
}

/// A page that says where the project is, if this person may know.
async fn outside_of_scope(db: &impl ConnectionTrait, request: &Request, code: &str) -> Result<Rendered, AppError> {
    let days = request.period.days(request.today);
    let everything = &request.everything;
    let elsewhere = Ledger::load(db, everything, Timeline::of([days]), request.today, Some(code)).await?;
    let project = elsewhere.projects.first().ok_or_else(|| unknown(code))?.project.clone();
    let division = everything
        .divisions()
        .iter()
        .find(|division| Some(division.id) == project.division);
    let owner = division.map_or_else(|| "no division".to_owned(), |division| division.option.name.clone());
    let title = format!("{} {}", project.code, project.name);
    let content = view! {
        {Heading::of(title.clone(), request).view()}
        <section class="panel">
            <p class="empty">
                {format!(
                    "This project belongs to {owner}. You are looking at {}, so its figures are not shown. Choose {} or All to see them, or ",
                    request.scope.name(),
                    division.map_or("All", |division| division.option.name.as_str()),
                )}
                <a href=request.link("/projects")>{format!("go to the projects of {}", request.scope.name())}</a> "."
            </p>
        </section>
    };
    Ok(Rendered::of(&title, content))
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
    list(facts)
}

fn figures(project: &ProjectLedger, ledger: &Ledger, days: &Days, format: NumberFormat) -> impl IntoView + use<> {
    let figures = project.figures(ledger.timeline.stretches(days));
    let margin = figures.contribution_margin();
    let share = margin
        .share_of(figures.revenue)
        .map(|share| format!(" ({})", format.share(share)))
        .unwrap_or_default();
    let rate = figures
        .effective_hourly_rate()
        .map_or_else(|| "–".to_owned(), |rate| format.rate(rate));
    list(vec![
        ("Revenue", format.money(figures.revenue)),
        ("External cost", format.money(figures.external_cost)),
        ("Labour cost", format.money(figures.labour_cost)),
        ("Contribution margin II", format!("{}{share}", format.money(margin))),
        ("Hours", format.hours(figures.minutes)),
        ("Billable", format.hours(figures.billable_minutes)),
        ("Effective hourly rate", rate),
    ])
}

fn balance(project: &ProjectLedger, end: usize, format: NumberFormat) -> impl IntoView + use<> {
    let so_far = project.figures(0..end);
    let burn = project.budget_burn(end).map_or_else(
        || "no budget".to_owned(),
        |burn| format!("{} of its {}", format.share(burn.share), burn.of),
    );
    let at_completion = project
        .cost_at_completion(end)
        .map_or_else(|| "no hours budget".to_owned(), |cost| format.money(cost));
    list(vec![
        ("Earned", format.money(so_far.revenue)),
        ("Invoiced", format.money(project.invoiced_until(end))),
        ("Work in progress", format.money(project.work_in_progress(end))),
        ("Cost", format.money(so_far.cost())),
        ("Budget burn", burn),
        ("Cost at completion", at_completion),
    ])
}

fn list(facts: Vec<(&'static str, String)>) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{rows.collect_view()}</dl> }
}

fn chart(
    project: &ProjectLedger,
    ledger: &Ledger,
    months: &[Days],
    days: &Days,
    format: NumberFormat,
) -> impl IntoView + use<> {
    let by_month: Vec<_> = months
        .iter()
        .map(|month| project.figures(ledger.timeline.stretches(month)))
        .collect();
    let series = |name: &str, figure: &dyn Fn(usize) -> Money| Series {
        name: name.to_owned(),
        values: (0..by_month.len()).map(figure).collect(),
    };
    Chart {
        title: "Revenue, cost and contribution margin II by month".to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", &|month| by_month[month].revenue),
            series("Cost", &|month| by_month[month].cost()),
        ],
        line: Some(series("Contribution margin II", &|month| {
            by_month[month].contribution_margin()
        })),
        format,
    }
    .view()
}
