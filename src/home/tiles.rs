//! Home's tiles: the key figures of the scope against the period before.

use super::{incomplete::lacks_of, words::Words};
use crate::{
    days::Days,
    message::{Message, Value},
    messages::{self, figure, home},
    money::{Money, Ratio},
    report::{Cell, Change, Rise, Tile, lacking::together},
    server::ledger::{KeyFigures, Ledger},
    view::{RenderContext, no_share_of},
};

/// What a figure lacks, and what its change lacks.
type Lacks<'a> = (Option<&'a Value>, &'a Option<Value>);

pub(super) fn tiles(
    words: &Words,
    ledger: &Ledger,
    context: &RenderContext,
    days: &Days,
    days_before: &Days,
) -> Vec<Tile> {
    let before = Value::Days(*days_before);
    let now = ledger.total(&context.scope, days);
    let then = ledger.total(&context.scope, days_before);
    let (cost_lacks, capacity_lacks) = lacks_of(&now, ledger, context, days);
    let (cost_lacked, capacity_lacked) = lacks_of(&then, ledger, context, days_before);
    // A change lacks what either of its two figures lacks.
    let either = |now: &Option<Value>, then: &Option<Value>| {
        let then = then.clone();
        let then = then.map(|lacks| messages::lacks::in_period(before.clone(), lacks).into());
        together([now.clone(), then])
    };
    let cost_changes = either(&cost_lacks, &cost_lacked);
    let capacity_changes = either(&capacity_lacks, &capacity_lacked);
    let money = |name, label: Message, value: Money, was: Money, rise, formula: Message, lacks: Lacks| Tile {
        name,
        label,
        value: Cell::of(value).lacking(lacks.0),
        change: Some(Change::of_money(value, was, rise, &before).lacking(lacks.1.clone())),
        formula: Some(formula),
    };
    let share =
        |name, label: Message, share: [Option<Ratio>; 2], nothing: Message, formula: Message, lacks: Lacks| Tile {
            name,
            label,
            value: Cell::share(share[0], nothing).lacking(lacks.0),
            change: Some(Change::of_share(share[0], share[1], &before).lacking(lacks.1.clone())),
            formula: Some(formula),
        };
    let of_cost: Lacks = (cost_lacks.as_ref(), &cost_changes);
    let of_capacity: Lacks = (capacity_lacks.as_ref(), &capacity_changes);
    let nothing: Lacks = (None, &None);
    vec![
        money(
            "revenue",
            figure::revenue(),
            now.revenue,
            then.revenue,
            Rise::Good,
            home::revenue_formula(),
            nothing,
        ),
        money(
            "cost",
            words.cost.clone(),
            now.visible_cost(),
            then.visible_cost(),
            Rise::Bad,
            words.cost_formula.clone(),
            of_cost,
        ),
        money(
            "margin",
            words.margin.clone(),
            now.visible_margin(),
            then.visible_margin(),
            Rise::Good,
            words.margin_formula.clone(),
            of_cost,
        ),
        share(
            "margin-share",
            words.margin_share.clone(),
            [&now, &then].map(|figures| figures.visible_margin().share_of(figures.revenue)),
            no_share_of(now.revenue),
            words.margin_share_formula.clone(),
            of_cost,
        ),
        share(
            "utilisation",
            figure::utilisation(),
            [&now, &then].map(KeyFigures::utilisation),
            figure::no_capacity(),
            home::utilisation_formula(),
            of_capacity,
        ),
        money(
            "unbilled",
            figure::unbilled(),
            now.unbilled,
            then.unbilled,
            Rise::Neutral,
            home::unbilled_formula(),
            nothing,
        ),
        money(
            "advances",
            figure::advances(),
            now.advances,
            then.advances,
            Rise::Neutral,
            home::advances_formula(),
            nothing,
        ),
    ]
}
