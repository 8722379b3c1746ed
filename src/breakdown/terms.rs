//! The formula of a figure with the numbers put in: its terms, one below the other, and what they give.

use super::{balance, opened::Opened, value::Values};
use crate::{
    measure::Measure,
    message::Value,
    messages::{measure as words, projects as project_words},
    report::{Cell, Column, Row, Table},
    server::ledger::{Forecast, ProjectKind},
};

/// How a term is counted.
#[derive(Clone, Copy)]
enum Sign {
    Plus,
    Less,
    Times,
    Over,
}

/// A term: its name and its figure.
struct Term {
    sign: Sign,
    name: Value,
    cell: Cell,
}

/// The terms as a table with the figure as its total; nothing if the figure is a sum of rows alone.
pub(super) fn table<C>(opened: &Opened<'_, C>, values: &Values) -> Option<Table> {
    let terms = terms(opened);
    if terms.is_empty() {
        return None;
    }
    let row = |term: Term| {
        let name = match term.sign {
            Sign::Plus => term.name,
            Sign::Less => words::less(term.name).into(),
            Sign::Times => words::times(term.name).into(),
            Sign::Over => words::over(term.name).into(),
        };
        Row::new(vec![Cell::of(name), term.cell])
    };
    Some(Table {
        name: "terms",
        caption: words::how().into(),
        columns: vec![Column::text(words::term()), Column::figure(words::figure())],
        rows: terms.into_iter().map(row).collect(),
        total: Some(Row::new(vec![Cell::of(opened.measure.name()), values.cell()])),
        lacks: None,
        empty: words::nothing(),
    })
}

fn terms<C>(opened: &Opened<'_, C>) -> Vec<Term> {
    use Measure::{
        Advances, BillableHours, BilledTime, BookedCost, Capacity, Cost, CostSoFar, Earned, EffectiveRate, Expenses,
        ExternalCost, ExternalCostSoFar, Hours, HoursSoFar, Invoiced, LabourCost, LabourCostSoFar, MarginOne,
        MarginOneShare, MarginThree, MarginThreeShare, MarginTwo, MarginTwoShare, Overhead, ProjectCost, Revenue,
        UnbillableHours, Unbilled, Utilisation, UtilisedHours,
    };
    use Sign::{Less, Over, Plus};
    let of = |signs: &[(Sign, Measure)]| -> Vec<Term> {
        let term = |(sign, measure): &(Sign, Measure)| Term {
            sign: *sign,
            name: measure.name().into(),
            cell: opened.figure(*measure),
        };
        signs.iter().map(term).collect()
    };
    let (place, is_project) = (opened.place, opened.place.project.is_some());
    match opened.measure {
        Revenue if earns_by_time(opened) => of(&[(Plus, BilledTime), (Plus, Expenses)]),
        MarginOne => of(&[(Plus, Revenue), (Less, ExternalCost)]),
        MarginTwo => of(&[(Plus, MarginOne), (Less, LabourCost)]),
        MarginThree => of(&[(Plus, MarginTwo), (Less, Overhead)]),
        MarginOneShare => of(&[(Plus, MarginOne), (Over, Revenue)]),
        MarginTwoShare => of(&[(Plus, MarginTwo), (Over, Revenue)]),
        MarginThreeShare => of(&[(Plus, MarginThree), (Over, Revenue)]),
        Cost => of(&[(Plus, ExternalCost), (Plus, LabourCost), (Plus, Overhead)]),
        ProjectCost => of(&[(Plus, ExternalCost), (Plus, LabourCost)]),
        BookedCost if place.category.is_none() => of(&[(Plus, ExternalCost), (Plus, Overhead)]),
        Hours if place.person.is_none() => of(&[(Plus, BillableHours), (Plus, UnbillableHours)]),
        EffectiveRate => of(&[(Plus, Revenue), (Over, Hours)]),
        Utilisation => of(&[(Plus, UtilisedHours), (Over, Capacity)]),
        Unbilled if is_project => of(&[(Plus, Earned), (Less, Invoiced)]),
        Advances if is_project => of(&[(Plus, Invoiced), (Less, Earned)]),
        CostSoFar => of(&[(Plus, ExternalCostSoFar), (Plus, LabourCostSoFar)]),
        Measure::Burn | Measure::MoneyLeft | Measure::HoursLeft => budget(opened),
        Measure::CostAtCompletion => {
            let mut terms = of(&[(Plus, CostSoFar)]);
            if is_forecast(opened) {
                terms.extend(of(&[
                    (Plus, Measure::HoursLeft),
                    (Sign::Times, LabourCostSoFar),
                    (Over, HoursSoFar),
                ]));
            }
            terms
        }
        _ => Vec::new(),
    }
}

/// Whether it is of one project that earns by time.
fn earns_by_time<C>(opened: &Opened<'_, C>) -> bool {
    let kind = opened.project().map(|ledger| ledger.project.kind);
    kind == Some(ProjectKind::TimeAndMaterial)
}

/// Whether the cost at completion contains hours that are still to come.
fn is_forecast<C>(opened: &Opened<'_, C>) -> bool {
    let end = opened.ledger.timeline.stretches(&opened.days).end;
    let forecast = opened
        .project()
        .map(|ledger| ledger.cost_at_completion(end, opened.days.to));
    matches!(forecast, Some(Forecast::Cost(_)))
}

/// A budget and what is spent of it.
fn budget<C>(opened: &Opened<'_, C>) -> Vec<Term> {
    let Some(ledger) = opened.project() else {
        return Vec::new();
    };
    let term = |sign, name: Value, cell| Term { sign, name, cell };
    let spent = |sign, measure: Measure| term(sign, measure.name().into(), opened.figure(measure));
    let end = opened.ledger.timeline.stretches(&opened.days).end;
    let money = ledger
        .project
        .budget
        .map(|budget| (project_words::budget().into(), Cell::of(budget)));
    let hours = ledger.project.budget_minutes;
    let hours = hours.map(|budget| (project_words::budget_in_hours().into(), Cell::of(budget)));
    match opened.measure {
        Measure::Burn => {
            let Some((measure, name, budget)) = balance::spent_of_budget(ledger, end) else {
                return Vec::new();
            };
            vec![spent(Sign::Plus, measure), term(Sign::Over, name, budget)]
        }
        Measure::MoneyLeft => money.map_or_else(Vec::new, |(name, budget)| {
            vec![term(Sign::Plus, name, budget), spent(Sign::Less, Measure::CostSoFar)]
        }),
        _ => hours.map_or_else(Vec::new, |(name, budget)| {
            vec![term(Sign::Plus, name, budget), spent(Sign::Less, Measure::HoursSoFar)]
        }),
    }
}
