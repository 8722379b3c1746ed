//! What Home's figures lack because it was never entered.

use crate::{
    days::Days,
    message::Value,
    report::lacking::together,
    server::ledger::{KeyFigures, Ledger},
    view::{RenderContext, lacks},
};

/// What `figures` of `days` lack: first those that contain cost, then those that contain capacity.
pub(super) fn lacks_of(
    figures: &KeyFigures,
    ledger: &Ledger,
    context: &RenderContext,
    days: &Days,
) -> (Option<Value>, Option<Value>) {
    // All of it counts as unassigned.
    let unsplit = match figures.labour_cost.is_some() && !context.scope.includes_unassigned() {
        true => context.unsplit(ledger.unsplit(None, days)),
        false => None,
    };
    (
        together([lacks::unrated(figures.unrated), unsplit]),
        lacks::without_capacity(figures.without_capacity),
    )
}
