//! Home's tiles: the key figures of the scope against the period before.

use super::{
    incomplete::lacks_of,
    words::{self, Words},
};
use crate::{
    money::{Money, Ratio},
    period::Days,
    server::ledger::{KeyFigures, Ledger},
    ui::{
        table::Cell,
        tile::{self, Change, Rise, Tile},
    },
    view::{RenderContext, lacks, no_share_of},
};
use leptos::prelude::*;

/// What a figure lacks, and what its change lacks.
type Lacks<'a> = (Option<&'a str>, &'a Option<String>);

pub(super) fn tiles(
    words: &Words,
    ledger: &Ledger,
    context: &RenderContext,
    days: &Days,
    days_before: &Days,
) -> impl IntoView + use<> {
    let (format, before) = (context.format, days_before.name());
    let now = ledger.total(&context.scope, days);
    let then = ledger.total(&context.scope, days_before);
    let (cost_lacks, capacity_lacks) = lacks_of(&now, ledger, context, days);
    let (cost_lacked, capacity_lacked) = lacks_of(&then, ledger, context, days_before);
    // A change lacks what either of its two figures lacks.
    let either = |now: &Option<String>, then: &Option<String>| {
        lacks::together([now.clone(), then.as_ref().map(|lacks| format!("{lacks} in {before}"))])
    };
    let cost_changes = either(&cost_lacks, &cost_lacked);
    let capacity_changes = either(&capacity_lacks, &capacity_lacked);
    let money = |label: &str, value: Money, was: Money, rise, formula: &str, lacks: Lacks| Tile {
        label: label.to_owned(),
        value: Cell::money(value, format).lacking(lacks.0),
        change: Some(Change::of_money(value, was, rise, &before, format).lacking(lacks.1.clone())),
        formula: Some(formula.to_owned()),
    };
    let share = |label: &str, share: [Option<Ratio>; 2], nothing: &str, formula: &str, lacks: Lacks| Tile {
        label: label.to_owned(),
        value: Cell::share(share[0], nothing, format).lacking(lacks.0),
        change: Some(Change::of_share(share[0], share[1], &before, format).lacking(lacks.1.clone())),
        formula: Some(formula.to_owned()),
    };
    let of_cost: Lacks = (cost_lacks.as_deref(), &cost_changes);
    let of_capacity: Lacks = (capacity_lacks.as_deref(), &capacity_changes);
    let nothing: Lacks = (None, &None);
    tile::tiles(vec![
        money(
            "Revenue",
            now.revenue,
            then.revenue,
            Rise::Good,
            words::REVENUE_FORMULA,
            nothing,
        ),
        money(
            words.cost,
            now.visible_cost(),
            then.visible_cost(),
            Rise::Bad,
            words.cost_formula,
            of_cost,
        ),
        money(
            words.margin,
            now.visible_margin(),
            then.visible_margin(),
            Rise::Good,
            words.margin_formula,
            of_cost,
        ),
        share(
            words.margin_share,
            [&now, &then].map(|figures| figures.visible_margin().share_of(figures.revenue)),
            no_share_of(now.revenue),
            words.margin_share_formula,
            of_cost,
        ),
        share(
            "Utilisation",
            [&now, &then].map(KeyFigures::utilisation),
            "no capacity",
            "Billable hours of the division's people over their contract hours less absences.",
            of_capacity,
        ),
        money(
            "Unbilled",
            now.unbilled,
            then.unbilled,
            Rise::Neutral,
            words::UNBILLED_FORMULA,
            nothing,
        ),
        money(
            "Advances",
            now.advances,
            then.advances,
            Rise::Neutral,
            words::ADVANCES_FORMULA,
            nothing,
        ),
    ])
}
