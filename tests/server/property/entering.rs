//! Enters commands into the books of the program.

use super::command::{Bearer, Command, Owner};
use control_maniac::{
    books::{
        self, BooksError, Change, Key, NewBooking, NewCapacity, NewDivision, NewInvoice, NewPerson, NewProject, NewTime,
    },
    money::{Minutes, Money, Rate},
};
use sea_orm::DatabaseConnection;
use std::collections::HashMap;

/// The ids that things have in the database, by their numbers.
#[derive(Default)]
pub struct Ids {
    pub divisions: HashMap<u8, i64>,
    pub people: HashMap<u8, i64>,
    pub projects: HashMap<u8, i64>,
}

/// The slug of the division with this number.
pub fn slug(division: u8) -> String {
    format!("d{division}")
}

/// The code of the project with this number.
pub fn code(project: u8) -> String {
    format!("P-{project:02}")
}

/// The name of a category.
pub fn category(number: u8) -> String {
    format!("Category {number}")
}

impl Ids {
    /// The id of an owner.
    pub fn owner(&self, owner: Owner) -> Option<i64> {
        owner.map(|division| self.divisions[&division])
    }

    /// Enters `commands` in one change.
    ///
    /// # Errors
    /// The books refuse one; none of them is entered.
    pub async fn enter(&mut self, db: &DatabaseConnection, commands: &[Command]) -> Result<(), BooksError> {
        let mut change = Change::begin(db).await?;
        for command in commands {
            self.one(&mut change, command).await?;
        }
        change.commit().await
    }

    async fn one(&mut self, change: &mut Change, command: &Command) -> Result<(), BooksError> {
        match command.clone() {
            Command::Division { number } => {
                let division = NewDivision {
                    slug: slug(number),
                    name: format!("Division {number}"),
                    position: i32::from(number),
                    accent: "blue".to_owned(),
                };
                self.divisions
                    .insert(number, change.add_divisions(vec![division]).await?);
            }
            Command::Person { number, division } => {
                let person = NewPerson {
                    name: format!("Person {number}"),
                    division: self.owner(division),
                };
                self.people.insert(number, change.add_people(vec![person]).await?);
            }
            Command::Project {
                number,
                division,
                kind,
                terms,
                budget,
                budget_minutes,
            } => {
                let project = NewProject {
                    code: code(number),
                    name: format!("Project {number}"),
                    client: None,
                    division: self.owner(division),
                    kind,
                    terms,
                    budget: budget.map(Money),
                    budget_minutes: budget_minutes.map(Minutes),
                };
                self.projects.insert(number, change.add_projects(vec![project]).await?);
            }
            Command::MoveProject { project, from, to } => {
                let owner = self.owner(to);
                change.move_project(self.projects[&project], from, owner).await?;
            }
            Command::MovePerson { person, from, to } => {
                let owner = self.owner(to);
                change.move_person(self.people[&person], from, owner).await?;
            }
            Command::Archive { division, from } => {
                change.archive_division(self.divisions[&division], from).await?;
            }
            Command::Rate { person, from, cents } => {
                change.set_cost_rate(self.people[&person], from, Rate(cents)).await?;
            }
            Command::Agree { project, from, terms } => {
                change.set_terms(self.projects[&project], from, terms).await?;
            }
            Command::Key { from, weights } => {
                let weights = weights
                    .into_iter()
                    .map(|(number, weight)| (self.divisions[&number], weight));
                change.set_key(from, Key(weights.collect())).await?;
            }
            Command::Capacity {
                person,
                month,
                contract,
                absence,
            } => {
                let capacity = NewCapacity {
                    person: self.people[&person],
                    month,
                    contract: Minutes(contract),
                    absence: Minutes(absence),
                };
                change.set_capacities([capacity]).await?;
            }
            Command::Time {
                person,
                project,
                day,
                minutes,
                billable,
            } => {
                let time = NewTime {
                    person: self.people[&person],
                    project: self.projects[&project],
                    day,
                    minutes: Minutes(minutes),
                    billable,
                    note: String::new(),
                };
                change.book_time([time]).await?;
            }
            Command::Cost {
                day,
                amount,
                billable,
                category: number,
                bearer,
            } => {
                let booking = NewBooking {
                    day,
                    category: category(number),
                    text: "Something".to_owned(),
                    supplier: "Somebody".to_owned(),
                    amount: Money(amount),
                    billable,
                    bearer: match bearer {
                        Bearer::Project(number) => books::Bearer::Project(self.projects[&number]),
                        Bearer::Division(number) => books::Bearer::Division(self.divisions[&number]),
                        Bearer::Shared => books::Bearer::Shared,
                        Bearer::Unassigned => books::Bearer::Unassigned,
                    },
                };
                change.book_costs([booking]).await?;
            }
            Command::Invoice {
                number,
                project,
                day,
                amount,
            } => {
                let invoice = NewInvoice {
                    number: format!("{number}"),
                    project: self.projects[&project],
                    day,
                    amount: Money(amount),
                };
                change.add_invoices([invoice]).await?;
            }
        }
        Ok(())
    }
}
