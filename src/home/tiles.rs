//! Home's tiles: the key figures of the scope against the period before.

use super::{incomplete::lacks_of, words::Words};
use crate::{
    days::Days,
    measure::Measure,
    message::{Message, Value},
    messages::{self, figure},
    money::{Money, Ratio},
    place::Place,
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
    let tile = |name, measure: Measure, value: Cell, change: Change, lacks: Lacks| Tile {
        name,
        label: measure.name(),
        value: context.figure(value.lacking(lacks.0), measure, &Place::chosen()),
        change: Some(change.lacking(lacks.1.clone())),
        formula: Some(measure.formula()),
    };
    let money = |name, measure, amounts: [Money; 2], rise, lacks| {
        let [value, was] = amounts;
        let change = Change::of_money(value, was, rise, &before);
        tile(name, measure, Cell::of(value), change, lacks)
    };
    let share = |name, measure, shares: [Option<Ratio>; 2], nothing: Message, lacks| {
        let [value, was] = shares;
        tile(
            name,
            measure,
            Cell::share(value, nothing),
            Change::of_share(value, was, &before),
            lacks,
        )
    };
    let both = |figure: fn(&KeyFigures) -> Money| [figure(&now), figure(&then)];
    let of_cost: Lacks = (cost_lacks.as_ref(), &cost_changes);
    let of_capacity: Lacks = (capacity_lacks.as_ref(), &capacity_changes);
    let nothing: Lacks = (None, &None);
    vec![
        money(
            "revenue",
            Measure::Revenue,
            both(|figures| figures.revenue),
            Rise::Good,
            nothing,
        ),
        money("cost", words.cost, both(KeyFigures::visible_cost), Rise::Bad, of_cost),
        money(
            "margin",
            words.margin,
            both(KeyFigures::visible_margin),
            Rise::Good,
            of_cost,
        ),
        share(
            "margin-share",
            words.margin.share(),
            [&now, &then].map(|figures| figures.visible_margin().share_of(figures.revenue)),
            no_share_of(now.revenue),
            of_cost,
        ),
        share(
            "utilisation",
            Measure::Utilisation,
            [&now, &then].map(KeyFigures::utilisation),
            figure::no_capacity(),
            of_capacity,
        ),
        money(
            "unbilled",
            Measure::Unbilled,
            both(|figures| figures.unbilled),
            Rise::Neutral,
            nothing,
        ),
        money(
            "advances",
            Measure::Advances,
            both(|figures| figures.advances),
            Rise::Neutral,
            nothing,
        ),
    ]
}
