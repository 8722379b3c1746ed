//! The fees of projects at a fixed price, and the budgets of all projects.
//!
//! Both are derived from the work itself, so that a project's result and the state of its budget are as planned. Only
//! whole months count, so the day within the current month changes nothing.

use super::{
    calendar::{Calendar, MONTHS},
    chance::{Chance, Stream},
    plan::{Budget, Terms},
    price::Price,
    projects::Project,
    spending::{Bearer, Booking},
    work::Entry,
};
use crate::money::{Minutes, Money};
use chrono::{Days, NaiveDate};
use std::ops::AddAssign;

/// What went into a project, no matter who pays.
#[derive(Clone, Copy, Default)]
pub struct Effort {
    minutes: Minutes,
    cost: Money,
}

impl AddAssign for Effort {
    fn add_assign(&mut self, other: Self) {
        self.minutes += other.minutes;
        self.cost += other.cost;
    }
}

/// What went into a project by the end of the last month, and by the end of the current one.
#[derive(Clone, Copy, Default)]
pub struct Efforts {
    before: Effort,
    all: Effort,
}

/// What went into each project, by its number.
pub fn efforts(calendar: &Calendar, count: usize, entries: &[Entry], bookings: &[Booking]) -> Vec<Efforts> {
    let current = calendar.month(MONTHS - 1);
    let mut efforts = vec![Efforts::default(); count];
    let mut add = |project: usize, day, minutes, cost| {
        let effort = Effort { minutes, cost };
        efforts[project].all += effort;
        if day < current {
            efforts[project].before += effort;
        }
    };
    for entry in entries {
        add(
            entry.project,
            entry.day,
            entry.minutes,
            entry.labour_cost.unwrap_or_default(),
        );
    }
    for booking in bookings {
        if let Bearer::Project(project) = booking.bearer {
            add(project, booking.day, Minutes(0), booking.amount);
        }
    }
    efforts
}

impl Efforts {
    /// The price of the project with this number.
    pub fn price(&self, calendar: &Calendar, number: usize, project: &Project) -> Price {
        let mut chance = Chance::of(Stream::Price, [number]);
        let (elapsed, days) = elapsed(calendar, project);
        let planned = self.all.cost.part(days, elapsed);
        let fee = match project.plan.terms {
            Terms::Fee { percent, .. } => {
                let minutes = self.all.minutes.part(days, elapsed);
                let worth = project.plan.place.list_rate().value_of(minutes);
                Some(Money(step_up(worth.part(percent, 100).0, 50_000)))
            }
            Terms::Hours { .. } | Terms::Internal => None,
        };
        let is_over = elapsed == days;
        let budget = match project.plan.budget {
            Budget::Without | Budget::HoursOnly => None,
            Budget::Roomy => Some(step_up(planned.part(100, chance.between(58, 79)).0, 10_000)),
            Budget::Near => {
                let least = if is_over { 85 } else { 95 };
                Some(step_up(self.all.cost.part(100, chance.between(least, 98)).0, 10_000))
            }
            Budget::Over => {
                let exceeded = self.before.cost.part(100, chance.between(104, 123));
                Some(step_down(exceeded.0, 10_000))
            }
        };
        let by_plan = self.all.minutes.part(100, chance.between(78, 104));
        let budget_minutes = match budget {
            // About as many hours as the money pays for.
            Some(money) if number.is_multiple_of(2) => {
                let bought = self.all.minutes.part(money, self.all.cost.0.max(1));
                Some(bought.part(chance.between(96, 106), 100))
            }
            None if project.plan.budget == Budget::HoursOnly => Some(by_plan),
            _ => None,
        };
        Price {
            fee,
            budget: budget.map(Money),
            budget_minutes: budget_minutes.map(|minutes| Minutes(step_up(minutes.0, 10 * 60))),
        }
    }
}

/// How many of a project's days are in the books by the end of the current month, and how many it has.
///
/// A project without an end is taken to end then.
fn elapsed(calendar: &Calendar, project: &Project) -> (i64, i64) {
    let last = calendar.month(MONTHS) - Days::new(1);
    let days = |end: NaiveDate| (end - project.starts_on.max(calendar.month(0))).num_days() + 1;
    let end = project.ends_on.unwrap_or(last);
    (days(end.min(last)).max(1), days(end).max(1))
}

fn step_up(value: i64, step: i64) -> i64 {
    (value + step - 1) / step * step
}

fn step_down(value: i64, step: i64) -> i64 {
    value / step * step
}
