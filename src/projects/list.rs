//! The list of projects: searched, sorted and cut into pages, with the total of all that match.

use super::{
    address, kind_name,
    query::{ListQuery, SortKey},
    short_kind_name,
};
use crate::{
    error::AppError,
    money::{NumberFormat, Share},
    server::{
        accounts::VisibleDivision,
        ledger::{BudgetBurn, DivisionKey, Ledger, Project, ProjectFigures},
        timeline::Timeline,
    },
    ui::{
        pager::Pager,
        table::{Cell, Column, Row, Sorted, Table},
    },
    view::{Heading, Rendered, Request, Search},
};
use leptos::prelude::*;
use sea_orm::ConnectionTrait;
use std::cmp::Ordering;

const PAGE_SIZE: u64 = 50;

/// The columns, each with the key it is sorted by and whether it holds figures.
const COLUMNS: [(&str, SortKey, bool); 11] = [
    ("Code", SortKey::Code, false),
    ("Name", SortKey::Name, false),
    ("Client", SortKey::Client, false),
    ("Division", SortKey::Division, false),
    ("Kind", SortKey::Kind, false),
    ("Hours", SortKey::Hours, true),
    ("Revenue", SortKey::Revenue, true),
    ("Cost", SortKey::Cost, true),
    ("Margin", SortKey::Margin, true),
    ("Margin %", SortKey::MarginShare, true),
    ("Budget burn", SortKey::Burn, false),
];

/// One line of the list.
struct Line<'a> {
    project: &'a Project,
    figures: ProjectFigures,
    burn: Option<BudgetBurn>,
}

/// Renders the list.
///
/// # Errors
/// The database failed.
pub async fn render(db: &impl ConnectionTrait, request: &Request, query: &ListQuery) -> Result<Rendered, AppError> {
    let days = request.period.days(request.today);
    let ledger = Ledger::load(db, &request.scope, Timeline::of([days]), request.today, None).await?;
    let stretches = ledger.timeline.stretches(&days);
    let wanted = query.q.trim().to_lowercase();
    let mut lines: Vec<Line> = ledger
        .projects
        .iter()
        .filter(|ledger| matches(&ledger.project, &wanted))
        .map(|ledger| Line {
            project: &ledger.project,
            figures: ledger.figures(stretches.clone()),
            burn: ledger.budget_burn(stretches.end),
        })
        .collect();
    let divisions = request.scope.divisions();
    lines.sort_by(|one, other| {
        let order = compare(one, other, query.sort, divisions);
        let order = if query.sorted() == Sorted::Descending {
            order.reverse()
        } else {
            order
        };
        order.then_with(|| one.project.code.cmp(&other.project.code))
    });
    let pager = Pager {
        page: u64::from(query.page.get()),
        page_size: PAGE_SIZE,
        total: lines.len() as u64,
        format: request.format,
    };
    let first = (pager.current() - 1) * PAGE_SIZE;
    let table = table(&lines, first as usize, request, query);
    let search = Search {
        path: "/projects",
        label: "Code, name or client",
        text: query.q.clone(),
        kept: query.sorting(),
    };
    let content = view! {
        {Heading::of("Projects", request).with_search(search).view()}
        <section class="panel">
            {table.view()}
            {pager.view(|page| request.link(&query.on_page(page)))}
            <p class="note">
                "Margin is contribution margin II: revenue less external and labour cost. Overhead is carried by divisions. The total is that of all projects that match, on every page."
            </p>
        </section>
    };
    Ok(Rendered::of("Projects", content))
}

/// Whether code, name or client contains `wanted`, which is in small letters.
fn matches(project: &Project, wanted: &str) -> bool {
    let contains = |text: &str| text.to_lowercase().contains(wanted);
    contains(&project.code) || contains(&project.name) || project.client.as_deref().is_some_and(contains)
}

fn compare(one: &Line, other: &Line, key: SortKey, divisions: &[VisibleDivision]) -> Ordering {
    let text = |text: fn(&Line) -> String| text(one).cmp(&text(other));
    match key {
        SortKey::Code => one.project.code.cmp(&other.project.code),
        SortKey::Name => text(|line| line.project.name.to_lowercase()),
        SortKey::Client => text(|line| line.project.client.as_deref().unwrap_or_default().to_lowercase()),
        SortKey::Division => place(one.project.division, divisions).cmp(&place(other.project.division, divisions)),
        SortKey::Kind => kind_name(one.project.kind).cmp(kind_name(other.project.kind)),
        SortKey::Hours => one.figures.minutes.cmp(&other.figures.minutes),
        SortKey::Revenue => one.figures.revenue.cmp(&other.figures.revenue),
        SortKey::Cost => one.figures.cost().cmp(&other.figures.cost()),
        SortKey::Margin => one
            .figures
            .contribution_margin()
            .cmp(&other.figures.contribution_margin()),
        SortKey::MarginShare => margin_share(&one.figures).cmp(&margin_share(&other.figures)),
        SortKey::Burn => one.burn.map(|burn| burn.share).cmp(&other.burn.map(|burn| burn.share)),
    }
}

/// Where a division stands among those that are shown; what is unassigned comes last.
fn place(key: DivisionKey, divisions: &[VisibleDivision]) -> usize {
    divisions
        .iter()
        .position(|division| Some(division.id) == key)
        .unwrap_or(divisions.len())
}

fn margin_share(figures: &ProjectFigures) -> Option<Share> {
    figures.contribution_margin().share_of(figures.revenue)
}

fn table(lines: &[Line], first: usize, request: &Request, query: &ListQuery) -> Table {
    let format = request.format;
    let columns = COLUMNS.iter().map(|(heading, key, is_figure)| {
        let column = if *is_figure {
            Column::figure(*heading)
        } else {
            Column::text(*heading)
        };
        column.sorted_by(
            request.link(&query.sorted_by(*key)),
            (query.sort == *key).then(|| query.sorted()),
        )
    });
    let rows = lines.iter().skip(first).take(PAGE_SIZE as usize).map(|line| {
        let project = line.project;
        let mut cells = vec![
            Cell::link(&project.code, request.link(&address(&project.code))),
            Cell::text(&project.name),
            project.client.as_ref().map_or(Cell::Empty, Cell::text),
            request.division_cell(project.division),
            Cell::text(short_kind_name(project.kind)),
        ];
        cells.extend(figures(&line.figures, format));
        cells.push(Cell::burn(line.burn.map(|burn| burn.share), format));
        Row::new(cells)
    });
    let sum: ProjectFigures = lines.iter().map(|line| line.figures).sum();
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
        empty: if query.q.trim().is_empty() {
            "There is no project in this division."
        } else {
            "No project's code, name or client contains what you are looking for. Clear the search to see all."
        },
    }
}

fn figures(figures: &ProjectFigures, format: NumberFormat) -> [Cell; 5] {
    [
        Cell::hours(figures.minutes, format),
        Cell::money(figures.revenue, format),
        Cell::money(figures.cost(), format),
        Cell::money(figures.contribution_margin(), format),
        Cell::share(margin_share(figures), format),
    ]
}
