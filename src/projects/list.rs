//! The list of projects: searched, sorted and cut into pages, with the total of all that match.

use super::{
    address,
    list_query::{ListQuery, SortKey},
    short_kind_name,
};
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    message::Message,
    messages::{figure, projects, setting, window},
    money::{Burn, Minutes, Ratio},
    pages::PROJECTS,
    place::Place,
    report::{
        AllRows, Cell, Column, Content, List, Pager, Panel, Part, Report, Row, RowSource, RowStream, Search, Sorted,
        Table, withheld_note,
    },
    server::{
        accounts::VisibleDivision,
        ledger::{BudgetBurn, DivisionKey, Ledger, Project, ProjectFigures, ProjectKind, ProjectLedger},
        permission::PermittedScope,
        timeline::Timeline,
    },
    view::{RenderContext, lacks, no_share_of},
};
use async_stream::try_stream;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use std::{
    cmp::Ordering,
    ops::{Add, Range},
};

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

/// One line of the list: a project that somebody in the scope owned in the period.
struct Line<'a> {
    project: &'a Project,
    /// Its last owner in the scope.
    owner: DivisionKey,
    /// The days of the period on which that owner had it.
    owned: Days,
    figures: ProjectFigures,
    balance: Balance,
}

/// The state of the project at the end of the period.
enum Balance {
    /// It is in the scope: how much of its budget is used, and how many hours have no known cost.
    Burn(Option<BudgetBurn>, Option<Minutes>),
    /// The used part of its budget contains labour cost, which this user may not see.
    Withheld,
    /// It was in the scope, but has another owner now.
    Elsewhere,
}

impl Line<'_> {
    fn of<'a>(
        ledger: &'a ProjectLedger,
        stretches: Range<usize>,
        context: &RenderContext,
        days: &Days,
    ) -> Option<Line<'a>> {
        let mut latest_first = ledger.project.owners_in(days).into_iter().rev();
        let (owner, owned) = latest_first.find(|(owner, _)| context.scope.includes(*owner))?;
        let balance = if owned.to < days.to {
            Balance::Elsewhere
        } else if ledger.is_burn_withheld() {
            Balance::Withheld
        } else {
            let unrated = ledger.figures_until(stretches.end).unrated;
            Balance::Burn(ledger.budget_burn(stretches.end), unrated)
        };
        Some(Line {
            project: &ledger.project,
            owner,
            owned,
            figures: ledger.figures(stretches),
            balance,
        })
    }

    fn used(&self) -> Option<Burn> {
        match self.balance {
            Balance::Burn(burn, _) => burn.map(|burn| burn.used),
            Balance::Withheld | Balance::Elsewhere => None,
        }
    }
}

/// The list.
///
/// # Errors
/// The database failed.
pub async fn report(db: &impl ConnectionTrait, context: &RenderContext, query: &ListQuery) -> Result<Report, AppError> {
    let days = context.period.days(context.today);
    let ledger = load(db, context, &days).await?;
    let lines = lines(&ledger, context, query, &days);
    let pager =
        Pager::new(query.row(), context.chosen.get(), lines.len() as u64).leading(|row| context.link(&query.from(row)));
    let table = table(&lines, &pager, context, query, &days);
    let all = AllRows::of(AllProjects {
        context: context.clone(),
        query: query.clone(),
    });
    let mut notes = if context.scope.includes_labour_cost() {
        vec![projects::note()]
    } else {
        vec![projects::note_without_labour(), withheld_note()]
    };
    notes.push(projects::note_on_total());
    let panel = Panel {
        heading: None,
        contents: vec![
            Content::List(Box::new(List { table, pager, all })),
            Content::note(notes),
        ],
    };
    Ok(Report {
        search: Some(Search {
            path: PROJECTS.path,
            label: projects::search(),
            text: query.q.clone(),
            kept: query.sorting(),
        }),
        ..context.report(window::projects(), vec![Part::Panel(panel)])
    })
}

async fn load(db: &impl ConnectionTrait, context: &RenderContext, days: &Days) -> Result<Ledger, DbErr> {
    Ledger::load(db, &context.scope, Timeline::of([*days]), context.today, None).await
}

/// The lines that match, in their order.
fn lines<'a>(ledger: &'a Ledger, context: &RenderContext, query: &ListQuery, days: &Days) -> Vec<Line<'a>> {
    let stretches = ledger.timeline.stretches(days);
    let wanted = query.q.trim().to_lowercase();
    let mut lines: Vec<Line> = ledger
        .projects
        .iter()
        .filter(|ledger| matches(&ledger.project, &wanted))
        .filter_map(|ledger| Line::of(ledger, stretches.clone(), context, days))
        .collect();
    let divisions = context.scope.divisions();
    lines.sort_by(|one, other| {
        let order = compare(one, other, query.sort, query.sorted(), divisions);
        order.then_with(|| one.project.code.cmp(&other.project.code))
    });
    lines
}

