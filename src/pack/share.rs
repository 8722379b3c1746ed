//! The share of a division, or of what belongs to none, in the figures of All.

use super::additive::Additive;
use crate::{
    days::Days,
    measure::Measure,
    message::Value,
    messages::setting,
    money::Money,
    place::Place,
    report::Cell,
    server::ledger::{DivisionKey, KeyFigures, Ledger, keys},
    view::{
        RenderContext,
        amount::{Amount, amount_of, lacks_of},
        lacks,
    },
};

/// The key of the chapter that is of all; no division has such a slug.
pub(super) const ALL: &str = "all";

/// The key of the chapter that is of what belongs to no division; no division has such a slug.
const UNASSIGNED: &str = "unassigned";

/// The figures of one division, or of what belongs to none, or of all.
pub(super) struct Share {
    /// Whose they are.
    pub(super) key: DivisionKey,
    /// The key of its chapter.
    pub(super) chapter: String,
    /// Where its figures are.
    pub(super) place: Place,
    pub(super) figures: KeyFigures,
    /// What was invoiced in the period.
    invoiced: Money,
    /// The shared costs that no division bears, if it lacks its part of them.
    unsplit: Option<Value>,
}

impl Share {
    /// Those of the divisions and of what belongs to none; archived divisions only if they have any figures.
    pub(super) fn all(ledger: &Ledger, context: &RenderContext, days: &Days) -> Vec<Self> {
        let stretches = ledger.timeline.stretches(days);
        let unsplit = context.unsplit(ledger.unsplit(None, days));
        let nothing = KeyFigures::nothing_in(&context.scope);
        let shares = keys(&context.scope).map(|key| {
            let projects = ledger.projects.iter();
            let division = context.scope.division(key);
            Self {
                key,
                chapter: division.map_or(UNASSIGNED, |division| &division.option.slug).to_owned(),
                place: context.place_of(key),
                figures: ledger.key_figures(key, days),
                invoiced: projects
                    .map(|project| project.invoiced_of(key, stretches.clone()))
                    .sum(),
                // All of it counts as unassigned.
                unsplit: unsplit.clone().filter(|_| key.is_some()),
            }
        });
        let is_archived = |key| {
            let division = context.scope.division(key);
            division.is_some_and(|division| division.option.archived)
        };
        shares
            .filter(|share| !is_archived(share.key) || share.figures != nothing || share.invoiced != Money(0))
            .collect()
    }

    /// That of All, as every view has it.
    pub(super) fn of_all(ledger: &Ledger, context: &RenderContext, days: &Days) -> Self {
        let stretches = ledger.timeline.stretches(days);
        let projects = ledger.projects.iter();
        let unsplit = context.unsplit(ledger.unsplit(None, days));
        Self {
            key: None,
            chapter: ALL.to_owned(),
            place: Place::chosen(),
            figures: ledger.total(&context.scope, days),
            invoiced: projects.map(|project| project.invoiced_in(stretches.clone())).sum(),
            unsplit: unsplit.filter(|_| !context.scope.includes_unassigned()),
        }
    }

    /// How much there is of `figure`.
    pub(super) fn amount(&self, figure: Additive) -> Amount {
        match figure {
            Additive::Measure(measure) => amount_of(measure, &self.figures),
            Additive::Invoiced => Amount::Money(self.invoiced),
        }
    }

    /// The same in a cell that opens.
    pub(super) fn cell(&self, figure: Additive, context: &RenderContext) -> Cell {
        let cell = self.amount(figure).cell();
        match figure {
            Additive::Measure(measure) => self.opened(cell, measure, context),
            Additive::Invoiced => cell,
        }
    }

    /// `cell`, which has its value of `measure`, with what it lacks and the way to what it is made of.
    pub(super) fn opened(&self, cell: Cell, measure: Measure, context: &RenderContext) -> Cell {
        let unrated = lacks::unrated(self.figures.unrated).filter(|_| measure.contains_labour_cost());
        let lacks = lacks_of(measure, unrated, self.unsplit.clone(), &self.figures);
        context.figure(cell.lacking(lacks.as_ref()), measure, &self.place)
    }

    /// What it is called.
    pub(super) fn name(&self, context: &RenderContext) -> Value {
        match context.scope.division(self.key) {
            Some(division) => Value::text(&division.option.name),
            None => setting::unassigned().into(),
        }
    }
}
