//! The page of a figure: how it is calculated, what it is made of one step down, and at the end its rows.
//!
//! Every figure of every view opens here. What it is made of are figures again, each with a page of its own; their sum, and
//! the sum of the rows, is the figure to the cent.

mod balance;
mod beside_all;
mod bookings;
mod by_division;
mod by_owner;
mod by_person;
mod by_project;
mod capacity;
mod capacity_sql;
mod entries;
mod fixed_price;
mod here;
mod invoices;
mod invoices_sql;
mod opened;
mod query;
mod terms;
mod value;

pub use query::BreakdownQuery;

use crate::{
    error::AppError,
    measure::{Measure, Reach},
    message::{Joint, Value},
    messages::{error, measure as words},
    place::Place,
    report::{Content, Panel, Part, Report, Tile},
    rows::Counted,
    server::ledger::ProjectKind,
    view::RenderContext,
};
use here::Here;
use opened::Opened;
use sea_orm::{ConnectionTrait, StreamTrait};
use value::Values;

/// The page of `measure` at the place that `query` names.
///
/// # Errors
/// The measure has no value there, or this person may not see it; the database failed.
pub async fn report(
    db: &(impl ConnectionTrait + StreamTrait),
    context: &RenderContext,
    measure: Measure,
    query: &BreakdownQuery,
) -> Result<Report, AppError> {
    let place = query.place();
    if !exists(measure, &place) {
        return Err(AppError::not_found(error::no_figure()));
    }
    let here = match here::find(db, context, measure, &place).await? {
        Here::At(here) => here,
        Here::Elsewhere(report) => return Ok(*report),
    };
    let opened = Opened {
        db,
        context: &here.context,
        measure,
        place: &place,
        days: here.days,
        ledger: &here.ledger,
        row: query.row(),
    };
    let values = Values::of(&opened, here.compared).await?;
    let mut title = vec![measure.name().into()];
    title.extend(opened.project().map(|project| here::title(&project.project)));
    title.extend(here.person.map(Value::text));
    title.extend(place.category.as_deref().map(Value::text));
    let mut parts = vec![
        Part::Tiles(vec![Tile {
            name: "figure",
            label: measure.name(),
            value: values.cell(),
            change: values.change(),
            formula: None,
        }]),
        Part::Panel(Panel::new(words::how(), opened.explained(&values))),
    ];
    parts.extend(beside_all::panel(&opened, &values).await?.map(Part::Panel));
    parts.extend(opened.one_step_down().await?.into_iter().map(Part::Panel));
    parts.extend(values.compared().map(Part::Panel));
    Ok(here.context.report(Value::Joined(title, Joint::Dot), parts))
}

/// Whether `measure` has a value at such a place.
fn exists(measure: Measure, place: &Place) -> bool {
    use Measure::{
        BillableHours, BookedCost, ExternalCost, Hours, LabourCost, Overhead, UnbillableHours, UnratedHours,
        UtilisedHours,
    };
    let fits_project = match measure.reach() {
        Reach::Anywhere => true,
        Reach::Divisions => place.project.is_none(),
        Reach::Project => place.project.is_some(),
    };
    let of_people = [
        Hours,
        BillableHours,
        UnbillableHours,
        UnratedHours,
        LabourCost,
        UtilisedHours,
    ];
    let of_categories = [BookedCost, ExternalCost, Overhead];
    fits_project
        && (place.person.is_none() || of_people.contains(&measure))
        && (place.category.is_none() || of_categories.contains(&measure))
        && (place.person.is_none() || place.category.is_none())
}

impl<C: ConnectionTrait + StreamTrait> Opened<'_, C> {
    /// The formula, in words and with the numbers put in.
    fn explained(&self, values: &Values) -> Vec<Content> {
        let mut contents = vec![Content::note(vec![self.measure.formula()])];
        contents.extend(terms::table(self, values).map(Content::Table));
        contents
    }

    /// What it is made of, and at the end its rows.
    async fn one_step_down(&self) -> Result<Vec<Panel>, AppError> {
        use Measure::{
            Advances, BillableHours, BilledTime, BookedCost, Burn, Capacity, Cost, CostAtCompletion, CostSoFar, Earned,
            EffectiveRate, Expenses, ExternalCost, ExternalCostSoFar, Hours, HoursLeft, HoursSoFar, Invoiced,
            LabourCost, LabourCostSoFar, MarginOne, MarginOneShare, MarginThree, MarginThreeShare, MarginTwo,
            MarginTwoShare, MoneyLeft, Overhead, ProjectCost, Revenue, UnbillableHours, Unbilled, UnratedHours,
            Utilisation, UtilisedHours,
        };
        let mut panels: Vec<Panel> = by_division::panel(self).into_iter().collect();
        match self.measure {
            Revenue => match self.project().map(|ledger| (ledger.project.kind, ledger)) {
                None => panels.push(by_project::panel(self)),
                Some((ProjectKind::FixedPrice, ledger)) => panels.push(fixed_price::panel(self, ledger)),
                Some((ProjectKind::TimeAndMaterial | ProjectKind::Internal, _)) => {}
            },
            BilledTime => panels.push(entries::panel(self, Counted::Earning).await?),
            ExternalCost => match (&self.place.project, &self.place.category) {
                (None, None) => panels.push(by_project::panel(self)),
                _ => panels.push(bookings::panel(self).await?),
            },
            Overhead | BookedCost | Expenses => panels.push(bookings::panel(self).await?),
            LabourCost | Hours | BillableHours | UnbillableHours | UnratedHours | UtilisedHours => {
                match self.place.person {
                    None => panels.push(by_person::panel(self).await?),
                    Some(_) => panels.push(entries::panel(self, Counted::of(self.measure)).await?),
                }
            }
            ProjectCost | MarginOne | MarginTwo | MarginOneShare | MarginTwoShare => {
                panels.extend(self.place.project.is_none().then(|| by_project::panel(self)));
            }
            Utilisation => panels.push(by_person::utilisation(self).await?),
            Capacity => panels.push(capacity::panel(self).await?),
            Unbilled | Advances => panels.extend(self.place.project.is_none().then(|| by_project::balances(self))),
            Earned | ExternalCostSoFar | LabourCostSoFar | HoursSoFar => panels.extend(by_owner::panel(self)),
            Invoiced => panels.push(invoices::panel(self).await?),
            Cost | MarginThree | MarginThreeShare | EffectiveRate | CostSoFar | Burn | MoneyLeft | HoursLeft
            | CostAtCompletion => {}
        }
        Ok(panels)
    }
}
