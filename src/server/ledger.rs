//! The ledger: hours, money and capacity by project, division and stretch of time, in a constant number of queries.
//!
//! Every view's figures are made of it, so that they agree with each other to the cent. A division's figures are the
//! sums over what it owned on the days in question: projects, its parts of the bookings, its people; those of All are the
//! sums over the divisions and what is unassigned, never a query of their own. Balances, such as what is unbilled, go with
//! a project to whoever owns it.

mod earned;
mod figures;
pub mod owners;
mod project;
mod sql;

pub use super::entities::project::Kind as ProjectKind;
pub use figures::{ProjectFigures, Statement};
pub use project::{BudgetBurn, Forecast, Project, ProjectLedger};

use super::{permission::PermittedScope, timeline::Timeline};
use crate::{
    money::{Minutes, Money},
    period::{Days, Month},
};
use chrono::NaiveDate;
use project::Flow;
use sea_orm::{ConnectionTrait, DbErr};
use std::{
    collections::{BTreeMap, HashMap},
    ops::Add,
};

/// A division's id, or none for what is unassigned.
pub type DivisionKey = Option<i64>;

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

/// What the people of a division did in a stretch of time, on whosever project.
#[derive(Clone, Copy, Debug, Default)]
struct Work {
    billable: Minutes,
    /// Of all hours, those in a month for which nobody said how much the person has to work with.
    without_capacity: Minutes,
}

/// What people have to work with in a month, as far as they are in a division on `days`.
#[derive(Clone, Copy, Debug)]
struct Capacity {
    division: DivisionKey,
    month: Month,
    days: Days,
    minutes: Minutes,
}

