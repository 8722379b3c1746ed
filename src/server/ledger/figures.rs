//! The controlling figures and their formulas.
//!
//! Revenue, costs and margins follow the usual steps of a contribution margin statement; where other tools compute
//! them is named at each.

use super::ProjectLedger;
use crate::{
    money::{Burn, Minutes, Money, Rate, Ratio},
    period::Days,
    server::permission::PermittedScope,
};
use std::ops::{Add, AddAssign, Range};

/// A project's figures for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectFigures {
    /// All hours.
    pub minutes: Minutes,
    /// The billable ones.
    pub billable_minutes: Minutes,
    /// What was earned.
    pub revenue: Money,
    /// The bookings on the project.
    pub external_cost: Money,
    /// The hours at the people's cost rates; none where that is withheld, and so is whatever contains it.
    pub labour_cost: Option<Money>,
}

impl ProjectFigures {
    /// What a sum over projects in `scope` begins with.
    pub fn nothing_in(scope: &PermittedScope) -> Self {
        Self {
            minutes: Minutes(0),
            billable_minutes: Minutes(0),
            revenue: Money(0),
            external_cost: Money(0),
            labour_cost: scope.includes_labour_cost().then_some(Money(0)),
        }
    }

    /// External and labour cost. Overhead is carried by divisions, not by projects.
    pub fn cost(&self) -> Option<Money> {
        Some(self.external_cost + self.labour_cost?)
    }

    /// The cost, or as much of it as isn't withheld: external cost.
    pub fn visible_cost(&self) -> Money {
        self.cost().unwrap_or(self.external_cost)
    }

    /// Contribution margin I: revenue less external cost.
    pub fn contribution_margin_1(&self) -> Money {
        self.revenue - self.external_cost
    }

    /// Contribution margin II: revenue less external and labour cost.
    pub fn contribution_margin_2(&self) -> Option<Money> {
        Some(self.revenue - self.cost()?)
    }

    /// Contribution margin II, or I where that is withheld.
    pub fn visible_margin(&self) -> Money {
        self.contribution_margin_2().unwrap_or(self.contribution_margin_1())
    }

    /// Revenue over all hours, not only billable ones (as Kimai has it).
    pub fn effective_hourly_rate(&self) -> Option<Rate> {
        self.revenue.per_hour(self.minutes)
    }
}

impl Add for ProjectFigures {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            minutes: self.minutes + other.minutes,
            billable_minutes: self.billable_minutes + other.billable_minutes,
            revenue: self.revenue + other.revenue,
            external_cost: self.external_cost + other.external_cost,
            labour_cost: unless_withheld(self.labour_cost, other.labour_cost),
        }
    }
}

/// The sum of two amounts; withheld where one of them is.
fn unless_withheld(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    Some(one? + other?)
}

/// A contribution margin statement, with utilisation and work in progress; of a division or of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What was earned.
    pub revenue: Money,
    /// Bookings on projects.
    pub external_cost: Money,
    /// Hours at the people's cost rates; none where that is withheld, and so is whatever contains it.
    pub labour_cost: Option<Money>,
    /// Bookings on no project: the division's own and its parts of the shared ones.
    pub overhead: Money,
    /// Hours on projects.
    pub minutes: Minutes,
    /// Billable hours of the division's people, on whosever project.
    pub utilised: Minutes,
    /// Contract hours of the division's people, less absences.
    pub capacity: Minutes,
    /// Earned and not invoiced at the end of the days.
    pub work_in_progress: Money,
}

impl Statement {
    /// What a sum over divisions in `scope` begins with.
    pub fn nothing_in(scope: &PermittedScope) -> Self {
        Self {
            revenue: Money(0),
            external_cost: Money(0),
            labour_cost: scope.includes_labour_cost().then_some(Money(0)),
            overhead: Money(0),
            minutes: Minutes(0),
            utilised: Minutes(0),
            capacity: Minutes(0),
            work_in_progress: Money(0),
        }
    }

    /// Revenue less external cost.
    pub fn contribution_margin_1(&self) -> Money {
        self.revenue - self.external_cost
    }

    /// Contribution margin I less labour cost.
    pub fn contribution_margin_2(&self) -> Option<Money> {
        Some(self.contribution_margin_1() - self.labour_cost?)
    }

    /// Contribution margin II less overhead.
    pub fn contribution_margin_3(&self) -> Option<Money> {
        Some(self.contribution_margin_2()? - self.overhead)
    }

    /// Contribution margin III, or I where that is withheld.
    pub fn visible_margin(&self) -> Money {
        self.contribution_margin_3().unwrap_or(self.contribution_margin_1())
    }

