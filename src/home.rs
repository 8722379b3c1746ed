//! Home: the key figures of the scope, their course over the months, the divisions side by side, and budgets at risk.

mod at_risk;
mod incomplete;
mod tiles;
mod words;

use crate::{
    error::AppError,
    money::Money,
    pages::HOME,
    period::Days,
    server::{
        ledger::{KeyFigures, Ledger},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table, withheld_note},
    },
    view::{Heading, MANAGEMENT_VIEW, RenderContext, Rendered, lacks, no_share_of},
};
use at_risk::at_risk;
use incomplete::lacks_of;
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use tiles::tiles;
use words::Words;

/// Renders Home.
///
/// # Errors
/// The database failed.
pub async fn render(db: &impl ConnectionTrait, context: &RenderContext) -> Result<Rendered, AppError> {
    let days = context.period.days(context.today);
    let before = context.period.days_before(context.today);
    let months = days.months_and_before(YEAR);
    let timeline = Timeline::of(months.iter().copied().chain([days, before]));
    let ledger = Ledger::load(db, &context.scope, timeline, context.today, None).await?;
    let words = Words::of(&context.scope);
    let content = view! {
        {Heading::of(HOME.title, context).view()}
        {tiles(&words, &ledger, context, &days, &before)}
        <section class="panel">
            <h2>{words.chart}</h2>
            {chart(&words, &ledger, context, &months, &days)}
        </section>
        <section class="panel">
            <h2>"Divisions"</h2>
            {divisions(&ledger, context, &days).view()}
            <p class="note">{MANAGEMENT_VIEW}</p>
            {(!context.scope.includes_labour_cost()).then(|| view! { <p class="note">{withheld_note()}</p> })}
        </section>
        <section class="panel">
            <h2>"Projects over or near their budget"</h2>
            <p class="note">{words.burn}</p>
            {at_risk(&ledger, context, &days)}
        </section>
    };
    Ok(Rendered::of(HOME.title, context, content))
}

fn chart(
    words: &Words,
    ledger: &Ledger,
    context: &RenderContext,
    months: &[Days],
    days: &Days,
) -> impl IntoView + use<> {
    let key_figures: Vec<KeyFigures> = months.iter().map(|month| ledger.total(&context.scope, month)).collect();
    let lacks: Vec<Option<String>> = key_figures
        .iter()
        .zip(months)
        .map(|(figures, month)| lacks_of(figures, ledger, context, month).0)
        .collect();
    let series = |name: &str, figure: fn(&KeyFigures) -> Money, lacks: &[Option<String>]| Series {
        name: name.to_owned(),
        values: key_figures.iter().map(figure).collect(),
        lacks: lacks.to_owned(),
    };
    Chart {
        title: words.chart_title.to_owned(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series("Revenue", |month| month.revenue, &[]),
            series(words.cost, KeyFigures::visible_cost, &lacks),
        ],
        line: Some(series(words.margin, KeyFigures::visible_margin, &lacks)),
        lacks: None,
        format: context.format,
    }
    .view()
}

fn divisions(ledger: &Ledger, context: &RenderContext, days: &Days) -> Table {
    let format = context.format;
    let margin_share = if context.scope.includes_labour_cost() {
        "CM III %"
    } else {
        "CM I %"
    };
    let row = |name: Cell, figures: KeyFigures, unsplit: Option<String>| {
        let unrated = lacks::unrated(figures.unrated, format);
        let both = lacks::together([unrated.clone(), unsplit.clone()]);
        let without_capacity = lacks::without_capacity(figures.without_capacity, format);
        let withheld = |amount: Option<Money>, lacks: &Option<String>| {
            Cell::money_unless_withheld(amount, format).lacking(lacks.as_deref())
        };
        let share_lacks = both.as_deref().filter(|_| figures.labour_cost.is_some());
        Row::new(vec![
            name,
            Cell::money(figures.revenue, format),
            Cell::money(figures.external_cost, format),
            Cell::money(figures.contribution_margin_1(), format),
            withheld(figures.labour_cost, &unrated),
            withheld(figures.contribution_margin_2(), &unrated),
            Cell::money(figures.overhead, format).lacking(unsplit.as_deref()),
            withheld(figures.contribution_margin_3(), &both),
            Cell::share(
                figures.visible_margin().share_of(figures.revenue),
                no_share_of(figures.revenue),
                format,
            )
            .lacking(share_lacks),
            Cell::share(figures.utilisation(), "no capacity", format).lacking(without_capacity.as_deref()),
            Cell::money(figures.unbilled, format),
            Cell::money(figures.advances, format),
        ])
    };
    let unsplit = context.unsplit(ledger.unsplit(None, days));
    let total = ledger.total(&context.scope, days);
    // Costs that aren't split are missing from each division, but not from the total.
    let unsplit_of_all = unsplit.clone().filter(|_| !context.scope.includes_unassigned());
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
            .by_division(&context.scope, days)
            .into_iter()
            .map(|(key, figures)| {
                let lacks = unsplit.clone().filter(|_| key.is_some());
                row(context.division_cell(key), figures, lacks)
            })
            .collect(),
        total: Some(row(Cell::text(context.scope.name()), total, unsplit_of_all)),
        lacks: all_lacks,
        empty: "There is no division that you may see. Ask your administrator for one.",
    }
}
