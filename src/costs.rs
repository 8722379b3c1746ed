//! Costs: categories by month with totals, their chart, and the bookings below.

mod bookings;
mod costs_query;
mod costs_sql;

pub use costs_query::CostsQuery;

use crate::{
    error::AppError,
    money::{Minutes, Money},
    pages::COSTS,
    period::{Days, Month},
    server::{
        ledger::{KeyFigures, Ledger},
        timeline::Timeline,
    },
    ui::{
        chart::{Arrangement, Chart, ChartMonth, Series, YEAR},
        table::{Cell, Column, Row, Table, WITHHELD},
    },
    view::{Heading, RenderContext, Rendered, Search, lacks},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use std::{collections::BTreeMap, iter::Sum, ops::Add};

/// The name of labour cost, which is a cost but not a booking.
const LABOUR: &str = "Labour";

/// A category with its cost in each of some months; `None` where that is withheld.
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
    fn text(self, context: &RenderContext) -> Option<String> {
        lacks::together([
            lacks::unrated(Some(self.unrated), context.format),
            context.unsplit(self.unsplit),
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

/// The chart tells this many categories apart; the smaller ones are combined.
const CHART_SERIES: usize = 6;

/// Renders Costs. Its total equals Home's cost for the same scope; without labour where that is withheld.
///
/// # Errors
/// The database failed.
pub async fn render(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    query: &CostsQuery,
) -> Result<Rendered, AppError> {
    let days = context.period.days(context.today);
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
    let ledger = Ledger::load(db, &context.scope, timeline, context.today, None).await?;
    let bookings = bookings::section(db, context, &days, query).await?;
    let in_period = by_category(&ledger, context, &period_months);
    let in_chart = by_category(&ledger, context, &chart_months);
    let note = if context.scope.includes_labour_cost() {
        "Labour is hours at the people's cost rates of the day.".to_owned()
    } else {
        format!("What labour costs is {WITHHELD}; totals are without it.")
    };
    let search = Search {
        path: COSTS.path,
        label: "Text, supplier, category or project",
        text: query.q.clone(),
        kept: Vec::new(),
    };
    let content = view! {
        {Heading::of(COSTS.title, context).with_search(search).view()}
        <section class="panel">
            <h2>{without_labour("Cost by month", context)}</h2>
            {chart(in_chart, context, &chart_months, &days)}
        </section>
        <section class="panel">
            <h2>"Categories"</h2>
            {table(in_period, context, &period_months).view()}
            <p class="note">
                {note} " Shared bookings count with this division's part, split by the key of the day."
            </p>
        </section>
        {bookings}
    };
    Ok(Rendered::of(COSTS.title, context, content))
}

/// `what`, followed by a note that it is without labour where that is withheld.
fn without_labour(what: &str, context: &RenderContext) -> String {
    if context.scope.includes_labour_cost() {
        what.to_owned()
    } else {
        format!("{what}, without labour")
    }
}

/// The cost of each category in each of `months`: labour first, then by name.
fn by_category(ledger: &Ledger, context: &RenderContext, months: &[Days]) -> Vec<Category> {
    let labour: Vec<KeyFigures> = months.iter().map(|month| ledger.total(&context.scope, month)).collect();
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
    // Costs that aren't split are missing from each division, but not from the total.
    let is_lacking = !context.scope.includes_unassigned();
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

/// The total cost of the visible `categories` in each of `months`.
fn sums(categories: &[Category], months: &[Days]) -> Vec<Money> {
    let visible = || categories.iter().filter_map(|category| category.amounts.as_ref());
    (0..months.len())
        .map(|month| visible().map(|amounts| amounts[month]).sum())
        .collect()
}

/// What this total lacks in each of `months`.
fn missing_in(categories: &[Category], months: &[Days]) -> Vec<Missing> {
    (0..months.len())
        .map(|month| categories.iter().map(|category| category.missing[month]).sum())
        .collect()
}

fn table(categories: Vec<Category>, context: &RenderContext, months: &[Days]) -> Table {
    let format = context.format;
    let row = |name: &str, amounts: Option<&[Money]>, missing: &[Missing]| {
        let mut cells = vec![Cell::text(name)];
        match amounts {
            Some(amounts) => {
                let all = (amounts.iter().copied().sum(), missing.iter().copied().sum());
                let each = amounts.iter().copied().zip(missing.iter().copied()).chain([all]);
                cells.extend(each.map(|(amount, missing): (Money, Missing)| {
                    Cell::money(amount, format).lacking(missing.text(context).as_deref())
                }));
            }
            None => cells.extend(vec![Cell::Withheld; months.len() + 1]),
        }
        Row::new(cells)
    };
    let mut columns = vec![Column::text("Category")];
    columns.extend(months.iter().map(|days| {
        let month = Month::of(days.from);
        // A month that is only partly in the period is named by its days; the current month ends today anyway.
        let is_whole = days.from == month.first_day() && (days.to == month.last_day() || days.to == context.today);
        Column::figure(if is_whole { month.name() } else { days.name() })
    }));
    columns.push(Column::figure("Total"));
    let (totals, missing) = (sums(&categories, months), missing_in(&categories, months));
    Table {
        caption: "Costs by category and month".to_owned(),
        caption_hidden: true,
        columns,
        rows: categories
            .iter()
            .map(|category| row(&category.name, category.amounts.as_deref(), &category.missing))
            .collect(),
        total: Some(row(&without_labour("Total", context), Some(&totals), &missing)),
        lacks: None,
        empty: "",
    }
}

fn chart(categories: Vec<Category>, context: &RenderContext, months: &[Days], days: &Days) -> impl IntoView + use<> {
    let missing: Missing = categories
        .iter()
        .flat_map(|category| category.missing.iter().copied())
        .sum();
    let lacks = missing.text(context);
    let mut shown: Vec<(Money, Category)> = categories
        .into_iter()
        .filter_map(|category| Some((category.amounts.as_ref()?.iter().copied().sum(), category)))
        .collect();
    shown.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.name.cmp(&other.1.name)));
    let mut shown: Vec<Category> = shown.into_iter().map(|(_, category)| category).collect();
    if shown.len() > CHART_SERIES {
        let small = shown.split_off(CHART_SERIES - 1);
        shown.push(Category {
            name: "Other".to_owned(),
            amounts: Some(sums(&small, months)),
            missing: missing_in(&small, months),
        });
    }
    let bars = shown
        .into_iter()
        .map(|category| Series {
            lacks: category.missing.iter().map(|missing| missing.text(context)).collect(),
            values: category.amounts.unwrap_or_default(),
            name: category.name,
        })
        .collect();
    Chart {
        title: without_labour("Cost by category and month", context),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Stacked,
        bars,
        line: None,
        lacks,
        format: context.format,
    }
    .view()
}
