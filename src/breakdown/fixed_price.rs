//! The revenue of a fixed price: its fee by the days of the project, month by month.

use super::opened::Opened;
use crate::{
    books::Terms,
    days::{Days, Month},
    messages::{figure, measure as words, projects as project_words},
    money::Money,
    report::{Cell, Column, Content, Fact, Panel, Row, Table},
    server::ledger::{ProjectLedger, accrued},
};
use chrono::NaiveDate;

/// The fee with its days, and what was earned in each month.
pub(super) fn panel<C>(opened: &Opened<'_, C>, ledger: &ProjectLedger) -> Panel {
    let project = &ledger.project;
    let until = |day: NaiveDate| accrued(&project.terms, day.min(opened.context.today));
    let owned = project.owners_in(&opened.days).into_iter();
    let owned = owned.filter(|(owner, _)| opened.context.scope.includes(*owner));
    // Nothing is earned before the project's first day, by whichever terms, nor after today.
    let first = project.terms.iter().map(|(_, terms)| terms.starts_on).min();
    let owned = owned.map(|(_, days)| Days {
        from: days.from.max(first.unwrap_or(days.from)),
        to: days.to.min(opened.context.today),
    });
    let owned = owned.filter(|days| days.from <= days.to);
    let rows: Vec<(Days, Money)> = owned
        .flat_map(|days| by_month(&days))
        .map(|days| {
            let before = days.from.pred_opt().unwrap_or(days.from);
            (days, until(days.to) - until(before))
        })
        .filter(|(_, earned)| *earned != Money(0))
        .collect();
    let sum = rows.iter().map(|(_, earned)| *earned).sum::<Money>();
    let row = |(days, earned): &(Days, Money)| {
        let terms = project.terms_on(days.to);
        let counted = terms.and_then(|terms| runs(&terms).overlap(days));
        Row::new(vec![
            Cell::of(*days),
            Cell::of(counted.map_or(0, |days| days.count().unsigned_abs())),
            terms.map_or(Cell::Nothing, |terms| Cell::of(runs(&terms).count().unsigned_abs())),
            terms.and_then(|terms| terms.fee).map_or(Cell::Nothing, Cell::of),
            Cell::of(*earned),
        ])
    };
    let table = Table {
        name: "days",
        caption: words::by_days().into(),
        columns: vec![
            Column::text(words::days()),
            Column::figure(words::days_of_project_here()),
            Column::figure(words::days_of_project()),
            Column::figure(project_words::fixed_price()),
            Column::figure(figure::earned()),
        ],
        rows: Vec::new(),
        total: Some(Row::total(5, vec![(4, Cell::of(sum))])),
        lacks: None,
        empty: words::nothing(),
    };
    let facts = project.terms_on(opened.days.to).map(|terms| {
        Content::Facts(vec![
            Fact::new(project_words::fixed_price(), terms.fee.map_or(Cell::Nothing, Cell::of)),
            Fact::new(project_words::runs(), Cell::of(runs(&terms))),
        ])
    });
    let contents = facts
        .into_iter()
        .chain([opened.list(table, rows.iter().map(row).collect())]);
    Panel::new(words::by_days(), contents.collect())
}

/// The days over which the fee is spread.
fn runs(terms: &Terms) -> Days {
    Days {
        from: terms.starts_on,
        to: terms.ends_on.unwrap_or(terms.starts_on).max(terms.starts_on),
    }
}

/// The days cut at the ends of months.
fn by_month(days: &Days) -> Vec<Days> {
    let cut = |month: Month| Days {
        from: month.first_day().max(days.from),
        to: month.last_day().min(days.to),
    };
    days.months().into_iter().map(cut).collect()
}
