//! The table of the list of projects: all figures in columns, or one of them by month.

use super::{
    address,
    by_month::Spans,
    line::{Balance, Line},
    list_query::{ListQuery, Monthly, SortKey},
    short_kind_name,
};
use crate::{
    days::Days,
    measure::Measure,
    message::Message,
    messages::{figure, projects, setting, window},
    money::Ratio,
    place::Place,
    report::{Cell, Column, Pager, Row, Table},
    server::{
        ledger::{Ledger, ProjectFigures},
        permission::PermittedScope,
    },
    view::{RenderContext, lacks, no_share_of},
};
use std::ops::Add;

/// What the list shows of its lines.
pub(super) struct Shown<'a> {
    pub(super) context: &'a RenderContext,
    pub(super) query: &'a ListQuery,
    pub(super) days: &'a Days,
    pub(super) spans: &'a Spans,
    pub(super) ledger: &'a Ledger,
}

/// The columns, each with the key it is sorted by and whether it holds figures. Where labour cost is withheld, the same
/// key sorts by what its column shows instead.
fn columns(scope: &PermittedScope) -> [(Message, SortKey, bool); 11] {
    let (cost, margin, margin_share) = if scope.includes_labour_cost() {
        (figure::cost(), figure::margin_2_short(), figure::margin_2_share_short())
    } else {
        (
            figure::external_cost(),
            figure::margin_1_short(),
            figure::margin_1_share_short(),
        )
    };
    [
        (figure::code(), SortKey::Code, false),
        (figure::name(), SortKey::Name, false),
        (figure::client(), SortKey::Client, false),
        (setting::division(), SortKey::Division, false),
        (figure::kind(), SortKey::Kind, false),
        (figure::hours_name(), SortKey::Hours, true),
        (figure::revenue(), SortKey::Revenue, true),
        (cost, SortKey::Cost, true),
        (margin, SortKey::Margin, true),
        (margin_share, SortKey::MarginShare, true),
        (figure::burn(), SortKey::Burn, false),
    ]
}

/// The columns before the figure by month, each with the key it is sorted by.
fn columns_before_months() -> [(Message, SortKey); 3] {
    [
        (figure::code(), SortKey::Code),
        (figure::name(), SortKey::Name),
        (setting::division(), SortKey::Division),
    ]
}

/// The table with the rows of a page, and the total of all `lines`.
pub(super) fn table(shown: &Shown, lines: &[Line], pager: &Pager) -> Table {
    let on_page = lines
        .iter()
        .skip(pager.before() as usize)
        .take(pager.page_size.rows() as usize);
    let rows = on_page.map(|line| shown.row(line)).collect();
    let count = Cell::of(projects::count(lines.len() as u64));
    let (columns, before) = match shown.query.monthly() {
        None => (shown.columns_of_figures(), 5),
        Some(of) => (shown.columns_of_months(of), columns_before_months().len()),
    };
    let totals = (before..).zip(shown.totals(lines)).chain([(1, count)]);
    let query = shown.query;
    Table {
        name: "projects",
        caption: match query.monthly() {
            None => window::projects().into(),
            Some(of) => shown.spans.name(of.measure(&shown.context.scope)).into(),
        },
        total: Some(Row::total(columns.len(), totals.collect())),
        columns,
        rows,
        lacks: None,
        empty: match (query.is_filtered(), query.q.trim().is_empty()) {
            (true, _) => projects::none_left(),
            (false, true) => projects::none(shown.context.scope_name()),
            (false, false) => projects::no_match(),
        },
    }
}

