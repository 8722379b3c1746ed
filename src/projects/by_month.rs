//! The list of projects with one figure by month: the months of the period as columns, and their total.

use super::{
    line::Line,
    list_query::{Monthly, SortKey},
};
use crate::{
    days::{Days, Month},
    measure::Measure,
    message::{Message, Value},
    messages::{projects, setting},
    place::Place,
    report::{Cell, Column},
    server::{
        ledger::{Ledger, ProjectFigures},
        permission::PermittedScope,
    },
    view::{RenderContext, lacks},
};
use std::ops::Add;

/// The most months that stand side by side; a longer period is shown by quarters.
const MOST_MONTHS: usize = 13;

/// The parts of a period, side by side.
pub(super) struct Spans {
    /// Each, cut at the ends of the period; together they are the period.
    pub(super) days: Vec<Days>,
    are_quarters: bool,
}

impl Spans {
    /// The months of `days`, or its quarters if there are too many.
    pub(super) fn of(days: &Days) -> Self {
        let months = days.months();
        let are_quarters = months.len() > MOST_MONTHS;
        let first_of = |month: &Month| match are_quarters {
            true => Month {
                month: (month.month - 1) / 3 * 3 + 1,
                ..*month
            },
            false => *month,
        };
        let mut begins: Vec<Month> = months.iter().map(first_of).collect();
        begins.dedup();
        let before_next = begins.iter().skip(1).map(|month| month.previous().last_day());
        let ends = before_next.chain([days.to]);
        let spans = begins.iter().zip(ends).map(|(month, to)| Days {
            from: month.first_day().max(days.from),
            to,
        });
        Self {
            days: spans.collect(),
            are_quarters,
        }
    }

    /// What a list with `measure` in these columns is called.
    pub(super) fn name(&self, measure: Measure) -> Message {
        match self.are_quarters {
            true => projects::by_quarter(measure.name()),
            false => projects::by_month(measure.name()),
        }
    }

    /// The columns. A part that is only partly in the period is named by its days; the current one ends today anyway.
    pub(super) fn columns(&self, context: &RenderContext) -> impl Iterator<Item = Column> {
        self.days.iter().map(|days| {
            let month = Month::of(days.from);
            let whole = match self.are_quarters {
                true => Days {
                    from: month.first_day(),
                    to: month.next().next().last_day(),
                },
                false => month.days(),
            };
            let is_first = !self.are_quarters || month.month % 3 == 1;
            let is_whole = is_first && days.from == whole.from && (days.to == whole.to || days.to == context.today);
            Column::figure(match (is_whole, self.are_quarters) {
                (false, _) => Value::Days(*days),
                (true, false) => Value::Month(month),
                (true, true) => {
                    let quarter = u64::from(month.month.div_ceil(3));
                    setting::quarter(quarter, Value::text(month.year.to_string())).into()
                }
            })
        })
    }

    /// The figures of `line` in these columns, and its total. While another division owned it, there is none.
    pub(super) fn of_line(&self, line: &Line, of: Monthly, ledger: &Ledger, context: &RenderContext) -> Vec<Cell> {
        let place = Place::chosen().project(&line.project.code);
        let cells = self.days.iter().map(|days| {
            let mut owners = line.project.owners_in(days).into_iter();
            if !owners.any(|(owner, _)| context.scope.includes(owner)) {
                return Cell::Nothing;
            }
            let figures = line.ledger.figures(ledger.timeline.stretches(days));
            context.figure(of.cell(&figures), of.measure(&context.scope), &place.clone().on(*days))
        });
        let total = context.figure(of.cell(&line.figures), of.measure(&context.scope), &place);
        cells.chain([total]).collect()
    }

    /// The figures of all `lines` in these columns, and the total; they open if these are all lines of what is chosen.
    pub(super) fn of_all(
        &self,
        lines: &[Line],
        of: Monthly,
        ledger: &Ledger,
        context: &RenderContext,
        is_whole: bool,
    ) -> Vec<Cell> {
        let nothing = ProjectFigures::nothing_in(&context.scope);
        let cell = |sum: &ProjectFigures, place: Place| match is_whole {
            true => context.figure(of.cell(sum), of.measure(&context.scope), &place),
            false => of.cell(sum),
        };
        let cells = self.days.iter().map(|days| {
            let stretches = ledger.timeline.stretches(days);
            let each = lines.iter().map(|line| line.ledger.figures(stretches.clone()));
            cell(&each.fold(nothing, Add::add), Place::chosen().on(*days))
        });
        let each = lines.iter().map(|line| line.figures);
        let total = cell(&each.fold(nothing, Add::add), Place::chosen());
        cells.chain([total]).collect()
    }
}

impl Monthly {
    /// What it is, as far as it may be seen in `scope`.
    pub(super) fn measure(self, scope: &PermittedScope) -> Measure {
        match self {
            Self::Revenue => Measure::Revenue,
            Self::Hours => Measure::Hours,
            Self::Cost => Measure::visible_project_cost(scope),
            Self::Margin => Measure::visible_project_margin(scope),
        }
    }

    /// The key by which the total is sorted.
    pub(super) fn sort_key(self) -> SortKey {
        match self {
            Self::Revenue => SortKey::Revenue,
            Self::Hours => SortKey::Hours,
            Self::Cost => SortKey::Cost,
            Self::Margin => SortKey::Margin,
        }
    }

    fn cell(self, figures: &ProjectFigures) -> Cell {
        // If labour cost is withheld, neither contains it.
        let lacks = lacks::unrated(figures.unrated);
        match self {
            Self::Revenue => Cell::of(figures.revenue),
            Self::Hours => Cell::of(figures.minutes),
            Self::Cost => Cell::of(figures.visible_cost()).lacking(lacks.as_ref()),
            Self::Margin => Cell::of(figures.visible_margin()).lacking(lacks.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::days::day;

    fn spans(from: &str, to: &str) -> Vec<String> {
        let days = Days {
            from: day(from).unwrap(),
            to: day(to).unwrap(),
        };
        let each = Spans::of(&days).days.into_iter();
        each.map(|days| format!("{}..{}", days.from, days.to)).collect()
    }

    #[test]
    fn the_parts_of_a_period_are_all_of_it() {
        assert_eq!(spans("2026-02-10", "2026-02-10"), ["2026-02-10..2026-02-10"]);
        assert_eq!(
            spans("2025-12-15", "2026-02-10"),
            [
                "2025-12-15..2025-12-31",
                "2026-01-01..2026-01-31",
                "2026-02-01..2026-02-10"
            ]
        );
        assert_eq!(spans("2025-11-24", "2026-11-24").len(), 13);
        let quarters = spans("2024-11-15", "2026-01-01");
        assert_eq!(quarters.len(), 6);
        assert_eq!(quarters[0], "2024-11-15..2024-12-31");
        assert_eq!(quarters[1], "2025-01-01..2025-03-31");
        assert_eq!(quarters[5], "2026-01-01..2026-01-01");
    }
}
