//! The figures that the program must show for a studio, calculated day by day from its commands in the simplest way:
//! without SQL, without the books, and with its own arithmetic.

mod arithmetic;
mod working;

use super::command::{Command, Owner};
use chrono::NaiveDate;
use control_maniac::{
    books::Terms,
    days::Days,
    money::{Minutes, Money},
    server::ledger::{KeyFigures, ProjectFigures, ProjectKind},
};
use std::collections::BTreeMap;

/// The figure that an event adds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Revenue,
    Expenses,
    ExternalCost,
    LabourCost,
    Unrated,
    Overhead,
    Unsplit,
    Minutes,
    BillableMinutes,
    Utilised,
    Capacity,
    WithoutCapacity,
    Invoiced,
}

/// A little of a figure, on a day.
#[derive(Clone, Copy, Debug)]
struct Increment {
    day: NaiveDate,
    owner: Owner,
    project: Option<u8>,
    category: Option<u8>,
    figure: Figure,
    amount: i64,
}

/// The values that were entered for something, each with the day from which it holds, in the order of entry.
type Said<T> = Vec<(NaiveDate, T)>;

/// The value on `day`; the last one if several were entered for the same day.
fn holding<T: Clone>(said: &Said<T>, day: NaiveDate) -> Option<T> {
    let before = said.iter().filter(|(from, _)| *from <= day);
    before.max_by_key(|(from, _)| *from).map(|(_, value)| value.clone())
}

struct Person {
    owners: Said<Owner>,
    rates: Said<i64>,
    /// Contract less absence, by the month's first day.
    capacities: BTreeMap<NaiveDate, i64>,
}

struct Project {
    kind: ProjectKind,
    owners: Said<Owner>,
    terms: Said<Terms>,
}

/// A studio that was worked out.
pub struct Oracle {
    pub divisions: Vec<u8>,
    people: BTreeMap<u8, Person>,
    projects: BTreeMap<u8, Project>,
    keys: Said<Vec<(u8, i64)>>,
    /// By day.
    happened: Vec<Increment>,
}

/// Nothing in a generated studio happens before.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2023, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

impl Oracle {
    /// Works out the result of `commands`, on the day `today`.
    pub fn of(today: NaiveDate, commands: &[&Command]) -> Self {
        let mut oracle = Self {
            divisions: Vec::new(),
            people: BTreeMap::new(),
            projects: BTreeMap::new(),
            keys: Vec::new(),
            happened: Vec::new(),
        };
        for command in commands {
            oracle.learn(command);
        }
        for command in commands {
            oracle.happen(command);
        }
        oracle.earn_by_days(today);
        oracle.give_capacity();
        oracle.happened.sort_by_key(|increment| increment.day);
        oracle
    }

    /// Who owns a project on a day.
    pub fn owner(&self, project: u8, day: NaiveDate) -> Owner {
        holding(&self.projects[&project].owners, day).flatten()
    }

    /// How much of `figure` there is on `days`, over the increments that are meant.
    fn sum(&self, figure: Figure, days: &Days, is_meant: impl Fn(&Increment) -> bool) -> i64 {
        let first = self.happened.partition_point(|increment| increment.day < days.from);
        let end = self.happened.partition_point(|increment| increment.day <= days.to);
        let meant = self.happened[first..end.max(first)].iter();
        let meant = meant.filter(|increment| increment.figure == figure && is_meant(increment));
        meant.map(|increment| increment.amount).sum()
    }

    /// The amount that a project earned but didn't invoice by the end of `day`; below zero if it invoiced more than it
    /// earned.
    fn balance(&self, project: u8, day: NaiveDate) -> i64 {
        let until = until(day);
        let of = |figure| self.sum(figure, &until, |increment| increment.project == Some(project));
        of(Figure::Revenue) - of(Figure::Invoiced)
    }

    /// The statement of one owner.
    pub fn key_figures(&self, owner: Owner, days: &Days, sees_labour_cost: bool) -> KeyFigures {
        let of = |figure| self.sum(figure, days, |increment| increment.owner == owner);
        let owned = self
            .projects
            .keys()
            .filter(|project| self.owner(**project, days.to) == owner);
        let balances: Vec<i64> = owned.map(|project| self.balance(*project, days.to)).collect();
        KeyFigures {
            revenue: Money(of(Figure::Revenue)),
            expenses: Money(of(Figure::Expenses)),
            external_cost: Money(of(Figure::ExternalCost)),
            labour_cost: sees_labour_cost.then(|| Money(of(Figure::LabourCost))),
            unrated: sees_labour_cost.then(|| Minutes(of(Figure::Unrated))),
            overhead: Money(of(Figure::Overhead)),
            minutes: Minutes(of(Figure::Minutes)),
            billable_minutes: Minutes(of(Figure::BillableMinutes)),
            utilised: Minutes(of(Figure::Utilised)),
            capacity: Minutes(of(Figure::Capacity)),
            without_capacity: Minutes(of(Figure::WithoutCapacity)),
            unbilled: Money(balances.iter().filter(|balance| **balance > 0).sum()),
            advances: Money(-balances.iter().filter(|balance| **balance < 0).sum::<i64>()),
        }
    }

    /// The figures of one project, as far as one of `owners` owned it.
    pub fn project(&self, project: u8, owners: &[Owner], days: &Days) -> ProjectFigures {
        let is_meant = |increment: &Increment| increment.project == Some(project) && owners.contains(&increment.owner);
        let of = |figure| self.sum(figure, days, is_meant);
        ProjectFigures {
            minutes: Minutes(of(Figure::Minutes)),
            billable_minutes: Minutes(of(Figure::BillableMinutes)),
            revenue: Money(of(Figure::Revenue)),
            expenses: Money(of(Figure::Expenses)),
            external_cost: Money(of(Figure::ExternalCost)),
            labour_cost: Some(Money(of(Figure::LabourCost))),
            unrated: Some(Minutes(of(Figure::Unrated))),
        }
    }

    /// A project's unbilled amount at the end of a day, and the amount invoiced ahead.
    pub fn balances(&self, project: u8, day: NaiveDate) -> (Money, Money) {
        let balance = self.balance(project, day);
        (Money(balance.max(0)), Money((-balance).max(0)))
    }

    /// The amount booked on `owners` in a category.
    pub fn category(&self, category: u8, owners: &[Owner], days: &Days) -> Money {
        let is_meant =
            |increment: &Increment| increment.category == Some(category) && owners.contains(&increment.owner);
        Money(self.sum(Figure::ExternalCost, days, is_meant) + self.sum(Figure::Overhead, days, is_meant))
    }

    /// The shared costs that could not be split, amounts and credits added up.
    pub fn unsplit(&self, days: &Days) -> Money {
        Money(self.sum(Figure::Unsplit, days, |_| true))
    }

    /// The numbers of all projects.
    pub fn project_numbers(&self) -> impl Iterator<Item = u8> {
        self.projects.keys().copied()
    }
}

/// All days until the end of `day`.
pub fn until(day: NaiveDate) -> Days {
    Days {
        from: FIRST_DAY,
        to: day,
    }
}
