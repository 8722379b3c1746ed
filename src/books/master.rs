//! What there is in the studio: divisions, clients, people with their capacities, projects.

use super::{BEGINNING, BooksError, Change, Dated, Terms, fit, held, known::KnownProject};
use crate::{
    money::{Minutes, Money},
    server::entities::{capacity, client, division, person, person_division, project, project_division},
};
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
    pub kind: project::Kind,
    /// On which terms it has always been worked on, until they change.
    pub terms: Terms,
    /// What it may cost.
    pub budget: Option<Money>,
    /// How long it may take.
    pub budget_minutes: Option<Minutes>,
}

impl Change {
    /// Adds divisions; the id of the first, from which they count on.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_divisions(&mut self, divisions: Vec<NewDivision>) -> Result<i64, BooksError> {
        held::all(&divisions)?;
        let first = self.ids("divisions", divisions.len()).await?;
        let row = |(id, new): (i64, NewDivision)| division::Model {
            id,
            slug: new.slug,
            name: new.name,
            position: new.position,
            accent: new.accent,
            archived_on: None,
        };
        self.insert((first..).zip(divisions).map(row)).await?;
        Ok(first)
    }

    /// Adds clients by their names; the id of the first, from which they count on.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_clients(&mut self, names: Vec<String>) -> Result<i64, BooksError> {
        let first = self.ids("clients", names.len()).await?;
        let rows = (first..).zip(names).map(|(id, name)| client::Model { id, name });
        self.insert(rows).await?;
        Ok(first)
    }

    /// Adds people; the id of the first, from which they count on.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_people(&mut self, people: Vec<NewPerson>) -> Result<i64, BooksError> {
        let first = self.ids("people", people.len()).await?;
        let owners = (first..).zip(&people).map(|(person_id, new)| person_division::Model {
            person_id,
            valid_from: BEGINNING,
            division_id: new.division,
        });
        let owners: Vec<_> = owners.collect();
        self.known
            .rates
            .extend(owners.iter().map(|owner| (owner.person_id, Dated::default())));
        let rows = (first..).zip(people).map(|(id, new)| person::Model {
            id,
            name: new.name,
            division_id: new.division,
        });
        self.insert(rows).await?;
        self.insert(owners).await?;
        Ok(first)
    }

    /// Sets what people have to work with.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn set_capacities(
        &mut self,
        capacities: impl IntoIterator<Item = NewCapacity>,
    ) -> Result<(), BooksError> {
        let capacities: Vec<NewCapacity> = capacities.into_iter().collect();
        held::all(&capacities)?;
        capacities.iter().try_for_each(fit::capacity)?;
        let row = |new: NewCapacity| capacity::Model {
            person_id: new.person,
            month: new.month,
            contract_minutes: new.contract.0,
            absence_minutes: new.absence.0,
        };
        Ok(self.insert(capacities.into_iter().map(row)).await?)
    }

    /// Adds projects; the id of the first, from which they count on.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_projects(&mut self, projects: Vec<NewProject>) -> Result<i64, BooksError> {
        held::all(&projects)?;
        for new in &projects {
            fit::terms(new.kind, &new.code, &new.terms)?;
        }
        let first = self.ids("projects", projects.len()).await?;
        let numbered = || (first..).zip(&projects);
        let owners = numbered().map(|(project_id, new)| project_division::Model {
            project_id,
            valid_from: BEGINNING,
            division_id: new.division,
        });
        let terms = numbered().map(|(id, new)| new.terms.row(id, BEGINNING));
        let rows = numbered().map(|(id, new)| project::Model {
            id,
            code: new.code.clone(),
            name: new.name.clone(),
            client_id: new.client,
            division_id: new.division,
            kind: new.kind,
            billing_rate: new.terms.billing_rate.map(|rate| rate.0),
            fee: new.terms.fee.map(|fee| fee.0),
            starts_on: new.terms.starts_on,
            ends_on: new.terms.ends_on,
            budget: new.budget.map(|budget| budget.0),
            budget_minutes: new.budget_minutes.map(|minutes| minutes.0),
        });
        self.insert(rows).await?;
        self.insert(owners).await?;
        self.insert(terms).await?;
        for (id, new) in (first..).zip(projects) {
            let terms = [(BEGINNING, new.terms)].into_iter().collect();
            let (code, kind) = (new.code, new.kind);
            self.known.projects.insert(id, KnownProject { code, kind, terms });
        }
        Ok(first)
    }
}
