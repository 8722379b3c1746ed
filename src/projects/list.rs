//! The list of projects: searched, sorted and cut into pages, with the total of all that match.

use super::{
    address, kind_name,
    list_query::{ListQuery, SortKey},
    short_kind_name,
};
use crate::{
    error::AppError,
    money::{Burn, Minutes, NumberFormat, Ratio},
    pages::PROJECTS,
    period::Days,
    server::{
        accounts::VisibleDivision,
        ledger::{BudgetBurn, DivisionKey, Ledger, Project, ProjectFigures, ProjectLedger},
        permission::PermittedScope,
        timeline::Timeline,
    },
    ui::{
        pager::Pager,
        table::{Cell, Column, Row, Sorted, Table, withheld_note},
    },
    view::{Heading, RenderContext, Rendered, Search, lacks, no_share_of},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use std::{
    cmp::Ordering,
    ops::{Add, Range},
};

/// The columns, each with the key it is sorted by and whether it holds figures. Where labour cost is withheld, the same
/// key sorts by what its column shows instead.
fn columns(scope: &PermittedScope) -> [(&'static str, SortKey, bool); 11] {
    let (cost, margin, margin_share) = if scope.includes_labour_cost() {
        ("Cost", "Margin", "Margin %")
    } else {
        ("External cost", "CM I", "CM I %")
    };
    [
        ("Code", SortKey::Code, false),
        ("Name", SortKey::Name, false),
        ("Client", SortKey::Client, false),
        ("Division", SortKey::Division, false),
        ("Kind", SortKey::Kind, false),
        ("Hours", SortKey::Hours, true),
        ("Revenue", SortKey::Revenue, true),
        (cost, SortKey::Cost, true),
        (margin, SortKey::Margin, true),
        (margin_share, SortKey::MarginShare, true),
        ("Budget burn", SortKey::Burn, false),
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

/// Renders the list.
///
/// # Errors
/// The database failed.
pub async fn render(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    query: &ListQuery,
) -> Result<Rendered, AppError> {
    let days = context.period.days(context.today);
    let ledger = Ledger::load(db, &context.scope, Timeline::of([days]), context.today, None).await?;
    let stretches = ledger.timeline.stretches(&days);
    let wanted = query.q.trim().to_lowercase();
    let mut lines: Vec<Line> = ledger
        .projects
        .iter()
        .filter(|ledger| matches(&ledger.project, &wanted))
        .filter_map(|ledger| Line::of(ledger, stretches.clone(), context, &days))
        .collect();
    let divisions = context.scope.divisions();
    lines.sort_by(|one, other| {
        let order = compare(one, other, query.sort, query.sorted(), divisions);
        order.then_with(|| one.project.code.cmp(&other.project.code))
    });
    let pager = Pager {
        row: query.row(),
        page_size: context.chosen.get(),
        total: lines.len() as u64,
        format: context.format,
    };
    let table = table(&lines, &pager, context, query, &days);
    let search = Search {
        path: PROJECTS.path,
        label: "Code, name or client",
        text: query.q.clone(),
        kept: query.sorting(),
    };
    let note = if context.scope.includes_labour_cost() {
        "Margin is contribution margin II: revenue less external and labour cost. Overhead is carried by divisions."
            .to_owned()
    } else {
        format!(
            "CM I, contribution margin I, is revenue less external cost; budget burn is that of hours. {}",
            withheld_note()
        )
    };
    let content = view! {
        {Heading::of(PROJECTS.title, context).with_search(search).view()}
        <section class="panel">
            {table.view()}
            {pager.view(|row| context.link(&query.from(row)))}
            <p class="note">
                {note} " The total is that of all projects that match, on every page."
            </p>
        </section>
    };
    Ok(Rendered::of(PROJECTS.title, context, content))
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
        SortKey::Kind => kind_name(one.project.kind).cmp(kind_name(other.project.kind)),
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

fn margin_share(figures: &ProjectFigures) -> Option<Ratio> {
    figures.visible_margin().share_of(figures.revenue)
}

fn table(lines: &[Line], pager: &Pager, context: &RenderContext, query: &ListQuery, days: &Days) -> Table {
    let format = context.format;
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
    let rows = shown.map(|line| {
        let project = line.project;
        let mut cells = vec![
            Cell::link(&project.code, context.link(&address(&project.code))),
            Cell::text(&project.name),
            project.client.as_ref().map_or(Cell::Empty, Cell::text),
            context.owner_cell(line.owner, &line.owned, days),
            Cell::text(short_kind_name(project.kind)),
        ];
        cells.extend(figures(&line.figures, format));
        cells.push(match &line.balance {
            Balance::Withheld => Cell::Withheld,
            Balance::Elsewhere => Cell::nothing("another division's at the end of the period"),
            Balance::Burn(burn, unrated) => {
                // The larger of two figures rests on both.
                let lacks = lacks::unrated(unrated.filter(|_| project.budget.is_some()), format);
                Cell::burn(burn.map(|burn| burn.used), format).lacking(lacks.as_deref())
            }
        });
        Row::new(cells)
    });
    let figures_of_all = lines.iter().map(|line| line.figures);
    let sum = figures_of_all.fold(ProjectFigures::nothing_in(&context.scope), Add::add);
    let mut total = vec![
        Cell::text("Total"),
        Cell::text(format!("{} projects", format.count(lines.len() as u64))),
    ];
    total.extend([Cell::text(""), Cell::text(""), Cell::text("")]);
    total.extend(figures(&sum, format));
    total.push(Cell::text(""));
    Table {
        caption: "Projects".to_owned(),
        caption_hidden: true,
        columns: columns.collect(),
        rows: rows.collect(),
        total: Some(Row::new(total)),
        lacks: None,
        empty: if query.q.trim().is_empty() {
            "No project was in this division in this period."
        } else {
            "No project's code, name or client contains what you are looking for. Clear the search to see all."
        },
    }
}

fn figures(figures: &ProjectFigures, format: NumberFormat) -> [Cell; 5] {
    // Where labour cost is withheld, none of these contains it.
    let lacks = lacks::unrated(figures.unrated, format);
    let lacks = lacks.as_deref();
    [
        Cell::hours(figures.minutes, format),
        Cell::money(figures.revenue, format),
        Cell::money(figures.visible_cost(), format).lacking(lacks),
        Cell::money(figures.visible_margin(), format).lacking(lacks),
        Cell::share(margin_share(figures), no_share_of(figures.revenue), format).lacking(lacks),
    ]
}
