//! A project with what happened on it: the share of each owner, and the balances of the project as a whole.

use super::{earned::accrued, key_figures::ProjectFigures, owners::DivisionKey};
use crate::{
    books::{Dated, ProjectKind, Terms},
    days::Days,
    money::{Burn, Minutes, Money},
    server::{permission::PermittedScope, timeline::Timeline},
};
use chrono::NaiveDate;
use std::ops::Range;

/// A project as it is stored.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its id.
    pub id: i64,
    /// The code people know it by, such as `WEB-001`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its client's name; `None` for an internal project.
    pub client: Option<String>,
    /// How it earns.
    pub kind: ProjectKind,
    /// What it may cost.
    pub budget: Option<Money>,
    /// How many hours it may take.
    pub budget_minutes: Option<Minutes>,
    /// Who owns it, and since when.
    pub owners: Dated<DivisionKey>,
    /// The agreed terms, and since when.
    pub terms: Dated<Terms>,
}

impl Project {
    /// Who owns it on `day`.
    pub fn owner_on(&self, day: NaiveDate) -> DivisionKey {
        self.owners.at(day).copied().flatten()
    }

    /// The terms that hold on `day`.
    pub fn terms_on(&self, day: NaiveDate) -> Option<Terms> {
        self.terms.at(day).copied()
    }

    /// Who owned it within `days`, each with their days, oldest first.
    pub fn owners_in(&self, days: &Days) -> Vec<(DivisionKey, Days)> {
        let ends = self
            .owners
            .iter()
            .skip(1)
            .map(|(from, _)| from.pred_opt().unwrap_or(from));
        let each = self.owners.iter().zip(ends.chain([NaiveDate::MAX]));
        each.filter_map(|((from, owner), to)| Some((*owner, Days { from, to }.overlap(days)?)))
            .collect()
    }

    /// Whether it runs on one of `days`.
    pub fn is_open_in(&self, days: &Days) -> bool {
        self.terms_on(days.to)
            .is_some_and(|terms| terms.starts_on <= days.to && terms.ends_on.is_none_or(|end| end >= days.from))
    }
}

/// What happened on a project in one stretch of time while one division owned it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flow {
    pub(super) minutes: Minutes,
    pub(super) billable_minutes: Minutes,
    /// Billable hours at the project's rate.
    pub(super) time_revenue: Money,
    pub(super) external_cost: Money,
    /// The part of the external cost that the client pays.
    pub(super) billable_expenses: Money,
    /// `None` if labour cost isn't part of the scope; so is the next field.
    pub(super) labour_cost: Option<Money>,
    /// Hours whose cost isn't known.
    pub(super) unrated: Option<Minutes>,
    /// The amount earned.
    pub(super) earned: Money,
    /// The amount invoiced.
    pub(super) invoiced: Money,
}

/// A division's part in a project, by stretch of the timeline.
#[derive(Clone, Debug)]
struct Holding {
    division: DivisionKey,
    in_scope: bool,
    flows: Vec<Flow>,
}

/// A project with what happened on it.
#[derive(Clone, Debug)]
pub struct ProjectLedger {
    /// The project.
    pub project: Project,
    holdings: Vec<Holding>,
    /// The amounts invoiced, by stretch.
    pub(super) invoiced: Vec<Money>,
    /// Zero, from which every sum starts.
    nothing: ProjectFigures,
}

impl ProjectLedger {
    /// A project on which nothing has happened yet.
    pub(super) fn new(project: Project, scope: &PermittedScope, stretches: usize) -> Self {
        let nothing = ProjectFigures::nothing_in(scope);
        let flow = Flow {
            minutes: Minutes(0),
            billable_minutes: Minutes(0),
            time_revenue: Money(0),
            external_cost: Money(0),
            billable_expenses: Money(0),
            labour_cost: nothing.labour_cost,
            unrated: nothing.unrated,
            earned: Money(0),
            invoiced: Money(0),
        };
        let mut holdings: Vec<Holding> = Vec::new();
        for (_, division) in project.owners.iter() {
            if holdings.iter().all(|holding| holding.division != *division) {
                holdings.push(Holding {
                    division: *division,
                    in_scope: scope.includes(*division),
                    flows: vec![flow; stretches],
                });
            }
        }
        Self {
            project,
            holdings,
            invoiced: vec![Money(0); stretches],
            nothing,
        }
    }

