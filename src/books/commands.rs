//! The commands that the books take: divisions, people, projects, capacities, time, costs, invoices and keys.

use super::project_kind::ProjectKind;
use crate::money::{Minutes, Money, Rate};
use chrono::NaiveDate;

/// A division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDivision {
    /// Its name in addresses and settings.
    pub slug: String,
    /// The name people see.
    pub name: String,
    /// Its place among the others.
    pub position: i32,
    /// The name of its accent colour.
    pub accent: String,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// The person's name.
    pub name: String,
    /// Their division from the beginning, until they are moved; none for people who belong to no division.
    pub division: Option<i64>,
}

/// The working time that a person has in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCapacity {
    /// The person's id.
    pub person: i64,
    /// The month's first day.
    pub month: NaiveDate,
    /// The time in the contract.
    pub contract: Minutes,
    /// How much of that is leave, illness or holidays.
    pub absence: Minutes,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProject {
    /// Its name in addresses and exports; unique.
    pub code: String,
    /// The name people see.
    pub name: String,
    /// The client; none for internal projects.
    pub client: Option<i64>,
    /// Its owner from the beginning, until it is moved.
    pub division: Option<i64>,
    /// How it earns.
    pub kind: ProjectKind,
    /// Its terms from the beginning, until they change.
    pub terms: Terms,
    /// What it may cost.
    pub budget: Option<Money>,
    /// How long it may take.
    pub budget_minutes: Option<Minutes>,
}

/// The terms of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The price of a billable hour.
    pub billing_rate: Option<Rate>,
    /// The fixed price.
    pub fee: Option<Money>,
    /// The project's first day.
    pub starts_on: NaiveDate,
    /// Its last day, if one is set.
    pub ends_on: Option<NaiveDate>,
}

/// Time that somebody worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTime {
    /// The person's id.
    pub person: i64,
    /// The project's id.
    pub project: i64,
    /// When.
    pub day: NaiveDate,
    /// How long.
    pub minutes: Minutes,
    /// Whether the client pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
}

/// A cost that is not working time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBooking {
    /// Its date.
    pub day: NaiveDate,
    /// What kind of cost.
    pub category: String,
    /// What for.
    pub text: String,
    /// From whom.
    pub supplier: String,
    /// Net; negative for a credit or a reversal.
    pub amount: Money,
    /// Whether the client of its project pays for it.
    pub billable: bool,
    /// Who bears it.
    pub bearer: Bearer,
}

/// Who bears a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// The project with this id, and so its owner on that day.
    Project(i64),
    /// The division with this id.
    Division(i64),
    /// Everybody, by the key of the day.
    Shared,
    /// Nobody yet.
    Unassigned,
}

/// The weight of each division, by its id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key(pub Vec<(i64, i64)>);

/// An invoice, or a credit note if its amount is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvoice {
    /// The number it is filed under; unique.
    pub number: String,
    /// The project's id.
    pub project: i64,
    /// Its date.
    pub day: NaiveDate,
    /// Net.
    pub amount: Money,
}
