//! The controlling figures and their formulas.
//!
//! Revenue, costs and margins follow the usual steps of a contribution margin statement. Where a formula follows
//! another tool, that tool is named.

use crate::{
    money::{Minutes, Money, Rate, Ratio},
    server::permission::PermittedScope,
};
use std::ops::{Add, AddAssign};

/// A project's figures for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectFigures {
    /// All hours.
    pub minutes: Minutes,
    /// The billable ones.
    pub billable_minutes: Minutes,
    /// The amount earned.
    pub revenue: Money,
    /// The part of it that is billable expenses.
    pub expenses: Money,
    /// The bookings on the project.
    pub external_cost: Money,
    /// The hours at the people's cost rates. `None` if labour cost is withheld, as is every figure that contains it.
    pub labour_cost: Option<Money>,
    /// Hours without a cost rate: their cost is in no figure. `None` if the cost is.
    pub unrated: Option<Minutes>,
}

impl ProjectFigures {
    /// Zero, from which a sum over projects in `scope` starts.
    pub fn nothing_in(scope: &PermittedScope) -> Self {
        Self {
            minutes: Minutes(0),
            billable_minutes: Minutes(0),
            revenue: Money(0),
            expenses: Money(0),
            external_cost: Money(0),
            labour_cost: scope.includes_labour_cost().then_some(Money(0)),
            unrated: scope.includes_labour_cost().then_some(Minutes(0)),
        }
    }

    /// External and labour cost. Overhead is carried by divisions, not by projects.
    pub fn cost(&self) -> Option<Money> {
        Some(self.external_cost + self.labour_cost?)
    }

    /// The cost, or external cost if labour cost is withheld.
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

    /// Contribution margin II, or I if labour cost is withheld.
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
            expenses: self.expenses + other.expenses,
            external_cost: self.external_cost + other.external_cost,
            labour_cost: unless_withheld(self.labour_cost, other.labour_cost),
            unrated: unless_withheld(self.unrated, other.unrated),
        }
    }
}

/// The sum of two amounts; withheld if one of them is.
fn unless_withheld<T: Add<Output = T>>(one: Option<T>, other: Option<T>) -> Option<T> {
    Some(one? + other?)
}

/// The contribution margin statement of one division or several, with utilisation, unbilled work and advances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyFigures {
    /// The amount earned.
    pub revenue: Money,
    /// The part of it that is billable expenses.
    pub expenses: Money,
    /// Bookings on projects.
    pub external_cost: Money,
    /// Hours at the people's cost rates. `None` if labour cost is withheld, as is every figure that contains it.
    pub labour_cost: Option<Money>,
    /// Hours without a cost rate: their cost is in no figure. `None` if the cost is.
    pub unrated: Option<Minutes>,
    /// Bookings on no project: the division's own and its parts of the shared ones.
    pub overhead: Money,
    /// Hours on projects.
    pub minutes: Minutes,
    /// The billable ones.
    pub billable_minutes: Minutes,
    /// Billable hours of the division's people, no matter who owns the project.
    pub utilised: Minutes,
    /// Contract hours of the division's people, less absences.
    pub capacity: Minutes,
    /// Hours worked in months for which no capacity was entered: the capacity lacks them.
    pub without_capacity: Minutes,
    /// Earned but not invoiced at the end of the days, summed over the projects that have earned more than was
    /// invoiced.
    pub unbilled: Money,
    /// Invoiced but not earned at the end of the days, summed over the projects that were invoiced more than they
    /// earned.
    pub advances: Money,
}

impl KeyFigures {
    /// Zero, from which a sum over divisions in `scope` starts.
    pub fn nothing_in(scope: &PermittedScope) -> Self {
        Self {
            revenue: Money(0),
            expenses: Money(0),
            external_cost: Money(0),
            labour_cost: scope.includes_labour_cost().then_some(Money(0)),
            unrated: scope.includes_labour_cost().then_some(Minutes(0)),
            overhead: Money(0),
            minutes: Minutes(0),
            billable_minutes: Minutes(0),
            utilised: Minutes(0),
            capacity: Minutes(0),
            without_capacity: Minutes(0),
            unbilled: Money(0),
            advances: Money(0),
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

    /// Contribution margin III, or I if labour cost is withheld.
    pub fn visible_margin(&self) -> Money {
        self.contribution_margin_3().unwrap_or(self.contribution_margin_1())
    }

    /// All cost.
    pub fn cost(&self) -> Option<Money> {
        Some(self.external_cost + self.labour_cost? + self.overhead)
    }

    /// All cost, or external cost if labour cost is withheld.
    pub fn visible_cost(&self) -> Money {
        self.cost().unwrap_or(self.external_cost)
    }

    /// External cost and overhead: everything that was booked.
    pub fn booked_cost(&self) -> Money {
        self.external_cost + self.overhead
    }

    /// External and labour cost.
    pub fn project_cost(&self) -> Option<Money> {
        Some(self.external_cost + self.labour_cost?)
    }

    /// Billable hours over capacity hours (as Productive has it).
    pub fn utilisation(&self) -> Option<Ratio> {
        self.utilised.share_of(self.capacity)
    }
}

impl Add for KeyFigures {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            revenue: self.revenue + other.revenue,
            expenses: self.expenses + other.expenses,
            external_cost: self.external_cost + other.external_cost,
            labour_cost: unless_withheld(self.labour_cost, other.labour_cost),
            unrated: unless_withheld(self.unrated, other.unrated),
            overhead: self.overhead + other.overhead,
            minutes: self.minutes + other.minutes,
            billable_minutes: self.billable_minutes + other.billable_minutes,
            utilised: self.utilised + other.utilised,
            capacity: self.capacity + other.capacity,
            without_capacity: self.without_capacity + other.without_capacity,
            unbilled: self.unbilled + other.unbilled,
            advances: self.advances + other.advances,
        }
    }
}

impl AddAssign for KeyFigures {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl AddAssign<ProjectFigures> for KeyFigures {
    fn add_assign(&mut self, project: ProjectFigures) {
        self.revenue += project.revenue;
        self.expenses += project.expenses;
        self.external_cost += project.external_cost;
        self.labour_cost = unless_withheld(self.labour_cost, project.labour_cost);
        self.unrated = unless_withheld(self.unrated, project.unrated);
        self.minutes += project.minutes;
        self.billable_minutes += project.billable_minutes;
    }
}
