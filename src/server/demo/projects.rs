//! The studio's projects, each with a code, a client and its days.

use super::{
    calendar::{Calendar, weekday_from},
    chance::{Chance, Stream},
    divisions::Place,
    names,
    plan::{PLANS, Plan, Terms},
    price::Price,
};
use crate::{
    books::{NewProject, ProjectKind, Terms as Agreed},
    money::Rate,
};
use chrono::{Days, NaiveDate};

/// How many clients a studio of scale 1 has.
pub const CLIENTS: usize = 24;

/// A project.
pub struct Project {
    /// Which of the studio's copies it belongs to.
    pub copy: usize,
    pub plan: &'static Plan,
    pub code: String,
    /// The client's number.
    pub client: Option<usize>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    /// The price of an hour, if hours are billed.
    pub rate: Option<Rate>,
    /// Its position among the projects of its division in this copy.
    pub place_index: usize,
}

impl Project {
    /// Whether it has work on any day from `first` to `last`.
    pub fn runs(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.starts_on <= last && self.ends_on.is_none_or(|end| first <= end)
    }

    /// Whether it is an internal project.
    pub fn is_internal(&self) -> bool {
        matches!(self.plan.terms, Terms::Internal)
    }

    /// The project as it is entered, at this price.
    pub fn entered(&self, price: &Price) -> NewProject {
        // In the first copy a plan's name is unique; in later ones the client is added.
        let name = match (self.copy, self.client) {
            (0, _) => self.plan.name.to_owned(),
            (_, Some(client)) => format!("{} for {}", self.plan.name, names::client(client)),
            (copy, None) => format!("{}, team {}", self.plan.name, copy + 1),
        };
        NewProject {
            code: self.code.clone(),
            name,
            client: self.client.map(|client| client as i64 + 1),
            division: self.plan.place.division_id(),
            kind: match self.plan.terms {
                Terms::Hours { .. } => ProjectKind::TimeAndMaterial,
                Terms::Fee { .. } => ProjectKind::FixedPrice,
                Terms::Internal => ProjectKind::Internal,
            },
            terms: Agreed {
                billing_rate: self.rate,
                fee: price.fee,
                starts_on: self.starts_on,
                ends_on: self.ends_on,
            },
            budget: price.budget,
            budget_minutes: price.budget_minutes,
        }
    }
}

/// The projects of one copy of the studio, in the order of the plans.
pub fn projects(calendar: &Calendar, copy: usize) -> Vec<Project> {
    PLANS
        .iter()
        .enumerate()
        .map(|(number, plan)| project(calendar, copy, number, plan))
        .collect()
}

fn project(calendar: &Calendar, copy: usize, number: usize, plan: &'static Plan) -> Project {
    let mut chance = Chance::of(Stream::Project, [copy, number]);
    let of_place = |plans: &[Plan]| plans.iter().filter(|other| other.place == plan.place).count();
    let place_index = of_place(&PLANS[..number]);
    let begins = calendar.month(plan.first_month) + days(chance.between(0, 11));
    let last_day = plan.place.last_day(calendar);
    let ends = plan
        .months
        .map(|months| calendar.month(plan.first_month + months) - days(chance.between(1, 9)));
    // The first copy has the round rates of the plan; the others vary them.
    let deviation = if copy == 0 { 0 } else { chance.between(-4, 4) };
    let (client, rate) = match plan.terms {
        Terms::Hours { client, euros } => (Some(client), Some(Rate((euros + deviation) * 100))),
        Terms::Fee { client, .. } => (Some(client), None),
        Terms::Internal => (None, None),
    };
    Project {
        copy,
        plan,
        code: format!(
            "{}-{:03}",
            plan.place.prefix(),
            copy * of_place(&PLANS) + place_index + 1
        ),
        client: client.map(|client| copy * CLIENTS + client),
        starts_on: weekday_from(begins),
        ends_on: ends.or(last_day),
        rate,
        place_index,
    }
}

fn days(count: i64) -> Days {
    Days::new(count.unsigned_abs())
}

/// The projects of `place` in one copy that have work on any day from `first` to `last`.
pub fn running(projects: &[Project], place: Place, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = usize> {
    (0..projects.len()).filter(move |&index| projects[index].plan.place == place && projects[index].runs(first, last))
}
