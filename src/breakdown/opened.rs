//! A figure that is opened: what it is of and where, and what it is made from.

use crate::{
    days::Days,
    measure::Measure,
    place::Place,
    report::{Content, List, Pager, Row, Table},
    server::ledger::{KeyFigures, Ledger, ProjectLedger},
    view::RenderContext,
};

/// A figure that is opened.
pub(super) struct Opened<'a, C> {
    pub(super) db: &'a C,
    /// What is shown: the scope and the days are those of the figure.
    pub(super) context: &'a RenderContext,
    pub(super) measure: Measure,
    pub(super) place: &'a Place,
    pub(super) days: Days,
    pub(super) ledger: &'a Ledger,
    /// The row with which its list begins, from 1.
    pub(super) row: u64,
}

impl<C> Opened<'_, C> {
    /// The one project it is of, if it is of one.
    pub(super) fn project(&self) -> Option<&ProjectLedger> {
        self.place.project.as_ref().and_then(|_| self.ledger.projects.first())
    }

    /// The way to the rows of its list, of which there are so many.
    pub(super) fn pager(&self, total: u64) -> Pager {
        let href = |row| self.context.link(&self.place.address(self.measure, row));
        Pager::new(self.row, self.context.chosen.get(), total).leading(href)
    }

    /// The list of `rows`, all of which are at hand: those of one page are shown in `table`.
    pub(super) fn list(&self, table: Table, rows: Vec<Row>) -> Content {
        let pager = self.pager(rows.len() as u64);
        Content::List(Box::new(List::of_rows(table, rows, pager)))
    }

    /// The sums of `days`: of the one project, or of everything in the scope.
    pub(super) fn sums(&self, days: &Days) -> KeyFigures {
        let Some(ledger) = self.project() else {
            return self.ledger.total(&self.context.scope, days);
        };
        let mut sums = KeyFigures::nothing_in(&self.context.scope);
        sums += ledger.figures(self.ledger.timeline.stretches(days));
        sums
    }
}
