//! Costs: categories by month with totals, their chart, and the bookings below.

mod bookings;
mod query;

pub use query::CostsQuery;

use crate::{
    error::AppError,
    money::{Minutes, Money},
    period::{Days, Month},
    server::{
        ledger::{Ledger, Statement},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table, WITHHELD},
    },
    view::{Heading, Rendered, Request, Search, lacks},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use std::{collections::BTreeMap, iter::Sum, ops::Add};

/// The name of what the hours cost, which is no booking and yet a cost.
const LABOUR: &str = "Labour";

/// A category with what it cost in each of some months; none where that is withheld.
struct Category {
    name: String,
    amounts: Option<Vec<Money>>,
    /// What each of the months lacks.
    missing: Vec<Missing>,
}

/// What a cost lacks: hours whose cost isn't known, and shared bookings that are not split.
#[derive(Clone, Copy, Default)]
struct Missing {
    unrated: Minutes,
    unsplit: Money,
}

impl Missing {
    fn text(self, request: &Request) -> Option<String> {
        lacks::together([
            lacks::unrated(Some(self.unrated), request.format),
            request.unsplit(self.unsplit),
        ])
    }
}

impl Add for Missing {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            unrated: self.unrated + other.unrated,
            unsplit: self.unsplit + other.unsplit,
        }
    }
}

impl Sum for Missing {
    fn sum<I: Iterator<Item = Self>>(each: I) -> Self {
        each.fold(Self::default(), Add::add)
    }
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
    let labour: Vec<Statement> = months.iter().map(|month| ledger.total(&request.scope, month)).collect();
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
    // What isn't split is in no division, and in the whole.
    let is_lacking = !request.scope.includes_unassigned();
    for category in ledger.unsplit_categories().filter(|_| is_lacking) {
        let nothing = || vec![Money(0); months.len()];
        categories.entry(category).or_insert_with(nothing);
    }
    let unsplit = |category: &str, month: &Days| match is_lacking {
        true => ledger.unsplit(Some(category), month),
        false => Money(0),
    };
    let labour = Category {
        name: LABOUR.to_owned(),
        amounts: labour.iter().map(|month| month.labour_cost).collect(),
        missing: labour
            .iter()
            .map(|month| Missing {
                unrated: month.unrated.unwrap_or_default(),
                ..Missing::default()
            })
            .collect(),
    };
    let bookings = categories.into_iter().map(|(name, amounts)| Category {
        name: name.to_owned(),
        missing: months
            .iter()
            .map(|month| Missing {
                unsplit: unsplit(name, month),
                ..Missing::default()
            })
            .collect(),
        amounts: Some(amounts),
    });
    std::iter::once(labour).chain(bookings).collect()
}

fn table(categories: Vec<Category>, request: &Request, months: &[Days]) -> Table {
    let format = request.format;
    let row = |name: &str, amounts: Option<&[Money]>, missing: &[Missing]| {
        let mut cells = vec![Cell::text(name)];
        match amounts {
            Some(amounts) => {
                let all = (amounts.iter().copied().sum(), missing.iter().copied().sum());
                let each = amounts.iter().copied().zip(missing.iter().copied()).chain([all]);
                cells.extend(each.map(|(amount, missing): (Money, Missing)| {
                    Cell::money(amount, format).lacking(missing.text(request).as_deref())
                }));
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
    let missing: Vec<Missing> = (0..months.len())
        .map(|month| categories.iter().map(|category| category.missing[month]).sum())
        .collect();
    Table {
        caption: "Costs by category and month".to_owned(),
        caption_hidden: true,
        columns,
        rows: categories
            .iter()
            .map(|category| row(&category.name, category.amounts.as_deref(), &category.missing))
            .collect(),
        total: Some(row(&without_labour("Total", request), Some(&totals), &missing)),
        lacks: None,
        empty: "",
    }
}

fn chart(categories: Vec<Category>, request: &Request, months: &[Days], days: &Days) -> impl IntoView + use<> {
    let missing: Missing = categories
        .iter()
        .flat_map(|category| category.missing.iter().copied())
        .sum();
    let lacks = missing.text(request);
    let mut by_size: Vec<(Money, Series)> = categories
        .into_iter()
        .filter_map(|category| {
            let missing = category.missing.iter();
            Some(Series {
                lacks: missing.map(|missing| missing.text(request)).collect(),
                values: category.amounts?,
                name: category.name,
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
        let lacks = (0..months.len())
            .map(|month| small.iter().find_map(|series| series.lacks[month].clone()))
            .collect();
        bars.push(Series {
            name: "Other".to_owned(),
            values,
            lacks,
        });
    }
    Chart {
        title: without_labour("Cost by category and month", request),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Stacked,
        bars,
        line: None,
        lacks,
        format: request.format,
    }
    .view()
}
