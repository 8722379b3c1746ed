//! Costs: categories by month with totals, their chart, and the bookings below.

mod bookings;
mod query;

pub use query::CostsQuery;

use crate::{
    error::AppError,
    money::Money,
    period::{Days, Month},
    server::{ledger::Ledger, timeline::Timeline},
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table, WITHHELD},
    },
    view::{Heading, Rendered, Request, Search},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;

/// The name of what the hours cost, which is no booking and yet a cost.
const LABOUR: &str = "Labour";

/// A category with what it cost in each of some months; none where that is withheld.
struct Category {
    name: String,
    amounts: Option<Vec<Money>>,
}

/// A chart tells this many categories apart; the smaller ones become one.
const CHART_SERIES: usize = 6;

/// Renders Costs. Its total is Home's cost for the same scope; without labour where that is withheld.
///
/// # Errors
/// The database failed.
pub async fn render(db: &impl ConnectionTrait, request: &Request, query: &CostsQuery) -> Result<Rendered, AppError> {
    let days = request.period.days(request.today);
    let chart_months = days.months_and_before(YEAR);
    let period_months: Vec<Days> = days
        .months()
        .into_iter()
        .map(|month| Days {
            from: month.first_day().max(days.from),
            to: month.last_day().min(days.to),
        })
        .collect();
    let timeline = Timeline::of(chart_months.iter().chain(&period_months).copied().chain([days]));
    let ledger = Ledger::load(db, &request.scope, timeline, request.today, None).await?;
    let bookings = bookings::section(db, request, &days, query).await?;
    let in_period = by_category(&ledger, request, &period_months);
    let in_chart = by_category(&ledger, request, &chart_months);
    let note = if request.scope.includes_labour_cost() {
        "Labour is hours at the people's cost rates of the day.".to_owned()
    } else {
        format!("What labour costs is {WITHHELD}; totals are without it.")
    };
    let search = Search {
        path: "/costs",
        label: "Text, supplier, category or project",
        text: query.q.clone(),
        kept: Vec::new(),
    };
    let content = view! {
        {Heading::of("Costs", request).with_search(search).view()}
        <section class="panel">
            <h2>{without_labour("Cost by month", request)}</h2>
            {chart(in_chart, request, &chart_months, &days)}
        </section>
        <section class="panel">
            <h2>"Categories"</h2>
            {table(in_period, request, &period_months).view()}
            <p class="note">
                {note} " Shared bookings count with this division's part, split by the key of the day."
            </p>
        </section>
        {bookings}
    };
    Ok(Rendered::of("Costs", request, content))
}

/// `what`, which says that it is without labour where that is withheld.
fn without_labour(what: &str, request: &Request) -> String {
    if request.scope.includes_labour_cost() {
        what.to_owned()
    } else {
        format!("{what}, without labour")
    }
}

/// What each category cost in each of `months`, labour first, then by name.
fn by_category(ledger: &Ledger, request: &Request, months: &[Days]) -> Vec<Category> {
    let labour = |month: &Days| ledger.total(&request.scope, month).labour_cost;
    let mut categories: BTreeMap<&str, Vec<Money>> = BTreeMap::new();
    for sum in &ledger.categories {
        for (place, month) in months.iter().enumerate() {
            if ledger.timeline.stretches(month).contains(&sum.stretch) {
                let amounts = categories
                    .entry(&sum.category)
                    .or_insert_with(|| vec![Money(0); months.len()]);
                amounts[place] += sum.amount;
            }
        }
    }
    let labour = Category {
        name: LABOUR.to_owned(),
        amounts: months.iter().map(labour).collect(),
    };
    let bookings = categories.into_iter().map(|(name, amounts)| Category {
        name: name.to_owned(),
        amounts: Some(amounts),
    });
    std::iter::once(labour).chain(bookings).collect()
}

fn table(categories: Vec<Category>, request: &Request, months: &[Days]) -> Table {
    let format = request.format;
    let row = |name: &str, amounts: Option<&[Money]>| {
        let mut cells = vec![Cell::text(name)];
        match amounts {
            Some(amounts) => {
                cells.extend(amounts.iter().map(|amount| Cell::money(*amount, format)));
                cells.push(Cell::money(amounts.iter().copied().sum(), format));
            }
            None => cells.extend(vec![Cell::Withheld; months.len() + 1]),
        }
        Row::new(cells)
    };
    let mut columns = vec![Column::text("Category")];
    columns.extend(months.iter().map(|days| {
        let month = Month::of(days.from);
        // A month that the period cuts is named by its days; the running one ends today anyway.
        let is_whole = days.from == month.first_day() && (days.to == month.last_day() || days.to == request.today);
        Column::figure(if is_whole { month.name() } else { days.name() })
    }));
    columns.push(Column::figure("Total"));
    let visible = || categories.iter().filter_map(|category| category.amounts.as_ref());
    let totals: Vec<Money> = (0..months.len())
        .map(|month| visible().map(|amounts| amounts[month]).sum())
        .collect();
    Table {
        caption: "Costs by category and month".to_owned(),
        caption_hidden: true,
        columns,
        rows: categories
            .iter()
            .map(|category| row(&category.name, category.amounts.as_deref()))
            .collect(),
        total: Some(row(&without_labour("Total", request), Some(&totals))),
        lacks: None,
        empty: "",
    }
}

fn chart(categories: Vec<Category>, request: &Request, months: &[Days], days: &Days) -> impl IntoView + use<> {
    let mut by_size: Vec<(Money, Series)> = categories
        .into_iter()
        .filter_map(|Category { name, amounts }| {
            Some(Series {
                name,
                values: amounts?,
                lacks: Vec::new(),
            })
        })
        .map(|series| (series.values.iter().copied().sum(), series))
        .collect();
    by_size.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.name.cmp(&other.1.name)));
    let mut bars: Vec<Series> = by_size.into_iter().map(|(_, series)| series).collect();
    if bars.len() > CHART_SERIES {
        let small = bars.split_off(CHART_SERIES - 1);
        let values = (0..months.len())
            .map(|month| small.iter().map(|series| series.values[month]).sum())
            .collect();
        bars.push(Series {
            name: "Other".to_owned(),
            values,
            lacks: Vec::new(),
        });
    }
    Chart {
        title: without_labour("Cost by category and month", request),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Stacked,
        bars,
        line: None,
        format: request.format,
        lacks: None,
    }
    .view()
}