    /// The part of `division`, one of its owners, in a stretch.
    pub(super) fn flow(&mut self, division: DivisionKey, stretch: usize) -> &mut Flow {
        let place = self.holdings.iter().position(|holding| holding.division == division);
        // Every day of a project has an owner among its holdings.
        &mut self.holdings[place.unwrap_or(0)].flows[stretch]
    }

    /// Works out the amount earned: by billable hours and expenses, by the days of a fixed price up to `today`, or
    /// nothing.
    pub(super) fn earn(&mut self, timeline: &Timeline, today: NaiveDate) {
        match self.project.kind {
            ProjectKind::Internal => {}
            ProjectKind::TimeAndMaterial => {
                for flow in self.holdings.iter_mut().flat_map(|holding| &mut holding.flows) {
                    flow.earned = flow.time_revenue + flow.billable_expenses;
                }
            }
            ProjectKind::FixedPrice => {
                for stretch in 0..timeline.stretch_count() {
                    for (owner, days) in self.project.owners_in(&timeline.days(stretch)) {
                        let until = accrued(&self.project.terms, days.to.min(today));
                        let before = days.from.pred_opt().unwrap_or(days.from);
                        let earned = until - accrued(&self.project.terms, before.min(today));
                        self.flow(owner, stretch).earned += earned;
                    }
                }
            }
        }
    }

    /// The figures of some stretches, as far as they are in the scope.
    pub fn figures(&self, stretches: Range<usize>) -> ProjectFigures {
        self.sum(stretches, |holding| holding.in_scope)
    }

    /// The figures of some stretches while `division` owned it.
    pub fn figures_of(&self, division: DivisionKey, stretches: Range<usize>) -> ProjectFigures {
        self.sum(stretches, |holding| holding.division == division)
    }

    /// The figures from its beginning until the stretch `end` begins, no matter who owned it.
    pub fn figures_until(&self, end: usize) -> ProjectFigures {
        self.sum(0..end, |_| true)
    }

    fn sum(&self, stretches: Range<usize>, of: impl Fn(&Holding) -> bool) -> ProjectFigures {
        let mut sum = self.nothing;
        let earns_by_time = self.project.kind == ProjectKind::TimeAndMaterial;
        for flow in self
            .holdings
            .iter()
            .filter(|holding| of(holding))
            .flat_map(|holding| &holding.flows[stretches.clone()])
        {
            sum = sum
                + ProjectFigures {
                    minutes: flow.minutes,
                    billable_minutes: flow.billable_minutes,
                    revenue: flow.earned,
                    expenses: if earns_by_time {
                        flow.billable_expenses
                    } else {
                        Money(0)
                    },
                    external_cost: flow.external_cost,
                    labour_cost: flow.labour_cost,
                    unrated: flow.unrated,
                };
        }
        sum
    }

    /// The amount invoiced in some stretches, as far as they are in the scope.
    pub fn invoiced_in(&self, stretches: Range<usize>) -> Money {
        self.invoiced(stretches, |holding| holding.in_scope)
    }

    /// The amount invoiced in some stretches while `division` owned it.
    pub fn invoiced_of(&self, division: DivisionKey, stretches: Range<usize>) -> Money {
        self.invoiced(stretches, |holding| holding.division == division)
    }

    fn invoiced(&self, stretches: Range<usize>, of: impl Fn(&Holding) -> bool) -> Money {
        let holdings = self.holdings.iter().filter(|holding| of(holding));
        let flows = holdings.flat_map(|holding| &holding.flows[stretches.clone()]);
        flows.map(|flow| flow.invoiced).sum()
    }