/// Every project that matches, whatever page is shown.
struct AllProjects {
    context: RenderContext,
    query: ListQuery,
}

impl RowSource for AllProjects {
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(try_stream! {
            let days = self.context.period.days(self.context.today);
            let ledger = load(db, &self.context, &days).await?;
            for line in lines(&ledger, &self.context, &self.query, &days) {
                yield row(&line, &self.context, &days);
            }
        })
    }

    fn has_notes(&self) -> bool {
        true
    }
}

/// Whether the code, the name or the client contains `wanted`, which is in lower case.
fn matches(project: &Project, wanted: &str) -> bool {
    let contains = |text: &str| text.to_lowercase().contains(wanted);
    contains(&project.code) || contains(&project.name) || project.client.as_deref().is_some_and(contains)
}

/// A row without a value to sort by comes last in either direction.
fn compare(one: &Line, other: &Line, key: SortKey, sorted: Sorted, divisions: &[VisibleDivision]) -> Ordering {
    let text = |text: fn(&Line) -> String| text(one).cmp(&text(other));
    let client = |line: &Line| line.project.client.as_ref().map(|client| client.to_lowercase());
    sorted.order(match key {
        SortKey::Client => return sorted.nothing_last(client(one), client(other)),
        SortKey::MarginShare => return sorted.nothing_last(margin_share(&one.figures), margin_share(&other.figures)),
        SortKey::Burn => return sorted.nothing_last(one.used(), other.used()),
        SortKey::Code => one.project.code.cmp(&other.project.code),
        SortKey::Name => text(|line| line.project.name.to_lowercase()),
        SortKey::Division => place(one.owner, divisions).cmp(&place(other.owner, divisions)),
        SortKey::Kind => place_of_kind(one.project.kind).cmp(&place_of_kind(other.project.kind)),
        SortKey::Hours => one.figures.minutes.cmp(&other.figures.minutes),
        SortKey::Revenue => one.figures.revenue.cmp(&other.figures.revenue),
        SortKey::Cost => one.figures.visible_cost().cmp(&other.figures.visible_cost()),
        SortKey::Margin => one.figures.visible_margin().cmp(&other.figures.visible_margin()),
    })
}

/// The position of a division among those that are shown; unassigned comes last.
fn place(key: DivisionKey, divisions: &[VisibleDivision]) -> usize {
    divisions
        .iter()
        .position(|division| Some(division.id) == key)
        .unwrap_or(divisions.len())
}

/// The place of a kind among the others by its name, which is the same in each language.
fn place_of_kind(kind: ProjectKind) -> usize {
    match kind {
        ProjectKind::FixedPrice => 0,
        ProjectKind::Internal => 1,
        ProjectKind::TimeAndMaterial => 2,
    }
}

fn margin_share(figures: &ProjectFigures) -> Option<Ratio> {
    figures.visible_margin().share_of(figures.revenue)
}

fn table(lines: &[Line], pager: &Pager, context: &RenderContext, query: &ListQuery, days: &Days) -> Table {
    let columns = columns(&context.scope).into_iter().map(|(heading, key, is_figure)| {
        let column = if is_figure {
            Column::figure(heading)
        } else {
            Column::text(heading)
        };
        column.sorted_by(
            context.link(&query.sorted_by(key)),
            (query.sort == key).then(|| query.sorted()),
        )
    });
    let shown = lines
        .iter()
        .skip(pager.before() as usize)
        .take(pager.page_size.rows() as usize);
    let rows = shown.map(|line| row(line, context, days));
    let figures_of_all = lines.iter().map(|line| line.figures);
    let sum = figures_of_all.fold(ProjectFigures::nothing_in(&context.scope), Add::add);
    let count = Cell::of(projects::count(lines.len() as u64));
    // What is searched for is no place: its total is made of the rows above it.
    let place = query.q.trim().is_empty().then(Place::chosen);
    let totals = (5..).zip(figures(&sum, context, place.as_ref())).chain([(1, count)]);
    Table {
        name: "projects",
        caption: window::projects().into(),
        columns: columns.collect(),
        rows: rows.collect(),
        total: Some(Row::total(11, totals.collect())),
        lacks: None,
        empty: if query.q.trim().is_empty() {
            projects::none(context.scope_name())
        } else {
            projects::no_match()
        },
    }
}

fn row(line: &Line, context: &RenderContext, days: &Days) -> Row {
    let project = line.project;
    let mut cells = vec![
        Cell::link(&project.code, context.link(&address(&project.code))),
        Cell::text(&project.name),
        project.client.as_ref().map_or(Cell::Nothing, Cell::text),
        context.owner_cell(line.owner, &line.owned, days),
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
