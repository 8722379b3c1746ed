//! Home: the key figures of the scope, their course over the months, the divisions side by side, and budgets at risk.

mod at_risk;
mod key_figures;
mod words;

use crate::{
    error::AppError,
    money::Money,
    period::Days,
    server::{
        ledger::{Ledger, Statement},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table, withheld_note},
    },
    view::{Heading, MANAGEMENT_VIEW, Rendered, Request, lacks, no_share_of},
};
use at_risk::at_risk;
use key_figures::key_figures;
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use words::Words;

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
    let content = view! {
        {Heading::of("Home", request).view()}
        {key_figures(&words, &ledger, request, &days, &before)}
        <section class="panel">
            <h2>{words.chart}</h2>
            {chart(&words, &ledger, request, &months, &days)}
        </section>
        <section class="panel">
            <h2>"Divisions"</h2>
            {divisions(&ledger, request, &days).view()}
            <p class="note">{MANAGEMENT_VIEW}</p>
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

fn chart(words: &Words, ledger: &Ledger, request: &Request, months: &[Days], days: &Days) -> impl IntoView + use<> {
    let statements: Vec<Statement> = months.iter().map(|month| ledger.total(&request.scope, month)).collect();
    let lacks: Vec<Option<String>> = statements
        .iter()
        .zip(months)
        .map(|(statement, month)| lacks_of(statement, ledger, request, month).0)
        .collect();
    let series = |name: &str, figure: fn(&Statement) -> Money, lacks: &[Option<String>]| Series {
        name: name.to_owned(),
        values: statements.iter().map(figure).collect(),
        lacks: lacks.to_owned(),
    };
    Chart {
        title: words.chart_title.to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", |month| month.revenue, &[]),
            series(words.cost, Statement::visible_cost, &lacks),
        ],
        line: Some(series(words.margin, Statement::visible_margin, &lacks)),
        lacks: None,
        format: request.format,
    }
    .view()
}

fn divisions(ledger: &Ledger, request: &Request, days: &Days) -> Table {
    let format = request.format;
    let margin_share = if request.scope.includes_labour_cost() {
        "CM III %"
    } else {
        "CM I %"
    };
    let row = |name: Cell, statement: Statement, unsplit: Option<String>| {
        let unrated = lacks::unrated(statement.unrated, format);
        let both = lacks::together([unrated.clone(), unsplit.clone()]);
        let without_capacity = lacks::without_capacity(statement.without_capacity, format);
        let withheld = |amount: Option<Money>, lacks: &Option<String>| {
            Cell::money_unless_withheld(amount, format).lacking(lacks.as_deref())
        };
        let share_lacks = both.as_deref().filter(|_| statement.labour_cost.is_some());
        Row::new(vec![
            name,
            Cell::money(statement.revenue, format),
            Cell::money(statement.external_cost, format),
            Cell::money(statement.contribution_margin_1(), format),
            withheld(statement.labour_cost, &unrated),
            withheld(statement.contribution_margin_2(), &unrated),
            Cell::money(statement.overhead, format).lacking(unsplit.as_deref()),
            withheld(statement.contribution_margin_3(), &both),
            Cell::share(
                statement.visible_margin().share_of(statement.revenue),
                no_share_of(statement.revenue),
                format,
            )
            .lacking(share_lacks),
            Cell::share(statement.utilisation(), "no capacity", format).lacking(without_capacity.as_deref()),
            Cell::money(statement.unbilled, format),
            Cell::money(statement.advances, format),
        ])
    };
    let unsplit = request.unsplit(ledger.unsplit(None, days));
    let total = ledger.total(&request.scope, days);
    // What isn't split is in no division, and in the whole.
    let unsplit_of_all = unsplit.clone().filter(|_| !request.scope.includes_unassigned());
    let all_lacks = lacks::together([
        lacks::unrated(total.unrated, format),
        lacks::without_capacity(total.without_capacity, format),
        unsplit.clone(),
    ]);
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
            Column::figure("Unbilled"),
            Column::figure("Advances"),
        ],
        rows: ledger
            .statements(&request.scope, days)
            .into_iter()
            .map(|(key, statement)| {
                let lacks = unsplit.clone().filter(|_| key.is_some());
                row(request.division_cell(key), statement, lacks)
            })
            .collect(),
        total: Some(row(Cell::text(request.scope.name()), total, unsplit_of_all)),
        lacks: all_lacks,
        empty: "There is no division that you may see. Ask your administrator for one.",
    }
}

/// What the figures of `statement` lack that contain cost, and those that contain capacity.
fn lacks_of(
    statement: &Statement,
    ledger: &Ledger,
    request: &Request,
    days: &Days,
) -> (Option<String>, Option<String>) {
    let format = request.format;
    // The whole that isn't split is among what is unassigned.
    let unsplit = match statement.labour_cost.is_some() && !request.scope.includes_unassigned() {
        true => request.unsplit(ledger.unsplit(None, days)),
        false => None,
    };
    (
        lacks::together([lacks::unrated(statement.unrated, format), unsplit]),
        lacks::without_capacity(statement.without_capacity, format),
    )
}
