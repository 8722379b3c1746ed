//! The page of one project: its figures, its hours by month, its people, bookings and invoices.

use super::{
    kind_name,
    owners_table::{outside_of_scope, owner_names},
    project_sql,
    tables::{bookings_table, hours_by_month, invoices_table, people_table},
    unknown,
};
use crate::{
    error::AppError,
    money::{Burn, Money, NumberFormat},
    period::{Days, day_name},
    server::{
        ledger::{DivisionKey, Forecast, Ledger, ProjectLedger},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        fact_list::fact_list,
        table::{Cell, withheld_note},
    },
    view::{Heading, MANAGEMENT_VIEW, RenderContext, Rendered, lacks},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;

/// Renders the page of the project `code`. If this user may see the project but it is outside of the chosen division,
/// the page says so and shows no figures.
///
/// # Errors
/// There is no such project, or this person may not see it; the database failed.
pub async fn render(db: &impl ConnectionTrait, context: &RenderContext, code: &str) -> Result<Rendered, AppError> {
    let owned = project_sql::find(db, &context.everything, code).await?;
    let found = owned.first().ok_or_else(|| unknown(code))?;
    let owners: Vec<(DivisionKey, Days)> = owned.iter().map(project_sql::Owned::owner).collect();
    let days = context.period.days(context.today);
    let is_shown =
        |(owner, owned): &(DivisionKey, Days)| context.scope.includes(*owner) && owned.overlap(&days).is_some();
    if !owners.iter().any(is_shown) {
        return Ok(outside_of_scope(found, &owners, &days, context));
    }
    let months = days.months_and_before(YEAR);
    let timeline = Timeline::of(months.iter().copied().chain([days]));
    let ledger = Ledger::load(db, &context.scope, timeline, context.today, Some(code)).await?;
    let project = ledger.projects.first().ok_or_else(|| unknown(code))?;
    let rows = project_sql::ProjectRows {
        db,
        scope: &context.scope,
        project: project.project.id,
        days,
    };
    let (people, bookings, invoices) = (rows.people().await?, rows.bookings().await?, rows.invoices().await?);
    let title = format!("{} {}", project.project.code, project.project.name);
    let is_owned = context.scope.includes(project.project.owner_on(days.to));
    let all_months = Days {
        from: months.first().map_or(days.from, |first| first.from),
        to: days.to,
    };
    let shows_cost = context.scope.includes_labour_cost();
    let note = if shows_cost {
        "Cost at completion: cost so far, and the remaining hours at the average labour cost so far.".to_owned()
    } else {
        format!("Budget burn is that of hours. {}", withheld_note())
    };
    let content = view! {
        {Heading::of(title.clone(), context).view()}
        <div class="grid">
            <section class="panel">
                <h2>"Project"</h2>
                {facts(project, &owners, &days, context)}
            </section>
            <section class="panel">
                <h2>{format!("In this period, {}", days.name())}</h2>
                {figures(project, &ledger, &days, context.format)}
            </section>
            <section class="panel">
                <h2>{format!("Since it began, until {}", day_name(days.to))}</h2>
                {balance(project, &ledger, &days, context)}
                {is_owned.then(|| view! { <p class="note">{note} " " {MANAGEMENT_VIEW}</p> })}
            </section>
        </div>
        <section class="panel">
            <h2>{if shows_cost { "Revenue and cost by month" } else { "Revenue and external cost by month" }}</h2>
            {chart(project, &ledger, &months, &days, context)}
        </section>
        <section class="panel">
            <h2>{format!("Hours by month, {}", all_months.name())}</h2>
            {hours_by_month(project, &ledger, &months, context.format).view()}
        </section>
        <section class="panel">
            <h2>"People"</h2>
            {people_table(people, context).view()}
        </section>
        <div class="grid">
            <section class="panel">
                <h2>"Bookings"</h2>
                {bookings_table(bookings, context.format).view()}
            </section>
            <section class="panel">
                <h2>"Invoices"</h2>
                {invoices_table(invoices, context.format).view()}
            </section>
        </div>
    };
    Ok(Rendered::of(&title, context, content))
}

fn facts(
    ledger: &ProjectLedger,
    owners: &[(DivisionKey, Days)],
    days: &Days,
    context: &RenderContext,
) -> impl IntoView + use<> {
    let project = &ledger.project;
    let mut facts = vec![
        ("Client", project.client.clone().unwrap_or_else(|| "–".to_owned())),
        ("Division", owner_names(owners, context)),
        ("Kind", kind_name(project.kind).to_owned()),
    ];
    if let Some(terms) = project.terms_on(days.to) {
        let runs = match terms.ends_on {
            Some(to) => Days {
                from: terms.starts_on,
                to,
            }
            .name(),
            None => format!("since {}", day_name(terms.starts_on)),
        };
        facts.push(("Runs", runs));
        facts.extend(
            terms
                .billing_rate
                .map(|rate| ("Billing rate", context.format.rate(rate))),
        );
        facts.extend(terms.fee.map(|fee| ("Fixed price", context.format.money(fee))));
    }
    facts.extend(project.budget.map(|budget| ("Budget", context.format.money(budget))));
    facts.extend(
        project
            .budget_minutes
            .map(|budget| ("Budget in hours", context.format.hours(budget))),
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
    let lacks = lacks::unrated(figures.unrated, format);
    let lacks = lacks.as_deref();
    fact_list(vec![
        ("Revenue", Cell::money(figures.revenue, format)),
        ("External cost", Cell::money(figures.external_cost, format)),
        (
            "Labour cost",
            Cell::money_unless_withheld(figures.labour_cost, format).lacking(lacks),
        ),
        (
            margin_name,
            Cell::text(format!("{}{share}", format.money(margin))).lacking(lacks),
        ),
        ("Hours", Cell::hours(figures.minutes, format)),
        ("Billable", Cell::hours(figures.billable_minutes, format)),
        ("Effective hourly rate", rate),
    ])
}

/// The project's balances at the end of the period. They belong to its owner on that day, whoever owned it before.
fn balance(project: &ProjectLedger, ledger: &Ledger, days: &Days, context: &RenderContext) -> AnyView {
    if !context.scope.includes(project.project.owner_on(days.to)) {
        let text = format!(
            "On {} it is another division's, with its budget and what is unbilled. See them in a period that ends before.",
            day_name(days.to)
        );
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let format = context.format;
    let end = ledger.timeline.stretches(days).end;
    let so_far = project.figures_until(end);
    let lacks = lacks::unrated(so_far.unrated, format);
    let lacks = lacks.as_deref();
    let burn = project.budget_burn(end).map(|burn| {
        let used = match burn.used {
            Burn::Of(share) => format!("{} of its {}", format.share(share), burn.of),
            Burn::OfNothing => format!("over its budget of 0 in {}", burn.of),
        };
        Cell::text(used).lacking(lacks.filter(|_| project.project.budget.is_some()))
    });
    let burn = match burn {
        Some(burn) => burn,
        None if project.is_burn_withheld() => Cell::Withheld,
        None => Cell::text("no budget"),
    };
    let at_completion = match project.cost_at_completion(end, days.to) {
        Forecast::Cost(cost) => Cell::text(format.money(cost)).lacking(lacks),
        Forecast::Ended(cost) => Cell::text(format!("{} (it has ended)", format.money(cost))).lacking(lacks),
        Forecast::NoBudget => Cell::text("no hours budget"),
        Forecast::OverBudget => Cell::text("its hours are used up, and it goes on"),
        Forecast::NotBegun => Cell::text("no hours yet"),
        Forecast::TooLarge => Cell::text("more than can be written"),
        Forecast::Withheld => Cell::Withheld,
    };
    let cost_name = if so_far.cost().is_some() {
        "Cost"
    } else {
        "External cost"
    };
    fact_list(vec![
        ("Earned", Cell::money(so_far.revenue, format)),
        ("Invoiced", Cell::money(project.invoiced_until(end), format)),
        ("Unbilled", Cell::money(project.unbilled(end), format)),
        ("Advances", Cell::money(project.advances(end), format)),
        ("Hours", Cell::hours(so_far.minutes, format)),
        (cost_name, Cell::money(so_far.visible_cost(), format).lacking(lacks)),
        ("Budget burn", burn),
        ("Cost at completion", at_completion),
    ])
    .into_any()
}

fn chart(
    project: &ProjectLedger,
    ledger: &Ledger,
    months: &[Days],
    days: &Days,
    context: &RenderContext,
) -> impl IntoView + use<> {
    let (title, cost, margin) = if context.scope.includes_labour_cost() {
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
    let lacks: Vec<Option<String>> = by_month
        .iter()
        .map(|month| lacks::unrated(month.unrated, context.format))
        .collect();
    let series = |name: &str, figure: &dyn Fn(usize) -> Money, lacks: &[Option<String>]| Series {
        name: name.to_owned(),
        values: (0..by_month.len()).map(figure).collect(),
        lacks: lacks.to_owned(),
    };
    Chart {
        title: title.to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", &|month| by_month[month].revenue, &[]),
            series(cost, &|month| by_month[month].visible_cost(), &lacks),
        ],
        line: Some(series(margin, &|month| by_month[month].visible_margin(), &lacks)),
        lacks: lacks::unrated(by_month.iter().map(|month| month.unrated).sum(), context.format),
        format: context.format,
    }
    .view()
}
