//! Costs: categories by month with totals, their chart, and the bookings below.

mod bookings;
mod category;
mod costs_query;
mod searched;
mod words;

pub use costs_query::CostsQuery;

use crate::{
    days::{Days, Month},
    error::AppError,
    measure::Measure,
    message::Value,
    messages::{self, figure},
    money::Money,
    pages::COSTS,
    place::Place,
    report::{
        Arrangement, Cell, Chart, ChartMonth, Column, Content, Opening, Panel, Part, Report, Row, Search, Series,
        Table, YEAR,
    },
    search::Wanted,
    server::{
        ledger::{KeyFigures, Ledger},
        timeline::Timeline,
    },
    view::RenderContext,
};
use category::{Category, Missing};
use sea_orm::{ConnectionTrait, StreamTrait};
use std::collections::BTreeMap;
use words::Words;

/// The chart tells this many categories apart; the smaller ones are combined.
const CHART_SERIES: usize = 6;

/// The figures of Costs. Their total equals Home's cost for the same scope; without labour if that is withheld.
///
/// # Errors
/// The database failed.
pub async fn report(
    db: &(impl ConnectionTrait + StreamTrait),
    context: &RenderContext,
    query: &CostsQuery,
) -> Result<Report, AppError> {
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
    let bookings = bookings::panel(db, context, &days, query).await?;
    let wanted = Wanted::new(&query.q);
    let words = Words::of(context, !wanted.is_nothing());
    let [in_period, in_chart] = if wanted.is_nothing() {
        let timeline = Timeline::of(chart_months.iter().chain(&period_months).copied().chain([days]));
        let ledger = Ledger::load(db, &context.scope, timeline, context.today, None).await?;
        [&period_months, &chart_months].map(|months| by_category(&ledger, context, months))
    } else {
        searched::categories(db, context, &wanted, [&period_months, &chart_months]).await?
    };
    let note_on_shared = if context.scope.is_unassigned_alone() {
        messages::costs::note_on_unsplit()
    } else {
        messages::costs::note_on_shared()
    };
    let parts = vec![
        Part::Panel(Panel::new(
            words.heading.clone(),
            vec![Content::Chart(chart(in_chart, &words, context, &chart_months, &days))],
        )),
        Part::Panel(Panel::new(
            messages::costs::categories(),
            vec![
                Content::Table(table(in_period, &words, context, &period_months)),
                Content::note(vec![words.note, note_on_shared]),
            ],
        )),
        Part::Panel(bookings),
    ];
    Ok(Report {
        search: Some(Search {
            path: COSTS.path,
            label: messages::costs::search(),
            text: query.q.clone(),
            fields: Vec::new(),
            kept: Vec::new(),
        }),
        ..context.report(messages::window::costs(), parts)
    })
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
        name: messages::costs::labour().into(),
        measure: Some((Measure::LabourCost, None)),
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
        name: Value::text(name),
        measure: Some((Measure::BookedCost, Some(name.to_owned()))),
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

fn table(categories: Vec<Category>, words: &Words, context: &RenderContext, months: &[Days]) -> Table {
    let row = |name: &Value, amounts: Option<&[Money]>, missing: &[Missing], opening: &[Option<Opening>]| {
        let mut cells = vec![Cell::of(name.clone())];
        match amounts {
            Some(amounts) => {
                let all = (amounts.iter().copied().sum(), missing.iter().copied().sum());
                let each = amounts.iter().copied().zip(missing.iter().copied()).chain([all]);
                cells.extend(
                    each.zip(opening)
                        .map(|((amount, missing), opening): ((Money, Missing), _)| {
                            let cell = Cell::of(amount).lacking(missing.lacks(context).as_ref());
                            match opening {
                                Some(opening) => cell.opening(opening.clone()),
                                None => cell,
                            }
                        }),
                );
            }
            None => cells.extend(vec![Cell::withheld(); months.len() + 1]),
        }
        Row::new(cells)
    };
    let of_all = words.measure.map(|measure| (measure, None));
    let of_all = openings(of_all.as_ref(), context, months, true);
    let mut columns = vec![Column::text(figure::category())];
    columns.extend(months.iter().map(|days| {
        let month = Month::of(days.from);
        // A month that is only partly in the period is named by its days; the current month ends today anyway.
        let is_whole = days.from == month.first_day() && (days.to == month.last_day() || days.to == context.today);
        Column::figure(if is_whole {
            Value::Month(month)
        } else {
            Value::Days(*days)
        })
    }));
    columns.push(Column::figure(figure::total()));
    let (totals, missing) = (sums(&categories, months), missing_in(&categories, months));
    Table {
        name: "categories",
        caption: messages::costs::by_category().into(),
        columns,
        rows: categories
            .iter()
            .map(|category| {
                let openings = openings(category.measure.as_ref(), context, months, true);
                row(
                    &category.name,
                    category.amounts.as_deref(),
                    &category.missing,
                    &openings,
                )
            })
            .collect(),
        total: Some(row(&words.total.clone().into(), Some(&totals), &missing, &of_all)),
        lacks: None,
        empty: words.none.clone(),
    }
}

/// The ways from the amounts of `months`, and from the one of all of them if `with_all`, to what they are made of.
fn openings(
    measure: Option<&(Measure, Option<String>)>,
    context: &RenderContext,
    months: &[Days],
    with_all: bool,
) -> Vec<Option<Opening>> {
    let opening = |days: Option<Days>| {
        let (measure, category) = measure?;
        let place = Place {
            category: category.clone(),
            days,
            ..Place::chosen()
        };
        Some(context.opening(*measure, place))
    };
    let all = with_all.then(|| opening(None));
    months.iter().map(|days| opening(Some(*days))).chain(all).collect()
}

fn chart(categories: Vec<Category>, words: &Words, context: &RenderContext, months: &[Days], days: &Days) -> Chart {
    let missing: Missing = categories
        .iter()
        .flat_map(|category| category.missing.iter().copied())
        .sum();
    let lacks = missing.lacks(context);
    let mut shown: Vec<(Money, Category)> = categories
        .into_iter()
        .filter_map(|category| Some((category.amounts.as_ref()?.iter().copied().sum(), category)))
        .collect();
    // A stable sort: of two that cost the same, the order of the table stands.
    shown.sort_by_key(|(amount, _)| std::cmp::Reverse(*amount));
    let mut shown: Vec<Category> = shown.into_iter().map(|(_, category)| category).collect();
    if shown.len() > CHART_SERIES {
        let small = shown.split_off(CHART_SERIES - 1);
        shown.push(Category {
            name: messages::costs::other().into(),
            // The table below has each of them.
            measure: None,
            amounts: Some(sums(&small, months)),
            missing: missing_in(&small, months),
        });
    }
    let bars = shown
        .into_iter()
        .map(|category| Series {
            openings: openings(category.measure.as_ref(), context, months, false)
                .into_iter()
                .flatten()
                .collect(),
            lacks: category.missing.iter().map(|missing| missing.lacks(context)).collect(),
            values: category.amounts.unwrap_or_default(),
            name: category.name,
        })
        .collect();
    Chart {
        name: "cost",
        title: words.chart.clone().into(),
        months: ChartMonth::of(months, days),
        arrangement: Arrangement::Stacked,
        bars,
        line: None,
        lacks,
    }
}