/// Everything the views' figures are made of.
#[derive(Debug)]
pub struct Ledger {
    /// How time is cut.
    pub timeline: Timeline,
    /// The projects that were in the scope at any time, by code.
    pub projects: Vec<ProjectLedger>,
    /// All bookings in the scope by category, on projects and not.
    pub categories: Vec<CategorySum>,
    /// What every sum begins with.
    nothing: Statement,
    overhead: HashMap<DivisionKey, Vec<Money>>,
    /// What is shared and isn't split, whether it lies in the scope or not; amounts and credits added up.
    unsplit: Vec<CategorySum>,
    work: HashMap<DivisionKey, Vec<Work>>,
    capacities: Vec<Capacity>,
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
        let stretches = timeline.stretch_count();
        let mut projects: Vec<ProjectLedger> = rows
            .projects
            .into_iter()
            .map(|project| ProjectLedger::new(project, scope, stretches))
            .collect();
        let ids = projects
            .iter()
            .enumerate()
            .map(|(place, ledger)| (ledger.project.id, place));
        let place_of: HashMap<i64, usize> = ids.collect();
        let mut flow = |project: i64, division: DivisionKey, stretch: i64, add: &dyn Fn(&mut Flow)| {
            if let Some(place) = place_of.get(&project) {
                add(projects[*place].flow(division, stretch as usize));
            }
        };
        for row in rows.time {
            flow(row.project_id, row.division_id, row.stretch, &|flow| {
                flow.minutes += Minutes(row.minutes);
                flow.billable_minutes += Minutes(row.billable_minutes);
                flow.time_revenue += Money(row.revenue);
                flow.labour_cost = flow
                    .labour_cost
                    .zip(row.labour_cost)
                    .map(|(sum, cost)| sum + Money(cost));
                flow.unrated = flow
                    .unrated
                    .zip(row.unrated_minutes)
                    .map(|(sum, more)| sum + Minutes(more));
            });
        }
        let mut overhead: HashMap<DivisionKey, Vec<Money>> = HashMap::new();
        let mut unsplit = Vec::new();
        let mut categories = Vec::new();
        for row in rows.bookings {
            let (stretch, amount) = (row.stretch as usize, Money(row.amount));
            if row.unsplit != 0 {
                unsplit.push(CategorySum {
                    category: row.category.clone(),
                    stretch,
                    amount: Money(row.unsplit),
                });
            }
            if let Some(project) = row.project_id {
                flow(project, row.division_id, row.stretch, &|flow| {
                    flow.external_cost += amount;
                    flow.billable_expenses += Money(row.billable);
                });
            }
            if !scope.includes(row.division_id) {
                continue;
            }
            if row.project_id.is_none() {
                let sums = overhead
                    .entry(row.division_id)
                    .or_insert_with(|| vec![Money(0); stretches]);
                sums[stretch] += amount;
            }
            categories.push(CategorySum {
                category: row.category,
                stretch,
                amount,
            });
        }
        for row in rows.invoices {
            if let Some(place) = place_of.get(&row.project_id) {
                projects[*place].invoiced[row.stretch as usize] += Money(row.amount);
            }
        }
        let mut work: HashMap<DivisionKey, Vec<Work>> = HashMap::new();
        for row in rows.people {
            let sums = work
                .entry(row.division_id)
                .or_insert_with(|| vec![Work::default(); stretches]);
            let sum = &mut sums[row.stretch as usize];
            sum.billable += Minutes(row.billable_minutes);
            sum.without_capacity += Minutes(row.minutes_without_capacity);
        }
        let capacities = rows.capacities.into_iter().map(|row| Capacity {
            division: row.division_id,
            month: Month::of(row.month),
            days: Days {
                from: row.valid_from,
                to: row.valid_until.pred_opt().unwrap_or(row.valid_until),
            },
            minutes: Minutes(row.minutes),
        });
        let capacities = capacities.collect();
        for ledger in &mut projects {
            ledger.earn(&timeline, today);
        }
        Ok(Self {
            timeline,
            projects,
            categories,
            nothing: Statement::nothing_in(scope),
            overhead,
            unsplit,
            work,
            capacities,
        })
    }

    /// The figures of one division, or of what is unassigned, for `days`, one of the timeline's stretches.
    pub fn statement(&self, division: DivisionKey, days: &Days) -> Statement {
        let stretches = self.timeline.stretches(days);
        let mut statement = self.nothing;
        for ledger in &self.projects {
            statement += ledger.figures_of(division, stretches.clone());
            if ledger.project.owner_on(days.to) == division {
                statement.unbilled += ledger.unbilled(stretches.end);
                statement.advances += ledger.advances(stretches.end);
            }
        }
        if let Some(sums) = self.overhead.get(&division) {
            statement.overhead += sums[stretches.clone()].iter().copied().sum();
        }
        for work in self.work.get(&division).map_or(&[][..], |sums| &sums[stretches]) {
            statement.utilised += work.billable;
            statement.without_capacity += work.without_capacity;
        }
        let mut by_month: BTreeMap<Month, Vec<(Days, Minutes)>> = BTreeMap::new();
        for capacity in self.capacities.iter().filter(|capacity| capacity.division == division) {
            let in_month = by_month.entry(capacity.month).or_default();
            in_month.push((capacity.days, capacity.minutes));
        }
        for (month, capacities) in &by_month {
            statement.capacity += earned::capacity_in(*month, capacities, days);
        }
        statement
    }

    /// The figures of the whole scope for `days`: the sum over its divisions and what is unassigned.
    pub fn total(&self, scope: &PermittedScope, days: &Days) -> Statement {
        let statements = keys(scope).map(|division| self.statement(division, days));
        statements.fold(self.nothing, Statement::add)
    }

    /// The divisions of `scope` that have a row of their own for `days`, each with its figures: those that are archived
    /// only where they have any.
    pub fn statements(&self, scope: &PermittedScope, days: &Days) -> Vec<(DivisionKey, Statement)> {
        let is_archived = |key: DivisionKey| {
            let division = scope.divisions().iter().find(|division| Some(division.id) == key);
            scope.divisions().len() > 1 && division.is_some_and(|division| division.option.archived)
        };
        keys(scope)
            .map(|key| (key, self.statement(key, days)))
            .filter(|(key, statement)| !is_archived(*key) || *statement != self.nothing)
            .collect()
    }

    /// The categories of what is shared and isn't split.
    pub fn unsplit_categories(&self) -> impl Iterator<Item = &str> {
        self.unsplit.iter().map(|sum| sum.category.as_str())
    }

    /// What was shared on `days` and isn't split, because there is no key for its day or its parts don't cover it; of one
    /// category, or of all. Amounts and credits are added up, so that nothing is hidden. It is unassigned; the divisions'
    /// overhead is without it.
    pub fn unsplit(&self, category: Option<&str>, days: &Days) -> Money {
        let stretches = self.timeline.stretches(days);
        let is_meant = |sum: &&CategorySum| {
            stretches.contains(&sum.stretch) && category.is_none_or(|category| sum.category == category)
        };
        self.unsplit.iter().filter(is_meant).map(|sum| sum.amount).sum()
    }
}

/// The divisions of a scope, and none for what is unassigned where that is part of it.
pub fn keys(scope: &PermittedScope) -> impl Iterator<Item = DivisionKey> {
    let divisions = scope.divisions().iter().map(|division| Some(division.id));
    divisions.chain(scope.includes_unassigned().then_some(None))
}