impl Shown<'_> {
    /// The row of `line`.
    pub(super) fn row(&self, line: &Line) -> Row {
        match self.query.monthly() {
            None => self.row_of_figures(line),
            Some(of) => self.row_of_months(line, of),
        }
    }

    fn columns_of_figures(&self) -> Vec<Column> {
        let columns = columns(&self.context.scope).into_iter();
        let columns = columns.map(|(heading, key, is_figure)| {
            let column = if is_figure {
                Column::figure(heading)
            } else {
                Column::text(heading)
            };
            self.sorted(column, key)
        });
        columns.collect()
    }

    fn columns_of_months(&self, of: Monthly) -> Vec<Column> {
        let before = columns_before_months().into_iter();
        let before = before.map(|(heading, key)| self.sorted(Column::text(heading), key));
        let total = self.sorted(Column::figure(figure::total()), of.sort_key());
        before.chain(self.spans.columns(self.context)).chain([total]).collect()
    }

    /// `column` with the link that sorts by `key`.
    fn sorted(&self, column: Column, key: SortKey) -> Column {
        let query = self.query;
        column.sorted_by(
            self.context.link(&query.sorted_by(key)),
            (query.sort == key).then(|| query.sorted()),
        )
    }

    /// The totals of `lines`, below the columns of figures. What is narrowed is no place: its total is made of the rows
    /// above it.
    fn totals(&self, lines: &[Line]) -> Vec<Cell> {
        let is_whole = !self.query.is_narrowed();
        if let Some(of) = self.query.monthly() {
            return self.spans.of_all(lines, of, self.ledger, self.context, is_whole);
        }
        let figures_of_all = lines.iter().map(|line| line.figures);
        let sum = figures_of_all.fold(ProjectFigures::nothing_in(&self.context.scope), Add::add);
        let place = is_whole.then(Place::chosen);
        figures(&sum, self.context, place.as_ref()).into()
    }

    fn row_of_months(&self, line: &Line, of: Monthly) -> Row {
        let (project, context) = (line.project, self.context);
        let mut cells = vec![
            Cell::link(&project.code, context.link(&address(&project.code))),
            Cell::text(&project.name),
            context.owner_cell(line.owner, &line.owned, self.days),
        ];
        cells.extend(self.spans.of_line(line, of, self.ledger, context));
        Row::new(cells)
    }

    fn row_of_figures(&self, line: &Line) -> Row {
        let (project, context) = (line.project, self.context);
        let mut cells = vec![
            Cell::link(&project.code, context.link(&address(&project.code))),
            Cell::text(&project.name),
            project.client.as_ref().map_or(Cell::Nothing, Cell::text),
            context.owner_cell(line.owner, &line.owned, self.days),
            Cell::of(short_kind_name(project.kind)),
        ];
        let place = Place::chosen().project(&project.code);
        cells.extend(figures(&line.figures, context, Some(&place)));
        let burn = match &line.balance {
            Balance::Withheld => Cell::withheld(),
            Balance::Elsewhere => Cell::Missing(projects::elsewhere()),
            Balance::Burn(burn, unrated) => {
                // The larger of two figures rests on both.
                let lacks = lacks::unrated(unrated.filter(|_| project.budget.is_some()));
                Cell::burn(burn.map(|burn| burn.used)).lacking(lacks.as_ref())
            }
        };
        cells.push(context.figure(burn, Measure::Burn, &place));
        Row::new(cells)
    }
}

/// The margin as a part of the revenue.
pub(super) fn margin_share(figures: &ProjectFigures) -> Option<Ratio> {
    figures.visible_margin().share_of(figures.revenue)
}

/// The figures in the columns from the hours on; they open at `place`, if there is one.
fn figures(figures: &ProjectFigures, context: &RenderContext, place: Option<&Place>) -> [Cell; 5] {
    // If labour cost is withheld, none of these contains it.
    let lacks = lacks::unrated(figures.unrated);
    let lacks = lacks.as_ref();
    let margin = Measure::visible_project_margin(&context.scope);
    let share = Cell::share(margin_share(figures), no_share_of(figures.revenue));
    let cells = [
        (Measure::Hours, Cell::of(figures.minutes)),
        (Measure::Revenue, Cell::of(figures.revenue)),
        (
            Measure::visible_project_cost(&context.scope),
            Cell::of(figures.visible_cost()).lacking(lacks),
        ),
        (margin, Cell::of(figures.visible_margin()).lacking(lacks)),
        (margin.share(), share.lacking(lacks)),
    ];
    cells.map(|(measure, cell)| match place {
        Some(place) => context.figure(cell, measure, place),
        None => cell,
    })
}
