//! The costs of a division, or of what belongs to none, by category.

use super::share::Share;
use crate::{
    days::Days,
    measure::Measure,
    messages::{costs, figure, pack},
    money::Money,
    report::{Cell, Column, Row, Table},
    server::ledger::{CategorySum, Ledger},
    view::{RenderContext, amount::amount_of, lacks},
};
use std::collections::BTreeMap;

/// The costs of `share`: labour first, then the bookings by the names of their categories.
pub(super) fn table(share: &Share, ledger: &Ledger, context: &RenderContext, days: &Days) -> Table {
    let stretches = ledger.timeline.stretches(days);
    let mut categories: BTreeMap<&str, Money> = BTreeMap::new();
    let is_here = |sum: &&CategorySum| sum.division == share.key && stretches.contains(&sum.stretch);
    for sum in ledger.categories.iter().filter(is_here) {
        *categories.entry(&sum.category).or_default() += sum.amount;
    }
    let mut rows = Vec::new();
    let all = match share.figures.labour_cost {
        Some(labour_cost) => {
            let lacks = lacks::unrated(share.figures.unrated);
            let labour_cost = Cell::of(labour_cost).lacking(lacks.as_ref());
            let labour_cost = context.figure(labour_cost, Measure::LabourCost, &share.place);
            rows.push(Row::new(vec![Cell::of(costs::labour()), labour_cost]));
            Measure::Cost
        }
        None => Measure::BookedCost,
    };
    rows.extend(categories.into_iter().map(|(name, amount)| {
        // What isn't split is unassigned, and missing from each division.
        let unsplit = share
            .key
            .and_then(|_| context.unsplit(ledger.unsplit(Some(name), days)));
        let cell = Cell::of(amount).lacking(unsplit.as_ref());
        let place = share.place.clone().category(name);
        Row::new(vec![
            Cell::text(name),
            context.figure(cell, Measure::BookedCost, &place),
        ])
    }));
    let total = match all {
        Measure::Cost => figure::total(),
        _ => costs::total_without_labour(),
    };
    let sum = share.opened(amount_of(all, &share.figures).cell(), all, context);
    Table {
        name: "categories",
        caption: pack::costs_by_category().into(),
        columns: vec![Column::text(figure::category()), Column::figure(figure::amount())],
        rows,
        total: Some(Row::new(vec![Cell::of(total), sum])),
        lacks: None,
        empty: costs::no_category(),
    }
}