    /// The amount invoiced before the stretch `end` began.
    pub fn invoiced_until(&self, end: usize) -> Money {
        self.invoiced[..end].iter().copied().sum()
    }

    /// The amount earned but not invoiced before the stretch `end` began (in Odoo: to invoice).
    pub fn unbilled(&self, end: usize) -> Money {
        (self.figures_until(end).revenue - self.invoiced_until(end)).max(Money(0))
    }

    /// The amount invoiced but not earned before the stretch `end` began: a liability, not revenue.
    pub fn advances(&self, end: usize) -> Money {
        (self.invoiced_until(end) - self.figures_until(end).revenue).max(Money(0))
    }

    /// The used part of the budget before the stretch `end` began: of money or of hours, whichever is larger; only of
    /// hours if labour cost is withheld.
    pub fn budget_burn(&self, end: usize) -> Option<BudgetBurn> {
        let so_far = self.figures_until(end);
        let budget = self.project.budget.zip(so_far.cost());
        let in_money = budget.map(|(budget, cost)| cost.burn_of(budget));
        let budget = self.project.budget_minutes;
        let in_hours = budget.map(|budget| so_far.minutes.burn_of(budget));
        // `None` is less than any burn.
        if in_hours > in_money {
            in_hours.map(|used| BudgetBurn {
                used,
                of: BudgetUnit::Hours,
            })
        } else {
            in_money.map(|used| BudgetBurn {
                used,
                of: BudgetUnit::Money,
            })
        }
    }

    /// Whether the burn is withheld: labour cost is, and the project has a budget in money but none in hours.
    pub fn is_burn_withheld(&self) -> bool {
        let is_withheld = self.nothing.labour_cost.is_none();
        is_withheld && self.project.budget.is_some() && self.project.budget_minutes.is_none()
    }

    /// What the project will have cost (as in Scoro), as known before the stretch `end`, which begins after `day`: the
    /// cost so far, and the remaining hours of its budget at the average cost of an hour so far.
    pub fn cost_at_completion(&self, end: usize, day: NaiveDate) -> Forecast {
        let so_far = self.figures_until(end);
        let Some((cost, labour_cost)) = so_far.cost().zip(so_far.labour_cost) else {
            return Forecast::Withheld;
        };
        let ends_on = self.project.terms_on(day).and_then(|terms| terms.ends_on);
        if ends_on.is_some_and(|ends_on| ends_on <= day) {
            return Forecast::Ended(cost);
        }
        match self.project.budget_minutes.map(|budget| budget - so_far.minutes) {
            None => Forecast::NoBudget,
            Some(remaining) if remaining < Minutes(0) => Forecast::OverBudget,
            Some(_) if so_far.minutes == Minutes(0) => Forecast::NotBegun,
            Some(remaining) => labour_cost
                .checked_part(remaining.0, so_far.minutes.0)
                .map_or(Forecast::TooLarge, |left| Forecast::Cost(cost + left)),
        }
    }
}

/// How much of a budget is used since the project began; a budget in money includes expenses (requested in kimai#4368).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BudgetBurn {
    /// Spent over budget.
    pub used: Burn,
    /// Which budget.
    pub of: BudgetUnit,
}

/// What a budget is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BudgetUnit {
    /// An amount.
    Money,
    /// Working time.
    Hours,
}

/// What a project will have cost, or why that isn't known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// This.
    Cost(Money),
    /// It has ended, and cost this.
    Ended(Money),
    /// It has no budget in hours, so the remaining work isn't known.
    NoBudget,
    /// Its hours are used up, but it isn't over.
    OverBudget,
    /// Nobody has worked on it yet.
    NotBegun,
    /// It is larger than any amount.
    TooLarge,
    /// It contains labour cost, which this user may not see.
    Withheld,
}
