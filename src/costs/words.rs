//! What the figures of Costs are called.

use crate::{
    measure::Measure,
    message::Message,
    messages::{self, figure},
    view::RenderContext,
};

/// What the figures are called: with labour, without it, or of what a search found.
pub(super) struct Words {
    pub(super) heading: Message,
    pub(super) chart: Message,
    pub(super) note: Message,
    pub(super) total: Message,
    pub(super) none: Message,
    /// What the total is of, unless it is of what a search found.
    pub(super) measure: Option<Measure>,
}

impl Words {
    /// Those of a page for `context`, and of a search or not.
    pub(super) fn of(context: &RenderContext, is_search: bool) -> Self {
        use messages::costs;
        if is_search {
            return Self {
                heading: costs::by_month_found(),
                chart: costs::chart_found(),
                note: costs::note_found(),
                total: costs::total_found(),
                none: costs::no_match(),
                measure: None,
            };
        }
        if context.scope.includes_labour_cost() {
            Self {
                heading: costs::by_month(),
                chart: costs::chart(),
                note: costs::note(),
                total: figure::total(),
                none: costs::no_category(),
                measure: Some(Measure::Cost),
            }
        } else {
            Self {
                heading: costs::by_month_without_labour(),
                chart: costs::chart_without_labour(),
                note: costs::note_without_labour(),
                total: costs::total_without_labour(),
                none: costs::no_category(),
                measure: Some(Measure::BookedCost),
            }
        }
    }
}
