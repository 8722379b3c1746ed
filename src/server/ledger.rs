//! The ledger: hours, money and capacity by project, division and stretch of time, in a constant number of queries.
//!
//! The figures of all views are made from it, so they agree with each other to the cent. The figures of a division are
//! sums over what it owned on the days in question: its projects, its parts of the bookings, its people. The figures of
//! All are sums over the divisions and the unassigned rest, never a query of their own. Balances, such as unbilled
//! work, belong to the current owner of a project.

mod earned;
mod key_figures;
mod ledger_sql;
pub mod owners;
mod project_ledger;

pub use crate::books::ProjectKind;
pub use earned::{accrued, capacity_parts};
pub use key_figures::{KeyFigures, ProjectFigures};
pub use owners::DivisionKey;
pub use project_ledger::{BudgetBurn, BudgetUnit, Forecast, Project, ProjectLedger};

use super::{permission::PermittedScope, timeline::Timeline};
use crate::{
    days::{Days, Month},
    money::{Minutes, Money},
};
use chrono::NaiveDate;
use project_ledger::Flow;
use sea_orm::{ConnectionTrait, DbErr};
use std::{
    collections::{BTreeMap, HashMap},
    ops::Add,
};

/// The sum of the bookings of one category in one stretch of time.
#[derive(Clone, Debug)]
pub struct CategorySum {
    /// The category's name.
    pub category: String,
    /// The division that bears it; none for what is unassigned.
    pub division: DivisionKey,
    /// The stretch of the timeline.
    pub stretch: usize,
    /// The sum.
    pub amount: Money,
}

/// The work of a division's people in a stretch of time, no matter who owned the projects.
#[derive(Clone, Copy, Debug, Default)]
struct Work {
    billable: Minutes,
    /// Of all hours, those in a month for which the person has no capacity.
    without_capacity: Minutes,
}

/// The capacity in a month of people who are in a division on `days`.
#[derive(Clone, Copy, Debug)]
struct Capacity {
    division: DivisionKey,
    month: Month,
    days: Days,
    minutes: Minutes,
}

/// Everything that the figures of the views are made from.
#[derive(Debug)]
pub struct Ledger {
    /// How time is cut into stretches.
    pub timeline: Timeline,
    /// The projects that were in the scope at any time, by code.
    pub projects: Vec<ProjectLedger>,
    /// All bookings in the scope by category, on projects and not.
    pub categories: Vec<CategorySum>,
    /// Zero, from which every sum starts.
    nothing: KeyFigures,
    overhead: HashMap<DivisionKey, Vec<Money>>,
    /// Shared costs that aren't split, whether in the scope or not; credits are added, not subtracted.
    unsplit: Vec<CategorySum>,
    work: HashMap<DivisionKey, Vec<Work>>,
    capacities: Vec<Capacity>,
}

impl Ledger {
    /// Reads everything in `scope`; only the project `code`, if it is given. Fixed prices are earned up to `today` at
    /// most, whatever the timeline.
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
        let rows = ledger_sql::Rows::load(db, scope, &timeline, code).await?;
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
                    division: None,
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
                division: row.division_id,
                stretch,
                amount,
            });
        }
        for row in rows.invoices {
            if let Some(place) = place_of.get(&row.project_id) {
                let (ledger, stretch, amount) = (&mut projects[*place], row.stretch as usize, Money(row.amount));
                ledger.invoiced[stretch] += amount;
                ledger.flow(row.division_id, stretch).invoiced += amount;
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
            nothing: KeyFigures::nothing_in(scope),
            overhead,
            unsplit,
            work,
            capacities,
        })
    }

    /// The figures of one division, or of the unassigned rest, for `days`, which the timeline was cut for.
    pub fn key_figures(&self, division: DivisionKey, days: &Days) -> KeyFigures {
        let stretches = self.timeline.stretches(days);
        let mut figures = self.nothing;
        for ledger in &self.projects {
            figures += ledger.figures_of(division, stretches.clone());
            if ledger.project.owner_on(days.to) == division {
                figures.unbilled += ledger.unbilled(stretches.end);
                figures.advances += ledger.advances(stretches.end);
            }
        }
        if let Some(sums) = self.overhead.get(&division) {
            figures.overhead += sums[stretches.clone()].iter().copied().sum();
        }
        for work in self.work.get(&division).map_or(&[][..], |sums| &sums[stretches]) {
            figures.utilised += work.billable;
            figures.without_capacity += work.without_capacity;
        }
        let mut by_month: BTreeMap<Month, Vec<(Days, Minutes)>> = BTreeMap::new();
        for capacity in self.capacities.iter().filter(|capacity| capacity.division == division) {
            let in_month = by_month.entry(capacity.month).or_default();
            in_month.push((capacity.days, capacity.minutes));
        }
        for (month, capacities) in &by_month {
            figures.capacity += earned::capacity_in(*month, capacities, days);
        }
        figures
    }

    /// The figures of the whole scope for `days`: the sum over its divisions and the unassigned rest.
    pub fn total(&self, scope: &PermittedScope, days: &Days) -> KeyFigures {
        let key_figures = keys(scope).map(|division| self.key_figures(division, days));
        key_figures.fold(self.nothing, KeyFigures::add)
    }

    /// The divisions of `scope` with their figures for `days`; archived divisions only if they have any.
    pub fn by_division(&self, scope: &PermittedScope, days: &Days) -> Vec<(DivisionKey, KeyFigures)> {
        let is_archived = |key: DivisionKey| {
            scope.divisions().len() > 1 && scope.division(key).is_some_and(|division| division.option.archived)
        };
        keys(scope)
            .map(|key| (key, self.key_figures(key, days)))
            .filter(|(key, figures)| !is_archived(*key) || *figures != self.nothing)
            .collect()
    }

    /// The categories of shared costs that aren't split.
    pub fn unsplit_categories(&self) -> impl Iterator<Item = &str> {
        self.unsplit.iter().map(|sum| sum.category.as_str())
    }

    /// The shared costs on `days`, of one category or of all, that aren't split, because there was no key on their day
    /// or their parts don't cover them. Credits are added, not subtracted, so that they hide nothing. These costs are
    /// unassigned, and not part of the divisions' overhead.
    pub fn unsplit(&self, category: Option<&str>, days: &Days) -> Money {
        let stretches = self.timeline.stretches(days);
        let is_meant = |sum: &&CategorySum| {
            stretches.contains(&sum.stretch) && category.is_none_or(|category| sum.category == category)
        };
        self.unsplit.iter().filter(is_meant).map(|sum| sum.amount).sum()
    }
}

/// The divisions of a scope, with `None` for the unassigned rest if that is part of it.
pub fn keys(scope: &PermittedScope) -> impl Iterator<Item = DivisionKey> {
    let divisions = scope.divisions().iter().map(|division| Some(division.id));
    divisions.chain(scope.includes_unassigned().then_some(None))
}
