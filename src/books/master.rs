//! The studio's master data: divisions, clients, people with their capacities, projects.

use super::{
    BEGINNING, BooksError, Change, Dated, NewCapacity, NewDivision, NewPerson, NewProject,
    books_sql::{self, PERSON_OWNERS, PROJECT_OWNERS},
    fit, held,
    known::KnownProject,
};

impl Change {
    /// Adds divisions and gives the id of the first; the others count on from it.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_divisions(&mut self, divisions: Vec<NewDivision>) -> Result<i64, BooksError> {
        held::all(&divisions)?;
        divisions.iter().try_for_each(fit::division)?;
        let first = self.ids("divisions", divisions.len()).await?;
        books_sql::insert_divisions(&self.transaction, (first..).zip(divisions)).await?;
        Ok(first)
    }

    /// Adds clients by their names and gives the id of the first; the others count on from it.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_clients(&mut self, names: Vec<String>) -> Result<i64, BooksError> {
        let first = self.ids("clients", names.len()).await?;
        books_sql::insert_clients(&self.transaction, (first..).zip(names)).await?;
        Ok(first)
    }

    /// Adds people and gives the id of the first; the others count on from it.
    ///
    /// # Errors
    /// The database failed or refused a row.
    pub async fn add_people(&mut self, people: Vec<NewPerson>) -> Result<i64, BooksError> {
        let first = self.ids("people", people.len()).await?;
        let owners: Vec<_> = (first..).zip(people.iter().map(|new| new.division)).collect();
        books_sql::insert_people(&self.transaction, (first..).zip(people)).await?;
        let ids = owners.iter().map(|(id, _)| *id);
        self.known.rates.extend(ids.map(|id| (id, Dated::default())));
        books_sql::insert_owners(&self.transaction, &PERSON_OWNERS, BEGINNING, owners.into_iter()).await?;
        Ok(first)
    }

    /// Sets people's capacities.
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
        Ok(books_sql::insert_capacities(&self.transaction, capacities.into_iter()).await?)
    }

    /// Adds projects and gives the id of the first; the others count on from it.
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
        books_sql::insert_projects(&self.transaction, numbered()).await?;
        let owners = numbered().map(|(id, new)| (id, new.division));
        books_sql::insert_owners(&self.transaction, &PROJECT_OWNERS, BEGINNING, owners).await?;
        let terms = numbered().map(|(id, new)| (id, BEGINNING, new.terms));
        books_sql::insert_terms(&self.transaction, terms).await?;
        for (id, new) in (first..).zip(projects) {
            let terms = [(BEGINNING, new.terms)].into_iter().collect();
            let (code, kind) = (new.code, new.kind);
            self.known.projects.insert(id, KnownProject { code, kind, terms });
        }
        Ok(first)
    }
}
