//! The page of one project: its figures, its hours by month, its people, bookings and invoices.

use super::{
    budget_unit_name, kind_name,
    owners_table::{outside_of_scope, owner_names},
    project_sql,
    tables::{bookings_table, hours_by_month, invoices_table, people_table},
    title, unknown,
};
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    message::Value,
    messages::{figure, home, projects, setting},
    money::{Burn, Money},
    place::Place,
    report::{
        Arrangement, Cell, Chart, ChartMonth, Content, Fact, Panel, Part, Phrase, Report, Series, YEAR, withheld_note,
    },
    server::{
        ledger::{DivisionKey, Forecast, Ledger, ProjectLedger},
        timeline::Timeline,
    },
    view::{RenderContext, lacks},
};
use sea_orm::ConnectionTrait;

/// The page of the project `code`. If this user may see the project but it is outside of the chosen division, the page
/// says so and shows no figures.
///
/// # Errors
/// There is no such project, or this person may not see it; the database failed.
pub async fn report(db: &impl ConnectionTrait, context: &RenderContext, code: &str) -> Result<Report, AppError> {
    let days = context.period.days(context.today);
    let (owners, elsewhere) = owners(db, context, code, &days).await?;
    if let Some(report) = elsewhere {
        return Ok(report);
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
    let all_months = Days {
        from: months.first().map_or(days.from, |first| first.from),
        to: days.to,
    };
    let chart_heading = if context.scope.includes_labour_cost() {
        home::chart()
    } else {
        home::chart_without_labour()
    };
    let panel = |heading: Value, content| Panel::new(heading, vec![content]);
    let parts = vec![
        Part::Beside(vec![
            panel(figure::project().into(), facts(project, &owners, &days, context)),
            panel(
                projects::in_period(days).into(),
                figures(project, &ledger, &days, context),
            ),
            Panel::new(
                projects::since_it_began(days.to),
                balance(project, &ledger, &days, context),
            ),
        ]),
        Part::Panel(panel(
            chart_heading.into(),
            Content::Chart(chart(project, &ledger, &months, &days, context)),
        )),
        Part::Panel(panel(
            projects::hours_by_month_in(all_months).into(),
            Content::Table(hours_by_month(project, &ledger, &months, context)),
        )),
        Part::Panel(panel(
            figure::people().into(),
            Content::Table(people_table(people, &project.project.code, context)),
        )),
        Part::Beside(vec![
            panel(figure::bookings().into(), Content::Table(bookings_table(bookings))),
            panel(figure::invoices().into(), Content::Table(invoices_table(invoices))),
        ]),
    ];
    Ok(context.report(title(&project.project.code, &project.project.name), parts))
}

/// The page that says whose the project `code` is, if this user may see it but it is outside of the chosen division on
/// `days`.
///
/// # Errors
/// See [`report`].
pub async fn elsewhere(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    code: &str,
    days: &Days,
) -> Result<Option<Report>, AppError> {
    Ok(owners(db, context, code, days).await?.1)
}

/// Who owns the project `code`, and since when; and a page that says so if none of them is in the scope on `days`.
async fn owners(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    code: &str,
    days: &Days,
) -> Result<(Vec<(DivisionKey, Days)>, Option<Report>), AppError> {
    let owned = project_sql::find(db, &context.everything, code).await?;
    let found = owned.first().ok_or_else(|| unknown(code))?;
    let owners: Vec<(DivisionKey, Days)> = owned.iter().map(project_sql::Owned::owner).collect();
    let is_shown =
        |(owner, owned): &(DivisionKey, Days)| context.scope.includes(*owner) && owned.overlap(days).is_some();
    let is_elsewhere = !owners.iter().any(is_shown);
    let elsewhere = is_elsewhere.then(|| outside_of_scope(found, &owners, days, context));
    Ok((owners, elsewhere))
}

fn facts(ledger: &ProjectLedger, owners: &[(DivisionKey, Days)], days: &Days, context: &RenderContext) -> Content {
    let project = &ledger.project;
    let mut facts = vec![
        Fact::new(
            figure::client(),
            project.client.as_ref().map_or(Cell::Nothing, Cell::text),
        ),
        Fact::new(setting::division(), Cell::of(owner_names(owners, context))),
        Fact::new(figure::kind(), Cell::of(kind_name(project.kind))),
    ];
    if let Some(terms) = project.terms_on(days.to) {
        let runs = match terms.ends_on {
            Some(to) => Value::Days(Days {
                from: terms.starts_on,
                to,
            }),
            None => figure::since(terms.starts_on).into(),
        };
        facts.push(Fact::new(projects::runs(), Cell::of(runs)));
        let rate = terms.billing_rate;
        facts.extend(rate.map(|rate| Fact::new(projects::billing_rate(), Cell::of(rate))));
        facts.extend(terms.fee.map(|fee| Fact::new(projects::fixed_price(), Cell::of(fee))));
    }
    let budget = project.budget;
    facts.extend(budget.map(|budget| Fact::new(projects::budget(), Cell::of(budget))));
    let budget = project.budget_minutes;
    facts.extend(budget.map(|budget| Fact::new(projects::budget_in_hours(), Cell::of(budget))));
    Content::Facts(facts)
}

fn figures(project: &ProjectLedger, ledger: &Ledger, days: &Days, context: &RenderContext) -> Content {
    let figures = project.figures(ledger.timeline.stretches(days));
    let margin = figures.visible_margin();
    let margin_and_share = match margin.share_of(figures.revenue) {
        Some(share) => projects::margin_and_share(margin, share).into(),
        None => Value::Money(margin),
    };
    let margin_measure = Measure::visible_project_margin(&context.scope);
    let rate = figures
        .effective_hourly_rate()
        .map_or_else(|| Cell::Missing(figure::no_hours()), Cell::of);
    let lacks = lacks::unrated(figures.unrated);
    let lacks = lacks.as_ref();
    let place = Place::chosen().project(&project.project.code);
    let fact = |name, measure, cell| Fact::new(name, context.figure(cell, measure, &place));
    let labour_cost = Cell::money_unless_withheld(figures.labour_cost).lacking(lacks);
    let margin = Cell::of(margin_and_share).lacking(lacks);
    Content::Facts(vec![
        fact(figure::revenue(), Measure::Revenue, Cell::of(figures.revenue)),
        fact(
            figure::external_cost(),
            Measure::ExternalCost,
            Cell::of(figures.external_cost),
        ),
        fact(figure::labour_cost(), Measure::LabourCost, labour_cost),
        fact(margin_measure.name(), margin_measure, margin),
        fact(figure::hours_name(), Measure::Hours, Cell::of(figures.minutes)),
        fact(
            figure::billable(),
            Measure::BillableHours,
            Cell::of(figures.billable_minutes),
        ),
        fact(figure::effective_rate(), Measure::EffectiveRate, rate),
    ])
}

/// The project's balances at the end of the period. They belong to its owner on that day, whoever owned it before.
fn balance(project: &ProjectLedger, ledger: &Ledger, days: &Days, context: &RenderContext) -> Vec<Content> {
    if !context.scope.includes(project.project.owner_on(days.to)) {
        return vec![Content::Instead(vec![Phrase::new(projects::balance_elsewhere(
            days.to,
        ))])];
    }
    let end = ledger.timeline.stretches(days).end;
    let so_far = project.figures_until(end);
    let lacks = lacks::unrated(so_far.unrated);
    let lacks = lacks.as_ref();
    let burn = project.budget_burn(end).map(|burn| {
        let budget = budget_unit_name(burn.of);
        let used = match burn.used {
            Burn::Of(share) => projects::used_of_budget(share, budget),
            Burn::OfNothing => projects::over_budget_of_zero(budget),
        };
        Cell::of(used).lacking(lacks.filter(|_| project.project.budget.is_some()))
    });
    let burn = match burn {
        Some(burn) => burn,
        None if project.is_burn_withheld() => Cell::withheld(),
        None => Cell::of(figure::no_budget()),
    };
    let forecast = project.cost_at_completion(end, days.to);
    let at_completion = match forecast {
        Forecast::Cost(cost) => Cell::of(cost).lacking(lacks),
        Forecast::Ended(cost) => Cell::of(projects::cost_of_ended(cost)).lacking(lacks),
        Forecast::NoBudget => Cell::of(projects::no_hours_budget()),
        Forecast::OverBudget => Cell::of(projects::hours_used_up()),
        Forecast::NotBegun => Cell::of(projects::not_begun()),
        Forecast::TooLarge => Cell::of(projects::too_large()),
        Forecast::Withheld => Cell::withheld(),
    };
    let (cost_name, cost) = if so_far.cost().is_some() {
        (figure::cost(), Measure::CostSoFar)
    } else {
        (figure::external_cost(), Measure::ExternalCostSoFar)
    };
    let place = Place::chosen().project(&project.project.code);
    let fact = |name, measure, cell| Fact::new(name, context.figure(cell, measure, &place));
    let burn = match project.budget_burn(end) {
        Some(_) => fact(figure::burn(), Measure::Burn, burn),
        None => Fact::new(figure::burn(), burn),
    };
    let is_forecast = matches!(forecast, Forecast::Cost(_) | Forecast::Ended(_));
    let at_completion = match is_forecast {
        true => fact(figure::cost_at_completion(), Measure::CostAtCompletion, at_completion),
        false => Fact::new(figure::cost_at_completion(), at_completion),
    };
    let facts = vec![
        fact(figure::earned(), Measure::Earned, Cell::of(so_far.revenue)),
        fact(
            figure::invoiced(),
            Measure::Invoiced,
            Cell::of(project.invoiced_until(end)),
        ),
        fact(figure::unbilled(), Measure::Unbilled, Cell::of(project.unbilled(end))),
        fact(figure::advances(), Measure::Advances, Cell::of(project.advances(end))),
        fact(figure::hours_name(), Measure::HoursSoFar, Cell::of(so_far.minutes)),
        fact(cost_name, cost, Cell::of(so_far.visible_cost()).lacking(lacks)),
        burn,
        at_completion,
    ];
    let mut notes = if context.scope.includes_labour_cost() {
        vec![projects::note_on_completion()]
    } else {
        vec![projects::note_on_burn(), withheld_note()]
    };
    notes.push(home::management_view());
    vec![Content::Facts(facts), Content::note(notes)]
}

fn chart(project: &ProjectLedger, ledger: &Ledger, months: &[Days], days: &Days, context: &RenderContext) -> Chart {
    let (title, cost_name) = if context.scope.includes_labour_cost() {
        (projects::chart_title(), figure::cost())
    } else {
        (home::chart_title_without_labour(), figure::external_cost())
    };
    let margin = Measure::visible_project_margin(&context.scope);
    let by_month: Vec<_> = months
        .iter()
        .map(|month| project.figures(ledger.timeline.stretches(month)))
        .collect();
    let lacks: Vec<Option<Value>> = by_month.iter().map(|month| lacks::unrated(month.unrated)).collect();
    let place = Place::chosen().project(&project.project.code);
    let series = |name, measure, figure: &dyn Fn(usize) -> Money, lacks: &[Option<Value>]| Series {
        name: Value::from(name),
        values: (0..by_month.len()).map(figure).collect(),
        openings: months
            .iter()
            .map(|month| context.opening(measure, place.clone().on(*month)))
            .collect(),
        lacks: lacks.to_owned(),
    };
    Chart {
        name: "revenue-and-cost",
        title: title.into(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series(
                figure::revenue(),
                Measure::Revenue,
                &|month| by_month[month].revenue,
                &[],
            ),
            series(
                cost_name,
                Measure::visible_project_cost(&context.scope),
                &|month| by_month[month].visible_cost(),
                &lacks,
            ),
        ],
        line: Some(series(
            margin.name(),
            margin,
            &|month| by_month[month].visible_margin(),
            &lacks,
        )),
        lacks: lacks::unrated(by_month.iter().map(|month| month.unrated).sum()),
    }
}