    /// All cost.
    pub fn cost(&self) -> Option<Money> {
        Some(self.external_cost + self.labour_cost? + self.overhead)
    }

    /// All cost, or external cost where that is withheld.
    pub fn visible_cost(&self) -> Money {
        self.cost().unwrap_or(self.external_cost)
    }

    /// Billable hours over capacity hours (as Productive has it).
    pub fn utilisation(&self) -> Option<Ratio> {
        self.utilised.share_of(self.capacity)
    }
}

impl Add for Statement {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            revenue: self.revenue + other.revenue,
            external_cost: self.external_cost + other.external_cost,
            labour_cost: unless_withheld(self.labour_cost, other.labour_cost),
            overhead: self.overhead + other.overhead,
            minutes: self.minutes + other.minutes,
            utilised: self.utilised + other.utilised,
            capacity: self.capacity + other.capacity,
            work_in_progress: self.work_in_progress + other.work_in_progress,
        }
    }
}

impl AddAssign for Statement {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl AddAssign<ProjectFigures> for Statement {
    fn add_assign(&mut self, project: ProjectFigures) {
        self.revenue += project.revenue;
        self.external_cost += project.external_cost;
        self.labour_cost = unless_withheld(self.labour_cost, project.labour_cost);
        self.minutes += project.minutes;
    }
}

impl ProjectLedger {
    /// The figures of some stretches of the timeline.
    pub fn figures(&self, stretches: Range<usize>) -> ProjectFigures {
        let flows = &self.flows[stretches.clone()];
        let labour_cost = self.labour_cost.as_ref();
        ProjectFigures {
            minutes: flows.iter().map(|flow| flow.minutes).sum(),
            billable_minutes: flows.iter().map(|flow| flow.billable_minutes).sum(),
            revenue: self.earned_until(stretches.end) - self.earned_until(stretches.start),
            external_cost: flows.iter().map(|flow| flow.external_cost).sum(),
            labour_cost: labour_cost.map(|sums| sums[stretches].iter().copied().sum()),
        }
    }

    /// What was earned and not invoiced before the stretch `end` began (Odoo: to invoice). Negative where more was
    /// invoiced than earned.
    pub fn work_in_progress(&self, end: usize) -> Money {
        self.earned_until(end) - self.invoiced_until(end)
    }

    /// What was invoiced before the stretch `end` began.
    pub fn invoiced_until(&self, end: usize) -> Money {
        self.flows[..end].iter().map(|flow| flow.invoiced).sum()
    }

    /// What the project has used of its budget before the stretch `end` began: the larger of money and hours; of hours
    /// alone where labour cost is withheld.
    pub fn budget_burn(&self, end: usize) -> Option<BudgetBurn> {
        let so_far = self.figures(0..end);
        let budget = self.project.budget.zip(so_far.cost());
        let in_money = budget.map(|(budget, cost)| cost.burn_of(budget));
        let budget = self.project.budget_minutes;
        let in_hours = budget.map(|budget| so_far.minutes.burn_of(budget));
        // None is less than any.
        if in_hours > in_money {
            in_hours.map(|used| BudgetBurn { used, of: "hours" })
        } else {
            in_money.map(|used| BudgetBurn { used, of: "money" })
        }
    }

    /// Whether the project has a budget in money, and none in hours that would tell its burn where labour cost is
    /// withheld.
    pub fn is_burn_withheld(&self) -> bool {
        self.labour_cost.is_none() && self.project.budget.is_some() && self.project.budget_minutes.is_none()
    }

    /// What the project will have cost (Scoro): cost so far, and the remaining hours of its hours budget at the average
    /// cost of an hour so far. None without such a budget, before the first hour, or where labour cost is withheld.
    pub fn cost_at_completion(&self, end: usize) -> Option<Money> {
        let so_far = self.figures(0..end);
        let (cost, labour_cost) = so_far.cost().zip(so_far.labour_cost)?;
        let remaining = Minutes((self.project.budget_minutes? - so_far.minutes).0.max(0));
        if so_far.minutes <= Minutes(0) {
            return None;
        }
        Some(cost + labour_cost.checked_part(remaining.0, so_far.minutes.0)?)
    }

    /// Whether the project runs on one of `days`.
    pub fn is_open_in(&self, days: &Days) -> bool {
        self.project.starts_on <= days.to && self.project.ends_on.is_none_or(|end| end >= days.from)
    }

    fn earned_until(&self, end: usize) -> Money {
        end.checked_sub(1).map_or(Money(0), |last| self.earned[last])
    }
}

/// Spent over budget, since the project began; expenses count in money (asked for in kimai#4368).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetBurn {
    /// Spent over budget.
    pub used: Burn,
    /// Which budget: `money` or `hours`.
    pub of: &'static str,
}
