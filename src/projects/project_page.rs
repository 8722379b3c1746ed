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
    message::Value,
    messages::{figure, home, projects, setting},
    money::{Burn, Money},
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
            panel(projects::in_period(days).into(), figures(project, &ledger, &days)),
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
            Content::Table(hours_by_month(project, &ledger, &months)),
        )),
        Part::Panel(panel(
            figure::people().into(),
            Content::Table(people_table(people, context)),
        )),
        Part::Beside(vec![
            panel(figure::bookings().into(), Content::Table(bookings_table(bookings))),
            panel(figure::invoices().into(), Content::Table(invoices_table(invoices))),
        ]),
    ];
    Ok(context.report(title(&project.project.code, &project.project.name), parts))
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

fn figures(project: &ProjectLedger, ledger: &Ledger, days: &Days) -> Content {
    let figures = project.figures(ledger.timeline.stretches(days));
    let margin = figures.visible_margin();
    let margin_and_share = match margin.share_of(figures.revenue) {
        Some(share) => projects::margin_and_share(margin, share).into(),
        None => Value::Money(margin),
    };
    let margin_name = match figures.contribution_margin_2() {
        Some(_) => figure::margin_2(),
        None => figure::margin_1(),
    };
    let rate = figures
        .effective_hourly_rate()
        .map_or_else(|| Cell::Missing(figure::no_hours()), Cell::of);
    let lacks = lacks::unrated(figures.unrated);
    let lacks = lacks.as_ref();
    Content::Facts(vec![
        Fact::new(figure::revenue(), Cell::of(figures.revenue)),
        Fact::new(figure::external_cost(), Cell::of(figures.external_cost)),
        Fact::new(
            figure::labour_cost(),
            Cell::money_unless_withheld(figures.labour_cost).lacking(lacks),
        ),
        Fact::new(margin_name, Cell::of(margin_and_share).lacking(lacks)),
        Fact::new(figure::hours_name(), Cell::of(figures.minutes)),
        Fact::new(figure::billable(), Cell::of(figures.billable_minutes)),
        Fact::new(projects::effective_rate(), rate),
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
    let at_completion = match project.cost_at_completion(end, days.to) {
        Forecast::Cost(cost) => Cell::of(cost).lacking(lacks),
        Forecast::Ended(cost) => Cell::of(projects::cost_of_ended(cost)).lacking(lacks),
        Forecast::NoBudget => Cell::of(projects::no_hours_budget()),
        Forecast::OverBudget => Cell::of(projects::hours_used_up()),
        Forecast::NotBegun => Cell::of(projects::not_begun()),
        Forecast::TooLarge => Cell::of(projects::too_large()),
        Forecast::Withheld => Cell::withheld(),
    };
    let cost_name = if so_far.cost().is_some() {
        figure::cost()
    } else {
        figure::external_cost()
    };
    let facts = vec![
        Fact::new(figure::earned(), Cell::of(so_far.revenue)),
        Fact::new(figure::invoiced(), Cell::of(project.invoiced_until(end))),
        Fact::new(figure::unbilled(), Cell::of(project.unbilled(end))),
        Fact::new(figure::advances(), Cell::of(project.advances(end))),
        Fact::new(figure::hours_name(), Cell::of(so_far.minutes)),
        Fact::new(cost_name, Cell::of(so_far.visible_cost()).lacking(lacks)),
        Fact::new(figure::burn(), burn),
        Fact::new(projects::cost_at_completion(), at_completion),
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
    let (title, cost, margin) = if context.scope.includes_labour_cost() {
        (projects::chart_title(), figure::cost(), figure::margin_2())
    } else {
        (
            home::chart_title_without_labour(),
            figure::external_cost(),
            figure::margin_1(),
        )
    };
    let by_month: Vec<_> = months
        .iter()
        .map(|month| project.figures(ledger.timeline.stretches(month)))
        .collect();
    let lacks: Vec<Option<Value>> = by_month.iter().map(|month| lacks::unrated(month.unrated)).collect();
    let series = |name, figure: &dyn Fn(usize) -> Money, lacks: &[Option<Value>]| Series {
        name: Value::from(name),
        values: (0..by_month.len()).map(figure).collect(),
        lacks: lacks.to_owned(),
    };
    Chart {
        name: "revenue-and-cost",
        title: title.into(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series(figure::revenue(), &|month| by_month[month].revenue, &[]),
            series(cost, &|month| by_month[month].visible_cost(), &lacks),
        ],
        line: Some(series(margin, &|month| by_month[month].visible_margin(), &lacks)),
        lacks: lacks::unrated(by_month.iter().map(|month| month.unrated).sum()),
    }
}
