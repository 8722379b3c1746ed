//! Home: the key figures of the scope, their course over the months, the divisions side by side, and budgets at risk.

mod at_risk;
mod incomplete;
mod tiles;
mod words;

use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    message::Value,
    messages::{self, figure, setting},
    money::Money,
    pages::{HOME, PACK},
    place::Place,
    report::{
        Arrangement, Cell, Chart, ChartMonth, Column, Content, Panel, Part, Phrase, Report, Row, Series, Table, YEAR,
        lacking::together, withheld_note,
    },
    server::{
        ledger::{KeyFigures, Ledger},
        timeline::Timeline,
    },
    view::{RenderContext, compared::Compared, lacks, no_share_of},
};
use at_risk::at_risk;
use incomplete::lacks_of;
use sea_orm::ConnectionTrait;
use tiles::tiles;
use words::Words;

/// The figures of Home.
///
/// # Errors
/// The database failed.
pub async fn report(db: &impl ConnectionTrait, context: &RenderContext) -> Result<Report, AppError> {
    let days = context.period.days(context.today);
    let compared = Compared::of(context);
    let months = days.months_and_before(YEAR);
    let timeline = Timeline::of(
        months
            .iter()
            .copied()
            .chain([days])
            .chain(compared.iter().map(|compared| compared.days)),
    );
    let ledger = Ledger::load(db, &context.scope, timeline, context.today, None).await?;
    let words = Words::of(&context.scope);
    let mut by_division = vec![
        Content::Table(divisions(&ledger, context, &days)),
        Content::note(vec![messages::home::management_view()]),
    ];
    if !context.scope.includes_labour_cost() {
        by_division.push(Content::note(vec![withheld_note()]));
    }
    let mut budgets = vec![Content::note(vec![words.burn.clone()])];
    budgets.extend(at_risk(&ledger, context, &days));
    let parts = vec![
        Part::Tiles(tiles(&words, &ledger, context, &days, compared.as_ref())),
        Part::Panel(Panel::new(
            words.chart.clone(),
            vec![Content::Chart(chart(&words, &ledger, context, &months, &days))],
        )),
        Part::Panel(Panel::new(messages::home::divisions(), by_division)),
        Part::Panel(Panel::new(messages::home::at_risk(), budgets)),
    ];
    Ok(Report {
        further: vec![Phrase::link(messages::window::pack(), context.link(PACK.path))],
        ..context.report(messages::window::home(), parts)
    })
}

fn chart(words: &Words, ledger: &Ledger, context: &RenderContext, months: &[Days], days: &Days) -> Chart {
    let key_figures: Vec<KeyFigures> = months.iter().map(|month| ledger.total(&context.scope, month)).collect();
    let lacks: Vec<Option<Value>> = key_figures
        .iter()
        .zip(months)
        .map(|(figures, month)| lacks_of(figures, ledger, context, month).0)
        .collect();
    let series = |measure: Measure, figure: fn(&KeyFigures) -> Money, lacks: &[Option<Value>]| Series {
        name: Value::from(measure.name()),
        values: key_figures.iter().map(figure).collect(),
        openings: months
            .iter()
            .map(|month| context.opening(measure, Place::chosen().on(*month)))
            .collect(),
        lacks: lacks.to_owned(),
    };
    Chart {
        name: "revenue-and-cost",
        title: words.chart_title.clone().into(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Grouped,
        bars: vec![
            series(Measure::Revenue, |month| month.revenue, &[]),
            series(words.cost, KeyFigures::visible_cost, &lacks),
        ],
        line: Some(series(words.margin, KeyFigures::visible_margin, &lacks)),
        lacks: None,
    }
}

fn divisions(ledger: &Ledger, context: &RenderContext, days: &Days) -> Table {
    let margin_share_measure = Measure::visible_margin(&context.scope).share();
    let margin_share = if context.scope.includes_labour_cost() {
        figure::margin_3_share_short()
    } else {
        figure::margin_1_share_short()
    };
    let row = |name: Cell, place: Place, figures: KeyFigures, unsplit: Option<Value>| {
        let unrated = lacks::unrated(figures.unrated);
        let both = together([unrated.clone(), unsplit.clone()]);
        let without_capacity = lacks::without_capacity(figures.without_capacity);
        let withheld =
            |amount: Option<Money>, lacks: &Option<Value>| Cell::money_unless_withheld(amount).lacking(lacks.as_ref());
        let share_lacks = both.as_ref().filter(|_| figures.labour_cost.is_some());
        let share = Cell::share(
            figures.visible_margin().share_of(figures.revenue),
            no_share_of(figures.revenue),
        );
        let utilisation = Cell::share(figures.utilisation(), figure::no_capacity());
        let cells = [
            (Measure::Revenue, Cell::of(figures.revenue)),
            (Measure::ExternalCost, Cell::of(figures.external_cost)),
            (Measure::MarginOne, Cell::of(figures.contribution_margin_1())),
            (Measure::LabourCost, withheld(figures.labour_cost, &unrated)),
            (Measure::MarginTwo, withheld(figures.contribution_margin_2(), &unrated)),
            (Measure::Overhead, Cell::of(figures.overhead).lacking(unsplit.as_ref())),
            (Measure::MarginThree, withheld(figures.contribution_margin_3(), &both)),
            (margin_share_measure, share.lacking(share_lacks)),
            (Measure::Utilisation, utilisation.lacking(without_capacity.as_ref())),
            (Measure::Unbilled, Cell::of(figures.unbilled)),
            (Measure::Advances, Cell::of(figures.advances)),
        ];
        let cells = cells.map(|(measure, cell)| context.figure(cell, measure, &place));
        Row::new(std::iter::once(name).chain(cells).collect())
    };
    let unsplit = context.unsplit(ledger.unsplit(None, days));
    let total = ledger.total(&context.scope, days);
    // Costs that aren't split are missing from each division, but not from the total.
    let unsplit_of_all = unsplit.clone().filter(|_| !context.scope.includes_unassigned());
    let all_lacks = together([
        lacks::unrated(total.unrated),
        lacks::without_capacity(total.without_capacity),
        unsplit.clone(),
    ]);
    Table {
        name: "contribution-margin-by-division",
        caption: messages::home::by_division(*days).into(),
        columns: vec![
            Column::text(setting::division()),
            Column::figure(figure::revenue()),
            Column::figure(figure::external_cost()),
            Column::figure(figure::margin_1_short()),
            Column::figure(figure::labour_cost()),
            Column::figure(figure::margin_2_short()),
            Column::figure(figure::overhead()),
            Column::figure(figure::margin_3_short()),
            Column::figure(margin_share),
            Column::figure(figure::utilisation()),
            Column::figure(figure::unbilled_short()),
            Column::figure(figure::advances_short()),
        ],
        rows: ledger
            .by_division(&context.scope, days)
            .into_iter()
            .map(|(key, figures)| {
                let lacks = unsplit.clone().filter(|_| key.is_some());
                let name = context.leading_division_cell(key, HOME.path);
                row(name, context.place_of(key), figures, lacks)
            })
            .collect(),
        total: Some(row(
            Cell::of(context.scope_name()),
            Place::chosen(),
            total,
            unsplit_of_all,
        )),
        lacks: all_lacks,
        empty: messages::home::no_division(),
    }
}
