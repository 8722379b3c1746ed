//! Home's tiles: the key figures of the scope against those of the days that they are compared with.

use super::{incomplete::lacks_of, words::Words};
use crate::{
    days::Days,
    measure::Measure,
    message::{Message, Value},
    messages::figure,
    money::{Money, Ratio},
    place::Place,
    report::{Cell, Change, Rise, Tile},
    server::ledger::{KeyFigures, Ledger},
    view::{RenderContext, compared::Compared, no_share_of},
};

/// What a figure lacks of its own, and what the one of the compared days.
type Lacks<'a> = [&'a Option<Value>; 2];

pub(super) fn tiles(
    words: &Words,
    ledger: &Ledger,
    context: &RenderContext,
    days: &Days,
    compared: Option<&Compared>,
) -> Vec<Tile> {
    let now = ledger.total(&context.scope, days);
    let then = compared.map(|compared| (compared, ledger.total(&context.scope, &compared.days)));
    let (cost_lacks, capacity_lacks) = lacks_of(&now, ledger, context, days);
    let (cost_lacked, capacity_lacked) = match &then {
        Some((compared, then)) => lacks_of(then, ledger, context, &compared.days),
        None => (None, None),
    };
    let tile = |name, measure: Measure, value: Cell, change: Option<Change>, [lacks, lacked]: Lacks| {
        let of_change = compared.and_then(|one| one.lacks_of_change(measure, lacks.clone(), lacked.clone()));
        Tile {
            name,
            label: measure.name(),
            value: context.figure(value.lacking(lacks.as_ref()), measure, &Place::chosen()),
            change: change.map(|change| change.lacking(of_change)),
            formula: Some(measure.formula()),
        }
    };
    let money = |name, measure, figure: fn(&KeyFigures) -> Money, rise, lacks| {
        let value = figure(&now);
        let change = then.as_ref().map(|(compared, then)| {
            let was = figure(then);
            Change::of_money(value, was, rise, &compared.name())
        });
        tile(name, measure, Cell::of(value), change, lacks)
    };
    let share = |name, measure, figure: fn(&KeyFigures) -> Option<Ratio>, nothing: Message, lacks| {
        let value = figure(&now);
        let change = then.as_ref().map(|(compared, then)| {
            let was = figure(then);
            Change::of_share(value, was, &compared.name())
        });
        tile(name, measure, Cell::share(value, nothing), change, lacks)
    };
    let of_cost: Lacks = [&cost_lacks, &cost_lacked];
    let of_capacity: Lacks = [&capacity_lacks, &capacity_lacked];
    let nothing: Lacks = [&None, &None];
    vec![
        money(
            "revenue",
            Measure::Revenue,
            |figures| figures.revenue,
            Rise::Good,
            nothing,
        ),
        money("cost", words.cost, KeyFigures::visible_cost, Rise::Bad, of_cost),
        money("margin", words.margin, KeyFigures::visible_margin, Rise::Good, of_cost),
        share(
            "margin-share",
            words.margin.share(),
            |figures| figures.visible_margin().share_of(figures.revenue),
            no_share_of(now.revenue),
            of_cost,
        ),
        share(
            "utilisation",
            Measure::Utilisation,
            KeyFigures::utilisation,
            figure::no_capacity(),
            of_capacity,
        ),
        money(
            "unbilled",
            Measure::Unbilled,
            |figures| figures.unbilled,
            Rise::Neutral,
            nothing,
        ),
        money(
            "advances",
            Measure::Advances,
            |figures| figures.advances,
            Rise::Neutral,
            nothing,
        ),
    ]
}
