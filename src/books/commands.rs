//! What the books are told: what there is, what was booked, on which terms and by which key.

use super::project_kind::ProjectKind;
use crate::money::{Minutes, Money, Rate};
use chrono::NaiveDate;

/// A division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDivision {
    /// What stands in addresses and settings.
    pub slug: String,
    /// What a person reads.
    pub name: String,
    /// Its place among the others.
    pub position: i32,
    /// The name of its accent colour.
    pub accent: String,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// What a person is called.
    pub name: String,
    /// Where they have always belonged, until they are moved; none for those who belong to no division.
    pub division: Option<i64>,
}

/// What a person has to work with in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCapacity {
    /// The person's id.
    pub person: i64,
    /// The month's first day.
    pub month: NaiveDate,
    /// What the contract says.
    pub contract: Minutes,
    /// Of it: on leave, ill, holidays.
    pub absence: Minutes,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProject {
    /// What stands in addresses and exports; unique.
    pub code: String,
    /// What a person reads.
    pub name: String,
    /// For whom; none for internal ones.
    pub client: Option<i64>,
    /// Whose it has always been, until it is moved.
    pub division: Option<i64>,
    /// How it earns.
    pub kind: ProjectKind,
    /// On which terms it has always been worked on, until they change.
    pub terms: Terms,
    /// What it may cost.
    pub budget: Option<Money>,
    /// How long it may take.
    pub budget_minutes: Option<Minutes>,
}

/// On which terms a project is worked on.
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
    /// The project with this id, and so whoever owns it on the day.
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

/// An invoice, or a credit note where its amount is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvoice {
    /// What it is filed under; unique.
    pub number: String,
    /// The project's id.
    pub project: i64,
    /// Its date.
    pub day: NaiveDate,
    /// Net.
    pub amount: Money,
}
