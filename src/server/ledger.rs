//! The ledger: hours, money and capacity by project, division and stretch of time, in a constant number of queries.
//!
//! Every view's figures are made of it, so that they agree with each other to the cent. A division's figures are the
//! sums over its projects, its parts of the bookings and its people; those of All are the sums over the divisions and
//! what is unassigned, never a query of their own.

mod earned;
mod figures;
mod sql;

pub use super::entities::project::Kind as ProjectKind;
pub use figures::{BudgetBurn, ProjectFigures, Statement};

use super::{permission::PermittedScope, timeline::Timeline};
use crate::{
    money::{Minutes, Money, Rate},
    period::{Days, Month},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use std::{collections::HashMap, ops::Add};

/// A division's id, or none for what is unassigned.
pub type DivisionKey = Option<i64>;

/// A project, as its row has it.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its id.
    pub id: i64,
    /// What people call it by, such as `WEB-001`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its client's name; an internal one has none.
    pub client: Option<String>,
    /// Whose it is.
    pub division: DivisionKey,
    /// How it earns.
    pub kind: ProjectKind,
    /// The price of a billable hour.
    pub billing_rate: Option<Rate>,
    /// The fixed price.
    pub fee: Option<Money>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day, if one is set.
    pub ends_on: Option<NaiveDate>,
    /// What it may cost.
    pub budget: Option<Money>,
    /// How many hours it may take.
    pub budget_minutes: Option<Minutes>,
}

/// What happened on a project in one stretch of time, but for what the hours cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flow {
    /// All hours.
    pub minutes: Minutes,
    /// The billable ones.
    pub billable_minutes: Minutes,
    /// Billable hours at the project's rate.
    pub time_revenue: Money,
    /// The bookings on the project.
    pub external_cost: Money,
    /// Those of them that the client pays.
    pub billable_expenses: Money,
    /// What was invoiced.
    pub invoiced: Money,
}

/// A project with what happened on it.
#[derive(Clone, Debug)]
pub struct ProjectLedger {
    /// The project.
    pub project: Project,
    /// By stretch of the timeline.
    pub flows: Vec<Flow>,
    /// What its hours cost by stretch; none where that is no part of the scope.
    labour_cost: Option<Vec<Money>>,
    /// What was earned from the beginning to the end of each stretch.
    earned: Vec<Money>,
}

/// Bookings of one category in one stretch of time.
#[derive(Clone, Debug)]
pub struct CategorySum {
    /// The category's name.
    pub category: String,
    /// The stretch of the timeline.
    pub stretch: usize,
    /// The parts' sum.
    pub amount: Money,
}

/// Everything the views' figures are made of.
#[derive(Debug)]
pub struct Ledger {
    /// How time is cut.
    pub timeline: Timeline,
    /// The projects in the scope, by code.
    pub projects: Vec<ProjectLedger>,
    /// All bookings in the scope by category, on projects and not.
    pub categories: Vec<CategorySum>,
    /// What every sum begins with.
    nothing: Statement,
    overhead: HashMap<DivisionKey, Vec<Money>>,
    billable_minutes: HashMap<DivisionKey, Vec<Minutes>>,
    capacities: Vec<(DivisionKey, Month, Minutes)>,
}

