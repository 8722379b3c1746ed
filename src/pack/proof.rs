//! The proof: each key figure that adds up, chapter by chapter, with the sum of the chapters and how far it is from All.

use super::{
    additive::{Additive, additive},
    share::{ALL, Share},
};
use crate::{
    days::Days,
    message::Value,
    messages::{export, home, pack},
    money::{Minutes, Money},
    report::{Calculation, Cell, Chapter, Column, Content, Panel, Row, Table},
    server::ledger::Ledger,
    view::{RenderContext, amount::Amount},
};

/// The chapter with the proof for `shares`, whose chapters begin with these figures in this order.
pub(super) fn chapter(shares: &[Share], ledger: &Ledger, context: &RenderContext, days: &Days) -> Chapter {
    let all = Share::of_all(ledger, context, days);
    let mut columns = vec![Column::text(export::key_figure())];
    columns.extend(shares.iter().map(|share| Column::figure(share.name(context))));
    columns.extend([
        Column::figure(pack::sum()),
        Column::figure(context.scope_name()),
        Column::figure(pack::difference()),
    ]);
    let figures = additive(&context.scope).into_iter().enumerate();
    let table = Table {
        name: "proof",
        caption: pack::proof().into(),
        columns,
        rows: figures
            .map(|(place, figure)| row(place, figure, shares, &all, context))
            .collect(),
        total: None,
        lacks: None,
        empty: home::no_division(),
    };
    Chapter {
        key: ALL.to_owned(),
        title: pack::proof().into(),
        panels: vec![Panel {
            heading: None,
            contents: vec![Content::Table(table), Content::note(vec![pack::proof_note()])],
        }],
    }
}

/// The row of the figure at `place` among those with which each chapter begins.
fn row(place: usize, figure: Additive, shares: &[Share], all: &Share, context: &RenderContext) -> Row {
    let mut cells = vec![Cell::of(figure.name())];
    cells.extend(shares.iter().map(|share| {
        share.cell(figure, context).calculated(Calculation::Fact {
            chapter: share.chapter.clone(),
            place,
        })
    }));
    let amounts: Vec<Amount> = shares.iter().map(|share| share.amount(figure)).collect();
    let (sum, difference) = sum_and_difference(&amounts, &all.amount(figure));
    let behind = cells.len();
    cells.extend([
        Cell::of(sum).calculated(Calculation::Sum(1..behind)),
        all.cell(figure, context),
        Cell::of(difference).calculated(Calculation::Difference(behind, behind + 1)),
    ]);
    Row::new(cells)
}

/// What `parts` add up to, and how much that is more than `all`.
fn sum_and_difference(parts: &[Amount], all: &Amount) -> (Value, Value) {
    let minutes = |amount: &Amount| match amount {
        Amount::Minutes(minutes) => Some(*minutes),
        _ => None,
    };
    let money = |amount: &Amount| match amount {
        Amount::Money(money) => Some(*money),
        _ => None,
    };
    if let Some(all) = minutes(all) {
        let sum: Minutes = parts.iter().filter_map(minutes).sum();
        return (sum.into(), (sum - all).into());
    }
    let sum: Money = parts.iter().filter_map(money).sum();
    (sum.into(), (sum - money(all).unwrap_or_default()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_from_the_sheets_is_the_difference() {
        let money = |cents| Amount::Money(Money(cents));
        let minutes = |minutes| Amount::Minutes(Minutes(minutes));
        assert_eq!(
            sum_and_difference(&[money(5), money(-7)], &money(-2)),
            (Money(-2).into(), Money(0).into())
        );
        assert_eq!(
            sum_and_difference(&[minutes(5), minutes(7)], &minutes(13)),
            (Minutes(12).into(), Minutes(-1).into())
        );
        assert_eq!(sum_and_difference(&[], &money(3)), (Money(0).into(), Money(-3).into()));
    }
}
