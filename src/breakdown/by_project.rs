//! What a figure is made of: the projects.

use super::opened::Opened;
use crate::{
    measure::Measure,
    messages::{figure, measure as words},
    money::{Minutes, Money},
    projects,
    report::{Cell, Column, Panel, Row, Table},
    server::ledger::{KeyFigures, ProjectLedger},
    view::{
        amount::{Amount, amount_of, lacks_of},
        lacks,
    },
};
use std::cmp::Reverse;

/// The columns that show how `measure` comes about in each project; the last is the measure.
fn columns(measure: Measure) -> Vec<Measure> {
    use Measure::{
        ExternalCost, LabourCost, MarginOne, MarginOneShare, MarginTwo, MarginTwoShare, ProjectCost, Revenue,
    };
    match measure {
        ProjectCost => vec![ExternalCost, LabourCost, ProjectCost],
        MarginOne => vec![Revenue, ExternalCost, MarginOne],
        MarginOneShare => vec![Revenue, ExternalCost, MarginOne, MarginOneShare],
        MarginTwo => vec![Revenue, ExternalCost, LabourCost, MarginTwo],
        MarginTwoShare => vec![Revenue, ExternalCost, LabourCost, MarginTwo, MarginTwoShare],
        measure => vec![measure],
    }
}

/// A project's part in the figure.
struct Part<'a> {
    ledger: &'a ProjectLedger,
    sums: KeyFigures,
}

/// The figure by project: the largest first, or for a margin the greatest loss.
pub(super) fn panel<C>(opened: &Opened<'_, C>) -> Panel {
    let measure = opened.measure;
    let columns = columns(measure);
    let stretches = opened.ledger.timeline.stretches(&opened.days);
    let nothing = KeyFigures::nothing_in(&opened.context.scope);
    let part = |ledger: &'_ ProjectLedger| {
        let mut sums = nothing;
        sums += ledger.figures(stretches.clone());
        sums
    };
    let mut parts: Vec<Part> = opened
        .ledger
        .projects
        .iter()
        .map(|ledger| Part {
            ledger,
            sums: part(ledger),
        })
        .filter(|part| {
            columns
                .iter()
                .any(|column| !is_nothing(&amount_of(*column, &part.sums)))
        })
        .collect();
    let is_margin = columns.len() > 3 || columns.contains(&Measure::MarginOne);
    let sorted_by = measure.margin_of_share().unwrap_or(measure);
    parts.sort_by_key(|part| {
        let amount = match amount_of(sorted_by, &part.sums) {
            Amount::Money(amount) => amount.0,
            Amount::Minutes(minutes) => minutes.0,
            _ => 0,
        };
        let amount = if is_margin { amount } else { -amount };
        (amount, part.ledger.project.code.clone())
    });
    let rows = parts
        .iter()
        .map(|part| row(opened, part.ledger, &columns, &part.sums))
        .collect();
    let sums = opened.sums(&opened.days);
    let totals = columns.iter().map(|column| cell(*column, &sums));
    let table = Table {
        name: "projects",
        caption: words::by_project().into(),
        columns: headings(&columns),
        rows: Vec::new(),
        total: Some(Row::total(columns.len() + 2, (2..).zip(totals).collect())),
        lacks: None,
        empty: words::nothing(),
    };
    Panel::new(words::by_project(), vec![opened.list(table, rows)])
}

/// What is unbilled, or the advances, by project: what was earned beside what was invoiced, since each project began.
pub(super) fn balances<C>(opened: &Opened<'_, C>) -> Panel {
    let (measure, context) = (opened.measure, opened.context);
    let end = opened.ledger.timeline.stretches(&opened.days).end;
    let balance = |ledger: &ProjectLedger| match measure {
        Measure::Unbilled => ledger.unbilled(end),
        _ => ledger.advances(end),
    };
    let mut found: Vec<(&ProjectLedger, Money)> = opened
        .ledger
        .projects
        .iter()
        .filter(|ledger| context.scope.includes(ledger.project.owner_on(opened.days.to)))
        .map(|ledger| (ledger, balance(ledger)))
        .filter(|(_, balance)| *balance != Money(0))
        .collect();
    found.sort_by_key(|(ledger, balance)| (Reverse(*balance), ledger.project.code.clone()));
    let earned = |ledger: &ProjectLedger| ledger.figures_until(end).revenue;
    let columns = match measure {
        Measure::Unbilled => [Measure::Earned, Measure::Invoiced, measure],
        _ => [Measure::Invoiced, Measure::Earned, measure],
    };
    let amount = |ledger: &ProjectLedger, column: Measure| match column {
        Measure::Earned => earned(ledger),
        Measure::Invoiced => ledger.invoiced_until(end),
        _ => balance(ledger),
    };
    let rows = found.iter().map(|(ledger, _)| {
        let mut cells = names(opened, ledger);
        cells.extend(columns.map(|column| {
            let place = opened.place.clone().project(&ledger.project.code);
            context.figure(Cell::of(amount(ledger, column)), column, &place)
        }));
        Row::new(cells)
    });
    let totals = columns.map(|column| Cell::of(found.iter().map(|(ledger, _)| amount(ledger, column)).sum::<Money>()));
    let table = Table {
        name: "projects",
        caption: words::by_project().into(),
        columns: headings(&columns),
        rows: Vec::new(),
        total: Some(Row::total(columns.len() + 2, (2..).zip(totals).collect())),
        lacks: None,
        empty: words::nothing(),
    };
    Panel::new(words::by_project(), vec![opened.list(table, rows.collect())])
}

fn headings(columns: &[Measure]) -> Vec<Column> {
    let names = [Column::text(figure::code()), Column::text(figure::name())];
    let figures = columns.iter().map(|column| Column::figure(column.name()));
    names.into_iter().chain(figures).collect()
}

/// The project's code, which leads to its page, and its name.
fn names<C>(opened: &Opened<'_, C>, ledger: &ProjectLedger) -> Vec<Cell> {
    let (code, context) = (&ledger.project.code, opened.context);
    vec![
        Cell::link(code, context.link(&projects::address(code))),
        Cell::text(&ledger.project.name),
    ]
}

fn row<C>(opened: &Opened<'_, C>, ledger: &ProjectLedger, columns: &[Measure], sums: &KeyFigures) -> Row {
    let mut cells = names(opened, ledger);
    let place = opened.place.clone().project(&ledger.project.code);
    let figures = columns
        .iter()
        .map(|column| opened.context.figure(cell(*column, sums), *column, &place));
    cells.extend(figures);
    Row::new(cells)
}

fn cell(measure: Measure, sums: &KeyFigures) -> Cell {
    let unrated = lacks::unrated(sums.unrated).filter(|_| measure.contains_labour_cost());
    let lacks = lacks_of(measure, unrated, None, sums);
    amount_of(measure, sums).cell().lacking(lacks.as_ref())
}

fn is_nothing(amount: &Amount) -> bool {
    match amount {
        Amount::Money(amount) => *amount == Money(0),
        Amount::Minutes(minutes) => *minutes == Minutes(0),
        _ => true,
    }
}