impl Ledger {
    /// Reads what lies in `scope`, of the one project `code` if one is given. Fixed prices are earned up to `today`
    /// at the latest, whatever the timeline.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(
        db: &impl ConnectionTrait,
        scope: &PermittedScope,
        timeline: Timeline,
        today: NaiveDate,
        code: Option<&str>,
    ) -> Result<Self, DbErr> {
        let rows = sql::Rows::load(db, scope, &timeline, code).await?;
        let no_labour_cost = || vec![Money(0); timeline.stretch_count()];
        let mut projects: Vec<ProjectLedger> = rows
            .projects
            .into_iter()
            .map(|project| ProjectLedger {
                project,
                flows: vec![Flow::default(); timeline.stretch_count()],
                labour_cost: scope.includes_labour_cost().then(no_labour_cost),
                earned: Vec::new(),
            })
            .collect();
        let place_of: HashMap<i64, usize> = projects
            .iter()
            .enumerate()
            .map(|(place, ledger)| (ledger.project.id, place))
            .collect();
        for row in &rows.time {
            let place = place_of.get(&row.project_id).copied();
            let sums = place.and_then(|place| projects[place].labour_cost.as_mut());
            let sum = sums.and_then(|sums| sums.get_mut(row.stretch as usize));
            if let (Some(sum), Some(cost)) = (sum, row.labour_cost) {
                *sum += Money(cost);
            }
        }
        let mut flow = |project: i64, stretch: i64, add: &dyn Fn(&mut Flow)| {
            let place = place_of.get(&project).copied();
            if let Some(flow) = place.and_then(|place| projects[place].flows.get_mut(stretch as usize)) {
                add(flow);
            }
        };
        for row in rows.time {
            flow(row.project_id, row.stretch, &|flow| {
                flow.minutes += Minutes(row.minutes);
                flow.billable_minutes += Minutes(row.billable_minutes);
                flow.time_revenue += Money(row.revenue);
            });
        }
        for row in rows.invoices {
            flow(row.project_id, row.stretch, &|flow| flow.invoiced += Money(row.amount));
        }
        let mut overhead: HashMap<DivisionKey, Vec<Money>> = HashMap::new();
        let mut categories = Vec::new();
        for row in rows.bookings {
            match row.project_id {
                Some(project) => flow(project, row.stretch, &|flow| {
                    flow.external_cost += Money(row.amount);
                    flow.billable_expenses += Money(row.billable);
                }),
                None => {
                    let sums = overhead
                        .entry(row.division_id)
                        .or_insert_with(|| vec![Money(0); timeline.stretch_count()]);
                    sums[row.stretch as usize] += Money(row.amount);
                }
            }
            categories.push(CategorySum {
                category: row.category,
                stretch: row.stretch as usize,
                amount: Money(row.amount),
            });
        }
        let mut billable_minutes: HashMap<DivisionKey, Vec<Minutes>> = HashMap::new();
        for row in rows.people {
            let sums = billable_minutes
                .entry(row.division_id)
                .or_insert_with(|| vec![Minutes(0); timeline.stretch_count()]);
            sums[row.stretch as usize] += Minutes(row.billable_minutes);
        }
        let capacities = rows
            .capacities
            .into_iter()
            .map(|row| (row.division_id, Month::of(row.month), Minutes(row.minutes)))
            .collect();
        for ledger in &mut projects {
            ledger.earned = earned::earned(&ledger.project, &ledger.flows, &timeline, today);
        }
        Ok(Self {
            timeline,
            projects,
            categories,
            nothing: Statement::nothing_in(scope),
            overhead,
            billable_minutes,
            capacities,
        })
    }

    /// The figures of one division, or of what is unassigned, for `days`, one of the timeline's stretches.
    pub fn statement(&self, division: DivisionKey, days: &Days) -> Statement {
        let stretches = self.timeline.stretches(days);
        let mut statement = self.nothing;
        for ledger in self
            .projects
            .iter()
            .filter(|ledger| ledger.project.division == division)
        {
            statement += ledger.figures(stretches.clone());
            statement.work_in_progress += ledger.work_in_progress(stretches.end);
        }
        if let Some(sums) = self.overhead.get(&division) {
            statement.overhead += sums[stretches.clone()].iter().copied().sum();
        }
        if let Some(sums) = self.billable_minutes.get(&division) {
            statement.utilised += sums[stretches].iter().copied().sum();
        }
        for (_, month, minutes) in self.capacities.iter().filter(|capacity| capacity.0 == division) {
            statement.capacity += earned::capacity_in(*month, *minutes, days);
        }
        statement
    }

    /// The figures of the whole scope for `days`: the sum over its divisions and what is unassigned.
    pub fn total(&self, scope: &PermittedScope, days: &Days) -> Statement {
        let statements = keys(scope).map(|division| self.statement(division, days));
        statements.fold(self.nothing, Statement::add)
    }
}

/// The divisions of a scope, and none for what is unassigned where that is part of it.
pub fn keys(scope: &PermittedScope) -> impl Iterator<Item = DivisionKey> {
    let divisions = scope.divisions().iter().map(|division| Some(division.id));
    divisions.chain(scope.includes_unassigned().then_some(None))
}
